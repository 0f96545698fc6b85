//! How much of everything a database in the embedded engine's form has.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use waymark_protocol::StudyId;

use crate::store::sqlite::column;
use crate::store::tables::TABLES;

/// What is there of a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyCounts {
    /// The study.
    pub study: StudyId,
    /// The last `server_seq` given.
    pub head: u64,
    /// Records, erased ones too.
    pub records: u64,
    /// Erased records.
    pub erased: u64,
    /// Checkpoints.
    pub checkpoints: u64,
    /// Phones that have joined.
    pub devices: u64,
    /// People whose phones they are.
    pub participants: u64,
    /// Parts of attachments.
    pub parts: u64,
    /// Their bytes.
    pub part_bytes: u64,
}

/// Of each study.
pub fn studies(connection: &Connection) -> rusqlite::Result<Vec<StudyCounts>> {
    let sql = "SELECT study, head,
                   (SELECT count(*) FROM record r WHERE r.study = s.study),
                   (SELECT count(*) FROM record r WHERE r.study = s.study AND r.body IS NULL),
                   (SELECT count(*) FROM checkpoint c WHERE c.study = s.study),
                   (SELECT count(*) FROM device d WHERE d.study = s.study),
                   (SELECT count(DISTINCT participant) FROM device d WHERE d.study = s.study),
                   (SELECT count(*) FROM part p WHERE p.study = s.study),
                   (SELECT coalesce(sum(len), 0) FROM part p WHERE p.study = s.study)
               FROM study s ORDER BY study";
    let mut statement = connection.prepare(sql)?;
    let counts = statement.query_map([], |row| {
        Ok(StudyCounts {
            study: column::study(row, 0)?,
            head: column::unsigned(row, 1)?,
            records: column::unsigned(row, 2)?,
            erased: column::unsigned(row, 3)?,
            checkpoints: column::unsigned(row, 4)?,
            devices: column::unsigned(row, 5)?,
            participants: column::unsigned(row, 6)?,
            parts: column::unsigned(row, 7)?,
            part_bytes: column::unsigned(row, 8)?,
        })
    })?;
    counts.collect()
}

/// The rows of each table.
pub fn rows(connection: &Connection) -> rusqlite::Result<BTreeMap<String, u64>> {
    TABLES.iter().map(|table| Ok((table.name.to_owned(), rows_of(connection, table.name)?))).collect()
}

/// The rows of a table that is there.
pub fn rows_of(connection: &Connection, table: &str) -> rusqlite::Result<u64> {
    let quoted = table.replace('"', "\"\"");
    connection.query_row(&format!("SELECT count(*) FROM \"{quoted}\""), [], |row| column::unsigned(row, 0))
}
