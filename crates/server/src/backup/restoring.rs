//! Restoring: what was proved is copied into an empty place, which gets a new epoch.
//!
//! ```text
//! verify ─► the folder is marked as unfinished ─► parts ─► database, with its new epoch ─► the mark is removed
//! ```
//!
//! A folder that is marked is refused by `serve`; a PostgreSQL database is filled in one transaction.

use std::path::{Path, PathBuf};

use futures_util::future::try_join_all;

use super::error::BackupError;
use super::files;
use super::making;
use super::verify::{self, Report};
use crate::clock;
use crate::store::sqlite::file;
use crate::store::{Blobs, Place, StoreError, UNFINISHED, snapshot};

/// Restores the backup in `from` into `place`, which must be empty. Returns what the verification said.
pub async fn restore(from: &Path, place: &Place) -> Result<Report, BackupError> {
    let folder = &place.folder;
    refuse_filled(folder)?;
    if let Some(database) = &place.database {
        snapshot::refuse_filled(database).await?;
    }
    let report = verify::verify(from)?;
    if !report.is_sound() {
        return Err(BackupError::Damaged(from.to_owned()));
    }
    let mark = begin(folder)?;
    copy_parts(from, place).await?;
    match &place.database {
        None => {
            let to = folder.join(file::NAME);
            let copied = files::copy_new(&from.join(file::NAME), &to).map_err(BackupError::at(&to))?;
            // What was proved is what was copied.
            if copied != report.manifest.database {
                return Err(BackupError::Damaged(from.to_owned()));
            }
            snapshot::adopt(folder, clock::now())?;
        }
        Some(database) => {
            let backup = verify::open(from)?;
            snapshot::fill(database, &backup, clock::now()).await?;
        }
    }
    files::sync(folder).map_err(BackupError::at(folder))?;
    std::fs::remove_file(&mark).map_err(BackupError::at(&mark))?;
    files::sync(folder).map_err(BackupError::at(folder))?;
    Ok(report)
}

fn refuse_filled(folder: &Path) -> Result<(), BackupError> {
    if folder.join(UNFINISHED).exists() {
        return Err(crate::store::OpenError::Unfinished(folder.to_owned()).into());
    }
    match files::is_empty(folder) {
        Ok(true) => Ok(()),
        Ok(false) => Err(BackupError::NotEmpty(folder.to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(BackupError::at(folder)(error)),
    }
}

/// Makes the folder, if there is none, and marks it.
fn begin(folder: &Path) -> Result<PathBuf, BackupError> {
    if !folder.exists() {
        files::make_folder(folder).map_err(BackupError::at(folder))?;
    }
    let mark = folder.join(UNFINISHED);
    files::write_new(&mark, b"").map_err(BackupError::at(&mark))?;
    files::sync(folder).map_err(BackupError::at(folder))?;
    Ok(mark)
}

async fn copy_parts(from: &Path, place: &Place) -> Result<(), BackupError> {
    let backup = verify::open(from)?;
    let (source, target) = (Blobs::open(&Place::from(from.to_owned()))?, Blobs::open(place)?);
    let (source, target) = (&source, &target);
    let mut last = None;
    loop {
        let objects = making::objects_after(&backup, last.as_ref())?;
        let Some(end) = objects.last().cloned() else { return Ok(()) };
        last = Some(end);
        let copying = objects.iter().map(async |object| {
            let hash = object.key.hash;
            let bytes = source.whole(object).await?;
            let bytes =
                bytes.ok_or_else(|| StoreError::Files(format!("part {hash} has changed since it was verified")))?;
            target.put(object, bytes).await
        });
        try_join_all(copying).await?;
    }
}
