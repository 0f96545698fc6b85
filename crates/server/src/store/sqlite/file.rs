//! The database file: where it is, who may read it, and how each connection is set up.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::super::error::{OpenError, StoreError};
use super::super::folders;
use super::super::opening::Opening;
use super::migrations;

/// The file's name.
pub const NAME: &str = "waymark.db";
/// The write-ahead log goes into the database after so many pages, 16 MiB: indexes are written to all over, and a page that many
/// commits have changed then goes there once. Pushes wait meanwhile, longer the more there is.
const LOG_PAGES: u32 = 4096;
/// How many KiB of the database the writer keeps at hand, so that it finds the places of indexes there and not in the file.
const WRITER_CACHE: i32 = 32 * 1024;
/// Another process (`waymark-server token`) may be writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const PAGES_AT_ONCE: i32 = 1024;

/// Makes the folder, readable by its owner alone, and refuses a file that this server must not touch before anything opens it.
pub fn prepare(folder: &Path) -> Result<PathBuf, OpenError> {
    let broken = |error| OpenError::Folder { path: folder.to_owned(), error };
    folders::make(folder).map_err(broken)?;
    let path = folder.join(NAME);
    refuse_newer(&path)?;
    Ok(path)
}

/// A command line's connection to the database in a folder. What must be there already is not made.
pub fn open_beside(folder: &Path, opening: Opening) -> Result<Connection, OpenError> {
    let path = if opening.makes() { prepare(folder)? } else { find(folder)? };
    open_writer(&path, opening)
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

/// The file of a folder that has a database.
pub fn find(folder: &Path) -> Result<PathBuf, OpenError> {
    let path = folder.join(NAME);
    refuse_newer(&path)?;
    // One of no bytes is one that SQLite has not begun.
    match fs::metadata(&path) {
        Ok(file) if file.len() > 0 => Ok(path),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(OpenError::Folder { path, error }),
        _ => Err(OpenError::Missing(folder.to_owned())),
    }
}

/// A connection to a database of a Waymark server that is there, whatever its version; it is not brought up to date.
pub fn open_existing(path: &Path) -> Result<Connection, OpenError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // `VACUUM INTO` makes its file as this connection says: without it, pages that rows have moved off would keep what stood there,
    // and nothing that is erased later would reach that.
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    migrations::refuse_foreign(&connection, path)?;
    Ok(connection)
}

/// A connection to a database that nobody else uses, in one file alone: made when there is none, brought up to date when it is an
/// older one.
pub fn open_copy(path: &Path) -> Result<Connection, OpenError> {
    let mut connection = open(path)?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    restrict(path)?;
    migrations::migrate(&mut connection, path, Opening::Serving)?;
    Ok(connection)
}

/// A connection that only reads a file that nobody writes, whatever its version.
pub fn open_as_it_is(path: &Path) -> Result<Connection, OpenError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    migrations::refuse_foreign(&connection, path)?;
    Ok(connection)
}

/// A connection that only reads a file that nobody writes. One of an older server is read from a copy that is brought up to date and
/// goes when it is closed.
pub fn open_backup(path: &Path) -> Result<Connection, OpenError> {
    let connection = open_as_it_is(path)?;
    if migrations::done(&connection)? == migrations::known() {
        return Ok(connection);
    }
    // A private file of SQLite's own.
    let mut copy = Connection::open("")?;
    Backup::new(&connection, &mut copy)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
    migrations::migrate(&mut copy, path, Opening::Serving)?;
    Ok(copy)
}

/// The connection that writes; there is one in each process.
pub fn open_writer(path: &Path, opening: Opening) -> Result<Connection, OpenError> {
    let mut connection = open(path)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.query_row(&format!("PRAGMA wal_autocheckpoint = {LOG_PAGES}"), [], |_| Ok(()))?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
    restrict(path)?;
    migrations::migrate(&mut connection, path, opening)?;
    Ok(connection)
}

/// The file is its owner's alone.
fn restrict(path: &Path) -> Result<(), OpenError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let broken = |error| OpenError::Folder { path: path.to_owned(), error };
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(broken)?;
    }
    Ok(())
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
    // A statement is planned once, and not anew for each value that is bound to it: that took a tenth of a simulated study's time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
