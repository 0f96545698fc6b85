//! Whether pushed records may follow a log. Pure: no store, no clock.
//!
//! ```text
//! push ─ Push::check   its own order: ids, places, links, the checkpoint's signature, the genesis' key
//!      ─ follow        the log that is there: replayed? diverged? gap? revoked?
//!      ─ has_room      what is new of it beside what its participant has stored
//! ```

use std::collections::BTreeMap;

use waymark_protocol::api::Head;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::genesis::Genesis;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::record::{Kind, Record, link};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

/// Whose log a device's token may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceScope {
    /// The study.
    pub study: StudyId,
    /// The participant.
    pub participant: ParticipantId,
    /// The device.
    pub device: DeviceId,
    /// The device's key, as enrolled.
    pub key: VerifyingKey,
}

/// A record with its hashes computed.
#[derive(Debug)]
pub struct Hashed {
    /// The record as sent.
    pub record: Record,
    /// `H(slots)`.
    pub slots_hash: Hash,
    /// `H(body)`.
    pub body_hash: Hash,
    /// Its link.
    pub link: Hash,
}

/// Records that follow each other, and the device's word for the last.
#[derive(Debug)]
pub struct Push {
    /// The records, in order; may be empty.
    pub records: Vec<Hashed>,
    /// Covers exactly the last of them.
    pub checkpoint: Checkpoint,
}

/// Why a push is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// A header names another study, participant or device than the token.
    #[error("a record belongs to another study, participant or device than the token")]
    Foreign,
    /// The checkpoint does not cover the last record, or is not signed by the device.
    #[error("the checkpoint is not the device's signature over the last record")]
    Checkpoint,
    /// A record's `prev` is not the link of the one before.
    #[error("the records do not link to each other")]
    Chain,
    /// The first record does not carry the key that was enrolled.
    #[error("the first record does not carry the key that was enrolled")]
    Genesis,
    /// Records before this place are expected first.
    #[error("records are missing: the next one expected is {expected}")]
    Gap {
        /// The next place.
        expected: u64,
    },
    /// Another record stands at this place.
    #[error("another record stands at place {seq}")]
    Diverged {
        /// Where the logs part.
        seq: u64,
    },
    /// The device was revoked and none of its later records are taken.
    #[error("the device has been revoked")]
    Revoked,
    /// The participant has stored as much as may be.
    #[error(
        "as many bytes of records are stored as may be: the phone keeps these, and they are taken when there is room"
    )]
    NoRoom,
}

impl Push {
    /// Checks the push by itself.
    pub fn check(records: Vec<Record>, checkpoint: Checkpoint, scope: &DeviceScope) -> Result<Self, PushError> {
        let records: Vec<Hashed> = records.into_iter().map(Hashed::new).collect();
        for hashed in &records {
            let header = hashed.record.header();
            if (header.study, header.participant, header.device) != (scope.study, scope.participant, scope.device) {
                return Err(PushError::Foreign);
            }
            if header.kind == Kind::Genesis {
                let genesis = Genesis::parse(hashed.record.body()).map_err(|_| PushError::Genesis)?;
                if genesis.device_key != scope.key {
                    return Err(PushError::Genesis);
                }
            }
        }
        for pair in records.windows(2) {
            let (before, after) = (&pair[0], pair[1].record.header());
            let expected = before.record.header().seq.saturating_add(1);
            if after.seq != expected {
                return Err(PushError::Gap { expected });
            }
            if after.prev != before.link {
                return Err(PushError::Chain);
            }
        }
        let covers_last = records
            .last()
            .is_none_or(|last| (last.record.header().seq, last.link) == (checkpoint.seq, checkpoint.link));
        if !covers_last || checkpoint.study != scope.study || checkpoint.verify(&scope.key).is_err() {
            return Err(PushError::Checkpoint);
        }
        Ok(Self { records, checkpoint })
    }

    /// How many bytes its records have.
    pub fn byte_len(&self) -> usize {
        self.records.iter().map(Hashed::byte_len).sum()
    }

    /// The place of the first record; of the checkpoint, when there is none.
    pub fn first_seq(&self) -> u64 {
        self.records.first().map_or(self.checkpoint.seq, |first| first.record.header().seq)
    }
}

impl Hashed {
    fn new(record: Record) -> Self {
        let (slots_hash, body_hash) = (Hash::of(record.slots_bytes()), Hash::of(record.body()));
        let link = link(record.header_bytes(), &slots_hash, &body_hash);
        Self { record, slots_hash, body_hash, link }
    }

    /// Whether it takes something back.
    pub fn erases(&self) -> bool {
        self.record.header().kind == Kind::Erase
    }

    fn byte_len(&self) -> usize {
        self.stored_len(false)
    }

    /// How many bytes are kept of it; of one that has been erased, the header's.
    pub fn stored_len(&self, erased: bool) -> usize {
        let sealed = if erased { 0 } else { self.record.slots_bytes().len() + self.record.body().len() };
        self.record.header_bytes().len() + sealed
    }
}

/// How many checkpoints of one place of a log are kept. One more of another time says nothing new, and gets its receipt.
pub const MOST_CHECKPOINTS: u64 = 16;

/// What is there of a device's log, as far as a push touches it.
#[derive(Debug)]
pub struct Log {
    /// The last record.
    pub head: Head,
    /// Links of the places that the push names and that are there.
    pub links: BTreeMap<u64, Hash>,
    /// The last place that still counts, when the device has been revoked.
    pub revoked_after: Option<u64>,
}

/// Decides how many of the push's records are there already; the rest follow the log.
pub fn follow(log: &Log, push: &Push) -> Result<usize, PushError> {
    let expected = log.head.seq.saturating_add(1);
    if push.records.is_empty() {
        return match (push.checkpoint.seq, push.checkpoint.link) {
            (seq, _) if seq > log.head.seq => Err(PushError::Gap { expected }),
            (seq, _) if log.revoked_after.is_some_and(|place| seq > place) => Err(PushError::Revoked),
            (0, Hash::ZERO) => Ok(0),
            (seq, link) if log.links.get(&seq) == Some(&link) => Ok(0),
            (seq, _) => Err(PushError::Diverged { seq }),
        };
    }
    if push.first_seq() > expected {
        return Err(PushError::Gap { expected });
    }
    let replayed = push.records.iter().take_while(|hashed| hashed.record.header().seq <= log.head.seq).count();
    let (old, new) = push.records.split_at(replayed);
    for hashed in old {
        let seq = hashed.record.header().seq;
        if log.links.get(&seq) != Some(&hashed.link) {
            return Err(PushError::Diverged { seq });
        }
    }
    let (Some(first), Some(last)) = (new.first(), new.last()) else {
        return Ok(replayed);
    };
    if first.record.header().prev != log.head.link {
        return Err(PushError::Diverged { seq: log.head.seq });
    }
    match log.revoked_after {
        Some(place) if last.record.header().seq > place => Err(PushError::Revoked),
        _ => Ok(replayed),
    }
}

/// Whether records have room beside so many bytes of records that their participant has stored; `new` are those of a push that are
/// not there yet.
///
/// A push that takes something back or says that somebody leaves, and one that brings nothing to read, has half as much room again. An
/// entry may come with it, for a log is in order: what somebody has written must not keep them from taking it back.
pub fn has_room(stored: u64, new: &[Hashed], quota: Option<u64>) -> Result<(), PushError> {
    let Some(quota) = quota else { return Ok(()) };
    let brings = |kinds: &[Kind]| new.iter().any(|hashed| kinds.contains(&hashed.record.header().kind));
    let writing = brings(&[Kind::Entry, Kind::Own]) && !brings(&[Kind::Erase, Kind::Notice]);
    let most = if writing { quota } else { quota.saturating_add(quota / 2) };
    let bytes = new.iter().map(|hashed| hashed.byte_len() as u64).sum();
    let fits = new.is_empty() || stored.saturating_add(bytes) <= most;
    if fits { Ok(()) } else { Err(PushError::NoRoom) }
}
