//! What several operations read: heads of devices' logs, devices, the epoch, and the next `server_seq`.

use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::api::{DeviceEntry, Epoch, Head};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::column;
use super::writer::Tx;

/// The server's life between two restores.
pub fn epoch(connection: &Connection) -> Result<Epoch, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = 'epoch'";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| column::fixed(row, 0).map(Epoch))?)
}

/// The study's last `server_seq`; none when there is no such study.
pub fn study_head(connection: &Connection, study: &StudyId) -> Result<Option<u64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT head FROM study WHERE study = ?1")?;
    Ok(statement.query_row([study.0], |row| column::unsigned(row, 0)).optional()?)
}

/// Takes the study's next `server_seq`. There is one writer, so numbers are given in the order of commits.
pub fn next_server_seq(tx: &Tx<'_>, study: &StudyId) -> Result<u64, StoreError> {
    let sql = "UPDATE study SET head = head + 1 WHERE study = ?1 RETURNING head";
    let head = tx.connection.prepare_cached(sql)?.query_row([study.0], |row| column::unsigned(row, 0))?;
    tx.note_head(*study, head);
    Ok(head)
}

/// The last record of a device's log.
pub fn head(connection: &Connection, study: &StudyId, device: &DeviceId) -> Result<Head, StoreError> {
    let last = last(connection, study, device)?;
    Ok(last.map_or(Head { seq: 0, link: Hash::ZERO }, |(head, _)| head))
}

/// The last record of a device's log, and when it came.
fn last(connection: &Connection, study: &StudyId, device: &DeviceId) -> Result<Option<(Head, u64)>, StoreError> {
    let sql = "SELECT seq, link, received_at FROM record WHERE study = ?1 AND device = ?2 ORDER BY seq DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let last = statement.query_row((study.0, device.0), |row| {
        Ok((Head { seq: column::unsigned(row, 0)?, link: column::hash(row, 1)? }, column::unsigned(row, 2)?))
    });
    Ok(last.optional()?)
}

/// The link of a device's record at a place; zeros at 0; none where nothing is there yet.
pub fn link_at(
    connection: &Connection,
    study: &StudyId,
    device: &DeviceId,
    seq: u64,
) -> Result<Option<Hash>, StoreError> {
    if seq == 0 {
        return Ok(Some(Hash::ZERO));
    }
    let sql = "SELECT link FROM record WHERE study = ?1 AND device = ?2 AND seq = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row((study.0, device.0, column::signed(seq)), |row| column::hash(row, 0)).optional()?)
}

/// Whose device this is.
pub fn participant_of(
    connection: &Connection,
    study: &StudyId,
    device: &DeviceId,
) -> Result<Option<ParticipantId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT participant FROM device WHERE study = ?1 AND device = ?2")?;
    Ok(statement.query_row((study.0, device.0), |row| column::participant(row, 0)).optional()?)
}

/// A participant's devices, in the order in which they joined.
pub fn devices_of(
    connection: &Connection,
    study: &StudyId,
    participant: &ParticipantId,
) -> Result<Vec<DeviceEntry>, StoreError> {
    let sql = "SELECT device, joined_at FROM device WHERE study = ?1 AND participant = ?2 ORDER BY joined_at, device";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((study.0, participant.0))?;
    let mut devices = Vec::new();
    while let Some(row) = rows.next()? {
        let device = column::device(row, 0)?;
        let (head, heard_at) = match last(connection, study, &device)? {
            Some((head, at)) => (head, Some(at)),
            None => (Head { seq: 0, link: Hash::ZERO }, None),
        };
        devices.push(DeviceEntry { device, joined_at: column::unsigned(row, 1)?, head, heard_at });
    }
    Ok(devices)
}
