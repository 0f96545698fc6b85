//! Names in interviews: found, replaced in a copy, read, and gone from what goes out.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{ExportError, Exported, Format, Text, Wanted, export_wanted};
use waymark_desk::exported::{self, Made};
use waymark_desk::prepare::{
    Candidate, Decision, Pseudonyms, Review, Reviews, Said, Sort, Source, Verdict, WhoAndWhy, copy, copy_interview,
    find, fingerprint, fingerprint_interview, marked, pieces,
};
use waymark_desk::transcripts::{self, About, Interview, Transcript, TranscriptId};
use waymark_protocol::ParticipantId;
use waymark_protocol::content::What;
use waymark_vault::Vault;

use crate::phone::To;
use crate::world::{NOW, World};

const LOOK: &str = "Interviewer: How was it?\nP01: I saw Dave at Hope House.\nDave Smith: And I saw you.\n\
                    Interviewer: Who is Kim?\nDave Smith: Kim is Dave's cat.\n";

fn said() -> WhoAndWhy {
    WhoAndWhy { by: Said::of("Ash", 100).unwrap(), why: None }
}

fn replace(term: &str, by: &str) -> Decision {
    let verdict = Verdict::Replace(Said::of(by, 100).unwrap());
    Decision::new(term, Sort::Added, verdict, said(), NOW).unwrap()
}

fn transcript(text: &str) -> Transcript {
    Transcript {
        id: TranscriptId([7; 16]),
        participant: ParticipantId([1; 16]),
        about: About::parse("T1", "2026-04-20", "", NOW).unwrap(),
        text: text.to_owned(),
        imported_at: NOW,
        file: "Dave Smith T1.docx".to_owned(),
    }
}

fn found_in(text: &str, pseudonyms: &Pseudonyms) -> Vec<Candidate> {
    find([Source::interview("P01", &transcript(text))], pseudonyms)
}

fn told(found: &[Candidate]) -> Vec<(&str, Sort, usize)> {
    found.iter().map(|name| (name.term.as_str(), name.sort, name.times)).collect()
}

fn decide(vault: &mut Vault, decisions: Vec<Decision>) -> Pseudonyms {
    Pseudonyms::load(vault.reader()).unwrap().decide(vault, decisions).unwrap()
}

#[test]
fn labels_of_who_speaks_are_found_once_where_they_are_names_and_else_not_at_all() {
    let none = Pseudonyms::of_decisions(Vec::new());
    let found = found_in(LOOK, &none);
    // "Who" and "How" begin sentences; neither a role nor the participant's label is there.
    assert_eq!(
        told(&found),
        [
            ("Dave", Sort::Name, 2),
            ("Dave Smith", Sort::Name, 2),
            ("Kim", Sort::Name, 2),
            ("Hope House", Sort::Name, 1),
            ("And", Sort::Perhaps, 1),
            ("How", Sort::Perhaps, 1),
            ("Who", Sort::Perhaps, 1),
        ]
    );
    let at = &found[0].examples[0];
    assert_eq!(
        (at.participant.as_str(), at.time_point.as_deref(), at.about.as_str()),
        ("P01", Some("T1"), "2026-04-20")
    );
    // One word of a label that is decided about leaves the label to be.
    let found = found_in(LOOK, &Pseudonyms::of_decisions(vec![replace("Dave", "[x]")]));
    assert_eq!(told(&found)[0], ("Dave Smith", Sort::Name, 2));
    // A label without a digit may be somebody's name.
    let named = transcript("Dave: Yes.\nDave: No.");
    assert_eq!(told(&find([Source::interview("Dave", &named)], &none))[0], ("Dave", Sort::Name, 2));
}

#[test]
fn a_copy_of_an_interview_names_nobody_in_its_text_title_label_or_file() {
    let pseudonyms = Pseudonyms::of_decisions(vec![replace("Dave", "[Person 1]"), replace("Hope", "[Place 1]")]);
    let mut original = transcript("Dave's friend.\r\nDave");
    original.about = About::parse("With Dave", "2026-04-20", "At Hope, with Dave", NOW).unwrap();
    let Interview { participant, transcript } = copy_interview(&pseudonyms, "Dave 2", &original);
    assert_eq!(
        (participant.as_str(), transcript.text.as_str()),
        ("[Person 1] 2", "[Person 1]'s friend.\r\n[Person 1]")
    );
    assert_eq!(transcript.about.name(), "With [Person 1] · At [Place 1], with [Person 1]");
    assert_eq!((transcript.file.as_str(), transcript.id), ("", original.id));
}

#[test]
fn a_reading_is_of_exactly_one_copy_of_an_interview() {
    let none = Pseudonyms::of_decisions(Vec::new());
    let of = |participant: &str, transcript: &Transcript, pseudonyms: &Pseudonyms| {
        fingerprint_interview(&copy_interview(pseudonyms, participant, transcript))
    };
    let read = of("P01", &transcript(LOOK), &none);
    let changed: [fn(&mut Transcript); 5] = [
        |other| other.text.push('.'),
        |other| other.about.title = "Later".to_owned(),
        |other| other.about.time_point = "T2".to_owned(),
        |other| other.about.day = "2026-04-21".parse().unwrap(),
        |other| other.id = TranscriptId([8; 16]),
    ];
    for change in changed {
        let mut other = transcript(LOOK);
        change(&mut other);
        assert_ne!(of("P01", &other, &none), read);
    }
    assert_ne!(of("P02", &transcript(LOOK), &none), read);
    assert_ne!(of("P01", &transcript(LOOK), &Pseudonyms::of_decisions(vec![replace("Kim", "[x]")])), read);
    assert_eq!(of("P01", &transcript(LOOK), &Pseudonyms::of_decisions(vec![replace("Nobody", "[x]")])), read);
}

/// A desk with an entry and an interview of P01, and a person who is called by a name and has told of time off.
async fn talked() -> World {
    let mut world = World::new().await;
    for label in ["P01", "Dave"] {
        let mut phone = world.join(label).await;
        phone.write("Saw Dave today", To::Study);
        phone.write("And once more", To::Study);
        if label == "Dave" {
            phone.tell_on("2026-05-05", What::Paused { from: "2026-05-11".parse().unwrap(), until: None });
        }
        world.server.receive(&phone.items());
    }
    world.pull().await;
    let about = About::parse("T1", "2026-04-20", "With Dave", NOW).unwrap();
    transcripts::add_file(&mut world.desk, "P01", about, LOOK.as_bytes(), "Dave T1.txt", NOW).unwrap();
    world
}

fn read(vault: &mut Vault, copies: Vec<(waymark_protocol::Hash, Option<TranscriptId>)>) {
    let by = Said::of("Robin", 100).unwrap();
    let read = copies.into_iter().map(|(copy, interview)| (copy, Review { by: by.clone(), at: NOW, interview }));
    Reviews::load(vault.reader()).unwrap().add(vault, read.collect()).unwrap();
}

fn read_entries(world: &mut World, pseudonyms: &Pseudonyms) {
    let copies = world.rows().iter().map(|row| (fingerprint(&copy(pseudonyms, row)), None)).collect();
    read(&mut world.desk.vault, copies);
}

fn read_interviews(world: &mut World, pseudonyms: &Pseudonyms) {
    let all = transcripts::all(world.desk.vault.reader()).unwrap();
    let copies =
        all.iter().map(|each| (fingerprint_interview(&copy_interview(pseudonyms, "P01", each)), Some(each.id)));
    read(&mut world.desk.vault, copies.collect());
}

fn write(world: &mut World, format: Format, only_read: bool, name: &str) -> Result<Exported, ExportError> {
    let flavour = Flavour { per: Per::Entry, line_ends: LineEnds::Lf };
    let wanted = Wanted { format, flavour, text: Text::Copy { only_read }, without: None, said: Some(said()) };
    let path = world.folder.join(name);
    export_wanted(&mut world.desk, &wanted, &path)
}

/// Everything in a file, what is packed in it unpacked.
fn all_of(path: &std::path::Path) -> String {
    if path.is_dir() {
        let files = std::fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
        return files.map(|file| format!("{}\n{}", file.display(), all_of(&file))).collect();
    }
    let bytes = std::fs::read(path).unwrap();
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let parts = 0..zip.len();
    let part = |place| {
        let mut part = zip.by_index(place).unwrap();
        format!("{}\n{}", part.name().unwrap().into_owned(), std::io::read_to_string(&mut part).unwrap())
    };
    parts.map(part).collect()
}

const ALL: [(Format, &str, usize); 6] = [
    (Format::Qdpx, "a.qdpx", 1),
    (Format::Md, "b.md", 1),
    (Format::Docx, "c.docx", 1),
    (Format::Archive, "d", 1),
    (Format::Jsonl, "e.jsonl", 0),
    (Format::Csv, "f.csv", 0),
];

#[tokio::test]
async fn what_was_read_goes_out_in_every_format_with_no_name_anywhere() {
    let mut world = talked().await;
    let decisions =
        vec![replace("Dave", "[Person 1]"), replace("Dave Smith", "[Person 2]"), replace("Kim", "[Animal 1]")];
    let pseudonyms = decide(&mut world.desk.vault, decisions);
    read_entries(&mut world, &pseudonyms);
    // A table has no interviews: nobody has to have read them.
    assert_eq!(write(&mut world, Format::Csv, false, "f.csv").unwrap().left_out_interviews, 0);
    let refused = write(&mut world, Format::Md, false, "b.md").unwrap_err();
    assert!(matches!(refused, ExportError::Unread { entries: 0, interviews: 1 }), "{refused}");
    let without = write(&mut world, Format::Md, true, "b.md").unwrap();
    assert_eq!((without.transcripts, without.left_out, without.left_out_interviews), (0, 0, 1));
    assert!(!all_of(&world.folder.join("b.md")).contains("Hope House"));

    read_interviews(&mut world, &pseudonyms);
    let [phone, _] = [0, 1].map(|nth| world.rows()[nth].device.to_string());
    for (format, name, interviews) in ALL {
        let written = write(&mut world, format, false, name).unwrap();
        assert_eq!((written.revisions, written.transcripts, written.left_out_interviews), (4, interviews, 0), "{name}");
        let text = all_of(&world.folder.join(name));
        assert_eq!(text.contains("I saw [Person 1] at Hope House."), interviews == 1, "{name}");
        assert!(text.contains("Saw [Person 1] today") && text.contains("[Person 1]"), "{name}");
        let tells = matches!(format, Format::Md | Format::Docx | Format::Archive);
        assert_eq!(text.contains("Time off: from 2026-05-11 on"), tells, "{name}");
        for gone in ["Dave", "Kim", phone.as_str()] {
            assert!(!text.contains(gone), "{gone} in {name}");
        }
        // No time finer than the part of the day: neither with minutes nor with an offset.
        assert!(!text.contains("T20:11") && !text.contains("+01:00"), "{name}");
    }
    let rows = std::fs::read_to_string(world.folder.join("e.jsonl")).unwrap();
    for line in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((&row["device"], row["seq"].as_u64().unwrap() <= 2), (&"1".into(), true), "{line}");
        assert!(row["written_at"].as_str().unwrap().ends_with("evening"), "{line}");
    }
    let docx = all_of(&world.folder.join("c.docx"));
    assert!(docx.contains("Interview T1 · With [Person 1]"), "{docx}");

    // The list knows which of them hold it, also when it was removed.
    let id = transcripts::all(world.desk.vault.reader()).unwrap()[0].id;
    let removed = transcripts::remove(&mut world.desk, id).unwrap();
    assert_eq!(removed.exports.len(), 4);
    let made = exported::all(&world.desk).unwrap();
    let held: Vec<&Made> = made.iter().filter(|made| made.removed.contains(&id)).collect();
    assert!(held.len() == 4 && held.iter().all(|made| made.copy && made.needs_attention()));
    // And what says that somebody has read it went with it: of the same text added again nobody has read the copy.
    let about = About::parse("T1", "2026-04-20", "With Dave", NOW).unwrap();
    transcripts::add_file(&mut world.desk, "P01", about, LOOK.as_bytes(), "x.txt", NOW).unwrap();
    assert!(matches!(
        write(&mut world, Format::Md, false, "g.md"),
        Err(ExportError::Unread { entries: 0, interviews: 1 })
    ));
}

#[tokio::test]
async fn an_erasure_after_an_export_of_copies_names_it_for_the_entries_and_the_interview() {
    let mut world = talked().await;
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Dave", "[Person 1]")]);
    read_entries(&mut world, &pseudonyms);
    read_interviews(&mut world, &pseudonyms);
    write(&mut world, Format::Md, false, "b.md").unwrap();
    let silent = waymark_desk::Progress::silent();
    let reach = waymark_desk::erase::Reach::Shared;
    let order = waymark_desk::erase::prepare(&mut world.desk, "P01", &reach, "asked", NOW, &silent).await.unwrap();
    waymark_desk::erase::carry_out(&mut world.desk, order, NOW).await.unwrap();
    let removed = transcripts::remove_all_of(&mut world.desk, "P01").unwrap();
    assert_eq!(removed[0].exports.len(), 1);
    let made = exported::all(&world.desk).unwrap();
    assert_eq!((made[0].withdrawn.len(), made[0].removed.len()), (2, 1), "copies keep which entries they were made of");
}

#[tokio::test]
async fn labels_that_become_alike_stay_apart() {
    let mut world = World::new().await;
    for label in ["Dave", "David"] {
        let mut phone = world.join(label).await;
        phone.write("Written", To::Study);
        world.server.receive(&phone.items());
    }
    world.pull().await;
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Dave", "P"), replace("David", "P")]);
    read_entries(&mut world, &pseudonyms);
    write(&mut world, Format::Md, false, "a.md").unwrap();
    let text = std::fs::read_to_string(world.folder.join("a.md")).unwrap();
    assert!(text.contains("\n## P\n") && text.contains("\n## P (2)\n") && !text.contains("Dav"), "{text}");
}

#[tokio::test]
async fn a_damaged_transcript_is_named_and_removable_and_keeps_nobody_from_the_others() {
    use waymark_vault::Table;
    let mut world = talked().await;
    let good = transcripts::all(world.desk.vault.reader()).unwrap();
    let (no_json, not_sealed) = (TranscriptId([1; 16]), TranscriptId([2; 16]));
    world.desk.vault.write(|tx| tx.put(Table::new("transcripts"), &no_json.0, b"{}")).unwrap();
    world.desk.vault.write(|tx| tx.put(Table::new("transcripts"), &not_sealed.0, b"{}")).unwrap();
    // Bytes of the file that have changed by themselves do not open.
    let World { desk, folder, server, _temporary } = world;
    drop(desk);
    let changed = rusqlite::Connection::open(folder.join("desk.waymark")).unwrap();
    let sql = "UPDATE object SET sealed = zeroblob(length(sealed)) WHERE tbl = 'transcripts' AND id = ?1";
    assert_eq!(changed.execute(sql, [&not_sealed.0[..]]).unwrap(), 1);
    drop(changed);
    let desk = waymark_desk::Desk::open(&folder, crate::world::PASSPHRASE).unwrap();
    let mut world = World { desk, folder, server, _temporary };

    let kept = transcripts::kept(world.desk.vault.reader()).unwrap();
    assert_eq!((&kept.transcripts, &kept.damaged), (&good, &vec![no_json, not_sealed]));
    let about = || About::parse("T2", "2026-04-21", "", NOW).unwrap();
    let added = transcripts::add_file(&mut world.desk, "P01", about(), b"P: More.", "x.txt", NOW).unwrap();
    transcripts::change(&mut world.desk, added.transcript.id, "Dave", about()).unwrap();
    let refused = transcripts::get(world.desk.vault.reader(), no_json).unwrap_err();
    assert!(refused.to_string().contains("is damaged in the desk's file and set aside"), "{refused}");
    let exported = waymark_desk::export::export(&mut world.desk, Format::Md, &world.folder.join("a.md")).unwrap();
    assert!(exported.transcripts == 2 && exported.needs_attention, "it lacks something");
    transcripts::remove_all_of(&mut world.desk, "P01").unwrap();
    for id in [no_json, not_sealed] {
        transcripts::remove(&mut world.desk, id).unwrap();
    }
    assert!(transcripts::kept(world.desk.vault.reader()).unwrap().damaged.is_empty());
}

proptest! {
    /// A copy never holds a word that is replaced, wherever it stands; and its marks are the copy, with what may be a name left whole.
    #[test]
    fn a_copy_never_holds_a_replaced_whole_word(
        lines in proptest::collection::vec("(I|P01|Ann|Ann Lee|\\[00:01:02\\] Bo|x)?:? ?([a-bA-B ]|Ann|Lee|e\u{301}|小|'|@|5){0,12}", 0..8),
        terms in proptest::collection::btree_set("[a-bA-B小]{1,3}|Ann|Lee|Ann Lee|é", 0..6),
        label in "P01|Ann|Ann 2",
    ) {
        let text = lines.join("\n");
        let pseudonyms = Pseudonyms::of_decisions(terms.iter().map(|term| replace(term, "[7]")).collect());
        let original = transcript(&text);
        let Interview { participant, transcript } = copy_interview(&pseudonyms, &label, &original);
        prop_assert!(pseudonyms.terms_in(&transcript.text).is_empty(), "{:?} of {:?}", transcript.text, text);
        prop_assert!(pseudonyms.terms_in(&participant).is_empty());
        let found = find([Source::interview(&label, &original)], &pseudonyms);
        let marks = marked(&pseudonyms, &found, &text);
        prop_assert_eq!(marks.iter().map(|mark| mark.text.as_str()).collect::<String>(), transcript.text.as_str());
        let composed: String = text.nfc().collect();
        prop_assert_eq!(marks.iter().map(|mark| mark.was.as_deref().unwrap_or(&mark.text)).collect::<String>(), composed);
        let replaced = |texts: Vec<Option<String>>| texts.into_iter().flatten().collect::<Vec<_>>();
        let plain = pieces(&pseudonyms, &text).into_iter().map(|piece| piece.was).collect();
        prop_assert_eq!(replaced(marks.into_iter().map(|mark| mark.was).collect()), replaced(plain));
    }

    /// What is found in an interview can be decided about, and is found no more then.
    #[test]
    fn what_is_found_in_an_interview_can_be_decided_about(
        text in "\\PC{0,60}|(([A-Z][a-z]{0,3}( [A-Z][a-z.]{0,3})?|I|P01|[0-9]{1,6}):? ?|[a-z@.: '\n]|Ä|İ|Ⓐ|小|\u{301}|\n){0,40}",
    ) {
        let none = Pseudonyms::of_decisions(Vec::new());
        let decisions = found_in(&text, &none).into_iter().map(|name| replace(&name.term, "[7]")).collect();
        let pseudonyms = Pseudonyms::of_decisions(decisions);
        for name in found_in(&text, &pseudonyms) {
            prop_assert!(pseudonyms.about(&name.term).is_none(), "found again");
        }
    }
}
