//! Consistent copies of the database file, and what a restored one is given.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};

use super::super::blobs::{Object, PartKey};
use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::snapshot::Snapshot;
use super::super::tokens::action;
use super::{file, tokens};
use crate::entropy;

/// The file, which a server may be writing.
pub struct Live(PathBuf);

impl Live {
    /// The database in `folder`; there has to be one.
    pub fn find(folder: &Path) -> Result<Self, OpenError> {
        file::find(folder).map(Self)
    }
}

#[async_trait(?Send)]
impl Snapshot for Live {
    async fn write(&self, path: PathBuf) -> Result<(), OpenError> {
        let from = self.0.clone();
        let copying = tokio::task::spawn_blocking(move || {
            // Rows are copied one by one into a new file: free pages do not come along.
            file::open_existing(&from)?.execute("VACUUM INTO ?1", [utf8(&path)?])?;
            file::open_copy(&path).map(drop)
        });
        copying.await.unwrap_or(Err(StoreError::GivenUp.into()))
    }

    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, OpenError> {
        let connection = file::open_existing(&self.0)?;
        let sql = "SELECT name FROM part WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = 1";
        let columns = (key.study.0, key.participant.0, key.hash.0);
        let name = connection.query_row(sql, columns, |row| row.get(0)).optional()?;
        Ok(name.map(|name| Object { key, name }))
    }
}

fn utf8(path: &Path) -> Result<&str, OpenError> {
    path.to_str().ok_or_else(|| OpenError::Folder {
        path: path.to_owned(),
        error: std::io::Error::new(std::io::ErrorKind::InvalidFilename, "the path is not UTF-8"),
    })
}

/// Makes the copied file in `folder` a server's database: up to date, with a new epoch and a new key of recovery challenges.
pub fn adopt(folder: &Path, now: u64) -> Result<(), OpenError> {
    let connection = file::open_writer(&file::find(folder)?, Opening::Serving)?;
    let tx = connection.unchecked_transaction()?;
    renew(&tx, "epoch", &entropy::bytes::<16>())?;
    renew(&tx, "challenge_key", &entropy::bytes::<32>())?;
    tokens::audit_operator(&tx, None, action::RESTORED, now)?;
    tx.commit()?;
    // Nothing is left beside the file.
    connection.close().map_err(|(_, error)| error.into())
}

/// Gives the database in `folder` a new epoch, beside a server that may be running.
pub fn renew_epoch(folder: &Path, now: u64) -> Result<(), OpenError> {
    let connection = file::open_beside(folder, Opening::Existing)?;
    let tx = connection.unchecked_transaction()?;
    renew(&tx, "epoch", &entropy::bytes::<16>())?;
    tokens::audit_operator(&tx, None, action::RENEWED, now)?;
    Ok(tx.commit()?)
}

fn renew(connection: &Connection, name: &str, value: &[u8]) -> Result<(), OpenError> {
    match connection.execute("UPDATE meta SET value = ?2 WHERE name = ?1", (name, value))? {
        0 => Err(StoreError::Damaged(format!("there is no {name}")).into()),
        _ => Ok(()),
    }
}
