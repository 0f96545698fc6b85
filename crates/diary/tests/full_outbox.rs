//! A folder for files that is really full: a small one is mounted for a child of this test.
#![cfg(target_os = "linux")]

mod small_disk;

use std::path::Path;

use chrono::DateTime;
use serde_json::json;
use waymark_diary::page::{DiaryApp, ErrorCode};
use waymark_diary::{Finished, LockSecret, Now, Readers, create};

const PASSPHRASE: &str = "correct horse battery staple";

#[test]
fn a_file_that_finds_no_room_leaves_nothing_in_the_folder_and_the_diary_as_it_was() {
    small_disk::run_child("child", 200);
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("read").flatten();
    files.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
#[ignore = "the test above runs it beside a small disk of its own"]
async fn child() {
    let outbox = small_disk::small_disk();
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &LockSecret::passphrase(PASSPHRASE)).expect("made");
    let now = Now::scripted(DateTime::parse_from_rfc3339("2026-03-02T19:30:00+00:00").expect("a time"));
    for _ in 0..4 {
        let long = Finished {
            entry: None,
            draft: None,
            about: now.date(),
            prompt_set: "free".into(),
            answers: Vec::new(),
            text: "a long day ".repeat(10_000),
            weight: None,
            tags: Vec::new(),
        };
        diary.finish(long, Readers::OnlyMe, now).expect("finished");
    }
    diary.lock().expect("locked");
    let app = DiaryApp::new(dir.path().to_path_buf()).with_outbox(outbox.clone());
    app.call("unlock", json!({ "secret": PASSPHRASE })).await.expect("opens");
    let text = [
        "language", "title", "notice", "written", "earlier", "latest", "tags", "weight", "light", "okay", "heavy",
        "voice",
    ];
    let mut words: serde_json::Map<_, _> = text.iter().map(|name| ((*name).to_owned(), json!("x"))).collect();
    words.extend([
        ("not_said".to_owned(), json!("x")),
        ("right_to_left".to_owned(), json!(false)),
        ("days".to_owned(), json!({})),
    ]);
    for format in ["markdown", "html", "json"] {
        let ask = json!({ "format": format, "from": null, "to": null, "all_revisions": false, "secret": PASSPHRASE,
                          "words": words });
        assert_eq!(app.call("export_diary", ask).await.expect_err("no room").code, ErrorCode::OutboxFull);
        assert!(names(&outbox).is_empty(), "{:?}", names(&outbox));
    }
    let backup = app.call("back_up_diary", json!({ "passphrase": null })).await.expect_err("no room");
    assert_eq!(backup.code, ErrorCode::OutboxFull);
    assert!(names(&outbox).is_empty());
    assert!(names(dir.path()).iter().all(|name| name.starts_with("diary.waymark")), "{:?}", names(dir.path()));
    let filter = json!({ "query": "", "tags": [], "mark": null, "from": null, "to": null });
    let list = json!({ "filter": filter, "offset": 0, "limit": 100 });
    assert_eq!(app.call("list_entries", list).await.expect("there")["total"], 4);
}
