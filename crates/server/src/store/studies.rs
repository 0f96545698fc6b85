//! Studies and their documents.

use rusqlite::{Connection, OptionalExtension, Row};
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::keys::{SealingKey, Signature, VerifyingKey};
use waymark_protocol::{Hash, StudyId};

use super::column::{self, signed};
use super::error::StoreError;
use super::writer::Tx;
use super::{Store, logs, tokens};
use crate::auth::{Role, Staff};

/// Why a study or a document was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StudyError {
    /// There is no such study.
    #[error("there is no such study")]
    NotFound,
    /// The version or the predecessor does not follow the newest document.
    #[error("the document does not follow version {newest}")]
    Conflict {
        /// The newest version.
        newest: u32,
    },
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A study that proves its name, and its first document.
pub struct NewStudy {
    /// Its name.
    pub study: StudyId,
    /// Its first signing key.
    pub signing_key: VerifyingKey,
    /// Its first encryption key.
    pub encryption_key: SealingKey,
    /// The document.
    pub document: NewDocument,
}

/// A document whose signature has been checked.
pub struct NewDocument {
    /// As signed.
    pub signed: SignedDocument,
    /// Its version.
    pub version: u32,
    /// Its predecessor's hash in hex, as it says.
    pub previous: Option<String>,
}

impl Store {
    /// Registers a study, or finds that it is registered with this very document, and keeps a researcher's token for it.
    pub async fn register(&self, new: NewStudy, token: Hash, by: Staff, now: u64) -> Result<Epoch, StudyError> {
        self.writer
            .write(move |tx| {
                let study = new.study;
                if logs::study_head(tx.connection, &study)?.is_none() {
                    insert_study(tx, &new, now)?;
                    insert_document(tx, &study, &new.document, now)?;
                } else if newest(tx.connection, &study)?.is_none_or(|newest| newest != new.document.signed) {
                    return Err(conflict(tx.connection, &study)?);
                }
                tokens::insert_staff(tx, token, Role::Researcher, Some(study), now)?;
                tokens::audit(tx, by, Some(study), "study registered", now)?;
                Ok(logs::epoch(tx.connection)?)
            })
            .await
    }

    /// Publishes the next document; the newest one again changes nothing.
    pub async fn publish(&self, study: StudyId, new: NewDocument, by: Staff, now: u64) -> Result<(), StudyError> {
        self.writer
            .write(move |tx| {
                let newest = newest(tx.connection, &study)?.ok_or(StudyError::NotFound)?;
                if newest == new.signed {
                    return Ok(());
                }
                let version = newest_version(tx.connection, &study)?;
                let follows = version.checked_add(1) == Some(new.version)
                    && new.previous == Some(Hash::of(&newest.bytes.0).to_string());
                if !follows {
                    return Err(StudyError::Conflict { newest: version });
                }
                insert_document(tx, &study, &new, now)?;
                Ok(tokens::audit(tx, by, Some(study), "document published", now)?)
            })
            .await
    }

    /// The newest document; none when there is no such study.
    pub async fn newest_document(&self, study: StudyId) -> Result<Option<SignedDocument>, StoreError> {
        self.readers.read(move |connection| newest(connection, &study)).await
    }
}

/// The newest document.
pub fn newest(connection: &Connection, study: &StudyId) -> Result<Option<SignedDocument>, StoreError> {
    let sql = "SELECT bytes, signature FROM document WHERE study = ?1 ORDER BY version DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([study.0], document).optional()?)
}

/// The newest document's version.
pub fn newest_version(connection: &Connection, study: &StudyId) -> Result<u32, StoreError> {
    let sql = "SELECT version FROM document WHERE study = ?1 ORDER BY version DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([study.0], |row| row.get(0))?)
}

fn document(row: &Row<'_>) -> rusqlite::Result<SignedDocument> {
    let bytes = column::bytes(row, 0)?.unwrap_or_default().to_vec();
    Ok(SignedDocument { bytes: HexBytes(bytes), signature: Signature(column::fixed(row, 1)?) })
}

fn conflict(connection: &Connection, study: &StudyId) -> Result<StudyError, StoreError> {
    Ok(StudyError::Conflict { newest: newest_version(connection, study)? })
}

fn insert_study(tx: &Tx<'_>, new: &NewStudy, now: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO study (study, signing_key, encryption_key, registered_at) VALUES (?1, ?2, ?3, ?4)";
    let row = (new.study.0, new.signing_key.0, new.encryption_key.0, signed(now));
    tx.connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn insert_document(tx: &Tx<'_>, study: &StudyId, new: &NewDocument, now: u64) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO document (study, version, hash, bytes, signature, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let SignedDocument { bytes, signature } = &new.signed;
    let row = (study.0, new.version, Hash::of(&bytes.0).0, &bytes.0, signature.0, signed(now));
    tx.connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}
