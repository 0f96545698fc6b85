//! The files of an export with proofs: what stays of earlier ones, and the voice notes beside it.

use std::fs;

use serde_json::{Value, json};
use waymark_desk::certificate::ExportCheckError as Wrong;
use waymark_desk::export::{Format, export, export_with_proofs};
use waymark_protocol::RevisionId;

use crate::archive::{Archive, studied};
use crate::phone::{To, recording_called_as};
use crate::world::World;

#[tokio::test]
async fn the_next_export_without_proofs_takes_the_old_keys_away_and_a_failed_one_leaves_both() {
    let (mut world, _) = studied().await;
    let archive = Archive::of(&mut world);
    let before = (fs::read(archive.export()).unwrap(), fs::read(archive.proofs()).unwrap());
    export(&mut world.desk, Format::Jsonl, &archive.export()).unwrap();
    assert!(!archive.proofs().exists(), "no keys stay beside an export that did not ask for them");
    fs::write(archive.proofs(), "somebody's own").unwrap();
    export(&mut world.desk, Format::Csv, &archive.export()).unwrap();
    assert_eq!(fs::read_to_string(archive.proofs()).unwrap(), "somebody's own");

    fs::remove_file(archive.proofs()).unwrap();
    fs::create_dir(archive.proofs()).unwrap();
    fs::write(archive.export(), &before.0).unwrap();
    assert!(export_with_proofs(&mut world.desk, &archive.export()).is_err(), "a folder is in the way");
    assert_eq!(fs::read(archive.export()).unwrap(), before.0);
    let names = fs::read_dir(&archive.folder).unwrap().map(|file| file.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().starts_with('.')), "no temporary file is left");
}

#[tokio::test]
async fn what_killed_exports_left_goes_with_the_next_export_to_the_same_name() {
    let (mut world, _) = studied().await;
    let archive = Archive::of(&mut world);
    let left = [".out.jsonl.0123456789abcdef", ".out.jsonl.proofs.fedcba9876543210"];
    let others = [
        ".out.jsonl.0123456789abcde",
        ".out.jsonl.0123456789abcdef0",
        ".out.jsonl.0123456789abcdeF",
        ".out.jsonl.proofs.0123456789abcdef.txt",
        ".mine.jsonl.0123456789abcdef",
        "out.jsonl.0123456789abcdef",
    ];
    let there = |name: &str| fs::symlink_metadata(archive.folder.join(name)).is_ok();
    for with_proofs in [true, false] {
        for name in left.iter().chain(&others) {
            fs::write(archive.folder.join(name), "keys").unwrap();
        }
        fs::create_dir_all(archive.folder.join(".out.jsonl.0000000000000000")).unwrap();
        if with_proofs {
            export_with_proofs(&mut world.desk, &archive.export()).unwrap();
        } else {
            export(&mut world.desk, Format::Csv, &archive.export()).unwrap();
        }
        assert!(!left.iter().any(|name| there(name)), "with proofs: {with_proofs}");
        assert!(others.iter().all(|name| there(name)), "somebody's own");
        assert!(there(".out.jsonl.0000000000000000"), "a folder is none of ours");
    }
    #[cfg(unix)]
    {
        let link = archive.folder.join(left[0]);
        std::os::unix::fs::symlink(archive.certificate(), &link).unwrap();
        export_with_proofs(&mut world.desk, &archive.export()).unwrap();
        assert!(there(left[0]), "nor is a link");
    }
}

#[tokio::test]
async fn an_export_whose_proofs_nobody_would_take_is_not_written() {
    let mut world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    assert!(export_with_proofs(&mut world.desk, &folder.path().join("out\u{1b}[2J.jsonl")).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn voice_notes_beside_an_export_are_what_was_spoken() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let audio: Vec<u8> = (0..1_200_000_u32).map(|place| (place % 253) as u8).collect();
    let (entry, parts) = phone.voice("spoken", &audio);
    phone.write_entry(&entry, To::Study);
    let mut again = entry.clone();
    (again.revision, again.text) = (RevisionId([7; 16]), "spoken, and changed".to_owned());
    phone.write_entry(&again, To::Study);
    let (waiting, _) = phone.voice("not here yet", b"a voice");
    phone.write_entry(&waiting, To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    world.pull().await;
    let archive = Archive::of(&mut world);
    let exported = archive.check().unwrap();
    assert_eq!((exported.entries, exported.recordings_missing), (3, 1));

    let file = fs::read_dir(archive.folder.join("out.jsonl.audio")).unwrap().next().unwrap().unwrap().path();
    let good = fs::read(&file).unwrap();
    let changes: [fn(&mut Vec<u8>); 4] =
        [|bytes| bytes[1_000_000] ^= 1, |bytes| bytes.truncate(900), Vec::clear, |bytes| bytes.push(0)];
    for change in changes {
        let mut bytes = good.clone();
        change(&mut bytes);
        fs::write(&file, bytes).unwrap();
        assert!(matches!(archive.check(), Err(Wrong::Recording(path)) if path == file));
    }
    fs::remove_file(&file).unwrap();
    assert!(matches!(archive.check(), Err(Wrong::NoRecording(path, _)) if path == file));
    fs::write(&file, &good).unwrap();
    let hidden = archive.after_proof(1, |proof| proof["voice"] = json!([false]));
    assert!(matches!(hidden, Wrong::Line(1)), "said not to have come, and it stands in the line");
    assert!(archive.check().is_ok());
}

#[tokio::test]
async fn a_voice_note_that_no_line_names_is_found_and_a_systems_own_file_is_named() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let (entry, parts) = phone.voice("spoken", b"a voice");
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    world.pull().await;
    let archive = Archive::of(&mut world);
    let folder = archive.folder.join("out.jsonl.audio");
    let [entry, id] = [entry.entry.to_string(), entry.attachments[0].id().to_string()];
    let forged = [
        format!("{id}-{entry}.webm"),
        format!("{entry}-{id}.ogg"),
        format!("{entry}-{id}-2.webm"),
        format!(".{entry}-{id}.webm.0123456789abcdef"),
        format!("{entry}-{id}.\n"),
    ];
    for name in forged {
        let file = folder.join(&name);
        fs::write(&file, "words put into her mouth").unwrap();
        let wrong = archive.check().expect_err(&name);
        assert!(matches!(&wrong, Wrong::OfNoLine(shown) if *shown == name.escape_debug().to_string()), "{wrong}");
        fs::remove_file(file).unwrap();
    }
    fs::write(folder.join("Thumbs.db"), "").unwrap();
    fs::write(folder.join("what\u{1b}[2J"), "").unwrap();
    let exported = archive.check().unwrap();
    assert_eq!(exported.other_files, ["Thumbs.db".to_owned(), "what\\u{1b}[2J".to_owned()].into());
    assert!(exported.needs_attention(&archive.checked()) && !exported.lacks_something(&archive.checked()));
    for name in 0..200 {
        fs::write(folder.join(name.to_string()), "").unwrap();
    }
    assert_eq!(archive.check().unwrap().other_files.len(), 100, "not without end");
}

#[tokio::test]
async fn a_folder_of_voice_notes_that_only_fits_the_name_of_an_export_proves_nothing() {
    let (mut world, _) = studied().await;
    let archive = Archive::of(&mut world);
    let forged = |folder: &str| {
        let folder = archive.folder.join(folder);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(format!("{}-{}.webm", "01".repeat(16), "02".repeat(16))), "a voice").unwrap();
        let wrong = archive.check().unwrap_err();
        fs::remove_dir_all(folder).unwrap();
        wrong
    };
    assert!(matches!(forged("out.jsonl.audio"), Wrong::OfNoLine(_)), "none of its lines has one");
    // The desk says that it wrote it under another name.
    let proofs = fs::read_to_string(archive.proofs()).unwrap();
    fs::write(archive.proofs(), proofs.replacen("\"name\":\"out.jsonl\"", "\"name\":\"was.jsonl\"", 1)).unwrap();
    assert!(archive.check().unwrap().other_files.is_empty());
    for folder in ["out.jsonl.audio", "was.jsonl.audio"] {
        assert!(matches!(forged(folder), Wrong::OfNoLine(_)), "{folder}");
    }
}

#[tokio::test]
async fn two_recordings_that_a_phone_calls_the_same_have_a_file_each() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let (entry, parts) = phone.voice("spoken", b"one voice");
    phone.write_entry(&entry, To::Study);
    let mut again = entry.clone();
    (again.revision, again.text) = (RevisionId([7; 16]), "spoken again".to_owned());
    let (recording, other_parts) = recording_called_as(&entry, b"another voice");
    again.attachments = vec![recording];
    let withdrawn = phone.write_entry(&again, To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &[parts, other_parts].concat());
    world.pull().await;
    let archive = Archive::of(&mut world);
    assert_eq!(archive.check().unwrap().entries, 2);
    let lines = fs::read_to_string(archive.export()).unwrap();
    let heard: Vec<Vec<u8>> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["voice"][0]["file"].as_str().unwrap().to_owned())
        .map(|file| fs::read(archive.folder.join(file)).unwrap())
        .collect();
    assert_eq!(heard, [&b"one voice"[..], b"another voice"]);

    // Both go with their entry.
    let folder = archive.folder.join("out.jsonl.audio");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    phone.withdraw(withdrawn);
    world.server.receive(&phone.items());
    world.pull().await;
    export_with_proofs(&mut world.desk, &archive.export()).unwrap();
    assert!(!folder.exists());
}
