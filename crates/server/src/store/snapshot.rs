//! Copies of everything but the bytes of parts, in the embedded engine's form, and back.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rusqlite::Connection;

use super::blobs::{Object, PartKey};
use super::error::OpenError;
use super::place::{Database, Place};
use super::{marks, postgres, sqlite};

/// A database that servers may be using meanwhile. Reading it changes nothing, not even an older schema. For the command line, whose
/// work stays on one thread.
#[async_trait(?Send)]
pub trait Snapshot {
    /// Writes one consistent state to a new file at `path`, brought up to this server's schema, and with nothing of what was
    /// erased before. It is not synced.
    async fn write(&self, path: PathBuf) -> Result<(), OpenError>;

    /// The object that is kept for a part at this moment.
    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, OpenError>;
}

/// The database of a place that has one.
pub async fn of(place: &Place) -> Result<Box<dyn Snapshot>, OpenError> {
    marks::refuse_marked(&place.folder)?;
    Ok(match &place.database {
        None => Box::new(sqlite::Live::find(&place.folder)?),
        Some(database) => Box::new(postgres::Live::connect(database).await?),
    })
}

/// Refuses a PostgreSQL database that has something in it.
pub async fn refuse_filled(database: &Database) -> Result<(), OpenError> {
    postgres::refuse_filled(database).await
}

/// Fills an empty PostgreSQL database with what is in `from`, all or nothing, with a new epoch.
pub async fn fill(database: &Database, from: &Connection, now: u64) -> Result<(), OpenError> {
    postgres::fill(database, from, now).await
}

/// Makes the copied file in `folder` a server's database, with a new epoch.
pub fn adopt(folder: &Path, now: u64) -> Result<(), OpenError> {
    sqlite::adopt(folder, now)
}

/// Gives a database that was restored by other means a new epoch.
pub async fn renew_epoch(place: &Place, now: u64) -> Result<(), OpenError> {
    marks::refuse_marked(&place.folder)?;
    match &place.database {
        None => sqlite::renew_epoch(&place.folder, now),
        Some(database) => postgres::renew_epoch(database, now).await,
    }
}
