//! What the server keeps: records and everything about them in an engine, the bytes of parts as files.
//!
//! ```text
//! calls ─ Store ─┬─ RecordStore (records) ─┬─ sqlite     one file, one writing thread
//!                │                         └─ postgres   a database that several processes serve over
//!                └─ Parts (parts) ─ blobs, sweeper
//! ```
//!
//! | file | operations |
//! |---|---|
//! | [`studies`] | register, documents |
//! | [`joining`] | invitations, enrolments, recoveries |
//! | [`ingesting`] | pushes |
//! | [`feed`] | what a desk or a restoring phone reads |
//! | [`phone`] | what a phone asks first |
//! | [`ordering`] | erasure orders, the study's revocations, sightings |
//! | [`revoking`] | revocations by the phones' own person |
//! | [`parts`] | attachments |
//! | [`ending`] | studies that have ended, participants who have left |
//! | [`holdings`] | how much is stored, and since when |
//! | [`tokens`], [`staff`] | tokens, writing the audit |
//! | [`auditing`] | reading the audit |
//! | [`snapshot`] | copies, and databases made from them |
//!
//! Each has the operations as a trait and what is decided without a database; the engines have a file of the same name.

mod auditing;
mod blobs;
mod ending;
mod erasing;
mod error;
mod feed;
pub mod folders;
mod heads;
mod holdings;
mod ingesting;
mod joining;
mod marks;
mod opening;
mod ordering;
mod owners;
mod parts;
mod phone;
mod place;
mod postgres;
mod records;
mod revoking;
pub mod snapshot;
pub mod sqlite;
mod staff;
mod studies;
mod sweeper;
pub mod tables;
#[cfg(test)]
pub mod testing;
mod tokens;

pub use blobs::{Blobs, Object, PartKey};
pub use error::{OpenError, StoreError, Trouble};
pub use feed::{Feed, FeedOf};
pub use holdings::Page;
pub use ingesting::IngestError;
pub use joining::{JoinError, Joined, Joiner};
pub use marks::{MANIFEST, UNFINISHED};
pub use opening::Opening;
pub use ordering::{OrderError, OrdersAfter};
pub use owners::Wanted;
pub use parts::{LEAST_COUNTED, Listed, PartError};
pub use place::{Bucket, Database, Place};
pub use revoking::RevokeError;
pub use staff::StaffToken;
pub use studies::{NewDocument, NewStudy, StudyError};
pub use tokens::Identity;

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::Notify;
use waymark_protocol::{Hash, StudyId};

use crate::auth::Role;
use crate::challenges::Challenges;
use crate::clock;
use parts::{PartRows, Parts};
use postgres::Postgres;
use records::RecordStore;
use sqlite::Sqlite;
use sweeper::Sweeper;

/// Cuts a list that was asked for one line more than it may hold; says whether there was one.
fn cut<T>(lines: &mut Vec<T>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > limit;
    lines.truncate(limit);
    more
}

/// The open store: an engine's operations, and parts. Dropping it finishes what is being written.
pub struct Store {
    records: Arc<dyn RecordStore>,
    parts: Arc<Parts>,
    challenges: Challenges,
    _sweeper: Sweeper,
}

/// The engine's operations.
impl Deref for Store {
    type Target = dyn RecordStore;

    fn deref(&self) -> &Self::Target {
        &*self.records
    }
}

impl Store {
    /// Refuses a folder whose database is another program's or a newer server's; makes it when there is none. Opens nothing.
    pub fn prepare(place: &Place) -> Result<(), OpenError> {
        marks::refuse_marked(&place.folder)?;
        match &place.database {
            None => sqlite::prepare(&place.folder).map(drop),
            Some(_) => Ok(()),
        }
    }

    /// Whether the settings make a way to the database and to the bucket, where there are any; opens nothing and asks nobody.
    pub fn check(place: &Place) -> Result<(), OpenError> {
        if let Some(database) = &place.database {
            postgres::check(database)?;
        }
        place.parts.as_ref().map_or(Ok(()), blobs::check)
    }

    /// Opens the store, makes it when there is none, and brings an older one up to date. Must be called within a Tokio runtime.
    pub async fn open(place: &Place) -> Result<Self, OpenError> {
        let doomed = Arc::new(Notify::new());
        let records: Arc<dyn RecordStore> = match &place.database {
            None => {
                let records = Sqlite::open(&place.folder, doomed.clone())?;
                // No other process serves over this folder: what was arriving when the last one was killed never will.
                records.doom_arriving(clock::now()).await?;
                Arc::new(records)
            }
            Some(database) => Arc::new(Postgres::open(database, doomed.clone()).await?),
        };
        let blobs = Blobs::open(place)?;
        let challenges = Challenges::new(&records.challenge_key().await?);
        let parts = Arc::new(Parts { records: records.clone(), blobs });
        let sweeper = Sweeper::start(&parts, doomed);
        Ok(Self { records, parts, challenges, _sweeper: sweeper })
    }

    /// Keeps a person's token, beside a server that may be running.
    pub async fn add_token(
        place: &Place,
        token: Hash,
        role: Role,
        study: Option<StudyId>,
        now: u64,
    ) -> Result<(), OpenError> {
        marks::refuse_marked(&place.folder)?;
        match &place.database {
            None => sqlite::add_token(&place.folder, token, role, study, now),
            Some(database) => postgres::add_token(database, token, role, study, now).await,
        }
    }

    /// All people's tokens, in the order in which they were made.
    pub async fn staff_tokens(place: &Place) -> Result<Vec<StaffToken>, OpenError> {
        marks::refuse_marked(&place.folder)?;
        match &place.database {
            None => sqlite::staff_tokens(&place.folder),
            Some(database) => postgres::staff_tokens(database).await,
        }
    }

    /// Revokes a person's token; says whether there is one that was good until now. Servers that run refuse it from its next call
    /// on.
    pub async fn revoke_staff_token(place: &Place, id: i64, now: u64) -> Result<bool, OpenError> {
        marks::refuse_marked(&place.folder)?;
        match &place.database {
            None => sqlite::revoke_staff_token(&place.folder, id, now),
            Some(database) => postgres::revoke_staff_token(database, id, now).await,
        }
    }

    /// Makes erased bytes leave the files of a PostgreSQL database; returns what the operator has to do by hand. SQLite's file
    /// keeps none.
    pub async fn sweep(place: &Place) -> Result<Vec<String>, OpenError> {
        match &place.database {
            None => Ok(Vec::new()),
            Some(database) => postgres::sweep(database).await,
        }
    }

    /// The recovery challenges.
    pub fn challenges(&self) -> &Challenges {
        &self.challenges
    }

    /// Keeps a part, whose bytes have been checked against its name; on disk when this returns. Of a part that only erased
    /// records list nothing is kept. Says whether the part is kept now and was not before.
    pub async fn put_part(&self, key: PartKey, bytes: Bytes) -> Result<bool, PartError> {
        // A task of its own: when a client hangs up, what it has sent is settled all the same.
        let parts = self.parts.clone();
        let putting = tokio::spawn(async move { parts.put(key, bytes).await });
        putting.await.unwrap_or(Err(StoreError::GivenUp.into()))
    }

    /// A part's bytes; none when it is not here, or no longer what it was.
    pub async fn part(&self, key: PartKey) -> Result<Option<Bytes>, StoreError> {
        self.parts.get(key).await
    }
}
