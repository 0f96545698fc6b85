//! Days that are not like others: a time zone that changes while something is written, a clock that jumps at midnight, days to come
//! and days long gone. Each has an outcome, and none costs a word.

use chrono::{DateTime, FixedOffset};
use waymark_diary::page::ErrorCode;
use waymark_diary::{Diary, Finished, LockSecret, Now, Readers, create, unlock};
use waymark_protocol::EntryId;

fn at(moment: &str) -> Now {
    Now::scripted(DateTime::<FixedOffset>::parse_from_rfc3339(moment).expect("a moment"))
}

fn lock() -> LockSecret {
    LockSecret::passphrase("correct horse battery staple")
}

fn entry(about: &str, text: &str) -> Finished {
    Finished {
        entry: None,
        draft: None,
        about: about.parse().expect("a day"),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    }
}

fn write(diary: &mut Diary, about: &str, text: &str, now: Now) -> EntryId {
    diary.finish(entry(about, text), Readers::OnlyMe, now).expect("finished")
}

#[test]
fn a_time_zone_that_changes_in_mid_entry_changes_neither_its_day_nor_its_place() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let before = write(&mut diary, "2026-03-02", "before the flight", at("2026-03-02T21:00:00+09:00"));
    // Begun in Tokyo on the 3rd, finished in Los Angeles, where it is the 2nd still.
    let crossing = write(&mut diary, "2026-03-03", "begun in the east", at("2026-03-02T18:00:00-08:00"));
    let after = write(&mut diary, "2026-03-03", "in the west", at("2026-03-03T08:00:00-08:00"));
    diary.lock().expect("locked");

    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!(diary.entry_ids(), [after, crossing, before], "by day, then by the moment in which they were written");
    let latest = diary.revisions(&crossing).expect("there")[0];
    assert_eq!(latest.about.to_string(), "2026-03-03", "the day that was chosen");
    assert_eq!(latest.written_at.to_rfc3339(), "2026-03-02T18:00:00-08:00", "with the zone that the phone was in");
}

#[test]
fn an_entry_can_be_changed_in_another_time_zone_and_its_newest_version_is_the_one_made_last() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let id = write(&mut diary, "2026-03-03", "first", at("2026-03-03T08:00:00+09:00"));
    // An hour later, by clocks that say the day before.
    let changed = Finished { entry: Some(id), ..entry("2026-03-03", "second") };
    diary.finish(changed, Readers::OnlyMe, at("2026-03-02T16:00:00-08:00")).expect("finished");
    let texts: Vec<_> = diary.revisions(&id).expect("there").iter().map(|revision| revision.text.clone()).collect();
    assert_eq!(texts, ["second", "first"]);
}

#[test]
fn a_day_that_has_no_midnight_has_its_entries() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    // Cairo, where the clock goes from 24:00 to 1:00 as 24 April 2026 begins.
    let last = write(&mut diary, "2026-04-23", "a minute before", at("2026-04-23T23:59:30+02:00"));
    let first = write(&mut diary, "2026-04-24", "a minute after", at("2026-04-24T01:00:30+03:00"));
    assert_eq!(diary.entry_ids(), [first, last]);
    let apart =
        diary.revisions(&first).expect("there")[0].written_at - diary.revisions(&last).expect("there")[0].written_at;
    assert_eq!(apart.num_seconds(), 60);
}

#[test]
fn a_day_to_come_is_refused_by_name_and_the_draft_stays() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let evening = at("2026-03-02T19:30:00+00:00");
    let draft: waymark_diary::page::Draft = serde_json::from_value(serde_json::json!({
        "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-09", "answers": [], "text": "not yet",
        "weight": null, "tags": [], "caret": null, "saved_at": null
    }))
    .expect("a draft");
    let draft = diary.save_draft(draft, evening).expect("saved");
    let to_come = Finished { draft: Some(draft.id.clone()), ..entry("2026-03-09", "not yet") };
    let refused = diary.finish(to_come, Readers::OnlyMe, evening).expect_err("it has not come");
    assert_eq!(refused.code(), ErrorCode::AboutTheFuture);
    assert_eq!(diary.draft().expect("read").expect("there").text, "not yet");
    assert!(diary.entry_ids().is_empty());
    // Tomorrow is there already for somebody who has just travelled west.
    write(&mut diary, "2026-03-03", "tomorrow", evening);
}

#[test]
fn a_day_long_gone_is_kept_as_it_was_chosen() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    for about in ["2026-02-20", "2019-12-31", "1970-01-01"] {
        let id = write(&mut diary, about, "long ago", at("2026-03-02T19:30:00+00:00"));
        assert_eq!(diary.revisions(&id).expect("there")[0].about.to_string(), about);
    }
}
