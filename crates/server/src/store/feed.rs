//! Feeds: records and checkpoints in the server's order.
//!
//! | the row | goes out as |
//! |---|---|
//! | as it was sent | the record |
//! | erased | its tombstone |
//! | body or slots do not match their hashes: the file is damaged | its tombstone, so that the chain still proves the rest and the desk names what is missing |
//! | anything else damaged | as it is; whoever checks the link will say so |

use rusqlite::{Connection, Row};
use waymark_protocol::api::{Epoch, MAX_FEED_BYTES};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::Signature;
use waymark_protocol::record::{link, wire};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::column::{self, signed};
use super::error::StoreError;
use super::{Store, logs};

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

impl Store {
    /// What comes after the cursor, cut at [`MAX_FEED_BYTES`]; none when there is no such study.
    pub async fn feed(&self, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError> {
        self.readers.read(move |connection| read(connection, of, after, MAX_FEED_BYTES)).await
    }
}

const RECORDS: &str = "SELECT server_seq, received_at, late, 0, header, slots, body, slots_hash, body_hash, link, device, seq FROM record";
const CHECKPOINTS: &str = "SELECT server_seq, received_at, late, 1, device, seq, link, local_head, device_time, signature, NULL, NULL FROM checkpoint";

fn read(connection: &Connection, of: FeedOf, after: u64, max: usize) -> Result<Option<Feed>, StoreError> {
    let (study, participant, device) = match of {
        FeedOf::Study(study) => (study, None, None),
        FeedOf::Participant(study, participant) => (study, Some(participant.0), None),
        FeedOf::Others(study, participant, device) => (study, Some(participant.0), Some(device.0)),
    };
    let Some(head) = logs::study_head(connection, &study)? else {
        return Ok(None);
    };
    let mine = match (participant, device) {
        (None, _) => "",
        (Some(_), None) => "AND participant = ?3",
        (Some(_), Some(_)) => "AND participant = ?3 AND device <> ?4",
    };
    let place = format!("WHERE study = ?1 AND server_seq > ?2 {mine}");
    let sql = format!("{RECORDS} {place} UNION ALL {CHECKPOINTS} {place} ORDER BY 1");
    let mut statement = connection.prepare_cached(&sql)?;
    let after = signed(after.min(i64::MAX.cast_unsigned()));
    let mut rows = match (participant, device) {
        (None, _) => statement.query((study.0, after))?,
        (Some(participant), None) => statement.query((study.0, after, participant))?,
        (Some(participant), Some(device)) => statement.query((study.0, after, participant, device))?,
    };
    let (mut bytes, mut item) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        item.clear();
        let (server_seq, received_at, late) =
            (column::unsigned(row, 0)?, column::unsigned(row, 1)?, column::unsigned(row, 2)? != 0);
        wire::write_feed_frame(&mut item, server_seq, received_at, late);
        match column::unsigned(row, 3)? {
            0 => write_record(&mut item, row)?,
            _ => wire::write_checkpoint(&mut item, &checkpoint(study, row)?),
        }
        if !bytes.is_empty() && bytes.len() + item.len() > max {
            break;
        }
        bytes.append(&mut item);
    }
    Ok(Some(Feed { bytes, epoch: logs::epoch(connection)?, head }))
}

fn write_record(out: &mut Vec<u8>, row: &Row<'_>) -> rusqlite::Result<()> {
    let header = column::bytes(row, 4)?.unwrap_or_default();
    let (slots_hash, body_hash) = (column::hash(row, 7)?, column::hash(row, 8)?);
    let (Some(slots), Some(body)) = (column::bytes(row, 5)?, column::bytes(row, 6)?) else {
        wire::write_tombstone(out, header, &slots_hash, &body_hash);
        return Ok(());
    };
    let found = (Hash::of(slots), Hash::of(body));
    if link(header, &found.0, &found.1) == column::hash(row, 9)? {
        wire::write_record(out, header, slots, body);
        return Ok(());
    }
    let server_seq = column::unsigned(row, 0)?;
    tracing::error!(server_seq, "a stored record is damaged");
    if found == (slots_hash, body_hash) {
        wire::write_record(out, header, slots, body);
    } else {
        wire::write_tombstone(out, header, &slots_hash, &body_hash);
    }
    Ok(())
}

fn checkpoint(study: StudyId, row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    Ok(Checkpoint {
        study,
        device: column::device(row, 4)?,
        seq: column::unsigned(row, 5)?,
        link: column::hash(row, 6)?,
        local_head: column::unsigned(row, 7)?,
        device_time: column::unsigned(row, 8)?,
        signature: Signature(column::fixed(row, 9)?),
    })
}
