//! What a person's notices tell together: which days were time off, which phase holds since when, and what they want to talk about.
//!
//! Notices are read in the order in which they were told: by [`Notice::at`] across the person's devices, and in one device's log
//! always as they stand there, also when its clock was set back.
//!
//! | told on day D | what it does |
//! |---|---|
//! | paused | takes the place of every pause that on D goes on or is to come |
//! | resumed from F | every pause that on D goes on or is to come ends the day before F; one that begins on F or later never was |
//! | phase since F | takes the place of every phase told for F or a later day |
//! | talk, or not | the entry's latest counts, by [`Notice::at`] as it stands there; of two of one moment the one in the later log |
//! | left | nothing, but that what they wanted to talk about before holds no more |
//!
//! The phase that the earlier ones and the study's plan give for F anyway says nothing of its own: the writer has taken back what
//! they said for that day, and the plan counts on ([`Told::corrections`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Notice, What};
use crate::EntryId;
use crate::study::Plan;

/// Time off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOff {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none while nobody has said it.
    pub until: Option<NaiveDate>,
}

/// What a person's notices tell together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Time off, the earliest first.
    pub time_off: Vec<TimeOff>,
    /// The day on which they said last that they leave. Whether they came back since, a consent tells.
    pub left: Option<NaiveDate>,
    /// Entries that they want to talk about in an interview. One that the study cannot read, or that was taken back, is none: whoever
    /// asks knows which are there.
    pub talk: BTreeSet<EntryId>,
    phases: BTreeMap<NaiveDate, String>,
}

impl TimeOff {
    fn is_open(&self, today: NaiveDate) -> bool {
        self.until.is_none_or(|until| today <= until)
    }

    /// What is left of it when the first day after it is `back`.
    fn ended(self, back: NaiveDate) -> Option<Self> {
        let until = back.pred_opt().filter(|until| self.from <= *until)?;
        Some(Self { until: Some(self.until.map_or(until, |known| known.min(until))), ..self })
    }
}

impl Told {
    /// Reads the notices of a person's logs, each log in its own order.
    pub fn of<L>(logs: impl IntoIterator<Item = L>) -> Self
    where
        L: IntoIterator<Item = Notice>,
    {
        let mut all: Vec<(DateTime<FixedOffset>, Notice)> = Vec::new();
        let mut talk: BTreeMap<EntryId, (DateTime<FixedOffset>, bool)> = BTreeMap::new();
        let mut left: Option<DateTime<FixedOffset>> = None;
        for log in logs {
            let mut latest = None;
            for notice in log {
                let told = latest.map_or(notice.at, |latest: DateTime<_>| latest.max(notice.at));
                latest = Some(told);
                match notice.what {
                    What::Talk { entry, wanted } => {
                        let known = talk.entry(entry).or_insert((notice.at, wanted));
                        if known.0 <= notice.at {
                            *known = (notice.at, wanted);
                        }
                    }
                    What::Left { .. } => left = left.max(Some(told)),
                    _ => {}
                }
                all.push((told, notice));
            }
        }
        all.sort_by_key(|(told, _)| *told);
        let mut together = Self::default();
        all.into_iter().for_each(|(_, notice)| together.hear(notice));
        together.time_off.sort();
        let holds = |(at, wanted): &(DateTime<FixedOffset>, bool)| *wanted && left.is_none_or(|left| left < *at);
        together.talk = talk.into_iter().filter(|(_, said)| holds(said)).map(|(entry, _)| entry).collect();
        together
    }

    fn hear(&mut self, Notice { at, what }: Notice) {
        let today = at.date_naive();
        match what {
            What::Paused { from, until } => {
                self.time_off.retain(|known| !known.is_open(today));
                // Days in the wrong order are none.
                if until.is_none_or(|until| from <= until) {
                    self.time_off.push(TimeOff { from, until });
                }
            }
            What::Resumed { from } => {
                let (open, mut left) = std::mem::take(&mut self.time_off)
                    .into_iter()
                    .partition::<Vec<TimeOff>, _>(|known| known.is_open(today));
                left.extend(open.into_iter().filter_map(|known| known.ended(from)));
                self.time_off = left;
            }
            What::Phase { phase, from } => {
                drop(self.phases.split_off(&from));
                self.phases.insert(from, phase);
            }
            What::Left { .. } => self.left = Some(today),
            // Said of an entry, not of a day.
            What::Talk { .. } => {}
        }
    }

    /// The phases that the writer says, each with its first day, the earliest first. Someone who joined on `joined` is counted
    /// into phases by `plan`.
    pub fn corrections(&self, plan: &Plan, joined: Option<NaiveDate>) -> Vec<(NaiveDate, &str)> {
        let mut said: Vec<(NaiveDate, &str)> = Vec::new();
        for (from, phase) in &self.phases {
            let counted = || joined.map(|joined| plan.phase_at(joined, *from).id.as_str());
            let before = said.last().map(|(_, phase)| *phase).or_else(counted);
            if before != Some(phase) {
                said.push((*from, phase));
            }
        }
        said
    }
}
