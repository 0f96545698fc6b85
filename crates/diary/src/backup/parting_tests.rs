//! What a backup of a diary in a study carries, and what it must not.

use std::path::Path;

use zeroize::Zeroizing;

use super::*;
use crate::entries::Place;
use crate::store::{JOINING, LOG, MEMBERSHIP};
use crate::testing::{hours_later, looked, member, monday, write};
use crate::{Finished, Readers, exists};

const PASSPHRASE: &str = "correct horse battery staple";

fn passphrase(text: &str) -> LockSecret {
    LockSecret::passphrase(text)
}

/// Brings the backup of `diary` to the phone whose folder is `to`, and opens it there.
fn carried(diary: &Diary, from: &Path, to: &Path) -> Diary {
    let file = diary.back_up(from, None).expect("made");
    let bytes = std::fs::read(&file).expect("read");
    for (number, slice) in bytes.chunks(100_000).enumerate() {
        incoming::receive(to, number as u64 * 100_000, slice).expect("received");
    }
    incoming::examine(to).expect("whole");
    restore_backup(to, &Opener::Passphrase(passphrase(PASSPHRASE)), &passphrase("another phone's lock")).expect("back")
}

#[test]
fn a_diary_in_a_study_comes_back_without_a_device_and_shares_nothing_that_was_held() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let private = write(&mut diary, "private", None, Readers::OnlyMe, monday());
    let shared = write(&mut diary, "shared", None, Readers::Study, monday());
    let taken_back = write(&mut diary, "taken back", None, Readers::Study, monday());
    looked(&mut diary, hours_later(49), 0);
    diary.grant_due(hours_later(49)).expect("granted");
    let held = write(&mut diary, "held", None, Readers::Study, hours_later(50));
    let copy = diary.withdraw(&taken_back).expect("taken back");

    let mut back = carried(&diary, old.path(), new.path());
    assert!(!back.has_joined());
    for table in [JOINING, LOG, MEMBERSHIP] {
        assert_eq!(back.vault.count(table).expect("counted"), 0, "{}", table.name());
    }
    let later = hours_later(500);
    let places = [private, shared, held, copy].map(|id| back.place(&id, later).expect("there"));
    assert_eq!(places, [Place::OnThisPhone, Place::WithStudy, Place::OnThisPhone, Place::OnThisPhone]);
    assert!(back.entries.values().flatten().all(|revision| revision.record.is_none()));
    assert_eq!(back.withdraw(&shared).expect_err("no connection").code(), ErrorCode::Parted);
    assert_eq!(back.share(&held, later).expect_err("no connection").code(), ErrorCode::Parted);
    let study = back.parted.as_ref().expect("the study is remembered").trusted().expect("signed");
    assert_eq!(study.document.version, diary.membership().expect("joined").trusted().expect("signed").document.version);
    // The phone that it came from has lost nothing by it.
    assert!(diary.has_joined());
    assert_eq!(diary.place(&held, hours_later(51)).expect("there"), Place::Held(hours_later(98).millis()));
}

#[test]
fn a_vault_that_was_copied_by_hand_is_parted_when_it_comes_in() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    write(&mut diary, "held", None, Readers::Study, monday());
    diary.lock().expect("locked");
    let bytes = std::fs::read(lock::vault_path(old.path())).expect("read");
    incoming::receive(new.path(), 0, &bytes[..300]).expect("received");
    incoming::receive(new.path(), 300, &bytes[300..]).expect("received");
    let opener = Opener::Passphrase(passphrase(PASSPHRASE));
    let back = restore_backup(new.path(), &opener, &passphrase("another phone's lock")).expect("back");
    assert!(back.parted.is_some() && !back.has_joined());
    assert_eq!(back.vault.count(LOG).expect("counted"), 0);
}

#[test]
fn joining_with_a_new_invitation_does_not_call_shared_what_the_new_study_never_got() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let shared = write(&mut diary, "shared", None, Readers::Study, monday());
    diary.grant_due(hours_later(49)).expect("granted");
    let mut back = carried(&diary, old.path(), new.path());
    crate::testing::join_again(&mut back);
    assert_eq!(back.place(&shared, hours_later(50)).expect("there"), Place::OnThisPhone);
    assert!(back.parted.is_none());
    let id = back.finish(
        Finished {
            entry: None,
            draft: None,
            about: monday().date(),
            prompt_set: "free".into(),
            answers: Vec::new(),
            text: "goes on".into(),
            weight: None,
            tags: Vec::new(),
        },
        Readers::Study,
        monday(),
    );
    assert!(id.is_ok());
}

#[test]
fn whatever_other_tables_hold_comes_along() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let table = waymark_vault::Table::new("a table of a later slice");
    diary.vault.write(|tx| tx.put(table, b"1", b"a part of a voice note")).expect("put");
    let back = carried(&diary, old.path(), new.path());
    assert_eq!(back.vault.get(table, b"1").expect("read").expect("there").as_slice(), b"a part of a voice note");
}

#[test]
fn the_words_open_a_backup_too() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    write(&mut diary, "kept", None, Readers::OnlyMe, monday());
    let words = Zeroizing::new(diary.recovery_words().expect("there").join(" "));
    let file = diary.back_up(old.path(), None).expect("made");
    incoming::receive(new.path(), 0, &std::fs::read(&file).expect("read")).expect("received");
    let back = restore_backup(new.path(), &Opener::Words(words), &LockSecret::pin("602214")).expect("back");
    assert_eq!(back.entry_ids().len(), 1);
    assert!(exists(new.path()) && back.opens_with_words().expect("read"));
}
