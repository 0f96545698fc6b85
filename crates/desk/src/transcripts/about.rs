//! What is said of an interview when its transcript is imported: at which time point it was, on which day, and how it is called.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The most characters of a time point.
pub const LONGEST_TIME_POINT: usize = 40;
/// The most characters of a title.
pub const LONGEST_TITLE: usize = 200;

/// What is known of an interview beside whose it was and what was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The time point, as `T1`.
    pub time_point: String,
    /// The day of the interview.
    pub day: NaiveDate,
    /// How it is called; empty where it has no title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
}

/// What cannot be said of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The time point.
    #[error("a time point is a short label in one line, as T1")]
    TimePoint,
    /// The day.
    #[error("the day of an interview is one like 2026-05-04, and has been")]
    Day,
    /// The title.
    #[error("a title is one line of at most {LONGEST_TITLE} characters")]
    Title,
}

impl About {
    /// What was typed, if it can be so.
    ///
    /// # Errors
    ///
    /// See [`Unfit`].
    pub fn parse(time_point: &str, day: &str, title: &str, now_ms: u64) -> Result<Self, Unfit> {
        let time_point = line(time_point, LONGEST_TIME_POINT).filter(|point| !point.is_empty());
        let day = day.trim().parse().ok().filter(|day| has_been(*day, now_ms));
        Ok(Self {
            time_point: time_point.ok_or(Unfit::TimePoint)?,
            day: day.ok_or(Unfit::Day)?,
            title: line(title, LONGEST_TITLE).ok_or(Unfit::Title)?,
        })
    }

    /// Both in one line.
    pub fn name(&self) -> String {
        match self.title.as_str() {
            "" => self.time_point.clone(),
            title => format!("{} · {title}", self.time_point),
        }
    }
}

/// Without space at its ends; none when it has several lines or is too long.
fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let fits =
        text.chars().count() <= longest && !text.chars().any(|letter| letter.is_control() || is_line_end(letter));
    fits.then(|| text.to_owned())
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}

/// A day that has begun somewhere on earth. Years have four digits: exports hold no others.
fn has_been(day: NaiveDate, now_ms: u64) -> bool {
    let now = i64::try_from(now_ms).ok().and_then(DateTime::from_timestamp_millis);
    let last = now.and_then(|now| now.date_naive().checked_add_days(Days::new(1)));
    (1..=9999).contains(&day.year()) && last.is_none_or(|last| day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 24 April 2026.
    const NOW: u64 = 1_777_000_000_000;

    #[test]
    fn what_is_said_of_an_interview_is_one_line_each_and_a_day_that_has_been() {
        let about = About::parse(" T2 ", "2026-04-24 ", " After the move ", NOW).unwrap();
        assert_eq!((about.name().as_str(), about.day.to_string().as_str()), ("T2 · After the move", "2026-04-24"));
        assert_eq!(About::parse("T2", "2026-04-25", "", NOW).unwrap().name(), "T2", "it is tomorrow somewhere");
        for (time_point, day, title, unfit) in [
            ("", "2026-04-24", "", Unfit::TimePoint),
            ("T\n2", "2026-04-24", "", Unfit::TimePoint),
            (&*"T".repeat(41), "2026-04-24", "", Unfit::TimePoint),
            ("T1", "24.4.2026", "", Unfit::Day),
            ("T1", "2026-04-26", "", Unfit::Day),
            ("T1", "+12026-04-01", "", Unfit::Day),
            ("T1", "2026-02-30", "", Unfit::Day),
            ("T1", "2026-04-24", "a\u{2028}b", Unfit::Title),
            ("T1", "2026-04-24", &*"ä".repeat(201), Unfit::Title),
        ] {
            assert_eq!(About::parse(time_point, day, title, NOW), Err(unfit), "{time_point:?} {day:?} {title:?}");
        }
    }
}
