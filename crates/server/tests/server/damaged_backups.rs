//! Whatever is changed in a backup is found, even by someone who then writes the changed file's hash into the manifest.

use waymark_protocol::Hash;
use waymark_protocol::api::Orders;
use waymark_protocol::sighting::Sighting;

use super::Running;
use super::parts::part;
use crate::support::{Backup, Phone, now, refused};

/// A statement, and the fault that it must be found as.
const STATEMENTS: [(&str, &str); 43] = [
    ("UPDATE record SET body = zeroblob(length(body)) WHERE kind = 1 AND seq = 2", "content"),
    ("UPDATE record SET slots = zeroblob(length(slots)) WHERE kind = 1 AND seq = 2", "content"),
    ("UPDATE record SET body = substr(body, 2) WHERE kind = 1 AND seq = 2", "content"),
    ("UPDATE record SET body = NULL WHERE kind = 1 AND seq = 2", "content"),
    ("UPDATE record SET body = NULL, slots = NULL WHERE kind = 1 AND seq = 2", "content"),
    ("UPDATE record SET body = NULL, slots = NULL WHERE kind = 4", "content"),
    ("UPDATE record SET header = zeroblob(length(header)) WHERE seq = 2", "record"),
    ("UPDATE record SET header = (SELECT header FROM record o WHERE o.device = record.device AND o.seq = 3) WHERE seq = 2", "record"),
    ("UPDATE record SET link = zeroblob(32) WHERE seq = 2", "record"),
    ("UPDATE record SET body_hash = zeroblob(32) WHERE body IS NULL", "record"),
    ("UPDATE record SET slots_hash = zeroblob(32) WHERE seq = 3", "content"),
    ("UPDATE record SET participant = zeroblob(16) WHERE seq = 2", "record"),
    ("UPDATE record SET kind = 5 WHERE kind = 1 AND seq = 2", "record"),
    ("UPDATE record SET target_seq = 1 WHERE target_seq IS NOT NULL", "record"),
    ("UPDATE record SET seq = 900 WHERE seq = 2", "log"),
    ("UPDATE record SET server_seq = 900 WHERE server_seq = 2", "order"),
    ("DELETE FROM record WHERE seq = 2", "log"),
    ("DELETE FROM record WHERE id = (SELECT max(id) FROM record)", "checkpoint"),
    (
        "INSERT INTO record SELECT 900, study, participant, device, 900, kind, link, slots_hash, body_hash, target_device,
             target_seq, target_link, 900, received_at, late, header, slots, body FROM record WHERE seq = 2 LIMIT 1",
        "record",
    ),
    ("UPDATE record SET slots = x'00', body = x'00' WHERE body IS NULL", "erasure"),
    ("DELETE FROM erasure", "content"),
    ("UPDATE checkpoint SET signature = zeroblob(64)", "checkpoint"),
    ("UPDATE checkpoint SET link = zeroblob(32)", "checkpoint"),
    ("UPDATE checkpoint SET local_head = local_head + 1", "checkpoint"),
    ("UPDATE checkpoint SET device_time = device_time + 1", "checkpoint"),
    ("UPDATE checkpoint SET participant = zeroblob(16)", "checkpoint"),
    ("DELETE FROM checkpoint WHERE id = (SELECT max(id) FROM checkpoint)", "checkpoint"),
    ("UPDATE study SET head = head + 1", "order"),
    ("UPDATE study SET signing_key = encryption_key", "document"),
    ("UPDATE document SET bytes = CAST(replace(CAST(bytes AS TEXT), 'A study', 'My study') AS BLOB)", "document"),
    ("UPDATE document SET version = 2", "document"),
    ("DELETE FROM document", "document"),
    ("UPDATE invitation SET expires_at = expires_at + 1", "signature"),
    ("UPDATE erasure_order SET reason = 'somebody else asked'", "signature"),
    ("UPDATE revocation SET seq = 1", "signature"),
    ("UPDATE sighting SET json = replace(CAST(json AS TEXT), '\"seq\":', '\"seq\":1')", "signature"),
    ("UPDATE device SET device_key = zeroblob(32)", "device"),
    ("UPDATE device SET participant = zeroblob(16)", "device"),
    ("UPDATE device SET record_bytes = record_bytes + 1", "count"),
    ("INSERT INTO token (hash, role, made_at) VALUES (zeroblob(32), 'admin', 0)", "count"),
    ("DELETE FROM meta WHERE name = 'epoch'", "schema"),
    ("DELETE FROM record_part", "part"),
    ("DROP INDEX record_by_target", "schema"),
];

/// What is done to the files of parts, and the fault that it must be found as.
type Spoil = fn(&Backup);
const FILES: [(&str, Spoil, &str); 5] = [
    ("flipped", |backup| spoil_part(backup, |bytes| bytes[10] ^= 1), "part"),
    ("cut", |backup| spoil_part(backup, |bytes| bytes.truncate(100)), "part"),
    ("gone", |backup| std::fs::remove_file(&backup.parts()[0]).unwrap(), "part"),
    ("a stray file", |backup| std::fs::write(backup.parts()[0].with_file_name("stray"), b"?").unwrap(), "stray"),
    ("a part's row gone", |backup| backup.sql().execute_batch("DELETE FROM part").unwrap(), "stray"),
];

fn spoil_part(backup: &Backup, spoil: impl Fn(&mut Vec<u8>)) {
    let file = &backup.parts()[0];
    let mut bytes = std::fs::read(file).unwrap();
    spoil(&mut bytes);
    std::fs::write(file, bytes).unwrap();
}

/// One with something of everything.
fn backup() -> Backup {
    let (server, desk) = Running::with_desk();
    let (mut phone, mut stopped) = (Phone::join(&desk), Phone::join(&desk));
    let (shared, content) = phone.write("shared");
    phone.grant(shared.as_target(), &content);
    let (erased, _) = phone.write("erased");
    phone.write_kind(waymark_protocol::record::Kind::Consent, None, "yes");
    let voice = part(2064);
    phone.write_listing(&[&voice]);
    phone.erase(Some(erased.as_target()));
    phone.sync();
    phone.http.put_part(&phone.token, &voice).done();
    stopped.write("two");
    stopped.write("three");
    stopped.sync();
    let orders = Orders {
        erasures: vec![desk.erasure(erased.as_target())],
        revocations: vec![stopped.revocation(&desk.signing)],
    };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    let heads = vec![phone.log.last().unwrap().as_target()];
    let sighting = Sighting::sign(&desk.signing, desk.study, now(), heads);
    desk.http.post(&desk.path("sightings"), &desk.token, &sighting).done();
    let backup = Backup::of(&server.data);
    assert_eq!(backup.faults(), Vec::<String>::new());
    backup
}

/// Writes the changed file's hash into the manifest.
fn cover_up(backup: &Backup) {
    let mut manifest = backup.manifest();
    manifest["database"] = Hash::of(&std::fs::read(backup.database()).unwrap()).to_string().into();
    backup.set_manifest(&manifest);
}

#[test]
fn every_kind_of_damage_is_found_as_what_it_is() {
    let good = backup();
    for (statement, expected) in STATEMENTS {
        let bad = good.copied();
        let sql = bad.sql();
        sql.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert!(
            sql.execute(statement, []).unwrap() > 0 || statement.starts_with("DROP"),
            "nothing changed: {statement}"
        );
        drop(sql);
        assert!(bad.faults().iter().any(|fault| fault == "changed"), "{statement}");
        cover_up(&bad);
        let faults = bad.faults();
        assert!(faults.iter().any(|fault| fault == expected), "{statement}: {faults:?}");
    }
    for (name, spoil, expected) in FILES {
        let bad = good.copied();
        spoil(&bad);
        cover_up(&bad);
        let faults = bad.faults();
        assert!(faults.iter().any(|fault| fault == expected), "{name}: {faults:?}");
    }
}

#[test]
fn a_manifest_that_says_other_numbers_is_found() {
    let good = backup();
    for table in good.manifest()["rows"].as_object().unwrap().keys() {
        let bad = good.copied();
        let mut manifest = bad.manifest();
        manifest["rows"][table] = (manifest["rows"][table].as_u64().unwrap() + 1).into();
        bad.set_manifest(&manifest);
        assert_eq!(bad.faults(), ["count"], "{table}");
    }
    for of in ["head", "records", "erased", "checkpoints", "devices", "participants", "parts", "part_bytes"] {
        let bad = good.copied();
        let mut manifest = bad.manifest();
        manifest["studies"][0][of] = 0.into();
        bad.set_manifest(&manifest);
        assert_eq!(bad.faults(), ["count"], "{of}");
    }
}

#[test]
fn flipped_bytes_anywhere_in_the_database_are_found_and_never_a_crash() {
    let good = backup();
    let bytes = std::fs::read(good.database()).unwrap();
    for place in (0..bytes.len()).step_by(bytes.len() / 40) {
        let bad = good.copied();
        let mut bytes = bytes.clone();
        bytes[place] ^= 0x55;
        std::fs::write(bad.database(), bytes).unwrap();
        assert!(!bad.faults().is_empty(), "at {place}");
        let told = String::from_utf8(bad.verify(&[]).stdout).unwrap();
        assert!(told.contains("DAMAGED") && told.contains("What to do"), "{told}");
    }
}

#[test]
fn what_is_no_backup_is_said_in_a_sentence() {
    let good = backup();
    let spoils: [(&str, Spoil); 4] = [
        ("no readable manifest.json", |backup| std::fs::remove_file(backup.path().join("manifest.json")).unwrap()),
        ("no readable manifest.json", |backup| std::fs::write(backup.path().join("manifest.json"), b"{").unwrap()),
        ("no readable manifest.json", |backup| std::fs::remove_dir_all(backup.path()).unwrap()),
        ("newer Waymark server (99.0)", |backup| {
            backup.set_manifest(&serde_json::json!({"format": 9, "made_by": "99.0"}));
        }),
    ];
    for (expected, spoil) in spoils {
        let bad = good.copied();
        spoil(&bad);
        let told = refused(&bad.verify(&[]));
        assert!(told.contains(expected), "{told}");
    }
    let bad = good.copied();
    std::fs::remove_file(bad.database()).unwrap();
    assert!(bad.faults().iter().all(|fault| fault == "unreadable"));
}
