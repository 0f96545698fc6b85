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
    assert_eq!(view, json!({ "count": 1, "front": 2, "most": MOST }));
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

#[tokio::test]
async fn whose_diary_was_in_front_is_so_after_the_next_start() {
    let (dir, _) = two().await;
    let view = ok(&diaries(dir.path()), "diaries", json!({})).await;
    assert_eq!(view, json!({ "count": 2, "front": 2, "most": MOST }));
    for garbage in ["", "{", "{\"front\":0}", "{\"front\":3}", "{\"front\":-1}", "[]"] {
        std::fs::write(dir.path().join(FILE.name), garbage).expect("written");
        assert_eq!(ok(&diaries(dir.path()), "diaries", json!({})).await["front"], 1, "{garbage}");
    }
}

#[tokio::test]
async fn nothing_comes_to_the_front_of_an_open_diary_and_no_place_is_passed_over() {
    let (_dir, diaries) = two().await;
    for place in [0, 4, 99, u32::MAX] {
        assert!(diaries.call("bring_to_front", json!({ "place": place })).await.is_err(), "{place}");
    }
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    let refused = diaries.call("bring_to_front", json!({ "place": 1 })).await.expect_err("open");
    assert_eq!(refused.code, ErrorCode::NotNow);
    assert_eq!(ok(&diaries, "diaries", json!({})).await["front"], 2);
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
    assert_eq!(ok(&diaries, "diaries", json!({})).await["count"], MOST);
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
    diaries.at(2).ring_at(soon.to_utc() + chrono::Duration::seconds(5));
    assert_eq!(shown.0.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn locking_locks_whichever_is_open_and_one_that_is_left_locks_by_itself() {
    let (_dir, diaries) = two().await;
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    diaries.look(LockWhenLeft::Never);
    assert!(diaries.front().diary.is_open());
    diaries.look(LockWhenLeft::AsChosen);
    assert!(diaries.front().diary.is_open(), "it has just been touched");
    diaries.look(LockWhenLeft::After(Duration::ZERO));
    assert!(!diaries.front().diary.is_open());
    ok(&diaries, "unlock", json!({ "secret": TWO })).await;
    diaries.lock_now();
    assert!(!diaries.front().diary.is_open());
}
