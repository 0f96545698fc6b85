//! Exports without some people: nothing of theirs is in them, and the list says who is missing and why.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Value, json};
use waymark_desk::certificate::{check, check_export};
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{ExportError, Format, Text, Wanted, Without, export_wanted};
use waymark_desk::exported::all;
use waymark_desk::prepare::Said;
use waymark_desk::transcripts::{About, add_file};
use waymark_protocol::content::What;

use crate::page::Shown;
use crate::phone::To;
use crate::world::{NOW, World};

/// Of three people two have shared something, one of them with an interview and with what they told of time off and a phase; the third has only agreed.
async fn world() -> World {
    let mut world = World::new().await;
    for (label, text) in [("P01", "Stays in it"), ("Gone 02", "Left out of it"), ("P03", "")] {
        let mut phone = world.join(label).await;
        if !text.is_empty() {
            phone.write(text, To::Study);
        }
        if label == "Gone 02" {
            phone.tell_on("2026-05-05", What::Paused { from: day("2026-05-11"), until: None });
            phone.tell_on("2026-05-05", What::Phase { phase: "beyond".to_owned(), from: day("2026-05-05") });
        }
        world.server.receive(&phone.items());
    }
    world.pull().await;
    let about = About::parse("T1", "2026-04-20", "", NOW).unwrap();
    add_file(&mut world.desk, "Gone 02", about, b"P: a talk that is left out", "t.txt", NOW).unwrap();
    world
}

fn day(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn without(participants: &[&str]) -> Option<Without> {
    let participants = participants.iter().map(|label| (*label).to_owned()).collect();
    Some(Without { participants, why: Said::of("said no to the archive", 500).unwrap() })
}

fn wanted(format: Format, without: Option<Without>) -> Wanted {
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    Wanted { format, flavour, text: Text::Original, without, said: None }
}

/// Every file of an export, one after the other; of a ZIP what is in it.
fn bytes(path: &Path) -> String {
    let mut all = String::new();
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| all.push_str(&bytes(entry)));
    } else if let Ok(mut zip) = zip::ZipArchive::new(std::fs::File::open(path).unwrap()) {
        for at in 0..zip.len() {
            std::io::Read::read_to_string(&mut zip.by_index(at).unwrap(), &mut all).unwrap();
        }
    } else {
        all.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
    }
    all
}

#[tokio::test]
async fn nothing_of_who_is_left_out_is_in_any_format_and_the_list_says_who_and_why() {
    let mut world = world().await;
    let formats = [Format::Jsonl, Format::Csv, Format::Md, Format::Docx, Format::Qdpx, Format::Archive];
    for format in formats {
        let [whole, part] = ["whole", "part"].map(|name| world.folder.join(format!("{name}.{format}")));
        export_wanted(&mut world.desk, &wanted(format, None), &whole).unwrap();
        let exported = export_wanted(&mut world.desk, &wanted(format, without(&["Gone 02"])), &part).unwrap();
        assert_eq!((exported.revisions, exported.transcripts), (1, 0), "{format}");
        let (whole, part) = (bytes(&whole), bytes(&part));
        assert!(whole.contains("Left out of it") && whole.contains("Gone 02"), "{format}");
        let told = ["Time off: from 2026-05-11 on", "Since 2026-05-05 in phase: beyond"];
        let tells = matches!(format, Format::Md | Format::Docx | Format::Archive);
        assert!(told.iter().all(|told| whole.contains(told) == tells), "{format}");
        assert!(part.contains("Stays in it"), "{format}");
        for not_there in ["Left out of it", "Gone 02", "a talk that is left out"].into_iter().chain(told) {
            assert!(!part.contains(not_there), "{format}: {not_there}");
        }
    }
    let made = all(&world.desk).unwrap();
    assert_eq!(made.iter().filter(|made| made.without == without(&["Gone 02"])).count(), formats.len());
    assert_eq!(made.iter().filter(|made| made.without.is_none()).count(), formats.len());
}

#[tokio::test]
async fn a_package_without_somebody_says_so_and_its_check_names_what_is_lacking_and_no_key_of_theirs_is_in_it() {
    let mut world = world().await;
    let path = world.folder.join("package");
    export_wanted(&mut world.desk, &wanted(Format::Archive, without(&["Gone 02", "P03"])), &path).unwrap();
    let data = path.join("data");
    let readme = std::fs::read_to_string(data.join("README.txt")).unwrap();
    assert!(readme.contains("LEFT OUT: 2 people are not in it"), "{readme}");
    let consent = std::fs::read_to_string(data.join("consent.csv")).unwrap();
    assert!(consent.contains("P01") && !consent.contains("P03"));
    // Its lines are proven, and what the certificate counts besides is said to be lacking: nobody can leave somebody out unseen.
    let checked = check(&data.join("certificate.json")).unwrap();
    let export = check_export(&checked, &data.join("entries.jsonl")).unwrap();
    assert!(export.needs_attention(&checked));
    let whole = world.folder.join("whole");
    export_wanted(&mut world.desk, &wanted(Format::Archive, None), &whole).unwrap();
    let lines = |path: &Path| std::fs::read_to_string(path.join("data/entries.jsonl.proofs")).unwrap().len();
    assert!(lines(&path) < lines(&whole), "no proof, and so no key, of what is not in it");
}

#[tokio::test]
async fn a_label_that_nobody_has_leaves_nobody_out_and_is_refused() {
    let mut world = world().await;
    let path = world.folder.join("out.csv");
    let refused = export_wanted(&mut world.desk, &wanted(Format::Csv, without(&["P01", "p02"])), &path);
    assert!(matches!(refused, Err(ExportError::Unknown(label)) if label == "p02"));
    assert!(!path.exists() && all(&world.desk).unwrap().is_empty());
}

#[tokio::test]
async fn the_page_leaves_people_out_for_a_reason_alone() {
    let shown = Shown::unlocked(world().await).await;
    let wanted = |also: Value| {
        let mut wanted = json!({
            "format": "md", "documents": "participant", "line_ends": "lf", "original": true, "only_read": false,
            "by": "A. Researcher", "why": "a talk",
        });
        wanted.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
        wanted
    };
    for (also, code) in [
        (json!({ "without": ["Gone 02"] }), "reason-missing"),
        (json!({ "without": ["Gone 02"], "why_without": " " }), "reason-missing"),
        (json!({ "without": ["Gone 02"], "why_without": "two\nlines" }), "reason-unfit"),
        (json!({ "without": ["Gone"], "why_without": "said no" }), "participant-unknown"),
    ] {
        assert_eq!(shown.refused("export", wanted(also)).await, json!(code));
    }
    let done = shown.ask("export", wanted(json!({ "without": ["Gone 02"], "why_without": "said no" }))).await;
    let made: BTreeMap<String, Value> = serde_json::from_value(done["exports"]["made"][0].clone()).unwrap();
    assert_eq!((&made["without"], &made["why_without"]), (&json!(["Gone 02"]), &json!("said no")));
    assert!(!std::fs::read_to_string(done["path"].as_str().unwrap()).unwrap().contains("Left out of it"));
}
