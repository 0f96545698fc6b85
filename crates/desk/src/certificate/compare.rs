//! Comparing what two desks of one study were shown.
//!
//! A server can show each desk a history that holds in itself. Two certificates side by side show whether they are one history: what a
//! phone signed for a place is the same wherever it is seen.
//!
//! | the two | is called |
//! |---|---|
//! | the phone signed two different things for one place, and one of the two was not shown both | a split: somebody must look |
//! | the same, and each was shown it | forked in both: somebody must look |
//! | one has more of a log | ahead |
//! | one lacks places of a log and has later ones | gaps |
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
    /// How the log stands in each; none where nothing of it came.
    pub states: [Option<Stands>; 2],
    /// Places whose record is proven in one alone, though the other has later ones: the first's, the second's. What lies before a gap
    /// is proven by an earlier checkpoint or not at all.
    pub in_one: [Vec<u64>; 2],
    /// Places at which only one knows of an erasure: the first's, the second's. Only places that both have.
    pub erased_in_one: [Vec<u64>; 2],
}

/// How a log stands in one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// The state.
    pub state: State,
    /// The place that goes with it.
    pub seq: u64,
}

/// How two histories of one log go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Histories {
    /// Both have it as far as this, place by place.
    Same {
        /// The last place.
        through: u64,
    },
    /// Both have this place, and before it not the same: [`DeviceComparison::in_one`].
    Gaps {
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
    /// The phone signed two different things for one place, and one of the two was not shown both.
    Split {
        /// The lowest such place.
        at: u64,
    },
    /// The phone signed two different things for one place, and each was shown that it did.
    ForkedInBoth {
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
    let forks = forks_of_both(first, second)?;
    let known = [first, second].map(|checked| checked.records.logs());
    let devices: BTreeSet<&DeviceId> = known.iter().flat_map(|logs| logs.keys()).collect();
    let both = |device: &DeviceId| Both {
        logs: known.map(|logs| logs.get(device)),
        states: [first, second].map(|checked| stands(checked, device)),
        fork: forks.get(device).copied(),
    };
    let devices = devices.into_iter().map(|device| both(device).compare(*device)).collect();
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

/// A device can stand under several participants, of whom one at most has proven that it is theirs.
fn stands(checked: &Checked, device: &DeviceId) -> Option<Stands> {
    let devices = checked.certificate.statement.devices.iter().filter(|known| known.device == *device);
    let proven = devices.min_by_key(|known| known.state == State::Unproven)?;
    Some(Stands { state: proven.state, seq: proven.seq })
}

/// What both know of one device.
struct Both<'a> {
    logs: [Option<&'a SignedLog>; 2],
    states: [Option<Stands>; 2],
    /// Where it is a fork once all is judged that both were shown.
    fork: Option<u64>,
}

impl Both<'_> {
    fn compare(&self, device: DeviceId) -> DeviceComparison {
        let none = || [Vec::new(), Vec::new()];
        let (histories, in_one, erased_in_one) = match self.logs {
            [Some(a), Some(b)] => {
                let erased = [erased_in_first(a, b), erased_in_first(b, a)];
                (self.histories(a, b), [in_first(a, b), in_first(b, a)], erased)
            }
            [only, other] => {
                let through = only.or(other).map_or(0, SignedLog::through);
                (Histories::OnlyOne { second: only.is_none(), through }, none(), none())
            }
        };
        DeviceComparison { device, histories, states: self.states, in_one, erased_in_one }
    }

    fn histories(&self, a: &SignedLog, b: &SignedLog) -> Histories {
        let both = || a.links.iter().filter_map(|(seq, link)| Some((*seq, link == b.links.get(seq)?)));
        let contradicted = both().find(|(_, same)| !same).map(|(seq, _)| seq);
        if let Some(at) = contradicted.into_iter().chain(self.fork).min() {
            // Which of the two a certificate follows says nothing of what its desk was shown.
            let is_fork = |stands: &Option<Stands>| stands.is_some_and(|stands| stands.state == State::Fork);
            let each = self.states.iter().all(is_fork);
            return if each { Histories::ForkedInBoth { at } } else { Histories::Split { at } };
        }
        let (first_through, second_through) = (a.through(), b.through());
        if first_through == second_through {
            let through = first_through;
            return if a.places == b.places { Histories::Same { through } } else { Histories::Gaps { through } };
        }
        let agree = both().next_back().map_or(0, |(seq, _)| seq);
        Histories::Ahead { second: second_through > first_through, agree, first_through, second_through }
    }
}

/// Places that the first has, and the second lacks below its own last.
fn in_first(a: &SignedLog, b: &SignedLog) -> Vec<u64> {
    a.places.range(..=b.through()).filter(|seq| !b.places.contains(seq)).copied().collect()
}

/// What the first has erased, and the second knows and has not.
fn erased_in_first(a: &SignedLog, b: &SignedLog) -> Vec<u64> {
    a.erased.difference(&b.erased).filter(|seq| b.links.contains_key(seq)).copied().collect()
}

impl Comparison {
    /// Whether somebody must look: the two were shown different histories, or a phone's key has signed two.
    pub fn needs_attention(&self) -> bool {
        let forked = |device: &DeviceComparison| matches!(device.histories, Histories::ForkedInBoth { .. });
        self.differs() || self.devices.iter().any(forked)
    }

    /// Whether the server, or somebody, has shown the two different histories: a split, or each lacks what the other has.
    pub fn differs(&self) -> bool {
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
            // Which of the two a certificate follows, and so what it has, says nothing.
            Histories::Split { .. } | Histories::ForkedInBoth { .. } => return false,
            Histories::Same { .. } | Histories::Gaps { .. } => false,
        };
        let only = usize::from(of_second);
        more || !self.in_one[only].is_empty() || !self.erased_in_one[only].is_empty()
    }
}
