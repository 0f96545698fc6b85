//! The store's own troubles.

use std::path::PathBuf;

use rusqlite::ErrorCode;

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
    /// There is none, and whoever asks makes none.
    #[error("there is no database at {}: name the folder that the server has", .0.display())]
    Absent(PathBuf),
    /// Written by an older server, which may be running; nothing was changed.
    #[error(
        "{} was written by an older Waymark server: start the server of this version first, which brings it up to date", .0.display()
    )]
    Older(PathBuf),
    /// The database's address cannot be used.
    #[error("the database's address cannot be used: {0}")]
    Address(String),
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
    /// A PostgreSQL database without tables, and whoever asks makes none.
    #[error("the database holds nothing of a Waymark server: name the one that the server has")]
    NoTables,
    /// A PostgreSQL database that an older server has written, which may be running; nothing was changed.
    #[error(
        "the database was written by an older Waymark server: start the server of this version first, which brings it up to date"
    )]
    OlderTables,
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

may_be_trouble!(StudyError, JoinError, OrderError, RevokeError, PartError);
