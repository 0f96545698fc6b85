//! A byte that flips in the database is named or harmless, never silent and never a crash.

use std::io::{Read, Seek, SeekFrom, Write};

use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::record::link;
use waymark_protocol::record::wire::RawItem;

use super::Running;
use crate::support::Phone;

fn served() -> (Running, crate::support::Desk, Phone) {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.write("two");
    phone.sync();
    (server, desk, phone)
}

fn flip(server: &Running, column: &str) {
    let sql = server.sql();
    let mut bytes: Vec<u8> =
        sql.query_row(&format!("SELECT {column} FROM record WHERE seq = 2"), [], |row| row.get(0)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    sql.execute(&format!("UPDATE record SET {column} = ?1 WHERE seq = 2"), [bytes]).unwrap();
}

#[test]
fn a_record_whose_body_or_slots_were_changed_goes_out_as_its_tombstone() {
    for column in ["body", "slots"] {
        let (server, desk, phone) = served();
        flip(&server, column);
        let items = desk.pull(0);
        assert_eq!(items.len(), 4, "never dropped");
        let RawItem::Tombstone(header, slots, body) = &items[1].item else { panic!("changed bytes went out") };
        assert_eq!(link(header, slots, body), phone.log[1].link());
        assert!(matches!(items[2].item, RawItem::Record(..)), "the others are whole");
    }
}

#[test]
fn a_changed_header_goes_out_as_it_is_and_changed_hashes_do_no_harm() {
    let (server, desk, phone) = served();
    flip(&server, "header");
    let RawItem::Record(header, slots, body) = &desk.pull(0)[1].item else { panic!("a record") };
    assert_ne!(header, phone.log[1].header_bytes());
    assert_eq!((&slots[..], &body[..]), (phone.log[1].slots_bytes(), phone.log[1].body()));
    for column in ["body_hash", "slots_hash", "link"] {
        let (server, desk, phone) = served();
        flip(&server, column);
        let RawItem::Record(header, ..) = &desk.pull(0)[1].item else { panic!("a record") };
        assert_eq!(header, phone.log[1].header_bytes(), "{column}");
    }
}

#[test]
fn flipped_bytes_anywhere_in_the_file_are_trouble_or_an_answer_and_never_a_crash() {
    let (server, desk, phone) = served();
    // Everything is in the file itself once nothing is being written.
    server.sql().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let path = server.database();
    let good = std::fs::read(&path).unwrap();
    let paths = [desk.path("records?after=0"), desk.path("orders")];
    for place in (101..good.len()).step_by(good.len() / 60) {
        let mut file = std::fs::File::options().read(true).write(true).open(&path).unwrap();
        let mut byte = [0];
        file.seek(SeekFrom::Start(place as u64)).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(SeekFrom::Start(place as u64)).unwrap();
        file.write_all(&[byte[0] ^ 0x55]).unwrap();
        drop(file);
        for path in &paths {
            let reply = desk.http.get(path, &desk.token);
            if reply.status != 200 {
                let (status, code, _) = reply.refused();
                let named = matches!(
                    (status, code),
                    (503, ApiErrorCode::Trouble) | (401, ApiErrorCode::Unauthorized) | (404, ApiErrorCode::NotFound)
                );
                assert!(named, "{status} {code} at {place}");
            }
        }
        std::fs::write(&path, &good).unwrap();
    }
    drop(phone);
    assert_eq!(server.http.get("/healthz", "").status, 200);
}

#[test]
fn a_database_of_a_newer_server_is_refused_untouched() {
    let (server, _, _) = served();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("waymark.db");
    server.sql().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    rusqlite::Connection::open(&copy).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let before = std::fs::read(&copy).unwrap();
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "--role", "admin"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(arguments)
            .arg("--data")
            .arg(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("newer"), "{output:?}");
        assert!(output.stdout.is_empty());
    }
    assert_eq!(std::fs::read(&copy).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was written beside it");
}

#[test]
fn a_command_line_leaves_an_older_database_as_it_is() {
    let (server, _, _) = served();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("waymark.db");
    server.sql().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    rusqlite::Connection::open(&copy).unwrap().pragma_update(None, "user_version", 3).unwrap();
    for arguments in [&["token", "list"][..], &["token", "revoke", "1"], &["token", "--role", "admin"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(arguments)
            .arg("--data")
            .arg(folder.path())
            .env_remove("WAYMARK_DATABASE_URL")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("start the server"), "{output:?}");
    }
    let copy = rusqlite::Connection::open(&copy).unwrap();
    assert_eq!(copy.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap(), 3);
}

#[test]
fn listing_in_a_folder_that_is_none_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let mistyped = folder.path().join("mistyped");
    for arguments in [&["token", "list"][..], &["token", "revoke", "1"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(arguments)
            .arg("--data")
            .arg(&mistyped)
            .env_remove("WAYMARK_DATABASE_URL")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("holds no database"), "{output:?}");
    }
    assert!(!mistyped.exists());
}

#[test]
fn another_programs_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for foreign in [&b"not a database at all, but long enough to look like one ".repeat(4)[..], b"SQLite format 3\0"] {
        std::fs::write(folder.path().join("waymark.db"), foreign).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(["token", "--role", "admin", "--data"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert_eq!(std::fs::read(folder.path().join("waymark.db")).unwrap(), foreign);
    }
}
