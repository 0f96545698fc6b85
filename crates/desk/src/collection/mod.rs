//! What the desk has received, as it came: every record once, every checkpoint once, every order once.
//!
//! A record's name is `device ‖ seq ‖ link`, and its link is computed from the bytes that are there; so one name always
//! stands for the same bytes, and another text at the same place has another name. What is stored here is not believed:
//! [`crate::judged`] says what counts.
//!
//! | there | comes | stays |
//! |---|---|---|
//! | nothing | whole or tombstone | what came |
//! | whole | tombstone | whole: only a proven erasure destroys, and then the desk does it itself |
//! | tombstone from the server | whole | whole: what was withheld has come |
//! | destroyed here | whole | destroyed, for ever |

mod parts;
mod received;
mod row;
mod store;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::genesis::Genesis;
use waymark_protocol::order::{ErasureOrder, Revocation};
use waymark_protocol::record::wire::{self, FeedItem};
use waymark_protocol::record::{Header, Record, Target, Tombstone};
use waymark_protocol::{DeviceId, Hash};

pub use parts::{PartId, PartState};
use received::Received;
pub use row::Malformed;
pub(crate) use row::{one_item, write_checkpoint};
pub use store::{Change, CollectionError, Cursor};

/// What is there of a record.
#[derive(Debug, Clone)]
pub enum Held {
    /// All of it.
    Whole(Box<Record>),
    /// A tombstone.
    Tombstone {
        /// What is left.
        tombstone: Box<Tombstone>,
        /// Whether this desk destroyed the rest because of a proven erasure. It never comes back then.
        destroyed: bool,
    },
}

/// A record and how it came.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The server's order.
    pub server_seq: u64,
    /// When the server says that it received it: milliseconds since 1970, UTC.
    pub received_at: u64,
    /// Whether the server says that it came after the study's end.
    pub late: bool,
    /// What is there of it.
    pub held: Held,
}

impl Stored {
    /// The header.
    pub fn header(&self) -> &Header {
        match &self.held {
            Held::Whole(record) => record.header(),
            Held::Tombstone { tombstone, .. } => tombstone.header(),
        }
    }

    /// The record, if all of it is there.
    pub fn whole(&self) -> Option<&Record> {
        match &self.held {
            Held::Whole(record) => Some(record),
            Held::Tombstone { .. } => None,
        }
    }

    /// Takes body and slots away; says whether anything was there to take.
    fn destroy(&mut self) -> bool {
        let tombstone = match &self.held {
            Held::Whole(record) => Box::new(record.to_tombstone()),
            Held::Tombstone { destroyed: true, .. } => return false,
            Held::Tombstone { tombstone, .. } => tombstone.clone(),
        };
        self.held = Held::Tombstone { tombstone, destroyed: true };
        true
    }
}

/// All that was received.
#[derive(Debug, Default)]
pub struct Collection {
    records: BTreeMap<Target, Stored>,
    malformed: BTreeMap<Hash, Malformed>,
    checkpoints: BTreeMap<Hash, Checkpoint>,
    heads: BTreeMap<DeviceId, u64>,
    erasures: Vec<ErasureOrder>,
    revocations: Vec<Revocation>,
    parts: BTreeMap<PartId, PartState>,
}

/// What one look at all that the server has showed.
#[derive(Debug, Default)]
pub struct Look {
    records: BTreeSet<Target>,
    malformed: BTreeSet<Hash>,
    heads: BTreeMap<DeviceId, u64>,
}

impl Look {
    /// Whether the server showed this record.
    pub fn showed(&self, target: &Target) -> bool {
        self.records.contains(target)
    }
}

impl Collection {
    /// The records with their names, in the order of device, seq and link.
    pub fn records(&self) -> impl Iterator<Item = (&Target, &Stored)> {
        self.records.iter()
    }

    /// What is there of a record.
    pub(crate) fn stored(&self, target: &Target) -> Option<&Stored> {
        self.records.get(target)
    }

    /// A record, if all of it is there.
    pub fn whole(&self, target: &Target) -> Option<&Record> {
        self.records.get(target)?.whole()
    }

    /// What the first records of logs say, whether believed or not.
    pub fn geneses(&self) -> impl Iterator<Item = Genesis> {
        let first = self.records.iter().filter(|(target, _)| target.seq == 1);
        first.filter_map(|(_, stored)| Genesis::parse(stored.whole()?.body()).ok())
    }

    /// What came and is no record.
    pub fn malformed(&self) -> impl ExactSizeIterator<Item = &Malformed> {
        self.malformed.values()
    }

    /// The checkpoints.
    pub fn checkpoints(&self) -> impl Iterator<Item = &Checkpoint> {
        self.checkpoints.values()
    }

    /// The last place that the server showed of a device's log.
    pub fn head(&self, device: &DeviceId) -> Option<u64> {
        self.heads.get(device).copied()
    }

    /// Erasure orders.
    pub fn erasures(&self) -> &[ErasureOrder] {
        &self.erasures
    }

    /// Revocations.
    pub fn revocations(&self) -> &[Revocation] {
        &self.revocations
    }

    /// Takes in one page, and names what is to be written. In a full look, `look` notes what was shown.
    pub fn admit(&mut self, items: Vec<FeedItem>, mut look: Option<&mut Look>) -> Vec<Change> {
        let mut changes = Vec::new();
        let received: Vec<Received> = items.into_par_iter().map(Received::read).collect();
        for received in received {
            match received {
                Received::Checkpoint(checkpoint) => changes.extend(self.admit_checkpoint(&checkpoint)),
                Received::Record(target, stored) => {
                    match &mut look {
                        Some(look) => {
                            look.records.insert(target);
                            let head = look.heads.entry(target.device).or_default();
                            *head = (*head).max(target.seq);
                        }
                        None => changes.extend(self.raise_head(target)),
                    }
                    changes.extend(self.admit_record(target, stored));
                }
                Received::Malformed(name, malformed) => {
                    if let Some(look) = &mut look {
                        look.malformed.insert(name);
                    }
                    if self.malformed.insert(name, malformed).is_none() {
                        changes.push(Change::Malformed(name));
                    }
                }
            }
        }
        changes
    }

    fn admit_record(&mut self, target: Target, came: Stored) -> Option<Change> {
        match self.records.get(&target).map(|there| &there.held) {
            Some(Held::Tombstone { destroyed: false, .. }) if came.whole().is_some() => {}
            Some(_) => return None,
            None => {}
        }
        self.records.insert(target, came);
        Some(Change::Record(target))
    }

    fn admit_checkpoint(&mut self, checkpoint: &Checkpoint) -> Option<Change> {
        let mut bytes = Vec::new();
        wire::write_checkpoint(&mut bytes, checkpoint);
        let name = Hash::of(&bytes);
        self.checkpoints.insert(name, checkpoint.clone()).is_none().then_some(Change::Checkpoint(name))
    }

    fn raise_head(&mut self, target: Target) -> Option<Change> {
        let head = self.heads.entry(target.device).or_default();
        (target.seq > *head).then(|| {
            *head = target.seq;
            Change::Head(target.device)
        })
    }

    /// The names of all texts that claim this place.
    fn at_place(&self, target: &Target) -> impl Iterator<Item = &Target> {
        let first = Target { link: Hash([0; 32]), ..*target };
        let last = Target { link: Hash([0xff; 32]), ..*target };
        self.records.range(first..=last).map(|(name, _)| name)
    }

    /// Adds orders that are new.
    pub fn add_orders(&mut self, erasures: Vec<ErasureOrder>, revocations: Vec<Revocation>) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut known: HashSet<_> = self.erasures.iter().cloned().collect();
        for order in erasures {
            if known.insert(order.clone()) {
                changes.push(Change::Erasure(self.erasures.len()));
                self.erasures.push(order);
            }
        }
        let mut known: HashSet<_> = self.revocations.iter().cloned().collect();
        for revocation in revocations {
            if known.insert(revocation.clone()) {
                changes.push(Change::Revocation(self.revocations.len()));
                self.revocations.push(revocation);
            }
        }
        changes
    }

    /// Destroys body and slots of `target`, which a proven erasure names; none when they are destroyed already.
    pub fn destroy(&mut self, target: &Target) -> Option<Change> {
        self.records.get_mut(target)?.destroy().then_some(Change::Record(*target))
    }

    /// Destroys body and slots of every other text for the place of `target` but what is believed.
    pub fn destroy_other_texts(&mut self, target: &Target, believed: impl Fn(&Target) -> bool) -> Vec<Change> {
        let others = self.at_place(target).filter(|name| *name != target && !believed(name));
        let others: Vec<Target> = others.copied().collect();
        others.iter().filter_map(|name| self.destroy(name)).collect()
    }

    /// Ends a full look: the heads are those that it showed, and what never counted and is no longer shown is forgotten.
    pub fn end_look(&mut self, look: &Look, forget: impl Fn(&Target) -> bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let devices: BTreeSet<DeviceId> = self.records.keys().map(|target| target.device).collect();
        for device in devices {
            let head = look.heads.get(&device).copied().unwrap_or_default();
            if self.heads.insert(device, head) != Some(head) {
                changes.push(Change::Head(device));
            }
        }
        let gone = self.records.keys().filter(|target| !look.showed(target) && forget(target)).copied();
        for target in gone.collect::<Vec<_>>() {
            self.records.remove(&target);
            changes.push(Change::Forgotten(target));
        }
        let gone = self.malformed.keys().filter(|name| !look.malformed.contains(name)).copied();
        for name in gone.collect::<Vec<_>>() {
            self.malformed.remove(&name);
            changes.push(Change::MalformedForgotten(name));
        }
        changes
    }
}
