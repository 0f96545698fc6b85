//! What a certificate's proofs say of single records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use waymark_protocol::proof::Seen;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, Hash};

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// No signature of a proven phone covers it.
    NotProven,
    /// In the signed chain, and the desk does not hold its contents.
    Missing,
    /// In the signed chain, and rightly destroyed.
    Erased,
    /// In the signed chain, and held.
    Here,
}

/// Every record, by its link.
#[derive(Debug, Default)]
pub struct Records {
    fates: HashMap<Hash, Fate>,
    shared: BTreeSet<Target>,
    logs: BTreeMap<DeviceId, SignedLog>,
}

/// What one device has signed for.
#[derive(Debug, Default)]
pub struct SignedLog {
    /// The link at each place that is known: of records that are covered, and of those before them by their `prev`.
    pub links: BTreeMap<u64, Hash>,
    /// Places whose record is covered, if only by its hashes.
    pub places: BTreeSet<u64>,
    /// Places of what was destroyed.
    pub erased: BTreeSet<u64>,
}

impl SignedLog {
    /// The last place that is known; 0 without any.
    pub fn through(&self) -> u64 {
        self.links.last_key_value().map_or(0, |(seq, _)| *seq)
    }
}

impl Records {
    pub(super) fn know(&mut self, device: DeviceId) {
        self.logs.entry(device).or_default();
    }

    pub(super) fn note(&mut self, seen: &Seen, fate: Fate) {
        let header = &seen.header;
        self.fates.insert(seen.link, fate);
        if fate == Fate::NotProven {
            return;
        }
        let log = self.logs.entry(header.device).or_default();
        log.links.insert(header.seq, seen.link);
        log.places.insert(header.seq);
        if header.seq > 1 {
            log.links.entry(header.seq - 1).or_insert(header.prev);
        }
        if fate == Fate::Erased && header.kind.is_erasable() {
            log.erased.insert(header.seq);
        }
    }

    /// These entries are here, and their participant's phones have granted them.
    pub(super) fn share(&mut self, granted: impl Iterator<Item = Target>) {
        self.shared.extend(granted);
    }

    /// What became of the record with this link; `None` when it is in no proof.
    pub fn fate(&self, link: &Hash) -> Option<Fate> {
        self.fates.get(link).copied()
    }

    /// What a device has signed for at a place.
    pub fn link_at(&self, device: &DeviceId, seq: u64) -> Option<&Hash> {
        self.logs.get(device)?.links.get(&seq)
    }

    /// Entries that are here and that a grant has shared.
    pub fn shared(&self) -> impl Iterator<Item = &Target> {
        self.shared.iter()
    }

    /// Each device of which anything is known.
    pub fn logs(&self) -> &BTreeMap<DeviceId, SignedLog> {
        &self.logs
    }
}
