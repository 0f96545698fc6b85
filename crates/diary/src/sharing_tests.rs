//! What is shared, and above all what is not. No server: the log tells.

use waymark_protocol::record::Kind;

use super::*;
use crate::store::Receipted;
use crate::testing::{hours_later, log, looked, member, monday, open_to_the_study, write};
use crate::{LockSecret, Place, Readers, unlock};

const HOUR: i64 = 60 * 60 * 1000;

#[test]
fn a_hold_ends_by_the_clock_and_not_an_hour_before() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "shared", None, Readers::Study, monday());
    assert!(!diary.grant_due(hours_later(47)).expect("done"));
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert!(!diary.grant_due(hours_later(48)).expect("done"));
    assert_eq!(open_to_the_study(&diary, &key), ["shared"]);
    assert_eq!(diary.place(&id, hours_later(48)).expect("known"), Place::Waiting, "no receipt has come");
}

#[test]
fn an_entry_whose_clock_moved_during_its_hold_becomes_private_and_the_person_is_asked() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "held", None, Readers::Study, monday());
    looked(&mut diary, hours_later(72), -71 * HOUR);
    assert!(diary.grant_due(hours_later(72)).expect("done"), "the jump is told");
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert!(matches!(diary.place(&id, hours_later(72)).expect("known"), Place::OnThisPhone));
    assert!(!diary.grant_due(hours_later(200)).expect("done"), "it does not come due again by itself");
    let lock = LockSecret::passphrase("correct horse battery staple");
    drop(diary);
    let mut diary = unlock(dir.path(), &lock).expect("opens");
    assert!(diary.is_doubted(&id).expect("known"), "the question outlives the lock");

    diary.share(&id, hours_later(201)).expect("chosen again");
    assert!(!diary.is_doubted(&id).expect("known"));
    assert!(matches!(diary.place(&id, hours_later(201)).expect("known"), Place::Held(_)));
    looked(&mut diary, hours_later(300), 5 * HOUR);
    assert!(diary.grant_due(hours_later(300)).expect("done"), "it moved again");
    assert_eq!(diary.keep_private(&id).expect("kept"), id);
    assert!(!diary.is_doubted(&id).expect("known"));
    assert!(open_to_the_study(&diary, &key).is_empty());
}

#[test]
fn a_choice_made_while_the_clock_had_gone_back_shares_nothing_by_itself() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    looked(&mut diary, hours_later(72), 0);
    write(&mut diary, "chosen yesterday, says the clock", None, Readers::Study, hours_later(48));
    assert!(diary.grant_due(hours_later(97)).expect("done"));
    assert!(open_to_the_study(&diary, &key).is_empty());
}

#[test]
fn what_is_edited_while_held_is_shared_only_as_the_edit_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let kept = write(&mut diary, "with a name in it", None, Readers::Study, monday());
    write(&mut diary, "kept private", Some(kept), Readers::OnlyMe, hours_later(1));
    let shared = write(&mut diary, "with another name", None, Readers::Study, hours_later(1));
    write(&mut diary, "with initials", Some(shared), Readers::Study, hours_later(2));
    diary.grant_due(hours_later(100)).expect("done");
    assert_eq!(open_to_the_study(&diary, &key), ["with initials"]);
}

#[test]
fn what_is_kept_private_or_taken_back_before_it_was_due_never_has_a_grant() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "on second thoughts", None, Readers::Study, monday());
    assert_eq!(diary.keep_private(&id).expect("kept"), id);
    diary.grant_due(hours_later(100)).expect("done");
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert_eq!(diary.withdraw(&id).expect_err("nothing to take back").code(), ErrorCode::NotNow);
}

/// The server has said that it has everything.
fn receipted(diary: &mut Diary) {
    let (seq, link) = (diary.head.seq, diary.head.link);
    let membership = diary.membership.as_mut().expect("joined");
    membership.receipted = Some(Receipted { seq, link, server_time: 0, at: 0 });
}

#[test]
fn a_new_version_that_is_kept_private_leaves_the_study_what_it_has_already() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "first", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("done");
    assert!(!diary.study_has_earlier(&id).expect("known"));
    write(&mut diary, "second", Some(id), Readers::Study, hours_later(49));
    assert!(matches!(diary.place(&id, hours_later(50)).expect("known"), Place::Held(_)));

    assert_eq!(diary.keep_private(&id).expect("kept"), id, "nothing is taken back");
    diary.grant_due(hours_later(200)).expect("done");
    assert_eq!(open_to_the_study(&diary, &key), ["first"]);
    assert_eq!(diary.keep_private(&id).expect("kept"), id, "asked twice, it takes nothing back either");
    receipted(&mut diary);
    assert_eq!(diary.place(&id, hours_later(200)).expect("known"), Place::BackedUp, "what it says now");
    assert!(diary.study_has_earlier(&id).expect("known"));

    diary.share(&id, hours_later(201)).expect("shared after all");
    diary.grant_due(hours_later(300)).expect("done");
    assert_eq!(open_to_the_study(&diary, &key), ["first", "second"]);
    assert!(!diary.study_has_earlier(&id).expect("known"));
    assert!(!diary.can_keep_private(&id).expect("known"));
    let both = diary.keep_private(&id).expect_err("that would take both back");
    assert_eq!(both.code(), ErrorCode::NotNow);
    assert_ne!(diary.withdraw(&id).expect("taken back"), id);
}

#[test]
fn withdrawing_erases_every_revision_and_keeps_a_private_copy_under_a_new_id() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "first", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("done");
    write(&mut diary, "second", Some(id), Readers::OnlyMe, hours_later(49));
    let old: Vec<_> =
        diary.find(&id).expect("there").iter().filter_map(|it| Some(it.record.as_ref()?.target)).collect();

    let copy = diary.withdraw(&id).expect("withdrawn");
    assert_ne!(copy, id);
    assert_eq!(diary.find(&id).err().expect("gone").code(), ErrorCode::EntryUnknown);
    let texts: Vec<_> = diary.revisions(&copy).expect("there").iter().map(|entry| entry.text.clone()).collect();
    assert_eq!(texts, ["second", "first"]);
    assert_eq!(diary.place(&copy, hours_later(50)).expect("known"), Place::Withdrawing);
    let log = log(&diary);
    let erased: Vec<_> =
        log.iter().filter(|it| it.header().kind == Kind::Erase).filter_map(|it| it.header().target).collect();
    assert_eq!(erased, old);
    let copies = log.iter().filter(|it| it.header().kind == Kind::Entry).skip(old.len());
    assert!(copies.clone().count() == 2 && copies.into_iter().all(|it| !it.slots().has_study()));
}

#[test]
fn words_on_an_entry_that_was_taken_back_meanwhile_are_kept_as_an_entry_of_their_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "shared", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("done");
    let copy = diary.withdraw(&id).expect("withdrawn");
    let own = write(&mut diary, "half a change", Some(id), Readers::OnlyMe, hours_later(49));
    assert!(own != id && own != copy);
    let revisions = diary.revisions(&own).expect("there");
    assert!(revisions.len() == 1 && revisions[0].parents.is_empty());
}
