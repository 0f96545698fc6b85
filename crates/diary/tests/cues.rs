//! What a draft gives away, and the words that its writer has said are fine.

use chrono::{DateTime, FixedOffset};
use waymark_diary::page::{Answer, CueKind, Draft, DraftCue, ErrorCode};
use waymark_diary::{Diary, LockSecret, Now, create, unlock};

fn lock() -> LockSecret {
    LockSecret::pin("602214")
}

fn evening() -> Now {
    let wall = DateTime::<FixedOffset>::parse_from_rfc3339("2026-03-02T19:30:00+00:00");
    Now::scripted(wall.expect("a time"))
}

fn draft(answers: &[(&str, &str)], text: &str) -> Draft {
    let answer = |(prompt, value): &(&str, &str)| Answer {
        prompt: (*prompt).into(),
        question: "What stays with you?".into(),
        value: (*value).into(),
    };
    Draft {
        id: String::new(),
        entry: None,
        prompt_set: "daily".into(),
        about: "2026-03-02".into(),
        answers: answers.iter().map(answer).collect(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
        voice: Vec::new(),
        caret: None,
        saved_at: None,
    }
}

fn cues(diary: &Diary, draft: &Draft) -> Vec<DraftCue> {
    diary.cues(draft, evening()).expect("found")
}

fn words(diary: &Diary, draft: &Draft) -> Vec<String> {
    cues(diary, draft).into_iter().map(|cue| cue.text).collect()
}

#[test]
fn each_cue_says_in_which_field_it_lies_and_where_as_a_page_counts() {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = create(dir.path(), &lock()).expect("made");
    let text = "\u{1f642}\u{1f642} I met Danny.";
    let draft = draft(&[("stays", "Nothing much."), ("who", text)], "Call 07700 900123.");
    let found: Vec<_> =
        cues(&diary, &draft).into_iter().map(|cue| (cue.prompt, cue.kind, cue.start, cue.end, cue.text)).collect();
    let name = (Some("who".to_owned()), CueKind::Name, 11, 16, "Danny".to_owned());
    let phone = (None, CueKind::Phone, 5, 17, "07700 900123".to_owned());
    assert_eq!(found, [name, phone]);
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[11..16]), "Danny");
}

#[test]
fn a_name_that_one_answer_gives_away_is_known_in_the_others() {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = create(dir.path(), &lock()).expect("made");
    assert!(words(&diary, &draft(&[], "Xander by the river.")).is_empty());
    let both = draft(&[("who", "I met Xander.")], "Xander by the river.");
    assert_eq!(words(&diary, &both), ["Xander", "Xander"]);
}

#[test]
fn a_word_that_is_fine_stays_quiet_after_the_lock_until_that_is_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let draft = draft(&[], "I met Danny and Marek.");
    diary.allow_word(" Danny ", true).expect("kept");
    assert_eq!(words(&diary, &draft), ["Marek"]);
    diary.allow_word("Jo", true).expect("kept");
    diary.lock().expect("locked");

    let mut diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!(words(&diary, &draft), ["Marek"]);
    assert_eq!(diary.fine_words().expect("read"), ["Jo", "Danny"]);
    diary.allow_word("Danny", false).expect("taken back");
    assert_eq!(words(&diary, &draft), ["Danny", "Marek"]);
}

#[test]
fn the_words_that_are_fine_cannot_be_read_in_the_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    diary.allow_word("Zebulon-Quartermain", true).expect("kept");
    diary.lock().expect("locked");
    for file in std::fs::read_dir(dir.path()).expect("a folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("read");
        assert!(!bytes.windows(7).any(|window| window == b"Zebulon"));
    }
}

#[test]
fn no_word_and_endless_words_are_refused_and_only_the_newest_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    for word in [" ".to_owned(), "x".repeat(1025)] {
        assert_eq!(diary.allow_word(&word, true).expect_err("refused").code(), ErrorCode::Internal);
    }
    for number in 0..501 {
        diary.allow_word(&format!("Danny{number}"), true).expect("kept");
        if number == 0 {
            diary.allow_word("Marek", true).expect("kept");
        }
    }
    assert_eq!(words(&diary, &draft(&[], "I met Marek.")), ["Marek"], "the oldest words made room");
}
