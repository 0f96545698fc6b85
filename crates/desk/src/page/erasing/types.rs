//! What the page and its host say to each other about erasing by the study's order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::ErrorCode;
use super::super::exporting::types::MadeView;

/// What is to be erased.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WantErasure {
    /// Of this participant.
    pub participant: String,
    /// Only this entry, with all its revisions; everything that they shared where there is none.
    pub entry: Option<String>,
    /// Also the sealed copies on the server of what the writer keeps private.
    pub private_too: bool,
}

/// What an erasure takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErasureCounts {
    /// Shared entries, each revision counted.
    pub entries: u32,
    /// Word of time off and phases.
    pub notices: u32,
    /// Sealed copies of what the writer keeps private.
    pub private: u32,
}

/// An erasure that was not ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasurePlan {
    /// Whose.
    pub participant: String,
    /// What it would take.
    pub counts: ErasureCounts,
    /// How much of the same was erased before.
    pub before: u32,
    /// How many interviews of theirs are at the desk, which no order reaches; none is counted where one entry is erased.
    pub interviews: u32,
}

/// Orders an erasure.
#[derive(Clone, Deserialize, TS)]
pub struct OrderErasure {
    /// What is to be erased.
    pub wanted: WantErasure,
    /// What it takes, as it was shown.
    pub counts: ErasureCounts,
    /// Why, in one line. The server and the participant's phones get it as it stands.
    pub reason: String,
    /// The participant's label, typed.
    pub confirm: String,
}

/// An erasure that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasureDone {
    /// Whose.
    pub participant: String,
    /// What was erased here.
    pub counts: ErasureCounts,
    /// How many interviews of theirs are still at the desk; see [`ErasurePlan::interviews`].
    pub interviews: u32,
    /// Why the server does not have the orders, where it has not; then the next collection gives them to it.
    pub not_sent: Option<ErrorCode>,
    /// Exports that hold something of it, also such as are no longer where they were written.
    pub exports: Vec<MadeView>,
}
