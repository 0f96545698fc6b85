//! Setting up a study by the page's commands, from an empty folder on, and changing it.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use waymark_desk::Desk;
use waymark_desk::page::DeskApp;
use waymark_desk::study::read_study_file;

use crate::phone::To;
use crate::server::{TestServer, Trouble};
use crate::world::{PASSPHRASE, World};

const TOKEN: &str = "0909090909090909090909090909090909090909090909090909090909090909";

struct Setup {
    app: DeskApp,
    folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Setup {
    /// In a folder that is not there yet.
    fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("desk");
        Self { app: DeskApp::new(folder.clone()), folder, _temporary: temporary }
    }

    async fn ask(&self, name: &str, input: Value) -> Value {
        self.app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    async fn refused(&self, name: &str, input: Value) -> Value {
        let refused = self.app.call(name, input).await;
        serde_json::to_value(refused.expect_err(name)).unwrap()["code"].clone()
    }

    async fn save(&self, change: impl FnOnce(&mut Value)) -> Value {
        let mut draft = self.ask("study_form", json!({})).await["draft"].take();
        change(&mut draft);
        self.ask("save_study", json!({ "draft": draft })).await
    }

    fn file(&self) -> String {
        fs::read_to_string(self.folder.join("study.toml")).unwrap()
    }
}

fn create(server: &str) -> Value {
    json!({ "server": server, "token": TOKEN, "passphrase": PASSPHRASE })
}

#[tokio::test]
async fn where_there_is_no_desk_the_page_is_told_so_and_nothing_is_made_by_looking() {
    let setup = Setup::new();
    let status = setup.ask("status", json!({})).await;
    assert_eq!((&status["desk"], &status["open"]), (&json!(false), &json!(false)));
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!((&form["draft"], &form["published"]), (&Value::Null, &Value::Null));
    assert!(!setup.folder.exists());
}

#[tokio::test]
async fn an_empty_study_is_written_in_the_form_until_nothing_is_in_its_way() {
    let setup = Setup::new();
    let form = setup.ask("begin_study", json!({ "from": "empty" })).await;
    let places = |form: &Value| -> Vec<String> {
        form["problems"].as_array().unwrap().iter().map(|each| each["at"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(places(&form), ["title.en", "phase[0].title.en", "prompt[0].text.en", "consent[0].text.en"]);
    let form = setup
        .save(|draft| {
            draft["title"]["en"] = json!("A study of ours");
            draft["phase"][0]["title"]["en"] = json!("All of it");
            draft["prompt"][0]["text"]["en"] = json!("What stays with you?\nFrom \"today\".");
            draft["about"]["en"] = json!("   ");
        })
        .await;
    assert_eq!(places(&form), ["consent[0].text.en"]);
    assert_eq!(form["draft"]["about"], json!({}), "what is blank and may be left out is left out");
    assert_eq!(form["text"], setup.file());
    assert_eq!(setup.refused("create_study", create("127.0.0.1:1")).await, "draft-unfit");
    let form = setup.save(|draft| draft["consent"][0]["text"]["en"] = json!("They may read it.")).await;
    assert_eq!(form["problems"], json!([]));
    // The same file is what the commands take.
    let file = read_study_file(&setup.folder.join("study.toml")).unwrap();
    assert_eq!(file.plan.title.get("en"), "A study of ours");
}

#[tokio::test]
async fn a_file_that_somebody_wrote_is_taken_and_one_with_mistakes_changes_nothing() {
    let setup = Setup::new();
    let example = fs::read_to_string(crate::world::example()).unwrap();
    let taken = setup.ask("take_study", json!({ "text": format!("\u{feff}{example}") })).await;
    assert_eq!(taken["form"]["problems"], json!([]));
    assert_eq!(taken["form"]["draft"]["prompt"].as_array().unwrap().len(), 17);
    assert!(setup.file().contains("# Count up by one"), "its notes are kept");
    let before = setup.file();
    for (right, wrong, message) in [
        ("\ntitle.en", "\ntitel.en", "titel"),
        ("\nversion = 1", "\nversion = \"one\"", "version"),
        ("\n[[phase]]", "\n[[phase]", "TOML"),
    ] {
        let wrong = example.replacen(right, wrong, 1);
        let line = 1 + wrong.lines().zip(example.lines()).position(|(wrong, right)| wrong != right).unwrap();
        let refused = setup.ask("take_study", json!({ "text": wrong })).await;
        assert_eq!(refused["form"], Value::Null);
        let problem = refused["problems"].as_array().unwrap().iter().find(|each| each["line"] == line);
        let problem = problem.unwrap_or_else(|| panic!("{line}: {refused}"));
        assert!(problem["message"].as_str().unwrap().contains(message), "{problem}");
        assert!(!problem["remedy"].as_str().unwrap().is_empty());
        assert_eq!(setup.file(), before);
    }
    // What is far too long is refused, before it could not be read any more.
    let refused = setup.ask("take_study", json!({ "text": example.clone() + &"#\n".repeat(150_000) })).await;
    assert_eq!((&refused["form"], &refused["problems"][0]["line"]), (&Value::Null, &json!(1)));
    let mut draft = taken["form"]["draft"].clone();
    draft["about"]["en"] = json!("x".repeat(1_100_000));
    assert_eq!(setup.refused("save_study", json!({ "draft": draft })).await, "draft-too-long");
    assert_eq!(setup.file(), before);
    // Another one takes its place, and it is kept.
    let form = setup.ask("begin_study", json!({ "from": "empty" })).await;
    let kept = setup.folder.join(form["kept"].as_str().unwrap());
    assert_eq!(fs::read_to_string(kept).unwrap(), before);
}

#[tokio::test]
async fn a_draft_whose_file_cannot_be_read_is_told_with_what_to_do_and_kept() {
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "empty" })).await;
    let path = setup.folder.join("study.toml");
    fs::write(&path, b"title.en = \"Caf\xe9\"\n").unwrap();
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!(form["draft"], Value::Null);
    assert!(form["problems"][0]["remedy"].as_str().unwrap().contains("UTF-8"));
    let form = setup.ask("begin_study", json!({ "from": "example" })).await;
    assert_eq!(fs::read(setup.folder.join(form["kept"].as_str().unwrap())).unwrap(), b"title.en = \"Caf\xe9\"\n");
}

#[tokio::test]
async fn what_was_written_into_the_file_while_the_form_was_open_is_kept() {
    let setup = Setup::new();
    let form = setup.ask("begin_study", json!({ "from": "example" })).await;
    let path = setup.folder.join("study.toml");
    let by_hand = setup.file().replace("Transitions\"", "By hand\"");
    fs::write(&path, &by_hand).unwrap();
    let saved = setup.ask("save_study", json!({ "draft": form["draft"] })).await;
    assert_eq!(saved["draft"]["title"]["en"], "Transitions");
    assert_eq!(fs::read_to_string(setup.folder.join(saved["kept"].as_str().unwrap())).unwrap(), by_hand);
    assert_eq!(setup.ask("save_study", json!({ "draft": form["draft"] })).await["kept"], Value::Null);
}

#[tokio::test]
async fn whatever_stands_in_the_way_of_creating_leaves_the_draft_and_no_desk() {
    let server = TestServer::start().await;
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "example" })).await;
    let before = setup.file();
    let good = create(server.url.as_str());
    let with = |key: &str, value: &str| {
        let mut input = good.clone();
        input[key] = json!(value);
        input
    };
    assert_eq!(setup.refused("create_study", with("server", "not an address")).await, "server-address");
    assert_eq!(setup.refused("create_study", with("token", "a token")).await, "token-unfit");
    assert_eq!(setup.refused("create_study", with("passphrase", "")).await, "passphrase-empty");
    assert_eq!(setup.refused("create_study", with("server", "http://127.0.0.1:9")).await, "server-unreachable");
    let refusal = br#"{"code":"forbidden","message":"no"}"#.to_vec();
    server.with(|script| {
        script.troubles.push_back(Trouble::Status(403, &[("content-type", "application/json")], refusal));
    });
    assert_eq!(setup.refused("create_study", good.clone()).await, "admin-token-refused");
    assert!(!Desk::is_in(&setup.folder));
    assert_eq!(setup.file(), before);
    assert_eq!(fs::read_dir(&setup.folder).unwrap().count(), 1, "nothing else is left behind");
    // And then it works.
    let status = setup.ask("create_study", good.clone()).await;
    assert_eq!((&status["desk"], &status["open"]), (&json!(true), &json!(true)));
    assert_eq!(status["study"]["title"], "Transitions");
    assert_eq!(setup.refused("create_study", good).await, "desk-exists");
    assert_eq!(setup.file(), before);
    let registered = server.with(|script| script.registered.take().unwrap());
    setup.app.lock_now().await;
    let desk = Desk::open(&setup.folder, PASSPHRASE).unwrap();
    assert_eq!(registered.document, desk.identity.signed);
}

/// A study that was created on the page, and its server.
async fn created() -> (Setup, TestServer) {
    let server = TestServer::start().await;
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "example" })).await;
    setup.ask("create_study", create(server.url.as_str())).await;
    (setup, server)
}

#[tokio::test]
async fn a_change_is_told_counted_and_published_as_the_next_version() {
    let (setup, server) = created().await;
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!((&form["published"], &form["changes"]), (&json!(1), &json!([])));
    let form = setup
        .save(|draft| {
            draft["title"]["en"] = json!("Transitions, further");
            draft["code"][0]["description"] = json!("Another description.");
        })
        .await;
    let parts: Vec<&Value> = form["changes"].as_array().unwrap().iter().map(|change| &change["part"]).collect();
    assert_eq!(parts, ["title", "codes"]);
    assert_eq!(form["draft"]["version"], 2);
    let form = setup.ask("publish_study", json!({})).await;
    assert_eq!((&form["published"], &form["changes"], &form["draft"]["version"]), (&json!(2), &json!([]), &json!(2)));
    let status = setup.ask("status", json!({})).await;
    assert_eq!((&status["study"]["version"], &status["study"]["title"]), (&json!(2), &json!("Transitions, further")));
    assert_eq!(server.with(|script| script.documents.len()), 1);
    // What is changed back has no other number.
    let form = setup.save(|draft| draft["title"]["en"] = json!("Another")).await;
    assert_eq!(form["draft"]["version"], 3);
    let form = setup.save(|draft| draft["title"]["en"] = json!("Transitions, further")).await;
    assert_eq!(form["draft"]["version"], 2);
    // Not while the desk is locked.
    setup.app.lock_now().await;
    assert_eq!(setup.refused("study_form", json!({})).await, "locked");
    assert_eq!(setup.refused("create_study", create(server.url.as_str())).await, "locked");
}

#[tokio::test]
async fn what_the_page_has_not_shown_is_neither_created_nor_published() {
    let server = TestServer::start().await;
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "example" })).await;
    let path = setup.folder.join("study.toml");
    let by_hand = setup.file().replace("Transitions\"", "By hand\"");
    fs::write(&path, &by_hand).unwrap();
    assert_eq!(setup.refused("create_study", create(server.url.as_str())).await, "study-changed");
    assert_eq!(setup.file(), by_hand);
    setup.ask("study_form", json!({})).await;
    let status = setup.ask("create_study", create(server.url.as_str())).await;
    assert_eq!(status["study"]["title"], "By hand");
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    fs::write(&path, setup.file().replace("999", "998")).unwrap();
    assert_eq!(setup.refused("publish_study", json!({})).await, "study-changed");
    assert_eq!(server.with(|script| script.documents.len()), 0);
    let form = setup.ask("study_form", json!({})).await;
    let parts: Vec<&Value> = form["changes"].as_array().unwrap().iter().map(|change| &change["part"]).collect();
    assert_eq!(parts, ["title", "support"]);
    assert_eq!(setup.ask("publish_study", json!({})).await["published"], 2);
}

#[tokio::test]
async fn a_desk_from_elsewhere_begins_with_what_is_published() {
    let world = World::new().await;
    let World { server: _server, desk, folder, _temporary } = world;
    drop(desk);
    let setup = Setup { app: DeskApp::new(folder.clone()), folder, _temporary };
    setup.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!((&form["changes"], &form["problems"]), (&json!([]), &json!([])));
    assert_eq!((&form["without_interviews"], &form["stale"]), (&json!(false), &json!(false)));
    assert_eq!(form["draft"]["time_point"][1], json!({ "id": "T2", "at": "13w..18w" }));
    assert_eq!(form["draft"]["code"].as_array().unwrap().len(), 12);
    assert!(!setup.folder.join("study.toml").exists());
    // A file of an earlier version than what is published says so.
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    let first = setup.file().replace("version = 2", "version = 1").replace("\"Second\"", "\"First\"");
    setup.ask("publish_study", json!({})).await;
    fs::write(setup.folder.join("study.toml"), first).unwrap();
    assert_eq!(setup.ask("study_form", json!({})).await["stale"], true);
    let form = setup.ask("begin_study", json!({ "from": "published" })).await;
    assert_eq!((&form["draft"]["title"]["en"], &form["changes"]), (&json!("Second"), &json!([])));
}

#[tokio::test]
async fn new_keys_are_no_change_of_the_study_and_what_is_written_next_counts_on_from_them() {
    let World { server: _server, mut desk, folder, _temporary } = World::new().await;
    fs::copy(crate::world::example(), folder.join("study.toml")).unwrap();
    waymark_desk::rotate::rotate(&mut desk).await.unwrap();
    drop(desk);
    let setup = Setup { app: DeskApp::new(folder.clone()), folder, _temporary };
    setup.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!((&form["published"], &form["changes"], &form["stale"]), (&json!(2), &json!([]), &json!(false)));
    let form = setup.save(|draft| draft["title"]["en"] = json!("Another title")).await;
    assert_eq!((&form["draft"]["version"], &form["stale"]), (&json!(3), &json!(false)));
    assert_eq!(setup.ask("publish_study", json!({})).await["published"], 3);
}

#[tokio::test]
async fn a_draft_that_is_older_than_what_is_published_stays_so_until_somebody_chooses() {
    let (setup, _server) = created().await;
    let first = setup.file();
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    setup.ask("publish_study", json!({})).await;
    // Taken from elsewhere, with the number that it says.
    let taken = setup.ask("take_study", json!({ "text": first })).await;
    assert_eq!((&taken["form"]["stale"], &taken["form"]["draft"]["version"]), (&json!(true), &json!(1)));
    let form = setup.save(|draft| draft["about"]["en"] = json!("A letter")).await;
    assert_eq!((&form["stale"], &form["draft"]["version"]), (&json!(true), &json!(1)));
    assert_eq!(setup.refused("publish_study", json!({})).await, "study-changed");
    let form = setup.save(|draft| draft["version"] = json!(2)).await;
    assert_eq!((&form["stale"], &form["draft"]["version"]), (&json!(false), &json!(3)));
    // Whoever begins with something has chosen it.
    for from in ["example", "empty"] {
        let form = setup.ask("begin_study", json!({ "from": from })).await;
        assert_eq!((&form["stale"], &form["draft"]["version"]), (&json!(false), &json!(3)), "{from}");
    }
}

/// The time points that the desk offers.
async fn offered(setup: &Setup) -> Value {
    setup.ask("filters", json!({})).await["time_points"].take()
}

#[tokio::test]
async fn interviews_hold_at_the_desk_once_they_are_saved_and_publishing_loses_none() {
    let (setup, server) = created().await;
    let form = setup.save(|draft| draft["time_point"][0]["id"] = json!("Begin")).await;
    assert_eq!((&form["changes"], &form["draft"]["version"]), (&json!([]), &json!(1)));
    assert_eq!(offered(&setup).await, json!(["Begin", "T2", "T3", "T4"]));
    assert_eq!(server.with(|script| script.documents.len()), 0, "phones are not told");
    // An unfinished draft takes nothing.
    setup
        .save(|draft| {
            draft["time_point"][0]["id"] = json!("Later");
            draft["title"]["en"] = json!("");
        })
        .await;
    assert_eq!(offered(&setup).await, json!(["Begin", "T2", "T3", "T4"]));
    // What is made of what is published has them.
    let form = setup.ask("begin_study", json!({ "from": "published" })).await;
    assert_eq!(form["draft"]["time_point"][0]["id"], "Begin");
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    setup.ask("publish_study", json!({})).await;
    assert_eq!(offered(&setup).await, json!(["Begin", "T2", "T3", "T4"]));
}

#[tokio::test]
async fn a_desk_that_knows_interviews_by_their_names_alone_says_so_and_keeps_them() {
    let (setup, _server) = created().await;
    setup.save(|draft| draft["time_point"][0]["id"] = json!("Begin")).await;
    setup.app.lock_now().await;
    let mut desk = Desk::open(&setup.folder, PASSPHRASE).unwrap();
    // As an older Waymark has left it.
    desk.vault.write(|tx| tx.delete(waymark_vault::Table::new("desk"), b"time-points-at")).unwrap();
    drop(desk);
    fs::remove_file(setup.folder.join("study.toml")).unwrap();
    setup.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(setup.ask("study_form", json!({})).await["without_interviews"], true);
    let form = setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    assert_eq!((&form["without_interviews"], &form["draft"]["time_point"]), (&json!(true), &json!([])));
    setup.ask("publish_study", json!({})).await;
    assert_eq!(offered(&setup).await, json!(["Begin", "T2", "T3", "T4"]));
    setup.save(|draft| draft["time_point"] = json!([{ "id": "Only", "at": "0w..2w" }])).await;
    assert_eq!(offered(&setup).await, json!(["Only"]));
    assert_eq!(setup.ask("study_form", json!({})).await["without_interviews"], false);
}

#[tokio::test]
async fn saving_by_itself_keeps_no_desk_open() {
    let (setup, _server) = created().await;
    let mut draft = setup.ask("study_form", json!({})).await["draft"].take();
    draft["about"]["en"] = json!("x".repeat(1_100_000));
    let app = setup.app.clone().locking_after(std::time::Duration::from_millis(300));
    let watch = tokio::spawn(app.clone().watch());
    let asking = async {
        loop {
            let refused = app.call("save_study", json!({ "draft": draft })).await.expect_err("it is too long");
            if serde_json::to_value(refused).unwrap()["code"] == "locked" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), asking).await.expect("it locks");
    watch.abort();
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_begins_no_second_creation_beside_the_first() {
    let server = TestServer::start().await;
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "example" })).await;
    let (app, input) = (setup.app.clone(), create(server.url.as_str()));
    let first = tokio::spawn(async move { app.call("create_study", input).await });
    while !setup.folder.join("desk.unfinished").exists() && !Desk::is_in(&setup.folder) {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    first.abort();
    let mut second = create(server.url.as_str());
    second["passphrase"] = json!("another one altogether");
    assert_eq!(setup.refused("create_study", second).await, "locked", "the first one went on");
    assert_eq!(setup.ask("unlock", json!({ "passphrase": PASSPHRASE })).await["open"], true);
    assert!(!setup.folder.join("desk.making").exists());
}

#[tokio::test]
async fn a_file_whose_notes_have_no_place_any_more_is_kept_once() {
    let setup = Setup::new();
    setup.ask("begin_study", json!({ "from": "empty" })).await;
    let by_hand = "# Ours\ntitle = \"x\" # in English\nversion = 1\nlanguages = [\"en\"]\n\n[[prompt]]\nid = \"q\"\nset = \"s\"\n\
                   kind = \"choice\"\ntext = \"Q\"\noption = [\n  # The first\n  { id = \"a\", text = \"A\" },\n]\n";
    fs::write(setup.folder.join("study.toml"), by_hand).unwrap();
    let form = setup.save(|draft| draft["title"]["en"] = json!("y")).await;
    assert_eq!(fs::read_to_string(setup.folder.join(form["kept"].as_str().unwrap())).unwrap(), by_hand);
    assert!(setup.file().contains("# Ours\ntitle.en = \"y\" # in English\n"), "{}", setup.file());
    assert_eq!(setup.save(|draft| draft["title"]["en"] = json!("z")).await["kept"], Value::Null);
}

#[tokio::test]
async fn a_folder_that_can_be_nowhere_is_told() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("gone").join("desk");
    let setup = Setup { app: DeskApp::new(folder.clone()), folder, _temporary: temporary };
    assert_eq!(setup.refused("begin_study", json!({ "from": "empty" })).await, "folder-missing");
}

#[tokio::test]
async fn a_study_that_is_too_long_for_its_server_is_told() {
    let (setup, server) = created().await;
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    let refusal = br#"{"code":"too-large","message":"no"}"#.to_vec();
    server.with(|script| {
        script.document_troubles.push_back(Trouble::Status(413, &[("content-type", "application/json")], refusal));
    });
    assert_eq!(setup.refused("publish_study", json!({})).await, "draft-too-long");
}

#[tokio::test]
async fn a_version_whose_answer_was_lost_is_shown_and_can_be_sent_again_alone() {
    let (setup, server) = created().await;
    assert_eq!(setup.ask("study_form", json!({})).await["unsent"], Value::Null);
    setup
        .save(|draft| {
            draft["title"]["en"] = json!("Second");
            draft["code"][0]["description"] = json!("Another description.");
        })
        .await;
    server.with(|script| script.document_troubles.extend((0..50).map(|_| Trouble::Status(503, &[], Vec::new()))));
    assert_eq!(setup.refused("publish_study", json!({})).await, "server-trouble");
    let form = setup.ask("study_form", json!({})).await;
    assert_eq!((&form["published"], &form["unsent"]), (&json!(1), &json!(2)));
    assert_eq!(setup.refused("send_study_again", json!({})).await, "server-trouble");
    server.with(|script| script.document_troubles.clear());
    let form = setup.ask("send_study_again", json!({})).await;
    assert_eq!((&form["published"], &form["unsent"], &form["changes"]), (&json!(2), &Value::Null, &json!([])));
    // What was changed since is not sent with it.
    setup.save(|draft| draft["title"]["en"] = json!("Third")).await;
    server.with(|script| script.document_troubles.extend((0..50).map(|_| Trouble::Status(503, &[], Vec::new()))));
    assert_eq!(setup.refused("publish_study", json!({})).await, "server-trouble");
    setup.save(|draft| draft["title"]["en"] = json!("Fourth")).await;
    server.with(|script| script.document_troubles.clear());
    let form = setup.ask("send_study_again", json!({})).await;
    assert_eq!((&form["published"], &form["changes"][0]["part"]), (&json!(3), &json!("title")));
    assert_eq!((&form["draft"]["title"]["en"], &form["draft"]["version"]), (&json!("Fourth"), &json!(4)));
}

#[tokio::test]
async fn a_version_whose_answer_was_lost_goes_first_and_a_further_change_after_it() {
    let (setup, server) = created().await;
    setup.save(|draft| draft["title"]["en"] = json!("Second")).await;
    server.with(|script| script.document_troubles.extend((0..50).map(|_| Trouble::Status(503, &[], Vec::new()))));
    assert_eq!(setup.refused("publish_study", json!({})).await, "server-trouble");
    assert_eq!(setup.ask("study_form", json!({})).await["published"], 1);
    setup.save(|draft| draft["title"]["en"] = json!("Third")).await;
    server.with(|script| script.document_troubles.clear());
    let form = setup.ask("publish_study", json!({})).await;
    assert_eq!((&form["published"], &form["draft"]["version"]), (&json!(3), &json!(3)));
    assert_eq!(form["draft"]["title"]["en"], "Third");
    assert_eq!(server.with(|script| script.documents.len()), 2);
}

#[tokio::test]
async fn of_each_phone_the_newest_version_is_known_that_it_has_named() {
    let mut world = World::new().await;
    let (mut one, two) = (world.join("P01").await, world.join("P02").await);
    let mut entry = one.entry("Of the second version");
    entry.document_version = 2;
    one.write_entry(&entry, To::Study);
    one.write("Of the first one, written later", To::Study);
    let mut third = world.join("P03").await;
    let mut entry = third.entry("Private");
    entry.document_version = 3;
    third.write_entry(&entry, To::Writer);
    for phone in [&one, &two, &third] {
        world.server.receive(&phone.items());
    }
    let World { server: _server, desk, folder, _temporary } = world;
    drop(desk);
    let setup = Setup { app: DeskApp::new(folder.clone()), folder, _temporary };
    setup.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    setup.ask("collect", json!({})).await;
    let phones = setup.ask("phone_versions", json!({})).await;
    let known: Vec<(&Value, &Value)> =
        phones.as_array().unwrap().iter().map(|phone| (&phone["participant"], &phone["version"])).collect();
    let expected = [("P01", 2), ("P02", 1), ("P03", 1)].map(|(whose, version)| (json!(whose), json!(version)));
    assert_eq!(known, expected.iter().map(|(whose, version)| (whose, version)).collect::<Vec<_>>());
}
