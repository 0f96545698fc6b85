//! Resealing every object under another vault key.

use rand_core::CryptoRng;
use rusqlite::{Connection, OptionalExtension, params};

use super::key::{ObjectSealer, Place};
use super::version::Version;
use crate::Error;

/// A row of the table `object`.
struct Row {
    number: i64,
    table: String,
    id: Vec<u8>,
    version: Version,
    salt: [u8; 32],
    bytes: Vec<u8>,
}

/// Opens each object with `old` and seals it with `new`, as its next version. Belongs into a transaction.
///
/// # Errors
///
/// [`Error::Damaged`] when an object does not open: what cannot be carried over is not silently left behind.
pub(crate) fn reseal_all(
    conn: &Connection,
    old: &ObjectSealer,
    new: &ObjectSealer,
    rng: &mut dyn CryptoRng,
) -> Result<(), Error> {
    let mut done = 0;
    while let Some(mut row) = next(conn, done)? {
        let place = Place { table: &row.table, id: &row.id, version: row.version };
        let length = old.open(place, &row.salt, &mut row.bytes)?;
        row.bytes.truncate(length);
        let version = row.version.next().ok_or_else(|| Error::damaged(&row.table))?;
        rng.fill_bytes(&mut row.salt);
        new.seal(Place { version, ..place }, &row.salt, &mut row.bytes);
        conn.prepare_cached("UPDATE object SET version = ?2, salt = ?3, sealed = ?4 WHERE rowid = ?1")?
            .execute(params![row.number, version, row.salt, row.bytes])?;
        done = row.number;
    }
    Ok(())
}

fn next(conn: &Connection, after: i64) -> Result<Option<Row>, Error> {
    let mut query = conn.prepare_cached(
        "SELECT rowid, tbl, id, version, salt, sealed FROM object WHERE rowid > ?1 ORDER BY rowid LIMIT 1",
    )?;
    let row = query.query_row([after], |row| {
        Ok(Row {
            number: row.get(0)?,
            table: row.get(1)?,
            id: row.get(2)?,
            version: row.get(3)?,
            salt: row.get(4)?,
            bytes: row.get(5)?,
        })
    });
    Ok(row.optional()?)
}
