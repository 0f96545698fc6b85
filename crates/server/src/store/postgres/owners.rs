//! Whose a recovery key is.

use deadpool_postgres::GenericClient;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::owners::{AT_MOST, Owner, carries, likeliest_first};
use super::sql;

/// The participations that have named this recovery key, the likeliest first and the latest before others.
pub async fn owners(
    client: &impl GenericClient,
    recovery_key: &VerifyingKey,
) -> Result<Vec<(StudyId, ParticipantId)>, StoreError> {
    let sql = "SELECT study, participant FROM recovery_key WHERE recovery_key = $1 ORDER BY since DESC LIMIT $2";
    let rows = sql::query(client, sql, &[&sql::bytes(&recovery_key.0), &i64::from(AT_MOST)]).await?;
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
