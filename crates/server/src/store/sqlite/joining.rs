//! Invitations, and the devices that join through them or through a recovery key.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{Signature, VerifyingKey};
use waymark_protocol::{CodeId, DeviceId, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::joining::{Invited, JoinError, Joined, Joiner, Joining, REMEMBERED_MS, is_known};
use super::super::owners::{Wanted, choose};
use super::super::tokens::action;
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, ending, logs, owners, studies, tokens};
use crate::auth::Staff;
use crate::challenges::Answered;

#[async_trait]
impl Joining for Sqlite {
    async fn add_invitations(
        &self,
        study: StudyId,
        certificates: Vec<Certificate>,
        by: Staff,
        now: u64,
    ) -> Result<(), StoreError> {
        self.writer
            .write(move |tx| {
                certificates.iter().try_for_each(|certificate| keep(tx, certificate))?;
                tokens::audit(tx, by, study, action::INVITED, now)
            })
            .await
    }

    async fn revoke_invitation(&self, study: StudyId, code: CodeId, by: Staff, now: u64) -> Result<bool, StoreError> {
        self.writer
            .write(move |tx| {
                let sql = "UPDATE invitation SET revoked_at = coalesce(revoked_at, ?3) WHERE study = ?1 AND code = ?2";
                let found = tx.connection.prepare_cached(sql)?.execute((study.0, code.0, signed(now)))? > 0;
                if found {
                    tokens::audit(tx, by, study, action::UNINVITED, now)?;
                }
                Ok(found)
            })
            .await
    }

    async fn invitation(&self, study: StudyId, code: CodeId) -> Result<Option<Invited>, StoreError> {
        self.readers.read(move |connection| invitation(connection, &study, &code)).await
    }

    async fn enrol(&self, certificate: Certificate, joiner: Joiner, now: u64) -> Result<Joined, JoinError> {
        self.writer
            .write(move |tx| {
                let (study, code, participant) = (certificate.study, certificate.code(), certificate.participant);
                let device = DeviceId::of(&joiner.device_key);
                keep(tx, &certificate)?;
                let invited = invitation(tx.connection, &study, &code)?.ok_or(JoinError::NotFound)?;
                invited.admits(&device, now)?;
                if invited.used_by.is_none() {
                    ending::take_part_again(tx, &study, &participant)?;
                }
                let sql = "UPDATE invitation SET used_by = ?3 WHERE study = ?1 AND code = ?2";
                execute(tx, sql, (study.0, code.0, device.0))?;
                // A phone that comes again brings no other one.
                if logs::participant_of(tx.connection, &study, &device)?.is_none() {
                    let sql =
                        "INSERT INTO recovery_key (study, participant, recovery_key, since) VALUES (?1, ?2, ?3, ?4)
                               ON CONFLICT DO NOTHING";
                    execute(tx, sql, (study.0, participant.0, joiner.recovery_key.0, signed(now)))?;
                }
                admit(tx, study, participant, &joiner, action::JOINED, now)
            })
            .await
    }

    async fn recover(&self, answered: Answered, wanted: Wanted, joiner: Joiner, now: u64) -> Result<Joined, JoinError> {
        self.writer
            .write(move |tx| {
                let owners = owners::owners(tx.connection, &joiner.recovery_key, &wanted)?;
                let ((study, participant), others) = choose(&owners, wanted.study).ok_or(JoinError::NotFound)?;
                if logs::participant_of(tx.connection, &study, &DeviceId::of(&joiner.device_key))?.is_some() {
                    return Err(JoinError::InUse);
                }
                let forgotten = signed(now.saturating_sub(REMEMBERED_MS));
                execute(tx, "DELETE FROM answered_challenge WHERE expires_at <= ?1", [forgotten])?;
                let sql =
                    "INSERT INTO answered_challenge (challenge, expires_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
                if execute(tx, sql, (answered.challenge.0, signed(answered.expires_at)))? == 0 {
                    return Err(JoinError::Answered);
                }
                Ok(Joined { others, ..admit(tx, study, participant, &joiner, action::RECOVERED, now)? })
            })
            .await
    }
}

/// Keeps an invitation; one that is there stays as it is.
fn keep(tx: &Tx<'_>, certificate: &Certificate) -> Result<(), StoreError> {
    let sql = "INSERT INTO invitation (study, code, participant, enrol_key, minimum_version, expires_at, signature)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    let row = (
        certificate.study.0,
        certificate.code().0,
        certificate.participant.0,
        certificate.enrol_key.0,
        certificate.minimum_version,
        signed(certificate.expires_at),
        certificate.signature.0,
    );
    execute(tx, sql, row).map(drop)
}

fn execute(tx: &Tx<'_>, sql: &str, row: impl rusqlite::Params) -> Result<usize, StoreError> {
    Ok(tx.connection.prepare_cached(sql)?.execute(row)?)
}

fn invitation(connection: &Connection, study: &StudyId, code: &CodeId) -> Result<Option<Invited>, StoreError> {
    let sql = "SELECT participant, enrol_key, minimum_version, expires_at, signature,
                   revoked_at IS NOT NULL OR EXISTS (SELECT 1 FROM study_end e WHERE e.study = ?1), used_by
               FROM invitation WHERE study = ?1 AND code = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let invited = statement.query_row((study.0, code.0), |row| {
        Ok(Invited {
            certificate: Certificate {
                study: *study,
                participant: column::participant(row, 0)?,
                enrol_key: VerifyingKey(column::fixed(row, 1)?),
                minimum_version: row.get(2)?,
                expires_at: column::unsigned(row, 3)?,
                signature: Signature(column::fixed(row, 4)?),
            },
            revoked: row.get(5)?,
            used_by: column::bytes(row, 6)?.and_then(DeviceId::from_slice),
        })
    });
    Ok(invited.optional()?)
}

/// Lets a phone in. What the audit says of a new one is in `how`; one that comes again is not noted again.
fn admit(
    tx: &Tx<'_>,
    study: StudyId,
    participant: ParticipantId,
    joiner: &Joiner,
    how: &str,
    now: u64,
) -> Result<Joined, JoinError> {
    let device = DeviceId::of(&joiner.device_key);
    if !is_known(logs::participant_of(tx.connection, &study, &device)?, &participant)? {
        insert_device(tx, &study, &participant, &joiner.device_key, now)?;
        tokens::audit_phone(tx, &study, how, now)?;
    }
    tokens::insert_device(tx, joiner.token, &study, &device, now)?;
    let document = studies::newest(tx.connection, &study)?.ok_or(JoinError::NotFound)?.signed;
    Ok(Joined { study, others: Vec::new(), participant, document, epoch: logs::epoch(tx.connection)? })
}

fn insert_device(
    tx: &Tx<'_>,
    study: &StudyId,
    participant: &ParticipantId,
    device_key: &VerifyingKey,
    now: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO device (study, device, participant, device_key, joined_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = (study.0, DeviceId::of(device_key).0, participant.0, device_key.0, signed(now));
    tx.connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}
