//! Packs for interviews: what somebody wants to talk about and has shared, and nothing else.

use std::io::Read;

use serde_json::{Value, json};
use waymark_desk::export::{Format, PackFormat, WantedPack, export, export_pack};
use waymark_desk::exported::{PAPER, all};
use waymark_protocol::content::{Entry, What};
use waymark_protocol::{EntryId, RevisionId};

use crate::page::Shown;
use crate::phone::{Phone, To};
use crate::world::World;

fn talk(entry: EntryId, wanted: bool) -> What {
    What::Talk { entry, wanted }
}

/// The study's title as a part of a file's name, and who takes a pack.
fn said(participant: &str) -> Value {
    json!({ "participant": participant, "by": "A. Researcher", "why": "the interview in May" })
}

fn with(mut value: Value, key: &str, to: Value) -> Value {
    value[key] = to;
    value
}

/// An entry that is shared, about a day.
fn about(phone: &mut Phone, day: &str, text: &str) -> Entry {
    let mut entry = phone.entry(text);
    entry.about = day.parse().unwrap();
    phone.write_entry(&entry, To::Study);
    entry
}

/// P01 wants to talk about two of four shared entries, one of them revised since, and has flagged what is nobody else's; P02 about none.
async fn world() -> (World, Phone, [Entry; 2]) {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let later = about(&mut phone, "2026-05-20", "Later, to talk about");
    let first = about(&mut phone, "2026-05-06", "An earlier version");
    about(&mut phone, "2026-05-08", "Not to talk about");
    let no_more = about(&mut phone, "2026-05-09", "Not any more");
    let mut again = first.clone();
    again.revision = RevisionId([9; 16]);
    again.parents = vec![first.revision];
    again.text = "First, to talk about".to_owned();
    again.answers.clear();
    phone.write_entry(&again, To::Study);
    let private = phone.entry("Nobody else's");
    phone.write_entry(&private, To::Writer);
    for entry in [later.entry, first.entry, no_more.entry, private.entry] {
        phone.tell_on("2026-05-21", talk(entry, true));
    }
    phone.tell_on("2026-05-22", talk(no_more.entry, false));
    world.server.receive(&phone.items());
    let mut other = world.join("P02").await;
    about(&mut other, "2026-05-07", "Of somebody else");
    world.server.receive(&other.items());
    world.pull().await;
    (world, phone, [first, later])
}

fn texts(entries: &Value) -> Vec<&str> {
    entries.as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_people_want_to_talk_about_is_marked_found_and_counted_and_nothing_else_is() {
    let (world, _, _) = world().await;
    let shown = Shown::unlocked(world).await;
    assert_eq!(shown.texts(json!({ "talk": true })).await, ["First, to talk about", "Later, to talk about"]);
    assert_eq!(shown.texts(json!({ "talk": true, "participant": "P02" })).await, [""; 0]);
    assert_eq!(shown.texts(json!({ "talk": false })).await.len(), 5);
    let people = shown.ask("people", json!({})).await;
    let talk: Vec<&Value> = people["people"].as_array().unwrap().iter().map(|person| &person["talk"]).collect();
    assert_eq!(talk, [&json!(2), &json!(0)]);
    let pack = shown.ask("pack", json!({ "participant": "P01" })).await;
    assert_eq!(texts(&pack["entries"]), ["First, to talk about", "Later, to talk about"]);
    assert!(pack["entries"].as_array().unwrap().iter().all(|entry| entry["talk"] == true));
    assert_eq!(shown.ask("pack", json!({ "participant": "P02" })).await["entries"], json!([]));
}

#[tokio::test]
async fn a_pack_holds_what_is_wanted_as_it_is_now_and_says_whose_it_is_and_that_it_is_confidential() {
    let (world, _, _) = world().await;
    let shown = Shown::unlocked(world).await;
    let done = shown.ask("save_pack", with(said("P01"), "format", json!("md"))).await;
    assert_eq!((&done["revisions"], &done["exports"]["made"][0]["pack"]), (&json!(2), &json!("P01")));
    let path = done["path"].as_str().unwrap();
    assert!(path.contains("-interview-pack-p01") && path.ends_with(".md"), "{path}");
    let text = std::fs::read_to_string(path).unwrap();
    for there in ["# What P01 wants to talk about", "Confidential", "About: 2026-05-06 to 2026-05-20", "**Notes**"] {
        assert!(text.contains(there), "{there}");
    }
    let places = ["### 2026-05-06", "First, to talk about", "### 2026-05-20", "Later, to talk about"];
    let places = places.map(|part| text.find(part).expect(part));
    assert!(places.is_sorted(), "in the order of the days");
    for not_there in ["An earlier version", "Not to talk about", "Not any more", "Nobody else's", "Of somebody else"] {
        assert!(!text.contains(not_there), "{not_there}");
    }
    let done = shown.ask("save_pack", with(said("P01"), "format", json!("docx"))).await;
    let file = std::fs::File::open(done["path"].as_str().unwrap()).unwrap();
    let mut document = String::new();
    zip::ZipArchive::new(file).unwrap().by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    assert!(document.contains("Confidential") && document.contains("First, to talk about"));
    assert_eq!(document.matches("\"Note\"").count(), 10, "room for notes after each");
    for (name, input, code) in [
        ("save_pack", with(said("P02"), "format", json!("md")), "nothing-to-talk-about"),
        ("save_pack", with(said("p01"), "format", json!("md")), "participant-unknown"),
        ("note_printed_pack", with(said("p01"), "shown", json!([])), "participant-unknown"),
        ("note_printed_pack", with(said("P02"), "shown", json!([])), "nothing-to-talk-about"),
        ("note_printed_pack", with(said("P01"), "shown", json!([])), "pack-changed"),
        ("note_printed_pack", with(said("P01"), "shown", json!([{ "entry": "x", "revision": "y" }])), "pack-changed"),
        ("save_pack", with(with(said("P01"), "format", json!("md")), "why", json!(" ")), "reason-missing"),
        ("note_printed_pack", with(with(said("P01"), "shown", json!([])), "by", json!("")), "name-missing"),
    ] {
        assert_eq!(shown.refused(name, input).await, json!(code), "{name}");
    }
    assert_eq!(
        shown.ask("exports", json!({})).await["made"].as_array().unwrap().len(),
        2,
        "what was refused is in no list"
    );
}

#[tokio::test]
async fn what_is_withdrawn_is_to_be_talked_about_no_more_and_the_packs_that_hold_it_are_named_on_paper_too() {
    let (world, mut phone, [first, _]) = world().await;
    let before = phone.log.len();
    let shown = Shown::unlocked(world).await;
    shown.ask("save_pack", with(said("P01"), "format", json!("md"))).await;
    let printed =
        with(said("P01"), "shown", shown.ask("pack", json!({ "participant": "P01" })).await["entries"].take());
    shown.ask("note_printed_pack", printed.clone()).await;
    let revisions = phone.targets_of(first.entry);
    for revision in revisions {
        phone.withdraw(revision);
    }
    shown.server.receive(&phone.items()[before..]);
    shown.ask("collect", json!({})).await;
    assert_eq!(texts(&shown.ask("pack", json!({ "participant": "P01" })).await["entries"]), ["Later, to talk about"]);
    // A page that still shows what is gone prints nothing of it that no list would name.
    assert_eq!(shown.refused("note_printed_pack", printed).await, "pack-changed");
    let made = shown.ask("exports", json!({})).await["made"].clone();
    let told = |nth: usize| (made[nth]["format"].as_str().unwrap(), &made[nth]["withdrawn"], &made[nth]["there"]);
    assert_eq!(told(0), (PAPER, &json!(1), &json!(false)), "nobody can look where paper is");
    assert_eq!(told(1), ("md", &json!(1), &json!(true)));
    assert_eq!((&made[0]["by"], &made[0]["why"]), (&json!("A. Researcher"), &json!("the interview in May")));
}

#[tokio::test]
async fn who_has_left_is_not_asked_about_anything() {
    let (mut world, mut phone, _) = world().await;
    let before = phone.log.len();
    phone.tell_on("2026-05-23", What::Left { erased: false });
    // And what it would still say is not for the study.
    let another = about(&mut phone, "2026-05-24", "After leaving");
    phone.tell_on("2026-05-24", talk(another.entry, true));
    world.server.receive(&phone.items()[before..]);
    world.pull().await;
    assert_eq!(all(&world.desk).unwrap(), []);
    let shown = Shown::unlocked(world).await;
    assert_eq!(shown.ask("pack", json!({ "participant": "P01" })).await["entries"], json!([]));
    assert_eq!(shown.texts(json!({})).await.len(), 5, "what was shared before stays with the study");
}

#[tokio::test]
async fn who_has_left_by_telephone_is_not_asked_about_anything_either() {
    let (world, _, _) = world().await;
    let shown = Shown::unlocked(world).await;
    let talk = async || shown.ask("people", json!({})).await["people"][0]["talk"].clone();
    assert_eq!(talk().await, json!(2));
    shown.ask("say_left", json!({ "participant": "P01", "left": true })).await;
    assert_eq!(talk().await, json!(0));
    assert_eq!(shown.ask("pack", json!({ "participant": "P01" })).await["entries"], json!([]));
    assert_eq!(shown.texts(json!({ "talk": true })).await, [""; 0]);
    shown.ask("say_left", json!({ "participant": "P01", "left": false })).await;
    assert_eq!(talk().await, json!(2));
}

#[tokio::test]
async fn a_pack_in_the_place_of_an_export_leaves_nothing_of_that_beside_it() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let (spoken, parts) = phone.voice("To talk about", b"a voice");
    phone.write_entry(&spoken, To::Study);
    phone.tell_on("2026-05-21", talk(spoken.entry, true));
    world.server.receive(&phone.items());
    world.server.receive_parts(phone.participant, &parts);
    world.pull().await;
    let path = world.folder.join("out.md");
    assert_eq!(export(&mut world.desk, Format::Md, &path).unwrap().recordings, 1);
    // What earlier exports were writing when they were killed.
    let half = [".out.md.0123456789abcdef", ".out.md.proofs.0123456789abcdef"].map(|name| world.folder.join(name));
    half.iter().for_each(|half| std::fs::write(half, "To talk").unwrap());
    let audio = world.folder.join("out.md.audio");
    assert!(audio.is_dir());
    let wanted = WantedPack { participant: "P01".to_owned(), format: PackFormat::Md, said: None };
    export_pack(&mut world.desk, &wanted, &path).unwrap();
    assert!(!audio.exists(), "a voice beside what says that voices stay at the desk");
    assert!(half.iter().all(|half| !half.exists()));
    let made = all(&world.desk).unwrap();
    assert_eq!(made.iter().map(|made| made.there).collect::<Vec<_>>(), [false, true]);
}
