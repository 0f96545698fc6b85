//! The embedded engine: `waymark.db` in the data folder.
//!
//! One thread writes, see [`writer`]; readers have connections of their own and see committed states only. One process serves
//! over the file; the command line may write beside it.

mod auditing;
pub mod column;
mod counting;
mod ending;
pub mod erasing;
mod feed;
pub mod file;
mod holdings;
mod ingesting;
mod joining;
mod logs;
pub mod migrations;
pub mod ordering;
mod owners;
mod parts;
mod phone;
mod readers;
mod revoking;
mod snapshot;
mod staff;
mod studies;
mod tokens;
mod writer;

pub use file::prepare;
pub use snapshot::{Live, adopt, renew_epoch};
pub use staff::{all as staff_tokens, revoke as revoke_staff_token};
pub use tokens::add as add_token;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore, watch};
use waymark_protocol::StudyId;
use waymark_protocol::api::Epoch;

use super::error::{OpenError, StoreError};
use super::heads::{self, Heads};
use super::opening::Opening;
use super::records::RecordStore;
use readers::Readers;
use writer::{Listeners, Writer};

const READERS: usize = 4;
const IDENTIFYING: usize = 2;

/// The open database. Dropping it finishes what is being written.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
    /// Those that look tokens up alone: no slow reading keeps a phone from being known.
    identifying: Readers,
    /// Held while much is counted, so that one who counts leaves the other readers to the rest.
    counting: Semaphore,
    heads: watch::Receiver<Heads>,
}

impl Sqlite {
    /// Opens the database in `folder`, makes it when there is none, and brings an older one up to date. `doomed` is told when
    /// parts are to be deleted.
    pub fn open(folder: &Path, doomed: Arc<Notify>) -> Result<Self, OpenError> {
        let path = file::prepare(folder)?;
        let connection = file::open_writer(&path, Opening::Serving)?;
        let (sender, heads) = watch::channel(writer::heads(&connection)?);
        let writer = Writer::start(connection, Listeners { heads: sender, doomed })?;
        let identifying = Readers::new(path.clone(), IDENTIFYING);
        Ok(Self { writer, readers: Readers::new(path, READERS), identifying, counting: Semaphore::new(1), heads })
    }
}

#[async_trait]
impl RecordStore for Sqlite {
    async fn ready(&self) -> Result<(), StoreError> {
        self.epoch().await?;
        // Something else each time: SQLite writes no page whose bytes stay as they are.
        let write = "INSERT INTO meta (name, value) VALUES ('ready', randomblob(8))
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.writer.write(|tx| Ok::<_, StoreError>(tx.connection.prepare_cached(write)?.execute([]).map(drop)?)).await
    }

    async fn epoch(&self) -> Result<Epoch, StoreError> {
        self.readers.read(logs::epoch).await
    }

    async fn challenge_key(&self) -> Result<[u8; 32], StoreError> {
        let sql = "SELECT value FROM meta WHERE name = 'challenge_key'";
        self.readers.read(|connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await
    }

    async fn grown(&self, study: StudyId, after: u64) {
        heads::grown(self.heads.clone(), study, after).await;
    }
}
