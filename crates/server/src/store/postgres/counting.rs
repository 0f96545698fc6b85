//! How many bytes of records each phone has: a number that every push and every erasure carries on under the study's lock, so that
//! nothing has to be summed.

use std::collections::HashMap;

use deadpool_postgres::GenericClient;
use waymark_protocol::{DeviceId, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::sql;

/// How many bytes of records each of these participants has.
pub async fn stored(
    tx: &impl GenericClient,
    study: &StudyId,
    participants: &[&[u8]],
) -> Result<HashMap<ParticipantId, u64>, StoreError> {
    let sql = "SELECT participant, sum(record_bytes)::bigint FROM device
               WHERE study = $1 AND participant = ANY($2) GROUP BY participant";
    let rows = sql::query(tx, sql, &[&sql::bytes(&study.0), &participants]).await?;
    rows.iter().map(|row| Ok((sql::participant(row, 0)?, sql::unsigned(row, 1)?))).collect()
}

/// Phones have brought so many bytes.
pub async fn add(tx: &impl GenericClient, study: &StudyId, brought: HashMap<DeviceId, u64>) -> Result<(), StoreError> {
    if brought.is_empty() {
        return Ok(());
    }
    let devices: Vec<&[u8]> = brought.keys().map(|device| sql::bytes(&device.0)).collect();
    let bytes: Vec<i64> = brought.values().map(|bytes| sql::signed(*bytes)).collect();
    let sql = "UPDATE device SET record_bytes = record_bytes + b.bytes
               FROM unnest($2::bytea[], $3::bigint[]) AS b(device, bytes)
               WHERE device.study = $1 AND device.device = b.device";
    sql::execute(tx, sql, &[&sql::bytes(&study.0), &devices, &bytes]).await.map(drop)
}

/// The records that this condition is true of, for one of the targets `t` in the parameters 2 to 4, are about to lose their bodies
/// and slots.
pub async fn free(tx: &impl GenericClient, which: &str, params: sql::Params<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE device SET record_bytes = record_bytes - freed.bytes
         FROM (SELECT record.device, sum(coalesce(length(slots), 0) + coalesce(length(body), 0))::bigint AS bytes
               FROM record
               JOIN (SELECT DISTINCT * FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS t(device, seq, link)) AS t
                 ON {which}
               GROUP BY record.device) AS freed
         WHERE device.study = $1 AND device.device = freed.device"
    );
    sql::execute(tx, &sql, params).await.map(drop)
}
