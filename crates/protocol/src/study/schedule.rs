//! On which days a prompt set is due.

use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::SpanRange;

/// The days on which a prompt set is due in some phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The prompt set.
    pub set: String,
    /// Days of the week.
    pub days: Vec<Day>,
    /// How many entries a week the study hopes for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim_per_week: Option<u32>,
    /// The phases in which it holds.
    pub phases: Vec<String>,
    /// The part of the phase in which it holds, counted from the phase's first day; the whole phase if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<SpanRange>,
    /// Every week, or only every second, third …, counted from the first day of `weeks` or else of the phase.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub every_weeks: NonZeroU32,
}

pub(super) fn every_week() -> NonZeroU32 {
    NonZeroU32::MIN
}

fn is_every_week(weeks: &NonZeroU32) -> bool {
    *weeks == NonZeroU32::MIN
}

impl Schedule {
    /// Whether the set is due on `date`, for someone whose phase began on `phase_began`.
    pub fn is_due(&self, phase_began: NaiveDate, date: NaiveDate) -> bool {
        let Ok(day) = u32::try_from(date.signed_duration_since(phase_began).num_days()) else {
            return false; // before the phase
        };
        let day_in_range = match self.weeks {
            Some(weeks) if weeks.contains_day(day) => day - weeks.from().days(),
            Some(_) => return false,
            None => day,
        };
        (day_in_range / 7).is_multiple_of(self.every_weeks.get())
            && self.days.iter().any(|due| due.weekday() == date.weekday())
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    pub(super) const EXPECTED: &str = "days from: \"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"";

    /// The same day, for reckoning.
    pub fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Mon,
            Self::Tue => Weekday::Tue,
            Self::Wed => Weekday::Wed,
            Self::Thu => Weekday::Thu,
            Self::Fri => Weekday::Fri,
            Self::Sat => Weekday::Sat,
            Self::Sun => Weekday::Sun,
        }
    }
}
