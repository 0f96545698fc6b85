//! Interviews on the page: shown before they are kept, found on the timeline, corrected, removed.

use std::io::{Seek, SeekFrom, Write};
use std::time::Duration;

use serde_json::{Value, json};
use waymark_desk::Desk;
use waymark_desk::export::{Format, export};

use crate::docx::{docx, paragraph};
use crate::page::Shown;
use crate::phone::To;
use crate::server::Trouble;
use crate::world::{PASSPHRASE, World};

const SAID: &str = "I: How was the first week?\nP: Like a kettle in a Café that is never switched off.";

/// In base64, as the page gives a file's bytes.
fn file(name: &str, bytes: &[u8]) -> Value {
    use base64::Engine as _;
    json!({ "name": name, "bytes": base64::engine::general_purpose::STANDARD.encode(bytes) })
}

fn interview(participant: &str, time_point: &str, day: &str, text: &str) -> Value {
    let file = file("T.txt", text.as_bytes());
    json!({ "participant": participant, "time_point": time_point, "day": day, "title": "", "file": file })
}

/// Two people with an entry each, on 4 May 2026; nobody has an interview.
async fn two_people() -> Shown {
    let mut world = World::new().await;
    for label in ["P01", "P02"] {
        let mut phone = world.join(label).await;
        phone.write("About the kettle", To::Study);
        world.server.receive(&phone.items());
    }
    world.pull().await;
    Shown::unlocked(world).await
}

impl Shown {
    /// What is on the timeline: of what kind, whose, and of which day.
    async fn timeline(&self, wanted: Value) -> Vec<String> {
        let mut all = json!({ "offset": 0, "limit": 100 });
        all.as_object_mut().unwrap().extend(wanted.as_object().unwrap().clone());
        let page = self.ask("entries", all).await;
        let found = page["entries"].as_array().unwrap();
        assert_eq!(page["total"], found.len());
        assert_eq!(page["interviews"], found.iter().filter(|each| each["kind"] == "interview").count());
        let told = found.iter().map(|each| {
            let day = if each["kind"] == "interview" { &each["day"] } else { &each["about"] };
            [&each["kind"], &each["participant"], day].map(|value| value.as_str().unwrap()).join(" ")
        });
        told.collect()
    }
}

#[tokio::test]
async fn a_file_is_shown_before_it_is_kept_and_what_is_none_is_named() {
    let shown = two_people().await;
    let body =
        [paragraph("I: Begin."), paragraph(&"P: On and on. ".repeat(200)), "<w:p><w:del/></w:p>".to_owned()].concat();
    let read = shown.ask("read_transcript", file("T1.docx", &docx(&body))).await;
    assert_eq!((&read["words"], &read["whole"], &read["left_out"]), (&json!(802), &json!(false), &json!(["deleted"])));
    assert!(read["beginning"].as_str().unwrap().starts_with("I: Begin.\nP: On and on."));
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await.len(), 0, "nothing is kept yet");
    for (bytes, code) in [
        (&b"%PDF-1.7"[..], "transcript-pdf"),
        (b"", "transcript-empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "transcript-old"),
        (b"{\\rtf1}", "transcript-other-kind"),
        (b"PK\x03\x04", "transcript-damaged"),
        (b"Caf\xe9", "transcript-other-encoding"),
        (b"\x89PNG\0", "transcript-not-text"),
        (&vec![b'a'; 5 << 20], "transcript-too-large"),
    ] {
        assert_eq!(shown.refused("read_transcript", file("x", bytes)).await, code);
    }
    assert_eq!(shown.refused("read_transcript", json!({ "name": "x", "bytes": "no base64!" })).await, "internal");
}

#[tokio::test]
async fn an_interview_stands_between_the_entries_and_is_found_as_they_are() {
    let shown = two_people().await;
    shown.ask("add_transcript", interview("P01", "T1", "2026-04-20", SAID)).await;
    shown.ask("add_transcript", interview("P01", "T2", "2026-05-04", "P: Another day.")).await;
    let all = ["interview P01 2026-04-20", "entry P01 2026-05-04", "interview P01 2026-05-04", "entry P02 2026-05-04"];
    assert_eq!(shown.timeline(json!({})).await, all, "by person and day");
    for (wanted, places) in [
        (json!({ "kind": "interview" }), &[0, 2][..]),
        (json!({ "kind": "entry" }), &[1, 3]),
        (json!({ "participant": "P02" }), &[3]),
        (json!({ "words": "KETTLE" }), &[0, 1, 3]),
        (json!({ "words": "cafe kettle" }), &[0]),
        (json!({ "from": "2026-05-01" }), &[1, 2, 3]),
        (json!({ "until": "2026-05-01" }), &[0]),
        (json!({ "weight": "okay" }), &[1, 3]),
        (json!({ "phase": "into" }), &[1, 3]),
    ] {
        let expected: Vec<&str> = places.iter().map(|place| all[*place]).collect();
        assert_eq!(shown.timeline(wanted.clone()).await, expected, "{wanted}");
    }
    let filters = shown.ask("filters", json!({})).await;
    assert_eq!(
        (&filters["first_day"], &filters["time_points"]),
        (&json!("2026-04-20"), &json!(["T1", "T2", "T3", "T4"]))
    );
    let people = shown.ask("people", json!({})).await;
    let counts: Vec<_> =
        people["people"].as_array().unwrap().iter().map(|person| person["interviews"].as_u64()).collect();
    assert_eq!(counts, [Some(2), Some(0)]);
    assert_eq!(people["people"][0]["shared"], 1, "an interview is no entry");
}

#[tokio::test]
async fn an_interview_is_kept_once_and_what_was_typed_wrongly_is_named() {
    let shown = two_people().await;
    let first = interview("P01", "T1", "2026-04-20", SAID);
    shown.ask("add_transcript", first.clone()).await;
    assert_eq!(shown.refused("add_transcript", first).await, "transcript-there");
    for (participant, time_point, day, code) in [
        ("P09", "T1", "2026-04-20", "participant-unknown"),
        ("P01", " ", "2026-04-20", "time-point-unfit"),
        ("P01", "T1", "", "day-unfit"),
        ("P01", "T1", "2999-01-01", "day-unfit"),
    ] {
        assert_eq!(shown.refused("add_transcript", interview(participant, time_point, day, "x")).await, code);
    }
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await.len(), 1);
}

#[tokio::test]
async fn a_file_is_read_while_somebody_else_works_at_the_desk() {
    let shown = two_people().await;
    let wait: &[(&str, &str)] = &[("retry-after", "20")];
    shown.server.with(|script| script.troubles.extend((0..50).map(|_| Trouble::Status(503, wait, Vec::new()))));
    let app = shown.app.clone();
    let collecting = tokio::spawn(async move { app.call("collect", json!({})).await });
    while shown.ask("progress", json!({})).await["running"] != true {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let refused = shown.refused("add_transcript", interview("P01", "T1", "2026-04-20", "%PDF-1.7"));
    let refused = tokio::time::timeout(Duration::from_secs(10), refused).await;
    shown.app.lock_now().await;
    assert_eq!(refused.expect("it waits for no collection"), "transcript-pdf");
    assert!(collecting.await.unwrap().is_err());
}

#[tokio::test]
async fn an_interview_is_read_whole_corrected_and_removed() {
    let shown = two_people().await;
    let long = format!("{SAID}\n{}", "P: And so on, and so on.\n".repeat(200));
    shown.ask("add_transcript", interview("P01", "T1", "2026-04-20", &long)).await;
    let found = async || {
        shown.ask("entries", json!({ "kind": "interview", "offset": 0, "limit": 1 })).await["entries"][0].clone()
    };
    let view = found().await;
    assert_eq!((&view["whole"], view["passages"].as_array().unwrap().len()), (&json!(false), 1));
    let which = json!({ "transcript": view["transcript"] });
    let whole = shown.ask("transcript", which.clone()).await;
    assert_eq!((whole["text"].as_str().unwrap(), &whole["exports"]), (long.trim_end(), &json!([])));

    let change = json!({ "transcript": view["transcript"], "participant": "P02", "time_point": "T3", "day": "2026-04-21", "title": "Corrected" });
    shown.ask("change_transcript", change.clone()).await;
    let view = found().await;
    let said =
        ["participant", "time_point", "day", "title", "file"].map(|field| view[field].as_str().unwrap().to_owned());
    assert_eq!(said, ["P02", "T3", "2026-04-21", "Corrected", "T.txt"]);
    let mut wrong = change.clone();
    wrong["title"] = json!("in\ntwo lines");
    assert_eq!(shown.refused("change_transcript", wrong).await, "title-unfit");

    // It has stood in an export meanwhile.
    shown.app.lock_now().await;
    let mut desk = Desk::open(&shown.folder, PASSPHRASE).unwrap();
    let out = shown.folder.join("out.md");
    export(&mut desk, Format::Md, &out).unwrap();
    drop(desk);
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.ask("transcript", which.clone()).await["exports"][0]["there"], true);
    let removed = shown.ask("remove_transcript", which.clone()).await;
    assert_eq!((&removed["removed"], &removed["exports"][0]["path"]), (&json!(1), &json!(out.to_str().unwrap())));
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await.len(), 0);
    for name in ["transcript", "remove_transcript"] {
        assert_eq!(shown.refused(name, which.clone()).await, "transcript-unknown");
    }
    assert_eq!(shown.refused("change_transcript", change).await, "transcript-unknown");
    assert_eq!(shown.refused("transcript", json!({ "transcript": "P01" })).await, "transcript-unknown");
}

#[tokio::test]
async fn all_interviews_of_one_person_are_removed_at_once() {
    let shown = two_people().await;
    for (participant, text) in [("P01", "P: One."), ("P01", "P: Two."), ("P02", "P: Of somebody else.")] {
        shown.ask("add_transcript", interview(participant, "T1", "2026-04-20", text)).await;
    }
    let removed = shown.ask("remove_transcripts", json!({ "participant": "P01" })).await;
    assert_eq!(removed, json!({ "removed": 2, "exports": [] }));
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await, ["interview P02 2026-04-20"]);
    assert_eq!(shown.refused("remove_transcripts", json!({ "participant": "P09" })).await, "participant-unknown");
}

#[tokio::test]
async fn what_was_done_and_cannot_be_read_again_is_told() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    // Longer than what the desk keeps of its file in memory, so that it is read from the disk again.
    for _ in 0..60 {
        phone.write(&"And on. ".repeat(8_000), To::Study);
    }
    world.server.receive(&phone.items());
    world.pull().await;
    let shown = Shown::unlocked(world).await;
    shown.ask("add_transcript", interview("P01", "T1", "2026-04-20", SAID)).await;
    let found = shown.ask("entries", json!({ "kind": "interview", "offset": 0, "limit": 1 })).await;
    let which = json!({ "transcript": found["entries"][0]["transcript"] });
    shown.app.lock_now().await;
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let file = shown.folder.join("desk.waymark");
    let mut bytes = std::fs::read(&file).unwrap();
    // In the midst of a page of what was written.
    let place = bytes.len() / 2 / 4096 * 4096 + 2048;
    let mut flip = || {
        bytes[place] ^= 0x55;
        let mut open = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
        open.seek(SeekFrom::Start(place as u64)).unwrap();
        open.write_all(&bytes[place..=place]).unwrap();
    };
    flip();
    assert_eq!(shown.refused("remove_transcript", which).await, "done-unread");
    shown.app.lock_now().await;
    flip();
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await, [""; 0], "it was removed");
}

/// What was damaged on the disk does not open. The others do, and it is gone where the file is whole again.
#[tokio::test]
async fn an_interview_that_is_damaged_on_the_disk_keeps_nobody_from_the_others() {
    let shown = two_people().await;
    shown.ask("add_transcript", interview("P01", "T1", "2026-04-20", SAID)).await;
    let found = shown.ask("entries", json!({ "kind": "interview", "offset": 0, "limit": 1 })).await;
    let which = json!({ "transcript": found["entries"][0]["transcript"] });
    shown.ask("add_transcript", interview("P02", "T1", "2026-04-20", &"P: On. ".repeat(400_000))).await;
    shown.app.lock_now().await;
    let file = shown.folder.join("desk.waymark");
    let mut bytes = std::fs::read(&file).unwrap();
    let place = bytes.len() / 2 / 4096 * 4096 + 2048;
    bytes[place] ^= 0x55;
    std::fs::write(&file, &bytes).unwrap();
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await, ["interview P01 2026-04-20"]);
    let damaged = shown.ask("filters", json!({})).await["damaged"].clone();
    assert_eq!(damaged.as_array().unwrap().len(), 1);
    shown.ask("add_transcript", interview("P02", "T2", "2026-04-22", SAID)).await;
    shown.ask("remove_transcript", which).await;
    shown.ask("remove_transcript", json!({ "transcript": damaged[0] })).await;
    assert_eq!(shown.timeline(json!({ "kind": "interview" })).await, ["interview P02 2026-04-22"]);
}

#[tokio::test]
async fn whoever_erases_all_of_somebody_is_told_how_many_interviews_stay() {
    let shown = two_people().await;
    shown.ask("add_transcript", interview("P01", "T1", "2026-04-20", SAID)).await;
    let wanted = |participant: &str| json!({ "participant": participant, "entry": null, "private_too": false });
    assert_eq!(shown.ask("plan_erasure", wanted("P02")).await["interviews"], 0);
    let plan = shown.ask("plan_erasure", wanted("P01")).await;
    assert_eq!(plan["interviews"], 1);
    let order =
        json!({ "wanted": wanted("P01"), "counts": plan["counts"], "reason": "asked for it", "confirm": "P01" });
    assert_eq!(shown.ask("erase", order).await["interviews"], 1);
    let left = shown.timeline(json!({ "participant": "P01" })).await;
    assert_eq!(left, ["interview P01 2026-04-20"]);
}
