//! A backup file from one phone to another, whatever happens to it on the way. By the page's commands, as a page would.

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_diary::page::{DiaryApp, ErrorCode};
use waymark_diary::{LockSecret, Opener, exists, restore_backup, unlock};

const PASSPHRASE: &str = "correct horse battery staple";
const NEW: &str = "four plain words together";
const CANARY: &str = "canary-of-the-diary";
const SLICE: usize = 100_000;

struct Phone {
    dir: TempDir,
    outbox: TempDir,
    app: DiaryApp,
}

impl Phone {
    fn new() -> Self {
        let (dir, outbox) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let app = DiaryApp::new(dir.path().to_path_buf()).with_outbox(outbox.path().to_path_buf());
        Self { dir, outbox, app }
    }

    async fn ok(&self, name: &str, input: Value) -> Value {
        self.app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {:?}", error.code))
    }

    async fn code(&self, name: &str, input: Value) -> ErrorCode {
        self.app.call(name, input).await.expect_err(name).code
    }

    /// A diary with entries, revisions and a draft in it. Gives its 24 words.
    async fn write(&self, lock: &str, secret: &str) -> String {
        self.ok("create_diary", json!({ "lock": lock, "secret": secret })).await;
        for number in 0..30 {
            let text = format!("{CANARY} {number} {}", "and more of it ".repeat(40));
            let made = self.ok("finish_entry", json!({ "draft": draft(&text), "readers": "only-me" })).await;
            if number == 3 {
                let mut again = self.ok("edit_entry", json!({ "entry": made["summary"]["id"] })).await;
                again["text"] = json!(format!("{CANARY} once more"));
                self.ok("finish_entry", json!({ "draft": again, "readers": "only-me" })).await;
            }
        }
        self.ok("save_draft", json!({ "draft": draft(&format!("{CANARY} half a sen")) })).await;
        let words = self.ok("recovery_words", json!({})).await;
        let words: Vec<&str> = words["words"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
        words.join(" ")
    }

    /// Makes the file and gives its bytes.
    async fn back_up(&self, passphrase: Option<&str>) -> Vec<u8> {
        let saved = self.ok("back_up_diary", json!({ "passphrase": passphrase })).await;
        let path = self.outbox.path().join(saved["name"].as_str().expect("a name"));
        let bytes = std::fs::read(path).expect("read");
        assert_eq!(saved["bytes"], bytes.len());
        bytes
    }

    /// Brings a file in, as far as it is taken.
    async fn bring(&self, bytes: &[u8]) -> Result<Value, ErrorCode> {
        for (number, slice) in bytes.chunks(SLICE).enumerate() {
            let input = json!({ "offset": number * SLICE, "data": STANDARD.encode(slice) });
            self.app.call("receive_backup", input).await.map_err(|error| error.code)?;
        }
        if bytes.is_empty() {
            let nothing = json!({ "offset": 0, "data": "" });
            self.app.call("receive_backup", nothing).await.map_err(|error| error.code)?;
        }
        self.app.call("examine_backup", json!({})).await.map_err(|error| error.code)
    }

    /// All that the diary shows of itself.
    async fn everything(&self) -> Value {
        let filter = json!({ "query": "", "tags": [], "mark": null, "from": null, "to": null });
        let list = self.ok("list_entries", json!({ "filter": filter, "offset": 0, "limit": 100 })).await;
        let mut entries = Vec::new();
        for line in list["lines"].as_array().expect("a list") {
            entries.push(self.ok("read_entry", json!({ "entry": line["entry"]["id"] })).await);
        }
        // Which of two that were written in one millisecond comes first is nobody's business.
        entries.sort_by_key(|entry| entry["summary"]["id"].to_string());
        json!([entries, self.ok("today", json!({})).await["draft"]])
    }

    /// The files that have `bytes` in them.
    fn files_with(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let folders = [self.dir.path(), self.outbox.path()];
        let files = folders.into_iter().flat_map(|folder| std::fs::read_dir(folder).expect("read").flatten());
        let has = |path: &PathBuf| std::fs::read(path).expect("read").windows(bytes.len()).any(|part| part == bytes);
        files.map(|file| file.path()).filter(has).collect()
    }
}

fn draft(text: &str) -> Value {
    json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-02", "answers": [], "text": text,
            "weight": "heavy", "tags": ["night"], "caret": { "prompt": null, "at": 3 }, "saved_at": null })
}

fn with(opens: &str) -> Value {
    json!({ "with": "passphrase", "opens": opens, "lock": "passphrase", "secret": NEW })
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("read").flatten();
    let mut names: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn everything_comes_back_on_another_phone_and_no_file_on_the_way_can_be_read() {
    let (old, new) = (Phone::new(), Phone::new());
    old.write("passphrase", PASSPHRASE).await;
    let file = old.back_up(None).await;
    assert!(old.files_with(CANARY.as_bytes()).is_empty());
    assert!(names(old.outbox.path())[0].ends_with(".waymark-backup"));
    assert!(names(old.dir.path()).iter().all(|name| name.starts_with("diary.waymark")), "nothing is left beside it");

    assert_eq!(new.bring(&file).await, Ok(json!({ "words_open": true })));
    assert!(new.files_with(CANARY.as_bytes()).is_empty());
    assert_eq!(new.code("restore_backup", with("something else")).await, ErrorCode::WrongPassphrase);
    assert_eq!(new.ok("status", json!({})).await["state"], "none");
    // The same file, without being brought in again.
    assert_eq!(new.ok("restore_backup", with(PASSPHRASE)).await["state"], "open");
    assert!(new.everything().await == old.everything().await, "everything came back");
    assert!(new.files_with(CANARY.as_bytes()).is_empty());
    assert!(names(new.dir.path()).iter().all(|name| name.starts_with("diary.waymark")));

    new.ok("lock", json!({})).await;
    assert_eq!(new.code("unlock", json!({ "secret": PASSPHRASE })).await, ErrorCode::WrongPassphrase);
    new.ok("unlock", json!({ "secret": NEW })).await;
    old.ok("lock", json!({})).await;
    old.ok("unlock", json!({ "secret": PASSPHRASE })).await;
}

#[tokio::test]
async fn a_file_cut_anywhere_is_named_leaves_no_diary_and_does_not_stand_in_the_way_of_the_whole_one() {
    let (old, new) = (Phone::new(), Phone::new());
    let words = old.write("passphrase", PASSPHRASE).await;
    let file = old.back_up(None).await;
    for part in 0..20 {
        let refused = new.bring(&file[..file.len() * part / 20]).await.expect_err("cut short");
        assert!(matches!(refused, ErrorCode::NotABackup | ErrorCode::BackupDamaged), "{part}/20: {refused:?}");
        let restored = new.app.call("restore_backup", with(PASSPHRASE)).await;
        assert_eq!(restored.expect_err("cut short").code, ErrorCode::NotABackup, "{part}/20");
        assert!(!exists(new.dir.path()));
    }
    new.bring(&file).await.expect("whole");
    let by_words = json!({ "with": "words", "opens": words, "lock": "pin", "secret": "602214" });
    new.ok("restore_backup", by_words).await;
    assert!(new.everything().await == old.everything().await, "everything came back");
}

#[tokio::test]
async fn a_changed_bit_is_named_or_changes_nothing() {
    let (old, new) = (Phone::new(), Phone::new());
    let words = old.write("passphrase", PASSPHRASE).await;
    let file = old.back_up(None).await;
    let opener = json!({ "with": "words", "opens": words });
    let (mut named, mut harmless) = (0, Vec::new());
    for step in 0..150 {
        let at = file.len() * step / 150 + step % 97;
        let mut changed = file.clone();
        changed[at] ^= 1 << (step % 8);
        let opened = match new.bring(&changed).await {
            Ok(_) => new.app.call("open_backup", opener.clone()).await.map_err(|error| error.code),
            Err(code) => Err(code),
        };
        match opened {
            Ok(_) => harmless.push(changed),
            Err(code) => {
                let known = [
                    ErrorCode::NotABackup,
                    ErrorCode::BackupDamaged,
                    ErrorCode::BackupNewer,
                    ErrorCode::WordsOther,
                    ErrorCode::WordsClosed,
                ];
                assert!(known.contains(&code), "bit at {at}: {code:?}");
                named += 1;
            }
        }
        assert!(!exists(new.dir.path()));
    }
    assert!(named > 60, "{named} of 150 were named");
    let expected = old.everything().await;
    for changed in harmless.iter().take(6) {
        let phone = Phone::new();
        phone.bring(changed).await.expect("it was opened before");
        let by_words = json!({ "with": "words", "opens": words, "lock": "passphrase", "secret": NEW });
        phone.ok("restore_backup", by_words).await;
        assert!(phone.everything().await == expected, "everything came back");
    }
}

#[tokio::test]
async fn a_newer_file_garbage_and_slices_out_of_order_are_told_apart() {
    let (old, new) = (Phone::new(), Phone::new());
    old.write("passphrase", PASSPHRASE).await;
    let file = old.back_up(None).await;
    let mut newer = file.clone();
    newer[60..64].copy_from_slice(&1000u32.to_be_bytes());
    assert_eq!(new.bring(&newer).await, Err(ErrorCode::BackupNewer));
    for garbage in [b"".to_vec(), b"PK\x03\x04 a zip file".to_vec(), vec![0; 300_000]] {
        assert_eq!(new.bring(&garbage).await, Err(ErrorCode::NotABackup));
    }
    // Another program's database.
    let mut other = file.clone();
    other[68..72].copy_from_slice(b"ABCD");
    assert_eq!(new.bring(&other).await, Err(ErrorCode::NotABackup));
    assert!(names(new.dir.path()).is_empty(), "nothing of all that is kept: {:?}", names(new.dir.path()));

    let slice = |offset: usize, bytes: &[u8]| json!({ "offset": offset, "data": STANDARD.encode(bytes) });
    assert_eq!(new.code("receive_backup", slice(5, &file[5..10])).await, ErrorCode::Internal);
    new.ok("receive_backup", slice(0, &file[..100])).await;
    assert_eq!(new.code("receive_backup", slice(200, &file[200..300])).await, ErrorCode::Internal);
    let long = slice(100, &vec![0; 600_000]);
    assert_eq!(new.code("receive_backup", long).await, ErrorCode::NotABackup);
    assert_eq!(new.code("receive_backup", json!({ "offset": 100, "data": "*" })).await, ErrorCode::Internal);
    assert_eq!(old.code("receive_backup", slice(0, &file[..100])).await, ErrorCode::DiaryExists);
    assert_eq!(old.code("restore_backup", with(PASSPHRASE)).await, ErrorCode::DiaryExists);
}

#[tokio::test]
async fn a_diary_with_a_pin_needs_a_passphrase_for_the_file_and_the_pin_does_not_open_it() {
    let (old, new) = (Phone::new(), Phone::new());
    old.write("pin", "602214").await;
    for weak in [None, Some("short")] {
        assert_eq!(old.code("back_up_diary", json!({ "passphrase": weak })).await, ErrorCode::WeakSecret);
    }
    assert!(names(old.outbox.path()).is_empty());
    let file = old.back_up(Some(PASSPHRASE)).await;
    new.bring(&file).await.expect("whole");
    let kinds = waymark_vault::Vault::examine(new.dir.path().join("diary.incoming")).expect("read").slots;
    assert_eq!(kinds, [waymark_vault::SlotKind::Passphrase, waymark_vault::SlotKind::Words]);
    assert_eq!(new.code("restore_backup", with("602214")).await, ErrorCode::WrongPassphrase);
    new.ok("restore_backup", with(PASSPHRASE)).await;
    assert!(new.everything().await == old.everything().await, "everything came back");
    old.ok("lock", json!({})).await;
    old.ok("unlock", json!({ "secret": "602214" })).await;
}

#[tokio::test]
async fn a_locked_diary_or_a_shell_without_a_folder_gives_no_file() {
    let phone = Phone::new();
    phone.write("passphrase", PASSPHRASE).await;
    phone.ok("lock", json!({})).await;
    assert_eq!(phone.code("back_up_diary", json!({ "passphrase": null })).await, ErrorCode::Locked);
    assert_eq!(phone.code("keeping", json!({})).await, ErrorCode::Locked);
    phone.ok("unlock", json!({ "secret": PASSPHRASE })).await;
    assert!(phone.ok("keeping", json!({})).await["outbox"].is_string());
    let dir = tempfile::tempdir().expect("a folder");
    let none = DiaryApp::new(dir.path().to_path_buf());
    let made = none.call("create_diary", json!({ "lock": "pin", "secret": "602214" })).await;
    made.expect("made");
    let refused = none.call("back_up_diary", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(refused.expect_err("no folder").code, ErrorCode::NoOutbox);
}

/// The variable that tells a child where the file that was brought in lies.
const CHILD: &str = "WAYMARK_RESTORE_CHILD";

#[tokio::test]
async fn a_restore_that_is_killed_leaves_a_whole_diary_or_none() {
    let old = Phone::new();
    old.write("passphrase", PASSPHRASE).await;
    let file = old.back_up(None).await;
    let (mut whole, mut none) = (0, 0);
    let kills = std::env::var("WAYMARK_TEST_KILLS").map_or(9, |kills| kills.parse::<u64>().expect("a number of kills"));
    for round in 0..=kills {
        let new = Phone::new();
        new.bring(&file).await.expect("whole");
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["child", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(CHILD, new.dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.contains("begins")), "the child ran");
        // The first is killed at once, the last never; each of the others may have ended by itself.
        if round < kills {
            std::thread::sleep(Duration::from_millis(round % 9 * 350));
            let _ = child.kill();
        }
        child.wait().expect("ended");
        if exists(new.dir.path()) {
            let diary = unlock(new.dir.path(), &LockSecret::passphrase(NEW)).expect("whole");
            assert_eq!(diary.entry_ids().len(), 30);
            whole += 1;
        } else {
            new.bring(&file).await.expect("brought in again");
            new.ok("restore_backup", with(PASSPHRASE)).await;
            none += 1;
        }
    }
    assert!(whole > 0 && none > 0, "{whole} whole, {none} none");
}

#[test]
#[ignore = "the test above runs it and kills it"]
fn child() {
    let dir = PathBuf::from(std::env::var_os(CHILD).expect("only its parent starts this test"));
    let mut out = std::io::stdout().lock();
    writeln!(out, "begins").expect("said");
    out.flush().expect("said");
    let opener = Opener::Passphrase(LockSecret::passphrase(PASSPHRASE));
    restore_backup(&dir, &opener, &LockSecret::passphrase(NEW)).expect("back");
}
