//! Feeds, read from one consistent state and a few rows at a time.

use std::pin::pin;

use async_trait::async_trait;
use deadpool_postgres::Transaction;
use futures_util::TryStreamExt;
use tokio_postgres::Row as SqlRow;
use waymark_protocol::StudyId;
use waymark_protocol::api::MAX_FEED_BYTES;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::Signature;

use super::super::error::StoreError;
use super::super::feed::{Feed, FeedOf, Feeds, Item, RecordRow, Reply, Row};
use super::work::read;
use super::{Postgres, logs, sql};

#[async_trait]
impl Feeds for Postgres {
    async fn feed(&self, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError> {
        read!(self, |tx| read_feed(&tx, of, after))
    }
}

const RECORDS: &str =
    "SELECT server_seq, received_at, late, false AS is_checkpoint, header, slots, body, slots_hash, body_hash, link,
                           NULL::bigint AS seq, NULL::bigint AS local_head, NULL::bigint AS device_time FROM record";
const CHECKPOINTS: &str = "SELECT server_seq, received_at, late, true, device, signature, NULL, NULL, NULL, link,
                               seq, local_head, device_time FROM checkpoint";
/// At most so many items are in a reply, so that a feed costs the same however long the log is.
const MOST: usize = 4096;
/// The fewest rows that are fetched at once. A row is at most some 300 KiB.
const FEW: usize = 16;
/// The most.
const MANY: usize = 256;

async fn read_feed(tx: &Transaction<'_>, of: FeedOf, after: u64) -> Result<Option<Feed>, StoreError> {
    let (study, participant, device) = of.parts();
    let Some(head) = logs::study_head(tx, &study).await? else {
        return Ok(None);
    };
    let epoch = logs::epoch(tx).await?;
    let mine = match (participant, device) {
        (None, _) => "",
        (Some(_), None) => "AND participant = $3",
        (Some(_), Some(_)) => "AND participant = $3 AND device <> $4",
    };
    let place = format!("WHERE study = $1 AND server_seq > $2 {mine} ORDER BY server_seq LIMIT {MOST}");
    let sql = format!("({RECORDS} {place}) UNION ALL ({CHECKPOINTS} {place}) ORDER BY server_seq LIMIT {MOST}");
    let statement = tx.prepare_cached(&sql).await?;
    let after = sql::signed(after.min(i64::MAX.cast_unsigned()));
    let study_bytes = sql::bytes(&study.0);
    let (participant, device) = (participant.map(|id| id.0.to_vec()), device.map(|id| id.0.to_vec()));
    let all: sql::Params<'_> = &[&study_bytes, &after, &participant, &device];
    let used = 2 + usize::from(participant.is_some()) + usize::from(device.is_some());
    let portal = tx.bind(&statement, &all[..used]).await?;
    let (mut reply, mut fetched, mut next) = (Reply::default(), 0, FEW);
    loop {
        let asked = i32::try_from(next).unwrap_or(i32::MAX);
        let mut rows = pin!(tx.query_portal_raw(&portal, asked).await?);
        let mut came = 0;
        while let Some(row) = rows.try_next().await? {
            if !reply.add(&item(study, &row)?) {
                return Ok(Some(Feed { bytes: reply.into_bytes(), epoch, head }));
            }
            came += 1;
        }
        fetched += came;
        if came < next {
            return Ok(Some(Feed { bytes: reply.into_bytes(), epoch, head }));
        }
        next = likely_to_fit(reply.len(), fetched);
    }
}

/// How many rows are fetched next when so many have filled so many bytes. Only a guess: small rows may be followed by large ones.
/// What is fetched and does not fit passes row by row and is not kept, and is not much.
fn likely_to_fit(bytes: usize, rows: usize) -> usize {
    let room = MAX_FEED_BYTES.saturating_sub(bytes);
    (room * rows / bytes.max(1)).clamp(FEW, MANY)
}

fn item(study: StudyId, row: &SqlRow) -> Result<Item<'_>, StoreError> {
    let kept = if row.try_get(3)? {
        Row::Checkpoint(Checkpoint {
            study,
            device: sql::device(row, 4)?,
            seq: sql::unsigned(row, 10)?,
            link: sql::hash(row, 9)?,
            local_head: sql::unsigned(row, 11)?,
            device_time: sql::unsigned(row, 12)?,
            signature: Signature(sql::fixed(row, 5)?),
        })
    } else {
        let (slots, body): (Option<&[u8]>, Option<&[u8]>) = (row.try_get(5)?, row.try_get(6)?);
        Row::Record(RecordRow {
            header: row.try_get(4)?,
            content: slots.zip(body),
            slots_hash: sql::hash(row, 7)?,
            body_hash: sql::hash(row, 8)?,
            link: sql::hash(row, 9)?,
        })
    };
    Ok(Item {
        server_seq: sql::unsigned(row, 0)?,
        received_at: sql::unsigned(row, 1)?,
        late: row.try_get(2)?,
        row: kept,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_small_the_rows_were_not_many_are_fetched_before_one_is_looked_at() {
        assert_eq!(likely_to_fit(FEW * 200, FEW), MANY);
        assert_eq!(likely_to_fit(MAX_FEED_BYTES / 2, 20), 20);
        assert_eq!(likely_to_fit(MAX_FEED_BYTES * 2, 1), FEW);
    }
}
