//! What can go wrong with a vault, each by its own name: a screen says something different for every one of these.

use std::io;

use rusqlite::ffi;

use crate::SlotKind;

/// Why the vault could not do what was asked. After any of these, what was committed before is still there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The slot is there, and this secret does not open it.
    #[error("this does not open the vault")]
    WrongSecret,
    /// The vault has no slot of this kind.
    #[error("the vault cannot be opened with a {0}")]
    NoSlot(SlotKind),
    /// A slot of this kind is there already.
    #[error("the vault can already be opened with a {0}")]
    SlotExists(SlotKind),
    /// There is no such slot, or no more.
    #[error("there is no such passphrase any more")]
    SlotUnknown,
    /// There are [`MOST_PASSPHRASES`](crate::MOST_PASSPHRASES) already.
    #[error("the vault has as many passphrases as it can have")]
    SlotsFull,
    /// Removing the last slot would close the vault for ever.
    #[error("the last way to open the vault cannot be removed")]
    LastSlot,
    /// A passphrase or PIN of no characters.
    #[error("an empty passphrase or PIN opens nothing")]
    EmptySecret,
    /// Argon2id parameters below the floor or above the ceiling, asked for or found in a slot.
    #[error("the Argon2id parameters are out of range")]
    ArgonOutOfRange,
    /// The file was written by a newer version of this program. It was not touched.
    #[error("the vault has version {found}, this program knows versions up to {known}")]
    NewerFile {
        /// The version that the file says it has.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The file is something else.
    #[error("this file is not a vault")]
    NotAVault,
    /// Bytes are not what was written. The name is that of the table whose object does not open, or of a part of the file.
    #[error("the vault is damaged ({part})")]
    Damaged {
        /// A table's name, `"key slots"` or `"file"`.
        part: String,
    },
    /// No room was left; the transaction was rolled back.
    #[error("there is no room left on the disk")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the vault's folder cannot be written")]
    ReadOnly,
    /// Another program, or another part of this one, has the vault open.
    #[error("the vault is in use")]
    InUse,
    /// There is no file or no folder of this name.
    #[error("there is no vault here")]
    NotFound,
    /// There is a file of this name.
    #[error("there is a file here already")]
    AlreadyExists,
    /// An object id longer than [`MAX_ID`](crate::MAX_ID) bytes, or an object longer than
    /// [`MAX_OBJECT`](crate::MAX_OBJECT).
    #[error("an object or its id is too long")]
    TooLong,
    /// Anything else that the operating system or SQLite reported.
    #[error("the vault could not be read or written")]
    Io(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The part of a file that is neither a table's object nor a slot.
pub(crate) const STRUCTURE: &str = "file";

impl Error {
    pub(crate) fn damaged(part: &str) -> Self {
        Self::Damaged { part: part.to_owned() }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::AlreadyExists => Self::AlreadyExists,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::IsADirectory => Self::NotAVault,
            _ => Self::Io(Box::new(error)),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sqlite;
        let Sqlite::SqliteFailure(failure, _) = &error else {
            return match error {
                // Every statement is ours and right for our schema: a column of another type is not what was written.
                Sqlite::FromSqlConversionFailure(..)
                | Sqlite::IntegralValueOutOfRange(..)
                | Sqlite::InvalidColumnType(..)
                | Sqlite::InvalidColumnIndex(..)
                | Sqlite::Utf8Error(..)
                | Sqlite::QueryReturnedNoRows
                | Sqlite::SqlInputError { .. } => Self::damaged(STRUCTURE),
                other => Self::Io(Box::new(other)),
            };
        };
        match failure.extended_code {
            // The index of the write-ahead log could not grow.
            ffi::SQLITE_IOERR_SHMSIZE => return Self::DiskFull,
            ffi::SQLITE_CANTOPEN_ISDIR => return Self::NotAVault,
            // A page ends before it should: the file was cut short.
            ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => return Self::damaged(STRUCTURE),
            _ => {}
        }
        match failure.extended_code & 0xff {
            ffi::SQLITE_FULL => Self::DiskFull,
            // The file itself was opened before SQLite was asked: what it cannot open is the log beside it.
            ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM => Self::ReadOnly,
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::InUse,
            ffi::SQLITE_NOTADB => Self::NotAVault,
            ffi::SQLITE_CORRUPT | ffi::SQLITE_FORMAT | ffi::SQLITE_ERROR | ffi::SQLITE_CONSTRAINT => {
                Self::damaged(STRUCTURE)
            }
            ffi::SQLITE_TOOBIG => Self::TooLong,
            _ => Self::Io(Box::new(error)),
        }
    }
}
