//! Making erased bytes leave the database's files.
//!
//! PostgreSQL zeroes nothing: an erasure writes a new row and leaves the old one in the table's file until it is rewritten, and in
//! the write-ahead log until that part of it is removed. The sweep rewrites the table that holds what phones sent, and the
//! statistics, in which samples of it were until the tables' third step; writes everything to the files, and begins a new part of
//! the log, so that the old parts leave with the next checkpoints: at once where the database's server neither recycles
//! (`wal_recycle = off`) nor keeps or archives them, else when it lets go of them.

use std::time::{Duration, Instant};

use tokio_postgres::Client;

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::place::Database;
use super::connecting::Connector;
use super::migrated;

/// How long a sweep waits for transactions that began before it.
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Rewrites the table in which bytes of phones have been, so that erased ones are gone from the files; returns what is left to the
/// operator, each in a sentence. Whatever reads or writes records waits meanwhile.
pub async fn sweep(database: &Database) -> Result<Vec<String>, OpenError> {
    let client = migrated(&Connector::new(database)?, Opening::Existing).await?;
    // Waits for the readers of this moment, and takes as long as the table is large.
    client.batch_execute("SET lock_timeout = '5min'; SET statement_timeout = 0").await?;
    wait_for_older(&client).await?;
    client.batch_execute("VACUUM (FULL, ANALYZE) record").await?;
    let mut by_hand = Vec::new();
    // For others it would be passed over with a warning that nobody sees. Without it what phones sent is gone from its table all the
    // same, and has to leave the log.
    let rewrite = "VACUUM (FULL) pg_catalog.pg_statistic";
    if !owns_the_database(&client).await? || client.batch_execute(rewrite).await.is_err() {
        by_hand.push(
            "run VACUUM FULL pg_statistic as the database's owner: statistics of an earlier version may hold erased bytes"
                .to_owned(),
        );
    }
    // The second checkpoint removes the part of the log that the first one began in.
    for (statement, otherwise) in [
        ("CHECKPOINT", "run CHECKPOINT as a superuser: erased bytes are in the data files until then"),
        ("SELECT pg_switch_wal()", "run SELECT pg_switch_wal() as a superuser"),
        ("CHECKPOINT", "run CHECKPOINT once more"),
    ] {
        match client.batch_execute(statement).await {
            Ok(()) => {}
            Err(error) if is_not_allowed(&error) => by_hand.push(otherwise.to_owned()),
            Err(error) => return Err(StoreError::from(error).into()),
        }
    }
    by_hand.extend(what_keeps_the_log(&client).await?);
    Ok(by_hand)
}

/// Whoever owns a database may rewrite its catalog.
async fn owns_the_database(client: &Client) -> Result<bool, StoreError> {
    let sql = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()";
    Ok(client.query_one(sql, &[]).await?.try_get(0)?)
}

/// What makes the database's server keep old parts of the write-ahead log beyond the sweep's checkpoints.
async fn what_keeps_the_log(client: &Client) -> Result<Vec<String>, OpenError> {
    let sql = "SELECT current_setting('wal_recycle') = 'on', current_setting('archive_mode') <> 'off',
                   (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_keep_size') > 0,
                   EXISTS (SELECT FROM pg_replication_slots WHERE restart_lsn IS NOT NULL)";
    let row = client.query_one(sql, &[]).await?;
    let reasons = [
        "wal_recycle is on: old parts of the write-ahead log keep erased bytes until they are written over; \
         turn it off, or wait for its window to pass",
        "the write-ahead log is archived: remove what was archived before this sweep",
        "wal_keep_size is more than 0: so much of the write-ahead log keeps erased bytes; set it to 0, or sweep again once as \
         much has been written",
        "replication slots keep the write-ahead log from their restart_lsn on: pg_replication_slots names them; let their \
         readers read on, or drop them, and sweep again",
    ];
    let mut kept = Vec::new();
    for (at, reason) in reasons.iter().enumerate() {
        if row.try_get(at)? {
            kept.push((*reason).to_owned());
        }
    }
    Ok(kept)
}

/// Returns when every transaction that began before this moment has ended, in this database or beside it, on a standby that says
/// what it reads, too: a rewrite keeps whatever one of them could still see.
async fn wait_for_older(client: &Client) -> Result<(), OpenError> {
    let now: String = client.query_one("SELECT pg_current_xact_id()::xid::text", &[]).await?.try_get(0)?;
    let sql = "SELECT age(pg_snapshot_xmin(pg_current_snapshot())::xid) >= age($1::text::xid)
                   OR EXISTS (SELECT FROM pg_stat_activity
                              WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid()
                                AND age(backend_xmin) >= age($1::text::xid))
                   OR EXISTS (SELECT FROM pg_replication_slots WHERE age(xmin) >= age($1::text::xid))";
    let start = Instant::now();
    while client.query_one(sql, &[&now]).await?.try_get(0)? {
        if start.elapsed() > PATIENCE {
            return Err(OpenError::Unswept);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}

fn is_not_allowed(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE)
}
