//! Studies that have ended and participants who have left. Both are changed under the study's lock, as pushes are taken, so that
//! what is late is late for every process at once.

use std::collections::HashSet;

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use waymark_protocol::{ParticipantId, StudyId};

use super::super::ending::{Ending, ending, leaving};
use super::super::error::StoreError;
use super::work::{ask, transact};
use super::{Postgres, logs, sql, tokens};
use crate::auth::Staff;

#[async_trait]
impl Ending for Postgres {
    async fn end_study(&self, study: StudyId, ended: bool, by: Staff, now: u64) -> Result<bool, StoreError> {
        transact!(self, |tx| end_study(&tx, &study, ended, by, now))
    }

    async fn ended_at(&self, study: StudyId) -> Result<Option<u64>, StoreError> {
        ask!(self, |client| ended_at(&client, &study))
    }

    async fn leave(
        &self,
        study: StudyId,
        participant: ParticipantId,
        left: bool,
        by: Staff,
        now: u64,
    ) -> Result<bool, StoreError> {
        transact!(self, |tx| leave(&tx, &study, &participant, left, by, now))
    }
}

async fn end_study(
    tx: &impl GenericClient,
    study: &StudyId,
    ended: bool,
    by: Staff,
    now: u64,
) -> Result<bool, StoreError> {
    if logs::lock(tx, study).await?.is_none() {
        return Ok(false);
    }
    let bytes = sql::bytes(&study.0);
    let changed = if ended {
        let sql = "INSERT INTO study_end (study, ended_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        sql::execute(tx, sql, &[&bytes, &sql::signed(now)]).await?
    } else {
        sql::execute(tx, "DELETE FROM study_end WHERE study = $1", &[&bytes]).await?
    };
    if changed > 0 {
        tokens::audit(tx, by, *study, ending(ended), now).await?;
    }
    Ok(true)
}

async fn ended_at(client: &impl GenericClient, study: &StudyId) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT ended_at FROM study_end WHERE study = $1";
    let row = sql::query_opt(client, sql, &[&sql::bytes(&study.0)]).await?;
    row.map(|row| sql::unsigned(&row, 0)).transpose()
}

async fn leave(
    tx: &impl GenericClient,
    study: &StudyId,
    participant: &ParticipantId,
    left: bool,
    by: Staff,
    now: u64,
) -> Result<bool, StoreError> {
    logs::lock(tx, study).await?;
    let (study_bytes, bytes) = (sql::bytes(&study.0), sql::bytes(&participant.0));
    let sql = "SELECT 1 FROM device WHERE study = $1 AND participant = $2 LIMIT 1";
    if sql::query_opt(tx, sql, &[&study_bytes, &bytes]).await?.is_none() {
        return Ok(false);
    }
    let changed = if left {
        let sql =
            "INSERT INTO participant_left (study, participant, left_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        sql::execute(tx, sql, &[&study_bytes, &bytes, &sql::signed(now)]).await? > 0
    } else {
        take_part_again(tx, study, participant).await?
    };
    if changed {
        tokens::audit(tx, by, *study, leaving(left), now).await?;
    }
    Ok(true)
}

/// The participant has not left, or has come back; says whether that is news.
pub async fn take_part_again(
    tx: &impl GenericClient,
    study: &StudyId,
    participant: &ParticipantId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM participant_left WHERE study = $1 AND participant = $2";
    Ok(sql::execute(tx, sql, &[&sql::bytes(&study.0), &sql::bytes(&participant.0)]).await? > 0)
}

/// Who is late in a study.
pub enum Late {
    /// The study has ended: everybody.
    Everybody,
    /// Those who have left.
    Those(HashSet<ParticipantId>),
}

impl Late {
    /// Whether what a participant sends now is late.
    pub fn is(&self, participant: &ParticipantId) -> bool {
        match self {
            Self::Everybody => true,
            Self::Those(left) => left.contains(participant),
        }
    }
}

/// Which of these participants are late.
pub async fn late(client: &impl GenericClient, study: &StudyId, participants: &[&[u8]]) -> Result<Late, StoreError> {
    let sql = "SELECT NULL::bytea FROM study_end WHERE study = $1
               UNION ALL SELECT participant FROM participant_left WHERE study = $1 AND participant = ANY($2)";
    let rows = sql::query(client, sql, &[&sql::bytes(&study.0), &participants]).await?;
    let mut left = HashSet::new();
    for row in &rows {
        match row.try_get::<_, Option<&[u8]>>(0)? {
            None => return Ok(Late::Everybody),
            Some(participant) => left.extend(ParticipantId::from_slice(participant)),
        }
    }
    Ok(Late::Those(left))
}
