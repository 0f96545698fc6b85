//! A server that lies: it gains nothing, and the desk or the phone names it.

use std::sync::Arc;

use rusqlite::params;
use waymark_protocol::record::wire::{self, RawItem};
use waymark_protocol::record::{Kind, Target};

use crate::database::Database;
use crate::desk::count;
use crate::forging;
use crate::proxy::Fault;
use crate::verdicts::{one_diary, readable, text};
use crate::world::copy;

const PARTED: &str = "have parted";
const LOST: &str = "had lost records that it had receipted";
const FEED: &str = "GET /v1/studies/";

#[test]
fn an_old_copy_of_the_database_is_named_rolled_back_and_mended_by_the_phone() {
    let (world, pilot) = one_diary();
    world.stop_server();
    copy(&world.data(), &world.path("old"));
    world.start_server();
    pilot.shared("written later");
    pilot.on(9).synced();
    world.desk.pulled(0);
    world.stop_server();
    copy(&world.path("old"), &world.data());
    world.start_server();
    world.desk.pulled(3);
    assert_eq!(world.desk.words(3), ["rolled-back"]);
    assert_eq!(world.desk.texts().len(), 5, "the desk keeps what it has");
    pilot.on(9).sync().warns(LOST);
    world.desk.pulled(0);
    assert_eq!(world.desk.states(0), [("Ana".to_owned(), 13, "complete".to_owned())]);
    pilot.on(9).synced();
}

#[test]
fn a_truncated_log_is_noticed_and_mended_by_the_phone() {
    let (world, pilot) = one_diary();
    world.meddle(|database| {
        database.change("DELETE FROM RECORDS WHERE seq > 8", []);
    });
    world.desk.pulled(3);
    assert_eq!(world.desk.words(3), ["gap"], "the checkpoint says that there is more");
    pilot.sync().warns(LOST);
    world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn swapped_bodies_are_not_read_as_each_other() {
    let (world, _) = one_diary();
    world.meddle(|database| {
        let (third, fourth) = (body(database, 3), body(database, 4));
        database.change("UPDATE RECORDS SET body = ?1 WHERE seq = 3", params![fourth]);
        database.change("UPDATE RECORDS SET body = ?1 WHERE seq = 4", params![third]);
    });
    world.desk.pulled(3);
    assert_eq!(readable(&world.desk), [2, 3], "the rest comes through");
    assert_eq!(world.desk.states(3), [("Ana".to_owned(), 3, "withheld".to_owned())]);
    world.desk.run(&["erase", "--participant", "Ana", "--reason", "asked", "--confirm", "Ana"]).warns("need a look");
}

#[test]
fn bodies_swapped_with_their_hashes_are_not_read_as_each_other_either() {
    let (world, _) = one_diary();
    world.meddle(|database| {
        let hash = |seq: i64| database.blob(&format!("SELECT body_hash FROM RECORDS WHERE seq = {seq}"));
        let (third, fourth, third_hash, fourth_hash) = (body(database, 3), body(database, 4), hash(3), hash(4));
        let sql = "UPDATE RECORDS SET body = ?1, body_hash = ?2 WHERE seq = ?3";
        database.change(sql, params![fourth, fourth_hash, 3]);
        database.change(sql, params![third, third_hash, 4]);
    });
    world.desk.pulled(3);
    let read = readable(&world.desk);
    assert!(!read.contains(&0) && !read.contains(&1), "{read:?}");
    assert_eq!(world.desk.words(3), ["gap"]);
    let device = world.desk.verify().json_of(&[3])["devices"][0]["device"].as_str().expect("a phone").to_owned();
    let stop = ["stop", "--device", &device, "--even-if-incomplete", "--confirm", "Ana"];
    world.desk.run(&stop).warns("need a look");
}

#[test]
fn places_swapped_in_the_servers_columns_change_nothing() {
    let (world, pilot) = one_diary();
    world.meddle(|database| {
        for (from, to) in [(3, 103), (4, 3), (103, 4)] {
            database.change("UPDATE RECORDS SET seq = ?2 WHERE seq = ?1", params![from, to]);
        }
    });
    // The header says where a record belongs, whatever the server's columns say: nothing is gained, and nothing lost.
    world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    assert_eq!(world.desk.words(0), ["complete"]);
    assert_eq!(pilot.texts().len(), 5);
}

#[test]
fn another_order_of_delivery_changes_nothing() {
    let (world, _) = one_diary();
    world.meddle(|database| {
        database.change("UPDATE RECORDS SET server_seq = -server_seq", []);
        database.change("UPDATE RECORDS SET server_seq = 1000 + server_seq", []);
        database.change("UPDATE study SET head = 1000", []);
    });
    world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn replayed_records_count_once() {
    let (world, _) = one_diary();
    world.proxy.next(FEED, 1, Fault::Rewrite(Arc::new(twice)));
    assert_eq!(count(&world.desk.pulled(0), "received"), 11);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    assert_eq!(count(&world.desk.pulled(0), "received"), 11);
    assert_eq!(world.desk.words(0), ["complete"]);
}

/// A feed, and all of it once more under later numbers.
fn twice(feed: Vec<u8>) -> Vec<u8> {
    let items = wire::read_feed(&feed).expect("a feed");
    let mut out = feed;
    for (number, item) in (500..).zip(items) {
        wire::write_feed_frame(&mut out, number, item.received_at, false);
        match item.item {
            RawItem::Record(header, slots, body) => wire::write_record(&mut out, &header, &slots, &body),
            RawItem::Tombstone(header, slots, body) => wire::write_tombstone(&mut out, &header, &slots, &body),
            RawItem::Checkpoint(checkpoint) => wire::write_checkpoint(&mut out, &checkpoint),
        }
    }
    out
}

#[test]
fn an_invented_device_is_not_proven_and_nothing_of_it_is_read() {
    let (world, pilot) = one_diary();
    let study = world.study();
    world.meddle(|database| {
        let (header, _) = forging::last(database);
        forging::invent_device(database, header.participant, study, b"words that nobody wrote");
    });
    let totals = world.desk.pulled(3);
    let reasons: Vec<_> = totals["quarantined"].as_array().expect("a list").iter().map(|one| &one["reason"]).collect();
    assert_eq!(reasons, ["not proven", "not proven"]);
    let mut states = world.desk.words(3);
    states.sort();
    assert_eq!(states, ["complete", "unproven"]);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    // The person's own phone backs up what is written, names what nothing vouches for, and shares nothing until it is stopped.
    let entry = pilot.shared("carries on");
    pilot.on(9).sync().warns("another phone of yours");
    assert_eq!(pilot.on(9).place(&entry), "waiting");
    let phones = pilot.on(9).run(&["phones", "--json"]).json();
    let invented = phones.as_array().and_then(|phones| phones.iter().find(|phone| phone["this"] == false));
    let invented = invented.and_then(|phone| phone["device"].as_str()).expect("an invented phone");
    pilot.on(9).run(&["phones", "--stop", invented]).ok();
    pilot.on(9).synced();
    assert_eq!(pilot.on(9).place(&entry), "with-study");
}

#[test]
fn records_forged_at_the_end_of_a_log_are_not_opened_and_erase_nothing() {
    let (world, pilot) = one_diary();
    world.meddle(|database| {
        let first = Target {
            device: forging::last(database).0.device,
            seq: 3,
            link: waymark_protocol::Hash(
                database.blob("SELECT link FROM RECORDS WHERE seq = 3").try_into().expect("32 bytes"),
            ),
        };
        forging::insert(database, &forging::follow(database, Kind::Entry, None, b"words that nobody wrote"));
        let erase = forging::follow(database, Kind::Erase, Some(first), b"gone");
        forging::insert(database, &erase);
        // Signed, but not by the device.
        forging::checkpoint(
            database,
            &erase,
            &waymark_protocol::keys::SigningKey::generate(&mut waymark_vault::SystemRng),
        );
    });
    let totals = world.desk.pulled(0);
    assert_eq!((count(&totals, "waiting"), count(&totals, "erased")), (2, 0), "{totals}");
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    // The phone finds records in its log that it has not written, and gives that server nothing more.
    let pushes = world.proxy.count("POST /v1/device/records");
    pilot.shared("not for a forger");
    pilot.on(9).sync().fails(PARTED);
    assert_eq!(world.proxy.count("POST /v1/device/records"), pushes);
    assert_eq!(pilot.texts().len(), 6);
}

#[test]
fn a_tail_that_the_server_hides_from_the_desk_is_named_by_the_phone() {
    let (world, pilot) = one_diary();
    world.desk.pulled(0);
    // A sighting counts against a receipt that is ten minutes older. The server says when it received: here, an hour ago.
    world.proxy.next(
        "POST /v1/device/records",
        1,
        Fault::json(|receipt| {
            let time = receipt["time"].as_u64().expect("a time");
            receipt["time"] = (time - 3_600_000).into();
        }),
    );
    pilot.shared("hidden");
    pilot.on(9).synced();
    world.proxy.next(FEED, 1, Fault::Rewrite(Arc::new(|_| Vec::new())));
    world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    pilot.on(9).sync().warns("did not show the study all");
    // Once the desk is shown everything, the phone has nothing to say.
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 5);
    pilot.on(9).synced();
}

#[test]
fn edited_headers_and_slots_are_never_complete_and_never_read_otherwise() {
    let (world, _) = one_diary();
    world.stop_server();
    copy(&world.data(), &world.path("pristine"));
    let pristine = world.desk.copied(&world.path("pristine-desk"));
    for column in ["header", "slots"] {
        for seq in [1, 4, 9] {
            copy(&world.path("pristine"), &world.data());
            let database = Database::open(&world.data());
            let mut bytes = database.blob(&format!("SELECT {column} FROM RECORDS WHERE seq = {seq}"));
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            database.change(&format!("UPDATE RECORDS SET {column} = ?1 WHERE seq = ?2"), params![bytes, seq]);
            drop(database);
            world.start_server();
            let desk = pristine.copied(&world.path("desk"));
            desk.pulled(3);
            assert_ne!(desk.words(3), ["complete"], "{column} of {seq}");
            readable(&desk);
            world.stop_server();
        }
    }
}

#[test]
fn an_old_copy_of_a_phone_is_told_that_it_has_parted_and_loses_nothing() {
    let (world, pilot) = one_diary();
    let old = pilot.copied(&world.path("old-phone"));
    pilot.shared("on the phone");
    pilot.on(9).synced();
    old.shared("on its old copy");
    let ended = old.on(9).sync();
    ended.fails(PARTED);
    assert_eq!(old.texts().len(), 6);
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 5);
    assert!(world.desk.texts().contains(&text(0)));
    assert_eq!(world.desk.words(0), ["complete"]);
}

fn body(database: &Database, seq: i64) -> Vec<u8> {
    database.blob(&format!("SELECT body FROM RECORDS WHERE seq = {seq}"))
}
