//! Whose a recovery key is.

use rusqlite::Connection;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::owners::{AT_MOST, Owner, carries, likeliest_first};
use super::column;

/// The participations that have named this recovery key, the likeliest first and the latest before others.
pub fn owners(
    connection: &Connection,
    recovery_key: &VerifyingKey,
) -> Result<Vec<(StudyId, ParticipantId)>, StoreError> {
    let sql = "SELECT study, participant FROM recovery_key WHERE recovery_key = ?1 ORDER BY since DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let named = statement
        .query_map((recovery_key.0, AT_MOST), |row| Ok((column::study(row, 0)?, column::participant(row, 1)?)))?;
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
