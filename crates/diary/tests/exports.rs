//! The diary as a file that anyone can read: all of it, only it, and only when its owner asks.

use std::collections::HashMap;

use base64::Engine as _;
use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};
use waymark_diary::page::{DiaryApp, ErrorCode, ExportWords};
use waymark_diary::protocol::content::{Answer, Weight};
use waymark_diary::{Diary, Export, ExportFormat, ExportRevisions, Finished, LockSecret, Now, Readers, create};

const PASSPHRASE: &str = "correct horse battery staple";
const HOSTILE: &str = "</p></script><img src=x onerror=alert(1)> & \"quoted\" 'too' &lt;";

fn at(day: u32) -> Now {
    let text = format!("2026-03-{day:02}T19:30:00+02:00");
    Now::scripted(DateTime::parse_from_rfc3339(&text).expect("a time"))
}

fn words() -> ExportWords {
    ExportWords {
        language: "en".into(),
        right_to_left: false,
        title: "My notes".into(),
        notice: "Anyone who gets this file can read it.".into(),
        written: "Written".into(),
        earlier: "As it was before".into(),
        latest: "As it is now".into(),
        tags: "Tags".into(),
        weight: "The day felt".into(),
        light: "light".into(),
        okay: "okay".into(),
        heavy: "heavy".into(),
        not_said: "not said".into(),
        voice: "Voice note".into(),
        days: HashMap::from([("2026-03-02".to_owned(), "Monday 2 March 2026".to_owned())]),
    }
}

fn finished(day: u32, text: &str) -> Finished {
    Finished {
        entry: None,
        draft: None,
        about: at(day).date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    }
}

/// A diary with everything in it that an entry can have, on three days.
fn filled(dir: &std::path::Path) -> Diary {
    let mut diary = create(dir, &LockSecret::passphrase(PASSPHRASE)).expect("made");
    let first = diary.finish(finished(2, "first\n\nthought"), Readers::OnlyMe, at(2)).expect("finished");
    let again = Finished {
        entry: Some(first),
        answers: vec![Answer { prompt: "stays".into(), question: "What *stays*?".into(), value: HOSTILE.into() }],
        weight: Some(Weight::Heavy),
        tags: vec!["night <b>shift</b>".into(), "\u{645}\u{631}\u{62d}\u{628}\u{627}".into()],
        ..finished(2, "second thought\r\n\u{645}\u{631}\u{62d}\u{628}\u{627} \u{1f319} \0 e\u{301} # end")
    };
    diary.finish(again, Readers::OnlyMe, at(3)).expect("finished");
    diary.finish(finished(5, HOSTILE), Readers::OnlyMe, at(5)).expect("finished");
    diary.finish(finished(9, "last"), Readers::OnlyMe, at(9)).expect("finished");
    diary
}

fn export(format: ExportFormat, revisions: ExportRevisions) -> Export {
    Export { format, from: None, to: None, revisions }
}

fn text(diary: &Diary, export: Export) -> String {
    String::from_utf8(diary.export(export, &words(), at(10)).expect("made").to_vec()).expect("UTF-8")
}

#[test]
fn json_read_again_is_the_diary_byte_for_byte() {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = filled(dir.path());
    let read: Value =
        serde_json::from_str(&text(&diary, export(ExportFormat::Json, ExportRevisions::All))).expect("JSON");
    assert_eq!((&read["format"], &read["version"]), (&json!("waymark-diary"), &json!(1)));
    assert_eq!((&read["revisions"], &read["study"], &read["from"]), (&json!("all"), &Value::Null, &Value::Null));
    let mut ids = diary.entry_ids();
    ids.reverse();
    let entries = read["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), ids.len());
    for (entry, id) in entries.iter().zip(&ids) {
        assert_eq!((&entry["entry"], &entry["place"]), (&json!(id.to_string()), &json!("on-this-phone")));
        let mut expected = diary.revisions(id).expect("there");
        expected.reverse();
        let revisions = entry["revisions"].as_array().expect("a list");
        assert_eq!(revisions.len(), expected.len());
        for (revision, expected) in revisions.iter().zip(expected) {
            assert_eq!(revision["revision"], expected.revision.to_string());
            assert_eq!(revision["text"], expected.text);
            assert_eq!(revision["about"], expected.about.to_string());
            let written = DateTime::parse_from_rfc3339(revision["written_at"].as_str().expect("a time"));
            assert_eq!(written.expect("a time"), expected.written_at);
            assert_eq!(revision["tags"], json!(expected.tags));
            assert_eq!(revision["weight"], expected.weight.map_or(Value::Null, |_| json!("heavy")));
            assert_eq!(revision["prompt_set"], expected.prompt_set);
            let parents: Vec<String> = expected.parents.iter().map(ToString::to_string).collect();
            assert_eq!(revision["parents"], json!(parents));
            let answers: Vec<Value> = expected
                .answers
                .iter()
                .map(|answer| json!({ "prompt": answer.prompt, "question": answer.question, "value": answer.value, "shown": answer.value }))
                .collect();
            assert_eq!(revision["answers"], json!(answers));
        }
    }
}

#[test]
fn a_page_for_printing_shows_what_was_written_as_text_and_runs_and_loads_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let page = text(&filled(dir.path()), export(ExportFormat::Html, ExportRevisions::Latest));
    let escaped =
        "&lt;/p&gt;&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot; &#39;too&#39; &amp;lt;";
    assert_eq!(page.matches(escaped).count(), 2);
    for markup in ["<img", "<script", "<b>", "<link", "src=\"", "href=", "http:", "https:", "url("] {
        assert!(!page.contains(markup), "{markup}");
    }
    // Every tag is one of ours.
    for tag in page.split('<').skip(1) {
        let name: String = tag.trim_start_matches(['/', '!']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let ours = [
            "doctype", "html", "head", "meta", "title", "style", "body", "header", "main", "article", "h1", "h2", "p",
            "bdi", "time",
        ];
        assert!(ours.contains(&name.as_str()), "{name}");
    }
    // The policy names the style sheet that is there.
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style sheet").0;
    let hash = ring::digest::digest(&ring::digest::SHA256, style.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(hash);
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    assert!(page.contains(&policy));
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("<p class=\"words\" lang=\"\" dir=\"auto\">"));
    assert!(page.contains("Monday 2 March 2026") && page.contains("<h2>2026-03-05</h2>"));
    assert!(!page.contains("first\n") && !page.contains("As it was before"));
    let all = text(&filled_again(), export(ExportFormat::Html, ExportRevisions::All));
    assert!(all.contains("<h3>As it was before</h3>") && all.contains("<h3>As it is now</h3>"));
}

fn filled_again() -> Diary {
    let dir = tempfile::tempdir().expect("a folder").keep();
    let diary = filled(&dir);
    std::fs::remove_dir_all(dir).expect("removed");
    diary
}

#[test]
fn markdown_has_every_word_as_it_was_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = filled(dir.path());
    let page = text(&diary, export(ExportFormat::Markdown, ExportRevisions::All));
    for id in diary.entry_ids() {
        for revision in diary.revisions(&id).expect("there") {
            assert!(page.contains(&revision.text));
            assert!(revision.answers.iter().all(|answer| page.contains(&answer.value)));
        }
    }
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
    let expected = [
        "# My notes",
        "## Monday 2 March 2026",
        "### As it was before",
        "### As it is now",
        "## 2026-03-05",
        "## 2026-03-09",
    ];
    assert_eq!(headings, expected);
    assert!(page.contains("*What \\*stays\\*?*") && page.contains("The day felt: heavy"));
}

#[test]
fn only_the_days_that_were_asked_for_are_in_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = filled(dir.path());
    let days = |from: Option<u32>, to: Option<u32>| {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        let range =
            Export { from: from.map(day), to: to.map(day), ..export(ExportFormat::Json, ExportRevisions::Latest) };
        let read: Value = serde_json::from_str(&text(&diary, range)).expect("JSON");
        let entries = read["entries"].as_array().expect("a list").clone();
        entries.iter().map(|entry| entry["revisions"][0]["about"].as_str().expect("a day")[8..].to_owned()).collect()
    };
    let check = |from, to, expected: &[&str]| {
        let found: Vec<String> = days(from, to);
        assert_eq!(found, expected);
    };
    check(None, None, &["02", "05", "09"]);
    check(Some(5), None, &["05", "09"]);
    check(None, Some(5), &["02", "05"]);
    check(Some(3), Some(8), &["05"]);
    check(Some(10), None, &[]);
}

#[tokio::test]
async fn nothing_leaves_the_diary_without_its_lock_and_then_only_the_file_that_was_asked_for_can_be_read() {
    const CANARY: &str = "canary-of-the-diary";
    let (dir, outbox) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let app = DiaryApp::new(dir.path().to_path_buf()).with_outbox(outbox.path().join("Downloads"));
    let lock = json!({ "lock": "passphrase", "secret": PASSPHRASE });
    app.call("create_diary", lock).await.expect("made");
    let draft = json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-02", "answers": [],
                        "text": CANARY, "weight": null, "tags": [], "caret": null, "saved_at": null });
    app.call("finish_entry", json!({ "draft": draft, "readers": "only-me" })).await.expect("finished");
    let ask = |secret: &str, format: &str| json!({ "format": format, "from": null, "to": null, "all_revisions": false, "secret": secret, "words": words() });
    let wrong = app.call("export_diary", ask("something else", "markdown")).await.expect_err("wrong");
    assert_eq!(wrong.code, ErrorCode::WrongPassphrase);
    assert!(!outbox.path().join("Downloads").exists(), "not even the folder is made");

    let mut names = Vec::new();
    for format in ["markdown", "html", "json", "json"] {
        let saved = app.call("export_diary", ask(PASSPHRASE, format)).await.expect("saved");
        names.push(saved["name"].as_str().expect("a name").to_owned());
    }
    let today = Now::from_clock().date();
    let expected = [".md", ".html", ".json", "-2.json"].map(|ending| format!("notes-{today}{ending}"));
    assert_eq!(names, expected);
    let has = |path: &std::path::Path| {
        std::fs::read(path).expect("read").windows(CANARY.len()).any(|part| part == CANARY.as_bytes())
    };
    let files = |folder: &std::path::Path| -> Vec<_> {
        std::fs::read_dir(folder).expect("read").flatten().map(|file| file.path()).collect()
    };
    assert_eq!(files(&outbox.path().join("Downloads")).len(), 4);
    assert!(files(&outbox.path().join("Downloads")).iter().all(|path| has(path)));
    assert!(!files(dir.path()).iter().any(|path| has(path)));

    app.call("lock", json!({})).await.expect("locked");
    let locked = app.call("export_diary", ask(PASSPHRASE, "json")).await.expect_err("locked");
    assert_eq!(locked.code, ErrorCode::Locked);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_written_gets_a_sentence_and_no_file() {
    let (dir, outbox) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let file = outbox.path().join("a file");
    std::fs::write(&file, b"x").expect("written");
    let app = DiaryApp::new(dir.path().to_path_buf()).with_outbox(file.join("below"));
    app.call("create_diary", json!({ "lock": "pin", "secret": "602214" })).await.expect("made");
    let ask = json!({ "format": "html", "from": null, "to": null, "all_revisions": true, "secret": "602214", "words": words() });
    assert_eq!(app.call("export_diary", ask).await.expect_err("no folder").code, ErrorCode::OutboxReadOnly);
    let backup = app.call("back_up_diary", json!({ "passphrase": PASSPHRASE })).await.expect_err("no folder");
    assert_eq!(backup.code, ErrorCode::OutboxReadOnly);
    let left = std::fs::read_dir(dir.path()).expect("read").flatten().map(|file| file.file_name());
    assert!(left.into_iter().all(|name| name.to_string_lossy().starts_with("diary.waymark")));
}
