//! What page and host say to each other of cues.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Draft;

/// Asks what a draft says that could tell who somebody is. Nothing is saved by asking.
#[derive(Clone, Deserialize, TS)]
pub struct CuesOf {
    /// As it is on the screen.
    pub draft: Draft,
}

/// A word that the writer says is fine, from now on; or no longer.
#[derive(Clone, Deserialize, TS)]
pub struct AllowWord {
    /// The text of a cue.
    pub word: String,
    /// Whether it is fine.
    pub fine: bool,
}

/// The words that are fine in this diary.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct FineWords {
    /// As they were written, the newest first.
    pub words: Vec<String>,
}

/// One place in a draft.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftCue {
    /// Prompt id, or none for the free text.
    pub prompt: Option<String>,
    /// What it looks like.
    pub kind: CueKind,
    /// UTF-16 units from the start of that field's text.
    pub start: u32,
    /// Where it ends, likewise.
    pub end: u32,
    /// The words themselves.
    pub text: String,
}

/// What a cue points out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CueKind {
    /// A name.
    Name,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postal address.
    Address,
    /// A date of birth.
    BirthDate,
}

impl From<waymark_cues::Kind> for CueKind {
    fn from(kind: waymark_cues::Kind) -> Self {
        match kind {
            waymark_cues::Kind::Name => Self::Name,
            waymark_cues::Kind::Phone => Self::Phone,
            waymark_cues::Kind::Email => Self::Email,
            waymark_cues::Kind::Address => Self::Address,
            waymark_cues::Kind::BirthDate => Self::BirthDate,
        }
    }
}
