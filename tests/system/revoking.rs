//! Invitations that are taken back before anybody has used them.

use crate::desk::Desk;
use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::world::World;

const REVOKE: &str = "DELETE /v1/studies/";

/// How somebody's newest invitation stands.
#[track_caller]
fn stands(desk: &Desk, label: &str) -> String {
    let people = desk.run(&["participants", "--json"]).json();
    let mut people = people.as_array().expect("a list").iter();
    let person = people.find(|person| person["participant"] == label).expect("somebody of this label");
    person["invitation"].as_str().expect("a word").to_owned()
}

#[track_caller]
fn revoke(desk: &Desk, label: &str) -> String {
    let revoked = desk.run(&["revoke", "--participant", label, "--json"]).json();
    assert_eq!(revoked["participant"], label);
    revoked["invitation"].as_str().expect("a word").to_owned()
}

#[test]
fn nobody_joins_by_a_revoked_invitation_and_the_same_label_gets_another() {
    let world = World::new();
    let (lost, bens) = (world.desk.invite("Ana"), world.desk.invite("Ben"));
    assert_eq!(stands(&world.desk, "Ana"), "open");
    assert_eq!(revoke(&world.desk, "Ana"), "revoked");
    assert_eq!(stands(&world.desk, "Ana"), "revoked");
    assert_eq!(revoke(&world.desk, "Ana"), "revoked-before");
    let said = world.desk.run(&["revoke", "--participant", "Ana"]).ok();
    assert!(said.contains("had been revoked before"), "{said}");
    Pilot::new(&world.path("finder")).join(&lost).fails("too old");
    Pilot::new(&world.path("ben")).join(&bens).ok();

    let found = world.desk.invite("Ana");
    assert_ne!(found, lost);
    assert_eq!(world.desk.invite("Ana"), found, "the new one is given again until it is used");
    let ana = Pilot::new(&world.path("ana"));
    ana.join(&found).ok();
    ana.synced();
    world.desk.pulled(0);
    assert_eq!(stands(&world.desk, "Ana"), "used");
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn what_cannot_be_revoked_is_said() {
    let world = World::new();
    let ana = world.person("Ana");
    ana.synced();
    world.desk.pulled(0);
    let revoke = |who: &str| world.desk.run(&["revoke", "--participant", who]);
    revoke("Ana").fails("has been used");
    revoke("Nobody").fails("no such participant");
    revoke(&"0".repeat(32)).fails("no such participant");
    world.desk.run(&["revoke"]).misused("--participant");
}

#[test]
fn an_invitation_is_revoked_by_the_number_that_the_desk_shows() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    let people = world.desk.run(&["participants", "--json"]).json();
    assert_eq!((&people[0]["participant"], &people[0]["phones"]), (&"Ana".into(), &0.into()));
    let number = people[0]["number"].as_str().expect("a number");
    let printed = world.desk.run(&["participants"]).ok();
    assert!(printed.contains("Ana") && printed.contains(number) && printed.contains("open"), "{printed}");
    let said = world.desk.run(&["revoke", "--participant", number]).ok();
    assert!(said.contains("The invitation of Ana is revoked"), "{said}");
    Pilot::new(&world.path("finder")).join(&link).fails("too old");
}

#[test]
fn a_revocation_that_did_not_arrive_is_told_by_the_next_pull() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    world.proxy.next(REVOKE, 3, Fault::Cut);
    world.desk.run(&["revoke", "--participant", "Ana"]).fails("still lets somebody join");
    assert_eq!(stands(&world.desk, "Ana"), "revocation-not-sent");
    let another = world.desk.invite("Ana");
    assert_ne!(another, link, "what was revoked here is not given out again");
    world.desk.pulled(0);
    Pilot::new(&world.path("finder")).join(&link).fails("too old");
    Pilot::new(&world.path("ana")).join(&another).ok();
}

#[test]
fn with_the_server_away_the_same_command_revokes_once_it_is_back() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    world.stop_server();
    world.desk.run(&["revoke", "--participant", "Ana"]).fails("server-");
    world.start_server();
    assert_eq!(revoke(&world.desk, "Ana"), "revoked");
    assert_eq!(revoke(&world.desk, "Ana"), "revoked-before");
    Pilot::new(&world.path("finder")).join(&link).fails("too old");
}

#[test]
fn a_server_restored_from_before_hears_again_of_what_was_revoked_and_that_the_study_has_ended() {
    let world = World::new();
    let ana = world.person("Ana");
    ana.synced();
    world.desk.pulled(0);
    let (revoked, open) = (world.desk.invite("Ben"), world.desk.invite("Cleo"));
    world.back_up();
    let unknown = world.desk.invite("Dana");
    for label in ["Ben", "Dana"] {
        assert_eq!(revoke(&world.desk, label), "revoked");
    }
    world.restore();
    world.desk.pulled(0);
    Pilot::new(&world.path("dana")).join(&unknown).fails("too old");
    Pilot::new(&world.path("finder")).join(&revoked).fails("too old");
    world.desk.run(&["end", "--confirm", "Transitions"]).ok();
    world.restore();
    world.desk.pulled(0);
    Pilot::new(&world.path("cleo")).join(&open).fails("too old");
}

#[test]
fn whoever_was_quicker_than_the_revocation_is_let_in_again_after_a_restore() {
    let world = World::new();
    world.back_up();
    let ana = world.person("Ana");
    ana.shared("kept");
    ana.on(3).synced();
    assert_eq!(revoke(&world.desk, "Ana"), "revoked", "the desk has heard of no phone yet");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["kept"]);
    world.restore();
    world.desk.pulled(3);
    ana.on(4).sync().warns("had lost records that it had receipted");
    ana.on(4).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
}
