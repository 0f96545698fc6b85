use serde_json::json;

use super::*;
use crate::page::Reminding;

const ONE: &str = "correct horse battery staple";
const TWO: &str = "four plain words together";

fn diaries(dir: &std::path::Path) -> Diaries {
    Diaries::new(dir.to_path_buf(), |app| app)
}

async fn ok(diaries: &Diaries, name: &str, input: Value) -> Value {
    diaries.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

async fn create(diaries: &Diaries, secret: &str) {
    ok(diaries, "create_diary", json!({ "lock": "passphrase", "secret": secret })).await;
}

/// Two diaries, the second one in front; both locked.
async fn two() -> (tempfile::TempDir, Diaries) {
    let dir = tempfile::tempdir().expect("a folder");
    let diaries = diaries(dir.path());
    create(&diaries, ONE).await;
    ok(&diaries, "lock", json!({})).await;
    let view = ok(&diaries, "bring_to_front", json!({ "place": 2 })).await;
    assert_eq!(view, json!({ "places": [1], "front": 2, "free": 2, "most": MOST }));
    assert_eq!(ok(&diaries, "status", json!({})).await["state"], "none");
    create(&diaries, TWO).await;
    ok(&diaries, "lock", json!({})).await;
    (dir, diaries)
}

async fn write(diaries: &Diaries, text: &str) {
    let draft = json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-03", "answers": [], "text": text,
                        "weight": null, "tags": [], "voice": [], "caret": null, "saved_at": null });
    let draft = ok(diaries, "save_draft", json!({ "draft": draft })).await;
    ok(diaries, "finish_entry", json!({ "draft": draft, "readers": "only-me" })).await;
}

async fn found(diaries: &Diaries, query: &str) -> Value {
    let filter = json!({ "query": query, "tags": [], "mark": null, "from": null, "to": null });
    let asked = json!({ "filter": filter, "offset": 0, "limit": 10 });
    ok(diaries, "list_entries", asked).await["total"].clone()
}

#[tokio::test]
async fn one_persons_lock_opens_nothing_of_anothers_and_each_finds_their_own_words_alone() {
    let (_dir, diaries) = two().await;
    let refused = diaries.call("unlock", json!({ "secret": ONE })).await.expect_err("the other one's");
    assert_eq!(refused.code, ErrorCode::WrongPassphrase);
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    write(&diaries, "The heron").await;
    ok(&diaries, "lock", json!({})).await;

    ok(&diaries, "bring_to_front", json!({ "place": 1 })).await;
    assert!(diaries.call("unlock", json!({ "secret": TWO })).await.is_err());
    ok(&diaries, "unlock", json!({ "secret": ONE })).await;
    assert_eq!(found(&diaries, "heron").await, 0);
    ok(&diaries, "lock", json!({})).await;
    ok(&diaries, "bring_to_front", json!({ "place": 2 })).await;
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    assert_eq!(found(&diaries, "heron").await, 1);
}

fn kept(dir: &std::path::Path) -> String {
    std::fs::read_to_string(dir.join(FILE.name)).expect("it was kept")
}

#[tokio::test]
async fn whose_diary_was_opened_last_is_in_front_after_the_next_start() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = diaries(dir.path());
    create(&first, ONE).await;
    assert_eq!(kept(dir.path()), r#"{"front":1}"#);
    ok(&first, "lock", json!({})).await;
    ok(&first, "bring_to_front", json!({ "place": 2 })).await;
    assert_eq!(ok(&diaries(dir.path()), "diaries", json!({})).await["front"], 1, "a diary that was not begun");
    std::fs::remove_file(dir.path().join(FILE.name)).expect("there");
    create(&first, TWO).await;
    assert_eq!(kept(dir.path()), r#"{"front":2}"#);
    let view = ok(&diaries(dir.path()), "diaries", json!({})).await;
    assert_eq!(view, json!({ "places": [1, 2], "front": 2, "free": 3, "most": MOST }));
    for garbage in ["", "{", "{\"front\":0}", "{\"front\":3}", "{\"front\":-1}", "[]"] {
        std::fs::write(dir.path().join(FILE.name), garbage).expect("written");
        assert_eq!(ok(&diaries(dir.path()), "diaries", json!({})).await["front"], 1, "{garbage}");
    }
}

#[tokio::test]
async fn a_diary_whose_neighbour_is_gone_or_damaged_can_still_be_reached() {
    let (dir, first) = two().await;
    std::fs::remove_file(lock::vault_path(dir.path())).expect("there");
    let again = diaries(dir.path());
    let view = ok(&again, "diaries", json!({})).await;
    assert_eq!(view, json!({ "places": [2], "front": 2, "free": 1, "most": MOST }));
    ok(&again, "unlock", json!({ "secret": TWO })).await;
    drop((first, again));

    // One that cannot even be looked at, in front.
    std::fs::write(lock::vault_path(dir.path()), b"no vault").expect("written");
    std::fs::write(dir.path().join(FILE.name), r#"{"front":1}"#).expect("written");
    let damaged = diaries(dir.path());
    assert!(damaged.call("status", json!({})).await.is_err());
    ok(&damaged, "bring_to_front", json!({ "place": 2 })).await;
    assert_eq!(ok(&damaged, "status", json!({})).await["state"], "locked");
}

#[cfg(unix)]
#[tokio::test]
async fn the_folders_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let (dir, _) = two().await;
    for folder in [dir.path().join("people"), dir.path().join("people/2")] {
        let mode = std::fs::metadata(&folder).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}

#[tokio::test]
async fn what_is_opened_behind_another_diary_is_locked_at_once() {
    let (_dir, diaries) = two().await;
    let unlocking = tokio::spawn({
        let diaries = diaries.clone();
        async move { diaries.call("unlock", json!({ "secret": TWO })).await }
    });
    // The key takes its time.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let turned = diaries.call("bring_to_front", json!({ "place": 1 })).await;
    let _ = unlocking.await.expect("no panic");
    let behind = diaries.at(2).diary.is_open();
    assert!(turned.is_err() || !behind, "nobody sees it");
}

#[tokio::test]
async fn nothing_comes_to_the_front_of_an_open_diary_and_no_place_is_passed_over() {
    let (_dir, diaries) = two().await;
    for place in [0, 4, MOST + 1, u32::MAX] {
        assert!(diaries.call("bring_to_front", json!({ "place": place })).await.is_err(), "{place}");
    }
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    let refused = diaries.call("bring_to_front", json!({ "place": 1 })).await.expect_err("open");
    assert_eq!(refused.code, ErrorCode::NotNow);
    assert_eq!(ok(&diaries, "diaries", json!({})).await["front"], 2);
}

#[tokio::test]
async fn a_new_diary_begins_in_the_language_that_it_was_asked_for_in_and_each_keeps_its_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let diaries = diaries(dir.path());
    create(&diaries, ONE).await;
    ok(&diaries, "lock", json!({})).await;
    let look = |language: &str| json!({ "language": language, "text": "150", "theme": "dark" });
    ok(&diaries, "set_appearance", look("ar")).await;
    ok(&diaries, "bring_to_front", json!({ "place": 2 })).await;
    assert_eq!(ok(&diaries, "appearance", json!({ "phone": "en-GB" })).await, look("ar"));
    ok(&diaries, "set_appearance", look("es")).await;
    create(&diaries, TWO).await;
    ok(&diaries, "lock", json!({})).await;
    for (place, language) in [(1, "ar"), (2, "es"), (1, "ar")] {
        ok(&diaries, "bring_to_front", json!({ "place": place })).await;
        assert_eq!(ok(&diaries, "appearance", json!({ "phone": "en-GB" })).await, look(language));
    }
}

#[tokio::test]
async fn there_is_room_for_six_and_then_no_more() {
    let dir = tempfile::tempdir().expect("a folder");
    let diaries = diaries(dir.path());
    for place in 1..=MOST {
        ok(&diaries, "bring_to_front", json!({ "place": place })).await;
        // What makes a diary one; keys take their time.
        let folder = diaries.shelf.folder(place);
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(lock::vault_path(&folder), b"").expect("written");
    }
    assert!(diaries.call("bring_to_front", json!({ "place": MOST + 1 })).await.is_err());
    assert_eq!(ok(&diaries, "diaries", json!({})).await["free"], Value::Null);
}

#[tokio::test]
async fn what_was_under_way_for_one_diary_does_not_reach_the_one_that_comes_to_the_front() {
    let (_dir, diaries) = two().await;
    let behind = diaries.front();
    ok(&diaries, "bring_to_front", json!({ "place": 1 })).await;
    ok(&diaries, "unlock", json!({ "secret": ONE })).await;
    let late = behind.call("today", json!({})).await.expect_err("its own diary is locked");
    assert_eq!(late.code, ErrorCode::Locked);
}

#[derive(Clone, Default)]
struct Wall(Arc<AtomicU32>);

impl Reminding for Wall {
    fn show(&self, _: &str) -> bool {
        self.0.fetch_add(1, Ordering::SeqCst);
        true
    }
}

#[tokio::test]
async fn reminders_of_a_diary_behind_ring_too() {
    let (dir, _) = two().await;
    let wall = Wall::default();
    let shown = wall.clone();
    let diaries = Diaries::new(dir.path().to_path_buf(), move |app| app.with_reminding(wall.clone()));
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    ok(&diaries, "reminders", json!({ "text": "Time for your notes" })).await;
    let soon = chrono::Local::now() + chrono::Duration::minutes(1);
    let list = json!([{ "at": soon.format("%H:%M").to_string(), "days": [0, 1, 2, 3, 4, 5, 6] }]);
    ok(&diaries, "set_reminders", json!({ "on": true, "list": list })).await;
    ok(&diaries, "lock", json!({})).await;
    ok(&diaries, "bring_to_front", json!({ "place": 1 })).await;
    let due = soon.to_utc() + chrono::Duration::seconds(5);
    diaries.at(2).ring_at(due);
    assert_eq!(shown.0.load(Ordering::SeqCst), 1);

    // After the next start, too: whoever is looked after is all of them.
    let after = Diaries::new(dir.path().to_path_buf(), |app| app.with_reminding(Wall::default()));
    after.ring_if_due();
    assert_eq!(after.apps().keys().copied().collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn locking_locks_whichever_is_open_and_one_that_is_left_locks_by_itself() {
    let (_dir, diaries) = two().await;
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    diaries.lock_if_left(LockWhenLeft::Never);
    assert!(diaries.front().diary.is_open());
    diaries.lock_if_left(LockWhenLeft::AsChosen);
    assert!(diaries.front().diary.is_open(), "it has just been touched");
    diaries.lock_if_left(LockWhenLeft::After(Duration::ZERO));
    assert!(!diaries.front().diary.is_open());
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    diaries.lock_now();
    assert!(!diaries.front().diary.is_open());
}
