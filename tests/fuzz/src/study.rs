//! Study files and documents: what is read keeps its rules, and what is wrong is named with its line.

use waymark_protocol::study::{Document, Envelope, Keys, Plan, StudyFile, limits};

use crate::script::Script;

const EXAMPLE: &str = include_str!("../../../studies/transitions.toml");
const SMALL: &str = include_str!("../../../crates/protocol/tests/studies/small.toml");
const SIMULATED: &str = waymark_simulation::template::STUDY;

/// Reads a study file or a document: any, or one of ours that is changed.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 4 {
        0 => a_file(script.rest()),
        1 => {
            let file = script.of(&[SMALL, SIMULATED, EXAMPLE]);
            a_file(&script.edited(file.as_bytes()));
        }
        2 => a_document(script.rest()),
        _ => a_document(&script.edited(&document(&StudyFile::parse(SMALL).expect("a study file")).to_bytes())),
    }
}

/// Our files, and a document.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let small = StudyFile::parse(SMALL).expect("a study file");
    vec![
        ("file", [&[0], SIMULATED.as_bytes()].concat()),
        ("file-with-everything", [&[0], SMALL.as_bytes()].concat()),
        ("file-changed", vec![1, 2, 3, 0, 1, 0, 9]),
        ("document", [&[2], document(&small).to_bytes().as_slice()].concat()),
        ("document-changed", vec![3, 1, 0, 2, 0, b'"']),
    ]
}

fn document(file: &StudyFile) -> Document {
    let keys = Keys { signing: "11".repeat(32), encryption: "22".repeat(32) };
    let envelope = Envelope { study: "33".repeat(16), previous: None, keys, key_changes: Vec::new() };
    Document::from_study_file(file, envelope).expect("a document")
}

fn a_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match StudyFile::parse(text) {
        Ok(file) => {
            let document = document(&file);
            assert_eq!(Document::parse(&document.to_bytes()).as_ref(), Ok(&document), "a file's document is refused");
            offers(&file.plan);
        }
        Err(problems) => {
            let lines = text.lines().count().max(1) + 1;
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in problems {
                assert!((1..=lines).contains(&problem.line), "a problem in line {} of {lines}", problem.line);
                assert!(!problem.message.is_empty() && !problem.remedy.is_empty());
                let told = problem.to_string();
                assert!(!told.contains(['\n', '\u{1b}', '\0']), "a problem that a terminal would obey: {told:?}");
            }
        }
    }
}

fn a_document(bytes: &[u8]) {
    let Ok(document) = Document::parse(bytes) else { return };
    assert!(bytes.len() <= limits::DOCUMENT_BYTES);
    assert_eq!(Document::parse(&document.to_bytes()).as_ref(), Ok(&document), "a document is not read again");
    offers(&document.plan);
}

/// What is on offer on some days, from long before joining to long after.
fn offers(plan: &Plan) {
    let joined = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    for day in [-1, 0, 1, 6, 13, 100, 40_000] {
        let today = joined + chrono::Days::new(40_000);
        let today = today.checked_add_signed(chrono::TimeDelta::days(day - 40_000)).expect("a day");
        let phase = plan.phase_at(joined, today);
        assert!(!phase.id.is_empty());
        for set in plan.sets_on(joined, today) {
            assert!(set.phases.contains(&phase.id), "a prompt set of another phase is on offer");
        }
    }
}
