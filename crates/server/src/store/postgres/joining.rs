//! Invitations, and the devices that join through them or through a recovery key.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{Signature, VerifyingKey};
use waymark_protocol::{CodeId, DeviceId, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::joining::{Invited, JoinError, Joined, Joiner, Joining, REMEMBERED_MS, is_known};
use super::super::owners::{Wanted, choose};
use super::super::tokens::action;
use super::work::{ask, transact};
use super::{Postgres, ending, logs, owners, sql, studies, tokens};
use crate::auth::Staff;
use crate::challenges::Answered;

#[async_trait]
impl Joining for Postgres {
    async fn add_invitations(
        &self,
        study: StudyId,
        certificates: Vec<Certificate>,
        by: Staff,
        now: u64,
    ) -> Result<(), StoreError> {
        transact!(self, |tx| add_invitations(&tx, &study, &certificates, by, now))
    }

    async fn revoke_invitation(&self, study: StudyId, code: CodeId, by: Staff, now: u64) -> Result<bool, StoreError> {
        transact!(self, |tx| revoke_invitation(&tx, &study, &code, by, now))
    }

    async fn invitation(&self, study: StudyId, code: CodeId) -> Result<Option<Invited>, StoreError> {
        ask!(self, |client| invitation(&client, &study, &code))
    }

    async fn enrol(&self, certificate: Certificate, joiner: Joiner, now: u64) -> Result<Joined, JoinError> {
        transact!(self, |tx| enrol(&tx, &certificate, &joiner, now))
    }

    async fn recover(&self, answered: Answered, wanted: Wanted, joiner: Joiner, now: u64) -> Result<Joined, JoinError> {
        transact!(self, |tx| recover(&tx, &answered, &wanted, &joiner, now))
    }
}

async fn add_invitations(
    tx: &impl GenericClient,
    study: &StudyId,
    certificates: &[Certificate],
    by: Staff,
    now: u64,
) -> Result<(), StoreError> {
    keep(tx, study, certificates).await?;
    tokens::audit(tx, by, *study, action::INVITED, now).await
}

/// Keeps invitations; those that are there stay as they are.
async fn keep(tx: &impl GenericClient, study: &StudyId, certificates: &[Certificate]) -> Result<(), StoreError> {
    let sql = "INSERT INTO invitation (study, code, participant, enrol_key, minimum_version, expires_at, signature)
               SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::bigint[], $6::bigint[], $7::bytea[])
               ON CONFLICT DO NOTHING";
    let codes: Vec<CodeId> = certificates.iter().map(Certificate::code).collect();
    let codes: Vec<&[u8]> = codes.iter().map(|code| sql::bytes(&code.0)).collect();
    let participants: Vec<&[u8]> =
        certificates.iter().map(|certificate| sql::bytes(&certificate.participant.0)).collect();
    let keys: Vec<&[u8]> = certificates.iter().map(|certificate| sql::bytes(&certificate.enrol_key.0)).collect();
    let versions: Vec<i64> = certificates.iter().map(|certificate| certificate.minimum_version.into()).collect();
    let expiries: Vec<i64> = certificates.iter().map(|certificate| sql::signed(certificate.expires_at)).collect();
    let signatures: Vec<&[u8]> = certificates.iter().map(|certificate| sql::bytes(&certificate.signature.0)).collect();
    let params: sql::Params<'_> =
        &[&sql::bytes(&study.0), &codes, &participants, &keys, &versions, &expiries, &signatures];
    sql::execute(tx, sql, params).await.map(drop)
}

async fn revoke_invitation(
    tx: &impl GenericClient,
    study: &StudyId,
    code: &CodeId,
    by: Staff,
    now: u64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE invitation SET revoked_at = coalesce(revoked_at, $3) WHERE study = $1 AND code = $2";
    let (study_bytes, code) = (sql::bytes(&study.0), sql::bytes(&code.0));
    let found = sql::execute(tx, sql, &[&study_bytes, &code, &sql::signed(now)]).await? > 0;
    if found {
        tokens::audit(tx, by, *study, action::UNINVITED, now).await?;
    }
    Ok(found)
}

async fn enrol(
    tx: &impl GenericClient,
    certificate: &Certificate,
    joiner: &Joiner,
    now: u64,
) -> Result<Joined, JoinError> {
    let (study, code, participant) = (certificate.study, certificate.code(), certificate.participant);
    let device = DeviceId::of(&joiner.device_key);
    logs::lock(tx, &study).await?;
    keep(tx, &study, std::slice::from_ref(certificate)).await?;
    let invited = invitation(tx, &study, &code).await?.ok_or(JoinError::NotFound)?;
    invited.admits(&device, now)?;
    if invited.used_by.is_none() {
        ending::take_part_again(tx, &study, &participant).await?;
    }
    let sql = "UPDATE invitation SET used_by = $3 WHERE study = $1 AND code = $2";
    sql::execute(tx, sql, &[&sql::bytes(&study.0), &sql::bytes(&code.0), &sql::bytes(&device.0)]).await?;
    // A phone that comes again brings no other one.
    if logs::participant_of(tx, &study, &device).await?.is_none() {
        let sql = "INSERT INTO recovery_key (study, participant, recovery_key, since) VALUES ($1, $2, $3, $4)
                   ON CONFLICT DO NOTHING";
        let (participant_bytes, key) = (sql::bytes(&participant.0), sql::bytes(&joiner.recovery_key.0));
        sql::execute(tx, sql, &[&sql::bytes(&study.0), &participant_bytes, &key, &sql::signed(now)]).await?;
    }
    admit(tx, study, participant, joiner, action::JOINED, now).await
}

async fn recover(
    tx: &impl GenericClient,
    answered: &Answered,
    wanted: &Wanted,
    joiner: &Joiner,
    now: u64,
) -> Result<Joined, JoinError> {
    let owners = owners::owners(tx, &joiner.recovery_key, wanted).await?;
    let ((study, participant), others) = choose(&owners, wanted.study).ok_or(JoinError::NotFound)?;
    logs::lock(tx, &study).await?;
    if logs::participant_of(tx, &study, &DeviceId::of(&joiner.device_key)).await?.is_some() {
        return Err(JoinError::InUse);
    }
    // Those that another recovery is forgetting just now are left to it.
    let sql = "DELETE FROM answered_challenge WHERE challenge IN (
                   SELECT challenge FROM answered_challenge WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED)";
    sql::execute(tx, sql, &[&sql::signed(now.saturating_sub(REMEMBERED_MS))]).await?;
    // Of two answers to one challenge that come at once, the second waits here for the first.
    let sql = "INSERT INTO answered_challenge (challenge, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let params: sql::Params<'_> = &[&sql::bytes(&answered.challenge.0), &sql::signed(answered.expires_at)];
    if sql::execute(tx, sql, params).await? == 0 {
        return Err(JoinError::Answered);
    }
    Ok(Joined { others, ..admit(tx, study, participant, joiner, action::RECOVERED, now).await? })
}

async fn invitation(
    client: &impl GenericClient,
    study: &StudyId,
    code: &CodeId,
) -> Result<Option<Invited>, StoreError> {
    let sql = "SELECT participant, enrol_key, minimum_version, expires_at, signature,
                   revoked_at IS NOT NULL OR EXISTS (SELECT FROM study_end e WHERE e.study = $1), used_by
               FROM invitation WHERE study = $1 AND code = $2";
    let Some(row) = sql::query_opt(client, sql, &[&sql::bytes(&study.0), &sql::bytes(&code.0)]).await? else {
        return Ok(None);
    };
    let minimum_version = u32::try_from(sql::unsigned(&row, 2)?);
    let certificate = Certificate {
        study: *study,
        participant: sql::participant(&row, 0)?,
        enrol_key: VerifyingKey(sql::fixed(&row, 1)?),
        minimum_version: minimum_version.map_err(|_| StoreError::Damaged("an invitation's version".to_owned()))?,
        expires_at: sql::unsigned(&row, 3)?,
        signature: Signature(sql::fixed(&row, 4)?),
    };
    let used_by = row.try_get::<_, Option<&[u8]>>(6)?.and_then(DeviceId::from_slice);
    Ok(Some(Invited { certificate, revoked: row.try_get(5)?, used_by }))
}

/// Lets a phone in. What the audit says of a new one is in `how`; one that comes again is not noted again.
async fn admit(
    tx: &impl GenericClient,
    study: StudyId,
    participant: ParticipantId,
    joiner: &Joiner,
    how: &str,
    now: u64,
) -> Result<Joined, JoinError> {
    let device = DeviceId::of(&joiner.device_key);
    let new = !is_known(logs::participant_of(tx, &study, &device).await?, &participant)?;
    if new {
        let sql = "INSERT INTO device (study, device, participant, device_key, joined_at) VALUES ($1, $2, $3, $4, $5)";
        let key = sql::bytes(&joiner.device_key.0);
        let (study, device, owner) = (sql::bytes(&study.0), sql::bytes(&device.0), sql::bytes(&participant.0));
        sql::execute(tx, sql, &[&study, &device, &owner, &key, &sql::signed(now)]).await?;
    }
    tokens::insert_device(tx, joiner.token, &study, &device, now).await?;
    let document = studies::newest(tx, &study).await?.ok_or(JoinError::NotFound)?.signed;
    let epoch = logs::epoch(tx).await?;
    if new {
        tokens::audit_phone(tx, &study, how, now).await?;
    }
    Ok(Joined { study, others: Vec::new(), participant, document, epoch })
}
