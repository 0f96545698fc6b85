//! Feeds: records and checkpoints in the server's order.
//!
//! | the row | goes out as |
//! |---|---|
//! | as it was sent | the record |
//! | erased | its tombstone |
//! | body or slots do not match their hashes: the file is damaged | its tombstone, so that the chain still proves the rest and the desk names what is missing |
//! | anything else damaged | as it is; whoever checks the link will say so |

use async_trait::async_trait;
use waymark_protocol::api::{Epoch, MAX_FEED_BYTES};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::record::{link, wire};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::error::StoreError;

/// What a feed is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOf {
    /// A whole study.
    Study(StudyId),
    /// One participant, all devices.
    Participant(StudyId, ParticipantId),
    /// One participant, all devices but this one.
    Others(StudyId, ParticipantId, DeviceId),
}

/// One reply of a feed.
#[derive(Debug)]
pub struct Feed {
    /// Feed items; empty when there is nothing after the cursor.
    pub bytes: Vec<u8>,
    /// The server's epoch.
    pub epoch: Epoch,
    /// The study's last `server_seq`.
    pub head: u64,
}

/// Reading in the server's order.
#[async_trait]
pub trait Feeds {
    /// What comes after the cursor, cut at [`MAX_FEED_BYTES`]; none when there is no such study.
    async fn feed(&self, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError>;
}

impl FeedOf {
    /// The study, the participant whose log it is alone, and the device that is left out.
    pub fn parts(self) -> (StudyId, Option<ParticipantId>, Option<DeviceId>) {
        match self {
            Self::Study(study) => (study, None, None),
            Self::Participant(study, participant) => (study, Some(participant), None),
            Self::Others(study, participant, device) => (study, Some(participant), Some(device)),
        }
    }
}

/// A row of a feed.
pub struct Item<'a> {
    /// Its place in the server's order.
    pub server_seq: u64,
    /// When it came, in milliseconds since 1970.
    pub received_at: u64,
    /// Whether it came after its time.
    pub late: bool,
    /// What it is.
    pub row: Row<'a>,
}

/// A record or a checkpoint as it is kept.
pub enum Row<'a> {
    /// A record.
    Record(RecordRow<'a>),
    /// A checkpoint.
    Checkpoint(Checkpoint),
}

/// A record as it is kept.
pub struct RecordRow<'a> {
    /// The header as sent.
    pub header: &'a [u8],
    /// Slots and body as sent, unless erased.
    pub content: Option<(&'a [u8], &'a [u8])>,
    /// `H(slots)` when it came.
    pub slots_hash: Hash,
    /// `H(body)` when it came.
    pub body_hash: Hash,
    /// Its link when it came.
    pub link: Hash,
}

/// A reply that grows item by item until it is full.
#[derive(Default)]
pub struct Reply {
    bytes: Vec<u8>,
    item: Vec<u8>,
}

impl Reply {
    /// Adds an item; says whether there was room. The first has room always.
    pub fn add(&mut self, item: &Item<'_>) -> bool {
        self.item.clear();
        wire::write_feed_frame(&mut self.item, item.server_seq, item.received_at, item.late);
        match &item.row {
            Row::Record(record) => record.write(&mut self.item, item.server_seq),
            Row::Checkpoint(checkpoint) => wire::write_checkpoint(&mut self.item, checkpoint),
        }
        let room = self.bytes.is_empty() || self.bytes.len() + self.item.len() <= MAX_FEED_BYTES;
        if room {
            self.bytes.append(&mut self.item);
        }
        room
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The items.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl RecordRow<'_> {
    fn write(&self, out: &mut Vec<u8>, server_seq: u64) {
        let Self { header, slots_hash, body_hash, .. } = self;
        let Some((slots, body)) = self.content else {
            wire::write_tombstone(out, header, slots_hash, body_hash);
            return;
        };
        let found = (Hash::of(slots), Hash::of(body));
        if link(header, &found.0, &found.1) == self.link {
            wire::write_record(out, header, slots, body);
            return;
        }
        tracing::error!(server_seq, "a stored record is damaged");
        if found == (*slots_hash, *body_hash) {
            wire::write_record(out, header, slots, body);
        } else {
            wire::write_tombstone(out, header, slots_hash, body_hash);
        }
    }
}
