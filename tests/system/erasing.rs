//! Erasing by the study's signed order: the words are gone from desk and server, the chain still proves itself, and the writer's own
//! diary is untouched.

use serde_json::{Value, json};

use crate::canary;
use crate::database::Database;
use crate::desk::count;
use crate::proxy::Fault;
use crate::verdicts::{one_diary, readable};
use crate::world::World;

/// Entries and grants of which the server still has more than a tombstone.
fn held(world: &World, kinds: &str) -> i64 {
    let sql =
        format!("SELECT count(*) FROM RECORDS WHERE kind IN ({kinds}) AND (body IS NOT NULL OR slots IS NOT NULL)");
    Database::open(&world.data()).number(&sql)
}

fn erase(world: &World, more: &[&str]) -> crate::process::Ended {
    world.desk.run(&[&["erase", "--participant", "Ana"], more].concat())
}

#[track_caller]
fn erased(world: &World, more: &[&str]) -> Value {
    erase(world, &[&["--confirm", "Ana", "--json"], more].concat()).json()
}

fn counts(entries: u64, private: u64, before: u64) -> Value {
    json!({"participant": "Ana", "erased": {"entries": entries, "notices": 0, "private": private}, "before": before})
}

#[test]
fn what_was_shared_is_gone_from_desk_and_server_and_stays_with_its_writer() {
    let (world, ana) = one_diary();
    let ben = world.person("Ben");
    ben.shared(&canary::text("anothers", 1));
    ben.on(3).synced();
    world.desk.pulled(0);
    let before = ana.texts();
    assert_eq!((held(&world, "1"), held(&world, "2")), (6, 5));

    let asked = erase(&world, &[]);
    assert!(asked.stderr.contains("Erasing 4 shared entries means"), "{asked}");
    asked.misused("the participant's label with --confirm");
    erase(&world, &["--confirm", "Ben"]).misused("nothing was done");
    assert_eq!((held(&world, "1"), world.desk.texts().len()), (6, 5), "nothing is erased before it is confirmed");

    assert_eq!(erased(&world, &[]), counts(4, 0, 0));
    assert_eq!(world.desk.texts(), [canary::text("anothers", 1)]);
    assert_eq!((held(&world, "1"), held(&world, "2")), (2, 1), "what Ana keeps private and what Ben shared stays");
    let totals = world.desk.pulled(0);
    assert_eq!((count(&totals, "opened"), count(&totals, "erased"), count(&totals, "private")), (1, 4, 1), "{totals}");
    assert_eq!(world.desk.words(0), ["complete", "complete"], "the chains still prove themselves");

    assert_eq!(erased(&world, &[]), counts(0, 0, 4));
    let said = erase(&world, &["--confirm", "Ana"]).ok();
    assert!(said.contains("nothing is left to erase; 4 had been erased before"), "{said}");

    assert_eq!(ana.on(6).texts(), before);
    let later = canary::text("sharedlater", 1);
    ana.on(7).shared(&later);
    ana.on(10).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&later), "what comes later is not erased by it");
}

#[test]
fn what_is_kept_private_leaves_the_server_only_when_that_is_asked_for() {
    let (world, ana) = one_diary();
    let before = ana.texts();
    let asked = erase(&world, &["--private-too"]);
    assert!(asked.stderr.contains("the 24 words bring it back on no new phone"), "{asked}");
    asked.misused("--confirm");
    let told = erased(&world, &["--private-too"]);
    assert_eq!(told["erased"]["entries"], 4, "{told}");
    assert!(told["erased"]["private"].as_u64().is_some_and(|private| private >= 1), "{told}");
    assert_eq!(held(&world, "1, 2, 7"), 0);
    assert!(held(&world, "4") > 0, "what was agreed to stays");
    assert_eq!(world.desk.pulled(0)["private"], 0);
    assert_eq!(world.desk.words(0), ["complete"]);
    assert_eq!(ana.texts(), before);
}

#[test]
fn one_entry_is_erased_by_the_id_that_exports_give_it() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    let rows = world.desk.rows();
    let row = rows.iter().find(|row| row["text"] == crate::verdicts::text(2)).expect("the entry is in the export");
    let entry = row["entry"].as_str().expect("an id");
    assert_eq!(erased(&world, &["--entry", entry]), counts(1, 0, 0));
    assert_eq!(readable(&world.desk), [0, 1, 3]);
    assert_eq!(held(&world, "1"), 4);
    assert_eq!(erased(&world, &["--entry", entry]), counts(0, 0, 1));
    erase(&world, &["--confirm", "Ana", "--entry", &"0".repeat(32)]).fails("has shared no entry 0000");
    erase(&world, &["--entry", "not-an-id"]).misused("--entry");
    erase(&world, &["--entry", entry, "--private-too"]).misused("cannot be used with");
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn an_order_that_did_not_arrive_is_carried_out_here_and_given_by_the_next_pull() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    world.proxy.next(&format!("POST /v1/studies/{}/orders", world.study()), 3, Fault::Cut);
    erase(&world, &["--confirm", "Ana"]).fails("the next `pull` gives them to the server");
    assert!(world.desk.texts().is_empty(), "the desk does not wait for the server");
    assert_eq!(held(&world, "1"), 5);
    let totals = world.desk.pulled(0);
    assert_eq!(count(&totals, "erased"), 4, "{totals}");
    assert_eq!(held(&world, "1"), 1);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_server_that_has_lost_the_orders_gets_them_again() {
    let (world, _) = one_diary();
    let copy = world.path("server before");
    world.stop_server();
    crate::world::copy(&world.data(), &copy);
    world.start_server();
    assert_eq!(erased(&world, &["--reason", "asked by letter"])["erased"]["entries"], 4);
    world.stop_server();
    crate::world::copy(&copy, &world.data());
    world.start_server();
    assert_eq!(held(&world, "1"), 5, "an old copy holds the words again");
    world.desk.pulled(0);
    assert_eq!(held(&world, "1"), 1);
    let orders = "SELECT count(*) FROM erasure_order WHERE reason = 'asked by letter'";
    assert_eq!(Database::open(&world.data()).number(orders), 4);
}

#[test]
fn nothing_is_ordered_for_nobody_for_no_good_reason_or_without_a_connection() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    world.desk.run(&["erase", "--participant", "Ben", "--confirm", "Ben"]).fails("no such participant");
    erase(&world, &["--confirm", "Ana", "--reason", &"x".repeat(501)]).fails("a reason is one line");
    erase(&world, &["--confirm", "Ana", "--reason", "two\nlines"]).fails("a reason is one line");
    world.stop_server();
    erase(&world, &["--confirm", "Ana"]).fails("nothing was ordered");
    world.start_server();
    assert_eq!((world.desk.texts().len(), held(&world, "1")), (4, 5));
    world.desk.invite("Cleo");
    let said = world.desk.run(&["erase", "--participant", "Cleo"]).ok();
    assert!(said.contains("there is nothing to erase"), "{said}");
}
