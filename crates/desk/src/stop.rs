//! Stopping a phone by the study's signed word, when its person cannot do so with the 24 words: nothing that it sends from now on
//! counts, nor does a phone that it has handed over to. What was collected of it stays and counts.

use serde::Serialize;
use waymark_protocol::DeviceId;
use waymark_protocol::api::Orders;
use waymark_protocol::order::Revocation;
use waymark_protocol::proof::Standing;
use waymark_protocol::record::Target;

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::judged::judge_all;
use crate::orders;
use crate::participants::Labels;
use crate::progress::Progress;
use crate::pull::{PullError, pull};
use crate::transport::TransportError;
use crate::verify::{Report, is_alarming};

/// Why no phone was stopped, or not everywhere.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// There is no such phone.
    #[error("no proven phone {0} was collected: `verify` shows those there are")]
    Unknown(DeviceId),
    /// Not everything is here that the phone has sent, so that where it ends would be chosen by whoever keeps the rest back.
    #[error(
        "not-whole: of what this phone has sent, not all is here or whole (`verify` says what). Stopped now, what comes later of it counts \
         no more, for good; if that must be, say --even-if-incomplete"
    )]
    NotWhole,
    /// What must be known before could not be fetched.
    #[error("{0}; no phone was stopped")]
    Pull(#[source] PullError),
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The server did not hear of it.
    #[error("{0}; the phone is stopped here: the next `pull` tells the server")]
    NotSent(#[source] TransportError),
}

/// A phone that is to be stopped.
#[derive(Debug)]
pub struct Stoppable {
    /// Its participant's label.
    pub participant: String,
    /// The last record that counts.
    last: Target,
    /// Whether all that the phone has sent is here and whole.
    pub whole: bool,
    /// Whether the study has stopped the phone before.
    pub before: bool,
    /// What the pull before it has proved.
    pub report: Report,
}

impl Stoppable {
    /// The last place in its log that would count.
    pub fn seq(&self) -> u64 {
        self.last.seq
    }
}

/// A phone that is stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// Its participant's label.
    pub participant: String,
    /// The phone.
    pub device: DeviceId,
    /// The last place in its log that counts.
    pub seq: u64,
    /// Whether the study has stopped it before.
    pub again: bool,
}

/// Pulls, and finds the phone. Nothing is ordered yet. `even_if_incomplete`: also when something that it has sent is missing or changed.
///
/// # Errors
///
/// No such phone, one of which not everything is here, no connection, or the desk's file; see [`StopError`].
pub async fn find(
    desk: &mut Desk,
    device: DeviceId,
    even_if_incomplete: bool,
    now_ms: u64,
    progress: &Progress,
) -> Result<Stoppable, StopError> {
    let report = pull(desk, now_ms, progress).await.map_err(StopError::Pull)?.report;
    let collection = Collection::load(desk.vault.reader())?;
    let judged = judge_all(&desk.identity, &collection);
    let phones = judged.iter().filter_map(|person| Some((person.participant?, person.devices.iter())));
    let mut phones = phones.flat_map(|(participant, devices)| devices.map(move |device| (participant, device)));
    let (participant, state, last) = phones
        .find_map(|(participant, judged)| {
            let covered = judged.records.iter().filter(|record| record.standing == Standing::Covered);
            let last = covered.map(|record| *record.target).max_by_key(|target| target.seq)?;
            (judged.device == device).then_some((participant, judged.state, last))
        })
        .ok_or(StopError::Unknown(device))?;
    let whole = !is_alarming(state);
    if !whole && !even_if_incomplete {
        return Err(StopError::NotWhole);
    }
    let keys = &desk.identity.document.signing_keys;
    let by_study = |revocation: &Revocation| revocation.verify(&desk.identity.study, keys).is_ok();
    let before = collection.revocations().iter().any(|it| it.device == device && by_study(it));
    let participant = Labels::load(desk.vault.reader())?.of(&participant);
    Ok(Stoppable { participant, last, whole, before, report })
}

/// Signs the revocation, keeps it, and gives it to the server.
///
/// # Errors
///
/// The desk's file, or a server that did not hear of it; see [`StopError`].
pub async fn stop(desk: &mut Desk, stoppable: Stoppable) -> Result<Stopped, StopError> {
    let Stoppable { participant, last: Target { device, seq, link }, before, .. } = stoppable;
    let stopped = Stopped { participant, device, seq, again: before };
    if before {
        return Ok(stopped);
    }
    let study = desk.identity.study;
    let revocation = Revocation::sign(&desk.keys.signing, study, device, seq, link);
    let mut collection = Collection::load(desk.vault.reader())?;
    let changes = collection.add_orders(Vec::new(), vec![revocation.clone()]);
    desk.vault.write(|tx| collection.store(tx, &changes))?;
    let server = desk.server().map_err(StopError::NotSent)?;
    let given =
        orders::give(&server, &desk.identity, Orders { erasures: Vec::new(), revocations: vec![revocation] }).await;
    given.map_err(StopError::NotSent)?;
    Ok(stopped)
}
