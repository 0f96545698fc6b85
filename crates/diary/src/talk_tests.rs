//! What the study is told of entries that somebody wants to talk about, and when nothing is told.

use waymark_protocol::content::Told;
use waymark_protocol::keys::OpeningKey;
use waymark_protocol::seal::{open_body, open_with_backup, open_with_study};

use super::*;
use crate::marks::Marks;
use crate::testing::{hours_later, join_again, log, member, monday, receipted, write};
use crate::{LockSecret, Readers, unlock};

/// The notices of a diary's log, as the study reads them. Each has a slot for the study and one for the backup.
fn notices(diary: &Diary, key: &OpeningKey) -> Vec<Notice> {
    let backup = diary.identity.backup_key().expect("a key");
    let notices = log(diary).into_iter().filter(|record| record.header().kind == Kind::Notice);
    notices
        .map(|record| {
            open_with_backup(&record, &backup).expect("for the backup");
            let plain = open_body(&record, &open_with_study(&record, key).expect("for the study")).expect("opens");
            Notice::parse(&plain).expect("a notice")
        })
        .collect()
}

fn told(diary: &Diary, key: &OpeningKey) -> Vec<EntryId> {
    Told::of([notices(diary, key)]).talk.into_iter().collect()
}

/// A diary with an entry that the study has.
fn shared(dir: &std::path::Path) -> (Diary, OpeningKey, EntryId) {
    let (mut diary, key) = member(dir);
    let entry = write(&mut diary, "to talk about", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    (diary, key, entry)
}

#[test]
fn nothing_is_told_until_it_is_chosen_and_it_can_be_taken_back_and_chosen_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, entry) = shared(dir.path());
    diary.mark(&entry, Marks { interview: true, supervision: false }, hours_later(49)).expect("marked");
    assert!(notices(&diary, &key).is_empty() && !diary.talks_about(&entry), "a mark stays the writer's");
    assert!(diary.can_talk_about(&entry).expect("known"));

    diary.talk_about(&entry, true, hours_later(50)).expect("told");
    assert!(diary.talks_about(&entry));
    assert_eq!(told(&diary, &key), [entry]);
    let head = diary.head.seq;
    diary.talk_about(&entry, true, hours_later(51)).expect("as it is");
    assert_eq!(diary.head.seq, head, "no record");
    diary.talk_about(&entry, false, hours_later(40)).expect("taken back with the clock set back");
    assert!(!diary.talks_about(&entry) && told(&diary, &key).is_empty());
    diary.talk_about(&entry, true, hours_later(41)).expect("told again, and the clock is still wrong");
    assert_eq!(told(&diary, &key), [entry]);
    diary.lock().expect("locked");
    let diary = unlock(dir.path(), &LockSecret::passphrase("correct horse battery staple")).expect("opened");
    assert!(diary.talks_about(&entry));
}

#[test]
fn what_is_private_or_held_or_not_as_the_study_has_it_is_not_told_of() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, entry) = shared(dir.path());
    let private = write(&mut diary, "private", None, Readers::OnlyMe, monday());
    let held = write(&mut diary, "held", None, Readers::Study, hours_later(49));
    for other in [private, held] {
        assert!(!diary.can_talk_about(&other).expect("known"));
        let refused = diary.talk_about(&other, true, hours_later(50)).expect_err("not with the study");
        assert_eq!(refused.code(), ErrorCode::NotNow);
    }
    diary.grant_due(hours_later(97)).expect("granted");
    assert!(!diary.talks_about(&held), "sharing tells nothing more than the entry");
    // What was told stays told while a newer version is private or held, and can be taken back.
    diary.talk_about(&entry, true, hours_later(98)).expect("told");
    for readers in [Readers::OnlyMe, Readers::Study] {
        write(&mut diary, "and more", Some(entry), readers, hours_later(99));
        assert!(diary.talks_about(&entry) && !diary.can_talk_about(&entry).expect("known"));
    }
    diary.talk_about(&entry, false, hours_later(100)).expect("taken back");
    let refused = diary.talk_about(&entry, true, hours_later(101)).expect_err("the newer version is held");
    assert_eq!(refused.code(), ErrorCode::NotNow);
    assert!(told(&diary, &key).is_empty());
}

#[test]
fn it_goes_with_the_entry_and_with_the_study() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, entry) = shared(dir.path());
    diary.talk_about(&entry, true, hours_later(50)).expect("told");
    let copy = diary.withdraw(&entry).expect("taken back");
    assert!(!diary.talks_about(&copy) && !diary.talks_about(&entry), "the copy is private");
    let again = write(&mut diary, "another", None, Readers::Study, hours_later(50));
    diary.grant_due(hours_later(99)).expect("granted");
    diary.talk_about(&again, true, hours_later(100)).expect("told");
    diary.leave(false, hours_later(101)).expect("left");
    assert!(!diary.talks_about(&again) && !diary.can_talk_about(&again).expect("known"));
    assert_eq!(diary.talk_about(&again, false, hours_later(102)).expect_err("left").code(), ErrorCode::NoStudy);
    assert!(told(&diary, &key).is_empty(), "whoever has left is not asked about anything");
    receipted(&mut diary, hours_later(103));
    join_again(&mut diary);
    assert!(!diary.talks_about(&again), "the next study was told nothing");
}
