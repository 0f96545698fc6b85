//! The study changes its keys: phones follow, and nothing that was sealed to any of them is lost.

use std::time::{Duration, Instant};

use serde_json::Value;
use waymark_protocol::document::{SignedDocument, change_keys};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::keys::Signature;

use crate::canary;
use crate::chance::Chance;
use crate::database::Database;
use crate::desk::Desk;
use crate::forging::Impostor;
use crate::pilot::Pilot;
use crate::process::{Ended, PASSPHRASE, Running, program, rounds, start, start_with};
use crate::proxy::Fault;
use crate::server;
use crate::verdicts::one_diary;
use crate::world::World;

const PUBLISH: &str = "PUT /v1/studies/";

fn arguments<'a>(desk: &'a Desk, command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let dir = desk.dir.to_str().expect("a temporary folder has a plain name");
    [&["keys", command, "--desk", dir], more].concat()
}

fn keys(desk: &Desk, command: &str, more: &[&str]) -> Ended {
    start(&program("WAYMARK_DESK", "waymark-desk"), &arguments(desk, command, more), PASSPHRASE, &[]).end()
}

const CONFIRMED: [&str; 3] = ["--confirm", "Transitions", "--json"];

fn rotate(world: &World) -> Ended {
    keys(&world.desk, "rotate", &CONFIRMED)
}

#[track_caller]
fn rotated(world: &World, changes: u64) -> Value {
    let rotated = rotate(world).json();
    assert_eq!(rotated["changes"], changes, "{rotated}");
    rotated
}

/// What the server has.
fn newest(world: &World) -> SignedDocument {
    let database = Database::open(&world.data());
    let of = |column: &str| database.blob(&format!("SELECT {column} FROM document ORDER BY version DESC LIMIT 1"));
    SignedDocument { bytes: HexBytes(of("bytes")), signature: Signature(of("signature").try_into().expect("64 bytes")) }
}

fn sorted(world: &World) -> Vec<String> {
    let mut texts = world.desk.texts();
    texts.sort();
    texts
}

fn text(name: &str) -> String {
    canary::text(name, 1)
}

#[test]
fn phones_follow_several_changes_at_once_join_by_old_invitations_and_come_back_by_words() {
    let (world, ana) = one_diary();
    let old_invitation = world.desk.invite("Ben");
    ana.shared(&text("heldovertwo"));
    rotated(&world, 1);
    rotated(&world, 2);
    let ben = Pilot::new(&world.path("ben"));
    ben.join(&old_invitation).ok();
    ben.shared(&text("joinedlater"));
    ben.on(3).synced();
    // Ana's phone has not heard of any of it, and hears of both at once.
    ana.on(9).synced();
    ana.on(9).shared(&text("tothenewest"));
    ana.on(12).synced();
    rotated(&world, 3);
    let (words, new) = (ana.words(), Pilot::new(&world.path("new")).on(20));
    new.restore(&world.url(), &words).ok();
    new.shared(&text("onthenewphone"));
    new.on(23).synced();
    let invited_after = world.person("Cleo");
    invited_after.shared(&text("invitedafter"));
    invited_after.on(3).synced();
    world.desk.pulled(0);
    let mut expected: Vec<String> = (0..4).map(crate::verdicts::text).collect();
    let names = ["heldovertwo", "joinedlater", "tothenewest", "onthenewphone", "invitedafter"];
    expected.extend(names.map(text));
    expected.sort();
    assert_eq!(sorted(&world), expected);
    assert_eq!(world.desk.words(0), ["complete"; 4]);
    let shown = keys(&world.desk, "show", &["--json"]).json();
    assert_eq!(
        (&shown["changes"], &shown["newest"], &shown["change_under_way"]),
        (&3.into(), &true.into(), &false.into())
    );
    let behind = shown["behind"].as_array().expect("a list");
    let who: Vec<&str> = behind.iter().map(|phone| phone["participant"].as_str().expect("a label")).collect();
    assert_eq!(who, ["Ana", "Ben"], "their newest was sealed before the third change");
}

#[test]
fn a_change_is_confirmed_and_is_one_change_however_its_answer_is_lost() {
    let (world, ana) = one_diary();
    keys(&world.desk, "rotate", &["--confirm", "Another study"]).misused("the study's title");
    keys(&world.desk, "rotate", &[]).misused("It cannot be taken back");
    world.proxy.next(PUBLISH, 3, Fault::LoseReply);
    rotate(&world).fails("run the same command again");
    let shown = keys(&world.desk, "show", &["--json"]).json();
    assert_eq!((&shown["changes"], &shown["change_under_way"]), (&0.into(), &true.into()));
    // The server has it, so a phone has it, and its key is on this disk before it is anywhere.
    ana.shared(&text("betweentimes"));
    ana.on(9).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&text("betweentimes")));
    let rotated = rotated(&world, 1);
    assert_eq!((&rotated["version"], &rotated["resumed"]), (&2.into(), &true.into()));
    world.stop_server();
    rotate(&world).fails("run the same command again");
    world.start_server();
    let again = rotate(&world).json();
    assert_eq!((&again["changes"], &again["resumed"]), (&2.into(), &true.into()));
    ana.on(9).shared(&text("afterall"));
    ana.on(12).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 6);
}

#[test]
fn a_desk_killed_while_its_keys_change_has_every_key_that_a_phone_has_sealed_to() {
    let (world, ana) = one_diary();
    let (mut chance, mut longest, mut expected) = (Chance::of(53), 2_000, 4);
    for round in 0..rounds(6) {
        let started = Instant::now();
        let running = start_rotating(&world);
        std::thread::sleep(Duration::from_millis(chance.below(longest) as u64));
        if !running.kill().is_empty() {
            longest = usize::try_from(started.elapsed().as_millis()).expect("not that long").max(100);
        }
        let day = 10 * i64::try_from(round).expect("few rounds") + 10;
        // Whatever document the server has by now, the phone seals to its key.
        ana.on(day).synced();
        ana.on(day).shared(&canary::text("killedrotation", round));
        ana.on(day + 3).synced();
        expected += 1;
        world.desk.pulled(0);
        assert_eq!(world.desk.texts().len(), expected, "round {round}");
    }
    rotate(&world).ok();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), expected);
    // The chain that is left is one that every phone follows.
    let ben = world.person("Ben");
    ben.synced();
    ana.on(500).synced();
}

fn start_rotating(world: &World) -> Running {
    let arguments = arguments(&world.desk, "rotate", &CONFIRMED);
    start(&program("WAYMARK_DESK", "waymark-desk"), &arguments, PASSPHRASE, &[])
}

#[test]
fn keys_that_the_old_key_has_not_signed_for_are_named_and_nothing_is_sealed_to_them() {
    let (world, ana) = one_diary();
    ana.shared(&text("staysours"));
    let study = world.study();
    let known = newest(&world).verify(&study).expect("the study's document");
    // Somebody signs a change in the place of the study's key, in a document that otherwise follows.
    let (impostor, new) = (Impostor::new(), Impostor::new());
    let sealing = new.opening.sealing_key();
    let forged = change_keys(&study, &known, &impostor.signing, &new.signing, &sealing).expect("a document");
    let put = Fault::json(move |state| state["document"] = serde_json::to_value(&forged).expect("documents are JSON"));
    world.proxy.next("GET /v1/device/state", 1, put);
    ana.on(9).sync().warns("the study has not signed");
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&text("staysours")), "it was granted to the study's own key");
    // Once the phone has followed a change, a document from before it, or without it, leads it nowhere.
    let before = newest(&world);
    rotated(&world, 1);
    ana.on(10).synced();
    let older =
        Fault::json(move |state| state["document"] = serde_json::to_value(&before).expect("documents are JSON"));
    world.proxy.next("GET /v1/device/state", 1, older);
    ana.on(11).sync().warns("an older document of the study");
    ana.on(12).shared(&text("stillours"));
    ana.on(15).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&text("stillours")));
}

#[test]
fn what_either_key_has_ordered_holds_on_phones_the_server_and_for_whoever_checks_later() {
    let (world, ana) = one_diary();
    world.desk.pulled(0);
    let entry = |number: i64| {
        let rows = world.desk.rows();
        let row = rows.iter().find(|row| row["text"] == crate::verdicts::text(number)).expect("the entry is there");
        row["entry"].as_str().expect("an id").to_owned()
    };
    let erase =
        |entry: &str| world.desk.run(&["erase", "--participant", "Ana", "--entry", entry, "--confirm", "Ana"]).ok();
    erase(&entry(0));
    let path = |name: &str| world.path(name).to_str().expect("a plain name").to_owned();
    world.desk.run(&["certificate", "--out", &path("before.json")]).ok();
    rotated(&world, 1);
    erase(&entry(1));
    ana.on(9).synced();
    world.desk.pulled(0);
    world.desk.run(&["certificate", "--out", &path("after.json")]).ok();
    let anywhere = |arguments: &[&str]| start_with(&program("WAYMARK_DESK", "waymark-desk"), arguments, &[], &[]).end();
    for name in ["before.json", "after.json"] {
        anywhere(&["check-certificate", &path(name)]).ok();
    }
    anywhere(&["compare-certificates", &path("before.json"), &path("after.json")]).ok();
    assert_eq!(world.desk.texts().len(), 2);
    // A server that was restored from before all of this hears of it again, orders by both keys too.
    world.back_up();
    rotated(&world, 2);
    erase(&entry(2));
    world.restore();
    world.desk.pulled(0);
    ana.on(10).shared(&text("afterrestoring"));
    ana.on(13).sync().warns("the server had lost records");
    world.desk.pulled(0);
    let mut expected = vec![crate::verdicts::text(3), text("afterrestoring")];
    expected.sort();
    assert_eq!(sorted(&world), expected);
    let device = world.desk.verify().json()["devices"][0]["device"].as_str().expect("an id").to_owned();
    world.desk.run(&["stop", "--device", &device, "--confirm", "Ana"]).ok();
    ana.on(14).sync().fails("");
    assert_eq!(world.desk.words(0), ["revoked"]);
}

#[test]
fn custodians_need_a_new_set_and_the_old_one_opens_what_was_sealed_before() {
    let (world, ana) = one_diary();
    world.desk.pulled(0);
    let split = |world: &World| -> Vec<String> {
        let printed = keys(&world.desk, "split", &["--threshold", "2", "--of", "3", "--json"]).json();
        let shares = printed["shares"].as_array().expect("a list");
        shares.iter().map(|share| share["text"].as_str().expect("text").to_owned()).collect()
    };
    let old = split(&world);
    assert_eq!(rotated(&world, 1)["shares_are_older"], true);
    let shown = keys(&world.desk, "show", &["--json"]).json_of(&[3]);
    assert_eq!(shown["custody"]["older_keys"], true);
    assert!(keys(&world.desk, "show", &[]).warns("").contains("they open what was sealed until then"));
    ana.shared(&text("afterthechange"));
    ana.on(9).synced();
    world.desk.pulled(0);
    let study = world.study().to_string();
    let token = server::token(&world.data(), &["--role", "researcher", "--study", &study]).ok().trim().to_owned();
    let join = |dir: &str, shares: &[String]| {
        let desk = Desk { dir: world.path(dir) };
        let url = world.url();
        let variables = [("WAYMARK_PASSPHRASE", PASSPHRASE), ("WAYMARK_TOKEN", token.as_str())];
        let input = shares.join("\n");
        let program = program("WAYMARK_DESK", "waymark-desk");
        let ended =
            start_with(&program, &arguments(&desk, "join", &["--server", &url]), &variables, input.as_bytes()).end();
        (desk, ended)
    };
    let (desk, joined) = join("oldshares", &old[..2]);
    joined.warns("This desk opens what was sealed until then");
    desk.pulled(3);
    assert_eq!(desk.texts().len(), 4);
    keys(&desk, "rotate", &CONFIRMED).fails("the study's keys were changed since");
    let (desk, joined) = join("newshares", &split(&world)[1..]);
    joined.ok();
    desk.pulled(0);
    assert_eq!(desk.texts().len(), 5);
}
