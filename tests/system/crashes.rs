//! SIGKILL at any moment, on either side: what was called saved is there, what was receipted is there, and all converges.

use std::time::{Duration, Instant};

use crate::canary;
use crate::chance::Chance;
use crate::database::Database;
use crate::process::rounds;
use crate::receipts;
use crate::world::World;

const PUSH: &str = "POST /v1/device/records";

#[test]
fn an_entry_whose_id_was_printed_is_there_after_the_diary_is_killed() {
    let world = World::new();
    let pilot = world.person("Ana");
    for number in 0..6 {
        let write = pilot.start(&["write", "--private", "--json"], canary::text("killednow", number).as_bytes());
        let started = Instant::now();
        while !write.printed().contains('}') {
            assert!(started.elapsed() < Duration::from_secs(60), "it prints an id");
        }
        let printed = write.kill();
        let id = printed.split('"').nth(3).expect("an id").to_owned();
        let list = pilot.list();
        let entry = list.iter().find(|entry| entry["entry"] == id.as_str()).expect("it was called saved");
        assert_eq!(entry["text"], canary::text("killednow", number));
    }
    pilot.synced();
    assert_eq!(pilot.list().len(), 6);
}

#[test]
fn a_diary_killed_at_any_moment_opens_again_with_all_or_nothing_of_what_was_under_way() {
    let world = World::new();
    let pilot = world.person("Ana");
    let mut longest = 0;
    let mut chance = Chance::of(1);
    for number in 0..rounds(8) {
        let text = canary::text("killedany", number % 10_000).repeat(300);
        let before = pilot.list().len();
        let write = pilot.start(&["write", "--share", "--json"], text.as_bytes());
        std::thread::sleep(Duration::from_millis(chance.below(320) as u64));
        let printed = write.kill();
        let list = pilot.list();
        let there = list.iter().any(|entry| entry["text"] == text.as_str());
        assert_eq!(list.len(), before + usize::from(there), "all of it or nothing");
        assert!(there || printed.is_empty(), "what was called saved is there");
        longest = list.len();
    }
    pilot.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), longest);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_phone_killed_while_it_syncs_goes_on_where_it_was() {
    let world = World::new();
    let pilot = world.person("Ana");
    // Enough for three pushes.
    for number in 0..10 {
        pilot.shared(&canary::text("killedpush", number).repeat(1_800));
    }
    let (mut chance, mut more) = (Chance::of(3), 0);
    let mut syncing = pilot.on(3);
    for round in 0..rounds(3) {
        if round >= 3 {
            syncing = syncing.at(syncing.now + chrono::Duration::minutes(1));
            syncing.private("more to push");
            more += 1;
        }
        let pushes = world.proxy.count(PUSH);
        let sync = syncing.start(&["sync"], &[]);
        if !world.proxy.wait_for(PUSH, pushes + 1) {
            break;
        }
        std::thread::sleep(Duration::from_millis(chance.below(40) as u64));
        sync.kill();
    }
    syncing.synced();
    assert_eq!(receipts::all_are_kept(&world), 22 + more, "genesis, consent, entries and grants");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 10);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_server_killed_right_after_a_receipt_has_every_record_byte_for_byte() {
    let world = World::new();
    let pilot = world.person("Ana");
    for number in 0..4_i64 {
        pilot.on(number).shared(&canary::text("receipted", 1));
        pilot.on(number).synced();
        world.kill_server();
        let kept = receipts::all_are_kept(&world) as i64;
        assert_eq!(kept, Database::open(&world.data()).number("SELECT count(*) FROM RECORDS"));
        assert!(kept > 2 + number);
        world.start_server();
    }
    pilot.on(6).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 4);
}

#[test]
fn a_desk_killed_while_it_pulls_has_everything_after_the_next_pull() {
    let world = World::new();
    let pilot = world.person("Ana");
    let mut texts = Vec::new();
    for number in 0..5 {
        texts.push(canary::text("deskkilled", number).repeat(1_500));
        pilot.shared(&texts[number]);
    }
    pilot.on(3).synced();
    let mut chance = Chance::of(2);
    for _ in 0..rounds(4) {
        let pause = 40 + chance.below(220) as u64;
        let dir = world.desk.dir.to_str().expect("a plain name");
        let program = crate::process::program("WAYMARK_DESK", "waymark-desk");
        let pull = crate::process::start(&program, &["pull", "--desk", dir], crate::process::PASSPHRASE, &[]);
        std::thread::sleep(Duration::from_millis(pause));
        pull.kill();
    }
    world.desk.pulled(0);
    assert!(world.desk.texts() == texts);
    assert_eq!(world.desk.words(0), ["complete"]);
}
