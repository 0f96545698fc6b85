//! The end of a study, and a participant who has left in another way than by the phone: nothing is lost, what comes is late.

use crate::canary;
use crate::database::Database;
use crate::pilot::Pilot;
use crate::verdicts::one_diary;
use crate::world::World;

const TITLE: &str = "Transitions";

fn late_records(world: &World) -> i64 {
    Database::open(&world.data()).number("SELECT count(*) FROM RECORDS WHERE late = 1")
}

#[test]
fn an_ended_study_takes_nobody_and_keeps_what_still_comes() {
    let (world, ana) = one_diary();
    let unused = world.desk.invite("Ben");
    let end = || world.desk.run(&["end", "--confirm", TITLE, "--json"]).json();
    let first = end();
    assert_eq!((&first["study"], &first["again"]), (&TITLE.into(), &false.into()));
    let again = end();
    assert_eq!((&again["ended_at"], &again["again"]), (&first["ended_at"], &true.into()));
    let said = world.desk.run(&["end", "--confirm", TITLE]).ok();
    assert!(said.contains(first["ended_at"].as_str().expect("a time")), "{said}");
    Pilot::new(&world.path("ben")).join(&unused).fails("too old");

    assert_eq!(late_records(&world), 0);
    let text = canary::text("aftertheend", 1);
    ana.on(7).shared(&text);
    ana.on(10).synced();
    assert!(late_records(&world) > 0, "what comes after the end is marked");
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&text) && world.desk.texts().len() == 5, "nothing is deleted or refused");
    assert_eq!(world.desk.words(0), ["complete"]);

    let undone = world.desk.run(&["end", "--undo", "--json"]).json();
    assert_eq!((&undone["ended_at"], &undone["again"]), (&serde_json::Value::Null, &false.into()));
    assert!(world.desk.run(&["end", "--undo"]).ok().contains("nobody had said otherwise"));
    Pilot::new(&world.path("ben")).join(&unused).ok();
}

#[test]
fn a_study_ends_only_for_who_confirms_it_by_its_title() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    let calls = world.proxy.calls().len();
    let asked = world.desk.run(&["end"]);
    assert!(
        asked.stderr.contains("Nobody can join any more") && asked.stderr.contains("Nothing is deleted"),
        "{asked}"
    );
    asked.misused("the study's title with --confirm");
    world.desk.run(&["end", "--confirm", "Transition"]).misused("nothing was done");
    world.desk.run(&["end", "--confirm", TITLE, "--undo"]).misused("cannot be used with");
    assert_eq!(world.proxy.calls().len(), calls, "the server hears nothing of it");
    Pilot::new(&world.path("ana")).join(&link).ok();
}

#[test]
fn an_end_that_the_server_did_not_hear_of_is_told_by_the_same_command_or_the_next_pull() {
    let world = World::new();
    let (anas, bens) = (world.desk.invite("Ana"), world.desk.invite("Ben"));
    world.stop_server();
    world.desk.run(&["end", "--confirm", TITLE]).fails("the word is kept");
    world.start_server();
    assert_eq!(world.desk.run(&["end", "--confirm", TITLE, "--json"]).json()["again"], false);
    Pilot::new(&world.path("early")).join(&anas).fails("too old");
    world.stop_server();
    world.desk.run(&["end", "--undo"]).fails("the word is kept");
    world.start_server();
    world.desk.pulled(0);
    Pilot::new(&world.path("ana")).join(&anas).ok();
    world.stop_server();
    world.desk.run(&["end", "--confirm", TITLE]).fails("the word is kept");
    world.start_server();
    world.desk.pulled(0);
    Pilot::new(&world.path("ben")).join(&bens).fails("too old");
}

#[test]
fn a_restored_server_hears_again_that_the_study_has_ended_but_not_that_it_goes_on() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    world.desk.pulled(0);
    world.back_up();
    world.desk.run(&["end", "--confirm", TITLE]).ok();
    world.restore();
    world.desk.pulled(0);
    let ana = Pilot::new(&world.path("ana"));
    ana.join(&link).fails("too old");
    world.back_up();
    world.desk.run(&["end", "--undo"]).ok();
    world.restore();
    world.desk.pulled(0);
    // Who ended it may have been somebody else, later.
    ana.join(&link).fails("too old");
    world.desk.run(&["end", "--undo"]).ok();
    ana.join(&link).ok();
}

#[test]
fn what_comes_from_somebody_who_has_left_is_late_until_that_is_undone() {
    let (world, ana) = one_diary();
    let left = |more: &[&str]| world.desk.run(&[&["left", "--participant", "Ana"], more].concat());
    let first = left(&["--json"]).json();
    assert_eq!((&first["participant"], &first["again"]), (&"Ana".into(), &false.into()));
    let again = left(&["--json"]).json();
    assert_eq!((&again["left_at"], &again["again"]), (&first["left_at"], &true.into()));
    ana.on(7).private(&canary::text("afterleaving", 1));
    ana.on(7).synced();
    let late = late_records(&world);
    assert!(late > 0);
    let undone = left(&["--undo", "--json"]).json();
    assert_eq!((&undone["left_at"], &undone["again"]), (&serde_json::Value::Null, &false.into()));
    ana.on(8).private(&canary::text("backagain", 1));
    ana.on(8).synced();
    assert_eq!(late_records(&world), late, "what comes from now on is in time");
    assert!(left(&["--undo"]).ok().contains("takes part"));
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn who_has_not_joined_cannot_have_left() {
    let world = World::new();
    world.desk.invite("Ana");
    world.desk.run(&["left", "--participant", "Ana"]).fails("nobody has joined");
    world.desk.run(&["left", "--participant", "Ben"]).fails("no such participant");
    world.stop_server();
    world.desk.run(&["left", "--participant", "Ana"]).fails("server-");
}
