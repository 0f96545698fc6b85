//! Why a backup was not made or not restored.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::OpenError;

/// What went wrong, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The backup's name is taken.
    #[error("{} is there already: give each backup a name of its own", .0.display())]
    Exists(PathBuf),
    /// A backup under this name was not finished.
    #[error(
        "{} is left of a backup that did not finish, or one is being made at this moment: remove it, or choose another name",
        .0.display()
    )]
    Unfinished(PathBuf),
    /// The target of a restore has something in it.
    #[error("{} is not empty: restore into a new folder, and keep this one until you are certain", .0.display())]
    NotEmpty(PathBuf),
    /// There is no backup.
    #[error("{} is no backup: it has no readable manifest.json ({why})", folder.display())]
    NoBackup {
        /// Where.
        folder: PathBuf,
        /// Why.
        why: String,
    },
    /// A newer server has made it.
    #[error("{} was made by a newer Waymark server ({made_by}): use that one", folder.display())]
    Newer {
        /// The backup.
        folder: PathBuf,
        /// The server's version.
        made_by: String,
    },
    /// It is not whole.
    #[error(
        "{} is damaged and nothing was restored: `waymark-server verify` says what is wrong with it; restore an older one",
        .0.display()
    )]
    Damaged(PathBuf),
    /// A file or folder failed.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A database failed.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl BackupError {
    /// For a file or folder.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |error| Self::File { path, error }
    }
}

impl From<crate::store::StoreError> for BackupError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Open(error.into())
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Open(error.into())
    }
}
