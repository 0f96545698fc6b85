//! Exports with proofs: on a machine without any key each line is shown to be what a phone has sealed, or what is wrong is named.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};
use waymark_desk::Progress;
use waymark_desk::certificate::{
    Checked, CheckedExport, ExportCheckError as Wrong, ProofProblem as Problem, check_export,
};
use waymark_desk::erase::{Reach, carry_out, prepare};
use waymark_desk::export::{Format, export};
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::Record;
use waymark_protocol::record::wire;
use waymark_protocol::seal::{Place, Sealer};
use waymark_vault::SystemRng;

use crate::archive::{Archive, studied};
use crate::phone::{JOINED, Phone, To};
use crate::world::{NOW, World};

/// What is done to a record's header, slots and body.
type Change<'a> = &'a dyn Fn(&mut Vec<u8>, &mut Vec<u8>, &mut Vec<u8>);

fn hex_of(record: &Record) -> String {
    let mut item = Vec::new();
    wire::write_feed_frame(&mut item, 0, 0, false);
    wire::write_record(&mut item, record.header_bytes(), record.slots_bytes(), record.body());
    waymark_protocol::hex::encode(&item)
}

fn proof_of(record: &Record, key: &ContentKey) -> Value {
    json!({ "record": hex_of(record), "key": waymark_protocol::hex::encode(key.dangerously_bytes()) })
}

#[tokio::test]
async fn an_honest_export_is_what_was_sealed_and_says_what_is_the_desks_word() {
    let (mut world, [ash, birch, _]) = studied().await;
    let archive = Archive::of(&mut world);
    let checked = archive.checked();
    let exported = archive.check().unwrap();
    assert_eq!((exported.entries, exported.doubles, exported.phases_counted), (4, 1, 1));
    assert_eq!((exported.recordings_missing, exported.left_out.len()), (0, 0));
    let names = [(ash.participant, "Ash".to_owned()), (birch.participant, "Birch".to_owned())];
    assert_eq!(exported.names, names.into(), "of those who stand in it alone");
    assert!(!exported.lacks_something(&checked));

    let plain = fs::read_to_string(archive.export()).unwrap();
    export(&mut world.desk, Format::Jsonl, &archive.folder.join("plain.jsonl")).unwrap();
    assert_eq!(plain, fs::read_to_string(archive.folder.join("plain.jsonl")).unwrap(), "proofs change no line");
    let proofs = fs::read_to_string(archive.proofs()).unwrap();
    assert_eq!(proofs.lines().count(), 1 + 5);
    assert!(!proofs.contains(&hex_of(&ash.log[5])), "the private one is not in it");
    assert!(proofs.contains(&JOINED[..10]), "the day from which Birch's phase is counted");
    #[cfg(unix)]
    for file in [archive.export(), archive.proofs()] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn the_files_may_have_other_names_and_the_lines_another_order() {
    let (mut world, _) = studied().await;
    let archive = Archive::of(&mut world);
    let moved = archive.folder.join("diaries.jsonl");
    let sorted: String =
        fs::read_to_string(archive.export()).unwrap().lines().rev().map(|line| format!("{line}\n")).collect();
    fs::write(&moved, sorted).unwrap();
    fs::rename(archive.proofs(), archive.folder.join("diaries.jsonl.proofs")).unwrap();
    assert_eq!(check_export(&archive.checked(), &moved).unwrap().entries, 4);
}

#[tokio::test]
async fn whatever_was_changed_in_an_export_is_named_with_its_line() {
    let (mut world, [ash, birch, _]) = studied().await;
    let archive = Archive::of(&mut world);
    let line = |change: &dyn Fn(&mut Vec<String>)| archive.after(&archive.export(), change);
    let said = [
        ("at once", "at twice"),
        ("2026-05-04", "2026-05-03"),
        ("20:11:00.000+01:00", "20:11:00.000+02:00"),
        ("okay", "heavy"),
        ("Ash", "Birch"),
        ("into", "through"),
        ("What stays with you", "What leaves you"),
        (",\"text\"", ", \"text\""),
    ];
    for (from, to) in said {
        let wrong = line(&|lines| {
            assert!(lines[0].contains(from), "{from}");
            lines[0] = lines[0].replacen(from, to, 1);
        });
        assert!(matches!(wrong, Wrong::Line(1)), "{from}: {wrong}");
    }
    assert!(
        matches!(line(&|it| it[3] = it[3].replacen("\"through\"", "\"into\"", 1)), Wrong::Line(4)),
        "a counted phase"
    );
    assert!(matches!(line(&|it| it[1].push(' ')), Wrong::Line(2)));
    assert!(matches!(line(&|it| drop(it.remove(1))), Wrong::LeftOut(1, 2)));
    assert!(matches!(line(&Vec::clear), Wrong::LeftOut(5, 1)));
    assert!(matches!(line(&|it| it.push(it[1].clone())), Wrong::Twice(5, 2)));
    // The words of one entry at the place of another, and at a place that nobody has.
    let at = |phone: &Phone, seq: u64| format!("\"device\":\"{}\",\"seq\":{seq}", phone.device());
    let moved = |to: String| line(&|it| it[1] = it[1].replace(&at(&ash, 4), &to));
    assert!(matches!(moved(at(&ash, 3)), Wrong::Line(2)));
    assert!(matches!(moved(at(&birch, 9)), Wrong::Unproven(2)));
    assert!(matches!(moved(at(&ash, 6)), Wrong::Unproven(2)), "a private one");
    // What is no line, and half of one.
    for other in ["", "{}", "[1]", "\u{0}"] {
        assert!(matches!(line(&|it| it.push(other.to_owned())), Wrong::Line(5)), "{other:?}");
        assert!(matches!(line(&|it| it.insert(0, other.to_owned())), Wrong::NotExport(_)), "{other:?}");
    }
    let bytes = fs::read(archive.export()).unwrap();
    for cut in [1, 100, bytes.len() - 1] {
        fs::write(archive.export(), &bytes[..cut]).unwrap();
        assert!(matches!(archive.check(), Err(Wrong::NotExport(_))), "cut after {cut}");
    }
    fs::remove_file(archive.export()).unwrap();
    assert!(matches!(archive.check(), Err(Wrong::Unreadable(..))));
}

#[tokio::test]
async fn a_desk_that_writes_other_proofs_to_other_lines_is_named() {
    let (mut world, [ash, birch, _]) = studied().await;
    let archive = Archive::of(&mut world);
    let key = |number: usize| {
        let lines = fs::read_to_string(archive.proofs()).unwrap();
        serde_json::from_str::<Value>(lines.lines().nth(number).unwrap()).unwrap()["key"].clone()
    };
    let said = |wrong: Wrong| match wrong {
        Wrong::Proof(number, problem) => (number, problem),
        other => panic!("{other}"),
    };
    assert_eq!(said(archive.after_proof(1, |proof| proof["key"] = key(2))), (1, Problem::Key), "keys exchanged");
    assert_eq!(said(archive.after_proof(1, |proof| proof["key"] = json!("00"))), (1, Problem::Malformed));
    // The same place with other words, sealed by the desk itself: it is not what the phone has signed for.
    let place = Place::after(&ash.log[1]);
    let forged = Sealer::new(place, waymark_protocol::record::Kind::Entry);
    let mut entry = ash.fork().entry("put into her mouth");
    entry.phase = Some("into".to_owned());
    let (record, its_key) = forged.seal(&entry.to_bytes(), &mut SystemRng).unwrap();
    assert_eq!(said(archive.after_proof(1, |proof| *proof = proof_of(&record, &its_key))), (1, Problem::NotInChain));
    // A byte of the sealed words, and of the header that commits to the key.
    let sealed = |change: Change<'_>| {
        let mut item = Vec::new();
        wire::write_feed_frame(&mut item, 0, 0, false);
        item.extend(crate::phone::changed(&ash.log[2], |header, slots, body| change(header, slots, body)));
        said(archive.after_proof(1, |proof| proof["record"] = json!(waymark_protocol::hex::encode(&item))))
    };
    assert_eq!(sealed(&|_, _, body| body[9] ^= 1), (1, Problem::NotInChain));
    let commitment = ash.log[2].header().commitment.unwrap();
    let other = key(2).as_str().and_then(waymark_protocol::hex::decode).unwrap();
    let other = ContentKey::from_slice(&other).unwrap().commitment();
    let committed = |header: &mut Vec<u8>, _: &mut Vec<u8>, _: &mut Vec<u8>| {
        let at = header.windows(32).position(|window| window == commitment.0).unwrap();
        header[at..at + 32].copy_from_slice(&other.0);
    };
    assert_eq!(sealed(&committed), (1, Problem::NotInChain), "another commitment is another header");
    // Records that are no entry, of nobody, or there twice.
    assert_eq!(said(archive.after_proof(1, |it| it["record"] = json!(hex_of(&ash.log[1])))), (1, Problem::Malformed));
    assert_eq!(said(archive.after_proof(2, |it| it["record"] = json!("00ff"))), (2, Problem::Malformed));
    assert_eq!(said(archive.after_proof(2, |it| it["voice"] = json!([false]))), (2, Problem::Malformed));
    assert_eq!(said(archive.after(&archive.proofs(), |lines| lines[2] = lines[1].clone())), (2, Problem::Twice));
    assert_eq!(said(archive.after(&archive.proofs(), |lines| lines[2] = "{}".to_owned())), (2, Problem::Malformed));
    let opening = |change: &dyn Fn(&mut Value)| archive.after_proof(0, |opening| change(opening));
    let nameless = opening(&|it| drop(it["people"].as_array_mut().unwrap().pop()));
    assert!(matches!(nameless, Wrong::Proof(_, Problem::Nameless)), "{nameless}");
    // One name for two people, two for one, and names exchanged.
    assert!(matches!(opening(&|it| it["people"][1]["label"] = it["people"][0]["label"].clone()), Wrong::Names));
    assert!(matches!(
        opening(&|it| it["people"][1]["participant"] = it["people"][0]["participant"].clone()),
        Wrong::Names
    ));
    let exchanged = opening(&|it| {
        let first = it["people"][0]["label"].clone();
        it["people"][0]["label"] = it["people"][1]["label"].take();
        it["people"][1]["label"] = first;
    });
    assert!(matches!(exchanged, Wrong::Line(1)), "{exchanged}");
    assert!(matches!(opening(&|it| it["people"][0]["label"] = json!("\u{1b}[2J")), Wrong::NotProofs(_)));
    for name in ["../out.jsonl", "", "..", "out\u{1b}[2J.jsonl", "out\n.jsonl", "\u{9b}2J"] {
        assert!(matches!(opening(&|it| it["name"] = json!(name)), Wrong::NotProofs(_)), "{name:?}");
    }
    // Another study's.
    let other = World::new().await;
    assert!(matches!(opening(&|it| it["study"] = json!(other.desk.identity.study)), Wrong::AnotherStudy));
    assert!(matches!(opening(&|it| it["document"] = json!(other.desk.identity.signed)), Wrong::Document(_)));
    let mut other = other;
    let mut stranger = other.join("Ash").await;
    stranger.write("elsewhere", To::Study);
    let foreign = archive.after_proof(1, |it| it["record"] = json!(hex_of(&stranger.log[2])));
    assert_eq!(said(foreign), (1, Problem::Foreign));
    assert!(archive.check().is_ok() && birch.log.len() == 3, "each was put back");
}

#[tokio::test]
async fn a_revision_that_came_twice_has_one_line_whichever_it_is() {
    let (mut world, [ash, ..]) = studied().await;
    let archive = Archive::of(&mut world);
    let first = format!("\"device\":\"{}\",\"seq\":7", ash.device());
    let twice = |lines: &[String]| {
        let at = lines.iter().position(|line| line.contains(&first)).expect("the first of the two has the line");
        (at, lines[at].replace(&first, &first.replace("\"seq\":7", "\"seq\":8")))
    };
    let both = archive.after(&archive.export(), |lines| {
        let (at, again) = twice(lines);
        assert_eq!(at, 2);
        lines.push(again);
    });
    assert!(matches!(both, Wrong::Again(5, 3)), "{both}");
    let mut lines: Vec<String> = fs::read_to_string(archive.export()).unwrap().lines().map(str::to_owned).collect();
    let (at, again) = twice(&lines);
    lines[at] = again;
    fs::write(archive.export(), lines.join("\n") + "\n").unwrap();
    assert_eq!(archive.check().unwrap().doubles, 1);
}

#[tokio::test]
async fn proofs_that_are_cut_newer_or_not_there_are_told_apart() {
    let (mut world, _) = studied().await;
    let archive = Archive::of(&mut world);
    let bytes = fs::read(archive.proofs()).unwrap();
    let ends: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
    for cut in [0, 1, ends[0] - 1, ends[0], ends[2], ends[2] + 7, bytes.len() - 1] {
        fs::write(archive.proofs(), &bytes[..cut]).unwrap();
        assert!(matches!(archive.check(), Err(Wrong::NotProofs(_))), "cut after {cut}");
    }
    let newer = String::from_utf8(bytes).unwrap().replacen("\"waymark_proofs\":1", "\"waymark_proofs\":2", 1);
    fs::write(archive.proofs(), newer).unwrap();
    assert!(matches!(archive.check(), Err(Wrong::Newer(_))));
    fs::remove_file(archive.proofs()).unwrap();
    let error = archive.check().unwrap_err();
    assert!(matches!(error, Wrong::NoProofs(_)) && error.to_string().contains("--with-proofs"));
}

#[tokio::test]
async fn an_export_and_a_certificate_of_different_days_are_told_what_to_do() {
    let (mut world, [mut ash, ..]) = studied().await;
    let archive = Archive::of(&mut world);
    // More is shared: the old export lacks it, and the old certificate does not prove the new export.
    let more = ash.write("after that", To::Writer);
    ash.grant(more);
    world.server.receive(&ash.items());
    world.pull().await;
    let later = Archive::of(&mut world);
    let export = check_export(&later.checked(), &archive.export()).unwrap();
    let place = (export.left_out[0].device, export.left_out[0].seq);
    assert_eq!((export.left_out.len(), place), (1, (ash.device(), more.seq)));
    assert!(export.lacks_something(&later.checked()));
    let newer = check_export(&archive.checked(), &later.export()).unwrap_err();
    assert!(matches!(newer, Wrong::Proof(_, Problem::Newer)), "{newer}");
    // Something is erased: exports from before say so.
    let prepared = prepare(&mut world.desk, "Birch", &Reach::Shared, "asked", NOW, &Progress::silent()).await.unwrap();
    carry_out(&mut world.desk, prepared, NOW).await.unwrap();
    let after = Archive::of(&mut world);
    assert_eq!(after.check().unwrap().entries, 4);
    let erased = check_export(&after.checked(), &later.export()).unwrap_err();
    assert!(matches!(erased, Wrong::Proof(5, Problem::Erased)), "{erased}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to one byte of an export, it is refused; of its proofs, it is refused or the export says still what it said.
    #[test]
    fn no_changed_byte_makes_an_export_say_something_else(at in any::<prop::sample::Index>(), to in any::<u8>(), proofs: bool) {
        static MADE: std::sync::OnceLock<(Archive, Checked, CheckedExport)> = std::sync::OnceLock::new();
        let (archive, certificate, good) = MADE.get_or_init(|| {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let (mut world, _) = studied().await;
                let archive = Archive::of(&mut world);
                let (certificate, good) = (archive.checked(), archive.check().unwrap());
                (archive, certificate, good)
            })
        });
        let folder = tempfile::tempdir().unwrap();
        let copies = [(archive.export(), folder.path().join("x")), (archive.proofs(), folder.path().join("x.proofs"))];
        for (from, to) in &copies {
            fs::copy(from, to).unwrap();
        }
        let file = &copies[usize::from(proofs)].1;
        let mut bytes = fs::read(file).unwrap();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        fs::write(file, bytes).unwrap();
        match check_export(certificate, &copies[0].1) {
            Ok(exported) => prop_assert!(proofs && exported == *good),
            Err(Wrong::Unreadable(path, error)) => panic!("{}: {error}", path.display()),
            Err(_) => {}
        }
    }
}
