//! Where in the role the writer is, as the page shows it and corrects it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_protocol::study::Plan;

use crate::{Diary, Error, Now};

/// The phase that the writer is in, and those that there are.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PhaseView {
    /// The id of the one that the writer is in today.
    pub current: String,
    /// Its first day (`YYYY-MM-DD`).
    pub since: String,
    /// Whether the writer has said so; the study counts it otherwise.
    pub corrected: bool,
    /// All of them, in order.
    pub choices: Vec<PhaseChoice>,
}

/// A phase that the writer can be in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PhaseChoice {
    /// Stable name.
    pub id: String,
    /// As the study calls it.
    pub title: String,
}

/// Another phase than the one that is shown, from today on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CorrectPhase {
    /// Its id.
    pub phase: String,
}

/// Nothing to choose from in a study of one phase, or after leaving.
pub(super) fn view(diary: &Diary, plan: &Plan, now: Now, language: &str) -> Result<Option<PhaseView>, Error> {
    let Ok(membership) = diary.member() else { return Ok(None) };
    let choices: Vec<_> = plan
        .phases
        .iter()
        .map(|phase| PhaseChoice { id: phase.id.clone(), title: phase.title.get(language).to_owned() })
        .collect();
    if choices.len() < 2 {
        return Ok(None);
    }
    let joined: NaiveDate = membership.joined()?;
    let phase = diary.phase_on(plan, joined, now.date());
    Ok(Some(PhaseView { current: phase.id, since: phase.began.to_string(), corrected: phase.corrected, choices }))
}
