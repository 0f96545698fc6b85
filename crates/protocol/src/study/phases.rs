//! The phases of taking part, counted from joining.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Span, Text};

/// A stretch of the study. It lasts until the next one begins; the last one has no end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Stable name.
    pub id: String,
    /// When it begins, counted from joining.
    pub from: Span,
    /// As shown.
    pub title: Text,
}

/// One phase or more, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Phase>", into = "Vec<Phase>")]
pub struct Phases {
    first: Phase,
    later: Vec<Phase>,
}

/// A study without phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a study has at least one phase")]
pub struct NoPhase;

impl Phases {
    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = &Phase> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The phase that begins at joining.
    pub fn first(&self) -> &Phase {
        &self.first
    }

    /// The phase with this id.
    pub fn get(&self, id: &str) -> Option<&Phase> {
        self.iter().find(|phase| phase.id == id)
    }

    /// The phase on the given day since joining (0 = the day of joining).
    pub fn on_day(&self, day: u32) -> &Phase {
        self.later.iter().rev().find(|phase| phase.from.days() <= day).unwrap_or(&self.first)
    }
}

impl From<Phase> for Phases {
    fn from(first: Phase) -> Self {
        Self { first, later: Vec::new() }
    }
}

impl TryFrom<Vec<Phase>> for Phases {
    type Error = NoPhase;

    fn try_from(phases: Vec<Phase>) -> Result<Self, NoPhase> {
        let mut phases = phases.into_iter();
        let first = phases.next().ok_or(NoPhase)?;
        Ok(Self { first, later: phases.collect() })
    }
}

impl From<Phases> for Vec<Phase> {
    fn from(phases: Phases) -> Self {
        std::iter::once(phases.first).chain(phases.later).collect()
    }
}
