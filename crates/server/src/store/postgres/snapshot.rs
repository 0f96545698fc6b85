//! Consistent copies of the database into a file of the embedded engine's.

use std::path::PathBuf;

use async_trait::async_trait;
use futures_util::TryStreamExt;
use rusqlite::Connection;
use rusqlite::types::Value;
use tokio::sync::Mutex;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, IsolationLevel, Row, Transaction};

use super::super::blobs::{Object, PartKey};
use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::place::Database;
use super::super::snapshot::Snapshot;
use super::super::sqlite::file;
use super::super::tables::{TABLES, Table};
use super::connecting::Connector;
use super::{migrated, sql};

/// What one transaction of the command line is freed of: it takes as long as the database is large.
pub const NO_TIME_LIMITS: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

/// A connection to a database that servers may be using.
pub struct Live(Mutex<Client>);

impl Live {
    /// Connects; the database has to have this server's tables.
    pub async fn connect(database: &Database) -> Result<Self, OpenError> {
        let client = migrated(&Connector::new(database)?, Opening::Existing).await?;
        client.batch_execute(NO_TIME_LIMITS).await?;
        Ok(Self(Mutex::new(client)))
    }
}

#[async_trait(?Send)]
impl Snapshot for Live {
    async fn write(&self, path: PathBuf) -> Result<(), OpenError> {
        let copy = file::open_copy(&path)?;
        // One that is not finished is thrown away.
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; DELETE FROM meta")?;
        let mut client = self.0.lock().await;
        let level = IsolationLevel::RepeatableRead;
        let tx = client.build_transaction().isolation_level(level).read_only(true).start().await?;
        for table in &TABLES {
            copy_table(&tx, table, &copy).await?;
        }
        tx.commit().await?;
        copy.execute_batch("COMMIT")?;
        copy.close().map_err(|(_, error)| error.into())
    }

    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, OpenError> {
        let sql = "SELECT name FROM part WHERE study = $1 AND participant = $2 AND hash = $3 AND state = 1";
        let columns: sql::Params<'_> =
            &[&sql::bytes(&key.study.0), &sql::bytes(&key.participant.0), &sql::bytes(&key.hash.0)];
        let kept = self.0.lock().await.query_opt(sql, columns).await?;
        let name = kept.map(|row| row.try_get(0)).transpose()?;
        Ok(name.map(|name| Object { key, name }))
    }
}

/// Copies a table, a row at a time: the connection reads on no faster than rows are written.
async fn copy_table(tx: &Transaction<'_>, table: &Table, copy: &Connection) -> Result<(), OpenError> {
    let write = table.write_sqlite();
    let none: [i64; 0] = [];
    let mut rows = Box::pin(tx.query_raw(&table.read_postgres(), none).await?);
    while let Some(row) = rows.try_next().await? {
        let values = (0..row.len()).map(|at| value(&row, at)).collect::<Result<Vec<_>, _>>()?;
        copy.prepare_cached(&write)?.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(())
}

fn value(row: &Row, at: usize) -> Result<Value, StoreError> {
    let value = match *row.columns()[at].type_() {
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Blob),
        Type::TEXT => row.try_get::<_, Option<String>>(at)?.map(Value::Text),
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map(Value::Integer),
        Type::INT2 => row.try_get::<_, Option<i16>>(at)?.map(|number| Value::Integer(number.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map(|flag| Value::Integer(flag.into())),
        ref other => return Err(StoreError::Database(format!("a column of type {other} cannot be copied"))),
    };
    Ok(value.unwrap_or(Value::Null))
}
