//! What is said of a device.

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use super::{DeviceLog, ErasedTargets};

/// How one record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Covered by a checkpoint of a proven device: may be opened, applied and counted.
    Covered,
    /// Not covered yet.
    Waiting,
    /// Not believed.
    Refused(Refusal),
}

/// Why a record is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its device's genesis is missing or not believed.
    DeviceNotProven,
    /// The signed chain has another record at its place, or the device was revoked before.
    NotInChain,
}

/// The state of a device's log, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Complete up to seq, as of the checkpoint's time.
    Complete,
    /// The device has more than it has sent: records, or (added by who opens entries) parts of recordings.
    Behind,
    /// A record is missing.
    Gap,
    /// The device signed two different logs.
    Fork,
    /// A record's contents are missing, and nobody who may has erased them.
    Withheld,
    /// The server shows less than it did before.
    RolledBack,
    /// Nothing proves that the device is the participant's.
    Unproven,
    /// The device was revoked.
    Revoked,
}

/// What is said of one device's log.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The state.
    pub state: State,
    /// With `complete`, `behind`, `revoked`: covered up to here. With `gap`, `fork`, `withheld`: the place of it.
    pub seq: u64,
    /// The device's clock at its last checkpoint: milliseconds since 1970, UTC.
    pub as_of: u64,
    /// The last place that a checkpoint covers, also where something before it is wrong; 0 without one that is believed.
    pub through: u64,
    /// How many records it had made by then, by its own word; more than `through` while it had not sent them all.
    pub local_head: u64,
    /// How each record stands, in the order of the log's records.
    pub standings: Vec<Standing>,
}

pub(super) fn verdict(log: &DeviceLog, chain: Option<&Chain>, erased: &ErasedTargets) -> Verdict {
    let Some(chain) = chain else {
        let standings = vec![Standing::Refused(Refusal::DeviceNotProven); log.records.len()];
        return Verdict { state: State::Unproven, seq: 0, as_of: 0, through: 0, local_head: 0, standings };
    };
    let withheld = log
        .records
        .iter()
        .zip(&chain.standings)
        .filter(|(seen, standing)| **standing == Standing::Covered && !seen.whole && !erased.contains(seen))
        .map(|(seen, _)| seen.header.seq)
        .min();
    let rolled_back = log.server_head.is_some_and(|head| head < chain.through);
    let (state, seq) = if let Some(seq) = chain.fork {
        (State::Fork, seq)
    } else if let Some(seq) = chain.gap {
        (State::Gap, seq)
    } else if let Some(seq) = withheld {
        (State::Withheld, seq)
    } else if chain.revoked {
        (State::Revoked, chain.through)
    } else if rolled_back {
        (State::RolledBack, chain.through)
    } else if chain.local_head > chain.through || chain.through == 0 {
        (State::Behind, chain.through)
    } else {
        (State::Complete, chain.through)
    };
    let Chain { through, as_of, local_head, .. } = *chain;
    Verdict { state, seq, as_of, through, local_head, standings: chain.standings.clone() }
}
