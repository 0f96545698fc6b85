//! What travels: pushes and feeds. What is read says the same bytes when it is written again, so no two byte strings stand for one thing.

use waymark_protocol::record::wire::{
    Item, MAX_PUSH_BYTES, MAX_PUSH_RECORDS, RawItem, read_feed, read_push, write_checkpoint, write_feed_frame,
    write_record, write_tombstone,
};
use waymark_protocol::record::{Record, Tombstone};

use crate::script::Script;
use crate::world::{World, feed, push};

/// Reads a push or a feed.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 2 {
        0 => a_push(script.rest()),
        _ => a_feed(script.rest()),
    }
}

/// Whole ones, and empty ones.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut world = World::new("fuzz");
    let log = world.log(3);
    let short = World::new("fuzz").log(1);
    let (whole, only_first) = (push(&log, &world), push(&short, &world));
    let (records, tombstones) = (feed(&log, &world, |_| true), feed(&log, &world, |seq| seq == 1));
    [("push", 0, whole), ("push-of-one", 0, only_first), ("feed", 1, records), ("feed-of-tombstones", 1, tombstones)]
        .map(|(name, way, bytes)| (name, [&[way], bytes.as_slice()].concat()))
        .into()
}

fn a_push(bytes: &[u8]) {
    let Ok((records, checkpoint)) = read_push(bytes) else { return };
    assert!(bytes.len() <= MAX_PUSH_BYTES && records.len() <= MAX_PUSH_RECORDS, "more than one push may hold");
    let mut again = Vec::new();
    for record in records {
        is_sound(&record);
        Item::Record(Box::new(record)).write(&mut again);
    }
    Item::Checkpoint(Box::new(checkpoint)).write(&mut again);
    assert!(again == bytes, "a push is written otherwise than it was read");
}

fn a_feed(bytes: &[u8]) {
    let Ok(items) = read_feed(bytes) else { return };
    let mut again = Vec::new();
    for item in items {
        write_feed_frame(&mut again, item.server_seq, item.received_at, item.late);
        match item.item {
            RawItem::Record(header, slots, body) => {
                write_record(&mut again, &header, &slots, &body);
                if let Ok(record) = Record::parse(header, slots, body) {
                    is_sound(&record);
                }
            }
            RawItem::Tombstone(header, slots, body) => {
                write_tombstone(&mut again, &header, &slots, &body);
                if let Ok(tombstone) = Tombstone::parse(header.clone(), slots, body) {
                    assert!(tombstone.header().to_bytes() == header, "a header is not canonical");
                }
            }
            RawItem::Checkpoint(checkpoint) => write_checkpoint(&mut again, &checkpoint),
        }
    }
    assert!(again == bytes, "a feed is written otherwise than it was read");
}

/// What holds of every record that was read.
pub(crate) fn is_sound(record: &Record) {
    assert!(record.header().to_bytes() == record.header_bytes(), "a header is not canonical");
    assert!(record.slots().to_bytes() == record.slots_bytes(), "slots are not canonical");
    assert_eq!(record.header().body_len, record.body().len() as u64);
    assert_eq!(record.to_tombstone().link(), record.link());
    assert_eq!(record.as_target().seq, record.header().seq);
}
