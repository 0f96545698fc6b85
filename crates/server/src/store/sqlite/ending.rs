//! Studies that have ended and participants who have left.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::{ParticipantId, StudyId};

use super::super::ending::{Ending, ending, leaving};
use super::super::error::StoreError;
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, logs, tokens};
use crate::auth::Staff;

#[async_trait]
impl Ending for Sqlite {
    async fn end_study(&self, study: StudyId, ended: bool, by: Staff, now: u64) -> Result<bool, StoreError> {
        self.writer
            .write(move |tx| {
                if logs::study_head(tx.connection, &study)?.is_none() {
                    return Ok(false);
                }
                let changed = match ended {
                    true => set_end(tx, &study, now)?,
                    false => go_on(tx, &study)?,
                };
                if changed {
                    tokens::audit(tx, by, study, ending(ended), now)?;
                }
                Ok(true)
            })
            .await
    }

    async fn ended_at(&self, study: StudyId) -> Result<Option<u64>, StoreError> {
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached("SELECT ended_at FROM study_end WHERE study = ?1")?;
                Ok(statement.query_row([study.0], |row| column::unsigned(row, 0)).optional()?)
            })
            .await
    }

    async fn leave(
        &self,
        study: StudyId,
        participant: ParticipantId,
        left: bool,
        by: Staff,
        now: u64,
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |tx| {
                let sql = "SELECT 1 FROM device WHERE study = ?1 AND participant = ?2";
                if !tx.connection.prepare_cached(sql)?.exists((study.0, participant.0))? {
                    return Ok(false);
                }
                let changed = match left {
                    true => set_left(tx, &study, &participant, now)?,
                    false => take_part_again(tx, &study, &participant)?,
                };
                if changed {
                    tokens::audit(tx, by, study, leaving(left), now)?;
                }
                Ok(true)
            })
            .await
    }
}

fn set_end(tx: &Tx<'_>, study: &StudyId, now: u64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO study_end (study, ended_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    Ok(tx.connection.prepare_cached(sql)?.execute((study.0, signed(now)))? > 0)
}

fn go_on(tx: &Tx<'_>, study: &StudyId) -> Result<bool, StoreError> {
    Ok(tx.connection.prepare_cached("DELETE FROM study_end WHERE study = ?1")?.execute([study.0])? > 0)
}

fn set_left(tx: &Tx<'_>, study: &StudyId, participant: &ParticipantId, now: u64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO participant_left (study, participant, left_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    Ok(tx.connection.prepare_cached(sql)?.execute((study.0, participant.0, signed(now)))? > 0)
}

/// The participant has not left, or has come back; says whether that is news.
pub fn take_part_again(tx: &Tx<'_>, study: &StudyId, participant: &ParticipantId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM participant_left WHERE study = ?1 AND participant = ?2";
    Ok(tx.connection.prepare_cached(sql)?.execute((study.0, participant.0))? > 0)
}

/// Whether what a participant sends now is late.
pub fn is_late(connection: &Connection, study: &StudyId, participant: &ParticipantId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM study_end WHERE study = ?1
               UNION ALL SELECT 1 FROM participant_left WHERE study = ?1 AND participant = ?2";
    Ok(connection.prepare_cached(sql)?.exists((study.0, participant.0))?)
}
