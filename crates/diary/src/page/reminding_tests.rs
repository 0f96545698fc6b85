//! What is shown when, and what lies beside the vault.

use chrono::{FixedOffset, TimeZone as _};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::page::NAMES;

/// A shell that remembers what it showed.
#[derive(Clone, Default)]
struct Wall(Arc<Mutex<Vec<String>>>);

impl Reminding for Wall {
    fn show(&self, text: &str) -> bool {
        self.0.lock().expect("nobody panicked").push(text.to_owned());
        true
    }
}

impl Wall {
    fn shown(&self) -> usize {
        self.0.lock().expect("nobody panicked").len()
    }
}

const TEXT: &str = "Time for your notes";

async fn ok(app: &DiaryApp, name: &str, input: Value) -> Value {
    app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {:?}", error.code))
}

async fn opened(app: &DiaryApp) {
    ok(app, "create_diary", json!({ "lock": "passphrase", "secret": "correct horse battery staple" })).await;
    ok(app, "reminders", json!({ "text": TEXT })).await;
}

fn every_day(on: bool) -> Value {
    json!({ "on": on, "list": [{ "at": "18:30", "days": [0, 1, 2, 3, 4, 5, 6] }] })
}

/// A diary that reminds every day at half past six in the evening, in a folder of its own.
async fn reminded_every_day() -> (TempDir, Wall, DiaryApp) {
    let dir = tempfile::tempdir().expect("a folder");
    let wall = Wall::default();
    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(wall.clone());
    opened(&app).await;
    ok(&app, "set_reminders", every_day(true)).await;
    (dir, wall, app)
}

/// The first moment that rings from now on.
fn first(reminded: &Reminded) -> DateTime<Utc> {
    let now = Now::from_clock().wall;
    let course = reminded.course();
    let mut moments = course.ahead.at.iter().filter_map(|wall| moment(*wall, &here));
    moments.find(|at| *at > now).expect("one").to_utc()
}

/// Plans as the page has it done at each look at Today.
async fn plan_at(app: &DiaryApp, now: DateTime<Utc>) -> Option<String> {
    let planning = app.clone();
    let now = Now::scripted(now.with_timezone(&chrono::Local).fixed_offset());
    app.with(move |diary| Ok(planning.plan(diary, now))).await.expect("open")
}

#[tokio::test]
async fn what_is_chosen_is_shown_on_today_and_a_pause_stills_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(Wall::default());
    opened(&app).await;
    assert_eq!(ok(&app, "today", json!({})).await["reminder"], Value::Null);
    let view = ok(&app, "set_reminders", every_day(true)).await;
    assert_eq!(view["list"], every_day(true)["list"]);
    assert!(view["next"].as_str().expect("a next one").contains("T18:30:00"));
    assert_eq!(ok(&app, "today", json!({})).await["reminder"], view["next"]);
    let ahead = || app.reminded.as_ref().expect("a shell").course().ahead.clone();
    assert!((13..=15).contains(&ahead().at.len()), "fourteen days, and what came due just now");

    let today = Now::from_clock().date().to_string();
    ok(&app, "take_time_off", json!({ "from": today, "until": null, "note": "" })).await;
    assert!(ahead().at.is_empty());
    let paused = ok(&app, "today", json!({})).await;
    assert_eq!((&paused["reminder"], &paused["pause"]["from"]), (&Value::Null, &json!(today)));
    ok(&app, "end_time_off", json!({})).await;
    assert!(!ahead().at.is_empty());
    ok(&app, "set_reminders", every_day(false)).await;
    assert!(ahead().at.is_empty());
}

#[tokio::test]
async fn the_plan_is_known_while_locked_and_after_a_new_start_and_holds_times_and_the_sentence_alone() {
    let (dir, wall, app) = reminded_every_day().await;
    app.lock_now();
    drop(app);
    let file: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join(FILE.name)).expect("a file")).expect("JSON");
    assert_eq!(file.as_object().expect("an object").len(), 2);
    assert_eq!(file["text"], TEXT);
    let times = file["at"].as_array().expect("times");
    assert!(times.iter().all(|time| time.as_str().is_some_and(|time| time.ends_with("T18:30:00"))));

    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(wall.clone());
    let reminded = app.reminded.expect("a shell");
    let first = first(&reminded);
    reminded.look(first - Span::milliseconds(1), &here);
    assert_eq!(wall.shown(), 0, "not before");
    reminded.look(first + Span::seconds(9), &here);
    assert_eq!(*wall.0.lock().expect("nobody panicked"), [TEXT]);
    reminded.look(first + Span::seconds(19), &here);
    assert_eq!(wall.shown(), 1, "once");
    reminded.course().since = first - Span::seconds(1);
    reminded.look(first + LATE + Span::milliseconds(1), &here);
    assert_eq!(wall.shown(), 1, "a device that slept too long says nothing");
}

#[tokio::test]
async fn what_came_due_is_shown_once_although_the_page_plans_anew_before_and_after_it_is_looked() {
    let (_dir, wall, app) = reminded_every_day().await;
    let reminded = app.reminded.clone().expect("a shell");
    let first = first(&reminded);
    let seconds = |seconds| first + Span::seconds(seconds);
    reminded.look(seconds(-4), &here);
    plan_at(&app, seconds(-3)).await;
    let next = plan_at(&app, seconds(3)).await.expect("a next one");
    assert!(DateTime::parse_from_rfc3339(&next).expect("a moment") > seconds(3), "not the one that came due");
    assert_eq!(wall.shown(), 0);
    reminded.look(seconds(6), &here);
    assert_eq!(wall.shown(), 1, "planned anew, and not lost");
    plan_at(&app, seconds(7)).await;
    reminded.look(seconds(16), &here);
    assert_eq!(wall.shown(), 1, "and not shown again");
}

#[tokio::test]
async fn what_came_due_is_not_shown_when_time_off_was_taken_or_reminders_were_turned_off_meanwhile() {
    for off in [true, false] {
        let (_dir, wall, app) = reminded_every_day().await;
        let reminded = app.reminded.clone().expect("a shell");
        let first = first(&reminded);
        reminded.look(first - Span::seconds(4), &here);
        if off {
            ok(&app, "set_reminders", every_day(false)).await;
        } else {
            let today = Now::from_clock().date().to_string();
            ok(&app, "take_time_off", json!({ "from": today, "until": null, "note": "" })).await;
        }
        plan_at(&app, first + Span::seconds(3)).await;
        reminded.look(first + Span::seconds(6), &here);
        assert_eq!(wall.shown(), 0);
    }
}

#[test]
fn a_time_on_the_wall_rings_where_the_phone_is_when_it_is_looked() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = r#"{"text":"Time for your notes","at":["2026-03-02T18:30:00","+262142-12-31T23:59:59"]}"#;
    let utc = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
    for (hours, before, after) in [
        (1, "2026-03-02T17:29:59Z", "2026-03-02T17:30:05Z"),
        (-10, "2026-03-03T04:29:59Z", "2026-03-03T04:30:05Z"),
        (14, "2026-03-02T04:29:59Z", "2026-03-02T04:30:05Z"),
    ] {
        std::fs::write(dir.path().join(FILE.name), file).expect("written");
        let zone =
            move |wall: NaiveDateTime| FixedOffset::east_opt(hours * 3600).expect("one").from_local_datetime(&wall);
        let wall = Wall::default();
        let reminded = Reminded::new(wall.clone(), dir.path());
        reminded.course().since = utc("2026-03-01T00:00:00Z");
        reminded.look(utc(before), &zone);
        assert_eq!(wall.shown(), 0, "{hours}: not before");
        reminded.look(utc(after), &zone);
        assert_eq!(wall.shown(), 1, "{hours}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_taken_away_and_written_by_the_next_plan() {
    let (dir, wall, app) = reminded_every_day().await;
    let path = dir.path().join(FILE.name);
    assert!(path.exists());
    // A folder in the way stands in for a disk that takes no files.
    let in_the_way = dir.path().join(format!("{}.new", FILE.name));
    std::fs::create_dir(&in_the_way).expect("made");
    let early = json!({ "on": true, "list": [{ "at": "07:15", "days": [0, 1, 2, 3, 4, 5, 6] }] });
    ok(&app, "set_reminders", early).await;
    assert!(!path.exists(), "the times of before no longer hold");
    let reminded = app.reminded.clone().expect("a shell");
    let first = first(&reminded);
    assert_eq!(first.with_timezone(&chrono::Local).format("%H:%M").to_string(), "07:15");

    std::fs::remove_dir(&in_the_way).expect("gone");
    ok(&app, "today", json!({})).await;
    let file: Ahead = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
    assert_eq!(file, reminded.course().ahead);
    reminded.look(first - Span::seconds(1), &here);
    reminded.look(first, &here);
    assert_eq!(wall.shown(), 1);
}

#[tokio::test]
async fn a_shell_that_can_show_nothing_says_so_and_plans_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    opened(&app).await;
    let view = ok(&app, "set_reminders", every_day(true)).await;
    assert_eq!((&view["can_show"], &view["on"], &view["next"]), (&json!(false), &json!(true), &Value::Null));
    assert_eq!(ok(&app, "show_reminder", json!({})).await["shown"], false);
    assert!(!dir.path().join(FILE.name).exists());
}

#[tokio::test]
async fn the_self_test_shows_exactly_the_sentence_and_words_that_could_tell_more_are_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let wall = Wall::default();
    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(wall.clone());
    opened(&app).await;
    assert_eq!(ok(&app, "show_reminder", json!({})).await["shown"], true);
    assert_eq!(*wall.0.lock().expect("nobody panicked"), [TEXT]);
    for text in ["x".repeat(101), "two\nlines".to_owned()] {
        let refused = app.call("reminders", json!({ "text": text })).await.expect_err("refused");
        assert_eq!(refused.code, ErrorCode::Internal);
    }
    for list in [
        json!([{ "at": "25:00", "days": [1] }]),
        json!([{ "at": "08:00", "days": [] }]),
        json!((0..6).map(|hour| json!({ "at": format!("0{hour}:00"), "days": [1] })).collect::<Vec<_>>()),
    ] {
        let refused = app.call("set_reminders", json!({ "on": true, "list": list })).await.expect_err("refused");
        assert_eq!(refused.code, ErrorCode::Internal);
    }
}

#[tokio::test]
async fn while_locked_nothing_about_reminders_and_time_off_is_told_or_changed() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(Wall::default());
    opened(&app).await;
    app.lock_now();
    for (name, input) in [
        ("reminders", json!({ "text": "Something else" })),
        ("set_reminders", every_day(true)),
        ("pauses", json!({})),
        ("take_time_off", json!({ "from": "2026-03-02", "until": null, "note": "" })),
        ("end_time_off", json!({})),
        ("set_voice_waits", json!({ "waits": true })),
        ("let_voice_go", json!({})),
    ] {
        assert!(NAMES.contains(&name));
        assert_eq!(app.call(name, input).await.expect_err(name).code, ErrorCode::Locked, "{name}");
    }
}

#[test]
fn a_file_that_cannot_be_read_rings_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    for garbage in ["", "{", "[]", r#"{"text":7,"at":[1]}"#, r#"{"text":"x","at":[1772479800000]}"#] {
        std::fs::write(dir.path().join(FILE.name), garbage).expect("written");
        assert_eq!(Reminded::new(Wall::default(), dir.path()).course().ahead, Ahead::default(), "{garbage}");
    }
}
