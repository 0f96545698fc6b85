//! A package for an archive.

use std::collections::BTreeMap;
use std::path::Path;

use waymark_desk::certificate::{check, check_export};
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{ExportError, Exported, Format, Text, Wanted, export_wanted};
use waymark_desk::exported;
use waymark_desk::prepare::{Decision, Pseudonyms, Review, Reviews, Said, Sort, Verdict, WhoAndWhy, copy, fingerprint};
use waymark_desk::publish::publish;
use waymark_desk::transcripts::{self, About};
use waymark_protocol::Hash;

use crate::phone::To;
use crate::world::{NOW, World, example};

fn pack(world: &mut World, text: Text, path: &Path) -> Result<Exported, ExportError> {
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    export_wanted(&mut world.desk, &Wanted { format: Format::Archive, flavour, text, without: None, said: None }, path)
}

/// Every file below a folder, by its name from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for file in std::fs::read_dir(next).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                all.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    all
}

async fn spoken_and_written() -> World {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let (mut voice, parts) = phone.voice("Spoken of Dave", b"a voice");
    voice.tags = vec!["Dave".to_owned()];
    phone.write_entry(&voice, To::Study);
    phone.write("Written", To::Study);
    phone.write("Never shown", To::Writer);
    world.server.receive_parts(phone.participant, &parts);
    world.server.receive(&phone.items());
    world.pull().await;
    let about = About::parse("T1", "2026-04-20", "", NOW).unwrap();
    transcripts::add_file(&mut world.desk, "P01", about, b"P: an interview with Dave", "t.txt", NOW).unwrap();
    world
}

#[tokio::test]
async fn a_package_holds_all_of_it_and_what_it_takes_to_check_it() {
    let mut world = spoken_and_written().await;
    let mut second = waymark_desk::study::read_study_file(&example()).unwrap();
    second.version = 2;
    publish(&mut world.desk, &second).await.unwrap();
    let path = world.folder.join("package");
    let packed = pack(&mut world, Text::Original, &path).unwrap();
    assert_eq!((packed.revisions, packed.recordings), (2, 1));
    let files = files(&path);
    for name in [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/README.txt",
        "data/consent.csv",
        "data/data-dictionary.csv",
        "data/entries.jsonl",
        "data/entries.jsonl.proofs",
        "data/entries.csv",
        "data/diaries.md",
        "data/diaries.docx",
        "data/diaries.qdpx",
        "data/codebook.qdc",
        "data/certificate.json",
        "data/study/version-1.json",
        "data/study/version-2.document.json",
    ] {
        assert!(files.contains_key(name), "{name} in {:?}", files.keys());
    }
    assert!(files.keys().any(|name| name.starts_with("data/entries.jsonl.audio/")));
    // Each file has its checksum, and nothing else has.
    for (manifest, is_in) in [("manifest-sha256.txt", true), ("tagmanifest-sha256.txt", false)] {
        let text = String::from_utf8(files[manifest].clone()).unwrap();
        let said: BTreeMap<String, String> = text
            .lines()
            .map(|line| line.split_once("  ").map(|(sum, name)| (name.to_owned(), sum.to_owned())).unwrap())
            .collect();
        let expected =
            files.iter().filter(|(name, _)| name.starts_with("data/") == is_in && *name != "tagmanifest-sha256.txt");
        let expected: BTreeMap<String, String> =
            expected.map(|(name, bytes)| (name.clone(), Hash::of(bytes).to_string())).collect();
        assert_eq!(said, expected, "{manifest}");
    }
    let payload: usize = files.iter().filter(|(name, _)| name.starts_with("data/")).map(|(_, bytes)| bytes.len()).sum();
    let count = files.keys().filter(|name| name.starts_with("data/")).count();
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    assert!(info.contains(&format!("Payload-Oxum: {payload}.{count}\n")), "{info}");
    // It proves itself where it lies, without the desk.
    let checked = check(&path.join("data/certificate.json")).unwrap();
    let export = check_export(&checked, &path.join("data/entries.jsonl")).unwrap();
    assert!(!export.needs_attention(&checked) && !checked.needs_attention());
    let all = files.values().flatten().copied().collect::<Vec<_>>();
    assert!(!String::from_utf8_lossy(&all).contains("Never shown"));
    let dictionary = String::from_utf8(files["data/data-dictionary.csv"].clone()).unwrap();
    let plan = &world.desk.identity.document.document.plan;
    for prompt in &plan.prompts {
        assert!(dictionary.contains(&format!("\nanswer:{},", prompt.id)), "{}", prompt.id);
    }
    let mut reader = csv::Reader::from_reader(dictionary.as_bytes());
    assert!(reader.records().all(|row| row.is_ok_and(|row| row.len() == 5)));
    let made = exported::all(&world.desk).unwrap();
    assert_eq!((made.len(), made[0].format.as_str(), made[0].revisions, made[0].there), (1, "archive", 2, true));
}

#[tokio::test]
async fn a_package_says_what_each_person_has_agreed_to_each_time_that_they_answered() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.agree("2026-06-02T08:00:00.000+01:00", &[("text", true), ("archive, \"later\"", false)]);
    phone.write("Written", To::Study);
    world.server.receive(&phone.items());
    let silent = world.join("P02").await;
    world.server.receive(&silent.items());
    world.pull().await;
    let path = world.folder.join("package");
    pack(&mut world, Text::Original, &path).unwrap();
    let files = files(&path);
    let mut reader = csv::Reader::from_reader(files["data/consent.csv"].as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["participant", "item", "answer", "document_version", "agreed_at", "latest"]);
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let first = |participant: &str, latest: &str| {
        [participant, "text", "yes", "1", "2026-03-02T09:00:00.000+00:00", latest].map(str::to_owned).to_vec()
    };
    let then = |item: &str, answer: &str| {
        ["P01", item, answer, "2", "2026-06-02T08:00:00.000+01:00", "yes"].map(str::to_owned).to_vec()
    };
    // Who has shared nothing has agreed all the same.
    let expected = [first("P01", "no"), then("text", "yes"), then("archive, \"later\"", "no"), first("P02", "yes")];
    assert_eq!(rows, expected);
    let dictionary = String::from_utf8(files["data/data-dictionary.csv"].clone()).unwrap();
    for column in &header {
        assert!(dictionary.contains(&format!("\nconsent:{column},")), "{column}");
    }
    for item in &world.desk.identity.document.document.plan.consent {
        assert!(dictionary.contains(&format!("\nconsent-item:{},", item.id)), "{}", item.id);
    }
    assert!(String::from_utf8(files["data/README.txt"].clone()).unwrap().contains("- consent.csv: "));
}

#[tokio::test]
async fn a_package_of_copies_holds_no_voice_no_key_and_only_what_was_read() {
    let mut world = spoken_and_written().await;
    let path = world.folder.join("package");
    assert!(matches!(
        pack(&mut world, Text::Copy { only_read: false }, &path),
        Err(ExportError::Unread { entries: 2, interviews: 1 })
    ));
    assert!(!path.exists() && exported::all(&world.desk).unwrap().is_empty());
    let vault = &mut world.desk.vault;
    let by = || WhoAndWhy { by: Said::of("Ash", 100).unwrap(), why: None };
    let decide = |term: &str, by_what: &str| {
        Decision::new(term, Sort::Added, Verdict::Replace(Said::of(by_what, 100).unwrap()), by(), NOW).unwrap()
    };
    let decisions = vec![decide("Dave", "[Person 1]")];
    let pseudonyms = Pseudonyms::load(vault.reader()).unwrap().decide(vault, decisions).unwrap();
    let spoken = world.rows().into_iter().find(|row| row.text == "Spoken of Dave").unwrap();
    assert_eq!(spoken.tags, ["Dave"]);
    let read = fingerprint(&copy(&pseudonyms, &spoken));
    let mut reviews = Reviews::load(world.desk.vault.reader()).unwrap();
    reviews.add(&mut world.desk.vault, vec![(read, Review { by: by().by, at: NOW, interview: None })]).unwrap();
    let packed = pack(&mut world, Text::Copy { only_read: true }, &path).unwrap();
    assert_eq!((packed.revisions, packed.recordings, packed.left_out), (1, 0, 1));
    let files = files(&path);
    assert!(files.keys().all(|name| !name.contains("proofs") && !name.contains("audio")), "{:?}", files.keys());
    for name in ["entries.jsonl", "entries.csv", "diaries.md", "diaries.docx", "diaries.qdpx"] {
        let bytes = &files[&format!("data/{name}")];
        let text = if bytes.starts_with(b"PK") { unzipped(bytes) } else { String::from_utf8(bytes.clone()).unwrap() };
        assert!(text.contains("Spoken of [Person 1]") && !text.contains("Dave"), "{name}: {text}");
        assert!(!text.contains("Written\n") && !text.contains("an interview"), "{name}: {text}");
    }
    let all = files.values().flatten().copied().collect::<Vec<_>>();
    assert!(!String::from_utf8_lossy(&all).contains("Dave"));
    assert!(String::from_utf8_lossy(&files["data/README.txt"]).contains("One entry is not in it"));
}

/// All that is in an archive, one after the other.
fn unzipped(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let parts = 0..zip.len();
    parts.map(|place| std::io::read_to_string(zip.by_index(place).unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn a_package_takes_no_others_place_and_leaves_nothing_half_written() {
    let mut world = spoken_and_written().await;
    let path = world.folder.join("package");
    let unfinished = world.folder.join(".package.0123456789abcdef");
    std::fs::create_dir_all(unfinished.join("data")).unwrap();
    std::fs::write(&path, "somebody's").unwrap();
    assert!(matches!(pack(&mut world, Text::Original, &path), Err(ExportError::Unwritable(..))));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody's");
    assert!(exported::all(&world.desk).unwrap().is_empty());
    std::fs::remove_file(&path).unwrap();
    pack(&mut world, Text::Original, &path).unwrap();
    assert!(!unfinished.exists(), "what a program that was killed has left is gone");
    let hidden = std::fs::read_dir(&world.folder).unwrap().map(|file| file.unwrap().file_name());
    assert_eq!(hidden.filter(|name| name.to_string_lossy().starts_with(".package")).count(), 0);
}
