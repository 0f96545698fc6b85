//! The next version of the study's document.

use std::path::PathBuf;

use waymark_protocol::hex;

use crate::canary;
use crate::database::Database;
use crate::pilot::Pilot;
use crate::process::{Ended, study_file};
use crate::proxy::Fault;
use crate::verdicts::one_diary;
use crate::world::World;

/// The example study with another version and title.
fn study(world: &World, version: u32, title: &str) -> PathBuf {
    let text = std::fs::read_to_string(study_file()).expect("the study file can be read");
    let changes =
        [("\nversion = 1\n", format!("\nversion = {version}\n")), ("\"Transitions\"", format!("\"{title}\""))];
    let text = changes.iter().fold(text, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let path = world.path(&format!("{title} {version}.toml"));
    std::fs::write(&path, text).expect("a temporary file can be written");
    path
}

fn publish(world: &World, version: u32, title: &str) -> Ended {
    let path = study(world, version, title);
    world.desk.run(&["publish", "--study", path.to_str().expect("a plain name"), "--json"])
}

#[test]
fn phones_follow_a_new_version_and_who_joins_begins_with_it() {
    let (world, ana) = one_diary();
    let first = publish(&world, 2, "Second").json();
    assert_eq!((&first["version"], &first["again"]), (&2.into(), &false.into()));
    let again = publish(&world, 2, "Second").json();
    assert_eq!((&again["version"], &again["again"]), (&2.into(), &true.into()));
    ana.on(7).synced();
    let text = canary::text("secondversion", 1);
    ana.on(7).shared(&text);
    ana.on(10).synced();
    let ben = world.person("Ben");
    ben.shared(&canary::text("joinedlater", 1));
    ben.on(3).synced();
    world.desk.pulled(0);
    let answered = |text: &str| {
        let rows = world.desk.rows();
        let row = rows.iter().find(|row| row["text"] == text).expect("the entry is in the export");
        row["document_version"].as_u64().expect("a number")
    };
    assert_eq!(answered(&crate::verdicts::text(0)), 1);
    assert_eq!(answered(&text), 2);
    assert_eq!(answered(&canary::text("joinedlater", 1)), 2);
    world.desk.run(&["end", "--confirm", "Transitions"]).misused("something else than the study's title");
    assert_eq!(publish(&world, 3, "Third").json()["version"], 3);
}

#[test]
fn a_version_follows_the_one_before() {
    let world = World::new();
    let calls = world.proxy.calls().len();
    publish(&world, 1, "Other").fails("version 1 is published, and the file says something else");
    publish(&world, 3, "Other").fails("a change has to say `version = 2`");
    world.desk.run(&["publish", "--study", "/nowhere.toml"]).fails("cannot be read");
    assert_eq!(world.proxy.calls().len(), calls, "the server hears nothing of it");
    assert_eq!(publish(&world, 1, "Transitions").json()["again"], true);
}

#[test]
fn what_may_have_been_published_is_published_before_anything_else() {
    let world = World::new();
    world.proxy.next("PUT /v1/studies/", 3, Fault::LoseReply);
    publish(&world, 2, "Sent").fails("run the same command again");
    publish(&world, 2, "Changed since").fails("version 2 is published, and the file says something else");
    assert_eq!(publish(&world, 2, "Sent").json()["again"], true);
    assert_eq!(publish(&world, 3, "Changed since").json()["version"], 3);
    let ana = world.person("Ana");
    ana.synced();
}

#[test]
fn with_the_server_away_the_same_command_publishes_once_it_is_back() {
    let world = World::new();
    world.stop_server();
    publish(&world, 2, "Second").fails("run the same command again");
    world.start_server();
    let published = publish(&world, 2, "Second").json();
    assert_eq!((&published["version"], &published["again"]), (&2.into(), &false.into()));
}

#[test]
fn of_two_copies_of_a_desk_the_second_to_publish_is_refused() {
    let world = World::new();
    let copy = world.desk.copied(&world.path("copy"));
    publish(&world, 2, "Second").json();
    let other = study(&world, 2, "Other");
    let other = copy.run(&["publish", "--study", other.to_str().expect("a plain name")]);
    other.fails("another copy of this desk has published since");
    let ana = Pilot::new(&world.path("ana"));
    ana.join(&world.desk.invite("Ana")).ok();
}

#[test]
fn a_server_restored_from_before_two_versions_gets_them_again_and_the_study_goes_on() {
    let world = World::new();
    let ana = world.person("Ana");
    ana.synced();
    world.desk.pulled(0);
    world.back_up();
    for (version, title) in [(2, "Second"), (3, "Third")] {
        assert_eq!(publish(&world, version, title).json()["version"], version);
    }
    world.restore();
    assert_eq!(publish(&world, 4, "Fourth").json()["version"], 4, "also before anything is pulled");
    world.restore();
    world.desk.pulled(0);
    let ben = world.person("Ben");
    ben.shared(&canary::text("afterrestoring", 1));
    ben.synced();
    ben.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), [canary::text("afterrestoring", 1)]);
}

#[test]
fn an_older_document_than_the_phone_has_is_named_and_not_followed() {
    let (world, ana) = one_diary();
    let older = Database::open(&world.data()).blob("SELECT bytes FROM document");
    let signature = Database::open(&world.data()).blob("SELECT signature FROM document");
    publish(&world, 2, "Second").json();
    ana.on(7).synced();
    let show = Fault::json(move |state| {
        state["document"] = serde_json::json!({ "bytes": hex::encode(&older), "signature": hex::encode(&signature) });
    });
    world.proxy.next("GET /v1/device/state", 1, show);
    ana.on(8).sync().warns("an older document of the study");
    let text = canary::text("keepsnewer", 1);
    ana.on(8).shared(&text);
    ana.on(11).synced();
    world.desk.pulled(0);
    let rows = world.desk.rows();
    let row = rows.iter().find(|row| row["text"] == text.as_str()).expect("the entry is in the export");
    assert_eq!(row["document_version"], 2);
}
