//! Making a new file, whole or not at all.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::header::APPLICATION_ID;
use super::migrations::{self, MIGRATIONS};
use super::{beside, connect};
use crate::Error;

/// Makes the file under another name, fills it, and renames it when it is on the disk. The caller is the owner, so there is
/// at most one such unfinished file, and the next creation removes it.
///
/// # Errors
///
/// [`Error::AlreadyExists`] when there is anything of this name.
pub(crate) fn create(path: &Path, fill: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<(), Error> {
    if path.try_exists()? {
        return Err(Error::AlreadyExists);
    }
    let unfinished = beside(path, ".creating");
    remove_with_logs(&unfinished)?;
    let built = build(&unfinished, fill);
    if built.is_err() {
        // The error that is already on its way says more than one of tidying up.
        let _ = remove_with_logs(&unfinished);
    }
    built?;
    // A log left behind by a file that somebody removed would be replayed into this one.
    remove_with_logs(path)?;
    fs::rename(&unfinished, path)?;
    Ok(waymark_durable::sync_name(path)?)
}

fn build(path: &Path, fill: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    let mut conn = connect::open(path)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::run(&mut conn, MIGRATIONS)?;
    let tx = conn.transaction()?;
    fill(&tx)?;
    tx.commit()?;
    // Recorded in the header. Closing moves the log into the file and removes it.
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.close().map_err(|(_, error)| error)?;
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    Ok(())
}

pub(super) fn remove_with_logs(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        match fs::remove_file(beside(path, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
