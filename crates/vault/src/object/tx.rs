//! Writing sealed objects: one transaction, one fsync.

use std::ops::Deref;

use rand_core::CryptoRng;
use rusqlite::{OptionalExtension, params};

use super::key::Place;
use super::version::Version;
use super::{MAX_ID, MAX_OBJECT, Reader, Table};
use crate::Error;

/// A transaction, from [`Vault::write`](crate::Vault::write). It reads what it has itself written.
pub struct Tx<'v> {
    reader: Reader<'v>,
    rng: &'v mut dyn CryptoRng,
}

impl<'v> Tx<'v> {
    pub(crate) fn new(reader: Reader<'v>, rng: &'v mut dyn CryptoRng) -> Self {
        Self { reader, rng }
    }

    /// Seals `object` under this id, in the place of what was there. Each rewriting has the next version and a new key:
    ///
    /// ```text
    /// object key = HKDF-SHA256(ikm = vault key, salt = 32 random bytes, info = "waymark/object/v1")
    /// sealed     = AES-256-GCM[object key, nonce 0](object, aad = vault id ‖ LP(table) ‖ LP(object id) ‖ u64 version)
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::TooLong`], [`Error::DiskFull`]. The transaction should be given up then.
    pub fn put(&mut self, table: Table, id: &[u8], object: &[u8]) -> Result<(), Error> {
        if id.len() > MAX_ID || object.len() > MAX_OBJECT {
            return Err(Error::TooLong);
        }
        let version = self.version(table, id)?.map_or(Some(Version::FIRST), Version::next);
        let place = Place { table: table.name(), id, version: version.ok_or_else(|| Error::damaged(table.name()))? };
        let mut salt = [0; 32];
        self.rng.fill_bytes(&mut salt);
        let mut bytes = Vec::with_capacity(object.len() + ring::aead::AES_256_GCM.tag_len());
        bytes.extend_from_slice(object);
        self.reader.sealer.seal(place, &salt, &mut bytes);
        let mut statement = self.reader.conn.prepare_cached(
            "INSERT INTO object (tbl, id, version, salt, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (tbl, id) DO UPDATE SET version = excluded.version, salt = excluded.salt, sealed = excluded.sealed",
        )?;
        statement.execute(params![place.table, id, place.version, salt, bytes])?;
        Ok(())
    }

    /// Deletes the object of this id; says whether there was one. Its bytes are overwritten in the file at the next
    /// checkpoint, which [`Vault::truncate_wal`](crate::Vault::truncate_wal) asks for.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn delete(&mut self, table: Table, id: &[u8]) -> Result<bool, Error> {
        let mut statement = self.reader.conn.prepare_cached("DELETE FROM object WHERE tbl = ?1 AND id = ?2")?;
        Ok(statement.execute(params![table.name(), id])? > 0)
    }

    fn version(&self, table: Table, id: &[u8]) -> Result<Option<Version>, Error> {
        let mut query = self.reader.conn.prepare_cached("SELECT version FROM object WHERE tbl = ?1 AND id = ?2")?;
        Ok(query.query_row(params![table.name(), id], |row| row.get(0)).optional()?)
    }
}

impl<'v> Deref for Tx<'v> {
    type Target = Reader<'v>;

    fn deref(&self) -> &Reader<'v> {
        &self.reader
    }
}
