//! Several phones of one person: each sees what the others write, and one can stop another.

use serde_json::Value;

use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::world::World;

/// Somebody with two phones that know of each other, on day 0.
fn two_phones() -> (World, Pilot, Pilot) {
    let world = World::new();
    let old = world.person("Ana");
    old.synced();
    let new = Pilot::new(&world.path("new"));
    new.restore(&world.url(), &old.words()).ok();
    new.synced();
    old.synced();
    (world, old, new)
}

/// The person's phones as one of them knows them.
#[track_caller]
fn phones(pilot: &Pilot) -> Vec<Value> {
    pilot.run(&["phones", "--json"]).json().as_array().expect("a list").clone()
}

/// The id of the other phone.
#[track_caller]
fn other(pilot: &Pilot) -> String {
    let phones = phones(pilot);
    let other = phones.iter().find(|phone| phone["this"] == false).expect("another phone");
    other["device"].as_str().expect("an id").to_owned()
}

#[test]
fn both_phones_have_what_either_writes_and_the_desk_has_each_entry_once() {
    let (world, old, new) = two_phones();
    let named: Vec<_> = phones(&old).into_iter().map(|phone| (phone["this"].clone(), phone["new"].clone())).collect();
    assert_eq!(named, [(true.into(), false.into()), (false.into(), true.into())], "a new phone is named");
    assert!(phones(&new).iter().all(|phone| phone["new"] == false), "what was there before is not new");
    old.shared("shared on the old phone");
    old.private("private on the old phone");
    new.on(1).shared("shared on the new phone");
    old.on(1).synced();
    new.on(1).synced();
    old.on(1).synced();
    assert_eq!(old.texts().len(), 3);
    assert_eq!(new.texts(), old.texts());
    // Each shares what was shared on it, and nothing of the other's.
    new.on(5).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["shared on the new phone"]);
    old.on(5).synced();
    new.on(5).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 2);
    assert_eq!(world.desk.words(0), ["complete", "complete"]);
    let places = |pilot: &Pilot| -> Vec<_> { pilot.list().iter().map(|entry| entry["place"].clone()).collect() };
    assert_eq!(places(&new.on(5)), places(&old.on(5)), "both know what the study has");
}

#[test]
fn an_entry_that_both_phones_edit_while_apart_has_both_revisions_on_both() {
    let (_world, old, new) = two_phones();
    let entry = old.private("as it was");
    old.synced();
    new.synced();
    for (pilot, text) in [(old.on(1), "edited on the old phone"), (new.on(1), "edited on the new phone")] {
        pilot.run(&["write", "--private", "--entry", &entry, "--text", text]).ok();
    }
    old.on(2).synced();
    new.on(2).synced();
    old.on(2).synced();
    for pilot in [&old, &new] {
        let list = pilot.list();
        assert_eq!(list.len(), 1);
        assert_eq!((&list[0]["revisions"], &list[0]["apart"]), (&3.into(), &true.into()));
    }
    assert_eq!(old.texts(), new.texts(), "both show the same one first");
}

#[test]
fn a_stopped_phone_is_told_keeps_its_diary_and_counts_up_to_where_it_was_stopped() {
    let (world, old, new) = two_phones();
    old.shared("arrived before");
    old.on(3).synced();
    new.on(3).synced();
    new.on(3).shared("never sent");
    let stop = |words: &str| old.on(4).start(&["phones", "--json", "--stop", &other(&old)], words.as_bytes()).end();
    let stopped = stop("").json();
    let states: Vec<_> = stopped.as_array().expect("a list").iter().map(|phone| phone["stopped"].clone()).collect();
    assert_eq!(states, [false, true]);
    stop("").json();

    for day in [5, 6] {
        new.on(day).sync().fails("was stopped from another phone");
    }
    assert_eq!(new.on(6).texts().len(), 2, "all that it has can be read as before");
    new.on(6).private("written afterwards");
    assert_eq!(new.on(6).texts().len(), 3);

    old.on(6).shared("arrived after");
    old.on(9).synced();
    world.desk.pulled(0);
    let mut states: Vec<_> = world.desk.states(0).into_iter().map(|(_, seq, state)| (state, seq > 0)).collect();
    states.sort();
    assert_eq!(states, [("complete".to_owned(), true), ("revoked".to_owned(), true)]);
    assert_eq!(world.desk.texts(), ["arrived before", "arrived after"]);
}

#[test]
fn stopping_a_phone_does_not_wait_for_voice_notes() {
    let (world, old, _new) = two_phones();
    let note = world.path("note.ogg");
    std::fs::write(&note, b"OggS, and what was said").expect("written");
    old.run(&["write", "--private", "--text", "said", "--voice", note.to_str().expect("a plain name")]).ok();
    let sent = |world: &World| world.proxy.count("PUT /v1/device/parts");
    old.run(&["phones", "--stop", &other(&old)]).ok();
    assert_eq!(sent(&world), 0);
    old.synced();
    assert_eq!(sent(&world), 1);
}

#[test]
fn the_new_phone_stops_the_lost_one_with_the_words_from_paper() {
    let (world, old, new) = two_phones();
    let words = old.words();
    old.shared("arrived before it was lost");
    old.on(3).synced();
    let stop = |words: &str| new.on(4).start(&["phones", "--stop", &other(&new)], words.as_bytes()).end();
    let somebody = world.person("Ben");
    stop(&somebody.words()).fails("another diary");
    stop("no words at all").fails("");
    stop(&words).ok();
    old.on(4).private("by whoever found it");
    old.on(4).sync().fails("was stopped");
    new.on(4).synced();
    assert_eq!(new.texts().len(), 1, "what had arrived is here, and what came later is not");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["arrived before it was lost"]);
    let mut words = world.desk.words(0);
    words.sort();
    assert!(words.contains(&"revoked".to_owned()), "{words:?}");
}

#[test]
fn a_broken_way_to_the_other_phones_records_costs_nothing() {
    let (world, old, new) = two_phones();
    let read = "GET /v1/device/records";
    for number in 0..6 {
        old.private(&format!("entry {number}"));
        old.synced();
    }
    for fault in [Fault::Truncate, Fault::Cut, Fault::answer("500 Internal Server Error", "", "oops")] {
        world.proxy.next(read, 1, fault);
        assert_ne!(new.sync().code, 0);
        world.proxy.calm();
    }
    // What cannot be read does not keep what was written here from going its way.
    new.private("goes its way");
    world.proxy.next(read, 1, Fault::answer("200 OK", "", "<html>"));
    let told = new.sync();
    assert_eq!(told.code, 3, "{told}");
    assert!(told.stderr.contains("another phone of yours"), "{told}");
    world.proxy.calm();
    new.synced();
    old.synced();
    assert_eq!(old.texts().len(), 7);
    assert_eq!(new.texts(), old.texts());
}
