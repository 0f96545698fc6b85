//! Studies and their documents.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::keys::Signature;
use waymark_protocol::{Hash, StudyId};

use super::super::error::StoreError;
use super::super::studies::{NewDocument, NewStudy, Newest, Studies, StudyError};
use super::super::tokens::action;
use super::work::{ask, transact};
use super::{Postgres, logs, sql, tokens};
use crate::auth::{Role, Staff};

#[async_trait]
impl Studies for Postgres {
    async fn register(&self, new: NewStudy, token: Hash, by: Staff, now: u64) -> Result<Epoch, StudyError> {
        transact!(self, |tx| register(&tx, &new, token, by, now))
    }

    async fn publish(&self, study: StudyId, new: NewDocument, by: Staff, now: u64) -> Result<(), StudyError> {
        transact!(self, |tx| publish(&tx, &study, &new, by, now))
    }

    async fn newest_document(&self, study: StudyId) -> Result<Option<SignedDocument>, StoreError> {
        let newest = ask!(self, |client| newest(&client, &study));
        Ok(newest?.map(|newest| newest.signed))
    }
}

async fn register(
    tx: &impl GenericClient,
    new: &NewStudy,
    token: Hash,
    by: Staff,
    now: u64,
) -> Result<Epoch, StudyError> {
    let study = &new.study;
    // Waits for another process that registers the same study at this moment.
    let sql = "INSERT INTO study (study, signing_key, encryption_key, registered_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT DO NOTHING";
    let keys = (sql::bytes(&new.signing_key.0), sql::bytes(&new.encryption_key.0));
    if sql::execute(tx, sql, &[&sql::bytes(&study.0), &keys.0, &keys.1, &sql::signed(now)]).await? > 0 {
        insert_document(tx, study, &new.document, now).await?;
        tokens::audit_earlier(tx, study).await?;
    } else {
        logs::lock(tx, study).await?;
        let joined =
            sql::query_opt(tx, "SELECT 1 FROM device WHERE study = $1 LIMIT 1", &[&sql::bytes(&study.0)]).await?;
        let newest = newest(tx, study).await?.ok_or(StudyError::NotFound)?;
        newest.may_register_again(&new.document, joined.is_some())?;
    }
    tokens::insert_staff(tx, token, Role::Researcher, study, now).await?;
    tokens::audit(tx, by, *study, action::REGISTERED, now).await?;
    Ok(logs::epoch(tx).await?)
}

async fn publish(
    tx: &impl GenericClient,
    study: &StudyId,
    new: &NewDocument,
    by: Staff,
    now: u64,
) -> Result<(), StudyError> {
    logs::lock(tx, study).await?;
    if !newest(tx, study).await?.ok_or(StudyError::NotFound)?.is_followed_by(new)? {
        return Ok(());
    }
    insert_document(tx, study, new, now).await?;
    Ok(tokens::audit(tx, by, *study, action::PUBLISHED, now).await?)
}

/// The newest document; none when there is no such study.
pub async fn newest(client: &impl GenericClient, study: &StudyId) -> Result<Option<Newest>, StoreError> {
    let sql = "SELECT bytes, signature, version FROM document WHERE study = $1 ORDER BY version DESC LIMIT 1";
    let Some(row) = sql::query_opt(client, sql, &[&sql::bytes(&study.0)]).await? else {
        return Ok(None);
    };
    let signed = SignedDocument { bytes: HexBytes(row.try_get(0)?), signature: Signature(sql::fixed(&row, 1)?) };
    let version = u32::try_from(sql::unsigned(&row, 2)?);
    let version = version.map_err(|_| StoreError::Damaged("a document's version is not one".to_owned()))?;
    Ok(Some(Newest { signed, version }))
}

async fn insert_document(
    tx: &impl GenericClient,
    study: &StudyId,
    new: &NewDocument,
    now: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO document (study, version, hash, bytes, signature, published_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let SignedDocument { bytes, signature } = &new.signed;
    let (study, hash) = (sql::bytes(&study.0), Hash::of(&bytes.0));
    let (hash, signature) = (sql::bytes(&hash.0), sql::bytes(&signature.0));
    let params: sql::Params<'_> = &[&study, &i64::from(new.version), &hash, &bytes.0, &signature, &sql::signed(now)];
    sql::execute(tx, sql, params).await?;
    Ok(())
}
