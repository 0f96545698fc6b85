//! What the page and its host say to each other about leaving, stopped phones, the study's end and the desk's token.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::ErrorCode;
use crate::token::Before;

/// Says that a participant has left in another way than by the app, or takes part after all.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SayLeft {
    /// As the desk calls them.
    pub participant: String,
    /// Whether they have left; else they take part after all.
    pub left: bool,
}

/// A participant's leaving, as the server has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftSaid {
    /// As the desk calls them.
    pub participant: String,
    /// When this desk first said so; none when they take part.
    pub left_at: Option<String>,
    /// Whether this desk had said the same before.
    pub again: bool,
    /// How many interviews of theirs are at the desk.
    pub interviews: u32,
}

/// A phone, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PhoneRef {
    /// Its id.
    pub device: String,
}

/// A phone that could be stopped. Nothing was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StopPlan {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The phone's id.
    pub device: String,
    /// The last place in its log that would count.
    pub seq: u32,
    /// Whether all that it has sent is here and whole. Else what comes later of it would count no more.
    pub whole: bool,
    /// Whether the study has stopped it before.
    pub before: bool,
}

/// Stops a phone.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StopPhone {
    /// The phone's id.
    pub device: String,
    /// Also where something that it has sent is missing or changed.
    pub even_if_incomplete: bool,
    /// The participant's label, typed.
    pub confirm: String,
}

/// A phone that is stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneStopped {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The phone's id.
    pub device: String,
    /// The last place in its log that counts.
    pub seq: u32,
    /// Whether the study had stopped it before.
    pub again: bool,
    /// Why the server does not have the word, where it has not; then the next collection gives it to it.
    pub not_sent: Option<ErrorCode>,
}

/// Notes that the six words of a phone were compared with its person, and were the same.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NoteWordsMet {
    /// The phone's id.
    pub device: String,
    /// Who says so.
    pub by: String,
}

/// That the words of a phone were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MetView {
    /// Who says so.
    pub by: String,
    /// When.
    pub at: Option<String>,
}

/// Says that the study has ended.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EndStudy {
    /// The study's title, typed.
    pub confirm: String,
}

/// What was said of the study's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EndSaid {
    /// When this desk first said so; none when the study goes on.
    pub ended_at: Option<String>,
    /// Whether this desk had said the same before.
    pub again: bool,
    /// Why the server does not know, where it does not; then the next collection tells it.
    pub not_sent: Option<ErrorCode>,
}

/// What this desk has said last of the study's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EndView {
    /// When it first said that it has ended; none where it said that the study goes on.
    pub ended_at: Option<String>,
    /// Whether the server knows.
    pub sent: bool,
}

/// Another token for the desk.
#[derive(Deserialize, TS)]
pub struct ReplaceToken {
    /// As typed.
    pub token: String,
}

impl fmt::Debug for ReplaceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplaceToken(…)")
    }
}

/// The desk has the token that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct TokenReplaced {
    /// What became of the token before.
    pub before: Before,
}
