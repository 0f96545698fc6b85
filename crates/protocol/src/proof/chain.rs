//! Following a proven device's links backwards from its checkpoints.
//!
//! The work is bounded by the records and checkpoints that are there, never by the places that someone signed for: a
//! device may claim a record at place 2^50.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::devices::Proven;
use super::verdict::{Refusal, Standing};
use super::{DeviceLog, Seen, Trust};
use crate::checkpoint::Checkpoint;
use crate::{Hash, ParticipantId};

/// What the links of one log show.
#[derive(Debug)]
pub(super) struct Chain {
    /// How each record of the log stands, in its order.
    pub standings: Vec<Standing>,
    /// The last place that a checkpoint covers; 0 without one.
    pub through: u64,
    /// The device's clock at that checkpoint.
    pub as_of: u64,
    /// How many records the device had by then.
    pub local_head: u64,
    /// The lowest place that is missing.
    pub gap: Option<u64>,
    /// The lowest place for which the device signed two things.
    pub fork: Option<u64>,
    /// Whether the device was revoked.
    pub revoked: bool,
}

/// Judges `log`, of which `checkpoints` are all that is known of its device.
pub(super) fn follow<'a>(
    trust: &Trust<'_>,
    participant: &ParticipantId,
    log: &DeviceLog,
    checkpoints: impl Iterator<Item = &'a Checkpoint>,
    device: &Proven,
) -> Chain {
    let word = Word::of(trust, checkpoints, device);
    let mut fork = word.fork;
    let own = |seen: &Seen| {
        let header = &seen.header;
        header.study == trust.study && header.participant == *participant && header.device == log.device
    };
    let at = places(log.records.iter().enumerate().filter(|(_, seen)| own(seen)));

    let mut covered = vec![false; log.records.len()];
    let mut gap = None;
    let mut dark: Vec<Range<u64>> = Vec::new();
    let mut anchor = word.anchors.last_key_value().map(|(seq, link)| (*seq, *link));
    while let Some((mut seq, mut link)) = anchor.take() {
        loop {
            let found = at.get(&(seq, link)).filter(|_| seq != 1 || device.geneses.contains(&link));
            let Some(index) = found else {
                lower(&mut gap, seq);
                anchor = word.anchors.range(..seq).next_back().map(|(seq, link)| (*seq, *link));
                dark.push(anchor.map_or(1, |(below, _)| below + 1)..seq);
                break;
            };
            covered[*index] = true;
            if seq == 1 {
                break;
            }
            seq -= 1;
            link = log.records[*index].header.prev;
            if let Some(signed) = word.anchors.get(&seq)
                && *signed != link
            {
                lower(&mut fork, seq);
                // Whoever holds a revoked device's key can still sign for old places; what the revocation's link vouches
                // for stands above that.
                if device.revoked.is_none() {
                    link = *signed;
                }
            }
        }
    }

    let standing = |(seen, covered): (&Seen, &bool)| {
        let seq = seen.header.seq;
        let beyond = seq > word.through && device.revoked.is_none();
        // Below a missing record and above the next checkpoint nothing can be told from a forgery until the missing one comes.
        let in_the_dark = || dark.iter().any(|places| places.contains(&seq));
        if *covered {
            Standing::Covered
        } else if own(seen) && (beyond || in_the_dark()) {
            Standing::Waiting
        } else {
            Standing::Refused(Refusal::NotInChain)
        }
    };
    Chain {
        standings: log.records.iter().zip(&covered).map(standing).collect(),
        through: word.through,
        as_of: word.as_of,
        local_head: word.local_head,
        gap,
        fork,
        revoked: device.revoked.is_some(),
    }
}

/// What a device, and whoever revoked it, signed for its log.
#[derive(Default)]
struct Word {
    /// Per place the link that is signed for it; of two the first that came.
    anchors: BTreeMap<u64, Hash>,
    through: u64,
    as_of: u64,
    local_head: u64,
    fork: Option<u64>,
}

impl Word {
    fn of<'a>(trust: &Trust<'_>, checkpoints: impl Iterator<Item = &'a Checkpoint>, device: &Proven) -> Self {
        let mut word = Self::default();
        let last = device.revoked.as_ref().map_or(u64::MAX, |revocation| revocation.seq);
        for checkpoint in checkpoints {
            let in_place = checkpoint.study == trust.study && (1..=last).contains(&checkpoint.seq);
            if !in_place || checkpoint.verify(&device.key).is_err() {
                continue;
            }
            word.anchor(checkpoint.seq, checkpoint.link);
            word.local_head = word.local_head.max(checkpoint.local_head);
            (word.through, word.as_of) = (word.through, word.as_of).max((checkpoint.seq, checkpoint.device_time));
        }
        if let Some(revocation) = &device.revoked {
            if revocation.seq >= 1 {
                word.anchor(revocation.seq, revocation.link);
                word.anchors.insert(revocation.seq, revocation.link);
            }
            word.through = revocation.seq;
        }
        word
    }

    fn anchor(&mut self, seq: u64, link: Hash) {
        if *self.anchors.entry(seq).or_insert(link) != link {
            lower(&mut self.fork, seq);
        }
    }
}

/// Where each record is; of a record and its own tombstone, the record.
fn places<'a>(records: impl Iterator<Item = (usize, &'a Seen)>) -> HashMap<(u64, Hash), usize> {
    let mut whole = HashMap::new();
    let mut tombstones = HashMap::new();
    for (index, seen) in records {
        let found = if seen.whole { &mut whole } else { &mut tombstones };
        found.entry((seen.header.seq, seen.link)).or_insert(index);
    }
    tombstones.extend(whole);
    tombstones
}

fn lower(place: &mut Option<u64>, seq: u64) {
    *place = Some(place.map_or(seq, |known| known.min(seq)));
}
