//! What a backup of PostgreSQL must not forget, and what a database must be to be filled or backed up.

use std::collections::BTreeMap;

use super::{Data, Running};
use crate::support::{Backup, Phone, refused};

/// Columns of one engine alone: what the other makes of them is in `store/tables.rs`.
const SQLITE_ALONE: [&str; 5] = ["audit.id", "checkpoint.id", "erasure.id", "record.id", "record_part.record"];
const POSTGRES_ALONE: [&str; 7] = [
    "audit.number",
    "audit_head.head",
    "audit_head.study",
    "erasure_order.number",
    "record_part.server_seq",
    "revocation.number",
    "waymark_schema.version",
];

#[test]
fn both_engines_have_the_same_tables_and_columns_but_for_those_that_are_known() {
    let data = Data::new();
    data.token(&["--role", "admin"]);
    let text = data.database.as_ref().unwrap().text(
        "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns
         WHERE table_schema = current_schema()",
    );
    let mut columns: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for column in text.split(' ') {
        columns.entry(column.to_owned()).or_default().1 = true;
    }
    let backup = Backup::of(&data);
    let sql = backup.sql();
    let mut statement = sql
        .prepare(
            "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'",
        )
        .unwrap();
    for column in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        columns.entry(column.unwrap()).or_default().0 = true;
    }
    let alone = |of: (bool, bool)| -> Vec<&str> {
        columns.iter().filter(|(_, there)| **there == of).map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(alone((true, false)), SQLITE_ALONE);
    assert_eq!(alone((false, true)), POSTGRES_ALONE);
    // The tables of PostgreSQL are those that a backup counts.
    let listed = backup.manifest()["rows"].as_object().unwrap().len();
    assert_eq!(data.number("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), listed as i64 + 2);
}

#[test]
fn a_database_is_filled_only_when_nothing_is_in_it() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.sync();
    let backup = Backup::of(&server.data);
    for setting_up in ["CREATE TABLE record (id INT)", "DROP TABLE IF EXISTS nothing"] {
        let target = Data::new();
        if setting_up.starts_with("DROP") {
            target.token(&["--role", "admin"]);
        }
        target.execute(setting_up);
        let told = refused(&backup.restoring(&target).output().unwrap());
        assert!(told.contains("another program's tables") || told.contains("something in it already"), "{told}");
        assert!(std::fs::read_dir(target.path()).unwrap().next().is_none(), "nothing was written");
    }
}

#[test]
fn a_server_that_is_there_already_over_the_empty_database_serves_what_is_restored() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.sync();
    let backup = Backup::of(&server.data);
    drop(server);
    let waiting = Running::start();
    // Its folder has the folder of parts already: the restore takes another one, as for a second server.
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"));
    command.args(["restore", "--from"]).arg(backup.path()).arg("--data").arg(folder.path());
    command.env("WAYMARK_DATABASE_URL", waiting.data.database.as_ref().unwrap().url());
    crate::support::succeeded(&command.output().unwrap());
    assert_eq!(Phone { http: waiting.http, ..phone }.state().head.seq, 1);
}

#[test]
fn a_database_of_another_version_is_not_backed_up() {
    let data = Data::new();
    let told = refused(&Backup::new().making(&data).output().unwrap());
    assert!(told.contains("nothing in the database"), "{told}");
    data.token(&["--role", "admin"]);
    for (version, expected) in [(0, "older"), (999, "newer")] {
        data.execute(&format!("UPDATE waymark_schema SET version = {version}"));
        let told = refused(&Backup::new().making(&data).output().unwrap());
        assert!(told.contains(expected), "{told}");
    }
}
