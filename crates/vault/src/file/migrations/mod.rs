//! Numbered migrations. One that has landed is never edited: a file's version is how many of them made it.

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// All of them, in order.
pub(crate) const MIGRATIONS: &[&str] =
    &[include_str!("0001_slots_and_objects.sql"), include_str!("0002_several_passphrases.sql")];

/// Runs those that the file has not had, in one transaction, and leaves nothing of it in the log.
///
/// # Errors
///
/// The file stays as it was when one of them fails.
pub(super) fn run(conn: &mut Connection, migrations: &[&str]) -> Result<(), Error> {
    let version: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let Some(due @ [_, ..]) = migrations.get(version as usize..) else {
        return Ok(());
    };
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in due {
        tx.execute_batch(migration)?;
    }
    let known = u32::try_from(migrations.len()).expect("there are few migrations");
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    super::truncate_wal(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);";
    const SECOND: &str = "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;";

    fn version(conn: &Connection) -> u32 {
        conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_file_gets_only_what_it_has_not_had() {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn, &[FIRST]).unwrap();
        run(&mut conn, &[FIRST, SECOND]).unwrap();
        run(&mut conn, &[FIRST, SECOND]).unwrap();
        let row: (u32, u32) = conn.query_row("SELECT x, y FROM a", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!((row, version(&conn)), ((1, 2), 2));
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn, &[FIRST]).unwrap();
        run(&mut conn, &[FIRST, SECOND, "INSERT INTO nowhere VALUES (1)"]).unwrap_err();
        assert_eq!(version(&conn), 1);
        conn.query_row("SELECT y FROM a", [], |_| Ok(())).unwrap_err();
    }
}
