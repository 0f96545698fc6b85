//! Interview transcripts at the desk: kept sealed, once each, corrected, and removed for good; and how exports and orders treat them.

use std::path::Path;

use waymark_desk::Desk;
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_desk::export::{Format, export};
use waymark_desk::exported::{Made, all as exports};
use waymark_desk::time_points::TimePoints;
use waymark_desk::transcripts::{self, About, Added, TranscriptError, TranscriptId};

use crate::docx::{docx, paragraph};
use crate::phone::To;
use crate::world::{NOW, PASSPHRASE, World};

const SAID: &str = "I: How was the first week?\nP: Like a kettle that is never switched off.";

pub fn about(time_point: &str, day: &str) -> About {
    About::parse(time_point, day, "", NOW).unwrap()
}

pub fn add(world: &mut World, participant: &str, time_point: &str, day: &str, text: &str) -> TranscriptId {
    let added =
        transcripts::add_file(&mut world.desk, participant, about(time_point, day), text.as_bytes(), "x.txt", NOW);
    added.unwrap().transcript.id
}

/// Whether these words lie open in any file of the folder.
fn lies_open(folder: &Path, words: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
    files.into_iter().any(|file| memchr::memmem::find(&std::fs::read(file).unwrap(), words.as_bytes()).is_some())
}

#[tokio::test]
async fn a_transcript_is_kept_sealed_and_is_there_when_the_desk_is_opened_again() {
    let mut world = World::new().await;
    world.invite("P01").await;
    let body = SAID.lines().map(paragraph).collect::<String>();
    let Added { transcript, participant } = transcripts::add_file(
        &mut world.desk,
        " P01",
        about("T1", "2026-04-20"),
        &docx(&body),
        "C:\\x\\A Name.docx",
        NOW,
    )
    .unwrap();
    assert_eq!(
        (participant.as_str(), transcript.text.as_str(), transcript.file.as_str()),
        ("P01", SAID, "A Name.docx")
    );
    assert_eq!((transcript.words(), transcript.imported().as_deref()), (15, Some("2026-04-24T03:06:40Z")));
    assert_eq!(format!("{transcript:?}"), format!("Transcript({}, …)", transcript.id));
    let World { desk, folder, _temporary, .. } = world;
    drop(desk);
    assert!(!lies_open(&folder, "kettle") && !lies_open(&folder, "A Name"));
    let desk = Desk::open(&folder, PASSPHRASE).unwrap();
    assert_eq!(transcripts::all(desk.vault.reader()).unwrap(), [transcript]);
}

#[tokio::test]
async fn the_same_text_of_the_same_person_is_there_once() {
    let mut world = World::new().await;
    world.invite("P01").await;
    world.invite("P02").await;
    add(&mut world, "P01", "T1", "2026-04-20", SAID);
    // As a text file with other ends of lines, it is the same text.
    let again = format!("\u{feff}{}\r\n", SAID.replace('\n', "\r\n"));
    let refused =
        transcripts::add_file(&mut world.desk, "P01", about("T2", "2026-04-21"), again.as_bytes(), "y.txt", NOW);
    let sentence = refused.unwrap_err().to_string();
    assert_eq!(sentence, "this interview of P01 is at the desk already, as T1 of 2026-04-20: nothing was changed");
    let other = add(&mut world, "P02", "T1", "2026-04-20", SAID);
    let refused = transcripts::change(&mut world.desk, other, "P01", about("T1", "2026-04-20"));
    assert!(matches!(refused, Err(TranscriptError::There { .. })));
    assert_eq!(transcripts::count_of(&world.desk, "P01").unwrap(), 1);
    let unknown = transcripts::add_file(&mut world.desk, "P03", about("T1", "2026-04-20"), b"x", "x", NOW);
    assert!(matches!(unknown, Err(TranscriptError::Participant(_))));
    let pdf = transcripts::add_file(&mut world.desk, "P01", about("T1", "2026-04-20"), b"%PDF-1.7\n", "x.docx", NOW);
    assert!(pdf.unwrap_err().to_string().starts_with("it is a PDF, whatever its name says"));
}

#[tokio::test]
async fn what_is_said_of_a_transcript_is_corrected_and_its_text_stays() {
    let mut world = World::new().await;
    world.invite("P01").await;
    world.invite("P02").await;
    let id = add(&mut world, "P01", "T1", "2026-04-20", SAID);
    let said = About::parse("T2", "2026-04-22", "After the move", NOW).unwrap();
    let changed = transcripts::change(&mut world.desk, id, "P02", said.clone()).unwrap();
    assert_eq!((changed.participant.as_str(), &changed.transcript.about), ("P02", &said));
    let kept = transcripts::get(world.desk.vault.reader(), id).unwrap();
    assert_eq!((kept, changed.transcript.text.as_str()), (changed.transcript.clone(), SAID));
    assert_eq!(transcripts::count_of(&world.desk, "P01").unwrap(), 0);
    let none = transcripts::change(&mut world.desk, TranscriptId([7; 16]), "P01", said);
    assert!(matches!(none, Err(TranscriptError::None)));
}

#[tokio::test]
async fn what_is_removed_is_gone_and_the_exports_that_hold_it_are_named() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("Shared", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let id = add(&mut world, "P01", "T1", "2026-04-20", SAID);
    let other = add(&mut world, "P01", "T2", "2026-04-21", "P: Another one.");
    let [md, qdpx, csv, jsonl] = ["a.md", "b.qdpx", "c.csv", "d.jsonl"].map(|name| world.folder.join(name));
    for (format, path) in [(Format::Md, &md), (Format::Qdpx, &qdpx), (Format::Csv, &csv), (Format::Jsonl, &jsonl)] {
        let exported = export(&mut world.desk, format, path).unwrap();
        assert_eq!(exported.transcripts, if matches!(format, Format::Md | Format::Qdpx) { 2 } else { 0 });
    }
    for rows in [&csv, &jsonl] {
        let rows = std::fs::read_to_string(rows).unwrap();
        assert!(rows.contains("Shared") && !rows.contains("kettle"));
    }
    let made = exports(&world.desk).unwrap();
    assert_eq!(made.iter().map(|made| made.transcripts).collect::<Vec<_>>(), [2, 2, 0, 0]);
    assert!(!made.iter().any(Made::needs_attention));

    std::fs::remove_file(&qdpx).unwrap();
    let removed = transcripts::remove(&mut world.desk, id).unwrap();
    let held: Vec<_> = removed.exports.iter().map(|held| (held.path.as_path(), held.there)).collect();
    assert_eq!(held, [(md.as_path(), true), (qdpx.as_path(), false)]);
    let left: Vec<_> = transcripts::all(world.desk.vault.reader()).unwrap().iter().map(|each| each.id).collect();
    assert_eq!(left, [other]);
    assert!(matches!(transcripts::remove(&mut world.desk, id), Err(TranscriptError::None)));
    let made = exports(&world.desk).unwrap();
    assert_eq!(made[0].removed.iter().copied().collect::<Vec<_>>(), [id]);
    assert!(made[0].needs_attention() && !made[1].needs_attention() && !made[2].needs_attention());
    export(&mut world.desk, Format::Md, &md).unwrap();
    assert!(!exports(&world.desk).unwrap()[0].needs_attention(), "the export was made anew");
    assert!(!std::fs::read_to_string(&md).unwrap().contains("kettle"));

    let all = transcripts::remove_all_of(&mut world.desk, "P01").unwrap();
    assert_eq!((all.len(), all[0].transcript, all[0].exports.len()), (1, other, 3));
    assert_eq!(transcripts::remove_all_of(&mut world.desk, "P01").unwrap(), []);
}

#[tokio::test]
async fn an_interview_stands_at_its_day_in_markdown_with_its_person() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    for (day, text) in [("2026-04-18", "Before"), ("2026-04-20", "That day"), ("2026-04-22", "After")] {
        let mut entry = phone.entry(text);
        entry.about = day.parse().unwrap();
        phone.write_entry(&entry, To::Study);
    }
    world.server.receive(&phone.items());
    world.pull().await;
    world.invite("P02").await;
    let titled = About::parse("T1", "2026-04-20", "In the office", NOW).unwrap();
    transcripts::add_file(&mut world.desk, "P01", titled, SAID.as_bytes(), "A Name.txt", NOW).unwrap();
    add(&mut world, "P02", "T2", "2026-04-23", "P: I have never written anything.");
    let path = world.folder.join("out.md");
    export(&mut world.desk, Format::Md, &path).unwrap();
    let md = std::fs::read_to_string(&path).unwrap();
    let order = [
        "## P01",
        "Before",
        "That day",
        "### 2026-04-20 · Interview T1 · In the office",
        SAID,
        "After",
        "## P02",
        "### 2026-04-23 · Interview T2",
        "never written",
    ];
    let places: Vec<usize> =
        order.iter().map(|piece| md.find(piece).unwrap_or_else(|| panic!("{piece} in {md}"))).collect();
    assert!(places.is_sorted(), "{places:?} {md}");
    assert!(!md.contains("A Name"), "a file's name may be somebody's");
}

#[tokio::test]
async fn an_order_to_erase_all_of_somebody_says_how_many_interviews_stay() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let entry = phone.entry("Shared");
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    add(&mut world, "P01", "T1", "2026-04-20", SAID);
    let silent = waymark_desk::Progress::silent();
    let one = Reach::Entries(vec![entry.entry]);
    assert_eq!(prepare(&mut world.desk, "P01", &one, "", NOW, &silent).await.unwrap().transcripts, 0);
    let all = prepare(&mut world.desk, "P01", &Reach::Shared, "", NOW, &silent).await.unwrap();
    assert_eq!(all.transcripts, 1);
    let erased = carry_out(&mut world.desk, all, NOW).await.unwrap();
    assert_eq!((erased.erased.entries, erased.transcripts), (1, 1));
    assert_eq!(transcripts::count_of(&world.desk, "P01").unwrap(), 1, "no order reaches it");
}

#[tokio::test]
async fn the_time_points_that_are_offered_are_those_of_the_study_file() {
    let mut world = World::new().await;
    let offered = |world: &World| TimePoints::offered(world.desk.vault.reader()).unwrap().0;
    assert_eq!(offered(&world), ["T1", "T2", "T3", "T4"]);
    let mut file = waymark_desk::study::read_study_file(&crate::world::example()).unwrap();
    file.version += 1;
    file.time_points.truncate(1);
    file.time_points[0].id = "Begin".to_owned();
    waymark_desk::publish::publish(&mut world.desk, &file).await.unwrap();
    assert_eq!(offered(&world), ["Begin"]);
    file.version += 1;
    file.time_points.clear();
    waymark_desk::publish::publish(&mut world.desk, &file).await.unwrap();
    assert_eq!(offered(&world), ["T1", "T2", "T3", "T4"], "where a study names none, the usual ones are");
}
