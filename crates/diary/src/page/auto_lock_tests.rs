use serde_json::json;

use super::*;
use crate::page::NAMES;

const MINUTE: Duration = Duration::from_secs(60);

async fn app() -> (tempfile::TempDir, DiaryApp) {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    let made = json!({ "lock": "passphrase", "secret": "correct horse battery staple" });
    app.call("create_diary", made).await.expect("made");
    (dir, app)
}

fn later(by: Duration) -> Moment {
    let now = Moment::now();
    Moment { steady: now.steady + by, wall: now.wall + by }
}

#[tokio::test]
async fn a_minute_after_the_last_touch_the_lock_falls_and_not_before() {
    let (_dir, app) = app().await;
    app.lock_if_left_at(None, later(MINUTE - Duration::from_secs(5)));
    assert!(app.diary.is_open());
    app.lock_if_left_at(None, later(MINUTE));
    assert!(!app.diary.is_open());
}

#[test]
fn a_device_that_slept_is_locked_and_a_clock_that_is_set_back_does_not_keep_it_open() {
    let touched = Moment::now();
    let slept = Moment { steady: touched.steady + Duration::from_secs(1), wall: touched.wall + MINUTE };
    assert!(touched.is_past(MINUTE, slept));
    let set_back = Moment { steady: touched.steady + MINUTE, wall: touched.wall - 60 * MINUTE };
    assert!(touched.is_past(MINUTE, set_back));
    assert!(!touched.is_past(MINUTE, Moment { wall: touched.wall - MINUTE, ..touched }));
}

#[test]
fn a_device_that_has_slept_is_told_from_one_that_has_waited() {
    let before = Moment::now();
    let waited = Moment { steady: before.steady + MINUTE, wall: before.wall + MINUTE };
    assert!(!before.is_before_a_sleep(waited));
    assert!(before.is_before_a_sleep(Moment { steady: before.steady, wall: before.wall + MINUTE }));
    assert!(!before.is_before_a_sleep(Moment { wall: before.wall - MINUTE, ..waited }));
}

#[tokio::test]
async fn what_the_page_may_ask_by_itself_does_not_keep_it_open() {
    let (_dir, app) = app().await;
    let touched = || *app.watched.touched.lock().expect("whole");
    for name in NAMES.iter().filter(|name| !LONG.contains(name)) {
        let before = touched().steady;
        // What is asked wrongly is answered too.
        let _ = app.call(name, json!({})).await;
        assert_eq!(touched().steady > before, TOUCHES.contains(name), "{name}");
        if !app.diary.is_open() {
            app.call("unlock", json!({ "secret": "correct horse battery staple" })).await.expect("open");
        }
    }
}

#[test]
fn what_counts_are_commands() {
    assert_eq!(TOUCHES.iter().chain(LONG).filter(|name| !NAMES.contains(name)).count(), 0);
}

#[tokio::test]
async fn the_lock_does_not_fall_between_a_command_and_its_answer() {
    let (_dir, app) = app().await;
    let working = app.watched.begin(true);
    app.lock_if_left_at(None, later(10 * MINUTE));
    assert!(app.diary.is_open());
    drop(working);
    app.lock_if_left_at(None, Moment::now());
    assert!(app.diary.is_open(), "its end counts as a touch");
    app.lock_if_left_at(None, later(MINUTE));
    assert!(!app.diary.is_open());
}

#[tokio::test]
async fn how_long_it_waits_is_chosen_and_kept() {
    let (dir, app) = app().await;
    let kept = app.call("set_lock_after", json!({ "minutes": 15 })).await.expect("kept");
    assert_eq!(kept["lock_after_minutes"], 15);
    app.lock_if_left_at(None, later(14 * MINUTE));
    assert!(app.diary.is_open());
    for minutes in [0, 2, 600] {
        assert!(app.call("set_lock_after", json!({ "minutes": minutes })).await.is_err(), "{minutes}");
    }
    app.lock_now();
    let again = DiaryApp::new(dir.path().to_path_buf());
    again.call("unlock", json!({ "secret": "correct horse battery staple" })).await.expect("open");
    assert_eq!(again.call("keeping", json!({})).await.expect("known")["lock_after_minutes"], 15);
}

#[tokio::test]
async fn whoever_waits_for_the_lock_hears_of_it_however_it_fell() {
    let (_dir, app) = app().await;
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { app.call("await_lock", json!({})).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!waiting.is_finished());
    app.lock_if_left_at(Some(Duration::ZERO), Moment::now());
    waiting.await.expect("no panic").expect("told");
    assert!(!app.diary.is_open());
    app.call("await_lock", json!({})).await.expect("at once");
}
