//! Marks and settings of a diary without a study: in the vault, and nowhere in clear.

use chrono::{DateTime, FixedOffset};
use waymark_diary::page::ErrorCode;
use waymark_diary::{Diary, Finished, LockSecret, Marks, Now, Readers, create, unlock};
use waymark_protocol::EntryId;

fn lock() -> LockSecret {
    LockSecret::passphrase("correct horse battery staple")
}

fn evening() -> Now {
    Now::scripted(DateTime::<FixedOffset>::parse_from_rfc3339("2026-03-02T19:30:00+00:00").expect("a time"))
}

fn write(diary: &mut Diary) -> EntryId {
    let finished = Finished {
        entry: None,
        draft: None,
        about: evening().date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: "a long day".into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, Readers::OnlyMe, evening()).expect("finished")
}

#[test]
fn neither_a_settings_name_nor_its_value_stands_in_clear_on_the_disk() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    for (key, value) in [("text-size", "large"), ("pause", "because canary-reason"), ("text-size", "larger")] {
        diary.set_setting(key, value, evening()).expect("set");
    }
    std::mem::forget(diary);
    let files = std::fs::read_dir(dir.path()).expect("read").flatten();
    for file in files.filter(|file| !file.file_name().to_string_lossy().ends_with(".lock")) {
        let bytes = std::fs::read(file.path()).expect("read");
        for clear in ["text-size", "canary-reason"] {
            assert!(!bytes.windows(clear.len()).any(|window| window == clear.as_bytes()), "{clear} in clear");
        }
    }
}

#[test]
fn settings_are_kept_through_the_lock() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    diary.set_setting("text-size", "large", evening()).expect("set");
    diary.set_setting("text-size", "larger", evening()).expect("set");
    diary.set_setting("empty", "", evening()).expect("set");
    diary.lock().expect("locked");
    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!((diary.setting("text-size"), diary.setting("empty")), (Some("larger"), Some("")));
    assert_eq!(diary.setting("unheard-of"), None);
}

#[test]
fn a_setting_beyond_its_bounds_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    diary.set_setting("key", &"v".repeat(16 * 1024), evening()).expect("as long as it may be");
    for (key, value) in [("key", "v".repeat(16 * 1024 + 1)), ("", "v".into()), (&"k".repeat(65), "v".into())] {
        assert_eq!(diary.set_setting(key, &value, evening()).expect_err("refused").code(), ErrorCode::Internal);
    }
    assert_eq!(diary.setting("key").map(str::len), Some(16 * 1024));
}

#[test]
fn marks_are_kept_through_the_lock_and_only_entries_have_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut diary = create(dir.path(), &lock()).expect("made");
    let (one, other) = (write(&mut diary), write(&mut diary));
    let both = Marks { interview: true, supervision: true };
    diary.mark(&one, both, evening()).expect("marked");
    diary.mark(&other, both, evening()).expect("marked");
    diary.mark(&other, Marks { interview: false, ..both }, evening()).expect("changed");
    let nobody = EntryId([9; 16]);
    assert_eq!(diary.mark(&nobody, both, evening()).expect_err("refused").code(), ErrorCode::EntryUnknown);
    diary.lock().expect("locked");
    let diary = unlock(dir.path(), &lock()).expect("opens");
    assert_eq!(diary.marks(&one), both);
    assert_eq!(diary.marks(&other), Marks { interview: false, supervision: true });
    assert_eq!(diary.marks(&nobody), Marks::default());
}
