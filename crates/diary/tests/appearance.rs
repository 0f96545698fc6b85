//! How the page looks is chosen and kept without a diary, and while it is locked.

use serde_json::{Value, json};
use waymark_diary::page::{DiaryApp, ErrorCode};

const PASSPHRASE: &str = "correct horse battery staple";

async fn ok(app: &DiaryApp, name: &str, input: Value) -> Value {
    app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {:?}", error.code))
}

#[tokio::test]
async fn it_holds_before_there_is_a_diary_while_it_is_locked_and_after_a_restart() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("vault");
    let app = DiaryApp::new(folder.clone());
    let phone = json!({ "phone": "en-GB" });
    let plain = json!({ "language": null, "text": "100", "theme": "system" });
    assert_eq!(ok(&app, "appearance", phone.clone()).await, plain);
    assert!(!folder.exists(), "asking makes nothing");

    let chosen = json!({ "language": "ar", "text": "200", "theme": "light" });
    assert_eq!(ok(&app, "set_appearance", chosen.clone()).await, chosen);
    ok(&app, "create_diary", json!({ "lock": "passphrase", "secret": PASSPHRASE })).await;
    ok(&app, "lock", json!({})).await;
    assert_eq!(ok(&app, "appearance", phone.clone()).await, chosen);
    let changed = json!({ "language": "ar", "text": "125", "theme": "dark" });
    ok(&app, "set_appearance", changed.clone()).await;

    let restarted = DiaryApp::new(folder);
    assert_eq!(ok(&restarted, "appearance", phone).await, changed);
    assert_eq!(ok(&restarted, "status", json!({})).await["state"], "locked");
    ok(&restarted, "unlock", json!({ "secret": PASSPHRASE })).await;
}

#[tokio::test]
async fn what_is_no_language_size_or_theme_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let app = DiaryApp::new(dir.path().to_path_buf());
    for wrong in [
        json!({ "language": "../../x", "text": "100", "theme": "system" }),
        json!({ "language": null, "text": "101", "theme": "system" }),
        json!({ "language": null, "text": "100", "theme": "blue" }),
        json!({ "language": null, "text": "100" }),
    ] {
        assert_eq!(app.call("set_appearance", wrong).await.expect_err("refused").code, ErrorCode::Internal);
    }
    assert!(std::fs::read_dir(dir.path()).expect("read").next().is_none());
    // A phone's language that is none costs nothing.
    ok(&app, "appearance", json!({ "phone": "C.UTF-8" })).await;
}

#[tokio::test]
async fn a_folder_that_takes_no_files_is_told_and_the_page_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("a file");
    std::fs::write(&file, "").expect("written");
    let app = DiaryApp::new(file);
    let chosen = json!({ "language": "ar", "text": "150", "theme": "dark" });
    assert_eq!(app.call("set_appearance", chosen).await.expect_err("no folder").code, ErrorCode::ReadOnly);
    assert_eq!(ok(&app, "appearance", json!({ "phone": "en" })).await["theme"], "system");
}
