//! When reminders ring: rules, days off, a time zone and the present go in; moments come out.
//!
//! A reminder rings at the *first moment at which the clock on the wall shows its time or a later one*. So
//!
//! ```text
//! 18:30 on an ordinary day              18:30
//! 02:30 where 02:00–03:00 is left out   the moment that shows 03:00
//! 02:30 where 02:00–03:00 comes twice   the first 02:30, and not the second
//! a date that is left out altogether    never
//! ```
//!
//! and two reminders never change places. Those that fall on the same moment ring once.

use chrono::{DateTime, Days, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime};

use super::Reminders;

/// What a clock on the wall shows, to a moment: one, two when the time comes twice, none when it is left out.
pub type Zone<'a> = dyn Fn(NaiveDateTime) -> MappedLocalTime<DateTime<FixedOffset>> + 'a;

/// How far ahead reminders are handed to the system.
const WINDOW_DAYS: i64 = 14;
/// The most that some systems keep is 64.
const WINDOW_MOST: usize = 60;
/// How far ahead the next reminder is looked for: a pause may be long.
const HORIZON_DAYS: u64 = 3 * 366;
/// The longest stretch that a clock on the wall has left out is a day.
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// The reminders to come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// The next one, however far away.
    pub next: Option<DateTime<FixedOffset>>,
    /// Those of the next 14 days, at most 60, earliest first.
    pub window: Vec<DateTime<FixedOffset>>,
}

impl Planned {
    /// Plans what rings after `now`. No reminder of a day that is off rings, and none rings on such a day.
    pub fn new(
        reminders: &Reminders,
        is_off: &dyn Fn(NaiveDate) -> bool,
        zone: &Zone<'_>,
        now: DateTime<FixedOffset>,
    ) -> Self {
        let mut rings = rings(reminders, is_off, zone, now).peekable();
        let next = rings.peek().copied();
        let end = now + Duration::days(WINDOW_DAYS);
        Self { next, window: rings.take_while(|at| *at <= end).take(WINDOW_MOST).collect() }
    }
}

fn rings(
    reminders: &Reminders,
    is_off: &dyn Fn(NaiveDate) -> bool,
    zone: &Zone<'_>,
    now: DateTime<FixedOffset>,
) -> impl Iterator<Item = DateTime<FixedOffset>> {
    // Two days back: `now` may be told in another zone than the one that the reminders ring in.
    let first = now.date_naive() - Days::new(2);
    let days = (0..if reminders.on { HORIZON_DAYS } else { 0 }).map(move |day| first + Days::new(day));
    let mut last = now;
    days.filter(|day| !is_off(*day))
        .flat_map(|day| reminders.times_on(day))
        .filter_map(|wall| moment(wall, zone))
        .filter(|at| !is_off(at.date_naive()))
        .filter(move |at| {
            let is_later = *at > last;
            if is_later {
                last = *at;
            }
            is_later
        })
}

/// The first moment at which the clock on the wall shows `wall` or a later time; none when it shows nothing of that date.
pub fn moment(wall: NaiveDateTime, zone: &Zone<'_>) -> Option<DateTime<FixedOffset>> {
    if let Some(at) = first(zone(wall)) {
        return Some(at);
    }
    let minutes = |from: NaiveDateTime| move |minute| from + Duration::minutes(minute);
    let after = (1..=LONGEST_GAP_MINUTES).map(minutes(wall)).find_map(|later| first(zone(later)))?;
    let midnight = wall.date().and_time(chrono::NaiveTime::MIN);
    let is_a_day = after.date_naive() == wall.date()
        || (0..24 * 60).map(minutes(midnight)).take_while(|time| *time < wall).any(|time| first(zone(time)).is_some());
    is_a_day.then_some(after)
}

fn first(mapped: MappedLocalTime<DateTime<FixedOffset>>) -> Option<DateTime<FixedOffset>> {
    match mapped {
        MappedLocalTime::Single(at) => Some(at),
        MappedLocalTime::Ambiguous(one, other) => Some(one.min(other)),
        MappedLocalTime::None => None,
    }
}
