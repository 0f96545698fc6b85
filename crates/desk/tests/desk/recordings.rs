//! Recordings: collected, sealed at the desk, accounted for, heard beside an export, and gone with their entry.

use std::path::Path;

use waymark_desk::Desk;
use waymark_desk::export::{Exported, Format, export};
use waymark_protocol::Hash;
use waymark_protocol::attachment::{CHUNK_LEN, MAX_PART_LEN, Part};
use waymark_protocol::content::Entry;
use waymark_protocol::proof::State;
use waymark_vault::Table;

use crate::phone::{Phone, To};
use crate::world::{World, device, quarantined, state};

/// Longer than one part.
fn audio() -> Vec<u8> {
    (0..MAX_PART_LEN + CHUNK_LEN).map(|place| u8::try_from(place % 253).unwrap()).collect()
}

/// Ash has written three entries, of which the second, at place 4, has a recording; everything but its parts is pushed.
async fn pushed() -> (World, Phone, Entry, Vec<Part>) {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("before", To::Study);
    let (entry, parts) = phone.voice("spoken", &audio());
    phone.write_entry(&entry, To::Study);
    phone.write("after", To::Study);
    world.server.receive(&phone.items());
    (world, phone, entry, parts)
}

fn rows_of_parts(world: &World) -> u64 {
    let count = |table| world.desk.vault.count(Table::new(table)).unwrap();
    assert!(count("part bytes") <= count("parts"));
    count("part bytes")
}

fn export_to(desk: &mut Desk, format: Format, path: &Path) -> (Exported, String) {
    let exported = export(desk, format, path).unwrap();
    (exported, std::fs::read_to_string(path).unwrap())
}

#[tokio::test]
async fn a_recording_is_collected_and_stands_beside_the_export_as_it_was_spoken() {
    let (mut world, phone, entry, parts) = pushed().await;
    world.server.receive_parts(phone.participant, &parts);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.received, pulled.totals.opened), (5, 3), "a recording is no record");
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 5));
    assert_eq!(rows_of_parts(&world), 2);
    world.server.with(|script| script.asked_parts.clear());
    world.pull().await;
    assert!(world.server.with(|script| script.asked_parts.is_empty()), "what is here is not asked for again");

    let out = world.folder.join("out.jsonl");
    let (exported, written) = export_to(&mut world.desk, Format::Jsonl, &out);
    assert_eq!((exported.revisions, exported.recordings, exported.needs_attention), (3, 1, false));
    let lines: Vec<serde_json::Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let file = format!("out.jsonl.audio/{}-{}.webm", entry.entry, entry.attachments[0].id());
    let voice = serde_json::json!([{ "file": file, "seconds": 3, "type": "audio/webm;codecs=opus" }]);
    assert_eq!((&lines[1]["voice"], &lines[0]["voice"]), (&voice, &serde_json::json!([])));
    assert!(std::fs::read(world.folder.join(&file)).unwrap() == audio());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&world.folder.join(&file)), mode(&world.folder.join("out.jsonl.audio"))), (0o600, 0o700));
    }

    let (_, written) = export_to(&mut world.desk, Format::Md, &world.folder.join("out.md"));
    let listen = file.replace("out.jsonl", "out.md");
    assert!(written.contains(&format!("- Voice note: 3 s, audio/webm;codecs=opus: [listen](<{listen}>)\n")));
    export_to(&mut world.desk, Format::Csv, &world.folder.join("out.csv"));
    let mut reader = csv::Reader::from_path(world.folder.join("out.csv")).unwrap();
    let column = reader.headers().unwrap().iter().position(|name| name == "voice").unwrap();
    let cells: Vec<String> = reader.records().map(|row| row.unwrap()[column].to_owned()).collect();
    assert_eq!(cells[0], "[]");
    let cell: serde_json::Value = serde_json::from_str(&cells[1]).unwrap();
    assert_eq!(cell[0]["file"], file.replace("out.jsonl", "out.csv"));
}

#[tokio::test]
async fn a_part_that_has_not_come_makes_its_device_behind_until_it_comes() {
    let (mut world, phone, _, parts) = pushed().await;
    for (there, missing) in [(0, 2), (1, 1)] {
        world.server.receive_parts(phone.participant, &parts[..there]);
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, phone.device()), (State::Behind, 5));
        assert_eq!(device(&pulled, phone.device()).parts_missing, missing);
        assert!(!pulled.report.needs_attention(), "it may follow when there is Wi-Fi");
        assert_eq!(world.texts(), ["before", "spoken", "after"], "the text does not wait for it");
        let out = world.folder.join("out.jsonl");
        let (exported, written) = export_to(&mut world.desk, Format::Jsonl, &out);
        assert_eq!(exported.recordings, 0);
        assert!(written.contains(r#""voice":[{"file":null,"seconds":3,"type":"audio/webm;codecs=opus"}]"#));
        assert!(!world.folder.join("out.jsonl.audio").exists(), "no folder without a recording");
        let (_, written) = export_to(&mut world.desk, Format::Md, &world.folder.join("out.md"));
        assert!(written.contains("- Voice note: 3 s, has not come yet\n"));
    }
    world.server.receive_parts(phone.participant, &parts);
    world.server.with(|script| script.asked_parts.clear());
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 5));
    assert_eq!(world.server.with(|script| script.asked_parts.clone()), [parts[1].hash], "only what is missing");
}

#[tokio::test]
async fn other_bytes_than_a_parts_are_named_not_kept_and_mended_when_the_right_ones_come() {
    let changes: [fn(&mut Vec<u8>); 4] =
        [|bytes| bytes[70_000] ^= 1, |bytes| bytes.truncate(65_552), |bytes| bytes.push(0), Vec::clear];
    for change in changes {
        let (mut world, phone, _, parts) = pushed().await;
        let mut handed_out = parts.clone();
        change(&mut handed_out[0].bytes);
        world.server.receive_parts(phone.participant, &handed_out);
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, phone.device()), (State::Withheld, 4));
        let reason = "part of a recording is not what was sent";
        assert_eq!(pulled.totals.quarantined, [quarantined(phone.device(), 4, reason)]);
        assert_eq!(rows_of_parts(&world), 1);
        assert_eq!(world.texts(), ["before", "after"]);
        assert!(export(&mut world.desk, Format::Jsonl, &world.folder.join("out")).unwrap().needs_attention);

        world.server.receive_parts(phone.participant, &parts);
        let pulled = world.pull().await;
        assert_eq!(state(&pulled, phone.device()), (State::Complete, 5));
        assert_eq!((pulled.totals.opened, rows_of_parts(&world)), (3, 2));
    }
}

#[tokio::test]
async fn a_recording_that_is_what_was_sent_and_does_not_open_is_quarantined_and_not_asked_for_again() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    // Sealed for another entry than the one that it stands in.
    let (stranger, parts) = phone.voice("another", b"a voice");
    let entry = Entry { attachments: stranger.attachments, ..phone.entry("spoken") };
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    for asked in [1, 0] {
        let pulled = world.pull().await;
        assert_eq!(pulled.totals.quarantined, [quarantined(phone.device(), 3, "recording does not open")]);
        assert_eq!(state(&pulled, phone.device()), (State::Complete, 3), "nothing is missing");
        assert_eq!(rows_of_parts(&world), 0);
        assert_eq!(world.server.with(|script| std::mem::take(&mut script.asked_parts)).len(), asked);
    }
}

#[tokio::test]
async fn a_record_that_lists_other_parts_than_its_entry_is_quarantined() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let (entry, parts) = phone.voice("spoken", &audio());
    let (first, second) = (parts[0].hash, parts[1].hash);
    let others = [vec![], vec![first], vec![second, first], vec![first, second, Hash([1; 32])]];
    for parts in others {
        phone.write_entry_listing(&entry, parts, To::Study);
    }
    let silent = phone.entry("no recording");
    phone.write_entry_listing(&silent, vec![first], To::Study);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    let pulled = world.pull().await;
    let reason = "lists other parts than its recordings have";
    let expected: Vec<_> = (3..8).map(|seq| quarantined(phone.device(), seq, reason)).collect();
    assert_eq!(pulled.totals.quarantined, expected);
    assert!(world.server.with(|script| script.asked_parts.is_empty()));
}

#[tokio::test]
async fn a_private_entrys_recording_is_not_asked_for_until_it_is_granted() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let (entry, parts) = phone.voice("mine", b"a voice");
    let target = phone.write_entry(&entry, To::Writer);
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 3));
    assert!(world.server.with(|script| script.asked_parts.is_empty()));

    let sent = phone.items().len() - 1;
    phone.grant(target);
    world.server.receive(&phone.items()[sent..]);
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 4));
    assert_eq!(rows_of_parts(&world), 1);
}

#[tokio::test]
async fn a_withdrawn_recording_is_gone_from_the_vault_and_from_the_next_export_and_others_stay() {
    let (mut world, mut phone, entry, parts) = pushed().await;
    let withdrawn = phone.log[3].as_target();
    let (other, other_parts) = phone.voice("stays", b"another voice");
    phone.write_entry(&other, To::Study);
    world.server.receive(&phone.items()[5..]);
    world.server.receive_parts(phone.participant, &parts);
    world.server.receive_parts(phone.participant, &other_parts);
    world.pull().await;
    assert_eq!(rows_of_parts(&world), 3);
    let out = world.folder.join("out.jsonl");
    assert_eq!(export_to(&mut world.desk, Format::Jsonl, &out).0.recordings, 2);
    let audio_folder = world.folder.join("out.jsonl.audio");
    std::fs::write(audio_folder.join("my notes.txt"), "mine").unwrap();

    phone.withdraw(withdrawn);
    world.server.receive(&phone.items()[6..]);
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.opened, pulled.totals.erased), (3, 1));
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 7));
    assert_eq!(rows_of_parts(&world), 1);
    assert_eq!(export_to(&mut world.desk, Format::Jsonl, &out).0.recordings, 1);
    let mut names: Vec<_> = std::fs::read_dir(&audio_folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"my notes.txt".to_owned()), "what the researcher put there stays");
    assert!(names.iter().all(|name| !name.contains(&entry.entry.to_string())));
}

#[tokio::test]
async fn revisions_that_keep_a_recording_share_it() {
    let (mut world, mut phone, entry, parts) = pushed().await;
    let first = phone.log[3].as_target();
    let revised =
        Entry { revision: waymark_protocol::RevisionId([88; 16]), text: "spoken, mended".to_owned(), ..entry };
    phone.write_entry(&revised, To::Study);
    world.server.receive(&phone.items()[5..]);
    world.server.receive_parts(phone.participant, &parts);
    world.pull().await;
    assert_eq!(rows_of_parts(&world), 2);
    let (exported, written) = export_to(&mut world.desk, Format::Jsonl, &world.folder.join("out.jsonl"));
    assert_eq!((exported.revisions, exported.recordings), (4, 1));
    assert_eq!(written.matches(".webm").count(), 2);

    // Erasing one revision alone leaves the other its recording.
    let order = waymark_protocol::order::ErasureOrder::sign(
        &world.desk.keys.signing,
        waymark_protocol::order::OrderId([3; 16]),
        phone.study,
        first,
        1_777_000_000_000,
        "asked".to_owned(),
    );
    world.server.with(|script| script.orders.erasures.push(order));
    let pulled = world.pull().await;
    assert_eq!((pulled.totals.erased, rows_of_parts(&world)), (1, 2));
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 6));
}

#[tokio::test]
async fn trouble_with_a_part_stops_nothing_else_and_the_next_pull_goes_on_where_it_was() {
    let (mut world, phone, _, parts) = pushed().await;
    world.server.receive_parts(phone.participant, &parts);
    world.server.with(|script| script.parts_until_trouble = Some(1));
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()).0, State::Behind);
    assert_eq!(rows_of_parts(&world), 1, "the first part is kept");
    world.server.with(|script| {
        script.parts_until_trouble = None;
        script.asked_parts.clear();
    });
    let pulled = world.pull().await;
    assert_eq!(state(&pulled, phone.device()), (State::Complete, 5));
    assert_eq!(world.server.with(|script| script.asked_parts.clone()), [parts[1].hash]);
}
