//! Everything that a phone needs to know about a study.

use serde::{Deserialize, Serialize};

use super::{Phases, Prompt, PromptSet, Schedule, Span, Text};

/// What a study is, and what it asks of the people who take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The study's title.
    pub title: Text,
    /// What the study is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Who runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_by: Option<Text>,
    /// How to reach those who run it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Text>,
    /// Languages, the fallback first.
    pub languages: Vec<String>,
    /// How long an entry waits between Share and the study getting it.
    pub hold: Span,
    /// How many days back an entry may look.
    pub about_days_back: u32,
    /// When the researchers look again at what they keep.
    pub review_after: Span,
    /// Phases, in order.
    pub phases: Phases,
    /// Prompt sets, in the order shown.
    pub prompt_sets: Vec<PromptSet>,
    /// Prompts, in the order shown within their set.
    pub prompts: Vec<Prompt>,
    /// When prompt sets are due.
    pub schedules: Vec<Schedule>,
    /// What is asked when joining, in order.
    pub consent: Vec<ConsentItem>,
    /// Whom one can call.
    pub support: Vec<SupportContact>,
}

/// One thing to agree to or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentItem {
    /// Stable name.
    pub id: String,
    /// Whether joining needs it.
    pub required: bool,
    /// A plain sentence.
    pub text: Text,
}

/// Someone to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportContact {
    /// Who answers.
    pub name: Text,
    /// The number to dial.
    pub tel: String,
    /// When somebody answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Text>,
}

impl Plan {
    /// The prompt set with this id.
    pub fn prompt_set(&self, id: &str) -> Option<&PromptSet> {
        self.prompt_sets.iter().find(|set| set.id == id)
    }

    /// The prompts of one set, in order.
    pub fn prompts_in<'a>(&'a self, set: &'a str) -> impl Iterator<Item = &'a Prompt> {
        self.prompts.iter().filter(move |prompt| prompt.set == set)
    }
}
