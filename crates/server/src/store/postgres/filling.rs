//! Filling an empty database from a backup, all or nothing.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{GenericClient, Transaction};

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::place::Database;
use super::super::tables::{TABLES, Table};
use super::super::tokens::action;
use super::connecting::Connector;
use super::snapshot::NO_TIME_LIMITS;
use super::{migrated, tokens};
use crate::entropy;

/// Refuses a database that has something in it.
pub async fn refuse_filled(database: &Database) -> Result<(), OpenError> {
    match migrated(&Connector::new(database)?, Opening::Existing).await {
        Ok(client) => refuse_rows(&client).await,
        Err(OpenError::NoTables) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn refuse_rows(client: &impl GenericClient) -> Result<(), OpenError> {
    // A new database has its epoch and its key.
    for table in TABLES.iter().filter(|table| table.name != "meta") {
        let sql = format!("SELECT EXISTS (SELECT FROM {})", table.name);
        if client.query_one(&sql, &[]).await?.try_get(0)? {
            return Err(OpenError::Filled);
        }
    }
    Ok(())
}

/// Fills the database with everything in `from`, which has this server's schema, with a new epoch and a new key of recovery
/// challenges. Servers that are there already wait, and see all of it or nothing.
pub async fn fill(database: &Database, from: &Connection, now: u64) -> Result<(), OpenError> {
    let mut client = migrated(&Connector::new(database)?, Opening::Making).await?;
    client.batch_execute(NO_TIME_LIMITS).await?;
    let tx = client.transaction().await?;
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    tx.batch_execute(&format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "))).await?;
    refuse_rows(&tx).await?;
    tx.batch_execute("DELETE FROM meta").await?;
    for table in &TABLES {
        fill_table(&tx, table, from).await?;
    }
    tx.batch_execute(
        "INSERT INTO audit_head (study, head) SELECT study, max(number) FROM audit GROUP BY study;
         SELECT setval(pg_get_serial_sequence('token', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM token",
    )
    .await?;
    renew(&tx, "epoch", &entropy::bytes::<16>()).await?;
    renew(&tx, "challenge_key", &entropy::bytes::<32>()).await?;
    tokens::audit_operator(&tx, None, action::RESTORED, now).await?;
    Ok(tx.commit().await?)
}

/// Gives the database a new epoch, beside servers that may be running.
pub async fn renew_epoch(database: &Database, now: u64) -> Result<(), OpenError> {
    let mut client = migrated(&Connector::new(database)?, Opening::Existing).await?;
    let tx = client.transaction().await?;
    renew(&tx, "epoch", &entropy::bytes::<16>()).await?;
    tokens::audit_operator(&tx, None, action::RENEWED, now).await?;
    Ok(tx.commit().await?)
}

async fn renew(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), OpenError> {
    match tx.execute("UPDATE meta SET value = $2 WHERE name = $1", &[&name, &value]).await? {
        0 => Err(StoreError::Damaged(format!("there is no {name}")).into()),
        _ => Ok(()),
    }
}

async fn fill_table(tx: &Transaction<'_>, table: &Table, from: &Connection) -> Result<(), OpenError> {
    let columns = table.postgres_columns();
    let shape = tx.prepare(&format!("SELECT {columns} FROM {}", table.name)).await?;
    let types: Vec<Type> = shape.columns().iter().map(|column| column.type_().clone()).collect();
    let sink = tx.copy_in(&format!("COPY {} ({columns}) FROM STDIN BINARY", table.name)).await?;
    let mut writer = std::pin::pin!(BinaryCopyInWriter::new(sink, &types));
    let mut statement = from.prepare(&table.read_sqlite())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(types.len());
        for (at, kind) in types.iter().enumerate() {
            values.push(value(row.get_ref(at)?, kind)?);
        }
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| &**value as _).collect();
        writer.as_mut().write(&values).await?;
    }
    writer.finish().await?;
    Ok(())
}

fn value(value: ValueRef<'_>, kind: &Type) -> Result<Box<dyn ToSql + Sync>, StoreError> {
    let unfit = || StoreError::Damaged(format!("a column does not hold what it should: {kind}"));
    Ok(match (kind, value) {
        (&Type::BYTEA, ValueRef::Null) => Box::new(None::<Vec<u8>>),
        (&Type::TEXT, ValueRef::Null) => Box::new(None::<String>),
        (&Type::INT8, ValueRef::Null) => Box::new(None::<i64>),
        (&Type::BYTEA, ValueRef::Blob(bytes)) => Box::new(bytes.to_vec()),
        (&Type::TEXT, ValueRef::Text(text)) => Box::new(String::from_utf8(text.to_vec()).map_err(|_| unfit())?),
        (&Type::INT8, ValueRef::Integer(number)) => Box::new(number),
        (&Type::INT2, ValueRef::Integer(number)) => Box::new(i16::try_from(number).map_err(|_| unfit())?),
        (&Type::BOOL, ValueRef::Integer(number)) => Box::new(number != 0),
        _ => return Err(unfit()),
    })
}
