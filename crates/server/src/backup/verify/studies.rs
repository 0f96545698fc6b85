//! A study's name and documents, and what it or a person has signed beside records.

use rusqlite::Connection;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{SealingKey, Signature, VerifyingKey};
use waymark_protocol::{CodeId, DeviceId, Hash, StudyId};

use super::findings::{Fault, Findings};
use crate::store::StoreError;
use crate::store::sqlite::{column, ordering};

/// A study as it is kept.
pub struct Study {
    /// Its name.
    pub id: StudyId,
    /// The last number that the server has given.
    pub head: u64,
    signing: VerifyingKey,
    encryption: SealingKey,
}

/// Every study.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Study>> {
    let mut statement =
        connection.prepare("SELECT study, head, signing_key, encryption_key FROM study ORDER BY study")?;
    let studies = statement.query_map([], |row| {
        Ok(Study {
            id: column::study(row, 0)?,
            head: column::unsigned(row, 1)?,
            signing: VerifyingKey(column::fixed(row, 2)?),
            encryption: SealingKey(column::fixed(row, 3)?),
        })
    })?;
    studies.collect()
}

/// Checks the name and the documents; returns the study's signing keys.
pub fn check(connection: &Connection, study: &Study, findings: &mut Findings) -> Vec<VerifyingKey> {
    if StudyId::of(&study.signing, &study.encryption) != study.id {
        findings.add(Fault::Document, Some(study.id), "the study's name is not that of its first keys");
    }
    let mut keys = Vec::new();
    findings.check(Some(study.id), "documents", |findings| {
        keys = documents(connection, &study.id, findings)?;
        Ok(())
    });
    keys
}

fn documents(connection: &Connection, study: &StudyId, findings: &mut Findings) -> rusqlite::Result<Vec<VerifyingKey>> {
    let sql = "SELECT version, hash, bytes, signature FROM document WHERE study = ?1 ORDER BY version";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    let (mut before, mut keys): (Option<(u64, Hash)>, Vec<VerifyingKey>) = (None, Vec::new());
    while let Some(row) = rows.next()? {
        let (version, kept_hash) = (column::unsigned(row, 0)?, column::hash(row, 1)?);
        let bytes = column::bytes(row, 2)?.unwrap_or_default().to_vec();
        let hash = Hash::of(&bytes);
        let mut wrong = |what: &str| findings.add(Fault::Document, Some(*study), format!("document {version}: {what}"));
        if hash != kept_hash {
            wrong("the hash that was noted is not its own");
        }
        let signed = SignedDocument { bytes: HexBytes(bytes), signature: Signature(column::fixed(row, 3)?) };
        match signed.verify(study) {
            Err(why) => wrong(&why.to_string()),
            Ok(trusted) => {
                if u64::from(trusted.document.version) != version {
                    wrong("it says another version of itself");
                }
                let follows = before.is_none_or(|(number, hash)| {
                    number + 1 == version && trusted.document.previous == Some(hash.to_string())
                });
                if !follows {
                    wrong("it does not follow the one before");
                }
                if !trusted.keeps(&keys) {
                    wrong("it leaves out a change of the study's keys");
                }
                keys = trusted.signing_keys;
            }
        }
        before = Some((version, hash));
    }
    if before.is_none() {
        findings.add(Fault::Document, Some(*study), "the study has no document");
    }
    Ok(keys)
}

/// Checks invitations, orders, revocations and the sighting.
pub fn check_signed(connection: &Connection, study: StudyId, keys: &[VerifyingKey], findings: &mut Findings) {
    findings.check(Some(study), "invitations", |findings| invitations(connection, study, keys, findings));
    let mut wrong = |what: String| findings.add(Fault::Signature, Some(study), what);
    let unreadable = |error: StoreError| format!("what the study has signed cannot be read: {error}");
    match ordering::erasures(connection, &study, None) {
        Err(error) => wrong(unreadable(error)),
        Ok(orders) => {
            for order in orders.iter().filter(|order| order.verify(&study, keys).is_err()) {
                wrong(format!("the study has not signed the erasure order {}", order.id));
            }
        }
    }
    match ordering::revocations(connection, &study, None) {
        Err(error) => wrong(unreadable(error)),
        Ok(revocations) => {
            for revocation in &revocations {
                let persons = recovery_keys(connection, &study, &revocation.device).unwrap_or_default();
                let all: Vec<VerifyingKey> = keys.iter().copied().chain(persons).collect();
                if revocation.verify(&study, &all).is_err() {
                    wrong(format!("neither study nor person has signed that phone {} is stopped", revocation.device));
                }
            }
        }
    }
    match ordering::sighting(connection, &study) {
        Err(error) => wrong(unreadable(error)),
        Ok(Some(sighting)) if sighting.verify(&study, keys).is_err() => {
            wrong("the study has not signed its last sighting".to_owned());
        }
        Ok(_) => {}
    }
}

fn invitations(
    connection: &Connection,
    study: StudyId,
    keys: &[VerifyingKey],
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let sql = "SELECT code, participant, enrol_key, minimum_version, expires_at, signature FROM invitation
               WHERE study = ?1";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    while let Some(row) = rows.next()? {
        let code = CodeId(column::fixed(row, 0)?);
        let certificate = Certificate {
            study,
            participant: column::participant(row, 1)?,
            enrol_key: VerifyingKey(column::fixed(row, 2)?),
            minimum_version: u32::try_from(column::unsigned(row, 3)?).unwrap_or(u32::MAX),
            expires_at: column::unsigned(row, 4)?,
            signature: Signature(column::fixed(row, 5)?),
        };
        if certificate.verify(&study, keys).is_err() || certificate.code() != code {
            findings.add(Fault::Signature, Some(study), format!("the study has not signed the invitation {code}"));
        }
    }
    Ok(())
}

fn recovery_keys(connection: &Connection, study: &StudyId, device: &DeviceId) -> rusqlite::Result<Vec<VerifyingKey>> {
    let sql = "SELECT recovery_key FROM recovery_key JOIN device USING (study, participant)
               WHERE study = ?1 AND device = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map((study.0, device.0), |row| column::fixed(row, 0).map(VerifyingKey))?;
    keys.collect()
}
