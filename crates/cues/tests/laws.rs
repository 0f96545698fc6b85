//! What holds for every text.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use waymark_cues::{Context, Cue, Kind, find};

/// Pieces that the rules have something to say about, in any order.
const PIECES: &[&str] = &[
    "Danny",
    "danny",
    "Kieron",
    "Kieron's",
    "Hope",
    "hope",
    "Mark",
    "May",
    "Jordan",
    "José",
    "Jose\u{301}",
    "O\u{2019}Neill",
    "Mary-Jane",
    "Smith",
    "D.",
    "J.K.",
    "NHS",
    "Glasgow",
    "Hospital",
    "St",
    "Mr",
    "mr",
    "Dr.",
    "called",
    "her name is",
    "said",
    "came",
    "'s mum",
    "and I",
    "de la",
    "the",
    "in",
    "went to",
    "und",
    "nicht",
    "ich",
    "Wohnung",
    "اسمه",
    "أحمد",
    "зовут",
    "Иван",
    "今天",
    "07700",
    "900123",
    "+44",
    "(0)",
    "020",
    "7946",
    "0018",
    "555",
    "0142",
    "2019",
    "12",
    "03",
    "85",
    "1985",
    "12/03/1985",
    "March",
    "March 3rd, 1979",
    "born",
    "DOB",
    "@",
    "example",
    "org",
    "at gmail dot com",
    "14",
    "Mill",
    "Lane",
    "Flat 3",
    "G4 0AB",
    "g4",
    "0ab",
    "IL 60614",
    "rue",
    "Paris",
    "K1A 0B1",
    "500 mg",
    "£",
    "٠٧٧",
    "\u{1f642}",
    "\u{200d}",
    "e\u{301}",
    "İ",
    "ß",
    ".",
    ",",
    "!",
    "-",
    "/",
    ":",
    "(",
    ")",
    "\"",
    "'",
    "+",
    "_",
    " ",
    "  ",
    "\u{a0}",
    "\t",
];

fn assembled(line_ends: bool) -> impl Strategy<Value = String> {
    let ends: &[&str] = if line_ends { &["\n", "\r\n", "\u{2028}"] } else { &[" "] };
    let piece = prop_oneof![8 => select(PIECES), 6 => Just(" "), 1 => select(ends)];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => assembled(true), 1 => any::<String>(), 1 => "\\PC{0,60}"]
}

fn cues(text: &str) -> Vec<Cue> {
    find(text, &Context::new(2026))
}

/// Kind and place of the cues that a rule lets through, moved by some bytes.
fn places(cues: &[Cue], by: usize, names: bool) -> Vec<(Kind, Range<usize>)> {
    let wanted = cues.iter().filter(|cue| (cue.kind == Kind::Name) == names);
    wanted.map(|cue| (cue.kind, cue.range.start + by..cue.range.end + by)).collect()
}

fn covered(cues: &[Cue], byte: usize) -> bool {
    cues.iter().any(|cue| cue.kind == Kind::Name && cue.range.contains(&byte))
}

proptest! {
    #[test]
    fn cues_lie_in_the_text_in_order_and_apart(text in any_text()) {
        let mut end = 0;
        let units: Vec<u16> = text.encode_utf16().collect();
        for cue in cues(&text) {
            prop_assert!(cue.range.start >= end && cue.range.start < cue.range.end);
            end = cue.range.end;
            let marked = text.get(cue.range).expect("at character boundaries");
            prop_assert_eq!(String::from_utf16(&units[cue.utf16]).expect("whole characters"), marked);
            prop_assert_eq!(marked.trim(), marked);
            prop_assert_eq!(marked.lines().count(), 1);
        }
    }

    #[test]
    fn a_line_end_separates_all_but_what_is_known_of_names(a in any_text(), b in any_text()) {
        let (of_a, of_b) = (cues(&a), cues(&b));
        let both = cues(&format!("{a}\n{b}"));
        let behind = a.len() + 1;
        let apart: Vec<_> = places(&of_a, 0, false).into_iter().chain(places(&of_b, behind, false)).collect();
        prop_assert_eq!(places(&both, 0, false), apart);
        for (_, name) in places(&of_a, 0, true).into_iter().chain(places(&of_b, behind, true)) {
            for byte in name {
                prop_assert!(covered(&both, byte), "byte {byte} is of a name no longer");
            }
        }
    }

    #[test]
    fn the_same_text_twice_has_the_same_cues_twice(text in any_text()) {
        let once = cues(&text);
        let twice = cues(&format!("{text}\n{text}"));
        for names in [true, false] {
            let expected: Vec<_> =
                places(&once, 0, names).into_iter().chain(places(&once, text.len() + 1, names)).collect();
            prop_assert_eq!(places(&twice, 0, names), expected);
        }
    }

    #[test]
    fn what_is_allowed_is_quiet_and_nothing_else_changes(text in any_text(), which in any::<prop::sample::Index>()) {
        let text = format!("{text}\nI saw Danny.");
        let all = cues(&text);
        let one = &text[all[which.index(all.len())].range.clone()];
        let left = find(&text, &Context::new(2026).allowing([one]));
        prop_assert!(left.iter().all(|cue| &text[cue.range.clone()] != one));
        prop_assert!(left.iter().all(|cue| all.contains(cue)));
        let every: Vec<&str> = all.iter().map(|cue| &text[cue.range.clone()]).collect();
        prop_assert!(find(&text, &Context::new(2026).allowing(every)).is_empty());
    }

    /// One letter is what is asked for instead of a name.
    #[test]
    fn one_letter_is_never_a_name(text in assembled(false)) {
        for cue in cues(&text) {
            let letters = text[cue.range].chars().filter(|c| c.is_alphabetic()).count();
            prop_assert!(cue.kind != Kind::Name || letters > 1);
        }
    }
}

#[test]
fn long_texts_of_one_piece_are_read_to_their_end() {
    for piece in PIECES {
        for gap in ["", " ", "-", "\n"] {
            let text = [piece, gap].concat().repeat(500);
            let last = cues(&text).last().map(|cue| cue.range.end);
            assert!(last.is_none_or(|end| end <= text.len()), "{piece}");
        }
    }
}
