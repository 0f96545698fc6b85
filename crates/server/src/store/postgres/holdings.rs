//! What is stored: how much, by whom, and since when.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::Row;
use waymark_protocol::api::{Due, ParticipantUsage};
use waymark_protocol::{ParticipantId, StudyId};

use super::super::cut;
use super::super::error::StoreError;
use super::super::holdings::{Holdings, Page};
use super::super::parts::state::DOOMED;
use super::work::{ask, read};
use super::{Postgres, sql};

/// A record's bytes, as far as they are left. What is on the disk is not read for it.
const BYTES: &str = "length(r.header) + coalesce(length(r.slots), 0) + coalesce(length(r.body), 0)";

#[async_trait]
impl Holdings for Postgres {
    async fn usage(&self, study: StudyId, page: Page) -> Result<(Vec<ParticipantUsage>, bool), StoreError> {
        let _permit = self.0.counting.acquire().await.map_err(|_| StoreError::GivenUp)?;
        read!(self, |tx| usage(&tx, &study, page))
    }

    async fn due(&self, study: StudyId, until: u64, page: Page) -> Result<(Vec<Due>, bool), StoreError> {
        let _permit = self.0.counting.acquire().await.map_err(|_| StoreError::GivenUp)?;
        read!(self, |tx| due(&tx, &study, until, page))
    }

    async fn part_bytes(&self, study: StudyId, of: Option<ParticipantId>, least: u32) -> Result<u64, StoreError> {
        let sql = &format!(
            "SELECT coalesce(sum(greatest(len, $3)), 0)::bigint FROM part
             WHERE study = $1 AND state <> {DOOMED} AND ($2::bytea IS NULL OR participant = $2)"
        );
        ask!(self, |client| async move {
            let of = of.as_ref().map(|participant| sql::bytes(&participant.0));
            let row = sql::query_one(&client, sql, &[&sql::bytes(&study.0), &of, &i64::from(least)]).await?;
            sql::unsigned(&row, 0)
        })
    }
}

async fn usage(
    tx: &impl GenericClient,
    study: &StudyId,
    page: Page,
) -> Result<(Vec<ParticipantUsage>, bool), StoreError> {
    let sql = format!(
        "SELECT p.participant,
             (SELECT count(*) FROM device d WHERE d.study = $1 AND d.participant = p.participant),
             r.records, r.bytes, t.parts, t.bytes
         FROM (SELECT DISTINCT participant FROM device WHERE study = $1 AND participant > $2
               ORDER BY participant LIMIT $3) p
         CROSS JOIN LATERAL (SELECT count(*) AS records, coalesce(sum({BYTES}), 0)::bigint AS bytes FROM record r
                             WHERE r.study = $1 AND r.participant = p.participant) r
         CROSS JOIN LATERAL (SELECT count(*) AS parts, coalesce(sum(len), 0)::bigint AS bytes FROM part t
                             WHERE t.study = $1 AND t.participant = p.participant AND t.state <> {DOOMED}) t
         ORDER BY p.participant"
    );
    let (after, limit) = (page.after(), i64::from(page.limit) + 1);
    let rows = sql::query(tx, &sql, &[&sql::bytes(&study.0), &after, &limit]).await?;
    let line = |row: &Row| {
        Ok::<_, StoreError>(ParticipantUsage {
            participant: sql::participant(row, 0)?,
            devices: sql::unsigned(row, 1)?,
            records: sql::unsigned(row, 2)?,
            record_bytes: sql::unsigned(row, 3)?,
            parts: sql::unsigned(row, 4)?,
            part_bytes: sql::unsigned(row, 5)?,
        })
    };
    let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let more = cut(&mut lines, page.limit);
    Ok((lines, more))
}

async fn due(tx: &impl GenericClient, study: &StudyId, until: u64, page: Page) -> Result<(Vec<Due>, bool), StoreError> {
    let sql = format!(
        "SELECT r.participant, count(*), sum({BYTES})::bigint, min(r.received_at), max(r.received_at),
             (SELECT l.left_at FROM participant_left l WHERE l.study = $1 AND l.participant = r.participant)
         FROM record r
         WHERE r.study = $1 AND r.participant > $2 AND r.received_at <= $3 AND r.body IS NOT NULL
         GROUP BY r.participant ORDER BY r.participant LIMIT $4"
    );
    let until = sql::signed(until.min(i64::MAX.cast_unsigned()));
    let (after, limit) = (page.after(), i64::from(page.limit) + 1);
    let rows = sql::query(tx, &sql, &[&sql::bytes(&study.0), &after, &until, &limit]).await?;
    let line = |row: &Row| {
        Ok::<_, StoreError>(Due {
            participant: sql::participant(row, 0)?,
            records: sql::unsigned(row, 1)?,
            bytes: sql::unsigned(row, 2)?,
            oldest: sql::unsigned(row, 3)?,
            newest: sql::unsigned(row, 4)?,
            left_at: row.try_get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        })
    };
    let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let more = cut(&mut lines, page.limit);
    Ok((lines, more))
}
