//! What an engine offers: one trait for each group of operations, and [`RecordStore`] for all of them.
//!
//! Every operation is coarse (a push, a feed, an enrolment), atomic, and durable when it returns. What is decided without the
//! database (whether a record follows, whom an erasure hits, which sighting is newer) stands beside the traits, once for all
//! engines.

use async_trait::async_trait;
use waymark_protocol::StudyId;
use waymark_protocol::api::Epoch;

use super::auditing::Auditing;
use super::ending::Ending;
use super::error::StoreError;
use super::feed::Feeds;
use super::holdings::Holdings;
use super::ingesting::Ingesting;
use super::joining::Joining;
use super::ordering::Ordering;
use super::parts::PartRows;
use super::phone::Phones;
use super::revoking::Revoking;
use super::studies::Studies;
use super::tokens::Tokens;

/// An engine: everything that the server keeps but the bytes of parts.
#[async_trait]
pub trait RecordStore:
    Studies
    + Joining
    + Ingesting
    + Feeds
    + Phones
    + Ordering
    + Revoking
    + Ending
    + Holdings
    + Tokens
    + Auditing
    + PartRows
    + Send
    + Sync
{
    /// Whether both reading and writing work.
    async fn ready(&self) -> Result<(), StoreError>;

    /// The server's life between two restores.
    async fn epoch(&self) -> Result<Epoch, StoreError>;

    /// The key of recovery challenges: whoever serves over this database knows it.
    async fn challenge_key(&self) -> Result<[u8; 32], StoreError>;

    /// Returns when the study's head is beyond `after`, as far as this process has heard. A notice may be lost: whoever waits
    /// reads again when the wait is over.
    async fn grown(&self, study: StudyId, after: u64);
}
