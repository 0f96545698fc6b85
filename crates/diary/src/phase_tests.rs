use waymark_protocol::keys::OpeningKey;
use waymark_protocol::record::Record;
use waymark_protocol::seal;

use super::*;
use crate::Readers;
use crate::testing::{hours_later, join_again, log, member, monday, write};

fn days_later(days: i64) -> Now {
    hours_later(24 * days)
}

/// The phase of an entry that is written then, about then.
fn phase_of_an_entry(diary: &mut Diary, now: Now) -> String {
    let id = write(diary, "a long day", None, Readers::OnlyMe, now);
    diary.revisions(&id).expect("there")[0].phase.clone().expect("in a study")
}

/// The phase notices that the study's key opens.
fn told(diary: &Diary, key: &OpeningKey) -> Vec<What> {
    let notices = log(diary).into_iter().filter(|record| record.header().kind == Kind::Notice);
    let open = |record: Record| {
        let content_key = seal::open_with_study(&record, key).expect("for the study");
        Notice::parse(&seal::open_body(&record, &content_key).expect("opens")).expect("a notice").what
    };
    notices.map(open).collect()
}

#[test]
fn a_correction_holds_from_its_day_on_whatever_the_plan_counts() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    assert_eq!(phase_of_an_entry(&mut diary, monday()), "into");
    diary.correct_phase("through", days_later(7)).expect("corrected");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(6)), "into", "the days before stay as they were");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(7)), "through");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(4000)), "through", "the plan would count beyond");
    diary.correct_phase("into", days_later(9)).expect("corrected");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(8)), "through");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(9)), "into");
    let from = |days| days_later(days).date();
    let phase = |phase: &str, days| What::Phase { phase: phase.into(), from: from(days) };
    assert_eq!(told(&diary, &key), [phase("through", 7), phase("into", 9)]);
}

#[test]
fn two_corrections_on_one_day_are_one_and_a_clock_set_back_leaves_none_ahead() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    diary.correct_phase("beyond", days_later(7)).expect("corrected");
    diary.correct_phase("through", days_later(7)).expect("corrected");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(7)), "through");
    diary.correct_phase("beyond", days_later(2)).expect("corrected");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(8)), "beyond");
}

#[test]
fn what_was_said_by_mistake_is_taken_back_the_same_day_and_the_plan_counts_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let phase = |phase: &str, days| What::Phase { phase: phase.into(), from: days_later(days).date() };
    diary.correct_phase("beyond", days_later(3)).expect("corrected");
    diary.correct_phase("into", days_later(3)).expect("taken back");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(3)), "into");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(4000)), "beyond", "the plan counts on");
    assert_eq!(told(&diary, &key), [phase("beyond", 3), phase("into", 3)], "the study knows of both");

    // Before an earlier correction the plan does not count: taking back today's leaves that one.
    diary.correct_phase("through", days_later(5)).expect("corrected");
    diary.correct_phase("beyond", days_later(6)).expect("corrected");
    diary.correct_phase("through", days_later(6)).expect("taken back");
    let (plan, joined) = diary.plan().expect("read").expect("in a study");
    let since = diary.phase_on(&plan, joined, days_later(6).date());
    assert_eq!((since.id.as_str(), since.began, since.corrected), ("through", days_later(5).date(), true));
}

#[test]
fn the_phase_that_one_is_in_tells_the_study_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    diary.correct_phase("into", days_later(1)).expect("nothing to do");
    assert_eq!(told(&diary, &key), []);
    assert_eq!(diary.setting(KEY), None);
    let unknown = diary.correct_phase("elsewhere", days_later(1)).expect_err("the study has no such phase");
    assert_eq!(unknown.code(), ErrorCode::Internal);
}

#[test]
fn a_correction_survives_the_lock_and_counts_in_no_other_study() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    diary.correct_phase("through", days_later(1)).expect("corrected");
    diary.lock().expect("locked");
    let passphrase = crate::LockSecret::passphrase("correct horse battery staple");
    let mut diary = crate::unlock(dir.path(), &passphrase).expect("opens");
    assert_eq!(phase_of_an_entry(&mut diary, days_later(2)), "through");

    diary.leave(false, days_later(3)).expect("left");
    assert_eq!(diary.correct_phase("beyond", days_later(3)).expect_err("left").code(), ErrorCode::NoStudy);
    crate::testing::receipted(&mut diary, days_later(3));
    join_again(&mut diary);
    assert_eq!(phase_of_an_entry(&mut diary, days_later(4)), "into");
}

#[test]
fn what_cannot_be_read_or_is_of_a_phase_that_is_gone_counts_as_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let study = diary.membership().expect("joined").study;
    let gone = format!(r#"{{"study":"{study}","corrections":[{{"phase":"elsewhere","from":"2026-03-02"}}]}}"#);
    for value in ["", "[]", "{", r#"{"study":"","corrections":[{"phase":"beyond","from":"2026-03-02"}]}"#, &gone] {
        diary.set_setting(KEY, value, monday()).expect("set");
        assert_eq!(phase_of_an_entry(&mut diary, monday()), "into", "{value}");
    }
}

#[test]
fn a_life_of_corrections_has_room_in_one_setting() {
    let from = monday().date();
    let many = (0..2000).map(|day| Correction { phase: "through".into(), from: from + Days::new(day) }).collect();
    let value = written("00".repeat(32), many).expect("fits");
    let kept: Corrections = serde_json::from_str(&value).expect("read");
    assert!(value.len() <= MAX_SETTING_VALUE && kept.corrections.len() > 100);
    assert_eq!(kept.corrections.last().map(|it| it.from), Some(from + Days::new(1999)), "the newest stay");
}
