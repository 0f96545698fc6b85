//! A copy of an open file, as one transaction sees it.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::Connection;

use super::create::remove_with_logs;
use crate::Error;

/// `VACUUM INTO`: every row, none of what was deleted, and on the disk when this returns. The caller is the owner of `path`.
///
/// # Errors
///
/// [`Error::AlreadyExists`] when there is anything of this name. After another error what was begun is removed.
pub(crate) fn copy(conn: &Connection, path: &Path) -> Result<(), Error> {
    let Some(name) = path.to_str() else {
        return Err(Error::Io("SQLite needs a path in Unicode".into()));
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // SQLite fills an empty file as it finds it: so nobody else can read it from the start.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let filled = conn.execute("VACUUM INTO ?1", [name]).map_err(Error::from).and_then(|_| Ok(file.sync_all()?));
    if filled.is_err() {
        // The error that is already on its way says more than one of tidying up.
        let _ = remove_with_logs(path);
    }
    filled
}
