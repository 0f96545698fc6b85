//! Erasing: body and slots of a record, and the slots of every grant of it, become NULL; its parts are
//! deleted unless another record that stands lists them.
//!
//! An erasure is final and wins in any order: what is erased before it arrives is kept as a tombstone from the start. It hits
//! entries, notices and the writer's own records alone ([`Kind::is_erasable`]); aimed at anything else it changes nothing.

use rusqlite::OptionalExtension;
use waymark_protocol::record::{Header, Kind, Target};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::column::{self, signed};
use super::error::StoreError;
use super::parts;
use super::writer::Tx;

/// Erases `target`, now or when it arrives. `by` is the participant whose record says so; none for an order of the study.
pub fn erase(tx: &Tx<'_>, study: &StudyId, by: Option<&ParticipantId>, target: &Target) -> Result<(), StoreError> {
    let Target { device, seq, link } = target;
    let by = by.map(|participant| participant.0);
    let sql = "SELECT kind, participant, id FROM record WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4";
    let standing = tx
        .connection
        .prepare_cached(sql)?
        .query_row((study.0, device.0, signed(*seq), link.0), |row| {
            Ok((column::unsigned(row, 0)?, column::participant(row, 1)?, row.get(2)?))
        })
        .optional()?;
    if let Some((kind, owner, _)) = standing
        && (!is_erasable(kind) || by.is_some_and(|by| by != owner.0))
    {
        return Ok(());
    }
    let sql = "INSERT INTO erasure (study, device, seq, link, participant) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.connection.prepare_cached(sql)?.execute((study.0, device.0, signed(*seq), link.0, by))?;
    let sql = "UPDATE record SET slots = NULL, body = NULL
               WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4 AND kind IN (1, 5, 7)";
    let erased = tx.connection.prepare_cached(sql)?.execute((study.0, device.0, signed(*seq), link.0))?;
    if let Some((_, _, record)) = standing {
        parts::doom(tx, record)?;
    }
    let sql = "UPDATE record SET slots = NULL, body = NULL
               WHERE study = ?1 AND target_device = ?2 AND target_seq = ?3 AND target_link = ?4 AND kind = 2
                 AND (?5 IS NULL OR participant = ?5)";
    let taken = tx.connection.prepare_cached(sql)?.execute((study.0, device.0, signed(*seq), link.0, by))?;
    if erased + taken > 0 {
        tx.note_erased();
    }
    Ok(())
}

/// Erases all entries and notices so far of one device's log: what "so far" means is provable only there.
pub fn erase_all(
    tx: &Tx<'_>,
    study: &StudyId,
    participant: &ParticipantId,
    device: &DeviceId,
) -> Result<(), StoreError> {
    let sql = "SELECT device, seq, link FROM record
               WHERE study = ?1 AND participant = ?2 AND device = ?3 AND kind IN (1, 5) AND body IS NOT NULL";
    let mut statement = tx.connection.prepare_cached(sql)?;
    let targets: Vec<Target> = statement
        .query_map((study.0, participant.0, device.0), |row| {
            let (device, seq, link) = (column::device(row, 0)?, column::unsigned(row, 1)?, column::hash(row, 2)?);
            Ok(Target { device, seq, link })
        })?
        .collect::<Result<_, _>>()?;
    targets.iter().try_for_each(|target| erase(tx, study, Some(participant), target))
}

/// Whether a record that arrives now has been erased already, itself or through its target.
pub fn is_erased(tx: &Tx<'_>, header: &Header, link: &Hash) -> Result<bool, StoreError> {
    let target = match header.kind {
        Kind::Grant => header.target,
        kind if kind.is_erasable() => Some(Target { device: header.device, seq: header.seq, link: *link }),
        _ => None,
    };
    let Some(Target { device, seq, link }) = target else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM erasure WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4
                 AND (participant IS NULL OR participant = ?5)";
    let key = (header.study.0, device.0, signed(seq), link.0, header.participant.0);
    Ok(tx.connection.prepare_cached(sql)?.exists(key)?)
}

fn is_erasable(kind: u64) -> bool {
    [Kind::Entry, Kind::Notice, Kind::Own].iter().any(|erasable| u64::from(erasable.number()) == kind)
}
