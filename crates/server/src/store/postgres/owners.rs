//! Whose a recovery key is.

use deadpool_postgres::GenericClient;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::owners::{AT_MOST, IN_NAMED_STUDY, IN_OTHER_STUDY, Owner, Wanted, carries, likeliest_first};
use super::sql;

/// The participations that have named this recovery key and are not passed over, the likeliest first and the latest before others;
/// those in the study that is wanted are among them, however many there are elsewhere.
pub async fn owners(
    client: &impl GenericClient,
    recovery_key: &VerifyingKey,
    wanted: &Wanted,
) -> Result<Vec<(StudyId, ParticipantId)>, StoreError> {
    let sql = "SELECT study, participant
               FROM (SELECT study, participant, since, row_number() OVER (PARTITION BY study ORDER BY since DESC) AS nth
                     FROM recovery_key WHERE recovery_key = $1 AND (study = $2 AND participant = ANY($3)) IS NOT TRUE) named
               WHERE nth <= CASE WHEN study = $2 THEN $4::bigint ELSE $5::bigint END
               ORDER BY study = $2 DESC NULLS LAST, since DESC LIMIT $6";
    let study = wanted.study.map(|study| study.0.to_vec());
    let not: Vec<&[u8]> = wanted.not.iter().map(|participant| sql::bytes(&participant.0)).collect();
    let [in_named, in_other, at_most] = [IN_NAMED_STUDY, IN_OTHER_STUDY, AT_MOST].map(i64::from);
    let params: sql::Params<'_> = &[&sql::bytes(&recovery_key.0), &study, &not, &in_named, &in_other, &at_most];
    let rows = sql::query(client, sql, params).await?;
    let mut owners = Vec::new();
    for row in &rows {
        let owner = (StudyId(sql::fixed(row, 0)?), sql::participant(row, 1)?);
        let carried = is_carried(client, &owner.0, &owner.1, recovery_key).await?;
        owners.push(Owner { owner, carried });
    }
    Ok(likeliest_first(owners))
}

async fn is_carried(
    client: &impl GenericClient,
    study: &StudyId,
    participant: &ParticipantId,
    recovery_key: &VerifyingKey,
) -> Result<bool, StoreError> {
    let sql = "SELECT r.body FROM device d JOIN record r ON r.study = d.study AND r.device = d.device AND r.seq = 1
               WHERE d.study = $1 AND d.participant = $2 AND r.body IS NOT NULL";
    let rows = sql::query(client, sql, &[&sql::bytes(&study.0), &sql::bytes(&participant.0)]).await?;
    for row in &rows {
        if carries(row.try_get(0)?, recovery_key) {
            return Ok(true);
        }
    }
    Ok(false)
}
