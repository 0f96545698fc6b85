//! Erasing in the transaction of whatever says so.

use rusqlite::{Connection, OptionalExtension, Params};
use waymark_protocol::record::{Header, Target};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::super::erasing::{Standing, erasable_kinds, falls_with, hits};
use super::super::error::StoreError;
use super::column::{self, signed};
use super::writer::Tx;
use super::{counting, parts};

/// Erases `target`, now or when it arrives. `by` is the participant whose record says so; none for an order of the study.
pub fn erase(tx: &Tx<'_>, study: &StudyId, by: Option<&ParticipantId>, target: &Target) -> Result<(), StoreError> {
    let Target { device, seq, link } = target;
    let sql = "SELECT kind, participant, id FROM record WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4";
    let standing = tx
        .connection
        .prepare_cached(sql)?
        .query_row((study.0, device.0, signed(*seq), link.0), |row| {
            let standing = Standing { kind: column::unsigned(row, 0)?, owner: column::participant(row, 1)? };
            Ok((standing, row.get(2)?))
        })
        .optional()?;
    if !hits(standing.map(|(standing, _)| standing), by) {
        return Ok(());
    }
    let by = by.map(|participant| participant.0);
    let sql = "INSERT INTO erasure (study, device, seq, link, participant) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.connection.prepare_cached(sql)?.execute((study.0, device.0, signed(*seq), link.0, by))?;
    let which = format!("study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4 AND kind IN ({})", erasable_kinds());
    let erased = empty(tx, &which, (study.0, device.0, signed(*seq), link.0))?;
    if let Some((_, record)) = standing {
        parts::doom(tx, record)?;
    }
    let grants = "study = ?1 AND target_device = ?2 AND target_seq = ?3 AND target_link = ?4 AND kind = 2
                  AND (?5 IS NULL OR participant = ?5)";
    let taken = empty(tx, grants, (study.0, device.0, signed(*seq), link.0, by))?;
    if erased + taken > 0 {
        tx.note_erased();
    }
    Ok(())
}

/// Takes bodies and slots from the records that this condition is true of; how many those are.
fn empty(tx: &Tx<'_>, which: &str, params: impl Params + Clone) -> Result<usize, StoreError> {
    counting::free(tx, which, params.clone())?;
    let sql = format!("UPDATE record SET slots = NULL, body = NULL WHERE {which}");
    Ok(tx.connection.prepare_cached(&sql)?.execute(params)?)
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
pub fn is_erased(connection: &Connection, header: &Header, link: &Hash) -> rusqlite::Result<bool> {
    let Some(Target { device, seq, link }) = falls_with(header, link) else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM erasure WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4
                 AND (participant IS NULL OR participant = ?5)";
    let key = (header.study.0, device.0, signed(seq), link.0, header.participant.0);
    connection.prepare_cached(sql)?.exists(key)
}
