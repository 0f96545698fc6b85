//! What the server keeps, in SQLite: `waymark.db` in the data folder.
//!
//! One thread writes; see [`writer`]. Readers have connections of their own and see committed states only. Every operation
//! is coarse (a push, a feed, an enrolment) and atomic, so that another engine can offer the same ones.
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
//! | [`parts`] | attachments; their bytes are files beside the database, see [`blobs`] and [`sweeper`] |
//! | [`ending`] | studies that have ended, participants who have left |
//! | [`holdings`] | how much is stored, and since when |
//! | [`tokens`], [`staff`] | tokens, writing the audit |
//! | [`auditing`] | reading the audit |

mod auditing;
mod blobs;
mod column;
mod ending;
mod erasing;
mod error;
mod feed;
mod file;
mod holdings;
mod ingesting;
mod joining;
mod logs;
mod migrations;
mod ordering;
mod owners;
mod parts;
mod phone;
mod readers;
mod revoking;
mod staff;
mod studies;
mod sweeper;
#[cfg(test)]
pub mod testing;
mod tokens;
mod writer;

pub use blobs::PartKey;
pub use error::{OpenError, StoreError};
pub use feed::{Feed, FeedOf};
pub use holdings::Page;
pub use ingesting::IngestError;
pub use joining::{JoinError, Joined};
pub use ordering::OrderError;
pub use parts::PartError;
pub use revoking::RevokeError;
pub use staff::StaffToken;
pub use studies::{NewDocument, NewStudy, StudyError};
pub use tokens::Identity;

use std::path::Path;

use std::sync::Arc;

use tokio::sync::{Notify, RwLock, watch};
use waymark_protocol::StudyId;
use waymark_protocol::api::Epoch;

use blobs::Blobs;
use parts::Parts;
use readers::Readers;
use sweeper::Sweeper;
use writer::{Heads, Listeners, Writer};

/// Cuts a list that was asked for one line more than it may hold; says whether there was one.
fn cut<T>(lines: &mut Vec<T>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > limit;
    lines.truncate(limit);
    more
}

/// The open store. Dropping it finishes what is being written.
pub struct Store {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    parts: Arc<Parts>,
    heads: watch::Receiver<Heads>,
    _sweeper: Sweeper,
}

impl Store {
    /// Makes the folder and refuses one whose database is another program's or a newer server's. Opens nothing.
    pub fn prepare(folder: &Path) -> Result<(), OpenError> {
        file::prepare(folder).map(drop)
    }

    /// Opens the store in `folder`, makes it when there is none, and brings an older one up to date. Must be called within a
    /// Tokio runtime.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = file::prepare(folder)?;
        let connection = file::open_writer(&path)?;
        let heads = writer::heads(&connection)?;
        let blobs = Blobs::open(folder)?;
        parts::forget_arriving(&connection)?;
        let (sender, heads) = watch::channel(heads);
        let doomed = Arc::new(Notify::new());
        let writer = Arc::new(Writer::start(connection, Listeners { heads: sender, doomed: doomed.clone() })?);
        let readers = Arc::new(Readers::new(path));
        let gate = RwLock::new(());
        let parts = Arc::new(Parts { writer: writer.clone(), readers: readers.clone(), blobs, gate });
        let sweeper = Sweeper::start(&parts, doomed);
        Ok(Self { writer, readers, parts, heads, _sweeper: sweeper })
    }

    /// Whether both reading and writing work.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.epoch().await?;
        self.writer.write(|_| Ok(())).await
    }

    /// The server's life between two restores.
    pub async fn epoch(&self) -> Result<Epoch, StoreError> {
        self.readers.read(logs::epoch).await
    }

    /// Returns when the study's head is beyond `after`.
    pub async fn grown(&self, study: StudyId, after: u64) {
        let mut heads = self.heads.clone();
        // An error says that the writer is gone; then nothing grows, and the caller's own time limit ends the wait.
        if heads.wait_for(|heads| heads.get(&study).is_some_and(|head| *head > after)).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
