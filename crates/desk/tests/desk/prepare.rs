//! Names on copies: what is found, what is decided, and what goes out.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{AnswerRow, ExportError, Format, Row, Text, Wanted, export_wanted};
use waymark_desk::exported;
use waymark_desk::prepare::{
    Candidate, Decision, Pseudonyms, Review, Reviews, Said, Sort, Unfit, Verdict, WhoAndWhy, copy, find, fingerprint,
    pieces, unread,
};
use waymark_protocol::{DeviceId, EntryId, RevisionId};
use waymark_vault::Vault;

use crate::phone::To;
use crate::world::{NOW, World};

fn said() -> WhoAndWhy {
    WhoAndWhy { by: Said::of("Ash", 100).unwrap(), why: None }
}

fn replace(term: &str, by: &str) -> Decision {
    let verdict = Verdict::Replace(Said::of(by, 100).unwrap());
    Decision::new(term, Sort::Added, verdict, said(), NOW).unwrap()
}

fn decided(verdict: &Verdict, terms: &[&str]) -> Vec<Decision> {
    terms.iter().map(|term| Decision::new(term, Sort::Name, verdict.clone(), said(), NOW).unwrap()).collect()
}

fn decide(vault: &mut Vault, decisions: Vec<Decision>) -> Pseudonyms {
    Pseudonyms::load(vault.reader()).unwrap().decide(vault, decisions).unwrap()
}

/// An entry of one text.
fn entry(participant: &str, text: &str) -> Row {
    Row {
        participant: participant.to_owned(),
        entry: EntryId([1; 16]),
        revision: RevisionId([2; 16]),
        parents: Vec::new(),
        phase: None,
        prompt_set: String::new(),
        written_at: "2026-05-04T20:11:00.000+01:00".to_owned(),
        about: "2026-05-04".parse().unwrap(),
        weight: None,
        tags: Vec::new(),
        answers: Vec::new(),
        text: text.to_owned(),
        document_version: 1,
        device: DeviceId([3; 16]).into(),
        seq: 1,
        voice: Vec::new(),
    }
}

fn told(found: &[Candidate]) -> Vec<(&str, Sort, usize)> {
    found.iter().map(|name| (name.term.as_str(), name.sort, name.times)).collect()
}

fn as_one(pseudonyms: &Pseudonyms, text: &str) -> String {
    pieces(pseudonyms, text).into_iter().map(|piece| piece.text).collect()
}

#[tokio::test]
async fn what_may_be_a_name_is_found_and_nothing_else() {
    let world = World::new().await;
    let pseudonyms = Pseudonyms::load(world.desk.vault.reader()).unwrap();
    let rows = [
        entry(
            "P01",
            "Today I met Dave at Hope House. Dave's dog was there, and I'm glad. \"Then\" we rang 07700 900 123, not on 2026-05-04.\n\
             Felt tired today.",
        ),
        entry(
            "P02",
            "Dave wrote to me: dave.h@example.org, then felt better. He lives in LS1 4AP, near St Mary's Church",
        ),
        entry("P02", "On https://example.org/dave?x=1 was case 4711234. See @daveh. 12.05.2026 14:30"),
    ];
    assert_eq!(
        told(&find(&rows, &pseudonyms)),
        [
            ("@daveh", Sort::Contact, 1),
            ("dave.h@example.org", Sort::Contact, 1),
            ("https://example.org/dave?x=1", Sort::Contact, 1),
            ("07700 900 123", Sort::Number, 1),
            ("4711234", Sort::Number, 1),
            ("LS1 4AP", Sort::Number, 1),
            ("Dave", Sort::Name, 3),
            ("Church", Sort::Name, 1),
            ("Hope House", Sort::Name, 1),
            ("St Mary", Sort::Name, 1),
            ("He", Sort::Perhaps, 1),
            ("See", Sort::Perhaps, 1),
        ]
    );
    let found = find(&rows, &pseudonyms);
    let dave = found.iter().find(|name| name.term == "Dave").unwrap();
    assert_eq!(dave.people, 2);
    // What begins a sentence is no part of the name behind it, unless it is a name itself.
    let rows = [entry("P01", "Later Dave Smith rang. Dave Smith said so. Met Zoe. Zoe Brown and Dave")];
    let found = find(&rows, &pseudonyms);
    let names =
        [("Dave Smith", Sort::Name, 2), ("Dave", Sort::Name, 1), ("Zoe", Sort::Name, 1), ("Zoe Brown", Sort::Name, 1)];
    assert_eq!(told(&found)[..4], names);
    assert_eq!(told(&found)[4..], [("Later", Sort::Perhaps, 1), ("Met", Sort::Perhaps, 1)]);
    let around: Vec<_> = dave.examples.iter().map(|at| (at.participant.as_str(), at.before.as_str())).collect();
    assert_eq!(around, [("P01", "Today I met "), ("P01", "Today I met Dave at Hope House. "), ("P02", "")]);
    assert_eq!(format!("{dave:?}"), "Candidate(…)");
}

#[tokio::test]
async fn what_is_decided_is_found_no_more_but_in_other_letters() {
    let mut world = World::new().await;
    let vault = &mut world.desk.vault;
    let rows = [entry("P01", "We met Dave Smith and dave again, at Hope House with Zoe\u{308}.")];
    let mut decisions = vec![replace("Dave", "[Person 1]")];
    decisions.extend(decided(&Verdict::Leave, &["Hope House"]));
    let pseudonyms = decide(vault, decisions);
    let left = [("Smith", Sort::Name, 1), ("Zoë", Sort::Name, 1), ("dave", Sort::Name, 1), ("We", Sort::Perhaps, 1)];
    assert_eq!(told(&find(&rows, &pseudonyms)), left);
    assert_eq!(copy(&pseudonyms, &rows[0]).text, "We met [Person 1] Smith and dave again, at Hope House with Zoë.");
    let pseudonyms = decide(vault, decided(&Verdict::Undone, &["Dave"]));
    assert_eq!(told(&find(&rows, &pseudonyms))[0], ("Dave Smith", Sort::Name, 1));
    assert_eq!(pseudonyms.all().count(), 3, "what was decided before stays readable");
    assert_eq!(pseudonyms.about("Dave"), None);
}

#[test]
fn telephone_numbers_are_found_however_they_are_written_and_dates_are_none() {
    let numbers = |text: &str| {
        let found = find([&entry("P01", text)], &Pseudonyms::of_decisions(Vec::new()));
        found.into_iter().filter(|name| name.sort == Sort::Number).map(|name| name.term).collect::<Vec<_>>()
    };
    for number in [
        "06.12.34.56.78",
        "22.33.44.55",
        "22-33-44-55",
        "12-34-5678",
        "0612-34-56",
        "+44 (0)20 7946 0000",
        "07700 900 123",
        "12345",
        "SW1A 1AA",
    ] {
        assert_eq!(numbers(&format!("call {number}, then")), [number]);
    }
    for date in ["2026-05-04", "4.5.2026", "04/05/2026", "2026-05-04 14:30", "12.05.2026 14", "31-12-26", "14:30"] {
        assert_eq!(numbers(&format!("on {date}, then")), [""; 0], "{date}");
    }
}

#[test]
fn an_address_is_decided_about_whole_also_when_a_word_of_it_was() {
    let rows = [entry("P01", "Dave wrote: Dave.h@example.org, see https://example.org/Dave.Smith")];
    let pseudonyms = Pseudonyms::of_decisions(vec![replace("Dave", "[x]")]);
    let left = find(&rows, &pseudonyms);
    assert_eq!(
        told(&left)[..2],
        [("Dave.h@example.org", Sort::Contact, 1), ("https://example.org/Dave.Smith", Sort::Contact, 1)]
    );
    let mut decisions = vec![replace("Dave", "[x]")];
    decisions.extend(left[..2].iter().map(|name| replace(&name.term, "[y]")));
    let pseudonyms = Pseudonyms::of_decisions(decisions);
    assert_eq!(copy(&pseudonyms, &rows[0]).text, "[x] wrote: [y], see [y]");
}

#[test]
fn what_stays_shields_only_what_it_stands_wholly_over() {
    let of = |left: &[&str], replaced: &str| {
        let mut decisions = decided(&Verdict::Leave, left);
        decisions.push(replace(replaced, "[x]"));
        Pseudonyms::of_decisions(decisions)
    };
    assert_eq!(as_one(&of(&["Manchester Royal"], "Royal Kate"), "at Manchester Royal Kate"), "at Manchester [x]");
    assert_eq!(as_one(&of(&["Hope House"], "Hope"), "Hope at Hope House"), "[x] at Hope House");
    assert_eq!(as_one(&of(&["Hope House", "House Team"], "Hope"), "Hope House Team"), "Hope House Team");
    assert_eq!(as_one(&of(&["House Team"], "Hope House"), "Hope House Team"), "[x] Team");
}

#[test]
fn a_term_under_a_longer_one_stands_there_too_and_what_was_used_is_known() {
    let pseudonyms = Pseudonyms::of_decisions(vec![replace("Dave", "[a]"), replace("Dave Smith", "[b]")]);
    let mut terms = pseudonyms.terms_in("Dave Smith");
    terms.sort();
    assert_eq!(terms, ["Dave", "Dave Smith"]);
    assert_eq!(pseudonyms.used().into_iter().collect::<Vec<_>>(), ["[a]", "[b]"]);
    let said = format!("{pseudonyms:?} {:?}", pseudonyms.about("Dave"));
    assert!(!said.contains("Dave") && !said.contains("[a]"));
}

#[tokio::test]
async fn decisions_are_kept_and_a_name_is_forgotten_with_all_of_them() {
    let mut world = World::new().await;
    decide(&mut world.desk.vault, vec![replace("Dave", "[A]"), replace("Ann", "[B]")]);
    decide(&mut world.desk.vault, vec![replace("Dave", "[C]")]);
    let pseudonyms = Pseudonyms::load(world.desk.vault.reader()).unwrap();
    assert_eq!(as_one(&pseudonyms, "Ann and Dave"), "[B] and [C]");
    assert_eq!(pseudonyms.all().map(|decision| decision.term.as_str()).collect::<Vec<_>>(), ["Dave", "Ann", "Dave"]);
    pseudonyms.forget(&mut world.desk.vault, &["Dave".to_owned()]).unwrap();
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Eve", "[D]")]);
    assert_eq!(pseudonyms.all().map(|decision| decision.term.as_str()).collect::<Vec<_>>(), ["Ann", "Eve"]);
    assert_eq!(as_one(&pseudonyms, "Ann, Dave, Eve"), "[B], Dave, [D]");
}

#[test]
fn a_term_is_one_line_that_is_not_too_long() {
    let new = |term: &str| Decision::new(term, Sort::Added, Verdict::Leave, said(), NOW).map(|decision| decision.term);
    assert_eq!(new(" Zoe\u{308} "), Ok("Zoë".to_owned()));
    assert_eq!(new(&"é".repeat(200)), Ok("é".repeat(200)));
    for unfit in ["", "  ", "a\nb", "a\u{0}b", "a\u{2028}b", "a\u{202e}b", "\u{2066}a", &"é".repeat(201)] {
        assert_eq!(new(unfit), Err(Unfit), "{unfit:?}");
    }
}

#[tokio::test]
async fn a_copy_has_every_text_replaced_and_no_voice() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let (mut written, _) = phone.voice("Dave spoke", b"a voice");
    written.tags = vec!["Dave's".to_owned()];
    phone.write_entry(&written, To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Dave", "[Person 1]")]);
    let mut row = world.rows().remove(0);
    row.answers.push(AnswerRow { prompt: "p".into(), question: "Who is Dave?".into(), value: "It's Dave".into() });
    assert_eq!(row.voice.len(), 1);
    let copied = copy(&pseudonyms, &row);
    assert_eq!((copied.text.as_str(), copied.voice.len()), ("[Person 1] spoke", 0));
    assert_eq!(copied.tags, ["[Person 1]'s"]);
    let answer = copied.answers.last().unwrap();
    assert_eq!((answer.question.as_str(), answer.value.as_str()), ("Who is Dave?", "It's [Person 1]"));
}

#[tokio::test]
async fn a_reading_is_of_exactly_one_copy() {
    let mut world = World::new().await;
    let row = entry("P01", "With Dave");
    let pseudonyms = Pseudonyms::load(world.desk.vault.reader()).unwrap();
    let review = Review { by: Said::of("Ash", 100).unwrap(), at: NOW, interview: None };
    let mut reviews = Reviews::load(world.desk.vault.reader()).unwrap();
    assert_eq!(unread([&row], &pseudonyms, &reviews), 1);
    reviews.add(&mut world.desk.vault, vec![(fingerprint(&copy(&pseudonyms, &row)), review)]).unwrap();
    let reviews = Reviews::load(world.desk.vault.reader()).unwrap();
    assert_eq!(unread([&row], &pseudonyms, &reviews), 0);
    let changed: [fn(&mut Row); 6] = [
        |row| row.participant = "P02".to_owned(),
        |row| row.entry = EntryId([9; 16]),
        |row| row.revision = RevisionId([9; 16]),
        |row| row.text.push('.'),
        |row| row.tags.push("t".to_owned()),
        |row| row.answers.push(AnswerRow { prompt: "p".into(), question: "q".into(), value: "v".into() }),
    ];
    for change in changed {
        let mut other = row.clone();
        change(&mut other);
        assert_eq!(unread([&other], &pseudonyms, &reviews), 1);
    }
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Dave", "[Person 1]")]);
    assert_eq!(unread([&row], &pseudonyms, &reviews), 1, "something else is to be read now");
    let pseudonyms = decide(&mut world.desk.vault, decided(&Verdict::Undone, &["Dave"]));
    assert_eq!(unread([&row], &pseudonyms, &reviews), 0, "it is the copy that was read");
}

#[tokio::test]
async fn an_export_with_names_replaced_holds_what_was_read_and_no_name() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let first = phone.entry("Saw Dave today");
    phone.write_entry(&first, To::Study);
    let mut again = first.clone();
    (again.revision, again.parents, again.text) = (RevisionId([9; 16]), vec![first.revision], "Saw Dave twice".into());
    phone.write_entry(&again, To::Study);
    phone.write("Alone with Dave", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let pseudonyms = decide(&mut world.desk.vault, vec![replace("Dave", "[Person 1]")]);
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    let mut wanted = Wanted {
        format: Format::Jsonl,
        flavour,
        text: Text::Copy { only_read: false },
        without: None,
        said: Some(said()),
    };
    let path = world.folder.join("out.jsonl");
    let refused = export_wanted(&mut world.desk, &wanted, &path).unwrap_err();
    assert!(matches!(refused, ExportError::Unread { entries: 2, interviews: 0 }), "{refused}");
    assert!(!path.exists() && exported::all(&world.desk).unwrap().is_empty());

    let read = world.rows().into_iter().find(|row| row.text == "Saw Dave twice").unwrap();
    let review = Review { by: Said::of("Robin", 100).unwrap(), at: NOW, interview: None };
    let mut reviews = Reviews::load(world.desk.vault.reader()).unwrap();
    reviews.add(&mut world.desk.vault, vec![(fingerprint(&copy(&pseudonyms, &read)), review)]).unwrap();
    wanted.text = Text::Copy { only_read: true };
    for format in [Format::Jsonl, Format::Csv, Format::Md] {
        wanted.format = format;
        let exported = export_wanted(&mut world.desk, &wanted, &path).unwrap();
        assert_eq!((exported.revisions, exported.left_out), (1, 1));
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.contains("Saw [Person 1] twice") && !written.contains("Dave") && !written.contains("Alone"));
    }
    let made = exported::all(&world.desk).unwrap().remove(0);
    assert!(made.copy && made.said == Some(said()));
    assert_eq!(made.read_by.iter().map(Said::as_str).collect::<Vec<_>>(), ["Robin"]);

    // The entry is withdrawn: the list says which exports hold it.
    wanted.text = Text::Original;
    let original = world.folder.join("original.jsonl");
    assert_eq!(export_wanted(&mut world.desk, &wanted, &original).unwrap().revisions, 3);
    let made = exported::all(&world.desk).unwrap();
    assert!(!made.last().unwrap().copy && made.last().unwrap().read_by.is_empty());
}

/// Whether no word goes on beyond `at`, said anew.
fn ends_at(text: &str, at: usize) -> bool {
    let joins = |c: char| (c.is_alphanumeric() || c == '\u{301}') && c != '小';
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    !(before.is_some_and(joins) && after.is_some_and(|after| joins(after) || after == '\u{301}'))
        && after != Some('\u{301}')
}

/// A letter in a circle is a letter to whoever replaces: what begins within its word is no word.
#[test]
fn a_word_that_is_found_is_one_that_is_replaced() {
    let row = entry("P01", "met Ⓐnna2𐭘 and ⒶA𐭘");
    let none = Pseudonyms::of_decisions(Vec::new());
    let terms = find([&row], &none).into_iter().map(|name| (name.term, name.times));
    assert_eq!(terms.collect::<Vec<_>>(), [("ⒶA𐭘".to_owned(), 1), ("Ⓐnna2𐭘".to_owned(), 1)]);
}

proptest! {
    /// From left to right, in each place the longest term that is a whole word there, is replaced: the same as a walk by hand.
    #[test]
    fn whole_words_are_replaced_the_longest_first(
        text in "([a-cA-C ]|x\u{301}|é|小|'|\n|👩🏽‍🚒){0,40}",
        terms in proptest::collection::btree_set("[a-cA-C小]{1,3}( [a-cA-C]{1,3})?|é", 0..8),
    ) {
        let pseudonyms = Pseudonyms::of_decisions(terms.iter().map(|term| replace(term, "[x]")).collect());
        let composed: String = text.nfc().collect();
        let (mut expected, mut at) = (String::new(), 0);
        while let Some(c) = composed[at..].chars().next() {
            let is_here = |term: &&String| {
                composed[at..].starts_with(term.as_str()) && ends_at(&composed, at) && ends_at(&composed, at + term.len())
            };
            match terms.iter().filter(is_here).max_by_key(|term| term.len()) {
                Some(term) => {
                    expected.push_str("[x]");
                    at += term.len();
                }
                None => {
                    expected.push(c);
                    at += c.len_utf8();
                }
            }
        }
        let pieces = pieces(&pseudonyms, &text);
        prop_assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), expected);
        prop_assert_eq!(pieces.iter().map(|piece| piece.was.as_deref().unwrap_or(&piece.text)).collect::<String>(), composed);
    }

    /// Nothing is in the way of finding: any text, and what is found can be decided about, and is found no more then.
    #[test]
    fn what_is_found_can_be_decided_about(text in "\\PC{0,60}|([A-Za-z@.:/ 0-9'\n]|Ä|ß|İ|ŉ|Ⓐ|𐭘|ⅷ|小|\u{301}){0,60}") {
        let row = entry("P01", &text);
        let found = find([&row], &Pseudonyms::of_decisions(Vec::new()));
        let decisions: Vec<Decision> = found.iter().map(|name| replace(&name.term, "[x]")).collect();
        let pseudonyms = Pseudonyms::of_decisions(decisions);
        for name in find([&row], &pseudonyms) {
            prop_assert!(pseudonyms.about(&name.term).is_none(), "found again");
        }
    }
}
