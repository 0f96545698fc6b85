//! Marks and settings in a diary that has joined: what its log says of them.

use waymark_protocol::keys::OpeningKey;
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{open_body, open_with_backup, open_with_study};

use super::*;
use crate::Readers;
use crate::testing::{hours_later, log, member, monday, write};

const INTERVIEW: Marks = Marks { interview: true, supervision: false };

/// What the log's records of the writer's own things say; each is for the writer alone.
fn own_records(diary: &Diary, study: &OpeningKey) -> Vec<Own> {
    let backup = diary.identity.backup_key().expect("a key");
    let own: Vec<Record> = log(diary).into_iter().filter(|record| record.header().kind == Kind::Own).collect();
    own.iter()
        .map(|record| {
            assert!(open_with_study(record, study).is_err() && !record.slots().has_study());
            let key = open_with_backup(record, &backup).expect("the writer's");
            Own::parse(&open_body(record, &key).expect("opens")).expect("an own record")
        })
        .collect()
}

#[test]
fn a_mark_is_a_record_for_the_writer_alone_and_no_change_makes_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, study) = member(dir.path());
    let entry = write(&mut diary, "for the interview", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    let (at, later) = (hours_later(49), hours_later(50));
    diary.mark(&entry, INTERVIEW, at).expect("marked");
    diary.mark(&entry, INTERVIEW, later).expect("as it is");
    diary.mark(&entry, Marks::default(), later).expect("taken off");
    let mark = |interview, at: Now| Own::Mark { entry, interview, supervision: false, at: at.millis() };
    assert_eq!(own_records(&diary, &study), [mark(true, at), mark(false, later)]);
}

#[test]
fn a_setting_is_a_record_for_the_writer_alone_and_the_last_change_is_the_latest_whatever_the_clock_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, study) = member(dir.path());
    diary.set_setting("pause", "a week off", hours_later(5)).expect("set");
    diary.set_setting("pause", "a week off", hours_later(6)).expect("as it is");
    diary.set_setting("pause", "", monday()).expect("set with the clock set back");
    let setting = |value: &str, at: u64| Own::Setting { key: "pause".into(), value: value.into(), at };
    let first = hours_later(5).millis();
    assert_eq!(own_records(&diary, &study), [setting("a week off", first), setting("", first + 1)]);
    assert_eq!(diary.setting("pause"), Some(""));
}

#[test]
fn taking_an_entry_back_moves_its_marks_to_the_copy() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, study) = member(dir.path());
    let entry = write(&mut diary, "taken back", None, Readers::Study, monday());
    diary.mark(&entry, INTERVIEW, monday()).expect("marked");
    diary.grant_due(hours_later(48)).expect("granted");
    let copy = diary.withdraw(&entry).expect("taken back");
    assert_eq!((diary.marks(&copy), diary.marks(&entry)), (INTERVIEW, Marks::default()));
    let last = own_records(&diary, &study).pop().expect("a record");
    assert!(matches!(last, Own::Mark { entry, interview: true, .. } if entry == copy));
    diary.lock().expect("locked");
    let diary =
        crate::unlock(dir.path(), &crate::LockSecret::passphrase("correct horse battery staple")).expect("open");
    assert_eq!((diary.marks(&copy), diary.marks(&entry)), (INTERVIEW, Marks::default()));
}
