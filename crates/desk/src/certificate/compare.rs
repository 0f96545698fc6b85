//! Comparing what two desks of one study were shown.
//!
//! A server can show each desk a history that holds in itself. Two certificates side by side show whether they are one history: what a
//! phone signed for a place is the same wherever it is seen.
//!
//! | the two | is called |
//! |---|---|
//! | the phone signed two different things for one place | a split: somebody must look |
//! | one has more of a log | ahead |
//! | one knows a phone, or an erasure, that the other does not | only one |
//!
//! A split shows where links differ, and where one was shown a signature without its records, once both are judged together.
//!
//! As long as it is one certificate that has more, the other may simply be older. When each has something that the other has not, the
//! server has kept something from both, and somebody must look.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use waymark_protocol::DeviceId;
use waymark_protocol::api::Orders;
use waymark_protocol::proof::State;

use super::prove::{ProofError, prove};
use super::records::SignedLog;
use super::{Checked, Log};

/// Two certificates side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Each device that either knows.
    pub devices: Vec<DeviceComparison>,
    /// The version of the study's document in each.
    pub documents: [u32; 2],
    /// Whether the documents are of one version and not the same.
    pub documents_split: bool,
}

/// One device's log in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceComparison {
    /// The device.
    pub device: DeviceId,
    /// How the two go together.
    pub histories: Histories,
    /// Places at which only one knows of an erasure: the first's, the second's. Only places that both have.
    pub erased_in_one: [Vec<u64>; 2],
}

/// How two histories of one log go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Histories {
    /// Both have it as far as this.
    Same {
        /// The last place.
        through: u64,
    },
    /// One has more.
    Ahead {
        /// Whether it is the second.
        second: bool,
        /// The last place at which both have the same link; 0 for none.
        agree: u64,
        /// How far the first has it.
        first_through: u64,
        /// How far the second has it.
        second_through: u64,
    },
    /// Only one has heard of the device.
    OnlyOne {
        /// Whether it is the second.
        second: bool,
        /// The last place; 0 where nothing of it is proven.
        through: u64,
    },
    /// The phone signed two different things for one place.
    Split {
        /// The lowest such place.
        at: u64,
    },
}

/// Why two certificates cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Of different studies.
    #[error("the two certificates are of different studies")]
    AnotherStudy,
    /// What each proves cannot be read together.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// Compares two certificates that hold.
pub fn compare(first: &Checked, second: &Checked) -> Result<Comparison, CompareError> {
    if first.certificate.study != second.certificate.study {
        return Err(CompareError::AnotherStudy);
    }
    let (a, b) = (first.records.logs(), second.records.logs());
    let forks = forks_of_both(first, second)?;
    let devices: BTreeSet<&DeviceId> = a.keys().chain(b.keys()).collect();
    let fork = |device: &DeviceId| forks.get(device).copied();
    let devices = devices.into_iter().map(|device| compare_device(*device, a, b, fork(device))).collect();
    let documents = [&first.trusted, &second.trusted];
    let [one, other] = documents.map(|trusted| trusted.document.version);
    let documents_split = one == other && documents[0].hash != documents[1].hash;
    Ok(Comparison { devices, documents: [one, other], documents_split })
}

/// Where a log is a fork once all is judged that both were shown. A checkpoint whose records are kept back is found by this alone.
fn forks_of_both(first: &Checked, second: &Checked) -> Result<BTreeMap<DeviceId, u64>, ProofError> {
    let (mut logs, mut orders): (BTreeMap<DeviceId, Log>, Orders) = (BTreeMap::new(), Orders::default());
    for Checked { certificate, .. } in [first, second] {
        orders.erasures.extend(certificate.orders.erasures.iter().cloned());
        orders.revocations.extend(certificate.orders.revocations.iter().cloned());
        for log in &certificate.logs {
            match logs.get_mut(&log.device) {
                None => drop(logs.insert(log.device, log.clone())),
                Some(both) => {
                    both.records.extend(log.records.iter().cloned());
                    both.checkpoints.0.extend(&log.checkpoints.0);
                }
            }
        }
    }
    let newer = if first.trusted.document.version < second.trusted.document.version { second } else { first };
    let logs: Vec<Log> = logs.into_values().collect();
    let both = prove(first.certificate.study, &newer.trusted, &orders, &logs)?.statement;
    let forks = both.devices.iter().filter(|device| device.state == State::Fork);
    Ok(forks.map(|device| (device.device, device.seq)).collect())
}

type Logs = BTreeMap<DeviceId, SignedLog>;

fn compare_device(device: DeviceId, first: &Logs, second: &Logs, fork: Option<u64>) -> DeviceComparison {
    let (histories, erased_in_one) = match (first.get(&device), second.get(&device)) {
        (Some(a), Some(b)) => (histories(a, b, fork), [erased_in_first(a, b), erased_in_first(b, a)]),
        (only, other) => {
            let through = only.or(other).map_or(0, SignedLog::through);
            (Histories::OnlyOne { second: only.is_none(), through }, [Vec::new(), Vec::new()])
        }
    };
    DeviceComparison { device, histories, erased_in_one }
}

fn histories(a: &SignedLog, b: &SignedLog, fork: Option<u64>) -> Histories {
    let both = || a.links.iter().filter_map(|(seq, link)| Some((*seq, link == b.links.get(seq)?)));
    if let Some(at) = both().find(|(_, same)| !same).map(|(seq, _)| seq).or(fork) {
        return Histories::Split { at };
    }
    let (first_through, second_through) = (a.through(), b.through());
    if first_through == second_through {
        return Histories::Same { through: first_through };
    }
    let agree = both().next_back().map_or(0, |(seq, _)| seq);
    Histories::Ahead { second: second_through > first_through, agree, first_through, second_through }
}

/// What the first has erased, and the second knows and has not.
fn erased_in_first(a: &SignedLog, b: &SignedLog) -> Vec<u64> {
    a.erased.difference(&b.erased).filter(|seq| b.links.contains_key(seq)).copied().collect()
}

impl Comparison {
    /// Whether the server, or somebody, has shown the two different histories: a split, or each lacks what the other has.
    pub fn needs_attention(&self) -> bool {
        let split = |device: &DeviceComparison| matches!(device.histories, Histories::Split { .. });
        let splits = self.documents_split || self.devices.iter().any(split);
        splits || [false, true].into_iter().all(|second| self.devices.iter().any(|device| device.has_more(second)))
    }
}

impl DeviceComparison {
    /// Whether one has something that the other has not.
    fn has_more(&self, of_second: bool) -> bool {
        let more = match self.histories {
            Histories::Ahead { second, .. } => second == of_second,
            // What nothing proves anybody may have made up.
            Histories::OnlyOne { second, through } => second == of_second && through > 0,
            Histories::Same { .. } | Histories::Split { .. } => false,
        };
        more || !self.erased_in_one[usize::from(of_second)].is_empty()
    }
}
