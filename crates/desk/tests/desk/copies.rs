//! How people and codes are called in copies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use waymark_desk::codebook::{Code, Codebook};
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{Format, Text, Wanted, Without, export_wanted};
use waymark_desk::prepare::{Decision, Pseudonyms, Review, Reviews, Said, Sort, Verdict, WhoAndWhy, copy, fingerprint};
use waymark_protocol::ParticipantId;
use waymark_vault::Table;

use crate::phone::To;
use crate::world::{NOW, World};

fn said(text: &str) -> Said {
    Said::of(text, 100).unwrap()
}

/// Each of these is replaced by the same, and every copy that there is is read.
fn replace(world: &mut World, terms: &[&str], by: &str) {
    let who = WhoAndWhy { by: said("Robin"), why: None };
    let decision =
        |term: &&str| Decision::new(term, Sort::Added, Verdict::Replace(said(by)), who.clone(), NOW).unwrap();
    let vault = &mut world.desk.vault;
    let decisions = terms.iter().map(decision).collect();
    let pseudonyms = Pseudonyms::load(vault.reader()).unwrap().decide(vault, decisions).unwrap();
    let review = || Review { by: said("Robin"), at: NOW, interview: None };
    let read = world.rows().iter().map(|row| (fingerprint(&copy(&pseudonyms, row)), review())).collect();
    let vault = &mut world.desk.vault;
    Reviews::load(vault.reader()).unwrap().add(vault, read).unwrap();
}

fn write(world: &mut World, format: Format, text: Text, without: Option<&str>, name: &str) -> PathBuf {
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    let participants = without.map(str::to_owned).into_iter().collect();
    let without = without.map(|_| Without { participants, why: said("said no") });
    let path = world.folder.join(name);
    export_wanted(&mut world.desk, &Wanted { format, flavour, text, without, said: None }, &path).unwrap();
    path
}

const COPY: Text = Text::Copy { only_read: false };

/// How each person is called who has written something, by what they wrote.
fn called(rows: &Path) -> BTreeMap<String, String> {
    let rows = std::fs::read_to_string(rows).unwrap();
    let rows = rows.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let field = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap().to_owned();
    rows.map(|row| (field(&row, "text"), field(&row, "participant"))).collect()
}

#[tokio::test]
async fn a_label_of_copies_means_the_same_person_whoever_is_left_out_and_tells_nothing_of_the_order_of_labels() {
    let mut world = World::new().await;
    let all = [("Dave", "One"), ("David", "Two"), ("Davey", "Three"), ("Davina", "Four"), ("Davis", "Five")];
    let mut people: Vec<(ParticipantId, &str)> = Vec::new();
    for (label, text) in all {
        let mut phone = world.join(label).await;
        phone.write(text, To::Study);
        people.push((phone.participant, text));
        // Nothing has come of the last one: the desk knows them by their invitation.
        if text != "Five" {
            world.server.receive(&phone.items());
        }
    }
    world.pull().await;
    replace(&mut world, &all.map(|(label, _)| label), "P");
    people.sort();
    let name = |nth: usize| if nth == 0 { "P".to_owned() } else { format!("P ({})", nth + 1) };
    let mut expected: BTreeMap<String, String> =
        people.iter().enumerate().map(|(nth, (_, text))| ((*text).to_owned(), name(nth))).collect();
    expected.remove("Five");
    assert_eq!(called(&write(&mut world, Format::Jsonl, COPY, None, "all.jsonl")), expected);
    for (label, text) in all {
        let path = write(&mut world, Format::Jsonl, COPY, Some(label), &format!("without {text}.jsonl"));
        let mut others = expected.clone();
        others.remove(text);
        assert_eq!(called(&path), others, "without {label}");
    }
}

/// The codes of an export, from the file of the format or the one in it.
fn codes(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name("project.qde").unwrap()).unwrap()
}

/// The id of the code of this name.
fn guid<'x>(xml: &'x str, name: &str) -> &'x str {
    let (before, _) = xml.split_once(&format!("\" name=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {xml}"));
    before.rsplit_once("guid=\"").unwrap().1
}

#[tokio::test]
async fn names_in_codes_are_replaced_in_copies_in_their_ids_too_and_codes_stay_apart_with_those_below_them() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("Written", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let code = |name: &str, parent: Option<&str>, description: Option<&str>| Code {
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        description: description.map(str::to_owned),
    };
    let codebook = Codebook(vec![
        code("Shed of Dave", None, Some("Where Dave works.")),
        code("Shed of Devlin", None, None),
        code("First below", Some("Shed of Dave"), None),
        code("Second below", Some("Shed of Devlin"), None),
        code("Trust", None, Some("As it is.")),
    ]);
    let json = serde_json::to_vec(&codebook).unwrap();
    world.desk.vault.write(|tx| tx.put(Table::new("desk"), b"codebook", &json)).unwrap();
    replace(&mut world, &["Dave", "Devlin"], "[Person 1]");
    let original = codes(&write(&mut world, Format::Qdc, Text::Original, None, "original.qdc"));
    let copies = [(Format::Qdc, "copy.qdc"), (Format::Qdpx, "copy.qdpx"), (Format::Archive, "package")];
    for (format, name) in copies {
        let path = write(&mut world, format, COPY, None, name);
        let files = match format {
            Format::Archive => vec![path.join("data/codebook.qdc"), path.join("data/diaries.qdpx")],
            _ => vec![path],
        };
        for xml in files.iter().map(|file| codes(file)) {
            assert!(!xml.contains("Dave") && !xml.contains("Devlin"), "{name}: {xml}");
            assert!(xml.contains("Where [Person 1] works."), "{name}: {xml}");
            for was in ["Shed of Dave", "Shed of Devlin"] {
                assert!(!xml.contains(guid(&original, was)), "{name}: an id of a name can be tried out");
            }
            let names = ["Shed of [Person 1]", "First below", "Shed of [Person 1] (2)", "Second below", "Trust"];
            let places = names.map(|name| xml.find(&format!("name=\"{name}\"")).expect(name));
            assert!(places.is_sorted(), "{name}: {xml}");
            assert_ne!(guid(&xml, names[0]), guid(&xml, names[2]), "{name}");
            for same in ["First below", "Second below", "Trust"] {
                assert_eq!(guid(&xml, same), guid(&original, same), "{name}");
            }
        }
    }
}
