//! Opening the file with SQLite.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::Header;
use super::migrations::{self, MIGRATIONS};
use crate::Error;
use crate::error::STRUCTURE;

/// How long to wait for a virus scanner or an indexer that has the file open.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens a vault's file, which must be there, and brings it up to date. The caller is its owner.
///
/// # Errors
///
/// [`Error::NewerFile`] with the file untouched; [`Error::ReadOnly`]; [`Error::InUse`]; [`Error::Damaged`].
pub(crate) fn connect(path: &Path) -> Result<Connection, Error> {
    let mut conn = open(path)?;
    // A newer program may have been killed before its migration left the log: then only SQLite sees the version, and
    // leaving must not move the log into the file.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Header { version }.known()?;
    if conn.is_readonly("main")? {
        return Err(Error::ReadOnly);
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    migrations::run(&mut conn, MIGRATIONS)?;
    Ok(conn)
}

/// A connection with the settings that every one has.
pub(super) fn open(path: &Path) -> Result<Connection, Error> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // Kibibytes. Objects are read once and kept open in memory by who needs them; pages kept here as well would be a second copy.
    conn.pragma_update(None, "cache_size", -512)?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    conn.pragma_update(None, "cell_size_check", "ON")?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    // A statement is planned once, and not anew for each value that is bound to it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

/// Checks the structure of the whole file: b-trees, free pages, and that index and table agree. Opens no object.
///
/// # Errors
///
/// [`Error::Damaged`].
pub(crate) fn integrity(conn: &Connection) -> Result<(), Error> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Error::damaged(STRUCTURE)) }
}

/// Moves the write-ahead log into the file and empties it.
///
/// # Errors
///
/// [`Error::InUse`] when a reader holds on to the log.
pub(crate) fn truncate_wal(conn: &Connection) -> Result<(), Error> {
    let busy: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(Error::InUse) } else { Ok(()) }
}
