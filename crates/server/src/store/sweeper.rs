//! Deletes parts that nobody may read any more: those that an erasure has left without a record right after its commit, those
//! that never arrived and those that the database does not know in time.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::error::StoreError;
use super::parts::{LONGEST_ARRIVAL_MS, Parts};
use crate::clock;

const RETRY: Duration = Duration::from_secs(5);
/// Another process may have died between an erasure and the deletion.
const LOOK_EVERY: Duration = Duration::from_secs(60);
const LIST_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// After a listing that failed.
const LIST_AGAIN: Duration = Duration::from_secs(10 * 60);

/// The task; ends with the store.
pub struct Sweeper(JoinHandle<()>);

impl Sweeper {
    /// Sweeps now, whenever `doomed` is notified, and every minute. Must be called within a Tokio runtime.
    pub fn start(parts: &Arc<Parts>, doomed: Arc<Notify>) -> Self {
        Self(tokio::spawn(run(Arc::downgrade(parts), doomed)))
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn run(parts: Weak<Parts>, doomed: Arc<Notify>) {
    let mut next_listing = Instant::now();
    loop {
        // Held only while sweeping: the store closes when its owner drops it.
        let Some(held) = parts.upgrade() else { return };
        let swept = sweep(&held, &mut next_listing).await;
        drop(held);
        match swept {
            // Nothing came in time: look all the same.
            Ok(()) => drop(timeout(LOOK_EVERY, doomed.notified()).await),
            Err(error) => {
                tracing::error!(%error, "parts could not be deleted yet");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

async fn sweep(parts: &Parts, next_listing: &mut Instant) -> Result<(), StoreError> {
    parts.records.doom_arriving(clock::now().saturating_sub(LONGEST_ARRIVAL_MS)).await?;
    let swept = parts.sweep().await;
    if Instant::now() < *next_listing {
        return swept;
    }
    let listed = parts.sweep_without_row().await;
    *next_listing = Instant::now() + if listed.is_ok() { LIST_EVERY } else { LIST_AGAIN };
    swept.and(listed)
}
