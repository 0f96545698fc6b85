//! Tokens, kept as hashes, and the audit of what was done with them.

use std::path::Path;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};
use subtle::ConstantTimeEq;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{DeviceId, Hash, StudyId};

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::staff::made;
use super::super::tokens::{DEVICE, Identity, OPERATOR, Tokens};
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, file};
use crate::auth::{Role, Staff};
use crate::ingest::DeviceScope;

#[async_trait]
impl Tokens for Sqlite {
    async fn identify(&self, token: Hash) -> Result<Option<Identity>, StoreError> {
        self.identifying.read(move |connection| identify(connection, &token)).await
    }

    async fn audit_reading(&self, by: Staff, study: StudyId, action: &'static str, now: u64) -> Result<(), StoreError> {
        self.writer.write(move |tx| audit(tx, by, study, action, now)).await
    }
}

/// Keeps a person's token in the store of `folder`, beside a server that may be running.
pub fn add(folder: &Path, token: Hash, role: Role, study: Option<StudyId>, now: u64) -> Result<(), OpenError> {
    let connection = file::open_beside(folder, Opening::Making)?;
    let tx = connection.unchecked_transaction()?;
    insert_row(&connection, token, role.name(), study, None, now)?;
    audit_operator(&connection, study, &made(role.name()), now)?;
    tx.commit()?;
    Ok(())
}

/// Notes what was done on the command line; what concerns all studies is noted in each, and in those that come later, see
/// [`audit_earlier`].
pub fn audit_operator(connection: &Connection, study: Option<StudyId>, action: &str, now: u64) -> rusqlite::Result<()> {
    let row = (signed(now), OPERATOR, study.map(|study| study.0), action);
    connection.execute("INSERT INTO audit (at, role, study, action) VALUES (?1, ?2, ?3, ?4)", row)?;
    if study.is_none() {
        let sql = "INSERT INTO audit (at, role, study, action) SELECT ?1, ?2, study, ?3 FROM study";
        connection.execute(sql, (signed(now), OPERATOR, action))?;
    }
    Ok(())
}

/// Notes in a new study what was done before on all studies.
pub fn audit_earlier(tx: &Tx<'_>, study: &StudyId) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (at, role, token, study, action)
               SELECT at, role, token, ?1, action FROM audit WHERE study IS NULL ORDER BY id";
    tx.connection.prepare_cached(sql)?.execute([study.0])?;
    Ok(())
}

fn identify(connection: &Connection, token: &Hash) -> Result<Option<Identity>, StoreError> {
    let sql = "SELECT t.id, t.hash, t.role, t.study, t.device, d.participant, d.device_key,
                   EXISTS (SELECT 1 FROM revocation r WHERE r.study = t.study AND r.device = t.device) FROM token t
               LEFT JOIN device d ON d.study = t.study AND d.device = t.device
               WHERE t.hash = ?1 AND t.revoked_at IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let identity = statement.query_row([token.0], |row| {
        let same: bool = column::hash(row, 1)?.0.ct_eq(&token.0).into();
        let role: String = row.get(2)?;
        let study = column::bytes(row, 3)?.and_then(StudyId::from_slice);
        if !same {
            return Ok(None);
        }
        if role != DEVICE {
            let token = row.get(0)?;
            return Ok(Role::named(&role).map(|role| Identity::Staff(Staff { token, role, study })));
        }
        let revoked = row.get(7)?;
        let scope = study.map(|study| study_device(study, row)).transpose()?;
        Ok(scope.map(|scope| Identity::Device { scope, revoked }))
    });
    Ok(identity.optional()?.flatten())
}

fn study_device(study: StudyId, row: &rusqlite::Row<'_>) -> rusqlite::Result<DeviceScope> {
    let (device, participant) = (column::device(row, 4)?, column::participant(row, 5)?);
    Ok(DeviceScope { study, participant, device, key: VerifyingKey(column::fixed(row, 6)?) })
}

/// Keeps a person's token.
pub fn insert_staff(tx: &Tx<'_>, token: Hash, role: Role, study: Option<StudyId>, now: u64) -> Result<(), StoreError> {
    insert_row(tx.connection, token, role.name(), study, None, now)
}

/// Keeps a phone's token. The one that it had before is good no more.
pub fn insert_device(tx: &Tx<'_>, token: Hash, study: &StudyId, device: &DeviceId, now: u64) -> Result<(), StoreError> {
    let sql = "DELETE FROM token WHERE study = ?1 AND device = ?2";
    tx.connection.prepare_cached(sql)?.execute((study.0, device.0))?;
    insert_row(tx.connection, token, DEVICE, Some(*study), Some(*device), now)
}

fn insert_row(
    connection: &Connection,
    token: Hash,
    role: &str,
    study: Option<StudyId>,
    device: Option<DeviceId>,
    now: u64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO token (hash, role, study, device, made_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = (token.0, role, study.map(|study| study.0), device.map(|device| device.0), signed(now));
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Notes what a person did from a phone; which phone is nobody's business here.
pub fn audit_phone(tx: &Tx<'_>, study: &StudyId, action: &str, now: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (at, role, study, action) VALUES (?1, ?2, ?3, ?4)";
    tx.connection.prepare_cached(sql)?.execute((signed(now), DEVICE, study.0, action))?;
    Ok(())
}

/// Notes who did what when.
pub fn audit(tx: &Tx<'_>, by: Staff, study: StudyId, action: &str, now: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (at, role, token, study, action) VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = (signed(now), by.role.name(), by.token, study.0, action);
    tx.connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Barrier};

    use super::super::READERS;
    use super::*;

    #[tokio::test]
    async fn whoever_comes_is_known_while_every_reader_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(folder.path(), Arc::default()).unwrap());
        let (begun, ended) = (Arc::new(Barrier::new(READERS + 1)), Arc::new(Barrier::new(READERS + 1)));
        let reading: Vec<_> = (0..READERS)
            .map(|_| {
                let (store, begun, ended) = (store.clone(), begun.clone(), ended.clone());
                tokio::spawn(async move {
                    let read = store.readers.read(move |_| {
                        begun.wait();
                        ended.wait();
                        Ok::<_, StoreError>(())
                    });
                    read.await
                })
            })
            .collect();
        let wait = |barrier: Arc<Barrier>| tokio::task::spawn_blocking(move || barrier.wait());
        wait(begun).await.unwrap();
        assert!(store.identify(Hash::of(b"a token")).await.unwrap().is_none());
        wait(ended).await.unwrap();
        for reading in reading {
            reading.await.unwrap().unwrap();
        }
    }
}
