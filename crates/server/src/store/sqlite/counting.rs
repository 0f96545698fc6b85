//! How many bytes of records each phone has: a number that every push and every erasure carries on, so that nothing has to be summed.

use rusqlite::{Connection, Params};
use waymark_protocol::{ParticipantId, StudyId};

use super::super::error::StoreError;
use super::column::{self, signed};
use super::writer::Tx;
use crate::ingest::DeviceScope;

/// How many bytes of records a participant has.
pub fn stored(connection: &Connection, study: &StudyId, participant: &ParticipantId) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(sum(record_bytes), 0) FROM device WHERE study = ?1 AND participant = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row((study.0, participant.0), |row| column::unsigned(row, 0))?)
}

/// A phone has brought so many bytes.
pub fn add(tx: &Tx<'_>, scope: &DeviceScope, bytes: u64) -> Result<(), StoreError> {
    let sql = "UPDATE device SET record_bytes = record_bytes + ?3 WHERE study = ?1 AND device = ?2";
    tx.connection.prepare_cached(sql)?.execute((scope.study.0, scope.device.0, signed(bytes)))?;
    Ok(())
}

/// The records that this condition is true of are about to lose their bodies and slots.
pub fn free(tx: &Tx<'_>, which: &str, params: impl Params) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE device SET record_bytes = record_bytes - freed.bytes
         FROM (SELECT study AS of_study, device AS of_device,
                   sum(coalesce(length(slots), 0) + coalesce(length(body), 0)) AS bytes
               FROM record WHERE {which} GROUP BY study, device) AS freed
         WHERE study = freed.of_study AND device = freed.of_device"
    );
    tx.connection.prepare_cached(&sql)?.execute(params)?;
    Ok(())
}
