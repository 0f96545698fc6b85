//! What is stored: how much, by whom, and since when.

use async_trait::async_trait;
use rusqlite::OptionalExtension;
use waymark_protocol::api::{Due, ParticipantUsage};
use waymark_protocol::{ParticipantId, StudyId};

use super::super::cut;
use super::super::error::StoreError;
use super::super::holdings::{Holdings, Page};
use super::super::parts::state::DOOMED;
use super::Sqlite;
use super::column::{self, signed};

/// A record's bytes, as far as they are left.
const BYTES: &str = "length(r.header) + coalesce(length(r.slots), 0) + coalesce(length(r.body), 0)";

#[async_trait]
impl Holdings for Sqlite {
    async fn usage(&self, study: StudyId, page: Page) -> Result<(Vec<ParticipantUsage>, bool), StoreError> {
        let sql = format!(
            "SELECT p.participant,
                 (SELECT count(*) FROM device d WHERE d.study = ?1 AND d.participant = p.participant),
                 (SELECT count(*) FROM record r WHERE r.study = ?1 AND r.participant = p.participant),
                 (SELECT coalesce(sum({BYTES}), 0) FROM record r WHERE r.study = ?1 AND r.participant = p.participant),
                 (SELECT count(*) FROM part t
                  WHERE t.study = ?1 AND t.participant = p.participant AND t.state <> {DOOMED}),
                 (SELECT coalesce(sum(t.len), 0) FROM part t
                  WHERE t.study = ?1 AND t.participant = p.participant AND t.state <> {DOOMED})
             FROM (SELECT DISTINCT participant FROM device WHERE study = ?1 AND participant > ?2
                   ORDER BY participant LIMIT ?3) p
             ORDER BY p.participant"
        );
        let _permit = self.counting.acquire().await.map_err(|_| StoreError::GivenUp)?;
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let row = (study.0, page.after(), i64::from(page.limit) + 1);
                let participants = statement.query_map(row, |row| {
                    Ok(ParticipantUsage {
                        participant: column::participant(row, 0)?,
                        devices: column::unsigned(row, 1)?,
                        records: column::unsigned(row, 2)?,
                        record_bytes: column::unsigned(row, 3)?,
                        parts: column::unsigned(row, 4)?,
                        part_bytes: column::unsigned(row, 5)?,
                    })
                })?;
                let mut participants = participants.collect::<Result<Vec<_>, _>>()?;
                let more = cut(&mut participants, page.limit);
                Ok((participants, more))
            })
            .await
    }

    async fn due(&self, study: StudyId, until: u64, page: Page) -> Result<(Vec<Due>, bool), StoreError> {
        let sql = format!(
            "SELECT r.participant, count(*), sum({BYTES}), min(r.received_at), max(r.received_at),
                 (SELECT l.left_at FROM participant_left l WHERE l.study = ?1 AND l.participant = r.participant)
             FROM record r
             WHERE r.study = ?1 AND r.participant > ?2 AND r.received_at <= ?3 AND r.body IS NOT NULL
             GROUP BY r.participant ORDER BY r.participant LIMIT ?4"
        );
        let until = signed(until.min(i64::MAX.cast_unsigned()));
        let _permit = self.counting.acquire().await.map_err(|_| StoreError::GivenUp)?;
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let row = (study.0, page.after(), until, i64::from(page.limit) + 1);
                let participants = statement.query_map(row, |row| {
                    Ok(Due {
                        participant: column::participant(row, 0)?,
                        records: column::unsigned(row, 1)?,
                        bytes: column::unsigned(row, 2)?,
                        oldest: column::unsigned(row, 3)?,
                        newest: column::unsigned(row, 4)?,
                        left_at: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
                    })
                })?;
                let mut participants = participants.collect::<Result<Vec<_>, _>>()?;
                let more = cut(&mut participants, page.limit);
                Ok((participants, more))
            })
            .await
    }

    async fn part_bytes(&self, study: StudyId, of: Option<ParticipantId>, least: u32) -> Result<u64, StoreError> {
        let sql = format!("SELECT coalesce(sum(max(len, ?2)), 0) FROM part WHERE study = ?1 AND state <> {DOOMED}");
        self.readers
            .read(move |connection| {
                let sum = match of {
                    Some(participant) => connection
                        .prepare_cached(&format!("{sql} AND participant = ?3"))?
                        .query_row((study.0, least, participant.0), |row| column::unsigned(row, 0)),
                    None => {
                        connection.prepare_cached(&sql)?.query_row((study.0, least), |row| column::unsigned(row, 0))
                    }
                };
                Ok(sum.optional()?.unwrap_or_default())
            })
            .await
    }
}
