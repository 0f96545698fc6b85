//! What several operations read: heads of devices' logs, devices, the epoch; and the study's lock.

use deadpool_postgres::GenericClient;
use waymark_protocol::api::{DeviceEntry, Epoch, Head};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::sql;

/// The server's life between two restores.
pub async fn epoch(client: &impl GenericClient) -> Result<Epoch, StoreError> {
    let row = sql::query_one(client, "SELECT value FROM meta WHERE name = 'epoch'", &[]).await?;
    sql::fixed(&row, 0).map(Epoch)
}

/// Locks the study until the end of the transaction: its last `server_seq`, or none when there is no such study. References to
/// the study do not wait for this lock.
pub async fn lock(tx: &impl GenericClient, study: &StudyId) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT head FROM study WHERE study = $1 FOR NO KEY UPDATE";
    let row = sql::query_opt(tx, sql, &[&sql::bytes(&study.0)]).await?;
    row.map(|row| sql::unsigned(&row, 0)).transpose()
}

/// The study's last `server_seq`; none when there is no such study.
pub async fn study_head(client: &impl GenericClient, study: &StudyId) -> Result<Option<u64>, StoreError> {
    let row = sql::query_opt(client, "SELECT head FROM study WHERE study = $1", &[&sql::bytes(&study.0)]).await?;
    row.map(|row| sql::unsigned(&row, 0)).transpose()
}

/// The last record of a device's log.
pub async fn head(client: &impl GenericClient, study: &StudyId, device: &DeviceId) -> Result<Head, StoreError> {
    let sql = "SELECT seq, link FROM record WHERE study = $1 AND device = $2 ORDER BY seq DESC LIMIT 1";
    let Some(row) = sql::query_opt(client, sql, &[&sql::bytes(&study.0), &sql::bytes(&device.0)]).await? else {
        return Ok(Head { seq: 0, link: Hash::ZERO });
    };
    Ok(Head { seq: sql::unsigned(&row, 0)?, link: sql::hash(&row, 1)? })
}

/// The link of a device's record at a place; zeros at 0; none where nothing is there yet.
pub async fn link_at(
    client: &impl GenericClient,
    study: &StudyId,
    device: &DeviceId,
    seq: u64,
) -> Result<Option<Hash>, StoreError> {
    if seq == 0 {
        return Ok(Some(Hash::ZERO));
    }
    let sql = "SELECT link FROM record WHERE study = $1 AND device = $2 AND seq = $3";
    let params: sql::Params<'_> = &[&sql::bytes(&study.0), &sql::bytes(&device.0), &sql::signed(seq)];
    sql::query_opt(client, sql, params).await?.map(|row| sql::hash(&row, 0)).transpose()
}

/// Whose device this is.
pub async fn participant_of(
    client: &impl GenericClient,
    study: &StudyId,
    device: &DeviceId,
) -> Result<Option<ParticipantId>, StoreError> {
    let sql = "SELECT participant FROM device WHERE study = $1 AND device = $2";
    let row = sql::query_opt(client, sql, &[&sql::bytes(&study.0), &sql::bytes(&device.0)]).await?;
    row.map(|row| sql::participant(&row, 0)).transpose()
}

/// A participant's devices, in the order in which they joined.
pub async fn devices_of(
    client: &impl GenericClient,
    study: &StudyId,
    participant: &ParticipantId,
) -> Result<Vec<DeviceEntry>, StoreError> {
    let sql = "SELECT d.device, d.joined_at, last.seq, last.link, last.received_at FROM device d
               LEFT JOIN LATERAL (SELECT seq, link, received_at FROM record
                                  WHERE study = d.study AND device = d.device ORDER BY seq DESC LIMIT 1) last ON true
               WHERE d.study = $1 AND d.participant = $2 ORDER BY d.joined_at, d.device";
    let rows = sql::query(client, sql, &[&sql::bytes(&study.0), &sql::bytes(&participant.0)]).await?;
    let entry = |row: &tokio_postgres::Row| {
        let heard_at: Option<i64> = row.try_get(4)?;
        let seq: Option<i64> = row.try_get(2)?;
        let head = Head { seq: seq.map_or(0, i64::cast_unsigned), link: sql::hash(row, 3)? };
        let (device, joined_at) = (sql::device(row, 0)?, sql::unsigned(row, 1)?);
        Ok(DeviceEntry { device, joined_at, head, heard_at: heard_at.map(i64::cast_unsigned) })
    };
    rows.iter().map(entry).collect()
}
