//! Deleting everywhere, in a diary that has joined: what its log says.

use waymark_protocol::keys::OpeningKey;
use waymark_protocol::record::Record;
use waymark_protocol::seal::{open_body, open_with_study};

use super::*;
use crate::page::ErrorCode;
use crate::sharing::tests::{hours_later, log, member, monday, write};
use crate::{LockSecret, Marks, Readers, unlock};

fn erases(diary: &Diary) -> Vec<Record> {
    log(diary).into_iter().filter(|record| record.header().kind == Kind::Erase).collect()
}

fn named(erase: &Record, study: &OpeningKey) -> EntryId {
    let key = open_with_study(erase, study).expect("the study reads which entry");
    Erasure::parse(&open_body(erase, &key).expect("opens")).expect("an erasure").entry
}

#[test]
fn every_revision_shared_or_not_is_erased_and_nothing_of_the_entry_is_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, study) = member(dir.path());
    let other = write(&mut diary, "stays", None, Readers::OnlyMe, monday());
    let id = write(&mut diary, "shared", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    write(&mut diary, "private second thoughts", Some(id), Readers::OnlyMe, hours_later(49));
    diary.mark(&id, Marks { interview: true, supervision: true }, hours_later(49)).expect("marked");
    let records: Vec<_> =
        diary.find(&id).expect("there").iter().filter_map(|it| Some(it.record.as_ref()?.target)).collect();
    assert_eq!(records.len(), 2);

    diary.delete_everywhere(&id).expect("deleted");
    let erases = erases(&diary);
    assert_eq!(erases.iter().filter_map(|erase| erase.header().target).collect::<Vec<_>>(), records);
    assert!(erases.iter().all(|erase| named(erase, &study) == id));
    assert_eq!(diary.delete_everywhere(&id).expect_err("final").code(), ErrorCode::EntryUnknown);
    drop(diary);
    let diary = unlock(dir.path(), &LockSecret::passphrase("correct horse battery staple")).expect("opens");
    assert_eq!(diary.entry_ids(), [other]);
    assert_eq!(diary.marks(&id), Marks::default());
}

#[test]
fn what_is_held_and_deleted_never_has_a_grant() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "on second thoughts", None, Readers::Study, monday());
    diary.delete_everywhere(&id).expect("deleted");
    diary.grant_due(hours_later(100)).expect("done");
    assert!(log(&diary).iter().all(|record| record.header().kind != Kind::Grant));
}

#[test]
fn the_copy_of_what_was_taken_back_can_be_deleted_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "taken back", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    let copy = diary.withdraw(&id).expect("taken back");
    diary.delete_everywhere(&copy).expect("deleted");
    assert_eq!(erases(&diary).len(), 2);
    assert!(diary.entry_ids().is_empty());
}
