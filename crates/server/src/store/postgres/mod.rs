//! The engine over PostgreSQL: several processes may serve over one database, and none keeps a truth of its own.
//!
//! | | |
//! |---|---|
//! | order | whoever writes records, orders, revocations, devices, documents or parts of a study, or ends it, holds the study's row until the commit (`FOR NO KEY UPDATE`), so `server_seq` is given in the order of commits and a cursor never skips; invitations, sightings, the audit and what the sweeper notes have no place in that order and do not wait |
//! | pushes | those of one study that wait in a process are decided together and written with one commit, see [`group`] |
//! | durability | every session waits for the disk (`synchronous_commit`), and nothing is answered before the commit |
//! | waiting | a process hears from the others which study has grown, see [`signals`]; a notice may be lost, so whoever waits reads again |
//! | trouble | what the database has certainly not kept is tried again, four times within some seconds, longer where it waits for a lock or a connection; else the caller hears so and nothing is acknowledged |

mod auditing;
mod connecting;
mod counting;
mod ending;
mod erasing;
mod errors;
mod feed;
mod filling;
mod group;
mod holdings;
mod ingesting;
mod joining;
mod logs;
mod migrations;
mod ordering;
mod owners;
mod parts;
mod phone;
mod revoking;
mod signals;
mod snapshot;
mod sql;
mod staff;
mod studies;
mod sweeping;
mod tokens;
mod work;

pub use filling::{fill, refuse_filled, renew_epoch};
#[cfg(test)]
pub use migrations::text as migrations_text;
pub use snapshot::Live;
pub use staff::{revoke as revoke_staff_token, tokens as staff_tokens};
pub use sweeping::sweep;
pub use tokens::add as add_token;

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::Pool;
use tokio::sync::{Notify, Semaphore};
use tokio_postgres::Client;
use waymark_protocol::StudyId;
use waymark_protocol::api::Epoch;

use super::error::{OpenError, StoreError};
use super::opening::Opening;
use super::place::Database;
use super::records::RecordStore;
use connecting::Connector;
use ingesting::Intake;
use signals::Signals;
use work::ask;

const CONNECTIONS: usize = 12;
const FIRST_CONNECTIONS: usize = 8;
const IDENTIFYING_CONNECTIONS: usize = 6;

/// The database, as this process sees it.
pub struct Postgres(Arc<Shared>);

struct Shared {
    lane: Lane,
    /// For what phones bring alone: no slow reading can occupy these.
    first: Lane,
    /// For who calls alone: what phones bring may wait for a sweep.
    identifying: Lane,
    /// Held while much is counted.
    counting: Semaphore,
    signals: Signals,
    doomed: Arc<Notify>,
    intake: Intake,
}

impl Postgres {
    /// Connects, and brings an older database up to date. `doomed` is told when this process has left parts to be deleted. Must be
    /// called within a Tokio runtime.
    pub async fn open(database: &Database, doomed: Arc<Notify>) -> Result<Self, OpenError> {
        let connector = Connector::new(database)?;
        drop(migrated(&connector, Opening::Serving).await?);
        let (lane, first) = (Lane(connector.pool(CONNECTIONS)?), Lane(connector.pool(FIRST_CONNECTIONS)?));
        let identifying = Lane(connector.pool(IDENTIFYING_CONNECTIONS)?);
        let counting = Semaphore::new(1);
        let signals = Signals::start(connector).await?;
        Ok(Self(Arc::new(Shared { lane, first, identifying, counting, signals, doomed, intake: Intake::default() })))
    }

    async fn client(&self) -> Result<deadpool_postgres::Client, StoreError> {
        self.0.lane.client().await
    }
}

/// Connections for one kind of work.
struct Lane(Pool);

impl Lane {
    async fn client(&self) -> Result<deadpool_postgres::Client, StoreError> {
        Ok(self.0.get().await?)
    }
}

/// Whether the address and the authorities make a way to the database; opens nothing.
pub fn check(database: &Database) -> Result<(), OpenError> {
    Connector::new(database).map(drop)
}

/// A connection to the database, whose tables are up to date: brought there as far as whoever opens it may.
async fn migrated(connector: &Connector, opening: Opening) -> Result<Client, OpenError> {
    let (mut client, connection) = connector.alone().await?;
    tokio::spawn(connection);
    migrations::migrate(&mut client, opening).await?;
    Ok(client)
}

#[async_trait]
impl RecordStore for Postgres {
    async fn ready(&self) -> Result<(), StoreError> {
        let sql = "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean";
        let (standby, read_only) = ask!(self, |client| async move {
            let row = sql::query_one(&client, sql, &[]).await?;
            Ok::<(bool, bool), StoreError>((row.try_get(0)?, row.try_get(1)?))
        })?;
        match (standby, read_only) {
            (true, _) => Err(StoreError::Unreachable("the database is a standby".to_owned())),
            (false, true) => Err(StoreError::Unreachable("the database takes no writes".to_owned())),
            (false, false) => Ok(()),
        }
    }

    async fn epoch(&self) -> Result<Epoch, StoreError> {
        ask!(self, |client| logs::epoch(&client))
    }

    async fn challenge_key(&self) -> Result<[u8; 32], StoreError> {
        let sql = "SELECT value FROM meta WHERE name = 'challenge_key'";
        let row = ask!(self, |client| async move { sql::query_one(&client, sql, &[]).await })?;
        // Zeros in its place would be a key that everybody knows.
        let key: Option<&[u8]> = row.try_get(0)?;
        key.and_then(|key| key.try_into().ok()).ok_or_else(|| StoreError::Damaged("the key of challenges".to_owned()))
    }

    async fn grown(&self, study: StudyId, after: u64) {
        self.0.signals.grown(study, after).await;
    }
}
