//! Proving a backup: nothing is believed but signatures and hashes.
//!
//! | what | is proved by |
//! |---|---|
//! | the file | its hash in the manifest, SQLite's own check, the tables' shape, how many rows each has |
//! | a study | its name, which is its first keys' fingerprint; each document by the study's signature and its predecessor's hash |
//! | a record | its link, computed from header, slots and body as they are; its place in its phone's log |
//! | a phone's log | 1…n without a gap, each linking to the one before, and a checkpoint with the phone's signature over the last |
//! | the server's order | 1…head without a gap |
//! | a phone's count of bytes | its records' bytes as they are |
//! | an erasure | what was erased has no body, slots or parts; what has none was erased |
//! | a part | its hash |
//!
//! What no signature speaks of (tokens, the audit, when a record came) is as the manifest's hash says, and whoever can write the
//! backup can write the manifest.

mod file;
mod findings;
mod logs;
mod parts;
mod records;
mod report;
mod studies;

pub use report::Report;

use std::path::Path;

use rusqlite::Connection;

use super::error::BackupError;
use super::manifest::Manifest;
use crate::store::sqlite::file as database;
use findings::{Fault, Findings};

/// The database of a backup, only to be read; that of an older server is brought up to date in a copy that goes when it is closed.
pub fn open(folder: &Path) -> Result<Connection, BackupError> {
    Ok(database::open_backup(&database::find(folder)?)?)
}

/// Proves the backup in `folder`.
pub fn verify(folder: &Path) -> Result<Report, BackupError> {
    let manifest = Manifest::read(folder)?;
    let mut findings = Findings::default();
    file::is_unchanged(folder, &manifest, &mut findings);
    match open(folder) {
        Ok(connection) => check(&connection, folder, &manifest, &mut findings),
        Err(error) => findings.add(Fault::Unreadable, None, format!("the database cannot be opened: {error}")),
    }
    Ok(Report { folder: folder.to_owned(), manifest, findings })
}

fn check(connection: &Connection, folder: &Path, manifest: &Manifest, findings: &mut Findings) {
    findings.check(None, "the database", |findings| file::is_consistent(connection, findings));
    findings.check(None, "the tables", |findings| file::has_our_tables(connection, findings));
    if let Err(error) = file::has_as_many(folder, manifest, findings) {
        findings.add(Fault::Unreadable, None, format!("the rows cannot be counted: {error}"));
    }
    findings.check(None, "a table", |findings| file::has_as_much(connection, manifest, findings));
    let mut studies = Vec::new();
    findings.check(None, "the list of studies", |_| {
        studies = studies::all(connection)?;
        Ok(())
    });
    for study in &studies {
        let keys = studies::check(connection, study, findings);
        let mut devices = logs::Devices::new();
        findings.check(Some(study.id), "phones", |findings| {
            devices = logs::devices(connection, study.id, findings)?;
            Ok(())
        });
        studies::check_signed(connection, study.id, &keys, findings);
        findings.check(Some(study.id), "records", |findings| records::check(connection, study.id, &devices, findings));
        findings.check(Some(study.id), "checkpoints", |findings| {
            logs::check_checkpoints(connection, study.id, &devices, findings)
        });
        findings.check(Some(study.id), "counts", |findings| logs::check_counts(connection, study.id, findings));
        findings.check(Some(study.id), "the server's order", |findings| {
            logs::check_order(connection, study.id, study.head, findings)
        });
    }
    findings.check(None, "parts", |findings| parts::check(connection, folder, findings));
    findings.check(None, "parts", |findings| parts::check_strays(connection, folder, findings));
}
