//! Parts of attachments: a row for each, its bytes as an object beside the database.
//!
//! ```text
//! PUT     row: arriving ─► object on disk ─► row: on disk ─► 204
//! erase   the last record that lists it loses its body ─► row: to be deleted, in the same transaction
//!         ─► after the commit the sweeper deletes the object, then the row
//! start   what was arriving is to be deleted: its sender never heard that it was kept
//! ```
//!
//! So no object is ever without a row, and no crash leaves bytes behind that nobody knows of. Whoever writes an object holds
//! the gate open; the sweeper closes it, so that it never deletes what has just come again.

use std::sync::Arc;

use axum::body::Bytes;
use rusqlite::Connection;
use tokio::sync::RwLock;
use waymark_protocol::Hash;
use waymark_protocol::api::MAX_UNLISTED_BYTES;
use waymark_protocol::record::Header;

use super::Store;
use super::blobs::{Blobs, PartKey};
use super::column::{self, signed};
use super::error::StoreError;
use super::readers::Readers;
use super::writer::{Tx, Writer};

const SWEPT_AT_ONCE: u32 = 100;

/// Why a part was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Too much of the participant's waits for records that list it.
    #[error("too many bytes of parts wait for the records that list them: push those first")]
    RecordsFirst,
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What parts need of the store.
pub struct Parts {
    /// Writes rows.
    pub writer: Arc<Writer>,
    /// Reads rows.
    pub readers: Arc<Readers>,
    /// The bytes.
    pub blobs: Blobs,
    /// Open to many who write objects, or closed by the sweeper.
    pub gate: RwLock<()>,
}

impl Store {
    /// Keeps a part, whose bytes have been checked against its name; on disk when this returns. Of a part that only erased
    /// records list nothing is kept.
    pub async fn put_part(&self, key: PartKey, bytes: Bytes) -> Result<(), PartError> {
        // A task of its own: a client that hangs up must not let go of the gate while the disk is still writing.
        let parts = self.parts.clone();
        let putting = tokio::spawn(async move { parts.put(key, bytes).await });
        putting.await.unwrap_or(Err(StoreError::GivenUp.into()))
    }

    /// A part's bytes; none when it is not here, or no longer what it was.
    pub async fn part(&self, key: PartKey) -> Result<Option<Bytes>, StoreError> {
        self.parts.get(key).await
    }
}

impl Parts {
    async fn put(&self, key: PartKey, bytes: Bytes) -> Result<(), PartError> {
        let _open = self.gate.read().await;
        // A file that cannot be read any more is written anew.
        if self.get(key).await.is_ok_and(|here| here.is_some()) {
            return Ok(());
        }
        let len = bytes.len() as u64;
        match self.writer.write(move |tx| expect(tx, &key, len)).await? {
            Listed::ErasedAlone => return Ok(()),
            Listed::Nowhere | Listed::Standing => {}
        }
        self.blobs.put(&key, bytes).await?;
        Ok(self.writer.write(move |tx| settle(tx, &key)).await?)
    }

    async fn get(&self, key: PartKey) -> Result<Option<Bytes>, StoreError> {
        let sql = "SELECT 1 FROM part WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = 1";
        let here = self
            .readers
            .read(move |connection| Ok::<_, StoreError>(connection.prepare_cached(sql)?.exists(columns(&key))?));
        if !here.await? {
            return Ok(None);
        }
        let found = self.blobs.get(&key).await?.filter(|bytes| Hash::of(bytes) == key.hash);
        if found.is_none() {
            tracing::error!(part = %key.hash, "a stored part is missing or damaged; its phone may send it again");
        }
        Ok(found)
    }

    /// Deletes what is to be deleted; says whether there was anything.
    pub async fn sweep(&self) -> Result<bool, StoreError> {
        let _closed = self.gate.write().await;
        let keys = self.readers.read(doomed).await?;
        if keys.is_empty() {
            return Ok(false);
        }
        self.blobs.delete(&keys).await?;
        self.writer
            .write(move |tx| {
                let sql = "DELETE FROM part WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = 2";
                let mut statement = tx.connection.prepare_cached(sql)?;
                keys.iter().try_for_each(|key| statement.execute(columns(key)).map(drop))?;
                Ok::<_, StoreError>(true)
            })
            .await
    }
}

/// Where a part is listed: in no record, in one that stands, or in erased ones alone.
enum Listed {
    Nowhere,
    Standing,
    ErasedAlone,
}

/// Makes the row of a part that is about to be written.
fn expect(tx: &Tx<'_>, key: &PartKey, len: u64) -> Result<Listed, PartError> {
    let listed = listed(tx.connection, key)?;
    match listed {
        Listed::ErasedAlone => return Ok(listed),
        Listed::Nowhere if unlisted(tx.connection, key)?.saturating_add(len) > MAX_UNLISTED_BYTES => {
            return Err(PartError::RecordsFirst);
        }
        Listed::Nowhere | Listed::Standing => {}
    }
    let sql = "INSERT INTO part (study, participant, hash, len, state) VALUES (?1, ?2, ?3, ?4, 0)
               ON CONFLICT DO UPDATE SET len = ?4, state = CASE state WHEN 1 THEN 1 ELSE 0 END";
    let row = (key.study.0, key.participant.0, key.hash.0, signed(len));
    tx.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(row)).map_err(StoreError::from)?;
    Ok(listed)
}

/// The part is on disk, unless it has been erased while it was being written.
fn settle(tx: &Tx<'_>, key: &PartKey) -> Result<(), StoreError> {
    let sql = "UPDATE part SET state = 1 WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = 0";
    tx.connection.prepare_cached(sql)?.execute(columns(key))?;
    Ok(())
}

fn listed(connection: &Connection, key: &PartKey) -> Result<Listed, StoreError> {
    let sql = "SELECT count(*), count(record.body) FROM record_part JOIN record ON record.id = record_part.record
               WHERE record_part.study = ?1 AND record_part.participant = ?2 AND hash = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let counts = statement.query_row(columns(key), |row| Ok((column::unsigned(row, 0)?, column::unsigned(row, 1)?)))?;
    Ok(match counts {
        (0, _) => Listed::Nowhere,
        (_, 0) => Listed::ErasedAlone,
        _ => Listed::Standing,
    })
}

/// How many bytes of the participant's other parts no record lists.
fn unlisted(connection: &Connection, key: &PartKey) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(sum(len), 0) FROM part
               WHERE study = ?1 AND participant = ?2 AND hash <> ?3 AND state <> 2
                 AND NOT EXISTS (SELECT 1 FROM record_part l
                                 WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash))";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(columns(key), |row| column::unsigned(row, 0))?)
}

fn doomed(connection: &Connection) -> Result<Vec<PartKey>, StoreError> {
    let sql = "SELECT study, participant, hash FROM part WHERE state = 2 LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map([SWEPT_AT_ONCE], |row| {
        let (study, participant) = (column::study(row, 0)?, column::participant(row, 1)?);
        Ok(PartKey { study, participant, hash: column::hash(row, 2)? })
    })?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// What was arriving when the server was killed is deleted.
pub fn forget_arriving(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE part SET state = 2 WHERE state = 0", [])?;
    Ok(())
}

/// Notes which parts a record that has just been kept lists; `erased` when it came as a tombstone.
pub fn list(tx: &Tx<'_>, header: &Header, record: i64, erased: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO record_part (study, participant, hash, record) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO NOTHING";
    let mut statement = tx.connection.prepare_cached(sql)?;
    for part in &header.parts {
        statement.execute((header.study.0, header.participant.0, part.0, record))?;
    }
    if erased && !header.parts.is_empty() { doom(tx, record) } else { Ok(()) }
}

/// A record has lost its body: those of its parts that no other record with a body lists are to be deleted.
pub fn doom(tx: &Tx<'_>, record: i64) -> Result<(), StoreError> {
    let sql = "UPDATE part SET state = 2
               WHERE (study, participant, hash) IN (SELECT study, participant, hash FROM record_part WHERE record = ?1)
                 AND NOT EXISTS (SELECT 1 FROM record_part l JOIN record r ON r.id = l.record
                                 WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash)
                                   AND r.body IS NOT NULL)";
    if tx.connection.prepare_cached(sql)?.execute([record])? > 0 {
        tx.note_doomed();
    }
    Ok(())
}

fn columns(key: &PartKey) -> ([u8; 16], [u8; 16], [u8; 32]) {
    (key.study.0, key.participant.0, key.hash.0)
}
