//! The schema's steps, in order. A step is never edited once it has been in use; `waymark_schema` counts those done.

use tokio_postgres::Client;

use super::super::error::OpenError;
use super::super::opening::Opening;
use crate::entropy;

const STEPS: [&str; 6] = [
    include_str!("migrations/0001_tables.sql"),
    include_str!("migrations/0002_stewardship.sql"),
    include_str!("migrations/0003_no_statistics.sql"),
    include_str!("migrations/0004_record_bytes.sql"),
    include_str!("migrations/0005_checkpoints_by_seq.sql"),
    include_str!("migrations/0006_one_token_for_a_phone.sql"),
];
/// "WmSv": processes that start at once take turns.
const LOCK: i64 = 0x576d_5376;

/// How many steps this server knows.
pub fn known() -> i64 {
    i64::try_from(STEPS.len()).expect("there are few steps")
}

/// The steps as they are written.
#[cfg(test)]
pub fn text() -> impl Iterator<Item = &'static str> {
    STEPS.into_iter()
}

/// Does the steps that are missing, all or none, as far as whoever opens it may. Refuses another program's tables and a newer
/// server's.
pub async fn migrate(client: &mut Client, opening: Opening) -> Result<(), OpenError> {
    if done(client).await? == Some(known()) {
        return Ok(());
    }
    let tx = client.transaction().await?;
    // A step takes as long as it takes, and who starts meanwhile waits.
    tx.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
    tx.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    let done = match done(tx.client()).await? {
        // Another process has done them meanwhile.
        Some(done) if done == known() => return Ok(()),
        Some(done) if done > known() => return Err(OpenError::NewerTables { found: done, known: known() }),
        Some(done) if !opening.updates() => return Err(OpenError::OlderTables { found: done, known: known() }),
        Some(done) => done,
        None => {
            let tables = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema())";
            if tx.query_one(tables, &[]).await?.try_get(0)? {
                return Err(OpenError::ForeignTables);
            }
            if !opening.makes() {
                return Err(OpenError::NoTables);
            }
            tx.batch_execute(
                "CREATE TABLE waymark_schema (version BIGINT NOT NULL); INSERT INTO waymark_schema VALUES (0)",
            )
            .await?;
            0
        }
    };
    for step in STEPS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        tx.batch_execute(step).await?;
    }
    if done == 0 {
        let (epoch, key) = (entropy::bytes::<16>(), entropy::bytes::<32>());
        let sql = "INSERT INTO meta (name, value) VALUES ('epoch', $1), ('challenge_key', $2)";
        tx.execute(sql, &[&epoch.as_slice(), &key.as_slice()]).await?;
    }
    tx.execute("UPDATE waymark_schema SET version = $1", &[&known()]).await?;
    tx.commit().await?;
    Ok(())
}

/// How many steps have been done; none when it is not a Waymark server's database.
async fn done(client: &Client) -> Result<Option<i64>, OpenError> {
    // As the statement's snapshot sees it: a look-up by name may still remember that there was none.
    let sql =
        "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'waymark_schema')";
    if !client.query_one(sql, &[]).await?.try_get::<_, bool>(0)? {
        return Ok(None);
    }
    Ok(Some(client.query_one("SELECT version FROM waymark_schema", &[]).await?.try_get(0)?))
}
