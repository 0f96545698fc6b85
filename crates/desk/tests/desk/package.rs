//! A package for an archive.

use std::collections::BTreeMap;
use std::path::Path;

use waymark_desk::certificate::{check, check_export};
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{ExportError, Exported, Format, Text, Wanted, export_wanted};
use waymark_desk::exported;
use waymark_desk::publish::publish;
use waymark_protocol::Hash;

use crate::phone::To;
use crate::world::{World, example};

fn pack(world: &mut World, text: Text, path: &Path) -> Result<Exported, ExportError> {
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    export_wanted(&mut world.desk, &Wanted { format: Format::Archive, flavour, text, said: None }, path)
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
    let (voice, parts) = phone.voice("Spoken of Dave", b"a voice");
    phone.write_entry(&voice, To::Study);
    phone.write("Written", To::Study);
    phone.write("Never shown", To::Writer);
    world.server.receive_parts(phone.participant, &parts);
    world.server.receive(&phone.items());
    world.pull().await;
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
async fn a_package_of_copies_holds_no_voice_no_key_and_only_what_was_read() {
    let mut world = spoken_and_written().await;
    let path = world.folder.join("package");
    assert!(matches!(pack(&mut world, Text::Copy { only_read: false }, &path), Err(ExportError::Unread(2))));
    assert!(!path.exists() && exported::all(&world.desk).unwrap().is_empty());
    let packed = pack(&mut world, Text::Copy { only_read: true }, &path).unwrap();
    assert_eq!((packed.revisions, packed.recordings, packed.left_out), (0, 0, 2));
    let files = files(&path);
    assert!(files.keys().all(|name| !name.contains("proofs") && !name.contains("audio")), "{:?}", files.keys());
    let all = files.values().flatten().copied().collect::<Vec<_>>();
    assert!(!String::from_utf8_lossy(&all).contains("Dave"));
    assert!(String::from_utf8_lossy(&files["data/README.txt"]).contains("2 entries are not in it"));
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
