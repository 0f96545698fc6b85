//! What a study asks. Every prompt can be skipped.

use serde::{Deserialize, Serialize};

use super::Text;

/// Prompts that are asked together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptSet {
    /// Stable name, kept with the entry.
    pub id: String,
    /// When it is used.
    pub when: When,
    /// As shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The phases in which it is on offer.
    pub phases: Vec<String>,
}

/// When a prompt set is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// On any day. Schedules only remind.
    Day,
    /// When something happened.
    Event,
    /// On the days of its schedules and the two days after.
    Weekly,
}

impl When {
    pub(super) const EXPECTED: &str = "one of: \"day\", \"event\", \"weekly\"";
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Stable name, unique in the study, kept with the answer.
    pub id: String,
    /// The prompt set that it belongs to.
    pub set: String,
    /// How it is answered.
    pub kind: PromptKind,
    /// The question.
    pub text: Text,
    /// The choices, or the steps of a scale, in order. Empty for text and voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<PromptOption>,
}

/// One choice, or one step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptOption {
    /// Stable name, unique in its prompt; it is the answer that is kept.
    pub id: String,
    /// As shown.
    pub text: Text,
}

/// How a prompt is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PromptKind {
    /// In words.
    Text,
    /// One of the options.
    Choice,
    /// One of the options, which are steps in order.
    Scale,
    /// Spoken.
    Voice,
    /// A kind from a later version: shown as text, answered, kept.
    Other(String),
}

impl PromptKind {
    pub(super) const KNOWN: [&str; 4] = ["text", "choice", "scale", "voice"];

    /// As written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Scale => "scale",
            Self::Voice => "voice",
            Self::Other(kind) => kind,
        }
    }
}

impl From<String> for PromptKind {
    fn from(kind: String) -> Self {
        match kind.as_str() {
            "text" => Self::Text,
            "choice" => Self::Choice,
            "scale" => Self::Scale,
            "voice" => Self::Voice,
            _ => Self::Other(kind),
        }
    }
}

impl From<PromptKind> for String {
    fn from(kind: PromptKind) -> Self {
        match kind {
            PromptKind::Other(kind) => kind,
            known => known.as_str().to_owned(),
        }
    }
}
