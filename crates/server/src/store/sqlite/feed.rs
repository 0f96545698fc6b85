//! Feeds, read from one consistent state.

use async_trait::async_trait;
use rusqlite::Connection;
use waymark_protocol::StudyId;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::Signature;

use super::super::error::StoreError;
use super::super::feed::{Feed, FeedOf, Feeds, Item, RecordRow, Reply, Row};
use super::column::{self, signed};
use super::{Sqlite, logs};

#[async_trait]
impl Feeds for Sqlite {
    async fn feed(&self, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError> {
        self.readers.read(move |connection| read(connection, of, after)).await
    }
}

const RECORDS: &str = "SELECT server_seq, received_at, late, 0, header, slots, body, slots_hash, body_hash, link, device, seq FROM record";
const CHECKPOINTS: &str = "SELECT server_seq, received_at, late, 1, device, seq, link, local_head, device_time, signature, NULL, NULL FROM checkpoint";

fn read(connection: &Connection, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError> {
    let (study, participant, device) = of.parts();
    let (participant, device) = (participant.map(|id| id.0), device.map(|id| id.0));
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
    let mut reply = Reply::default();
    while let Some(row) = rows.next()? {
        if !reply.add(&item(study, row)?) {
            break;
        }
    }
    Ok(Some(Feed { bytes: reply.into_bytes(), epoch: logs::epoch(connection)?, head }))
}

fn item<'a>(study: StudyId, row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Item<'a>> {
    let kept = match column::unsigned(row, 3)? {
        0 => Row::Record(RecordRow {
            header: column::bytes(row, 4)?.unwrap_or_default(),
            content: column::bytes(row, 5)?.zip(column::bytes(row, 6)?),
            slots_hash: column::hash(row, 7)?,
            body_hash: column::hash(row, 8)?,
            link: column::hash(row, 9)?,
        }),
        _ => Row::Checkpoint(checkpoint(study, row)?),
    };
    Ok(Item {
        server_seq: column::unsigned(row, 0)?,
        received_at: column::unsigned(row, 1)?,
        late: column::unsigned(row, 2)? != 0,
        row: kept,
    })
}

fn checkpoint(study: StudyId, row: &rusqlite::Row<'_>) -> rusqlite::Result<Checkpoint> {
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
