//! Parts of attachments: a row for each upload, its bytes as an object beside the database.
//!
//! ```text
//! PUT     row: arriving ─► object on disk ─► row: kept ─► 204
//! erase   the last record that lists it loses its body ─► row: to be deleted, in the same transaction
//!         ─► after the commit the sweeper deletes the object, then the row
//! ```
//!
//! Each upload writes an object with a name of its own that is never used again, so whoever deletes cannot delete what has just
//! come, in whatever process. The last word on a part is spoken when it is settled, under the lock that erasures take too: kept,
//! or erased meanwhile. What began to arrive so long ago that nobody can be sending it any more is deleted; so is an object that
//! has no row, as after a restore from an older copy of the database.

use std::pin::pin;
use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::TryChunksError;
use waymark_protocol::StudyId;
use waymark_protocol::api::MAX_UNLISTED_BYTES;

use super::blobs::{Blobs, Object, PartKey};
use super::error::StoreError;
use super::records::RecordStore;
use crate::clock;

/// How many objects are deleted or asked about at once.
pub const SWEPT_AT_ONCE: u32 = 100;
/// Nobody is sending a part any longer that began to arrive so many milliseconds ago: several times the time limit of the call.
pub const LONGEST_ARRIVAL_MS: u64 = 30 * 60 * 1000;

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

/// What the record store knows of parts.
#[async_trait]
pub trait PartRows {
    /// The object that is kept for a part.
    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, StoreError>;

    /// Where a part is listed.
    async fn listed_part(&self, key: PartKey) -> Result<Listed, StoreError>;

    /// Makes the row of an object that is about to be written; `false` when only erased records list the part, and nothing is to
    /// be written.
    async fn expect_part(&self, object: Object, len: u64, now: u64) -> Result<bool, PartError>;

    /// The object is on disk: decides what becomes of it. It takes the place of one that was kept before.
    async fn settle_part(&self, object: Object) -> Result<Settled, StoreError>;

    /// The object could not be written: its row, and whatever there is of its bytes, are to be deleted.
    async fn give_up_part(&self, object: Object) -> Result<(), StoreError>;

    /// The objects that are to be deleted and come after this one in the order of their keys and names, at most
    /// [`SWEPT_AT_ONCE`].
    async fn doomed_parts(&self, after: Option<Object>) -> Result<Vec<Object>, StoreError>;

    /// Removes the rows of objects that have been deleted.
    async fn forget_parts(&self, objects: Vec<Object>) -> Result<(), StoreError>;

    /// What began to arrive before that time, in milliseconds since 1970, and is not there is to be deleted.
    async fn doom_arriving(&self, before: u64) -> Result<(), StoreError>;

    /// Those of the objects that have no row.
    async fn without_row(&self, objects: Vec<Object>) -> Result<Vec<Object>, StoreError>;

    /// Every study.
    async fn all_studies(&self) -> Result<Vec<StudyId>, StoreError>;
}

/// What becomes of an upload: its row's `state`.
pub mod state {
    /// Its bytes are still coming.
    pub const ARRIVING: i16 = 0;
    /// It is the part's.
    pub const KEPT: i16 = 1;
    /// It is to be deleted.
    pub const DOOMED: i16 = 2;
}

/// Where a part is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// In no record.
    Nowhere,
    /// In one that stands.
    Standing,
    /// In erased ones alone.
    ErasedAlone,
}

/// What became of an object that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is the part's.
    Kept,
    /// Its last record was erased meanwhile; it is deleted.
    Erased,
    /// It took so long that it was given up.
    TooLate,
}

impl Listed {
    /// Of so many records that list a part, and so many of those that still have their body.
    pub fn of(all: u64, standing: u64) -> Self {
        match (all, standing) {
            (0, _) => Self::Nowhere,
            (_, 0) => Self::ErasedAlone,
            _ => Self::Standing,
        }
    }
}

/// A part is counted as at least so many bytes where what may be stored is bounded: it costs a row and an object, however small it
/// is.
pub const LEAST_COUNTED: u32 = 64 * 1024;

/// Whether a part of this length that no record lists has room beside the participant's others of that kind.
pub fn has_room(unlisted: u64, len: u64) -> Result<(), PartError> {
    let counted = len.max(LEAST_COUNTED.into());
    if unlisted.saturating_add(counted) > MAX_UNLISTED_BYTES { Err(PartError::RecordsFirst) } else { Ok(()) }
}

/// Rows and objects together.
pub struct Parts {
    /// The rows.
    pub records: Arc<dyn RecordStore>,
    /// The bytes.
    pub blobs: Blobs,
}

impl Parts {
    /// Keeps a part, whose bytes have been checked against its name; on disk when this returns. Of a part that only erased
    /// records list nothing is kept. Says whether the part is kept now and was not before.
    pub async fn put(&self, key: PartKey, bytes: Bytes) -> Result<bool, PartError> {
        // A file that cannot be read any more is written anew.
        if self.get(key).await.is_ok_and(|here| here.is_some()) {
            return Ok(false);
        }
        let object = Object::new(key);
        if !self.records.expect_part(object.clone(), bytes.len() as u64, clock::now()).await? {
            return Ok(false);
        }
        if let Err(error) = self.blobs.put(&object, bytes).await {
            // Its phone sends it again, and again: it is not to be counted each time. Where this fails too, its time runs out.
            if let Err(error) = self.records.give_up_part(object).await {
                tracing::warn!(%error, "a part that could not be written is still counted as arriving");
            }
            return Err(error.into());
        }
        match self.records.settle_part(object.clone()).await? {
            Settled::Kept => Ok(true),
            Settled::Erased => Ok(false),
            Settled::TooLate => {
                self.blobs.delete(&[object]).await?;
                Err(StoreError::GivenUp.into())
            }
        }
    }

    /// A part's bytes; none when it is not here, or no longer what it was.
    pub async fn get(&self, key: PartKey) -> Result<Option<Bytes>, StoreError> {
        let Some(object) = self.records.kept_part(key).await? else {
            return Ok(None);
        };
        let mut found = self.blobs.whole(&object).await?;
        if found.is_none() {
            // Another upload may have taken its place since the row was read, and the sweeper its object.
            match self.records.kept_part(key).await? {
                None => return Ok(None),
                Some(newer) if newer != object => found = self.blobs.whole(&newer).await?,
                Some(_) => {}
            }
        }
        if found.is_none() {
            tracing::error!("a stored part is missing or damaged; its phone may send it again");
        }
        Ok(found)
    }

    /// Deletes what is to be deleted. What cannot be deleted keeps nothing else from it, and its error is told at the end.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let (mut after, mut swept) = (None, Ok(()));
        loop {
            let objects = self.records.doomed_parts(after).await?;
            let Some(last) = objects.last() else { return swept };
            after = Some(last.clone());
            let (gone, deleted) = self.blobs.delete_each(objects).await;
            if !gone.is_empty() {
                self.records.forget_parts(gone).await?;
            }
            swept = swept.and(deleted);
        }
    }

    /// Deletes objects that have no row and are older than the longest arrival. Only those of studies that the database knows: one
    /// that was set up with another database's folder must not empty it.
    pub async fn sweep_without_row(&self) -> Result<(), StoreError> {
        let before = clock::now().saturating_sub(LONGEST_ARRIVAL_MS);
        let mut swept = Ok(());
        for study in self.records.all_studies().await? {
            let mut chunks = pin!(self.blobs.older_than(&study, before).try_chunks(SWEPT_AT_ONCE as usize));
            while let Some(objects) = chunks.try_next().await.map_err(|TryChunksError(_, error)| error)? {
                let without = self.records.without_row(objects).await?;
                if !without.is_empty() {
                    tracing::warn!(objects = without.len(), "parts that the database does not know are deleted");
                    swept = swept.and(self.blobs.delete_each(without).await.1);
                }
            }
        }
        swept
    }
}
