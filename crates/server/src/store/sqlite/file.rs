//! The database file: where it is, who may read it, and how each connection is set up.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::migrations;

const NAME: &str = "waymark.db";
/// Another process (`waymark-server token`) may be writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes the folder, readable by its owner alone, and refuses a file that this server must not touch before anything opens it.
pub fn prepare(folder: &Path) -> Result<PathBuf, OpenError> {
    let broken = |error| OpenError::Folder { path: folder.to_owned(), error };
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(broken)?;
    let path = folder.join(NAME);
    refuse_newer(&path)?;
    Ok(path)
}

/// A command line's connection to the database in a folder. What must be there already is not made.
pub fn open_beside(folder: &Path, opening: Opening) -> Result<Connection, OpenError> {
    let path = folder.join(NAME);
    if !opening.makes() && !path.exists() {
        return Err(OpenError::Absent(path));
    }
    open_writer(&prepare(folder)?, opening)
}

/// Reads the version out of the file itself (<https://www.sqlite.org/fileformat.html>, section 1.3): SQLite would
/// already write beside a file by opening it.
fn refuse_newer(path: &Path) -> Result<(), OpenError> {
    let broken = |error| OpenError::Folder { path: path.to_owned(), error };
    let mut header = [0; 100];
    match File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => {}
        // Not there yet, or empty: SQLite makes it.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => return Ok(()),
        Err(error) => return Err(broken(error)),
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    let number =
        |at: usize| i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]));
    let (version, application) = (number(60), number(68));
    if version > migrations::known() && application == migrations::APPLICATION_ID {
        return Err(OpenError::Newer { path: path.to_owned(), found: version, known: migrations::known() });
    }
    Ok(())
}

/// The connection that writes; there is one in each process.
pub fn open_writer(path: &Path, opening: Opening) -> Result<Connection, OpenError> {
    let mut connection = open(path)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let broken = |error| OpenError::Folder { path: path.to_owned(), error };
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(broken)?;
    }
    migrations::migrate(&mut connection, path, opening)?;
    Ok(connection)
}

/// A connection that only reads.
pub fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
