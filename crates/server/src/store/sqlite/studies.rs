//! Studies and their documents.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row};
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::keys::Signature;
use waymark_protocol::{Hash, StudyId};

use super::super::error::StoreError;
use super::super::studies::{NewDocument, NewStudy, Newest, Studies, StudyError};
use super::super::tokens::action;
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, logs, tokens};
use crate::auth::{Role, Staff};

#[async_trait]
impl Studies for Sqlite {
    async fn register(&self, new: NewStudy, token: Hash, by: Staff, now: u64) -> Result<Epoch, StudyError> {
        self.writer
            .write(move |tx| {
                let study = new.study;
                match newest(tx.connection, &study)? {
                    Some(newest) => newest.may_register_again(&new.document, has_joined(tx.connection, &study)?)?,
                    None => {
                        insert_study(tx, &new, now)?;
                        insert_document(tx, &study, &new.document, now)?;
                        tokens::audit_earlier(tx, &study)?;
                    }
                }
                tokens::insert_staff(tx, token, Role::Researcher, Some(study), now)?;
                tokens::audit(tx, by, study, action::REGISTERED, now)?;
                Ok(logs::epoch(tx.connection)?)
            })
            .await
    }

    async fn publish(&self, study: StudyId, new: NewDocument, by: Staff, now: u64) -> Result<(), StudyError> {
        self.writer
            .write(move |tx| {
                let newest = newest(tx.connection, &study)?.ok_or(StudyError::NotFound)?;
                if !newest.is_followed_by(&new)? {
                    return Ok(());
                }
                insert_document(tx, &study, &new, now)?;
                Ok(tokens::audit(tx, by, study, action::PUBLISHED, now)?)
            })
            .await
    }

    async fn newest_document(&self, study: StudyId) -> Result<Option<SignedDocument>, StoreError> {
        self.readers.read(move |connection| Ok(newest(connection, &study)?.map(|newest| newest.signed))).await
    }
}

/// The newest document; none when there is no such study.
pub fn newest(connection: &Connection, study: &StudyId) -> Result<Option<Newest>, StoreError> {
    let sql = "SELECT bytes, signature, version FROM document WHERE study = ?1 ORDER BY version DESC LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([study.0], document).optional()?)
}

fn document(row: &Row<'_>) -> rusqlite::Result<Newest> {
    let bytes = column::bytes(row, 0)?.unwrap_or_default().to_vec();
    let signed = SignedDocument { bytes: HexBytes(bytes), signature: Signature(column::fixed(row, 1)?) };
    Ok(Newest { signed, version: row.get(2)? })
}

/// Whether anybody has joined the study.
fn has_joined(connection: &Connection, study: &StudyId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM device WHERE study = ?1 LIMIT 1")?.exists([study.0])?)
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
