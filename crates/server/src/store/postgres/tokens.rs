//! Tokens, kept as hashes, and the audit of what was done with them.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use subtle::ConstantTimeEq;
use tokio_postgres::Row;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{DeviceId, Hash, StudyId};

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::place::Database;
use super::super::staff::made;
use super::super::tokens::{DEVICE, Identity, OPERATOR, Tokens};
use super::connecting::Connector;
use super::work::{ask, transact};
use super::{Postgres, migrated, sql};
use crate::auth::{Role, Staff};
use crate::ingest::DeviceScope;

/// What concerns no study is noted under this; no study has it for a name, which is a hash.
const NO_STUDY: StudyId = StudyId([0; 16]);

#[async_trait]
impl Tokens for Postgres {
    async fn identify(&self, token: Hash) -> Result<Option<Identity>, StoreError> {
        ask!(self.0.identifying, |client| identify(&client, &token))
    }

    async fn audit_reading(&self, by: Staff, study: StudyId, action: &'static str, now: u64) -> Result<(), StoreError> {
        transact!(self, |tx| audit(&tx, by, study, action, now))
    }
}

/// Keeps a person's token, beside servers that may be running.
pub async fn add(
    database: &Database,
    token: Hash,
    role: Role,
    study: Option<StudyId>,
    now: u64,
) -> Result<(), OpenError> {
    let mut client = migrated(&Connector::new(database)?, Opening::Making).await?;
    let tx = client.transaction().await?;
    let study_bytes = study.map(|study| study.0.to_vec());
    let sql = "INSERT INTO token (hash, role, study, made_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[&sql::bytes(&token.0), &role.name(), &study_bytes, &sql::signed(now)]).await?;
    audit_operator(&tx, study, &made(role.name()), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes what was done on the command line; what concerns all studies is noted in each, and in those that come later, see
/// [`audit_earlier`].
pub async fn audit_operator(
    tx: &tokio_postgres::Transaction<'_>,
    study: Option<StudyId>,
    action: &str,
    now: u64,
) -> Result<(), StoreError> {
    let no_token: Option<i64> = None;
    let first = study.unwrap_or(NO_STUDY).0.to_vec();
    tx.execute(AUDIT, &[&first, &sql::signed(now), &OPERATOR, &no_token, &action]).await?;
    if study.is_none() {
        for row in tx.query("SELECT study FROM study ORDER BY study", &[]).await? {
            let each: &[u8] = row.try_get(0)?;
            tx.execute(AUDIT, &[&each, &sql::signed(now), &OPERATOR, &no_token, &action]).await?;
        }
    }
    Ok(())
}

/// Notes in a new study what was done before on all studies. It is held still meanwhile: what is done next sees the study.
pub async fn audit_earlier(tx: &impl GenericClient, study: &StudyId) -> Result<(), StoreError> {
    let all = sql::bytes(&NO_STUDY.0);
    let sql = "INSERT INTO audit_head (study, head) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    sql::execute(tx, sql, &[&all]).await?;
    sql::query_one(tx, "SELECT head FROM audit_head WHERE study = $1 FOR UPDATE", &[&all]).await?;
    let sql = "SELECT at, role, token, action FROM audit WHERE study = $1 ORDER BY number";
    for row in sql::query(tx, sql, &[&all]).await? {
        let (at, role, token, action): (i64, &str, Option<i64>, &str) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        sql::execute(tx, AUDIT, &[&sql::bytes(&study.0), &at, &role, &token, &action]).await?;
    }
    Ok(())
}

async fn identify(client: &impl GenericClient, token: &Hash) -> Result<Option<Identity>, StoreError> {
    let sql = "SELECT t.id, t.hash, t.role, t.study, t.device, d.participant, d.device_key,
                   EXISTS (SELECT FROM revocation r WHERE r.study = t.study AND r.device = t.device) FROM token t
               LEFT JOIN device d ON d.study = t.study AND d.device = t.device
               WHERE t.hash = $1 AND t.revoked_at IS NULL";
    match sql::query_opt(client, sql, &[&sql::bytes(&token.0)]).await? {
        Some(row) => identity(&row, token),
        None => Ok(None),
    }
}

fn identity(row: &Row, token: &Hash) -> Result<Option<Identity>, StoreError> {
    let same: bool = sql::hash(row, 1)?.0.ct_eq(&token.0).into();
    if !same {
        return Ok(None);
    }
    let role: &str = row.try_get(2)?;
    let study = row.try_get::<_, Option<&[u8]>>(3)?.and_then(StudyId::from_slice);
    if role != DEVICE {
        let token = row.try_get(0)?;
        return Ok(Role::named(role).map(|role| Identity::Staff(Staff { token, role, study })));
    }
    let revoked = row.try_get(7)?;
    let (device, participant) = (sql::device(row, 4)?, sql::participant(row, 5)?);
    let key = VerifyingKey(sql::fixed(row, 6)?);
    Ok(study.map(|study| Identity::Device { scope: DeviceScope { study, participant, device, key }, revoked }))
}

/// Keeps a person's token for a study.
pub async fn insert_staff(
    tx: &impl GenericClient,
    token: Hash,
    role: Role,
    study: &StudyId,
    now: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO token (hash, role, study, made_at) VALUES ($1, $2, $3, $4)";
    sql::execute(tx, sql, &[&sql::bytes(&token.0), &role.name(), &sql::bytes(&study.0), &sql::signed(now)]).await?;
    Ok(())
}

/// Keeps a phone's token. The one that it had before is good no more.
pub async fn insert_device(
    tx: &impl GenericClient,
    token: Hash,
    study: &StudyId,
    device: &DeviceId,
    now: u64,
) -> Result<(), StoreError> {
    let (token, study, device) = (sql::bytes(&token.0), sql::bytes(&study.0), sql::bytes(&device.0));
    sql::execute(tx, "DELETE FROM token WHERE study = $1 AND device = $2", &[&study, &device]).await?;
    let sql = "INSERT INTO token (hash, role, study, device, made_at) VALUES ($1, $2, $3, $4, $5)";
    sql::execute(tx, sql, &[&token, &DEVICE, &study, &device, &sql::signed(now)]).await?;
    Ok(())
}

/// The number comes from a row of its own, so that noting that someone has read does not wait for pushes.
const AUDIT: &str = "WITH next AS (INSERT INTO audit_head (study, head) VALUES ($1, 1)
                                   ON CONFLICT (study) DO UPDATE SET head = audit_head.head + 1 RETURNING head)
                     INSERT INTO audit (study, number, at, role, token, action)
                     SELECT $1, head, $2, $3, $4, $5 FROM next";

/// Notes what a person did from a phone; which phone is nobody's business here.
pub async fn audit_phone(tx: &impl GenericClient, study: &StudyId, action: &str, now: u64) -> Result<(), StoreError> {
    let no_token: Option<i64> = None;
    sql::execute(tx, AUDIT, &[&sql::bytes(&study.0), &sql::signed(now), &DEVICE, &no_token, &action]).await?;
    Ok(())
}

/// Notes who did what when. The last thing that a transaction does: whoever notes waits for others who note about the same study.
pub async fn audit(
    tx: &impl GenericClient,
    by: Staff,
    study: StudyId,
    action: &str,
    now: u64,
) -> Result<(), StoreError> {
    let params: sql::Params<'_> =
        &[&sql::bytes(&study.0), &sql::signed(now), &by.role.name(), &Some(by.token), &action];
    sql::execute(tx, AUDIT, params).await?;
    Ok(())
}
