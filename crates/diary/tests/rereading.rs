//! The diary to re-read: by words, tags, marks and days; and entries that are deleted for good.

use chrono::{DateTime, FixedOffset, NaiveDate};
use proptest::prelude::*;
use waymark_diary::page::{Draft, ErrorCode};
use waymark_diary::{Diary, Filter, Finished, LockSecret, Mark, Marks, Now, Readers, create, unlock};
use waymark_protocol::EntryId;

fn lock() -> LockSecret {
    LockSecret::passphrase("correct horse battery staple")
}

fn now() -> Now {
    Now::scripted(DateTime::<FixedOffset>::parse_from_rfc3339("2026-03-20T19:30:00+00:00").expect("a time"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn write(diary: &mut Diary, about: &str, text: &str, tags: &[&str]) -> EntryId {
    let finished = Finished {
        entry: None,
        draft: None,
        about: day(about),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    };
    diary.finish(finished, Readers::OnlyMe, now()).expect("finished")
}

fn all() -> Filter {
    Filter::default()
}

#[test]
fn a_filter_lets_through_what_has_all_of_it_newest_day_first() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let late = write(&mut diary, "2026-03-19", "A café by the door", &["doors", "night"]);
    let early = write(&mut diary, "2026-02-02", "The door was shut", &["doors"]);
    let middle = write(&mut diary, "2026-03-01", "Rain", &["night"]);
    diary.mark(&early, Marks { interview: true, supervision: false }, now()).expect("marked");
    diary.mark(&middle, Marks { interview: true, supervision: true }, now()).expect("marked");

    let tags = |tags: &[&str]| Filter { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..all() };
    let days = |from: Option<&str>, to: Option<&str>| Filter { from: from.map(day), to: to.map(day), ..all() };
    let query = |query: &str| Filter { query: query.into(), ..all() };
    for (what, filter, expected) in [
        ("everything", all(), vec![late, middle, early]),
        ("a tag", tags(&["doors"]), vec![late, early]),
        ("two tags", tags(&["night", "doors"]), vec![late]),
        ("a tag is not a part of one", tags(&["door"]), vec![]),
        ("the interview", Filter { mark: Some(Mark::Interview), ..all() }, vec![middle, early]),
        ("supervision", Filter { mark: Some(Mark::Supervision), ..all() }, vec![middle]),
        ("from a day, itself too", days(Some("2026-03-01"), None), vec![late, middle]),
        ("to a day, itself too", days(None, Some("2026-03-01")), vec![middle, early]),
        ("a day", days(Some("2026-03-01"), Some("2026-03-01")), vec![middle]),
        ("words without accents", query("cafe DOOR"), vec![late]),
        ("the middle of a word", query("hut"), vec![early]),
        ("a tag's words", query("nigh"), vec![late, middle]),
        ("words and a day", Filter { from: Some(day("2026-03-01")), ..query("door") }, vec![late]),
    ] {
        assert_eq!(diary.matching(&filter), expected, "{what}");
    }
    let march = Filter { from: Some(day("2026-03-01")), ..tags(&["doors"]) };
    let counted: Vec<_> = diary.days(&march).into_iter().collect();
    assert_eq!(counted, [(day("2026-02-02"), 1), (day("2026-03-19"), 1)], "a calendar shows every month");
}

#[test]
fn tags_come_with_their_number_the_most_used_first_and_a_thousand_of_them_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let many: Vec<String> = (0..1000).map(|number| format!("tag {number:04}")).collect();
    for (place, tags) in many.chunks(100).enumerate() {
        let tags: Vec<&str> = tags.iter().map(String::as_str).chain((place < 3).then_some("Café")).skip(1).collect();
        write(&mut diary, "2026-03-01", "words", &tags);
    }
    let first = write(&mut diary, "2026-03-02", "words", &["rain", "rain", "Café"]);
    let tags = diary.tags("");
    assert_eq!(tags.len(), 992);
    assert_eq!(tags[..2], [("Café".to_owned(), 4), ("rain".to_owned(), 1)]);
    assert_eq!(diary.tags("cafe"), [("Café".to_owned(), 4)]);
    assert_eq!(diary.tags("09 tag").len(), 118, "all words, anywhere in it");
    let again = Finished {
        entry: Some(first),
        draft: None,
        about: day("2026-03-02"),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: "words".into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(again, Readers::OnlyMe, now()).expect("changed");
    assert_eq!(diary.tags("rain"), [], "a tag that was taken off is not in use");
}

#[test]
fn in_a_private_diary_deleting_takes_every_version_the_draft_and_the_mark_and_leaves_no_byte() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let stays = write(&mut diary, "2026-03-01", "stays", &[]);
    let id = write(&mut diary, "2026-03-02", "first words", &["gone"]);
    diary.mark(&id, Marks { interview: true, supervision: false }, now()).expect("marked");
    let draft = |entry: EntryId| Draft {
        id: String::new(),
        entry: Some(entry.to_string()),
        prompt_set: "free".into(),
        about: "2026-03-02".into(),
        answers: Vec::new(),
        text: "half a change".into(),
        weight: None,
        tags: Vec::new(),
        caret: None,
        saved_at: None,
    };
    diary.save_draft(draft(id), now()).expect("saved");
    diary.delete_everywhere(&id).expect("deleted");
    assert!(diary.draft().expect("read").is_none());
    assert!(diary.tags("").is_empty() && diary.days(&all()).len() == 1);
    assert_eq!(diary.delete_everywhere(&id).expect_err("final").code(), ErrorCode::EntryUnknown);
    // Ids stand in clear in the file: the pages and the log beside them have forgotten this one.
    for file in std::fs::read_dir(dir.path()).expect("read").flatten() {
        let bytes = std::fs::read(file.path()).expect("read");
        assert!(!bytes.windows(16).any(|window| window == id.0), "{:?}", file.file_name());
    }
    let other = diary.save_draft(draft(stays), now()).expect("saved");
    drop(diary);
    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!(diary.matching(&all()), [stays]);
    assert_eq!(diary.draft().expect("read").expect("of the other entry").id, other.id);
}

/// Words as a person looks for them, without the index: folded one by one by other means.
fn plain(text: &str) -> String {
    text.to_lowercase().replace(['é', 'è'], "e").replace('ñ', "n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_a_plain_look_at_every_entry_finds(
        texts in prop::collection::vec("[aeéèñN ]{1,12}", 1..12),
        queries in prop::collection::vec("[aeéñ]{1,2}( [enN]{1,2})?", 12),
        edited in any::<prop::sample::Index>(),
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut diary = create(dir.path(), &lock()).expect("made");
        let mut known: Vec<(EntryId, String)> = Vec::new();
        for text in texts.iter().filter(|text| !text.trim().is_empty()) {
            known.push((write(&mut diary, "2026-03-01", text, &[]), text.clone()));
        }
        prop_assume!(!known.is_empty());
        let gone = known.remove(edited.index(known.len()));
        diary.delete_everywhere(&gone.0).expect("deleted");
        for query in &queries {
            let mut found = diary.matching(&Filter { query: query.clone(), ..all() });
            found.sort();
            let words: Vec<String> = query.split_whitespace().map(plain).collect();
            let has = |text: &str| words.iter().all(|word| plain(text).contains(word));
            let mut expected: Vec<_> = known.iter().filter(|(_, text)| has(text)).map(|(id, _)| *id).collect();
            expected.sort();
            prop_assert_eq!(found, expected, "{}", query);
        }
    }
}
