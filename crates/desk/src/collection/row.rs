//! How a row of the collection stands in the vault.
//!
//! ```text
//! records      id = device ‖ u64 seq ‖ link     u8 destroyed here ‖ feed item
//! checkpoints  id = H(item)                     feed item, with zeros for what the server adds
//! malformed    id = H(the bytes that came)      JSON; the bytes themselves are not kept
//! heads        id = device                      u64
//! orders       id = u8 kind ‖ H(JSON)           JSON
//! parts        id = participant ‖ hash          u8 state
//! part bytes   id = participant ‖ hash          the part as it came: ciphertext
//! ```
//!
//! Feed items stand as they travel ([`waymark_protocol::record::wire`]).

use serde::{Deserialize, Serialize};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::record::wire::{self, FeedItem, RawItem};
use waymark_protocol::record::{Record, Target, Tombstone};
use waymark_protocol::{DeviceId, Hash};

use super::{Held, Stored};
use crate::reason::Reason;

/// Something that came and is no record. Only where it claimed to belong is kept: its bytes could be the mangled copy of an
/// entry that is withdrawn later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Malformed {
    /// Where its header says that it belongs, if that can be read.
    pub device: Option<DeviceId>,
    /// Which place its header claims.
    pub seq: Option<u64>,
    newer: bool,
}

impl Malformed {
    pub(super) fn new(place: Option<(DeviceId, u64)>, newer: bool) -> Self {
        Self { device: place.map(|(device, _)| device), seq: place.map(|(_, seq)| seq), newer }
    }

    /// Why it is in quarantine.
    pub fn reason(&self) -> Reason {
        if self.newer { Reason::Newer } else { Reason::Malformed }
    }
}

pub(super) fn record_id(target: &Target) -> [u8; 56] {
    let mut id = [0; 56];
    id[..16].copy_from_slice(&target.device.0);
    id[16..24].copy_from_slice(&target.seq.to_be_bytes());
    id[24..].copy_from_slice(&target.link.0);
    id
}

pub(super) fn write_record(stored: &Stored) -> Vec<u8> {
    let destroyed = matches!(stored.held, Held::Tombstone { destroyed: true, .. });
    let mut out = vec![u8::from(destroyed)];
    wire::write_feed_frame(&mut out, stored.server_seq, stored.received_at, stored.late);
    match &stored.held {
        Held::Whole(record) => {
            wire::write_record(&mut out, record.header_bytes(), record.slots_bytes(), record.body());
        }
        Held::Tombstone { tombstone: t, .. } => {
            wire::write_tombstone(&mut out, t.header_bytes(), &t.slots_hash, &t.body_hash);
        }
    }
    out
}

/// `None` when the row is not one that [`write_record`] makes.
pub(super) fn read_record(bytes: &[u8]) -> Option<(Target, Stored)> {
    let (destroyed, item) = bytes.split_first()?;
    let FeedItem { server_seq, received_at, late, item } = one_item(item)?;
    let (target, held) = match item {
        RawItem::Record(header, slots, body) => {
            let record = Record::parse(header, slots, body).ok()?;
            (record.as_target(), Held::Whole(Box::new(record)))
        }
        RawItem::Tombstone(header, slots, body) => {
            let tombstone = Tombstone::parse(header, slots, body).ok()?;
            let header = tombstone.header();
            let target = Target { device: header.device, seq: header.seq, link: tombstone.link() };
            (target, Held::Tombstone { tombstone: Box::new(tombstone), destroyed: *destroyed == 1 })
        }
        RawItem::Checkpoint(_) => return None,
    };
    Some((target, Stored { server_seq, received_at, late, held }))
}

/// A checkpoint as a feed item, with zeros for what the server adds.
pub(crate) fn write_checkpoint(checkpoint: &Checkpoint) -> Vec<u8> {
    let mut out = Vec::new();
    wire::write_feed_frame(&mut out, 0, 0, false);
    wire::write_checkpoint(&mut out, checkpoint);
    out
}

pub(super) fn read_checkpoint(bytes: &[u8]) -> Option<Checkpoint> {
    match one_item(bytes)?.item {
        RawItem::Checkpoint(checkpoint) => Some(*checkpoint),
        _ => None,
    }
}

/// The item, where the bytes are exactly one.
pub(crate) fn one_item(bytes: &[u8]) -> Option<FeedItem> {
    let mut items = wire::read_feed(bytes).ok()?;
    let item = items.pop()?;
    items.is_empty().then_some(item)
}

pub(super) fn order_id(kind: u8, json: &[u8]) -> [u8; 33] {
    let mut id = [kind; 33];
    id[1..].copy_from_slice(&Hash::of(json).0);
    id
}
