//! Changing the lock, getting back in with the 24 words, and a new key for everything.

use std::path::Path;

use chrono::DateTime;
use waymark_diary::page::ErrorCode;
use waymark_diary::protocol::keys::RecoverySecret;
use waymark_diary::{
    Diary, Finished, LockSecret, Now, Readers, Resealed, check_words, create, lock_kinds, reset, unlock,
};
use waymark_vault::{SlotKind, SystemRng};

const OLD: &str = "correct horse battery staple";
const NEW: &str = "four plain words together";

fn passphrase(text: &str) -> LockSecret {
    LockSecret::passphrase(text)
}

fn write(diary: &mut Diary, text: &str) {
    let now = Now::scripted(DateTime::parse_from_rfc3339("2026-03-02T19:30:00+00:00").expect("a time"));
    let finished = Finished {
        entry: None,
        draft: None,
        about: now.date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, Readers::OnlyMe, now).expect("finished");
}

fn words(diary: &Diary) -> String {
    diary.recovery_words().expect("not confirmed").join(" ")
}

fn confirm(diary: &mut Diary, words: &str) {
    let asked = words.split(' ').take(3).zip(1..).map(|(word, place)| (place, word.to_owned()));
    diary.confirm_words(&asked.collect::<Vec<_>>()).expect("right");
}

fn texts(diary: &Diary) -> Vec<String> {
    diary.entry_ids().iter().map(|id| diary.revisions(id).expect("listed")[0].text.clone()).collect()
}

fn refused(dir: &Path, secret: &LockSecret) -> ErrorCode {
    unlock(dir, secret).err().expect("refused").code()
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "kept");
    let words = words(&diary);
    diary.change_lock(&passphrase(OLD), &passphrase(NEW)).expect("changed");
    drop(diary);
    assert_eq!(refused(dir.path(), &passphrase(OLD)), ErrorCode::WrongPassphrase);
    assert_eq!(texts(&unlock(dir.path(), &passphrase(NEW)).expect("opens")), ["kept"]);
    check_words(dir.path(), &words).expect("the words still open it");
}

#[test]
fn a_passphrase_becomes_a_pin_and_a_pin_a_passphrase() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "kept");
    diary.change_lock(&passphrase(OLD), &LockSecret::pin("602214")).expect("changed");
    assert_eq!(lock_kinds_of(diary, dir.path()), [SlotKind::Pin, SlotKind::Words]);
    let mut diary = unlock(dir.path(), &LockSecret::pin("602214")).expect("opens");
    diary.change_lock(&LockSecret::pin("602214"), &passphrase(NEW)).expect("changed");
    assert_eq!(lock_kinds_of(diary, dir.path()), [SlotKind::Passphrase, SlotKind::Words]);
    assert_eq!(texts(&unlock(dir.path(), &passphrase(NEW)).expect("opens")), ["kept"]);
}

fn lock_kinds_of(diary: Diary, dir: &Path) -> Vec<SlotKind> {
    diary.lock().expect("locked");
    lock_kinds(dir).expect("read")
}

#[test]
fn a_wrong_old_lock_or_a_weak_new_one_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    for (old, new, code) in [
        ("something else", NEW, ErrorCode::WrongPassphrase),
        ("", NEW, ErrorCode::WrongPassphrase),
        (OLD, "short", ErrorCode::WeakSecret),
    ] {
        let changed = diary.change_lock(&passphrase(old), &passphrase(new));
        assert_eq!(changed.expect_err("refused").code(), code);
        let resealed = diary.reseal(&passphrase(old), &passphrase(new), None);
        assert_eq!(resealed.expect_err("refused").code(), code);
    }
    let same = diary.reseal(&passphrase(OLD), &passphrase(OLD), None);
    assert_eq!(same.expect_err("somebody knows it").code(), ErrorCode::SameSecret);
    drop(diary);
    unlock(dir.path(), &passphrase(OLD)).expect("still opens");
}

#[test]
fn after_a_reseal_with_the_words_they_open_and_the_old_passphrase_does_not() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "kept");
    let words = words(&diary);
    confirm(&mut diary, &words);
    let other = RecoverySecret::generate(&mut SystemRng).words().join(" ");
    let refusal = diary.reseal(&passphrase(OLD), &passphrase(NEW), Some(&other)).expect_err("not this diary's");
    assert_eq!(refusal.code(), ErrorCode::WordsOther);
    let done = diary.reseal(&passphrase(OLD), &passphrase(NEW), Some(&words)).expect("resealed");
    assert_eq!(done, Resealed::SameWords);
    write(&mut diary, "later");
    drop(diary);
    assert_eq!(refused(dir.path(), &passphrase(OLD)), ErrorCode::WrongPassphrase);
    check_words(dir.path(), &words).expect("the words open it");
    assert_eq!(texts(&unlock(dir.path(), &passphrase(NEW)).expect("opens")).len(), 2);
}

#[test]
fn an_old_copy_opens_with_the_old_passphrase_and_what_it_opens_is_of_no_use_afterwards() {
    let (dir, copies) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "before");
    let words = words(&diary);
    confirm(&mut diary, &words);
    diary.lock().expect("locked");
    std::fs::copy(dir.path().join("diary.waymark"), copies.path().join("diary.waymark")).expect("copied");
    let mut diary = unlock(dir.path(), &passphrase(OLD)).expect("opens");
    diary.reseal(&passphrase(OLD), &passphrase(NEW), None).expect("resealed");
    write(&mut diary, "after");
    diary.lock().expect("locked");

    assert_eq!(texts(&unlock(copies.path(), &passphrase(OLD)).expect("nothing can change that")), ["before"]);
    // The old copy's slots, put into the new file, give the old vault key: it opens nothing there.
    let [old, new] = [copies.path(), dir.path()].map(|dir| dir.join("diary.waymark"));
    let raw = rusqlite::Connection::open(&new).expect("opened");
    raw.execute("ATTACH ?1 AS old", [old.to_str().expect("Unicode")]).expect("attached");
    raw.execute_batch("DELETE FROM main.slot; INSERT INTO main.slot SELECT * FROM old.slot; DETACH old").expect("put");
    drop(raw);
    assert_eq!(refused(dir.path(), &passphrase(OLD)), ErrorCode::Damaged);
}

#[test]
fn a_reseal_without_the_words_at_hand_says_that_they_open_nothing_here_and_they_can_be_let_in_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    let words = words(&diary);
    confirm(&mut diary, &words);
    let done = diary.reseal(&passphrase(OLD), &passphrase(NEW), None).expect("resealed");
    assert_eq!(done, Resealed::NoWords);
    assert!(!diary.opens_with_words().expect("read"));
    drop(diary);
    assert_eq!(check_words(dir.path(), &words).expect_err("closed").code(), ErrorCode::WordsClosed);

    let mut diary = unlock(dir.path(), &passphrase(NEW)).expect("opens");
    let other = RecoverySecret::generate(&mut SystemRng).words().join(" ");
    assert_eq!(diary.let_words_open(&other).expect_err("not this diary's").code(), ErrorCode::WordsOther);
    diary.let_words_open(&words).expect("let in");
    diary.let_words_open(&words).expect("again changes nothing");
    drop(diary);
    check_words(dir.path(), &words).expect("open again");
}

#[test]
fn words_that_nobody_has_confirmed_are_new_ones_after_a_reseal_because_an_old_copy_holds_the_old_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "kept");
    let before = words(&diary);
    assert_eq!(diary.reseal(&passphrase(OLD), &passphrase(NEW), None).expect("resealed"), Resealed::NewWords);
    let after = words(&diary);
    assert_ne!(before, after);
    drop(diary);
    assert_eq!(check_words(dir.path(), &before).expect_err("old").code(), ErrorCode::WordsOther);
    check_words(dir.path(), &after).expect("new");
    let diary = unlock(dir.path(), &passphrase(NEW)).expect("opens");
    assert_eq!((words(&diary), texts(&diary)), (after, vec!["kept".to_owned()]));
}

#[test]
fn who_forgot_the_passphrase_gets_in_with_the_words_and_a_new_lock() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &passphrase(OLD)).expect("made");
    write(&mut diary, "kept");
    let words = words(&diary);
    confirm(&mut diary, &words);
    drop(diary);
    let other = RecoverySecret::generate(&mut SystemRng).words().join(" ");
    let twenty_three = words.rsplit_once(' ').expect("many").0;
    for (typed, code) in [(other.as_str(), ErrorCode::WordsOther), (twenty_three, ErrorCode::WordsWrong)] {
        let wrong = reset(dir.path(), typed, &LockSecret::pin("602214")).err().expect("refused");
        assert_eq!(wrong.code(), code);
    }
    let weak = reset(dir.path(), &words, &LockSecret::pin("6022")).err().expect("refused");
    assert_eq!(weak.code(), ErrorCode::WeakSecret);
    unlock(dir.path(), &passphrase(OLD)).expect("nothing has changed yet");

    let diary = reset(dir.path(), &words.to_uppercase(), &LockSecret::pin("602214")).expect("in");
    assert_eq!(texts(&diary), ["kept"]);
    assert!(diary.recovery_words().is_none(), "confirmed words are not shown again");
    drop(diary);
    assert_eq!(lock_kinds(dir.path()).expect("read"), [SlotKind::Pin, SlotKind::Words]);
    unlock(dir.path(), &LockSecret::pin("602214")).expect("opens");
}
