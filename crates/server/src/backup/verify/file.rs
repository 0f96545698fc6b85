//! The database file as a whole.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::Connection;

use super::super::counts;
use super::super::error::BackupError;
use super::super::files;
use super::super::manifest::Manifest;
use super::findings::{Fault, Findings};
use crate::store::Opening;
use crate::store::sqlite::{column, file, migrations};

/// Its hash is the manifest's.
pub fn is_unchanged(folder: &Path, manifest: &Manifest, findings: &mut Findings) {
    match files::hash(&folder.join(file::NAME)) {
        Ok(hash) if hash == manifest.database => {}
        Ok(_) => findings.add(Fault::Changed, None, format!("{} is not what was written", file::NAME)),
        Err(error) => findings.add(Fault::Unreadable, None, format!("{} cannot be read: {error}", file::NAME)),
    }
}

/// SQLite finds no contradiction in it.
pub fn is_consistent(connection: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let told: String = row.get(0)?;
        if told != "ok" {
            findings.add(Fault::Unreadable, None, format!("SQLite says of the database: {}", told.replace('\n', " ")));
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, refers_to): (String, String) = (row.get(0)?, row.get(2)?);
        findings.add(Fault::Record, None, format!("a row of {table} refers to one of {refers_to} that is not there"));
    }
    Ok(())
}

/// Its tables are those that this server makes.
pub fn has_our_tables(connection: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let mut ours = Connection::open_in_memory()?;
    if let Err(error) = migrations::migrate(&mut ours, Path::new(file::NAME), Opening::Serving) {
        findings.add(Fault::Schema, None, format!("the tables cannot be compared: {error}"));
        return Ok(());
    }
    if tables(&ours)? != tables(connection)? {
        findings.add(Fault::Schema, None, "the tables are not those of this server");
    }
    let sql = "SELECT count(*) FROM meta WHERE (name = 'epoch' AND length(value) = 16)
                                            OR (name = 'challenge_key' AND length(value) = 32)";
    if connection.query_row(sql, [], |row| column::unsigned(row, 0))? != 2 {
        findings.add(Fault::Schema, None, "the server's epoch or key of challenges is missing");
    }
    Ok(())
}

/// What a schema has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Table {
    kind: String,
    name: String,
    sql: Option<String>,
}

fn tables(connection: &Connection) -> rusqlite::Result<BTreeSet<Table>> {
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";
    let mut statement = connection.prepare(sql)?;
    let tables = statement.query_map([], |row| Ok(Table { kind: row.get(0)?, name: row.get(1)?, sql: row.get(2)? }))?;
    tables.collect()
}

/// It holds as many rows as the manifest says, as it is: bringing it up to date may add some.
pub fn has_as_many(folder: &Path, manifest: &Manifest, findings: &mut Findings) -> Result<(), BackupError> {
    let connection = file::open_as_it_is(&file::find(folder)?)?;
    let schema = migrations::done(&connection)?;
    if schema != manifest.schema {
        let what = format!("the database has schema {schema}, the manifest says {}", manifest.schema);
        findings.add(Fault::Schema, None, what);
    }
    for table in tables(&connection)? {
        let Table { kind, name, .. } = &table;
        if kind != "table" {
            continue;
        }
        let there = counts::rows_of(&connection, name)?;
        let told = manifest.rows.get(name).copied();
        if told != Some(there) {
            let told = told.map_or("nothing".to_owned(), |told| told.to_string());
            findings.add(Fault::Count, None, format!("the table {name} has {there} rows, the manifest says {told}"));
        }
    }
    Ok(())
}

/// There is as much of each study as the manifest says.
pub fn has_as_much(connection: &Connection, manifest: &Manifest, findings: &mut Findings) -> rusqlite::Result<()> {
    let studies = counts::studies(connection)?;
    for told in &manifest.studies {
        if !studies.contains(told) {
            findings.add(Fault::Count, Some(told.study), "what is there of the study is not what the manifest says");
        }
    }
    for there in &studies {
        if !manifest.studies.iter().any(|told| told.study == there.study) {
            findings.add(Fault::Count, Some(there.study), "the manifest does not know the study");
        }
    }
    Ok(())
}
