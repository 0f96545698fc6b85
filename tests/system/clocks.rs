//! A phone whose clock is years off: its entries live by its own clock, and the desk says which clock that is.

use chrono::Datelike;

use crate::pilot::{Pilot, day};
use crate::world::World;

#[test]
fn a_phone_three_years_off_either_way_loses_nothing_and_shares_when_its_own_hold_is_over() {
    let world = World::new();
    let years = 3 * 365;
    for (label, off) in [("Ahead", years), ("Behind", -years)] {
        let pilot = Pilot::new(&world.path(label)).on(off);
        pilot.join(&world.desk.invite(label)).ok();
        pilot.shared(label);
        let kept = pilot.private("private");
        pilot.synced();
        assert_eq!(pilot.place(&kept), "backed-up");
        world.desk.pulled(0);
        assert!(!world.desk.texts().contains(&label.to_owned()), "it is still held");
        let later = pilot.on(off + 3);
        later.synced();
        world.desk.pulled(0);
        let read = world.desk.read();
        let read = read.iter().find(|read| read.text == label).expect("the hold is over by the phone's own clock");
        assert_eq!(read.about, day(off).date_naive().to_string());
        let report = world.desk.verify().json();
        let devices = report["devices"].as_array().expect("a list").clone();
        let device = devices.iter().find(|device| device["participant"] == label).expect("the phone");
        let year = day(off + 3).year().to_string();
        assert!(device["as_of"].as_str().is_some_and(|time| time.starts_with(&year)), "the phone's clock: {device}");
        assert_eq!(device["state"], "complete");
    }
}

#[test]
fn a_clock_that_is_set_right_again_breaks_nothing() {
    let world = World::new();
    let pilot = Pilot::new(&world.path("a"));
    let ahead = pilot.on(3 * 365);
    ahead.join(&world.desk.invite("Ana")).ok();
    let early = ahead.shared("while the clock was ahead");
    ahead.synced();
    let right = pilot.on(1);
    right.shared("when it was right");
    right.on(4).synced();
    assert_eq!(right.on(4).place(&early), "held", "its hold ends by the clock that it was chosen by");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["when it was right"]);
    assert_eq!(world.desk.words(0), ["complete"]);
    // The person can choose again.
    right.on(4).share(&early);
    right.on(7).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 2);
    assert_eq!(right.texts().len(), 2);
}
