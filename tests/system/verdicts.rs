//! What the desk says of a device: never silent about what is missing, and never wrong about "complete".

use rusqlite::params;

use crate::canary;
use crate::desk::{Desk, count};
use crate::proxy::Fault;
use crate::world::World;

const PUSH: &str = "POST /v1/device/records";

/// A world with one person, whose diary of four shared entries and a private one is with the study; and a desk that has not
/// pulled yet. Places 1 genesis, 2 consent, 3–6 shared, 7 private, 8–11 grants.
pub fn one_diary() -> (World, crate::pilot::Pilot) {
    let world = World::new();
    let pilot = world.person("Ana");
    for number in 0..4 {
        pilot.on(number).shared(&text(number));
    }
    pilot.on(4).private(&canary::text("keptprivate", 0));
    pilot.on(6).synced();
    (world, pilot.on(6))
}

/// The text of an entry of [`one_diary`].
pub fn text(number: i64) -> String {
    canary::text("onediary", usize::try_from(number).expect("a number"))
}

/// What of the four shared entries the desk can read; it must be a part of them, each once and whole.
#[track_caller]
pub fn readable(desk: &Desk) -> Vec<i64> {
    let texts = desk.texts();
    let read: Vec<i64> = (0..4).filter(|number| texts.contains(&text(*number))).collect();
    assert_eq!(texts.len(), read.len(), "a text that nobody shared, or one twice: {texts:?}");
    read
}

#[test]
fn a_diary_of_which_a_part_has_arrived_is_behind_and_then_complete() {
    let world = World::new();
    let pilot = world.person("Ana");
    for number in 0..8 {
        pilot.shared(&canary::text("inpieces", number).repeat(1_800));
    }
    world.proxy.after(PUSH, 1, 1, Fault::Cut);
    pilot.on(3).sync().fails("can't be reached");
    let totals = world.desk.pulled(0);
    let states = world.desk.states(0);
    let arrived = count(&totals, "received");
    assert!((3..18).contains(&arrived), "{totals}");
    assert_eq!(states, [("Ana".to_owned(), arrived, "behind".to_owned())]);
    pilot.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.states(0), [("Ana".to_owned(), 18, "complete".to_owned())]);
    assert_eq!(world.desk.texts().len(), 8);
}

#[test]
fn an_untouched_diary_is_complete_and_every_record_accounted_for() {
    let (world, _) = one_diary();
    let totals = world.desk.pulled(0);
    let numbers = ["received", "opened", "private", "control", "erased", "waiting"].map(|name| count(&totals, name));
    assert_eq!(numbers, [11, 4, 1, 6, 0, 0]);
    assert_eq!(world.desk.states(0), [("Ana".to_owned(), 11, "complete".to_owned())]);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
}

#[test]
fn a_record_that_is_missing_in_the_middle_is_a_gap_at_its_place() {
    let (world, pilot) = one_diary();
    world.meddle(|database| database.change("DELETE FROM RECORDS WHERE seq = 4", []));
    world.desk.pulled(3);
    assert_eq!(world.desk.states(3), [("Ana".to_owned(), 4, "gap".to_owned())]);
    assert!(!readable(&world.desk).contains(&1));
    assert_eq!(pilot.texts().len(), 5, "the phone has everything");
    // A desk that had it before the server lost it still has it.
    pilot.synced();
}

#[test]
fn contents_that_are_gone_without_an_erasure_are_withheld_at_their_place() {
    let (world, _) = one_diary();
    world.meddle(|database| database.change("UPDATE RECORDS SET body = NULL, slots = NULL WHERE seq = 5", []));
    let totals = world.desk.pulled(3);
    assert_eq!(totals["quarantined"][0]["reason"], "withheld");
    assert_eq!(world.desk.states(3), [("Ana".to_owned(), 5, "withheld".to_owned())]);
    assert_eq!(readable(&world.desk), [0, 1, 3], "the rest comes through");
}

#[test]
fn what_a_desk_has_once_it_keeps_when_the_server_loses_it() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    world.meddle(|database| {
        database.change("UPDATE RECORDS SET body = NULL, slots = NULL WHERE seq = 5", []);
        database.change("DELETE FROM RECORDS WHERE seq = 4", []);
    });
    world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 1, 2, 3]);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_withdrawn_entry_leaves_desk_and_server_and_the_chain_still_proves_the_rest() {
    let (world, pilot) = one_diary();
    world.desk.pulled(0);
    let list = pilot.list();
    let second = list.iter().find(|entry| entry["text"] == text(1)).expect("the second entry");
    let copy = pilot.withdraw(second["entry"].as_str().expect("an id"));
    assert_eq!(pilot.place(&copy), "withdrawing");
    pilot.synced();
    assert_eq!(pilot.place(&copy), "withdrawn");
    let totals = world.desk.pulled(0);
    assert_eq!(readable(&world.desk), [0, 2, 3]);
    assert_eq!(count(&totals, "erased"), 1);
    assert_eq!(world.desk.states(0), [("Ana".to_owned(), 13, "complete".to_owned())]);
    assert!(pilot.texts().iter().any(|(_, kept)| *kept == text(1)), "the writer keeps it");
    let database = crate::database::Database::open(&world.data());
    assert_eq!(
        database.number("SELECT count(*) FROM RECORDS WHERE seq IN (4, 9) AND (body IS NOT NULL OR slots IS NOT NULL)"),
        0
    );
}

#[test]
fn a_checkpoint_that_is_gone_leaves_nothing_believed() {
    let (world, _) = one_diary();
    world.meddle(|database| database.change("DELETE FROM CHECKPOINTS WHERE seq > ?1", params![0]));
    let totals = world.desk.pulled(0);
    assert_eq!((count(&totals, "waiting"), count(&totals, "opened")), (11, 0), "{totals}");
    assert_eq!(world.desk.words(0), ["behind"]);
    assert!(readable(&world.desk).is_empty());
}

#[test]
fn nothing_kept_held_or_taken_back_ever_reaches_the_desk() {
    let world = World::new();
    let pilot = world.person("Ana");
    let secret = |number| canary::text("notforyou", number);
    pilot.private(&secret(0));
    let kept = pilot.shared(&secret(1));
    pilot.synced();
    pilot.on(1).keep_private(&kept);
    let withdrawn = pilot.shared(&secret(2));
    pilot.on(5).synced();
    pilot.on(5).withdraw(&withdrawn);
    let held = pilot.on(5).shared(&secret(3));
    pilot.on(5).synced();
    pilot.on(5).shared(&canary::text("allshared", 0));
    pilot.on(6).synced();
    assert_eq!(pilot.on(6).place(&held), "held");
    pilot.on(6).keep_private(&held);
    pilot.on(9).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), [canary::text("allshared", 0)]);
    let secrets = [canary::stem("notforyou")];
    canary::absent_below(&secrets, &world.desk.dir);
    canary::absent_below(&secrets, &world.data());
    canary::absent(&secrets, "a packet", &world.proxy.bytes());
    assert_eq!(world.desk.words(0), ["complete"]);
}
