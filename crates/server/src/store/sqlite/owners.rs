//! Whose a recovery key is.

use rusqlite::Connection;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::owners::{AT_MOST, IN_NAMED_STUDY, IN_OTHER_STUDY, Owner, Wanted, carries, likeliest_first};
use super::column;

/// The participations that have named this recovery key and are not passed over, the likeliest first and the latest before others;
/// those in the study that is wanted are among them, however many there are elsewhere.
pub fn owners(
    connection: &Connection,
    recovery_key: &VerifyingKey,
    wanted: &Wanted,
) -> Result<Vec<(StudyId, ParticipantId)>, StoreError> {
    let sql = "SELECT study, participant
               FROM (SELECT study, participant, since, row_number() OVER (PARTITION BY study ORDER BY since DESC) AS nth
                     FROM recovery_key
                     WHERE recovery_key = ?1
                       AND (study = ?2 AND participant IN (SELECT unhex(value) FROM json_each(?3))) IS NOT TRUE)
               WHERE nth <= CASE WHEN study = ?2 THEN ?4 ELSE ?5 END
               ORDER BY study = ?2 DESC NULLS LAST, since DESC LIMIT ?6";
    let mut statement = connection.prepare_cached(sql)?;
    let not = format!("[{}]", wanted.not.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(","));
    let row = (recovery_key.0, wanted.study.map(|study| study.0), not, IN_NAMED_STUDY, IN_OTHER_STUDY, AT_MOST);
    let named = statement.query_map(row, |row| Ok((column::study(row, 0)?, column::participant(row, 1)?)))?;
    let mut owners = Vec::new();
    for owner in named {
        let owner = owner?;
        let carried = is_carried(connection, &owner.0, &owner.1, recovery_key)?;
        owners.push(Owner { owner, carried });
    }
    Ok(likeliest_first(owners))
}

fn is_carried(
    connection: &Connection,
    study: &StudyId,
    participant: &ParticipantId,
    recovery_key: &VerifyingKey,
) -> Result<bool, StoreError> {
    let sql = "SELECT r.body FROM device d JOIN record r ON r.study = d.study AND r.device = d.device AND r.seq = 1
               WHERE d.study = ?1 AND d.participant = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((study.0, participant.0))?;
    while let Some(row) = rows.next()? {
        if column::bytes(row, 0)?.is_some_and(|body| carries(body, recovery_key)) {
            return Ok(true);
        }
    }
    Ok(false)
}
