//! The study, person and phone of the protocol's own tests, and what they send.

#[path = "../../../crates/protocol/tests/common/mod.rs"]
mod common;

pub(crate) use common::*;

use waymark_protocol::record::Record;
use waymark_protocol::record::wire::{Item, write_feed_frame};

/// A push of these records, with a checkpoint over them.
pub(crate) fn push(records: &[Record], world: &World) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        Item::Record(Box::new(record.clone())).write(&mut out);
    }
    let last = records.last().expect("a push has records");
    Item::Checkpoint(Box::new(world.checkpoint(last))).write(&mut out);
    out
}

/// A feed of these records, with a checkpoint over them; those that are not whole are tombstones.
pub(crate) fn feed(records: &[Record], world: &World, is_whole: impl Fn(u64) -> bool) -> Vec<u8> {
    let item = |record: &Record| match is_whole(record.header().seq) {
        true => Item::Record(Box::new(record.clone())),
        false => Item::Tombstone(Box::new(record.to_tombstone())),
    };
    let last = records.last().expect("a feed has records");
    let items = records.iter().map(item).chain([Item::Checkpoint(Box::new(world.checkpoint(last)))]);
    let mut out = Vec::new();
    for (server_seq, item) in (1..).zip(items) {
        write_feed_frame(&mut out, server_seq, 1_700_000_000_000, false);
        item.write(&mut out);
    }
    out
}
