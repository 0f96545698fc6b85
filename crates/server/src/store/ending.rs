//! Studies that have ended and participants who have left. Both are the study's word; the notice of a phone that leaves is
//! sealed, so the server cannot know by itself. What comes afterwards is kept as late.

use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::{ParticipantId, StudyId};

use super::column::{self, signed};
use super::error::StoreError;
use super::writer::Tx;
use super::{Store, logs, tokens};
use crate::auth::Staff;

impl Store {
    /// Ends a study, or lets it go on; says whether there is one. An end that stands keeps its time.
    pub async fn end_study(&self, study: StudyId, ended: bool, by: Staff, now: u64) -> Result<bool, StoreError> {
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
                    let action = if ended { "study ended" } else { "study goes on" };
                    tokens::audit(tx, by, Some(study), action, now)?;
                }
                Ok(true)
            })
            .await
    }

    /// When a study ended: milliseconds since 1970, UTC; none when it goes on.
    pub async fn ended_at(&self, study: StudyId) -> Result<Option<u64>, StoreError> {
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached("SELECT ended_at FROM study_end WHERE study = ?1")?;
                Ok(statement.query_row([study.0], |row| column::unsigned(row, 0)).optional()?)
            })
            .await
    }

    /// Notes that a participant has left, or takes part again; says whether there is one.
    pub async fn leave(
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
                    let action = if left { "participant has left" } else { "participant takes part again" };
                    tokens::audit(tx, by, Some(study), action, now)?;
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
