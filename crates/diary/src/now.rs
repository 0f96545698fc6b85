//! Time, as it comes in.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// The moment of a call.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The phone's clock, with the offset of where the person is.
    pub wall: DateTime<FixedOffset>,
    /// Whether a script gave the time (a pilot's `--now`), so that it says nothing about the phone's clock.
    pub scripted: bool,
}

impl Now {
    /// The phone's clock.
    pub fn from_clock() -> Self {
        Self { wall: chrono::Local::now().fixed_offset(), scripted: false }
    }

    /// A time that a script gives.
    pub fn scripted(wall: DateTime<FixedOffset>) -> Self {
        Self { wall, scripted: true }
    }

    /// Milliseconds since 1970, UTC; a clock before 1970 counts as 1970.
    pub fn millis(&self) -> u64 {
        u64::try_from(self.wall.timestamp_millis()).unwrap_or(0)
    }

    /// The date where the person is.
    pub fn date(&self) -> NaiveDate {
        self.wall.date_naive()
    }

    /// Milliseconds since 1970 as a time where the person is.
    pub fn at_millis(&self, millis: u64) -> DateTime<FixedOffset> {
        i64::try_from(millis)
            .ok()
            .and_then(DateTime::from_timestamp_millis)
            .unwrap_or_default()
            .with_timezone(self.wall.offset())
    }
}
