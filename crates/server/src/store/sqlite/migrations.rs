//! The schema's steps, in order. A step is never edited once it has been in use; `user_version` counts those done.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::super::error::OpenError;
use super::super::opening::Opening;
use crate::entropy;

const STEPS: [&str; 7] = [
    include_str!("migrations/0001_records.sql"),
    include_str!("migrations/0002_parts.sql"),
    include_str!("migrations/0003_parts_and_challenges.sql"),
    include_str!("migrations/0004_stewardship.sql"),
    include_str!("migrations/0005_record_bytes.sql"),
    include_str!("migrations/0006_checkpoints_by_seq.sql"),
    include_str!("migrations/0007_one_token_for_a_phone.sql"),
];
/// "WmSv": tells a Waymark server's database from any other.
pub const APPLICATION_ID: i64 = 0x576d_5376;

/// How many steps this server knows.
pub fn known() -> i64 {
    i64::try_from(STEPS.len()).expect("there are few steps")
}

/// How many steps have been done.
pub fn done(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Refuses what is no Waymark server's database.
pub fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let done = done(connection)?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if done > 0 && application == APPLICATION_ID { Ok(()) } else { Err(OpenError::Foreign(path.to_owned())) }
}

/// Does the steps that are missing, all or none, as far as whoever opens it may.
pub fn migrate(connection: &mut Connection, path: &Path, opening: Opening) -> Result<(), OpenError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = done(&tx)?;
    let application: i64 = tx.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let ours = if done == 0 { tables == 0 } else { application == APPLICATION_ID };
    if !ours {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if done > known() {
        return Err(OpenError::Newer { path: path.to_owned(), found: done, known: known() });
    }
    if done == known() {
        return Ok(());
    }
    match done {
        0 if !opening.makes() => return Err(OpenError::Missing(path.to_owned())),
        1.. if !opening.updates() => return Err(OpenError::Older(path.to_owned())),
        _ => {}
    }
    for step in STEPS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        tx.execute_batch(step)?;
    }
    if done < 3 {
        tx.execute("INSERT INTO meta (name, value) VALUES ('challenge_key', ?1)", [entropy::bytes::<32>()])?;
    }
    if done == 0 {
        tx.execute("INSERT INTO meta (name, value) VALUES ('epoch', ?1)", [entropy::bytes::<16>()])?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    tx.pragma_update(None, "user_version", known())?;
    tx.commit()?;
    Ok(())
}
