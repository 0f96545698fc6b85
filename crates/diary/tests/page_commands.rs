//! The page's commands, by name and JSON, as a page sends them.

use serde_json::{Value, json};
use waymark_diary::page::{DiaryApp, ErrorCode, NAMES};

const PASSPHRASE: &str = "correct horse battery staple";

async fn ok(app: &DiaryApp, name: &str, input: Value) -> Value {
    app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {:?}", error.code))
}

async fn code(app: &DiaryApp, name: &str, input: Value) -> ErrorCode {
    app.call(name, input).await.expect_err(name).code
}

fn draft(text: &str) -> Value {
    json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-02", "answers": [], "text": text,
            "weight": null, "tags": [], "caret": null, "saved_at": null })
}

fn filter(query: &str) -> Value {
    json!({ "query": query, "tags": [], "mark": null, "from": null, "to": null })
}

fn list(query: &str) -> Value {
    json!({ "filter": filter(query), "offset": 0, "limit": 50 })
}

#[tokio::test]
async fn a_private_diary_goes_from_nothing_to_an_entry_and_back_to_the_lock() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    assert_eq!(ok(&app, "status", json!({})).await["state"], "none");
    let made = ok(&app, "create_diary", json!({ "lock": "passphrase", "secret": PASSPHRASE })).await;
    assert_eq!((&made["state"], &made["study"]), (&json!("open"), &Value::Null));

    let saved = ok(&app, "save_draft", json!({ "draft": draft("a quiet day") })).await;
    assert_eq!(ok(&app, "today", json!({})).await["draft"]["text"], "a quiet day");
    let view = ok(&app, "finish_entry", json!({ "draft": saved, "readers": "only-me" })).await;
    assert_eq!(view["summary"]["place"], "on-this-phone");
    assert_eq!(ok(&app, "today", json!({})).await["draft"], Value::Null);

    assert_eq!(ok(&app, "lock", json!({})).await["state"], "locked");
    let wrong = json!({ "secret": "something else" });
    assert_eq!(code(&app, "unlock", wrong).await, ErrorCode::WrongPassphrase);
    ok(&app, "unlock", json!({ "secret": PASSPHRASE })).await;
    let found = ok(&app, "list_entries", list("quiet")).await;
    assert_eq!(found["total"], 1);
    assert_eq!(found["lines"][0]["around"][1], json!({ "text": "quiet", "hit": true }));
}

#[tokio::test]
async fn a_locked_diary_answers_nothing_but_its_state() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    ok(&app, "create_diary", json!({ "lock": "pin", "secret": "602214" })).await;
    ok(&app, "lock", json!({})).await;
    let entry = json!({ "entry": "00".repeat(16) });
    for (name, input) in [
        ("today", json!({})),
        ("list_entries", list("")),
        ("calendar", json!({ "month": null, "filter": filter("") })),
        ("list_tags", json!({ "find": "", "limit": 10 })),
        ("mark_entry", json!({ "entry": "00".repeat(16), "interview": true, "supervision": false })),
        ("talk_about", json!({ "entry": "00".repeat(16), "wanted": true })),
        ("delete_entry", entry.clone()),
        ("recovery_words", json!({})),
        ("read_entry", entry.clone()),
        ("share_entry", entry.clone()),
        ("keep_private", entry.clone()),
        ("withdraw_entry", entry),
        ("study", json!({})),
        ("sync_now", json!({})),
        ("save_draft", json!({ "draft": draft("x") })),
        ("finish_entry", json!({ "draft": draft("x"), "readers": "only-me" })),
        ("cues", json!({ "draft": draft("x") })),
        ("fine_words", json!({})),
        ("allow_word", json!({ "word": "x", "fine": true })),
        ("discard_draft", json!({ "draft": "00".repeat(16) })),
        ("keeping", json!({})),
        ("check_lock", json!({ "secret": "602214" })),
        ("change_lock", json!({ "old": "602214", "lock": "pin", "secret": "271828" })),
        ("reseal_diary", json!({ "old": "602214", "lock": "pin", "secret": "271828", "words": null })),
        ("let_words_open", json!({ "words": "abandon" })),
        ("reconnect_study", json!({ "words": null })),
    ] {
        assert_eq!(code(&app, name, input).await, ErrorCode::Locked, "{name}");
    }
    let status = ok(&app, "status", json!({})).await;
    assert_eq!(status, json!({ "state": "locked", "lock": "pin", "study": null, "words_confirmed": false }));
}

#[tokio::test]
async fn what_is_no_command_or_no_input_is_refused_without_touching_anything() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    assert_eq!(code(&app, "no_such_command", json!({})).await, ErrorCode::Internal);
    for name in NAMES.iter().filter(|name| !matches!(**name, "status" | "lock")) {
        app.call(name, json!([1, 2, 3])).await.expect_err(name);
    }
    assert!(std::fs::read_dir(dir.path()).expect("read").next().is_none());
}

#[tokio::test]
async fn an_invitation_with_a_typing_mistake_or_an_unreachable_server_says_which() {
    waymark_diary::install_crypto();
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    let unreadable = json!({ "invitation": "waymark://join/NOTONE" });
    assert_eq!(code(&app, "read_invitation", unreadable).await, ErrorCode::InvitationUnreadable);
    let nobody = json!({ "words": "abandon ".repeat(23) + "art", "server": "http://127.0.0.1:1", "lock": "pin", "secret": "602214" });
    assert_eq!(code(&app, "restore_diary", nobody).await, ErrorCode::ServerUnreachable);
    let words =
        json!({ "words": "abandon abandon", "server": "http://127.0.0.1:1", "lock": "pin", "secret": "602214" });
    assert_eq!(code(&app, "restore_diary", words).await, ErrorCode::WordsWrong);
    assert!(std::fs::read_dir(dir.path()).expect("read").next().is_none(), "no half diary is left behind");
}
