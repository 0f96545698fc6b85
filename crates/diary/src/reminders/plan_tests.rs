//! Reminders over time zones, daylight saving, pauses and a year of days.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Days, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Utc};
use proptest::prelude::*;

use super::plan::Planned;
use super::*;

/// A time zone that is made up: an offset, and changes of it, each with the moment from which it holds.
#[derive(Debug, Clone)]
struct MadeZone {
    offset: i32,
    changes: Vec<(DateTime<Utc>, i32)>,
}

fn offset(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).expect("an offset")
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a time on the wall")
}

impl MadeZone {
    fn new(hours: i32, changes: &[(&str, i32)]) -> Self {
        let change = |(at, hours): &(&str, i32)| (utc(at), hours * 3600);
        Self { offset: hours * 3600, changes: changes.iter().map(change).collect() }
    }

    fn shows(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let since = self.changes.iter().take_while(|(since, _)| *since <= at).last();
        at.with_timezone(&offset(since.map_or(self.offset, |(_, seconds)| *seconds)))
    }

    /// Every moment that shows a time: those of all offsets that there ever are, kept when the wall agrees.
    fn map(&self, wall: NaiveDateTime) -> MappedLocalTime<DateTime<FixedOffset>> {
        let offsets: BTreeSet<i32> = self.changes.iter().map(|(_, seconds)| *seconds).chain([self.offset]).collect();
        let moments = offsets.into_iter().map(|seconds| self.shows(wall.and_utc() - Duration::seconds(seconds.into())));
        let there: BTreeSet<_> = moments.filter(|at| at.naive_local() == wall).collect();
        let mut there = there.into_iter();
        match (there.next(), there.next_back()) {
            (None, _) => MappedLocalTime::None,
            (Some(at), None) => MappedLocalTime::Single(at),
            // Whoever asks for the first is not to rely on the order.
            (Some(at), Some(again)) => MappedLocalTime::Ambiguous(again, at),
        }
    }

    fn plan(&self, reminders: &Reminders, off: &[Off], now: DateTime<Utc>) -> Planned {
        let is_off = |day| off.iter().any(|(from, to)| *from <= day && day <= *to);
        Planned::new(reminders, &is_off, &|wall| self.map(wall), self.shows(now))
    }
}

type Off = (NaiveDate, NaiveDate);

fn every_day(times: &[&str]) -> Reminders {
    let list = times.iter().map(|at| Reminder::new(at, &[0, 1, 2, 3, 4, 5, 6]).expect("a reminder")).collect();
    Reminders::new(true, list).expect("few enough")
}

/// What rings on one date, as the wall shows it and in UTC.
fn on(zone: &MadeZone, times: &[&str], date: &str) -> Vec<String> {
    let date: NaiveDate = date.parse().expect("a date");
    let before = (date - Days::new(4)).and_time(NaiveTime::MIN).and_utc();
    let planned = zone.plan(&every_day(times), &[], before);
    let there = planned.window.iter().filter(|at| at.date_naive() == date);
    there.map(|at| format!("{} = {}Z", at.format("%H:%M"), at.naive_utc().format("%H:%M"))).collect()
}

#[test]
fn a_time_that_is_left_out_rings_at_the_end_of_the_gap_and_one_that_comes_twice_rings_once() {
    let middle_europe = MadeZone::new(1, &[("2026-03-29T01:00:00Z", 2), ("2026-10-25T01:00:00Z", 1)]);
    assert_eq!(on(&middle_europe, &["02:30"], "2026-03-28"), ["02:30 = 01:30Z"]);
    assert_eq!(on(&middle_europe, &["02:30"], "2026-03-29"), ["03:00 = 01:00Z"]);
    assert_eq!(on(&middle_europe, &["02:00", "02:59", "03:00"], "2026-03-29"), ["03:00 = 01:00Z"], "once, not thrice");
    assert_eq!(on(&middle_europe, &["01:59", "03:01"], "2026-03-29"), ["01:59 = 00:59Z", "03:01 = 01:01Z"]);
    assert_eq!(on(&middle_europe, &["02:30"], "2026-10-25"), ["02:30 = 00:30Z"]);
    assert_eq!(on(&middle_europe, &["03:00"], "2026-10-25"), ["03:00 = 02:00Z"]);
    assert_eq!(on(&middle_europe, &["18:30"], "2026-10-26"), ["18:30 = 17:30Z"], "the wall's time, on either side");
}

#[test]
fn daylight_saving_at_midnight_and_by_half_an_hour() {
    let at_midnight = MadeZone::new(2, &[("2026-03-28T22:00:00Z", 3), ("2026-10-24T21:00:00Z", 2)]);
    assert_eq!(on(&at_midnight, &["00:00", "00:30"], "2026-03-29"), ["01:00 = 22:00Z"]);
    assert_eq!(on(&at_midnight, &["23:30"], "2026-10-24"), ["23:30 = 20:30Z"], "the first of two");
    let half = MadeZone {
        offset: 38_700 - 900,
        changes: vec![(utc("2026-10-03T15:30:00Z"), 39_600), (utc("2027-04-03T15:00:00Z"), 37_800)],
    };
    assert_eq!(on(&half, &["02:15"], "2026-10-04"), ["02:30 = 15:30Z"]);
}

#[test]
fn a_gap_over_midnight_rings_when_it_ends_and_a_date_that_does_not_exist_has_no_reminder() {
    let over_midnight = MadeZone { offset: 0, changes: vec![(utc("2026-05-05T23:30:00Z"), 3600)] };
    assert_eq!(on(&over_midnight, &["23:45"], "2026-05-05"), [""; 0]);
    assert_eq!(on(&over_midnight, &["23:45"], "2026-05-06"), ["00:30 = 23:30Z", "23:45 = 22:45Z"]);
    let across_the_date_line = MadeZone::new(-10, &[("2011-12-30T10:00:00Z", 14)]);
    assert_eq!(on(&across_the_date_line, &["18:00"], "2011-12-29"), ["18:00 = 04:00Z"]);
    assert_eq!(on(&across_the_date_line, &["18:00"], "2011-12-30"), [""; 0]);
    assert_eq!(on(&across_the_date_line, &["18:00"], "2011-12-31"), ["18:00 = 04:00Z"]);
}

#[test]
fn a_reminder_that_a_gap_moves_into_a_day_off_does_not_ring() {
    let zone = MadeZone { offset: 0, changes: vec![(utc("2026-05-05T23:30:00Z"), 3600)] };
    let sixth: NaiveDate = "2026-05-06".parse().expect("a date");
    let planned = zone.plan(&every_day(&["23:45"]), &[(sixth, sixth)], utc("2026-05-05T12:00:00Z"));
    assert_eq!(planned.next.expect("the day after").naive_local(), wall("2026-05-07T23:45:00"));
}

#[test]
fn another_zone_means_other_moments_for_the_same_times_on_the_wall() {
    let now = utc("2026-07-01T12:00:00Z");
    let next = |zone: &MadeZone| zone.plan(&every_day(&["18:30"]), &[], now).next.expect("one").naive_utc();
    assert_eq!(next(&MadeZone::new(2, &[])), wall("2026-07-01T16:30:00"));
    assert_eq!(next(&MadeZone::new(-7, &[])), wall("2026-07-02T01:30:00"));
    assert_eq!(next(&MadeZone::new(9, &[])), wall("2026-07-02T09:30:00"), "it is past 18:30 there");
    // The present may still be told in the zone of before.
    let zone = MadeZone::new(14, &[]);
    let stale = now.with_timezone(&offset(-11 * 3600));
    let planned = Planned::new(&every_day(&["03:00"]), &|_| false, &|wall| zone.map(wall), stale);
    assert_eq!(planned.next.expect("one").naive_utc(), wall("2026-07-01T13:00:00"));
}

#[test]
fn the_window_is_fourteen_days_and_never_more_than_sixty() {
    let zone = MadeZone::new(0, &[]);
    let now = utc("2026-07-01T12:00:00Z");
    let once = zone.plan(&every_day(&["12:00"]), &[], now).window;
    assert_eq!(once.len(), 14, "not the one of this moment, and the last one just");
    let most = zone.plan(&every_day(&["06:00", "09:00", "12:00", "15:00", "18:00"]), &[], now).window;
    assert_eq!(most.len(), 60);
    let off = Reminders::new(false, every_day(&["12:00"]).list).expect("few");
    assert_eq!(zone.plan(&off, &[], now), Planned::default());
    assert_eq!(zone.plan(&Reminders::default(), &[], now), Planned::default());
}

#[test]
fn after_a_long_pause_the_next_one_is_known_and_none_is_handed_over_yet() {
    let zone = MadeZone::new(0, &[]);
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let planned =
        zone.plan(&every_day(&["08:00"]), &[(day("2026-07-01"), day("2026-12-31"))], utc("2026-07-01T12:00:00Z"));
    assert_eq!(planned.next.expect("in January").naive_local(), wall("2027-01-01T08:00:00"));
    assert!(planned.window.is_empty());
    let for_ever =
        zone.plan(&every_day(&["08:00"]), &[(day("2026-07-01"), NaiveDate::MAX)], utc("2026-07-01T12:00:00Z"));
    assert_eq!(for_ever, Planned::default());
}

#[test]
fn a_reminder_is_a_time_and_some_day() {
    let reminder = Reminder::new("08:05", &[6, 0, 0]).expect("one");
    assert_eq!((reminder.at(), reminder.days()), ("08:05".to_owned(), vec![0, 6]));
    for (at, days) in [("24:00", [1]), ("8:05", [1]), ("08:05:30", [1]), ("", [1]), ("08:05", [7])] {
        assert_eq!(Reminder::new(at, &days), None, "{at}");
    }
    assert_eq!(Reminder::new("08:05", &[]), None);
    let many = |count: u8| (0..count).map(|day| Reminder::new(&format!("0{day}:00"), &[day]).expect("one")).collect();
    assert!(Reminders::new(true, many(5)).is_some() && Reminders::new(true, many(6)).is_none());
    let same = Reminders::new(true, vec![reminder; 9]).expect("one");
    assert_eq!(same.list(), [reminder]);
}

/// The year that the property walks through, with room for the longest change at either end.
const YEAR: i64 = 366;

fn start() -> DateTime<Utc> {
    utc("2026-01-01T00:00:00Z")
}

prop_compose! {
    /// A zone with up to three changes within a year, each at a whole minute, by minutes or by most of a day.
    fn made_zones()(
        first in -12 * 60..=14 * 60i32,
        // Far enough apart that a time comes twice at most.
        changes in prop::collection::vec((0..120 * 24 * 60i64, prop_oneof![-120..=120i32, -24 * 60..=24 * 60i32]), 0..=3),
    ) -> MadeZone {
        let mut minutes = first;
        let mut zone = MadeZone { offset: first * 60, changes: Vec::new() };
        for (place, (minute, by)) in (0..).zip(changes) {
            minutes = (minutes + by).clamp(-15 * 60, 15 * 60);
            zone.changes.push((start() + Duration::days(place * 122) + Duration::minutes(minute), minutes * 60));
        }
        zone
    }
}

prop_compose! {
    fn chosen()(list in prop::collection::vec((0..24 * 60u16, 1..128u8), 0..=MOST_REMINDERS)) -> Reminders {
        let one = |(minute, days): (u16, u8)| {
            let days: Vec<u8> = (0..7).filter(|day| days & 1 << day != 0).collect();
            Reminder::new(&format!("{:02}:{:02}", minute / 60, minute % 60), &days).expect("a reminder")
        };
        Reminders::new(true, list.into_iter().map(one).collect()).expect("few enough")
    }
}

/// What rings, by looking at the wall minute after minute. A reminder waits from the first minute of its day on.
fn watched(zone: &MadeZone, reminders: &Reminders, off: &[Off]) -> BTreeSet<DateTime<Utc>> {
    let is_off = |day| off.iter().any(|(from, to)| *from <= day && day <= *to);
    let (mut seen, mut waiting, mut rung) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut last = None;
    for minute in 0..YEAR * 24 * 60 {
        let at = start() + Duration::minutes(minute);
        let shown = zone.shows(at).naive_local();
        if last.replace(shown.date()) != Some(shown.date()) && seen.insert(shown.date()) {
            let chosen =
                |reminder: &&Reminder| reminder.days().contains(&(shown.weekday().num_days_from_monday() as u8));
            waiting.extend(reminders.list().iter().filter(chosen).map(|reminder| shown.date().and_time(reminder.at)));
        }
        while let Some(first) = waiting.first().copied().filter(|first| *first <= shown) {
            waiting.remove(&first);
            if !is_off(first.date()) && !is_off(shown.date()) {
                rung.insert(at);
            }
        }
    }
    rung
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 64, ..ProptestConfig::default() })]

    /// Rolled on from day to day as the app does it, a year's reminders are those of somebody who watches the wall: each chosen
    /// day rings once, and no day off rings.
    #[test]
    fn each_chosen_day_rings_exactly_once_and_none_in_a_pause(
        zone in made_zones(),
        reminders in chosen(),
        pauses in prop::collection::vec((0..YEAR, 0..40i64), 0..=3),
        step in 1..=4i64,
    ) {
        let day = |days: i64| (start() + Duration::days(days)).date_naive();
        let off: Vec<Off> = pauses.into_iter().map(|(from, length)| (day(from), day(from + length))).collect();
        let mut rung = BTreeSet::new();
        let mut now = start();
        while now < start() + Duration::days(YEAR) {
            let planned = zone.plan(&reminders, &off, now);
            let later = now + Duration::days(step);
            prop_assert!(planned.window.len() <= 60);
            prop_assert!(planned.window.is_sorted());
            prop_assert!(planned.window.first().is_none_or(|first| Some(*first) == planned.next));
            for at in planned.window.iter().filter(|at| **at <= later) {
                prop_assert!(rung.insert(at.to_utc()), "{at} rings twice");
            }
            now = later;
        }
        // A day whose beginning or end lies outside the year is nobody's business here.
        let (from, to) = (start() + Duration::days(2), start() + Duration::days(YEAR - 2));
        let within = |all: BTreeSet<DateTime<Utc>>| all.into_iter().filter(|at| (from..to).contains(at)).collect::<Vec<_>>();
        prop_assert_eq!(within(rung), within(watched(&zone, &reminders, &off)));
    }
}
