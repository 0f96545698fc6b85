//! Pushes that wait for one study are taken together.
//!
//! ```text
//! requests ─► the study's queue ─► one transaction for all that wait: decided in order, written together, see group
//!                                  COMMIT
//!                                  answer 1, answer 2, …; then a notice to the other processes
//! ```
//!
//! While one group is being committed the next one gathers. A push that does not follow its log refuses itself alone. A push that is
//! there already succeeds again, so a group whose commit may have been lost is simply taken once more.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures_util::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use waymark_protocol::StudyId;
use waymark_protocol::api::Receipt;

use super::super::error::StoreError;
use super::super::ingesting::{IngestError, Ingesting};
use super::group::{self, Asked, Taken};
use super::work::again;
use super::{Postgres, Shared};
use crate::ingest::{DeviceScope, Push};

const QUEUE: usize = 1024;
const GROUP: usize = 256;
/// A group is closed once it has so many bytes.
const GROUP_BYTES: usize = 8 * 1024 * 1024;

type Answer = Result<Receipt, IngestError>;

/// The pushes that wait, for each study that is being taken care of.
pub struct Intake {
    waiting: Mutex<HashMap<StudyId, Vec<Waiting>>>,
    room: Arc<Semaphore>,
}

struct Waiting {
    asked: Asked,
    answer: oneshot::Sender<Answer>,
    _place: OwnedSemaphorePermit,
}

impl Default for Intake {
    fn default() -> Self {
        Self { waiting: Mutex::default(), room: Arc::new(Semaphore::new(QUEUE)) }
    }
}

impl Intake {
    fn waiting(&self) -> MutexGuard<'_, HashMap<StudyId, Vec<Waiting>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a push wait; says whether somebody has to begin taking this study's.
    fn queue(&self, study: StudyId, waiting: Waiting) -> bool {
        match self.waiting().entry(study) {
            Entry::Occupied(mut taken_care_of) => {
                taken_care_of.get_mut().push(waiting);
                false
            }
            Entry::Vacant(idle) => {
                idle.insert(vec![waiting]);
                true
            }
        }
    }

    /// The next group of a study; when nothing waits, nobody takes care of it any longer.
    fn next(&self, study: &StudyId) -> Vec<Waiting> {
        let mut all = self.waiting();
        let Some(waiting) = all.get_mut(study) else {
            return Vec::new();
        };
        let mut bytes = 0;
        let fits = |waiting: &&Waiting| {
            let fits = bytes < GROUP_BYTES;
            bytes += waiting.asked.push.byte_len();
            fits
        };
        let len = waiting.iter().take(GROUP).take_while(fits).count();
        let group: Vec<Waiting> = waiting.drain(..len).collect();
        if group.is_empty() {
            all.remove(study);
        }
        group
    }
}

#[async_trait]
impl Ingesting for Postgres {
    async fn ingest(
        &self,
        scope: DeviceScope,
        push: Push,
        quota: Option<u64>,
        now: u64,
    ) -> Result<Receipt, IngestError> {
        let shared = &self.0;
        let place = shared.intake.room.clone().try_acquire_owned().map_err(|_| StoreError::Busy)?;
        let (answer, answered) = oneshot::channel();
        let study = scope.study;
        if shared.intake.queue(study, Waiting { asked: Asked { scope, push, quota, now }, answer, _place: place }) {
            tokio::spawn(take_all(shared.clone(), study));
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::GivenUp.into()))
    }
}

/// Takes a study's groups until nothing waits.
async fn take_all(shared: Arc<Shared>, study: StudyId) {
    loop {
        let group = shared.intake.next(&study);
        if group.is_empty() {
            return;
        }
        // Whoever waits hears that the work was given up: the answers go with the panic.
        if AssertUnwindSafe(take(&shared, &study, group)).catch_unwind().await.is_err() {
            tracing::error!("taking a group of pushes has panicked; the next one goes on");
        }
    }
}

async fn take(shared: &Shared, study: &StudyId, group: Vec<Waiting>) {
    let (asked, answers): (Vec<Asked>, Vec<_>) =
        group.into_iter().map(|waiting| (waiting.asked, (waiting.answer, waiting._place))).unzip();
    let results = match commit(shared, study, &asked).await {
        Ok(results) => results,
        Err(error) if asked.len() == 1 || error.is_of_the_database() => {
            vec![Err(error.into()); asked.len()]
        }
        // One of them cannot be written: the others are not refused for it.
        Err(_) => {
            let mut results = Vec::with_capacity(asked.len());
            for one in asked.chunks(1) {
                match commit(shared, study, one).await {
                    Ok(one) => results.extend(one),
                    Err(error) => results.push(Err(error.into())),
                }
            }
            results
        }
    };
    for (result, (answer, _place)) in results.into_iter().zip(answers) {
        // Nobody may be waiting any more: the client has gone.
        let _ = answer.send(result);
    }
}

/// Takes a group in one transaction, again while the error is one that passes.
async fn commit(shared: &Shared, study: &StudyId, asked: &[Asked]) -> Result<Vec<Answer>, StoreError> {
    let taken: Result<Taken, StoreError> = again!(try_commit(shared, study, asked));
    let Taken { answers, head, doomed } = taken.inspect_err(|error| {
        tracing::error!(%error, pushes = asked.len(), "a group of pushes was not stored");
    })?;
    tracing::debug!(works = asked.len(), "committed");
    if let Some(head) = head {
        shared.signals.say(*study, head);
    }
    if doomed {
        shared.doomed.notify_one();
    }
    Ok(answers)
}

async fn try_commit(shared: &Shared, study: &StudyId, asked: &[Asked]) -> Result<Taken, StoreError> {
    let mut client = shared.first.client().await?;
    let tx = client.transaction().await?;
    let taken = group::take(&tx, study, asked).await?;
    tx.commit().await?;
    Ok(taken)
}
