//! Which days are off, what the study is told, and what it never is.

use waymark_protocol::keys::OpeningKey;
use waymark_protocol::seal::{open_body, open_with_study};

use super::*;
use crate::testing::{hours_later, join_another, log, member, monday};
use crate::{LockSecret, create, unlock};

const LOCK: &str = "correct horse battery staple";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn days(from: &str, until: Option<&str>) -> PauseDays {
    PauseDays { from: day(from), until: until.map(day) }
}

fn days_later(days: i64) -> Now {
    hours_later(24 * days)
}

fn told(diary: &Diary, key: &OpeningKey) -> Vec<What> {
    let notices = log(diary).into_iter().filter(|record| record.header().kind == Kind::Notice);
    let open = |record| open_body(&record, &open_with_study(&record, key).expect("for the study")).expect("opens");
    notices.map(|record| Notice::parse(&open(record)).expect("a notice").what).collect()
}

#[test]
fn the_study_is_told_the_days_and_the_writer_keeps_the_reason() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.take_time_off(days("2026-03-02", Some("2026-03-08")), " my sister's wedding ", monday()).expect("off");
    let paused = What::Paused { from: day("2026-03-02"), until: Some(day("2026-03-08")) };
    assert_eq!(told(&diary, &key), std::slice::from_ref(&paused));
    let open = diary.open_pause(monday().date()).expect("time off");
    assert_eq!((open.note.as_str(), diary.was_told(&open)), ("my sister's wedding", true));

    diary.end_time_off(days_later(3)).expect("back");
    assert_eq!(told(&diary, &key), [paused, What::Resumed { from: day("2026-03-05") }]);
    assert!(diary.open_pause(days_later(3).date()).is_none());
    // The reason is in the log once or twice, and never for the study.
    let log = log(&diary);
    let own: Vec<_> = log.iter().filter(|record| record.header().kind == Kind::Own).collect();
    assert_eq!(own.len(), 2, "begun and ended");
    assert!(own.iter().all(|record| !record.slots().has_study() && open_with_study(record, &key).is_err()));
}

#[test]
fn the_days_from_the_first_to_the_last_are_off_and_no_others() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &LockSecret::passphrase(LOCK)).expect("made");
    let off = |diary: &Diary, on: &str| diary.pauses().iter().any(|pause| pause.covers(day(on)));
    diary.take_time_off(days("2026-03-04", Some("2026-03-06")), "", monday()).expect("off");
    let which = ["2026-03-03", "2026-03-04", "2026-03-06", "2026-03-07"];
    assert_eq!(which.map(|on| off(&diary, on)), [false, true, true, false]);

    diary.end_time_off(days_later(3)).expect("back on the fifth");
    assert_eq!(which.map(|on| off(&diary, on)), [false, true, false, false]);
    diary.take_time_off(days("2026-03-05", None), "", days_later(3)).expect("off again");
    assert!(off(&diary, "2026-03-05") && off(&diary, "2040-01-01"), "until the writer is back");
    assert_eq!(diary.past_pauses(days_later(3).date()).len(), 1);
}

#[test]
fn a_pause_ends_by_itself_after_its_last_day() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.take_time_off(days("2026-03-02", Some("2026-03-03")), "", monday()).expect("off");
    assert!(diary.open_pause(days_later(1).date()).is_some());
    assert!(diary.open_pause(days_later(2).date()).is_none());
    assert_eq!(diary.end_time_off(days_later(2)).expect_err("over").code(), ErrorCode::Internal);
    assert_eq!(told(&diary, &key).len(), 1, "the study knew the last day");
}

#[test]
fn other_days_take_the_place_of_those_that_were_chosen_and_the_same_days_say_nothing_new() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.take_time_off(days("2026-03-02", None), "a", monday()).expect("off");
    let head = diary.head.seq;
    diary.take_time_off(days("2026-03-02", None), "a", hours_later(5)).expect("the same");
    assert_eq!(diary.head.seq, head, "no record");
    diary.take_time_off(days("2026-03-02", Some("2026-04-20")), "b", days_later(40)).expect("begun long ago");
    assert_eq!(told(&diary, &key).len(), 2);
    assert_eq!(diary.pauses().len(), 1);
    assert_eq!(diary.open_pause(days_later(40).date()).expect("off").note, "b");
}

#[test]
fn what_is_called_off_before_it_begins_was_no_pause() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.take_time_off(days("2026-03-09", Some("2026-03-15")), "", monday()).expect("planned");
    diary.end_time_off(days_later(1)).expect("called off");
    assert_eq!(told(&diary, &key)[1], What::Resumed { from: day("2026-03-09") });
    assert!(diary.past_pauses(days_later(30).date()).is_empty());
    assert!(!diary.pauses().iter().any(|pause| pause.covers(day("2026-03-10"))));
}

#[test]
fn days_that_make_no_sense_are_refused_and_nobody_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let long = "x".repeat(MAX_PAUSE_NOTE + 1);
    for (from, until, note) in [
        ("2026-03-05", Some("2026-03-04"), ""),
        ("2026-02-20", Some("2026-03-01"), ""),
        ("2026-01-01", None, ""),
        ("2029-01-01", None, ""),
        ("2026-03-02", Some("2031-01-01"), ""),
        ("2026-03-02", None, long.as_str()),
    ] {
        let refused = diary.take_time_off(days(from, until), note, monday()).expect_err(from);
        assert_eq!(refused.code(), ErrorCode::Internal);
    }
    assert!(told(&diary, &key).is_empty() && diary.pauses().is_empty());
}

#[test]
fn without_a_study_a_pause_is_kept_and_nobody_is_told_and_a_study_joined_later_is_told_when_it_is_changed() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &LockSecret::passphrase(LOCK)).expect("made");
    diary.take_time_off(days("2026-03-02", None), "rest", monday()).expect("off");
    diary.lock().expect("locked");
    let mut diary = unlock(dir.path(), &LockSecret::passphrase(LOCK)).expect("opens");
    let key = join_another(&mut diary, true).expect("joined");
    let open = diary.open_pause(monday().date()).expect("still off");
    assert!(!diary.was_told(&open) && told(&diary, &key).is_empty());
    diary.take_time_off(days("2026-03-02", None), "rest", hours_later(1)).expect("the same days, and a study now");
    assert_eq!(told(&diary, &key), [What::Paused { from: day("2026-03-02"), until: None }]);
}

#[test]
fn after_leaving_nobody_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    diary.leave(false, monday()).expect("left");
    let head = diary.head.seq;
    diary.take_time_off(days("2026-03-02", None), "", monday()).expect("off");
    diary.end_time_off(days_later(1)).expect("back");
    assert_eq!(diary.head.seq, head);
}

#[test]
fn pauses_of_two_phones_both_stand_and_end_together() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.take_time_off(days("2026-03-02", None), "", monday()).expect("off");
    // Another phone's, as it comes with the settings.
    let other = r#"{"from":"2026-03-05","until":null,"back":null,"note":"","told":null}"#;
    diary.set_setting("pause/00000000000000ff", other, monday()).expect("set");
    diary.set_setting("pause/unreadable", "{", monday()).expect("set");
    assert_eq!(diary.pauses().len(), 2);
    diary.end_time_off(days_later(4)).expect("back");
    assert!(diary.open_pause(days_later(4).date()).is_none());
    assert_eq!(told(&diary, &key).last(), Some(&What::Resumed { from: day("2026-03-06") }));
}
