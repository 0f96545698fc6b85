//! Whose a recovery key is. Joining proves no possession of it, so somebody with an invitation could name another person's key,
//! which that person's own first record shows to the study: no choice among several participations is safe. The likeliest comes
//! first, and the phone, whose words open a consent record or do not, decides.

use rusqlite::Connection;
use waymark_protocol::genesis::Genesis;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

use super::column;
use super::error::StoreError;

/// More participations than one person has.
const AT_MOST: u32 = 32;

/// The participations that have named this recovery key: those in which a phone's first record carries it before those in which
/// nothing came, and of each kind the latest first.
pub fn owners(
    connection: &Connection,
    recovery_key: &VerifyingKey,
) -> Result<Vec<(StudyId, ParticipantId)>, StoreError> {
    let sql = "SELECT study, participant FROM recovery_key WHERE recovery_key = ?1 ORDER BY since DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let named = statement
        .query_map((recovery_key.0, AT_MOST), |row| Ok((column::study(row, 0)?, column::participant(row, 1)?)))?;
    let (mut carried, mut empty) = (Vec::new(), Vec::new());
    for owner in named {
        let owner = owner?;
        match is_carried(connection, &owner.0, &owner.1, recovery_key)? {
            true => carried.push(owner),
            false => empty.push(owner),
        }
    }
    carried.append(&mut empty);
    Ok(carried)
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
        let genesis = column::bytes(row, 0)?.and_then(|body| Genesis::parse(body).ok());
        if genesis.is_some_and(|genesis| genesis.recovery_key == *recovery_key) {
            return Ok(true);
        }
    }
    Ok(false)
}
