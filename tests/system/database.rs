//! The server's database, as somebody who runs the server, or a failing disk, can change it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Params};

/// An open database file.
pub struct Database {
    pub connection: Connection,
    /// The table of records: the one with the columns `header`, `slots` and `body`.
    pub records: String,
    /// The table of checkpoints: the one with the columns `local_head` and `signature`.
    pub checkpoints: String,
}

impl Database {
    /// Opens the database in the server's folder, and moves all that is in the write-ahead log into the file.
    pub fn open(data: &Path) -> Self {
        let connection = Connection::open(file(data)).expect("the database opens");
        connection.busy_timeout(std::time::Duration::from_secs(5)).expect("a time to wait can be set");
        connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .expect("the write-ahead log can be moved into the file");
        let records = table(&connection, &["header", "slots", "body"]);
        let checkpoints = table(&connection, &["local_head", "signature"]);
        Self { connection, records, checkpoints }
    }

    /// Changes something; it must have changed.
    #[track_caller]
    pub fn change(&self, sql: &str, with: impl Params) {
        let changed = self.connection.execute(&self.named(sql), with).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(changed > 0, "changes nothing: {sql}");
    }

    /// One number.
    #[track_caller]
    pub fn number(&self, sql: &str) -> i64 {
        self.connection
            .query_row(&self.named(sql), [], |row| row.get(0))
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// One blob.
    #[track_caller]
    pub fn blob(&self, sql: &str) -> Vec<u8> {
        self.connection
            .query_row(&self.named(sql), [], |row| row.get(0))
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// All records in the order of device and place: device, seq, header, slots, body.
    pub fn all_records(&self) -> Vec<Stored> {
        let sql = self.named("SELECT device, seq, header, slots, body FROM RECORDS ORDER BY device, seq");
        let mut statement = self.connection.prepare(&sql).expect("the records can be read");
        let rows = statement.query_map([], |row| {
            Ok(Stored {
                device: row.get(0)?,
                seq: row.get(1)?,
                header: row.get(2)?,
                slots: row.get(3)?,
                body: row.get(4)?,
            })
        });
        rows.and_then(Iterator::collect).expect("the records can be read")
    }

    /// `RECORDS` and `CHECKPOINTS` stand for the tables' names.
    fn named(&self, sql: &str) -> String {
        sql.replace("RECORDS", &self.records).replace("CHECKPOINTS", &self.checkpoints)
    }
}

/// A row of the table of records.
#[derive(Debug, PartialEq, Eq)]
pub struct Stored {
    pub device: Vec<u8>,
    pub seq: i64,
    pub header: Vec<u8>,
    pub slots: Option<Vec<u8>>,
    pub body: Option<Vec<u8>>,
}

/// The database's file.
pub fn file(data: &Path) -> PathBuf {
    let files = std::fs::read_dir(data).expect("the server has a folder").flatten().map(|file| file.path());
    let mut files = files.filter(|path| std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3\0")));
    files.next().expect("the server has a database")
}

fn table(connection: &Connection, columns: &[&str]) -> String {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut statement = connection.prepare(sql).expect("the schema can be read");
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("the schema can be read");
    let has_all = |name: &String| {
        let mut statement = connection.prepare(&format!("PRAGMA table_info({name})")).expect("the schema can be read");
        let found: Vec<String> =
            statement.query_map([], |row| row.get(1)).and_then(Iterator::collect).expect("the schema can be read");
        columns.iter().all(|column| found.iter().any(|found| found == column))
    };
    names.into_iter().find(has_all).unwrap_or_else(|| panic!("no table has the columns {columns:?}"))
}
