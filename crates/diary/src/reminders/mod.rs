//! Reminders of the writer's own choosing: times on the wall clock, on days of the week. They are a setting, `reminders`, so
//! that the next phone has them too:
//!
//! ```json
//! { "on": true, "list": [{ "at": "18:30", "days": [0, 1, 2, 3, 4] }] }
//! ```
//!
//! Days count from Monday, which is 0. When they ring is planned by [`plan`], which knows no clock and no time zone of its own.

pub mod plan;

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Weekday};
use serde::{Deserialize, Serialize};

use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::{Error, Now};

/// The most reminders that there can be.
pub const MOST_REMINDERS: usize = 5;

const SETTING: &str = "reminders";
const FORM: &str = "%H:%M";

/// A time on some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    /// The time on the wall clock, to the minute.
    at: NaiveTime,
    /// One bit for each day of the week; the lowest is Monday's.
    days: u8,
}

/// All reminders of a diary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reminders {
    on: bool,
    /// By time; no two are the same.
    list: Vec<Reminder>,
}

impl Reminder {
    /// Reads a time as `HH:MM`, and days from 0 (Monday) to 6. None when that is no time, or there is no day.
    pub fn new(at: &str, days: &[u8]) -> Option<Self> {
        let time = NaiveTime::parse_from_str(at, FORM).ok().filter(|time| time.format(FORM).to_string() == at)?;
        let bits = days.iter().try_fold(0, |bits, day| (*day < 7).then(|| bits | 1 << day))?;
        (bits != 0).then_some(Self { at: time, days: bits })
    }

    /// The time as `HH:MM`.
    pub fn at(&self) -> String {
        self.at.format(FORM).to_string()
    }

    /// The days, from 0 (Monday) to 6.
    pub fn days(&self) -> Vec<u8> {
        (0..7).filter(|day| self.days & 1 << day != 0).collect()
    }

    fn is_on(&self, day: Weekday) -> bool {
        self.days & 1 << day.num_days_from_monday() != 0
    }
}

impl Reminders {
    /// Reminders as they were chosen. None when there are more than [`MOST_REMINDERS`].
    pub fn new(on: bool, mut list: Vec<Reminder>) -> Option<Self> {
        list.sort_unstable();
        list.dedup();
        (list.len() <= MOST_REMINDERS).then_some(Self { on, list })
    }

    /// Whether they ring.
    pub fn on(&self) -> bool {
        self.on
    }

    /// The reminders by time.
    pub fn list(&self) -> &[Reminder] {
        &self.list
    }

    /// The times that ring on a day, earliest first.
    fn times_on(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDateTime> {
        let day = chrono::Datelike::weekday(&date);
        let ringing = self.list.iter().filter(move |reminder| self.on && reminder.is_on(day));
        let mut times: Vec<NaiveTime> = ringing.map(|reminder| reminder.at).collect();
        times.dedup();
        times.into_iter().map(move |time| date.and_time(time))
    }
}

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    on: bool,
    list: Vec<KeptReminder>,
}

#[derive(Serialize, Deserialize)]
struct KeptReminder {
    at: String,
    days: Vec<u8>,
}

impl Diary {
    /// The reminders. What this version cannot read counts as not chosen, reminder by reminder.
    pub fn reminders(&self) -> Reminders {
        let kept = self.setting(SETTING).and_then(|text| serde_json::from_str::<Kept>(text).ok());
        let Some(kept) = kept else { return Reminders::default() };
        let list =
            kept.list.iter().filter_map(|each| Reminder::new(&each.at, &each.days)).take(MOST_REMINDERS).collect();
        Reminders::new(kept.on, list).unwrap_or_default()
    }

    /// Chooses reminders; they are on disk when this returns.
    pub fn set_reminders(&mut self, reminders: &Reminders, now: Now) -> Result<(), Error> {
        let list = reminders.list.iter().map(|each| KeptReminder { at: each.at(), days: each.days() }).collect();
        let kept = Kept { on: reminders.on, list };
        let text = serde_json::to_string(&kept).map_err(|_| Error::Plain(ErrorCode::Internal))?;
        self.set_setting(SETTING, &text, now)
    }

    /// When the reminders ring from `now` on: the next time, and what a shell hands to the system ahead of it.
    pub fn planned(&self, now: Now, zone: &plan::Zone<'_>) -> plan::Planned {
        let pauses = self.pauses();
        let is_off = |day| pauses.iter().any(|pause| pause.covers(day));
        plan::Planned::new(&self.reminders(), &is_off, zone, now.wall)
    }
}

/// The time zone of where the phone is.
pub fn here(wall: NaiveDateTime) -> chrono::MappedLocalTime<DateTime<FixedOffset>> {
    Local.from_local_datetime(&wall).map(|time| time.fixed_offset())
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod plan_tests;
