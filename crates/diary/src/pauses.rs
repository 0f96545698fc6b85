//! Time off: days on which nothing reminds and nothing is asked. Writing goes on as ever.
//!
//! A pause is a setting of its own, so that pauses from two phones both stand:
//!
//! ```text
//! pause/<16 hex digits>    { "from": "2026-03-02", "until": "2026-03-08", "back": null, "note": "…", "told": "…" }
//! ```
//!
//! A study that the writer takes part in is told the days by a notice, in the same transaction. Why stays the writer's.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use waymark_protocol::content::{Notice, What};
use waymark_protocol::hex;
use waymark_protocol::record::Kind;

use crate::diary::Diary;
use crate::entries;
use crate::page::ErrorCode;
use crate::{Error, Now};

/// How a pause's setting is called, before its id.
const PREFIX: &str = "pause/";

/// The longest note, in characters.
pub const MAX_PAUSE_NOTE: usize = 500;

/// How far back a pause may begin, and how far ahead, in days. The page offers no others.
const FARTHEST_BACK: u64 = 31;
const FARTHEST_AHEAD: u64 = 2 * 366;

/// Time off.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, when it is known.
    pub until: Option<NaiveDate>,
    /// The first day after it, when the writer said "I am back".
    pub back: Option<NaiveDate>,
    /// The writer's own words about it. Nobody else ever gets them.
    #[serde(default)]
    pub note: String,
    /// The study that was told the days.
    #[serde(default)]
    told: Option<String>,
}

/// The days of a pause, as they are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseDays {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; without one it lasts until the writer is back.
    pub until: Option<NaiveDate>,
}

impl Pause {
    /// Whether a day is off.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until) && self.back.is_none_or(|back| day < back)
    }

    /// Whether it goes on, or is still to come.
    fn is_open(&self, today: NaiveDate) -> bool {
        self.back.is_none() && self.until.is_none_or(|until| today <= until)
    }

    /// Whether it was called off before it began.
    fn never_was(&self) -> bool {
        self.back.is_some_and(|back| back <= self.from)
    }
}

impl Diary {
    /// The pause that goes on or is still to come.
    pub fn open_pause(&self, today: NaiveDate) -> Option<Pause> {
        self.known_pauses().map(|(_, pause)| pause).filter(|pause| pause.is_open(today)).min_by_key(|pause| pause.from)
    }

    /// The pauses that are over, latest first.
    pub fn past_pauses(&self, today: NaiveDate) -> Vec<Pause> {
        let over = |pause: &Pause| !pause.is_open(today) && !pause.never_was();
        let mut past: Vec<Pause> = self.known_pauses().map(|(_, pause)| pause).filter(over).collect();
        past.sort_by_key(|pause| std::cmp::Reverse(pause.from));
        past
    }

    /// Every pause, to ask whether a day is off.
    pub(crate) fn pauses(&self) -> Vec<Pause> {
        self.known_pauses().map(|(_, pause)| pause).collect()
    }

    /// Whether the study that the writer takes part in was told a pause's days.
    pub fn was_told(&self, pause: &Pause) -> bool {
        pause.told.is_some() && pause.told == self.study_name()
    }

    /// Takes time off, or gives the pause that goes on or is to come other days and another note. A study is told the days.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when the days are in the wrong order, over already, or too far away, or when the note is too
    /// long: callers bound what can be chosen.
    pub fn take_time_off(&mut self, days: PauseDays, note: &str, now: Now) -> Result<(), Error> {
        let today = now.date();
        let open: Vec<(String, Pause)> = self.known_pauses().filter(|(_, pause)| pause.is_open(today)).collect();
        let first =
            open.iter().map(|(_, pause)| pause.from).chain(today.checked_sub_days(Days::new(FARTHEST_BACK))).min();
        let last = today.checked_add_days(Days::new(FARTHEST_AHEAD));
        let within = |day: NaiveDate| first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last);
        let in_order = days.until.is_none_or(|until| days.from <= until && today <= until && within(until));
        if !within(days.from) || !in_order || note.chars().count() > MAX_PAUSE_NOTE {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        let pause = Pause {
            from: days.from,
            until: days.until,
            back: None,
            note: note.trim().to_owned(),
            told: self.study_name(),
        };
        let mut open = open.into_iter();
        let key =
            open.next().map_or_else(|| format!("{PREFIX}{}", hex::encode(&entries::random::<8>())), |(key, _)| key);
        // Two phones may each have begun one: from now on there is this one.
        let others = open.map(|(key, other)| (key, Pause { back: Some(other.from), ..other }));
        let told = What::Paused { from: days.from, until: days.until };
        let pauses: Vec<_> = std::iter::once((key, pause)).chain(others).collect();
        self.put_pauses(&pauses, told, now)
    }

    /// Ends time off today, or calls off what has not begun. A study is told.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when there is no pause to be ended.
    pub fn end_time_off(&mut self, now: Now) -> Result<(), Error> {
        let today = now.date();
        let open: Vec<(String, Pause)> = self.known_pauses().filter(|(_, pause)| pause.is_open(today)).collect();
        let Some(from) = open.iter().map(|(_, pause)| pause.from.max(today)).min() else {
            return Err(Error::Plain(ErrorCode::Internal));
        };
        let ended = |(key, pause): (String, Pause)| (key, Pause { back: Some(pause.from.max(today)), ..pause });
        let pauses: Vec<_> = open.into_iter().map(ended).collect();
        self.put_pauses(&pauses, What::Resumed { from }, now)
    }

    fn put_pauses(&mut self, pauses: &[(String, Pause)], told: What, now: Now) -> Result<(), Error> {
        let study_key = match self.member() {
            Ok(membership) => Some(membership.trusted()?.encryption_key),
            Err(_) => None,
        };
        let text = |pause: &Pause| serde_json::to_string(pause).map_err(|_| Error::Plain(ErrorCode::Internal));
        let wanted = pauses.iter().map(|(key, pause)| Ok((key.clone(), text(pause)?))).collect::<Result<_, Error>>()?;
        let notice = Notice { at: now.wall, what: told }.to_bytes();
        self.set_settings(wanted, now, |writing| {
            if let (Some(log), Some(study_key)) = (writing.log(), &study_key) {
                log.sealed(Kind::Notice, None, &notice, Some(study_key))?;
            }
            Ok(())
        })
    }

    /// What is kept of pauses. What this version cannot read is none.
    fn known_pauses(&self) -> impl Iterator<Item = (String, Pause)> {
        self.own
            .settings
            .range(PREFIX.to_owned()..)
            .take_while(|(key, _)| key.starts_with(PREFIX))
            .filter_map(|(key, setting)| Some((key.clone(), serde_json::from_str(&setting.value).ok()?)))
    }

    fn study_name(&self) -> Option<String> {
        self.member().ok().map(|membership| membership.study.to_string())
    }
}

#[cfg(test)]
#[path = "pauses_tests.rs"]
mod tests;
