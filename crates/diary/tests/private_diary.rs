//! A diary with no study at all: written, revised, searched, locked, and there again.

use chrono::{DateTime, FixedOffset};
use waymark_diary::page::{Caret, Draft, ErrorCode, Weight};
use waymark_diary::{Diary, Filter, Finished, LockSecret, Now, Place, Readers, create, exists, lock_kinds, unlock};

const PASSPHRASE: &str = "correct horse battery staple";

fn lock() -> LockSecret {
    LockSecret::passphrase(PASSPHRASE)
}

fn at(text: &str) -> Now {
    Now::scripted(DateTime::<FixedOffset>::parse_from_rfc3339(text).expect("a time"))
}

fn evening() -> Now {
    at("2026-03-02T19:30:00+00:00")
}

fn free(text: &str) -> Finished {
    Finished {
        entry: None,
        draft: None,
        about: evening().date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    }
}

fn draft(text: &str) -> Draft {
    Draft {
        id: String::new(),
        entry: None,
        prompt_set: "free".into(),
        about: "2026-03-02".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: Some(Weight::Heavy),
        tags: vec!["night shift".into()],
        caret: Some(Caret { prompt: None, at: 4 }),
        saved_at: None,
    }
}

fn texts(diary: &Diary) -> Vec<String> {
    diary.entry_ids().iter().map(|id| diary.revisions(id).expect("listed")[0].text.clone()).collect()
}

#[test]
fn what_was_finished_is_there_byte_for_byte_after_the_lock_was_opened_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let text =
        "He was waiting\r\nbefore the doors opened \u{1f319} \u{645}\u{631}\u{62d}\u{628}\u{627} e\u{301} \0 end";
    let mut diary = create(dir.path(), &lock()).expect("made");
    let id = diary.finish(free(text), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(diary.place(&id, evening()).expect("known"), Place::OnThisPhone);
    diary.lock().expect("locked");

    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!(texts(&diary), [text]);
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    create(dir.path(), &lock()).expect("made").finish(free("kept"), Readers::OnlyMe, evening()).expect("finished");
    for wrong in ["correct horse battery stapl", "Correct horse battery staple", ""] {
        let refused = unlock(dir.path(), &LockSecret::passphrase(wrong)).err().expect("refused");
        assert_eq!(refused.code(), ErrorCode::WrongPassphrase);
    }
    assert_eq!(texts(&unlock(dir.path(), &lock()).expect("still opens")), ["kept"]);
}

#[test]
fn a_passphrase_opens_however_a_keyboard_writes_its_letters() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(create(dir.path(), &LockSecret::passphrase("caf\u{e9} at nine")).expect("made"));
    unlock(dir.path(), &LockSecret::passphrase("cafe\u{301} at nine")).expect("opens");
}

#[test]
fn weak_secrets_are_refused_before_anything_is_made() {
    let dir = tempfile::tempdir().expect("a folder");
    let weak = [LockSecret::passphrase("seven77"), LockSecret::pin("12345"), LockSecret::pin("12345a")];
    for secret in weak {
        let refused = create(dir.path(), &secret).err().expect("refused");
        assert_eq!(refused.code(), ErrorCode::WeakSecret);
        assert!(!exists(dir.path()));
    }
}

#[test]
fn a_diary_locked_with_a_pin_opens_with_it_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(create(dir.path(), &LockSecret::pin("602214")).expect("made"));
    assert!(lock_kinds(dir.path()).expect("read").contains(&waymark_vault::SlotKind::Pin));
    assert_eq!(
        unlock(dir.path(), &LockSecret::pin("602215")).err().expect("refused").code(),
        ErrorCode::WrongPassphrase
    );
    unlock(dir.path(), &LockSecret::pin("602214")).expect("opens");
}

#[test]
fn a_second_diary_in_the_same_folder_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(create(dir.path(), &lock()).expect("made"));
    assert_eq!(create(dir.path(), &lock()).err().expect("refused").code(), ErrorCode::DiaryExists);
}

#[test]
fn a_diary_that_is_open_elsewhere_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let open = create(dir.path(), &lock()).expect("made");
    assert_eq!(unlock(dir.path(), &lock()).err().expect("refused").code(), ErrorCode::InUse);
    drop(open);
    unlock(dir.path(), &lock()).expect("opens");
}

#[test]
fn a_draft_is_there_after_a_kill_with_its_caret_and_gone_once_it_is_an_entry() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let saved = diary.save_draft(draft("half a sen"), evening()).expect("saved");
    let later = Draft { text: "half a sentence".into(), ..saved.clone() };
    diary.save_draft(later.clone(), at("2026-03-02T19:30:01+00:00")).expect("saved");
    // As after a kill: nothing is closed in order.
    std::mem::forget(diary);
    let copy = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(dir.path()).expect("read") {
        let file = file.expect("a file");
        if !file.file_name().to_string_lossy().ends_with(".lock") {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).expect("copied");
        }
    }

    let mut diary = unlock(copy.path(), &lock()).expect("opens");
    let found = diary.draft().expect("read").expect("there");
    assert_eq!((&found.text, &found.caret, &found.tags), (&later.text, &later.caret, &later.tags));
    let finished = Finished { draft: Some(found.id), ..free(&found.text) };
    diary.finish(finished, Readers::OnlyMe, evening()).expect("finished");
    assert!(diary.draft().expect("read").is_none());
    assert_eq!(texts(&diary), ["half a sentence"]);
}

#[test]
fn an_edited_entry_keeps_its_earlier_revision() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let id = diary.finish(free("first"), Readers::OnlyMe, evening()).expect("finished");
    let again = Finished { entry: Some(id), ..free("second") };
    assert_eq!(diary.finish(again, Readers::OnlyMe, at("2026-03-03T08:00:00+00:00")).expect("finished"), id);
    drop(diary);
    let diary = unlock(dir.path(), &lock()).expect("opens");
    let revisions = diary.revisions(&id).expect("there");
    assert_eq!(revisions.iter().map(|revision| revision.text.as_str()).collect::<Vec<_>>(), ["second", "first"]);
    assert_eq!(revisions[0].parents, [revisions[1].revision]);
}

#[test]
fn the_latest_revision_is_the_one_that_was_made_from_the_others_whatever_the_clock_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let id = diary.finish(free("first"), Readers::OnlyMe, at("2029-03-02T19:30:00+00:00")).expect("finished");
    let again = Finished { entry: Some(id), ..free("second") };
    diary.finish(again, Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(texts(&diary), ["second"]);
    drop(diary);
    assert_eq!(texts(&unlock(dir.path(), &lock()).expect("opens")), ["second"]);
}

#[test]
fn finishing_the_same_draft_twice_makes_one_entry() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let saved = diary.save_draft(draft("once"), evening()).expect("saved");
    let finished = || Finished { draft: Some(saved.id.clone()), ..free("once") };
    let first = diary.finish(finished(), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(diary.finish(finished(), Readers::OnlyMe, evening()).expect("the same"), first);
    assert_eq!(texts(&diary), ["once"]);
}

#[test]
fn an_entry_longer_than_one_can_be_is_refused_whole_and_one_just_short_of_it_is_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let refused = diary.finish(free(&"x".repeat(256 * 1024)), Readers::OnlyMe, evening()).expect_err("refused");
    assert_eq!(refused.code(), ErrorCode::EntryTooLong);
    let long = "\u{645} ".repeat(80_000);
    diary.finish(free(&long), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(texts(&diary), [long]);
}

#[test]
fn what_is_left_of_a_diary_that_was_never_whole_does_not_stand_in_the_way() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("diary.unfinished"), b"half a file").expect("written");
    assert!(!exists(dir.path()));
    drop(create(dir.path(), &lock()).expect("made"));
    unlock(dir.path(), &lock()).expect("opens");
    let left = std::fs::read_dir(dir.path()).expect("read").flatten().map(|file| file.file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().contains("unfinished")));
}

#[test]
fn nothing_an_empty_entry_a_too_long_one_or_sharing_without_a_study_is_refused_and_the_draft_stays() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let saved = diary.save_draft(draft("words"), evening()).expect("saved");
    let with_draft = |finished: Finished| Finished { draft: Some(saved.id.clone()), ..finished };
    let empty = diary.finish(with_draft(free(" \n ")), Readers::OnlyMe, evening()).expect_err("refused");
    assert_eq!(empty.code(), ErrorCode::EntryEmpty);
    let shared = diary.finish(with_draft(free("words")), Readers::Study, evening()).expect_err("refused");
    assert_eq!(shared.code(), ErrorCode::NoStudy);
    let tags = Finished { tags: vec!["t".repeat(201)], ..free("words") };
    assert_eq!(
        diary.finish(with_draft(tags), Readers::OnlyMe, evening()).expect_err("refused").code(),
        ErrorCode::EntryTooLong
    );
    assert!(diary.entry_ids().is_empty());
    assert_eq!(diary.draft().expect("read").expect("there").text, "words");
}

#[test]
fn the_words_open_nothing_until_three_of_them_are_right_and_then_leave_the_vault() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let words = diary.recovery_words().expect("there");
    assert_eq!(words.len(), 24);
    let pick = |place: u8| (place, words[usize::from(place) - 1].to_owned());
    let wrong: [Vec<(u8, String)>; 4] = [
        vec![pick(1), pick(2)],
        vec![pick(1), pick(2), (3, "notaword".into())],
        vec![pick(1), pick(2), (0, words[0].to_owned())],
        vec![pick(1), pick(2), (25, words[0].to_owned())],
    ];
    for asked in wrong {
        assert_eq!(diary.confirm_words(&asked).expect_err("refused").code(), ErrorCode::WordsWrong);
    }
    diary.confirm_words(&[pick(3), pick(11), pick(24)]).expect("right");
    drop(diary);
    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert!(diary.words_confirmed());
    assert_eq!(diary.recovery_words(), None);
}

#[test]
fn search_finds_answers_text_and_tags_of_the_latest_revision() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let id = diary.finish(free("the kettle boiled"), Readers::OnlyMe, evening()).expect("finished");
    let tagged = Finished { tags: vec!["Kettle".into()], ..free("quiet") };
    let other = diary.finish(tagged, Readers::OnlyMe, at("2026-03-02T20:00:00+00:00")).expect("finished");
    let found = |diary: &Diary, query: &str| diary.matching(&Filter { query: query.into(), ..Filter::default() });
    assert_eq!(found(&diary, "KETTLE"), [other, id]);
    assert_eq!(found(&diary, "kettle boiled"), [id]);
    assert!(found(&diary, "nobody").is_empty());
    assert_eq!(found(&diary, "  "), [other, id], "nothing is looked for, and nothing left out");
    let again = Finished { entry: Some(id), ..free("rewritten") };
    diary.finish(again, Readers::OnlyMe, at("2026-03-03T08:00:00+00:00")).expect("finished");
    assert_eq!(found(&diary, "boiled"), []);
}
