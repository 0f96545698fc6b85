//! A lost phone: 24 words and an address bring everything back, private entries too, and share nothing that was held.

use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::verdicts::one_diary;
use crate::world::World;

#[test]
fn a_restored_phone_has_every_entry_and_carries_on() {
    let (world, pilot) = one_diary();
    pilot.shared("held when the phone was lost");
    pilot.synced();
    let (words, before) = (pilot.words(), pilot.texts());
    let new = Pilot::new(&world.path("new")).on(20);
    assert_eq!(new.restore(&world.url(), &words).ok().trim(), "6 entries came back");
    assert!(new.texts() == before);
    new.restore(&world.url(), &words).fails("a diary here already");
    new.synced();
    new.shared("on the new phone");
    new.on(23).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete", "complete"]);
    let texts = world.desk.texts();
    assert_eq!(texts.len(), 5);
    assert!(texts.contains(&"on the new phone".to_owned()));
    assert!(!texts.iter().any(|text| text.contains("held")), "nobody has chosen to share it on this phone");
}

#[test]
fn an_entry_shared_from_the_old_phone_can_be_withdrawn_on_the_new_one() {
    let (world, pilot) = one_diary();
    let shared = pilot.list().into_iter().find(|entry| entry["place"] == "with-study").expect("a shared entry");
    let new = Pilot::new(&world.path("new")).on(20);
    new.restore(&world.url(), &pilot.words()).ok();
    new.withdraw(shared["entry"].as_str().expect("an id"));
    new.synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 3);
    assert_eq!(new.texts(), pilot.texts(), "the writer keeps it");
    assert_eq!(world.desk.words(0), ["complete", "complete"]);
}

#[test]
fn lost_replies_while_restoring_cost_nothing() {
    let (world, pilot) = one_diary();
    let (words, before) = (pilot.words(), pilot.texts());
    let new = Pilot::new(&world.path("new")).on(20);
    let (recovery, records) = ("POST /v1/recoveries", "GET /v1/device/records");
    for (call, skip, fault, says) in [
        // First the challenge, then the answer to it. When its reply is lost, the server has made a device whose token nobody
        // knows.
        (recovery, 0, Fault::LoseReply, "can't be reached"),
        (recovery, 1, Fault::Cut, "can't be reached"),
        (recovery, 1, Fault::LoseReply, "can't be reached"),
        (recovery, 1, Fault::answer("200 OK", "", "{}"), "not one that"),
        (records, 0, Fault::Truncate, "can't be reached"),
        (records, 0, Fault::answer("200 OK", "", "<html>"), "not one that"),
    ] {
        world.proxy.after(call, skip, 1, fault);
        new.restore(&world.url(), &words).fails(says);
        world.proxy.calm();
        new.run(&["list"]).fails("there is no diary");
    }
    new.restore(&world.url(), &words).ok();
    assert!(new.texts() == before);
    new.synced();
    pilot.synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete", "complete"], "a device that never wrote is not there");
}

#[test]
fn wrong_words_and_words_of_nobody_are_told_apart() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.synced();
    let words = pilot.words();
    let new = Pilot::new(&world.path("new"));
    let mut swapped: Vec<&str> = words.split_whitespace().collect();
    swapped.swap(0, 1);
    let other = World::new();
    new.restore(&world.url(), "these are no words").fails("");
    if swapped[0] != swapped[1] {
        assert_eq!(new.restore(&world.url(), &swapped.join(" ")).code, 1);
    }
    new.restore(&other.url(), &words).fails("no diary for these words");
    new.restore(&world.url(), &words).ok();
}
