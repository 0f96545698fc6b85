//! Opening every object, to see that each can be opened.

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::key::{ObjectSealer, Place};
use super::version::Version;
use crate::Error;
use crate::error::STRUCTURE;

/// Opens each object of each table and keeps nothing of it.
///
/// # Errors
///
/// [`Error::Damaged`] with the name of the table whose object does not open.
pub(crate) fn check_all(conn: &Connection, sealer: &ObjectSealer) -> Result<(), Error> {
    let mut query = conn.prepare("SELECT tbl, id, version, salt, sealed FROM object ORDER BY rowid")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let not_a_blob = |_| Error::damaged(STRUCTURE);
        let table: String = row.get(0)?;
        let id = row.get_ref(1)?.as_blob().map_err(not_a_blob)?;
        let version: Version = row.get(2)?;
        let salt: [u8; 32] = row.get(3)?;
        let mut bytes = Zeroizing::new(row.get_ref(4)?.as_blob().map_err(not_a_blob)?.to_vec());
        sealer.open(Place { table: &table, id, version }, &salt, &mut bytes)?;
    }
    Ok(())
}
