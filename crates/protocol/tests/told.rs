//! What a person's notices tell together.

use chrono::{DateTime, NaiveDate};
use waymark_protocol::EntryId;
use waymark_protocol::content::{Notice, TimeOff, Told, What};
use waymark_protocol::study::StudyFile;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn on(day: u32, what: What) -> Notice {
    Notice { at: DateTime::parse_from_rfc3339(&format!("2026-03-{day:02}T12:00:00Z")).unwrap(), what }
}

fn paused(from: u32, until: Option<u32>) -> What {
    What::Paused { from: day(from), until: until.map(day) }
}

fn resumed(from: u32) -> What {
    What::Resumed { from: day(from) }
}

fn phase(phase: &str, from: u32) -> What {
    What::Phase { phase: phase.to_owned(), from: day(from) }
}

fn off(log: Vec<Notice>) -> Vec<(u32, Option<u32>)> {
    use chrono::Datelike;
    let days = |TimeOff { from, until }| (from.day(), until.map(|until: NaiveDate| until.day()));
    Told::of([log]).time_off.into_iter().map(days).collect()
}

#[test]
fn a_pause_takes_the_place_of_one_that_is_not_over_and_resuming_ends_it() {
    assert_eq!(off(vec![on(2, paused(2, Some(8))), on(3, paused(2, None))]), [(2, None)]);
    assert_eq!(
        off(vec![on(2, paused(2, Some(8))), on(9, paused(9, None))]),
        [(2, Some(8)), (9, None)],
        "that one is over"
    );
    assert_eq!(off(vec![on(2, paused(2, None)), on(5, resumed(5))]), [(2, Some(4))]);
    assert_eq!(off(vec![on(2, paused(2, None)), on(2, resumed(2))]), [], "taken back on its first day");
    assert_eq!(off(vec![on(2, paused(10, Some(12))), on(3, resumed(10))]), [], "called off before it began");
    let over = vec![on(2, paused(2, Some(4))), on(6, paused(20, None)), on(7, resumed(20))];
    assert_eq!(off(over), [(2, Some(4))], "what is over stays");
    assert_eq!(off(vec![on(2, paused(8, Some(4)))]), [], "days in the wrong order are none");
}

#[test]
fn two_devices_are_heard_by_the_time_and_one_device_as_its_log_stands() {
    let first = vec![on(2, paused(2, None)), on(9, What::Left { erased: false })];
    let second = vec![on(5, resumed(5))];
    let expected = [TimeOff { from: day(2), until: Some(day(4)) }];
    assert_eq!(Told::of([first.clone(), second.clone()]).time_off, expected);
    assert_eq!(Told::of([second, first]).time_off, expected);
    // The clock was set back between the two.
    assert_eq!(off(vec![on(6, paused(4, None)), on(5, resumed(5))]), [(4, Some(4))]);
}

#[test]
fn phases_hold_from_their_day_on_and_what_is_taken_back_says_nothing() {
    let file = StudyFile::parse(include_str!("../../../studies/transitions.toml")).unwrap();
    let plan = &file.plan;
    let said = |log: Vec<Notice>| {
        let told = Told::of([log]);
        let corrections = told.corrections(plan, Some(day(2))).into_iter();
        corrections.map(|(from, phase)| (from, phase.to_owned())).collect::<Vec<_>>()
    };
    let is = |phase: &str, from| (day(from), phase.to_owned());
    assert_eq!(said(vec![on(5, phase("beyond", 5)), on(5, phase("through", 5))]), [is("through", 5)]);
    assert_eq!(
        said(vec![on(5, phase("through", 5)), on(9, phase("into", 9))]),
        [is("through", 5), is("into", 9)],
        "after a correction the plan does not count"
    );
    assert_eq!(said(vec![on(5, phase("through", 5)), on(5, phase("into", 5))]), [], "taken back");
    assert_eq!(
        said(vec![on(5, phase("through", 5)), on(9, phase("into", 9)), on(9, phase("through", 9))]),
        [is("through", 5)]
    );
    assert_eq!(
        said(vec![on(9, phase("through", 9)), on(4, phase("beyond", 4))]),
        [is("beyond", 4)],
        "a clock set back"
    );
}

#[test]
fn the_latest_word_on_an_entry_counts_and_leaving_ends_what_was_said_before() {
    let [one, other] = [EntryId([1; 16]), EntryId([2; 16])];
    let talk = |entry, wanted| What::Talk { entry, wanted };
    let about = |logs: Vec<Vec<Notice>>| Told::of(logs).talk.into_iter().collect::<Vec<_>>();
    assert_eq!(about(vec![vec![on(2, talk(one, true)), on(3, talk(other, true))]]), [one, other]);
    assert_eq!(about(vec![vec![on(2, talk(one, true)), on(3, talk(one, false))]]), [], "taken back");
    let first = vec![on(2, talk(one, true)), on(6, talk(one, true))];
    let second = vec![on(5, talk(one, false)), on(7, talk(other, true))];
    assert_eq!(about(vec![first.clone(), second.clone()]), [one, other]);
    assert_eq!(about(vec![second, first]), [one, other], "in whatever order the logs come");
    let same_moment = [vec![on(2, talk(one, true))], vec![on(2, talk(one, false))]];
    assert_eq!(about(same_moment.to_vec()), [], "the later log's word");
    // What else the log says does not make it later: another phone knows only its own time.
    let paused_ahead = vec![on(9, paused(9, None)), on(3, talk(one, true))];
    assert_eq!(about(vec![paused_ahead, vec![on(4, talk(one, false))]]), []);
    let left = What::Left { erased: false };
    assert_eq!(about(vec![vec![on(2, talk(one, true)), on(3, left.clone())]]), []);
    assert_eq!(about(vec![vec![on(4, talk(one, true)), on(3, left.clone())]]), [], "with the clock set back");
    assert_eq!(
        about(vec![vec![on(2, talk(one, true)), on(3, left)], vec![on(5, talk(one, true))]]),
        [one],
        "back again"
    );
}
