//! Deletes the parts that an erasure has left without a record: right after its commit, and what a crash left at the start.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::parts::Parts;

const RETRY: Duration = Duration::from_secs(5);

/// The task; ends with the store.
pub struct Sweeper(JoinHandle<()>);

impl Sweeper {
    /// Sweeps now, and whenever `doomed` is notified. Must be called within a Tokio runtime.
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
    loop {
        // Held only while sweeping: the store closes when its owner drops it.
        let Some(held) = parts.upgrade() else { return };
        let swept = held.sweep().await;
        drop(held);
        match swept {
            Ok(true) => {}
            Ok(false) => doomed.notified().await,
            Err(error) => {
                tracing::error!(%error, "erased parts could not be deleted yet");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}
