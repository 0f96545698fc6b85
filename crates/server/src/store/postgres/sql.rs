//! Statements and columns. Every statement is prepared once for each connection.

use deadpool_postgres::GenericClient;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use waymark_protocol::{DeviceId, Hash, ParticipantId};

use super::super::error::StoreError;

/// A statement's parameters.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// All rows.
pub async fn query(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<Vec<Row>, StoreError> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, params).await?)
}

/// The row, if there is one.
pub async fn query_opt(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<Option<Row>, StoreError> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query_opt(&statement, params).await?)
}

/// The row.
pub async fn query_one(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<Row, StoreError> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query_one(&statement, params).await?)
}

/// How many rows were changed.
pub async fn execute(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<u64, StoreError> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute(&statement, params).await?)
}

/// The signed number with the same bits; what the database keeps.
pub fn signed(number: u64) -> i64 {
    number.cast_signed()
}

/// Bytes as a parameter.
pub fn bytes(bytes: &[u8]) -> &[u8] {
    bytes
}

/// The number in this column.
pub fn unsigned(row: &Row, at: usize) -> Result<u64, StoreError> {
    Ok(row.try_get::<_, i64>(at)?.cast_unsigned())
}

/// A byte string of fixed width; zeros, which prove nothing, when the column no longer holds one.
pub fn fixed<const N: usize>(row: &Row, at: usize) -> Result<[u8; N], StoreError> {
    let bytes: Option<&[u8]> = row.try_get(at)?;
    Ok(bytes.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N]))
}

/// A hash or link.
pub fn hash(row: &Row, at: usize) -> Result<Hash, StoreError> {
    fixed(row, at).map(Hash)
}

/// A participant's number.
pub fn participant(row: &Row, at: usize) -> Result<ParticipantId, StoreError> {
    fixed(row, at).map(ParticipantId)
}

/// A device's name.
pub fn device(row: &Row, at: usize) -> Result<DeviceId, StoreError> {
    fixed(row, at).map(DeviceId)
}
