//! SIGKILL at moments of chance while the key changes, while something leaves a diary or a desk, and while a server brings an older
//! file up to date. The loops of saving, syncing, taking and pulling are in [`crate::crashes`] and beside the server.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::canary;
use crate::chance::Chance;
use crate::database::Database;
use crate::page::Page;
use crate::process::{PASSPHRASE, program, rounds, start};
use crate::server::Server;
use crate::world::{World, copy};

/// What a server of version 2 had.
pub const BACK_TO_2: &str = include_str!("../../crates/server/tests/server/sqlite/back_to_2.sql");

const SECRETS: [&str; 2] = [PASSPHRASE, "another passphrase"];

pub fn draft(text: &str) -> Value {
    json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-02", "answers": [], "text": text,
            "weight": "heavy", "tags": ["night"], "caret": null, "saved_at": null })
}

pub fn finished(text: &str) -> Value {
    json!({ "draft": draft(text), "readers": "only-me" })
}

pub fn export(secret: &str) -> Value {
    let words = json!({ "language": "en", "right_to_left": false, "title": "My notes", "notice": "Anyone can read it.",
        "written": "Written", "earlier": "As it was", "latest": "As it is", "tags": "Tags", "weight": "The day felt",
        "light": "light", "okay": "okay", "heavy": "heavy", "not_said": "not said", "voice": "Voice note",
        "days": { "2026-03-02": "Monday 2 March 2026" } });
    json!({ "format": "markdown", "from": null, "to": null, "all_revisions": true, "secret": secret, "words": words })
}

/// A diary with some entries, locked with the first of [`SECRETS`].
fn diary(vault: &Path, outbox: &Path) -> Page {
    let page = Page::start(vault, outbox);
    page.ok("create_diary", &json!({ "lock": "passphrase", "secret": SECRETS[0] }));
    for number in 0..8 {
        page.ok("finish_entry", &finished(&canary::text("killedkeys", number).repeat(300)));
    }
    page
}

/// All entries as they read.
fn entries(page: &Page) -> Value {
    let filter = json!({ "query": "", "tags": [], "mark": null, "from": null, "to": null });
    page.ok("list_entries", &json!({ "filter": filter, "offset": 0, "limit": 100 }))
}

#[test]
fn a_diary_killed_while_its_lock_or_its_key_changes_opens_with_the_old_one_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, outbox) = (folder.path().join("diary"), folder.path().join("outbox"));
    let mut page = diary(&vault, &outbox);
    let (before, mut secret, mut chance) = (entries(&page), 0, Chance::of(1));
    let mut longest = 1_000;
    for round in 0..rounds(4) {
        let command = ["change_lock", "reseal_diary"][round % 2];
        let other = 1 - secret;
        let asked = page.ask(
            command,
            &json!({ "old": SECRETS[secret], "lock": "passphrase", "secret": SECRETS[other], "words": null }),
        );
        let started = Instant::now();
        std::thread::sleep(Duration::from_millis(chance.below(longest) as u64));
        page.kill();
        let answered = asked.answer();
        if answered.is_some() {
            longest = usize::try_from(started.elapsed().as_millis()).expect("not that long").max(100);
        }
        page = Page::start(&vault, &outbox);
        let opens = |secret: usize| page.call("unlock", &json!({ "secret": SECRETS[secret] })).is_ok();
        let changed = !opens(secret);
        assert!(!changed || opens(other), "round {round}: {command}: one of the two opens it");
        assert!(changed || answered.is_none(), "round {round}: {command} was said to be done");
        assert_eq!(entries(&page), before, "round {round}: {command}");
        secret = if changed { other } else { secret };
    }
}

#[test]
fn a_copy_or_a_backup_file_of_a_diary_that_is_killed_is_whole_or_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, outbox) = (folder.path().join("diary"), folder.path().join("outbox"));
    let mut page = diary(&vault, &outbox);
    let name = page.ok("export_diary", &export(SECRETS[0]))["name"].as_str().expect("a name").to_owned();
    let whole = fs::read(outbox.join(name)).expect("it is there");
    let mut chance = Chance::of(2);
    for round in 0..rounds(4) {
        fs::remove_dir_all(&outbox).expect("removed");
        let asked = match round % 2 {
            0 => page.ask("export_diary", &export(SECRETS[0])),
            _ => page.ask("back_up_diary", &json!({ "passphrase": null })),
        };
        std::thread::sleep(Duration::from_millis(chance.below(900) as u64));
        page.kill();
        let answered = asked.answer().is_some();
        let files = fs::read_dir(&outbox).into_iter().flatten().flatten().map(|file| file.path());
        let files: Vec<_> = files.filter(|path| !path.to_string_lossy().contains("/.unfinished-")).collect();
        assert!(!answered || files.len() == 1, "round {round}: it was said to be there");
        for file in files {
            match round % 2 {
                0 => assert!(fs::read(&file).expect("read") == whole, "round {round}: a copy is whole"),
                _ => waymark_vault::Vault::examine(&file).map(drop).expect("a backup file is whole"),
            }
        }
        page = Page::start(&vault, &outbox);
        page.ok("unlock", &json!({ "secret": SECRETS[0] }));
        page.ok("export_diary", &export(SECRETS[0]));
        let left = fs::read_dir(&outbox).expect("the folder is there").flatten();
        let unfinished = left.filter(|file| file.file_name().to_string_lossy().starts_with('.')).count();
        assert_eq!(unfinished, 0, "round {round}: the next one takes away what was left");
    }
}

#[test]
fn an_export_of_a_desk_that_is_killed_leaves_the_file_of_before_or_the_new_one() {
    let world = World::new();
    let pilot = world.person("Ana");
    for number in 0..5 {
        pilot.shared(&canary::text("deskexport", number).repeat(1_500));
    }
    pilot.on(3).synced();
    world.desk.pulled(0);
    let out = world.path("out");
    let arguments = |format: &'static str| {
        world.desk.arguments(&["export", "--format", format, "--out", out.to_str().expect("a plain name")])
    };
    let desk = program("WAYMARK_DESK", "waymark-desk");
    let begin = |format| {
        let arguments = arguments(format);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        start(&desk, &arguments, PASSPHRASE, &[])
    };
    let mut kinds = ["jsonl", "csv", "md"].map(|format| {
        begin(format).end().ok();
        (format, fs::read(&out).expect("the export is there"))
    });
    let mut chance = Chance::of(3);
    for round in 0..rounds(4) {
        // The last of them is what is there.
        let [(format, after), _, (_, before)] = kinds.clone();
        let export = begin(format);
        std::thread::sleep(Duration::from_millis(chance.below(700) as u64));
        let said = export.kill();
        let found = fs::read(&out).expect("one of the two is there");
        assert!(found == after || found == before && said.is_empty(), "round {round}: a whole export");
        if found != after {
            begin(format).end().ok();
        }
        kinds.rotate_left(1);
    }
}

#[test]
fn a_server_killed_while_it_brings_an_older_file_up_to_date_has_everything() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared(&canary::text("migration", 1));
    pilot.on(3).synced();
    world.stop_server();
    let records = Database::open(&world.data()).all_records();
    Database::open(&world.data()).connection.execute_batch(BACK_TO_2).expect("it was of version 2");
    let old = world.path("old");
    copy(&world.data(), &old);
    let mut chance = Chance::of(4);
    for round in 0..rounds(6) {
        copy(&old, &world.data());
        let mut server = Command::new(program("WAYMARK_SERVER", "waymark-server"))
            .args(Server::arguments(&world.data(), world.port))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        std::thread::sleep(Duration::from_millis(chance.below(120) as u64));
        server.kill().expect("the server can be killed");
        server.wait().expect("the server can be waited for");
        world.start_server();
        pilot.on(3).synced();
        world.stop_server();
        assert!(Database::open(&world.data()).all_records() == records, "round {round}: every record as it was");
    }
}
