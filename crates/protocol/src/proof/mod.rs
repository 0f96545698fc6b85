//! Whether a device's log is complete, and if not, why not.
//!
//! Anyone can seal to a public key and anyone can link hashes, so a record counts only when a *checkpoint* of a *proven
//! device* covers it. The links are followed backwards from the signed checkpoints: a checkpoint authenticates the record at
//! its seq, that record's `prev` authenticates the one before, and so on. Where a record is missing, the chain is taken up
//! again at the next lower checkpoint; so one missing record never takes later ones along.
//!
//! ```text
//! 1    2    3    4    5    6    7    8         seq
//! ●←───●←───●    ?    ●←───●←───●    ○         ● covered   ○ beyond the last checkpoint: waiting
//!           ▲ cp      gap       ▲ cp           ? missing
//! ```
//!
//! *Complete up to n* means: the genesis is proven; 1…n are covered; the checkpoint at n says `local_head = n`; no checkpoint
//! contradicts another; each record is whole, or a tombstone that a covered erase or a signed order justifies.
//!
//! Parts of attachments are not judged here: which of them a reader must hold is known only to who opens the entries. The desk
//! does not say *complete* while a part of a shared entry is missing.

mod chain;
mod devices;
mod erased;
mod verdict;

pub use verdict::{Refusal, Standing, State, Verdict};

use crate::checkpoint::Checkpoint;
use crate::genesis::Genesis;
use crate::keys::VerifyingKey;
use crate::order::Revocation;
use crate::record::{Header, Record, Tombstone};
use crate::{DeviceId, Hash, ParticipantId, StudyId};

pub use erased::{ErasedTargets, Ordered};

/// What the desk knows of its own study.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// The study.
    pub study: StudyId,
    /// Its signing keys, all that it ever had.
    pub signing_keys: &'a [VerifyingKey],
    /// What its erasure orders destroy.
    pub erasures: &'a Ordered,
    /// Revocations; the signatures are checked here.
    pub revocations: &'a [Revocation],
}

/// What a proof needs of a record: not its body.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The header.
    pub header: Header,
    /// The link, computed from the bytes that are there.
    pub link: Hash,
    /// Whether body and slots are there.
    pub whole: bool,
    /// A genesis record's body, where it is one.
    pub genesis: Option<Genesis>,
}

impl From<&Record> for Seen {
    fn from(record: &Record) -> Self {
        let genesis = (record.header().seq == 1).then(|| Genesis::parse(record.body()).ok()).flatten();
        Self { header: record.header().clone(), link: record.link(), whole: true, genesis }
    }
}

impl From<&Tombstone> for Seen {
    fn from(tombstone: &Tombstone) -> Self {
        Self { header: tombstone.header().clone(), link: tombstone.link(), whole: false, genesis: None }
    }
}

/// All that was collected of one device.
#[derive(Debug, Clone)]
pub struct DeviceLog {
    /// The device.
    pub device: DeviceId,
    /// Its records in any order; several may claim one place.
    pub records: Vec<Seen>,
    /// Its checkpoints in any order.
    pub checkpoints: Vec<Checkpoint>,
    /// The last place that the server showed at the latest look, where that is known.
    pub server_head: Option<u64>,
}

/// The revocations that hold, one for each device of the participant that is proven and was revoked.
pub fn revocations(trust: &Trust<'_>, participant: &ParticipantId, logs: &[DeviceLog]) -> Vec<Revocation> {
    devices::proven(trust, participant, logs).into_values().filter_map(|device| device.revoked).collect()
}

/// Judges all devices of one participant together: erasures, recoveries and successions reach across them.
///
/// The verdicts come in the order of `logs`, and each verdict's standings in the order of its log's records.
pub fn judge(trust: &Trust<'_>, participant: &ParticipantId, logs: &[DeviceLog]) -> (Vec<Verdict>, ErasedTargets) {
    let proven = devices::proven(trust, participant, logs);
    let chains: Vec<_> = logs
        .iter()
        .map(|log| {
            let device = proven.get(&log.device)?;
            let word = logs.iter().filter(|other| other.device == log.device).flat_map(|other| &other.checkpoints);
            Some(chain::follow(trust, participant, log, word, device))
        })
        .collect();
    let erased = ErasedTargets::collect(trust, logs, &chains);
    let verdicts =
        logs.iter().zip(&chains).map(|(log, chain)| verdict::verdict(log, chain.as_ref(), &erased)).collect();
    (verdicts, erased)
}
