//! Documents: what phones read, and what they are told on which day.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use waymark_protocol::study::{
    Document, DocumentError, Envelope, KeyChange, Keys, Plan, PromptKind, StudyFile, limits,
};

const TRANSITIONS: &str = include_str!("../../../studies/transitions.toml");
const SMALL: &str = include_str!("studies/small.toml");
const SNAPSHOT: &str = include_str!("snapshots/document.json");

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test")
}

fn parsed(text: &str) -> StudyFile {
    StudyFile::parse(text).expect("a study file without problems")
}

fn envelope() -> Envelope {
    let change = KeyChange {
        signing: "c5".repeat(32),
        encryption: "c6".repeat(32),
        old_signature: "d7".repeat(64),
        new_signature: "d8".repeat(64),
    };
    Envelope {
        study: "a1".repeat(16),
        previous: Some("b2".repeat(32)),
        keys: Keys { signing: "c5".repeat(32), encryption: "c6".repeat(32) },
        key_changes: vec![change],
    }
}

fn document(text: &str) -> Document {
    Document::from_study_file(&parsed(text), envelope()).expect("the document of a good file")
}

#[test]
fn phases_change_on_their_day() {
    let plan = parsed(TRANSITIONS).plan;
    let joined = date("2026-01-05");
    let on_day = |day| plan.phase_at(joined, joined + Days::new(day)).id.as_str();
    let phases = [0, 62, 63, 335, 336, 100_000].map(on_day);
    assert_eq!(phases, ["into", "into", "through", "through", "beyond", "beyond"]);
    assert_eq!(plan.phase_at(joined, joined - Days::new(1)).id, "into", "a clock set back");
    assert_eq!(plan.phase_at(NaiveDate::MIN, NaiveDate::MAX).id, "beyond");
    assert_eq!(plan.phase_at(NaiveDate::MAX, NaiveDate::MIN).id, "into");
}

fn offered(plan: &Plan, joined: NaiveDate, day: u64) -> Vec<&str> {
    plan.sets_on(joined, joined + Days::new(day)).iter().map(|set| set.id.as_str()).collect()
}

#[test]
fn day_and_event_sets_are_always_on_offer_and_weekly_ones_for_three_days() {
    let plan = parsed(TRANSITIONS).plan;
    let monday = date("2026-01-05");
    let (always, with_look_back) = (["daily", "something-happened"], ["daily", "something-happened", "look-back-into"]);
    for day in [0, 1, 2, 3, 7, 10] {
        assert_eq!(offered(&plan, monday, day), always, "day {day}");
    }
    for day in [4, 5, 6, 11, 12, 13, 60, 61, 62] {
        assert_eq!(offered(&plan, monday, day), with_look_back, "day {day}");
    }
    assert_eq!(offered(&plan, monday, 63), always, "the phase is over");
    assert_eq!(offered(&plan, monday, 67), ["daily", "something-happened", "look-back-through"]);
}

#[test]
fn a_day_before_the_phase_makes_no_weekly_set_due() {
    let plan = parsed(TRANSITIONS).plan;
    let saturday = date("2026-01-10");
    assert_eq!(offered(&plan, saturday, 0), ["daily", "something-happened"]);
    assert_eq!(offered(&plan, saturday, 6).len(), 3);
}

#[test]
fn schedules_keep_to_their_weeks_and_to_every_second_one() {
    let plan = parsed(TRANSITIONS).plan;
    let monday = date("2026-01-05");
    let with_look_back: Vec<u64> =
        (0..30).filter(|week| offered(&plan, monday, (48 + week) * 7 + 4).contains(&"look-back-beyond")).collect();
    assert_eq!(with_look_back, [0, 1, 2, 3, 4, 6, 8, 10, 12, 14]);
}

#[test]
fn a_corrected_phase_counts_from_its_own_beginning() {
    let plan = parsed(TRANSITIONS).plan;
    let began = date("2026-03-02"); // a Monday, in place of week 48
    let look_back =
        |day| plan.sets_in("beyond", began, began + Days::new(day)).iter().any(|set| set.id == "look-back-beyond");
    assert_eq!([3, 4, 6, 7, 32, 39].map(look_back), [false, true, true, false, true, false]);
    assert!(plan.sets_in("unknown", began, began).is_empty());
}

#[test]
fn an_unknown_kind_of_prompt_is_kept() {
    let file = parsed(&SMALL.replace("kind = \"text\"", "kind = \"photograph\""));
    assert_eq!(file.plan.prompts[0].kind, PromptKind::Other("photograph".into()));
    let document = Document::from_study_file(&file, envelope()).expect("a document");
    assert_eq!(Document::parse(&document.to_bytes()).expect("it parses").plan.prompts[0].kind.as_str(), "photograph");
}

#[test]
fn a_text_falls_back_to_a_relative_and_then_to_the_first_language() {
    let mut plan = document(SMALL).plan;
    let text = &plan.prompts[0].text;
    assert_eq!(text.get("gd"), "Dè dh'fhuiricheas?");
    assert_eq!(text.get("gd-GB"), "Dè dh'fhuiricheas?");
    assert_eq!(text.get("GD"), "Dè dh'fhuiricheas?");
    assert_eq!((text.get("en-US"), text.get("fr"), text.get("")), ("What stays?", "What stays?", "What stays?"));
    plan.title = serde_json::from_str(r#"{"en":"a","pt-BR":"b","pt":"c","zh-Hant":"d"}"#).expect("a text");
    assert_eq!(["pt-BR", "pt-PT", "pt", "zh", "zh-Hans"].map(|tag| plan.title.get(tag)), ["b", "c", "c", "d", "d"]);
}

#[test]
fn a_document_survives_its_bytes() {
    for text in [SMALL, TRANSITIONS] {
        let document = document(text);
        let bytes = document.to_bytes();
        assert_eq!(Document::parse(&bytes).expect("it parses"), document);
        assert_eq!(document.to_bytes(), bytes);
    }
}

#[test]
fn a_documents_shape_is_the_committed_one() {
    let pretty = serde_json::to_string_pretty(&document(SMALL)).expect("JSON");
    assert_eq!(
        pretty.trim(),
        SNAPSHOT.trim(),
        "published documents have this shape: if it must change, phones must read both"
    );
    assert_eq!(Document::parse(SNAPSHOT.as_bytes()).expect("the snapshot parses"), document(SMALL));
}

#[test]
fn phones_are_told_neither_codes_nor_interviews() {
    let bytes = document(TRANSITIONS).to_bytes();
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    assert!(!text.contains("Organisational fit") && !text.contains("13w..18w"));
}

#[test]
fn unknown_fields_of_a_document_are_ignored() {
    let later = SNAPSHOT.replacen("\"plan\": {", "\"new\": [1], \"plan\": {\"also\": null,", 1);
    assert_eq!(Document::parse(later.as_bytes()).expect("a later document"), document(SMALL));
}

#[test]
fn a_document_that_breaks_a_rule_is_refused() {
    let wrong: [(&str, &str); 16] = [
        ("\"version\": 3", "\"version\": 0"),
        ("\"version\": 3", "\"version\": -1"),
        ("\"study\": \"a1", "\"study\": \"A1"),
        ("\"previous\": \"b2", "\"previous\": \""),
        ("\"signing\": \"c5", "\"signing\": \"zz"),
        ("\"old_signature\": \"d7", "\"old_signature\": \"d7d7"),
        ("\"hold\": \"0h\"", "\"hold\": \"1000000h\""),
        ("\"from\": \"0w\"", "\"from\": \"5w\""),
        ("\"set\": \"daily\"", "\"set\": \"nightly\""),
        ("\"id\": \"stays\"", "\"id\": \"how\""),
        ("\"when\": \"day\"", "\"when\": \"never\""),
        ("\"kind\": \"text\"", "\"kind\": \"two words\""),
        ("\"title\": {", "\"title\": {\"fr\": \"?\","),
        ("\"en\": \"Small\"", "\"en\": \"Small\", \"en\": \"Twice\""),
        ("\"every_weeks\": 2", "\"every_weeks\": 0"),
        ("\"tel\": \"116 123\"", "\"tel\": \"javascript:\""),
    ];
    for (old, new) in wrong {
        assert!(SNAPSHOT.contains(old), "{old}");
        let refused = Document::parse(SNAPSHOT.replacen(old, new, 1).as_bytes());
        assert!(
            matches!(refused, Err(DocumentError::Invalid { .. } | DocumentError::Malformed(_))),
            "{new}: {refused:?}"
        );
    }
    let large = vec![b' '; limits::DOCUMENT_BYTES + 1];
    assert_eq!(Document::parse(&large), Err(DocumentError::TooLarge(large.len())));
    let no_phase = with_an_empty_list(SNAPSHOT, "\"phases\": [", "\"prompt_sets\"");
    assert!(matches!(Document::parse(no_phase.as_bytes()), Err(DocumentError::Malformed(_))));
}

/// `text` with an empty list in place of what stands between `from` and `to`.
fn with_an_empty_list(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).expect("from");
    let (_, after) = rest.split_once(to).expect("to");
    format!("{before}{from}],{to}{after}")
}

#[test]
fn an_envelope_that_is_not_hex_is_refused() {
    let mut wrong = envelope();
    wrong.keys.encryption.pop();
    let refused = Document::from_study_file(&parsed(SMALL), wrong);
    assert!(matches!(refused, Err(DocumentError::Invalid { at, .. }) if at == "keys.encryption"));
}

/// `text` with some bytes cut out and others put in their place.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let inserted = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..12),
        "[\\[\\]{}=.,\"'#\n a-z0-9\\\\]{0,12}".prop_map(String::into_bytes),
        Just(b"\n[[prompt]]\n".to_vec()),
        Just(b"[[[[[[[[".to_vec()),
    ];
    (0..text.len(), 0..60_usize, inserted).prop_map(move |(at, cut, inserted)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.splice(at..(at + cut).min(text.len()), inserted);
        bytes
    })
}

proptest! {
    #[test]
    fn a_changed_file_is_read_or_has_problems_on_its_lines(bytes in mutated(SMALL)) {
        let text = String::from_utf8_lossy(&bytes);
        match StudyFile::parse(&text) {
            Ok(file) => {
                let document = Document::from_study_file(&file, envelope()).expect("what a file may say, a document may");
                prop_assert_eq!(Document::parse(&document.to_bytes()).expect("it parses"), document);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                let lines = 1 + text.matches('\n').count();
                prop_assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line)));
                prop_assert!(problems.iter().all(|problem| !problem.message.is_empty() && !problem.remedy.is_empty()));
            }
        }
    }

    #[test]
    fn reading_a_document_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Document::parse(&bytes);
    }

    #[test]
    fn a_changed_document_is_refused_or_keeps_all_rules(bytes in mutated(SNAPSHOT)) {
        if let Ok(document) = Document::parse(&bytes) {
            prop_assert_eq!(Document::parse(&document.to_bytes()).expect("it parses again"), document);
        }
    }

    #[test]
    fn what_is_on_offer_is_on_offer_in_this_phase(joined in -4_000_000_i64..4_000_000, day in -10_i64..1_000) {
        let plan = parsed(TRANSITIONS).plan;
        let from = date("2026-01-01").checked_add_signed(chrono::Duration::days(joined)).expect("within chrono's years");
        let today = from.checked_add_signed(chrono::Duration::days(day)).expect("within chrono's years");
        let phase = plan.phase_at(from, today);
        let sets = plan.sets_on(from, today);
        prop_assert!(sets.iter().all(|set| set.phases.contains(&phase.id)));
        prop_assert!(sets.iter().any(|set| set.id == "daily") && sets.iter().any(|set| set.id == "something-happened"));
    }
}
