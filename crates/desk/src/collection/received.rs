//! Reading what came: a record, a checkpoint, or neither. Independent of what is there, so that a page is read in parallel.

use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Header, HeaderError, Record, RecordError, Target, Tombstone};
use waymark_protocol::{DecodeError, Hash};

use super::{Held, Malformed, Stored};

/// One item of a feed, read.
pub(super) enum Received {
    Record(Target, Stored),
    Checkpoint(Box<Checkpoint>),
    /// Named by the bytes that came.
    Malformed(Hash, Malformed),
}

impl Received {
    pub(super) fn read(item: FeedItem) -> Self {
        let FeedItem { server_seq, received_at, late, item } = item;
        let stored = |held| Stored { server_seq, received_at, late, held };
        match item {
            RawItem::Checkpoint(checkpoint) => Self::Checkpoint(checkpoint),
            RawItem::Record(header, slots, body) => match Record::parse(header.clone(), slots.clone(), body.clone()) {
                Ok(record) => Self::Record(record.as_target(), stored(Held::Whole(Box::new(record)))),
                Err(error) => {
                    let place = Header::parse(&header).ok().map(|header| (header.device, header.seq));
                    let name = Hash::of(&[header, slots, body].concat());
                    Self::Malformed(name, Malformed::new(place, is_newer(&error)))
                }
            },
            RawItem::Tombstone(header, slots, body) => match Tombstone::parse(header.clone(), slots, body) {
                Ok(tombstone) => {
                    let (device, seq) = (tombstone.header().device, tombstone.header().seq);
                    let target = Target { device, seq, link: tombstone.link() };
                    Self::Record(target, stored(Held::Tombstone { tombstone: Box::new(tombstone), destroyed: false }))
                }
                Err(error) => {
                    let name = Hash::of(&[&header[..], &slots.0, &body.0].concat());
                    Self::Malformed(name, Malformed::new(None, is_newer(&RecordError::Header(error))))
                }
            },
        }
    }
}

fn is_newer(error: &RecordError) -> bool {
    matches!(
        error,
        RecordError::Slots(DecodeError::NewerVersion(_))
            | RecordError::Header(HeaderError::Decode(DecodeError::NewerVersion(_)))
    )
}
