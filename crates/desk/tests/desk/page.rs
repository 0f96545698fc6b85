//! The page's commands, over a desk that really collects.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use waymark_desk::Desk;
use waymark_desk::account::Account;
use waymark_desk::collection::Collection;
use waymark_desk::page::{DeskApp, NAMES};
use waymark_protocol::RevisionId;
use waymark_protocol::record::wire::Item;

use crate::phone::{To, changed};
use crate::server::{TestServer, Trouble};
use crate::world::{PASSPHRASE, World};

/// A desk whose page is open, and the server that it collects from.
pub struct Shown {
    pub app: DeskApp,
    pub server: TestServer,
    pub folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Shown {
    /// The page takes the place of the desk that was open.
    pub fn of(world: World) -> Self {
        let World { server, desk, folder, _temporary } = world;
        drop(desk);
        Self { app: DeskApp::new(folder.clone()), server, folder, _temporary }
    }

    pub async fn unlocked(world: World) -> Self {
        let shown = Self::of(world);
        shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
        shown
    }

    pub async fn ask(&self, name: &str, input: Value) -> Value {
        self.app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    pub async fn refused(&self, name: &str, input: Value) -> Value {
        let refused = self.app.call(name, input).await;
        serde_json::to_value(refused.expect_err(name)).unwrap()["code"].clone()
    }

    pub async fn texts(&self, wanted: Value) -> Vec<String> {
        let mut all = json!({ "offset": 0, "limit": 100 });
        all.as_object_mut().unwrap().extend(wanted.as_object().unwrap().clone());
        let page = self.ask("entries", all).await;
        let entries = page["entries"].as_array().unwrap();
        assert_eq!(page["total"], entries.len());
        entries.iter().map(|entry| entry["text"].as_str().unwrap().to_owned()).collect()
    }
}

/// Two people: one has shared three entries, one of them twice, and kept one; the other has shared one.
async fn two_people() -> Shown {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let mut entry = phone.entry("The first one");
    entry.tags = vec!["supervision".to_owned()];
    phone.write_entry(&entry, To::Study);
    let mut again = entry.clone();
    again.revision = RevisionId([9; 16]);
    again.parents = vec![entry.revision];
    again.text = "The first one, changed".to_owned();
    // Its phone's clock went back meanwhile.
    again.written_at = entry.written_at - chrono::Duration::hours(5);
    phone.write_entry(&again, To::Study);
    let mut later = phone.entry("Ein Gespräch im Café");
    later.about = "2026-05-20".parse().unwrap();
    later.phase = Some("through".to_owned());
    later.weight = None;
    phone.write_entry(&later, To::Study);
    phone.write("Nobody else's", To::Writer);
    let withdrawn = phone.write("Taken back", To::Study);
    phone.withdraw(withdrawn);
    let mut other = world.join("P02").await;
    other.write("Of somebody else", To::Study);
    world.server.receive(&phone.items());
    world.server.receive(&other.items());
    // Two that no checkpoint covers: one as it was sent, and one that is none.
    other.write("Not signed for", To::Study);
    let waiting = other.log.last().unwrap().clone();
    world.server.receive(&[Item::Record(Box::new(waiting.clone()))]);
    world.server.with(|script| script.push_bytes(changed(&waiting, |header, _, _| header[0] ^= 0xff)));
    Shown::unlocked(world).await
}

#[tokio::test]
async fn everything_that_came_is_on_the_page_in_one_class() {
    let shown = two_people().await;
    let before = shown.ask("overview", json!({})).await;
    assert_eq!((&before["collected_at"], &before["totals"]["received"]), (&Value::Null, &json!(0)));
    let overview = shown.ask("collect", json!({})).await;
    assert!(overview["collected_at"].is_string());
    assert_eq!(overview, shown.ask("overview", json!({})).await);
    let totals = overview["totals"].as_object().unwrap();
    let mut records = 0;
    for class in ["opened", "private", "control", "erased", "waiting", "quarantined"] {
        let list = shown.ask("records", json!({ "class": class, "offset": 0, "limit": 100 })).await;
        assert_eq!(list["total"], totals[class], "{class}");
        assert_eq!(list["records"].as_array().unwrap().len() as u64, totals[class].as_u64().unwrap());
        assert!(!list.to_string().contains("Nobody else's") && !list.to_string().contains("first one"));
        records += totals[class].as_u64().unwrap();
    }
    assert_eq!(totals["received"], records);
    // The same as the account itself, which counts in its own way.
    shown.app.lock_now().await;
    let desk = Desk::open(&shown.folder, PASSPHRASE).unwrap();
    let collection = Collection::load(desk.vault.reader()).unwrap();
    let account = Account::of(&desk.identity, &desk.keys, &collection).totals();
    let quarantined = account.quarantined.len() as u64;
    let expected = json!({
        "received": account.received, "opened": account.opened, "private": account.private, "control": account.control,
        "erased": account.erased, "waiting": account.waiting, "quarantined": quarantined,
    });
    assert_eq!(overview["totals"], expected);
    assert_eq!((account.opened, account.private, account.erased, account.waiting, quarantined), (4, 1, 1, 1, 1));
    for phone in overview["phones"].as_array().unwrap() {
        assert_eq!(phone["words"].as_str().unwrap().split(' ').count(), 6, "as the phone shows them");
    }
    let states: Vec<&Value> = overview["phones"].as_array().unwrap().iter().map(|phone| &phone["state"]).collect();
    assert_eq!(states, ["complete", "complete"]);
}

#[tokio::test]
async fn an_entry_is_shown_as_it_is_now_and_as_it_was() {
    let shown = two_people().await;
    shown.ask("collect", json!({})).await;
    assert_eq!(
        shown.texts(json!({})).await,
        ["The first one, changed", "Ein Gespräch im Café", "Of somebody else"],
        "by participant and day"
    );
    let page = shown.ask("entries", json!({ "offset": 0, "limit": 1 })).await;
    assert_eq!((&page["total"], &page["participants"]), (&json!(3), &json!(2)));
    let first = &page["entries"][0];
    assert_eq!((&first["revisions"], &first["phase"]), (&json!(2), &json!("Into the role")));
    let which = json!({ "participant": first["participant"], "entry": first["entry"] });
    let versions = shown.ask("versions", which).await;
    let texts: Vec<&Value> = versions.as_array().unwrap().iter().map(|version| &version["text"]).collect();
    assert_eq!(texts, ["The first one, changed", "The first one"]);
    let unknown = json!({ "participant": "P02", "entry": first["entry"] });
    assert_eq!(shown.refused("versions", unknown).await, "entry-unknown");
}

#[tokio::test]
async fn entries_are_found_by_whatever_they_have() {
    let shown = two_people().await;
    shown.ask("collect", json!({})).await;
    let found: [(Value, &[&str]); 9] = [
        (json!({ "participant": "P02" }), &["Of somebody else"]),
        (json!({ "phase": "through" }), &["Ein Gespräch im Café"]),
        (json!({ "tag": "supervision" }), &["The first one, changed"]),
        (json!({ "weight": "okay", "participant": "P01" }), &["The first one, changed"]),
        (json!({ "from": "2026-05-05" }), &["Ein Gespräch im Café"]),
        (json!({ "until": "2026-05-04", "participant": "P01" }), &["The first one, changed"]),
        (json!({ "words": "CAFE gesprach" }), &["Ein Gespräch im Café"]),
        (json!({ "words": "answer somebody" }), &["Of somebody else"]),
        (json!({ "prompt_set": "another" }), &[]),
    ];
    for (wanted, texts) in found {
        assert_eq!(shown.texts(wanted.clone()).await, texts, "{wanted}");
    }
    let filters = shown.ask("filters", json!({})).await;
    assert_eq!(filters["participants"], json!(["P01", "P02"]));
    assert_eq!(filters["tags"], json!(["supervision"]));
    assert_eq!((&filters["first_day"], &filters["last_day"]), (&json!("2026-05-04"), &json!("2026-05-20")));
    assert_eq!(filters["phases"][0], json!({ "id": "into", "title": "Into the role" }));
}

#[tokio::test]
async fn a_voice_note_is_played_from_its_parts_once_they_are_here_and_not_by_a_locked_desk() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let (entry, parts) = phone.voice("Spoken", b"what was said");
    phone.write_entry(&entry, To::Study);
    world.server.receive(&phone.items());
    let (server, participant) = (world.server.clone(), phone.participant);
    let shown = Shown::unlocked(world).await;
    let voice =
        async || shown.ask("entries", json!({ "offset": 0, "limit": 1 })).await["entries"][0]["voice"][0].clone();
    shown.ask("collect", json!({})).await;
    assert_eq!((&voice().await["sound"], &voice().await["seconds"]), (&Value::Null, &json!(3)));
    server.receive_parts(participant, &parts);
    shown.ask("collect", json!({})).await;
    let sound = voice().await["sound"].as_str().unwrap().to_owned();
    let whole = shown.app.sound(&sound, None).await;
    assert_eq!((whole.status, whole.body.as_slice()), (200, &b"what was said"[..]));
    let part = shown.app.sound(&sound, Some("bytes=5-7")).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"was"[..]));
    assert_eq!(shown.app.sound("another", None).await.status, 404);
    shown.app.lock_now().await;
    let locked = shown.app.sound(&sound, None).await;
    assert_eq!((locked.status, locked.body.len()), (404, 0));
}

#[tokio::test]
async fn people_are_shown_with_numbers_and_without_a_word_of_theirs() {
    let shown = two_people().await;
    shown.ask("collect", json!({})).await;
    let view = shown.ask("people", json!({})).await;
    let people = view["people"].as_array().unwrap();
    let told: Vec<_> = people.iter().map(|person| (&person["participant"], &person["shared"])).collect();
    assert_eq!(told, [(&json!("P01"), &json!(2)), (&json!("P02"), &json!(1))]);
    assert_eq!((&people[0]["invitation"], &people[0]["joined"]), (&json!("used"), &json!("2026-03-02")));
    assert_eq!(people[0]["last_about"], "2026-05-20");
    assert!(!view.to_string().contains("first one") && !view.to_string().contains("supervision"));
}

#[tokio::test]
async fn what_people_agreed_to_is_shown_as_they_answered_last() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.agree("2026-05-02T10:00:00+01:00", &[("text", true), ("voice", false), ("of-another-version", true)]);
    phone.agree("2026-05-01T10:00:00+01:00", &[("text", true), ("voice", true)]);
    world.server.receive(&phone.items());
    world.invite("P02").await;
    let shown = Shown::unlocked(world).await;
    shown.ask("collect", json!({})).await;
    let view = shown.ask("people", json!({})).await;
    let agreed = &view["people"][0]["agreed"];
    assert_eq!((&agreed["yes"], &agreed["no"]), (&json!(["text", "of-another-version"]), &json!(["voice"])));
    assert_eq!((&agreed["document_version"], &agreed["at"]), (&json!(2), &json!("2026-05-02T10:00:00.000+01:00")));
    assert_eq!(view["people"][1]["agreed"], Value::Null);
    let items = view["consent"].as_array().unwrap();
    assert_eq!((&items[0]["id"], &items[0]["required"]), (&json!("text"), &json!(true)));
    assert!(items[0]["text"].as_str().unwrap().len() > 20, "in the study's words");
    let others: Vec<_> = items.iter().skip(items.len() - 2).map(|item| (&item["id"], &item["text"])).collect();
    let named = |id: &str| (json!(id), json!(id));
    let (one, two) = (named("of-another-version"), named("voice"));
    assert_eq!(others, [(&one.0, &one.1), (&two.0, &two.1)], "the study does not know these");
}

#[tokio::test]
async fn nobody_is_called_silent_who_has_left() {
    let mut world = World::new().await;
    let mut stays = world.join("P01").await;
    stays.write("Shared", To::Study);
    let mut leaves = world.join("P02").await;
    leaves.leave();
    world.server.receive(&stays.items());
    world.server.receive(&leaves.items());
    let shown = Shown::unlocked(world).await;
    shown.ask("collect", json!({})).await;
    let people = shown.ask("people", json!({})).await["people"].clone();
    assert!(people[0]["left"].is_null() && people[0]["silent_days"].as_u64() > Some(14), "a phone of another year");
    assert!(people[1]["left"].is_string() && people[1]["silent_days"].is_null());
    let hoped = |person: usize| people[person]["hoped_for"].as_array().unwrap().last().unwrap().as_u64();
    assert_eq!(hoped(1), Some(0));
}

#[tokio::test]
async fn somebody_is_invited_from_the_page_and_an_invitation_taken_back() {
    let shown = Shown::unlocked(World::new().await).await;
    let whom = json!({ "participant": " P01 " });
    let card = shown.ask("invite", whom.clone()).await;
    assert_eq!(card["participant"], "P01");
    let link = card["link"].as_str().unwrap();
    assert!(link.starts_with("waymark://join/") && card["picture"].as_str().unwrap().contains("<svg"));
    assert_eq!(shown.ask("invite", whom.clone()).await, card, "the same until it is used");
    let people = async || shown.ask("people", json!({})).await["people"].clone();
    assert_eq!((&people().await[0]["participant"], &people().await[0]["invitation"]), (&json!("P01"), &json!("open")));
    let people = shown.ask("revoke_invitation", json!({ "participant": "P01" })).await;
    assert_eq!(people["people"][0]["invitation"], "revoked");
    assert_ne!(shown.ask("invite", whom).await["link"], card["link"]);
    assert_eq!(shown.refused("invite", json!({ "participant": "" })).await, "label-unfit");
    assert_eq!(shown.refused("revoke_invitation", json!({ "participant": "P02" })).await, "participant-unknown");
}

#[tokio::test]
async fn a_locked_desk_says_nothing_and_nothing_but_its_passphrase_or_its_custodians_open_it() {
    let shown = Shown::of(World::new().await);
    let free = ["status", "unlock", "lock", "touch", "await_lock", "try_shares", "join_keys"];
    let file = json!({ "name": "", "bytes": "" });
    let inputs = json!({ "class": "opened", "offset": 0, "limit": 1, "participant": "P01", "entry": "00", "transcript": "00",
        "name": "", "bytes": "", "time_point": "T1", "day": "2026-01-01", "title": "", "file": file,
        "from": "example", "draft": {}, "server": "", "token": "", "passphrase": "", "text": "" });
    for name in NAMES.iter().filter(|name| !free.contains(name)) {
        assert_eq!(shown.refused(name, inputs.clone()).await, "locked", "{name}");
    }
    for wrong in ["", "another one", "Correct horse battery staple"] {
        assert_eq!(shown.refused("unlock", json!({ "passphrase": wrong })).await, "wrong-passphrase");
    }
    assert_eq!(shown.ask("status", json!({})).await["open"], false);
    let open = shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(open["open"], true);
    assert_eq!(shown.refused("unlock", json!({ "passphrase": "another one" })).await, "wrong-passphrase");
    assert_eq!(shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await["open"], true);
    let locked = shown.ask("lock", json!({})).await;
    assert_eq!((&locked["open"], &locked["study"]), (&json!(false), &Value::Null));
    assert_eq!(shown.refused("overview", json!({})).await, "locked");
}

#[tokio::test]
async fn another_program_at_the_desk_and_no_desk_at_all_are_named() {
    let world = World::new().await;
    let app = DeskApp::new(world.folder.clone());
    let unlock = json!({ "passphrase": PASSPHRASE });
    let code = |refused: Result<Value, waymark_desk::page::CommandError>| {
        serde_json::to_value(refused.unwrap_err()).unwrap()["code"].clone()
    };
    assert_eq!(code(app.call("unlock", unlock.clone()).await), "in-use");
    let nowhere = DeskApp::new(world.folder.join("nowhere"));
    assert_eq!(code(nowhere.call("unlock", unlock).await), "no-desk");
    assert_eq!(code(app.call("erase_everything", json!({})).await), "internal");
    assert_eq!(code(app.call("unlock", json!({ "passphrase": 1 })).await), "internal");
    assert_eq!(code(app.call("entries", json!({ "offset": -1 })).await), "locked", "whatever is asked");
}

#[tokio::test]
async fn when_the_server_is_away_what_was_collected_stays_readable() {
    let shown = two_people().await;
    let before = shown.ask("collect", json!({})).await;
    shown.server.with(|script| script.troubles.extend((0..50).map(|_| Trouble::Status(503, &[], Vec::new()))));
    assert_eq!(shown.refused("collect", json!({})).await, "server-trouble");
    assert_eq!(shown.ask("overview", json!({})).await, before);
    assert_eq!(shown.texts(json!({})).await.len(), 3);
    assert_eq!(shown.refused("entries", json!({ "offset": -1 })).await, "internal");
    assert_eq!(shown.ask("progress", json!({})).await["running"], false);
}

#[tokio::test]
async fn locking_ends_a_collection_and_gives_the_file_free() {
    let shown = two_people().await;
    let wait: &[(&str, &str)] = &[("retry-after", "20")];
    shown.server.with(|script| script.troubles.extend((0..50).map(|_| Trouble::Status(503, wait, Vec::new()))));
    let app = shown.app.clone();
    let collecting = tokio::spawn(async move { app.call("collect", json!({})).await });
    while shown.ask("progress", json!({})).await["running"] != true {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(shown.refused("collect", json!({})).await, "collecting");
    let waiting = tokio::spawn({
        let app = shown.app.clone();
        async move { app.call("await_lock", json!({})).await }
    });
    tokio::task::yield_now().await;
    shown.app.lock_now().await;
    waiting.await.unwrap().unwrap();
    let ended = serde_json::to_value(collecting.await.unwrap().unwrap_err()).unwrap();
    assert_eq!(ended["code"], "locked", "it did not come to its own end");
    drop(Desk::open(&shown.folder, PASSPHRASE).unwrap());
}

#[tokio::test]
async fn the_lock_falls_by_itself_when_nobody_is_there() {
    let mut shown = Shown::of(World::new().await);
    shown.app = shown.app.locking_after(Duration::from_millis(300));
    let watch = tokio::spawn(shown.app.clone().watch());
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    // What the page asks by itself keeps nobody there.
    let app = shown.app.clone();
    let asking = tokio::spawn(async move {
        loop {
            drop(app.call("progress", json!({})).await);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    shown.ask("await_lock", json!({})).await;
    assert_eq!(shown.ask("status", json!({})).await["open"], false);
    watch.abort();
    asking.abort();
}
