//! The store's own troubles.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::ingesting::IngestError;
use super::joining::JoinError;
use super::ordering::OrderError;
use super::parts::PartError;
use super::revoking::RevokeError;
use super::studies::StudyError;

/// Why the store could not do what it was asked. Nothing was stored then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// A page or a row is not what was written.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// More is waiting to be written than is good.
    #[error("too much is waiting to be written")]
    Busy,
    /// The work ended without an answer.
    #[error("the work was given up")]
    GivenUp,
    /// The database is not there, or is going or coming.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// A file beside the database failed.
    #[error("the files of parts failed: {0}")]
    Files(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Database(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(_) => Self::Database(error.to_string()),
            // A column that is not of the type that was written.
            None => Self::Damaged(error.to_string()),
        }
    }
}

/// Why a data folder could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or file cannot be used.
    #[error("{} cannot be used: {error}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Another program's database.
    #[error("{} is not the database of a Waymark server", .0.display())]
    Foreign(PathBuf),
    /// Written by a newer server; nothing was changed.
    #[error("{} was written by a newer Waymark server (its version is {found}, this one knows {known}): update this one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// Written by an older server, which may be running; nothing was changed.
    #[error(
        "{} was written by an older Waymark server: start the server of this version first, which brings it up to date", .0.display()
    )]
    Older(PathBuf),
    /// The database's address cannot be used.
    #[error("the database's address cannot be used: {0}")]
    Address(String),
    /// The bucket's settings do not make one.
    #[error("the bucket cannot be used: check `parts_url`, AWS_ENDPOINT, AWS_REGION and the keys")]
    Bucket,
    /// A PostgreSQL database whose tables are not a Waymark server's.
    #[error("the database holds another program's tables: give the server a database, or a schema, of its own")]
    ForeignTables,
    /// A PostgreSQL database that a newer server has brought up to date; nothing was changed.
    #[error(
        "the database was written by a newer Waymark server (its version is {found}, this one knows {known}): update this one"
    )]
    NewerTables {
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// A PostgreSQL database that an older server has written.
    #[error(
        "the database was written by an older Waymark server (its version is {found}, this one knows {known}): start this server \
         once, which brings it up to date, or use the older one"
    )]
    OlderTables {
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// A PostgreSQL database without tables.
    #[error("there is nothing in the database: is its address right?")]
    NoTables,
    /// A PostgreSQL database that is to be filled is in use.
    #[error(
        "the database has something in it already: restore into an empty one (CREATE DATABASE …), and keep this one until you \
         are certain"
    )]
    Filled,
    /// A folder without a database.
    #[error("{} holds no database: is the folder right, or is --database-url missing?", .0.display())]
    Missing(PathBuf),
    /// A folder that is a backup.
    #[error("{} is a backup: `waymark-server restore --from` makes a server's folder of it", .0.display())]
    Backup(PathBuf),
    /// A folder whose restore was cut off.
    #[error("{} holds a restore that was not finished: empty the folder and restore again", .0.display())]
    Unfinished(PathBuf),
    /// Old transactions keep what was erased.
    #[error(
        "a transaction that began before this sweep has not ended, so nothing was swept: pg_stat_activity or pg_replication_slots names it; end it and sweep again"
    )]
    Unswept,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// An operation's error, which may be the store's own trouble.
pub trait Trouble {
    /// The store's trouble, if it is that.
    fn trouble(&self) -> Option<&StoreError>;
}

impl Trouble for StoreError {
    fn trouble(&self) -> Option<&StoreError> {
        Some(self)
    }
}

macro_rules! may_be_trouble {
    ($($error:ty),*) => {$(
        impl Trouble for $error {
            fn trouble(&self) -> Option<&StoreError> {
                match self {
                    Self::Store(error) => Some(error),
                    _ => None,
                }
            }
        }
    )*};
}

may_be_trouble!(StudyError, JoinError, OrderError, RevokeError, PartError, IngestError);
