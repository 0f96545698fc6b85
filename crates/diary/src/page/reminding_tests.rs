//! What is shown when, and what lies beside the vault.

use serde_json::{Value, json};

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
    let ahead = || app.reminded.as_ref().expect("a shell").ahead().clone();
    assert!((13..=14).contains(&ahead().at.len()), "fourteen days");

    let today = Now::from_clock().date().to_string();
    ok(&app, "take_time_off", json!({ "from": today, "until": null, "note": "" })).await;
    assert_eq!(ahead().at, [0; 0]);
    let paused = ok(&app, "today", json!({})).await;
    assert_eq!((&paused["reminder"], &paused["pause"]["from"]), (&Value::Null, &json!(today)));
    ok(&app, "end_time_off", json!({})).await;
    assert!(!ahead().at.is_empty());
    ok(&app, "set_reminders", every_day(false)).await;
    assert_eq!(ahead().at, [0; 0]);
}

#[tokio::test]
async fn the_plan_is_known_while_locked_and_after_a_new_start_and_holds_moments_and_the_sentence_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let wall = Wall::default();
    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(wall.clone());
    opened(&app).await;
    ok(&app, "set_reminders", every_day(true)).await;
    app.lock_now();
    drop(app);
    let file: Value = serde_json::from_slice(&std::fs::read(dir.path().join(FILE.name)).expect("a file")).expect("JSON");
    assert_eq!(file.as_object().expect("an object").len(), 2);
    assert_eq!(file["text"], TEXT);
    let moments = file["at"].as_array().expect("moments");
    assert!(moments.iter().all(Value::is_u64));

    let app = DiaryApp::new(dir.path().to_path_buf()).with_reminding(wall.clone());
    let reminded = app.reminded.expect("a shell");
    let first = moments[0].as_u64().expect("a moment");
    reminded.look(first - 10_000, first - 1);
    assert_eq!(wall.shown(), 0, "not before");
    reminded.look(first - 1, first + 9_000);
    assert_eq!(*wall.0.lock().expect("nobody panicked"), [TEXT]);
    reminded.look(first + 9_000, first + 19_000);
    assert_eq!(wall.shown(), 1, "once");
    reminded.look(first - 1, first + LATE_MS + 1);
    assert_eq!(wall.shown(), 1, "a device that slept too long says nothing");
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
    for garbage in ["", "{", "[]", r#"{"text":7,"at":[1]}"#, r#"{"text":"x","at":[-1]}"#] {
        std::fs::write(dir.path().join(FILE.name), garbage).expect("written");
        assert_eq!(*Reminded::new(Wall::default(), dir.path()).ahead(), Ahead::default(), "{garbage}");
    }
}
