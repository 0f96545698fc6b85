//! Invitations, and the devices that join through them or through a recovery key.

use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{Signature, VerifyingKey};
use waymark_protocol::{CodeId, DeviceId, Hash, ParticipantId, StudyId};

use super::column::{self, signed};
use super::error::StoreError;
use super::writer::Tx;
use super::{Store, ending, logs, owners, studies, tokens};
use crate::auth::Staff;

/// Why a device did not join.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// There is no such invitation, study or recovery key.
    #[error("there is no such invitation or recovery key")]
    NotFound,
    /// The invitation has expired or was revoked, or the study has ended.
    #[error("the invitation has expired or was revoked, or the study has ended")]
    Gone,
    /// Another device has used the invitation.
    #[error("the invitation was used by another device")]
    Used,
    /// The device's key belongs to another participant.
    #[error("the device's key belongs to another participant")]
    OtherParticipant,
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An invitation as it stands.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The study's word.
    pub certificate: Certificate,
    /// Whether the study has taken it back, or has ended.
    pub revoked: bool,
    /// The device that has joined with it.
    pub used_by: Option<DeviceId>,
}

/// What a device that has joined is told.
#[derive(Debug)]
pub struct Joined {
    /// The study.
    pub study: StudyId,
    /// Other studies that the same recovery key has joined.
    pub others: Vec<StudyId>,
    /// The participant.
    pub participant: ParticipantId,
    /// The newest document.
    pub document: SignedDocument,
    /// The server's epoch.
    pub epoch: Epoch,
}

impl Invited {
    /// Whether someone may still join with it.
    pub fn is_open(&self, now: u64) -> bool {
        !self.revoked && self.certificate.expires_at > now
    }
}

impl Store {
    /// Keeps invitations whose signatures have been checked; those that are there already stay as they are.
    pub async fn add_invitations(
        &self,
        study: StudyId,
        certificates: Vec<Certificate>,
        by: Staff,
        now: u64,
    ) -> Result<(), StoreError> {
        self.writer
            .write(move |tx| {
                let sql = "INSERT INTO invitation (study, code, participant, enrol_key, minimum_version, expires_at, signature)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
                let mut statement = tx.connection.prepare_cached(sql)?;
                for certificate in &certificates {
                    statement.execute((
                        study.0,
                        certificate.code().0,
                        certificate.participant.0,
                        certificate.enrol_key.0,
                        certificate.minimum_version,
                        signed(certificate.expires_at),
                        certificate.signature.0,
                    ))?;
                }
                tokens::audit(tx, by, Some(study), "invitations added", now)
            })
            .await
    }

    /// Takes an invitation back; says whether there is one.
    pub async fn revoke_invitation(
        &self,
        study: StudyId,
        code: CodeId,
        by: Staff,
        now: u64,
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |tx| {
                let sql = "UPDATE invitation SET revoked_at = coalesce(revoked_at, ?3) WHERE study = ?1 AND code = ?2";
                let found = tx.connection.prepare_cached(sql)?.execute((study.0, code.0, signed(now)))? > 0;
                if found {
                    tokens::audit(tx, by, Some(study), "invitation revoked", now)?;
                }
                Ok(found)
            })
            .await
    }

    /// An invitation.
    pub async fn invitation(&self, study: StudyId, code: CodeId) -> Result<Option<Invited>, StoreError> {
        self.readers.read(move |connection| invitation(connection, &study, &code)).await
    }

    /// Lets a device join whose signatures have been checked. The device that has used the invitation may come again.
    pub async fn enrol(
        &self,
        certificate: Certificate,
        device_key: VerifyingKey,
        recovery_key: VerifyingKey,
        token: Hash,
        now: u64,
    ) -> Result<Joined, JoinError> {
        self.writer
            .write(move |tx| {
                let (study, code, participant) = (certificate.study, certificate.code(), certificate.participant);
                let device = DeviceId::of(&device_key);
                let invited = invitation(tx.connection, &study, &code)?.ok_or(JoinError::NotFound)?;
                match invited.used_by {
                    Some(used_by) if used_by != device => return Err(JoinError::Used),
                    None if !invited.is_open(now) => return Err(JoinError::Gone),
                    _ => {}
                }
                if invited.used_by.is_none() {
                    ending::take_part_again(tx, &study, &participant)?;
                }
                let sql = "UPDATE invitation SET used_by = ?3 WHERE study = ?1 AND code = ?2";
                let used = tx.connection.prepare_cached(sql).map_err(StoreError::from)?;
                execute(used, (study.0, code.0, device.0))?;
                let sql = "INSERT INTO recovery_key (study, participant, recovery_key, since) VALUES (?1, ?2, ?3, ?4)
                           ON CONFLICT DO NOTHING";
                let known = tx.connection.prepare_cached(sql).map_err(StoreError::from)?;
                execute(known, (study.0, participant.0, recovery_key.0, signed(now)))?;
                admit(tx, study, participant, &device_key, token, now)
            })
            .await
    }

    /// Lets a device join that has proven the recovery key: to the study that it names, else to the likeliest one. The reply
    /// names the others.
    pub async fn recover(
        &self,
        study: Option<StudyId>,
        recovery_key: VerifyingKey,
        device_key: VerifyingKey,
        token: Hash,
        now: u64,
    ) -> Result<Joined, JoinError> {
        self.writer
            .write(move |tx| {
                let owners = owners::owners(tx.connection, &recovery_key)?;
                let mut named = owners.iter().filter(|owner| study.is_none_or(|study| study == owner.0));
                let (study, participant) = *named.next().ok_or(JoinError::NotFound)?;
                let mut joined = admit(tx, study, participant, &device_key, token, now)?;
                for (other, _) in owners {
                    if other != study && !joined.others.contains(&other) {
                        joined.others.push(other);
                    }
                }
                Ok(joined)
            })
            .await
    }
}

fn execute(mut statement: rusqlite::CachedStatement<'_>, row: impl rusqlite::Params) -> Result<usize, StoreError> {
    Ok(statement.execute(row)?)
}

fn invitation(connection: &Connection, study: &StudyId, code: &CodeId) -> Result<Option<Invited>, StoreError> {
    let sql = "SELECT participant, enrol_key, minimum_version, expires_at, signature, used_by,
                   revoked_at IS NOT NULL OR EXISTS (SELECT 1 FROM study_end e WHERE e.study = ?1)
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
            used_by: column::bytes(row, 5)?.and_then(DeviceId::from_slice),
            revoked: row.get(6)?,
        })
    });
    Ok(invited.optional()?)
}

fn admit(
    tx: &Tx<'_>,
    study: StudyId,
    participant: ParticipantId,
    device_key: &VerifyingKey,
    token: Hash,
    now: u64,
) -> Result<Joined, JoinError> {
    let device = DeviceId::of(device_key);
    match logs::participant_of(tx.connection, &study, &device)? {
        Some(owner) if owner != participant => return Err(JoinError::OtherParticipant),
        Some(_) => {}
        None => insert_device(tx, &study, &participant, device_key, now)?,
    }
    tokens::insert_device(tx, token, &study, &device, now)?;
    let document = studies::newest(tx.connection, &study)?.ok_or(JoinError::NotFound)?;
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
