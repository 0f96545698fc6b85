//! Reading sealed objects, inside a transaction or outside.

use std::ops::{Bound, RangeBounds};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

use super::key::{ObjectSealer, Place};
use super::version::Version;
use super::{MAX_ID, Table};
use crate::Error;

/// How many objects are opened at once by [`Reader::collect`]: enough for all processors, and little memory.
const BATCH: usize = 512;

/// Opens objects. [`Vault::reader`](crate::Vault::reader) gives one, and a [`Tx`](crate::Tx) is one too, so that a function
/// which reads can be called from both.
#[derive(Clone, Copy)]
pub struct Reader<'v> {
    pub(super) conn: &'v Connection,
    pub(super) sealer: &'v ObjectSealer,
}

impl<'v> Reader<'v> {
    pub(crate) fn new(conn: &'v Connection, sealer: &'v ObjectSealer) -> Self {
        Self { conn, sealer }
    }

    /// The object of this id, if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] with the table's name when it does not open.
    pub fn get(&self, table: Table, id: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let mut query =
            self.conn.prepare_cached("SELECT version, salt, sealed FROM object WHERE tbl = ?1 AND id = ?2")?;
        let sealed = query.query_row(params![table.name(), id], |row| {
            Ok((row.get(0)?, row.get(1)?, Zeroizing::new(row.get::<_, Vec<u8>>(2)?)))
        });
        let Some((version, salt, mut bytes)) = sealed.optional()? else {
            return Ok(None);
        };
        let length = self.sealer.open(Place { table: table.name(), id, version }, &salt, &mut bytes)?;
        bytes.truncate(length);
        Ok(Some(bytes))
    }

    /// Whether there is an object of this id. It is not opened.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn has(&self, table: Table, id: &[u8]) -> Result<bool, Error> {
        let mut query = self.conn.prepare_cached("SELECT 1 FROM object WHERE tbl = ?1 AND id = ?2")?;
        Ok(query.exists(params![table.name(), id])?)
    }

    /// Calls `each` with the id and the content of every object of the table, in the order of the ids' bytes.
    ///
    /// # Errors
    ///
    /// The first error of `each` ends the scan, as does an object that does not open.
    pub fn scan<E: From<Error>>(&self, table: Table, each: impl FnMut(&[u8], &[u8]) -> Result<(), E>) -> Result<(), E> {
        self.scan_range(table, .., each)
    }

    /// As [`scan`](Self::scan), for the ids in `ids`: `&from[..]..` begins at an id, `..` is all of them.
    ///
    /// # Errors
    ///
    /// As [`scan`](Self::scan).
    pub fn scan_range<'i, E: From<Error>>(
        &self,
        table: Table,
        ids: impl RangeBounds<&'i [u8]>,
        mut each: impl FnMut(&[u8], &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let (from, before) = half_open(&ids);
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT id, version, salt, sealed FROM object WHERE tbl = ?1 AND id >= ?2 AND id < ?3 ORDER BY id",
            )
            .map_err(Error::from)?;
        let mut rows = query.query(params![table.name(), from, before]).map_err(Error::from)?;
        let mut scratch = Zeroizing::new(Vec::new());
        while let Some(row) = rows.next().map_err(Error::from)? {
            let (id, length) = self.open_row(table, row, &mut scratch)?;
            each(id, &scratch[..length])?;
        }
        Ok(())
    }

    /// The ids of all objects of the table, by their bytes. Nothing is opened, so one that is damaged hides no other.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn ids(&self, table: Table) -> Result<Vec<Vec<u8>>, Error> {
        let mut query = self.conn.prepare_cached("SELECT id FROM object WHERE tbl = ?1 ORDER BY id")?;
        Ok(query.query_map([table.name()], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Calls `keep` with what `open` makes of every object of the table, in the order of the ids' bytes. Rows are read one after the
    /// other and opened by all processors, so `open` must not depend on the order in which it is called.
    ///
    /// # Errors
    ///
    /// An error of `open`, or an object that does not open.
    pub fn scan_abreast<T: Send, E: From<Error> + Send>(
        &self,
        table: Table,
        open: impl Fn(&[u8], &[u8]) -> Result<T, E> + Sync,
        mut keep: impl FnMut(T),
    ) -> Result<(), E> {
        let sealer = self.sealer;
        let open = |mut sealed: Sealed| {
            let place = Place { table: table.name(), id: &sealed.id, version: sealed.version };
            let length = sealer.open(place, &sealed.salt, &mut sealed.bytes)?;
            open(&sealed.id, &sealed.bytes[..length])
        };
        let mut query = self
            .conn
            .prepare_cached("SELECT id, version, salt, sealed FROM object WHERE tbl = ?1 ORDER BY id")
            .map_err(Error::from)?;
        let mut rows = query.query([table.name()]).map_err(Error::from)?;
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            while batch.len() < BATCH {
                let Some(row) = rows.next().map_err(Error::from)? else { break };
                batch.push(Sealed::read(row).map_err(Error::from)?);
            }
            if batch.is_empty() {
                return Ok(());
            }
            batch.into_par_iter().map(open).collect::<Result<Vec<T>, E>>()?.into_iter().for_each(&mut keep);
        }
    }

    /// Opens a row into `scratch`, which is used again for the next one.
    fn open_row<'r>(
        &self,
        table: Table,
        row: &'r Row<'_>,
        scratch: &mut Zeroizing<Vec<u8>>,
    ) -> Result<(&'r [u8], usize), Error> {
        let not_a_blob = |_| Error::damaged(table.name());
        let id = row.get_ref(0)?.as_blob().map_err(not_a_blob)?;
        let sealed = row.get_ref(3)?.as_blob().map_err(not_a_blob)?;
        if scratch.capacity() < sealed.len() {
            // Not by growing in place, which would leave a copy of the last object behind.
            *scratch = Zeroizing::new(Vec::with_capacity(sealed.len().next_power_of_two()));
        }
        scratch.clear();
        scratch.extend_from_slice(sealed);
        let place = Place { table: table.name(), id, version: row.get(1)? };
        let length = self.sealer.open(place, &row.get(2)?, scratch)?;
        Ok((id, length))
    }

    /// How many objects the table has.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn count(&self, table: Table) -> Result<u64, Error> {
        let mut query = self.conn.prepare_cached("SELECT count(*) FROM object WHERE tbl = ?1")?;
        Ok(query.query_row([table.name()], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The greatest id of the table, by its bytes. [`get`](Self::get) opens its object and proves it.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn last(&self, table: Table) -> Result<Option<Vec<u8>>, Error> {
        let mut query = self.conn.prepare_cached("SELECT id FROM object WHERE tbl = ?1 ORDER BY id DESC LIMIT 1")?;
        Ok(query.query_row([table.name()], |row| row.get(0)).optional()?)
    }
}

/// A row that waits to be opened.
struct Sealed {
    id: Vec<u8>,
    version: Version,
    salt: [u8; 32],
    bytes: Zeroizing<Vec<u8>>,
}

impl Sealed {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, version: row.get(1)?, salt: row.get(2)?, bytes: Zeroizing::new(row.get(3)?) })
    }
}

/// The same range as "from … and before …": the next byte string after `x` is `x ‖ 0`, and no id is as long as 65 bytes.
fn half_open<'i>(ids: &impl RangeBounds<&'i [u8]>) -> (Vec<u8>, Vec<u8>) {
    let after = |id: &[u8]| [id, &[0]].concat();
    let from = match ids.start_bound() {
        Bound::Included(id) => id.to_vec(),
        Bound::Excluded(id) => after(id),
        Bound::Unbounded => Vec::new(),
    };
    let before = match ids.end_bound() {
        Bound::Included(id) => after(id),
        Bound::Excluded(id) => id.to_vec(),
        Bound::Unbounded => vec![0xff; MAX_ID + 1],
    };
    (from, before)
}
