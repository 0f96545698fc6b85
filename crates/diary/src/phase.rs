//! Where in the role the writer is. The study's plan counts it from joining; the writer knows better, and may correct it.
//!
//! A correction holds from its day on, whatever the plan counts, until the next one. The study is told by a notice; the writer's own
//! record of it is a setting (`phase`, as JSON), so that a new phone knows it too. It belongs to one study and counts in no other.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use waymark_protocol::content::{MAX_SETTING_VALUE, Notice, What};
use waymark_protocol::record::Kind;
use waymark_protocol::study::Plan;

use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::{Error, Now};

const KEY: &str = "phase";

/// The phase of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InPhase {
    /// Its id in the study's document.
    pub id: String,
    /// Its first day.
    pub began: NaiveDate,
    /// Whether the writer has said so; the plan counts it otherwise.
    pub corrected: bool,
}

/// The writer is in `phase` since `from`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Correction {
    phase: String,
    from: NaiveDate,
}

/// The corrections in one study, the earliest day first.
#[derive(Debug, Serialize, Deserialize)]
struct Corrections {
    study: String,
    corrections: Vec<Correction>,
}

impl Diary {
    /// The phase on `date` of somebody who joined on `joined`. A correction to a phase that the plan has no more counts as none.
    pub(crate) fn phase_on(&self, plan: &Plan, joined: NaiveDate, date: NaiveDate) -> InPhase {
        phase_with(&self.corrections(), plan, joined, date)
    }

    /// The writer is in `phase` from today on. The study is told; the phase that the writer is in already tells it nothing.
    ///
    /// Who takes back what was said today is where they were before: no correction is kept, and the plan counts on.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NoStudy`]; [`ErrorCode::Internal`] when the study has no such phase.
    pub fn correct_phase(&mut self, phase: &str, now: Now) -> Result<(), Error> {
        let membership = self.member()?;
        let trusted = membership.trusted()?;
        let (plan, today) = (&trusted.document.plan, now.date());
        if plan.phases.get(phase).is_none() {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        let joined = membership.joined()?;
        if self.phase_on(plan, joined, today).id == phase {
            return Ok(());
        }
        let mut corrections = self.corrections();
        // One for each day; and a clock that was set back does not leave a correction in the days to come.
        corrections.retain(|it| it.from < today);
        if phase_with(&corrections, plan, joined, today).id != phase {
            corrections.push(Correction { phase: phase.to_owned(), from: today });
        }
        let value = written(membership.study.to_string(), corrections)?;
        let notice = Notice { at: now.wall, what: What::Phase { phase: phase.to_owned(), from: today } }.to_bytes();
        self.set_settings(vec![(KEY.to_owned(), value)], now, |writing| {
            let log = writing.log().ok_or(Error::Plain(ErrorCode::NoStudy))?;
            log.sealed(Kind::Notice, None, &notice, Some(&trusted.encryption_key))?;
            Ok(())
        })
    }

    /// Those of this study, the earliest day first. What cannot be read counts as none.
    fn corrections(&self) -> Vec<Correction> {
        let study = self.membership.as_ref().map(|membership| membership.study.to_string());
        let kept = self.setting(KEY).and_then(|value| serde_json::from_str::<Corrections>(value).ok());
        let mut corrections = match kept {
            Some(kept) if Some(&kept.study) == study.as_ref() => kept.corrections,
            _ => Vec::new(),
        };
        corrections.sort_by_key(|it| it.from);
        corrections
    }
}

/// The phase on `date`, with these corrections, the earliest day first.
fn phase_with(corrections: &[Correction], plan: &Plan, joined: NaiveDate, date: NaiveDate) -> InPhase {
    let holds = |it: &&Correction| it.from <= date && plan.phases.get(&it.phase).is_some();
    if let Some(Correction { phase, from }) = corrections.iter().rfind(holds) {
        return InPhase { id: phase.clone(), began: *from, corrected: true };
    }
    let phase = plan.phase_at(joined, date);
    let began = joined.checked_add_days(Days::new(phase.from.days().into())).unwrap_or(NaiveDate::MAX);
    InPhase { id: phase.id.clone(), began, corrected: false }
}

/// As many as a setting has room for: the oldest are forgotten first.
fn written(study: String, corrections: Vec<Correction>) -> Result<String, Error> {
    let mut all = Corrections { study, corrections };
    loop {
        let value = serde_json::to_string(&all).map_err(|_| Error::Plain(ErrorCode::Internal))?;
        if value.len() <= MAX_SETTING_VALUE {
            return Ok(value);
        }
        all.corrections.remove(0);
    }
}

#[cfg(test)]
#[path = "phase_tests.rs"]
mod tests;
