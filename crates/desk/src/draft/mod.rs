//! A study that is being written: everything that a study file can say, also while it is unfinished.
//!
//! ```text
//! the page's form ◄──► StudyDraft ── to_toml ──► study.toml in the desk's folder ── StudyFile::parse ──► problems, or a study
//!                          ▲                          │
//!                          └────────── parse ◄────────┘  also what somebody has written by hand
//! ```
//!
//! A draft holds whatever was typed, so that nothing is lost that is not right yet. Whether it is right, the study file's own parser says
//! ([`StudyFile::parse`](waymark_protocol::study::StudyFile::parse)): its problems name the same places. The names of its fields are those of the file.

mod changes;
mod file;
mod notes;
mod written;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;
use waymark_protocol::invitation::JoinPage;
use waymark_protocol::study::{Document, Plan, Text};

use crate::codebook::Codebook;

pub use changes::{Change, ChangedPart, ChangedText, changes};
pub(crate) use file::DraftFile;

/// A study file as a form has it. Texts that are not there are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct StudyDraft {
    /// The study's title.
    pub title: Words,
    /// The number of this version, from 1. The desk counts it.
    pub version: u32,
    /// Codes of languages, the fallback first.
    pub languages: Vec<String>,
    /// What it is about.
    pub about: Words,
    /// Who runs it.
    pub run_by: Words,
    /// How to reach them.
    pub contact: Words,
    /// How long an entry waits after somebody chose to share it, like `48h`.
    pub hold: String,
    /// How many days back an entry may be about.
    pub about_days_back: u32,
    /// When the team looks again at what it keeps, like `10y`.
    pub review_after: String,
    /// The page that opens invitations; empty where there is none.
    pub join_page: String,
    /// Phases, in order.
    pub phase: Vec<DraftPhase>,
    /// Prompt sets, in the order shown.
    pub prompt_set: Vec<DraftSet>,
    /// Prompts, in the order shown within their set.
    pub prompt: Vec<DraftPrompt>,
    /// When sets are due.
    pub schedule: Vec<DraftSchedule>,
    /// Interviews.
    pub time_point: Vec<DraftTimePoint>,
    /// What people agree to.
    pub consent: Vec<DraftConsent>,
    /// Whom they can call.
    pub support: Vec<DraftContact>,
    /// Codes to start with.
    pub code: Vec<DraftCode>,
}

impl Default for StudyDraft {
    fn default() -> Self {
        Self {
            version: 1,
            languages: Vec::new(),
            title: Words::default(),
            about: Words::default(),
            run_by: Words::default(),
            contact: Words::default(),
            hold: "48h".to_owned(),
            about_days_back: 7,
            review_after: String::new(),
            join_page: String::new(),
            phase: Vec::new(),
            prompt_set: Vec::new(),
            prompt: Vec::new(),
            schedule: Vec::new(),
            time_point: Vec::new(),
            consent: Vec::new(),
            support: Vec::new(),
            code: Vec::new(),
        }
    }
}

/// One text in each of its languages, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(type = "Record<string, string>")]
pub struct Words(pub BTreeMap<String, String>);

/// A text as a file may have it: one without a language is in the study's first one.
#[derive(Deserialize)]
#[serde(untagged)]
enum AsWritten {
    InTheFirst(String),
    InEach(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match AsWritten::deserialize(deserializer)? {
            AsWritten::InTheFirst(text) => Self(BTreeMap::from([(String::new(), text)])),
            AsWritten::InEach(texts) => Self(texts),
        })
    }
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self(text.entries().map(|(language, words)| (language.to_owned(), words.to_owned())).collect())
    }
}

/// A phase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftPhase {
    /// Its short name, which stays with entries.
    pub id: String,
    /// When it begins, counted from joining, like `9w`.
    pub from: String,
    /// As shown.
    pub title: Words,
}

/// Prompts that are asked together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftSet {
    /// Its short name, which stays with entries.
    pub id: String,
    /// `day`, `event` or `weekly`.
    pub when: String,
    /// As shown.
    pub title: Words,
    /// Where it is used; none for all phases.
    pub phases: Option<Vec<String>>,
}

/// One question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftPrompt {
    /// Its short name, which stays with answers.
    pub id: String,
    /// The set that it belongs to.
    pub set: String,
    /// `text`, `choice`, `scale`, `voice` or a later one.
    pub kind: String,
    /// The question.
    pub text: Words,
    /// The choices, or the steps of a scale.
    pub option: Vec<DraftOption>,
}

/// One choice, or one step of a scale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftOption {
    /// Its short name, which is the answer that is kept.
    pub id: String,
    /// As shown.
    pub text: Words,
}

/// On which days a set is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftSchedule {
    /// The set.
    pub set: String,
    /// `mon` to `sun`.
    pub days: Vec<String>,
    /// How many entries a week the study hopes for.
    pub aim_per_week: Option<u32>,
    /// Where it holds; none for all phases of its set.
    pub phases: Option<Vec<String>>,
    /// In which part of the phase, like `0w..4w`; empty for all of it.
    pub weeks: String,
    /// Every week, or every second, third ….
    pub every_weeks: u32,
}

impl Default for DraftSchedule {
    fn default() -> Self {
        Self {
            set: String::new(),
            days: Vec::new(),
            aim_per_week: None,
            phases: None,
            weeks: String::new(),
            every_weeks: 1,
        }
    }
}

/// An interview.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftTimePoint {
    /// Its name, like `T1`.
    pub id: String,
    /// When, counted from joining, like `0w..2w`.
    pub at: String,
}

/// One thing to agree to or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftConsent {
    /// Its short name.
    pub id: String,
    /// Whether joining needs it.
    pub required: bool,
    /// A plain sentence.
    pub text: Words,
}

/// Someone to call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftContact {
    /// Who answers.
    pub name: Words,
    /// The number to dial.
    pub tel: String,
    /// When somebody answers.
    pub hours: Words,
}

/// A code of the starter codebook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct DraftCode {
    /// Its name.
    pub name: String,
    /// The name of the code above it; empty for none.
    pub parent: String,
    /// When to use it; empty for nothing.
    pub description: String,
}

/// The example that comes with the desk, with its notes.
pub(crate) const EXAMPLE: &str = include_str!("../../../../studies/transitions.toml");

impl StudyDraft {
    /// One with nothing in it but what every study begins with.
    pub fn empty() -> Self {
        let words = || Words(BTreeMap::from([("en".to_owned(), String::new())]));
        Self {
            title: words(),
            languages: vec!["en".to_owned()],
            review_after: "10y".to_owned(),
            phase: vec![DraftPhase { id: "phase-1".to_owned(), from: "0w".to_owned(), title: words() }],
            prompt_set: vec![DraftSet { id: "daily".to_owned(), when: "day".to_owned(), ..DraftSet::default() }],
            prompt: vec![DraftPrompt {
                id: "question-1".to_owned(),
                set: "daily".to_owned(),
                kind: "text".to_owned(),
                text: words(),
                option: Vec::new(),
            }],
            consent: vec![DraftConsent { id: "consent-1".to_owned(), required: true, text: words() }],
            ..Self::default()
        }
    }

    /// What a published document says, with what the desk knows beside it. Interviews stand in no document.
    pub(crate) fn of_published(document: &Document, codebook: &Codebook, join_page: Option<&JoinPage>) -> Self {
        let codes = codebook.0.iter().map(|code| (&code.name, &code.parent, &code.description));
        let code = codes.map(|(name, parent, description)| DraftCode {
            name: name.clone(),
            parent: parent.clone().unwrap_or_default(),
            description: description.clone().unwrap_or_default(),
        });
        let join_page = join_page.map(|page| page.as_str().to_owned()).unwrap_or_default();
        Self { version: document.version, code: code.collect(), join_page, ..Self::of_plan(&document.plan) }
    }

    fn of_plan(plan: &Plan) -> Self {
        let words = |text: &Option<Text>| text.as_ref().map(Words::from).unwrap_or_default();
        let all: Vec<String> = plan.phases.iter().map(|phase| phase.id.clone()).collect();
        let sets = plan.prompt_sets.iter().map(|set| DraftSet {
            id: set.id.clone(),
            when: word(set.when),
            title: words(&set.title),
            phases: (set.phases != all).then(|| set.phases.clone()),
        });
        let prompts = plan.prompts.iter().map(|prompt| DraftPrompt {
            id: prompt.id.clone(),
            set: prompt.set.clone(),
            kind: prompt.kind.as_str().to_owned(),
            text: (&prompt.text).into(),
            option: prompt
                .options
                .iter()
                .map(|option| DraftOption { id: option.id.clone(), text: (&option.text).into() })
                .collect(),
        });
        let schedules = plan.schedules.iter().map(|schedule| {
            let of_set = plan.prompt_set(&schedule.set).map(|set| &set.phases);
            DraftSchedule {
                set: schedule.set.clone(),
                days: schedule.days.iter().copied().map(word).collect(),
                aim_per_week: schedule.aim_per_week,
                phases: (of_set != Some(&schedule.phases)).then(|| schedule.phases.clone()),
                weeks: schedule.weeks.map(|weeks| weeks.to_string()).unwrap_or_default(),
                every_weeks: NonZeroU32::get(schedule.every_weeks),
            }
        });
        let consent = plan.consent.iter().map(|item| DraftConsent {
            id: item.id.clone(),
            required: item.required,
            text: (&item.text).into(),
        });
        let support = plan.support.iter().map(|contact| DraftContact {
            name: (&contact.name).into(),
            tel: contact.tel.clone(),
            hours: words(&contact.hours),
        });
        let phases = plan.phases.iter().map(|phase| DraftPhase {
            id: phase.id.clone(),
            from: phase.from.to_string(),
            title: (&phase.title).into(),
        });
        Self {
            languages: plan.languages.clone(),
            title: (&plan.title).into(),
            about: words(&plan.about),
            run_by: words(&plan.run_by),
            contact: words(&plan.contact),
            hold: plan.hold.to_string(),
            about_days_back: plan.about_days_back,
            review_after: plan.review_after.to_string(),
            phase: phases.collect(),
            prompt_set: sets.collect(),
            prompt: prompts.collect(),
            schedule: schedules.collect(),
            consent: consent.collect(),
            support: support.collect(),
            ..Self::default()
        }
    }

    /// The same as a file says it: what is blank and may be left out is left out, and what must be there is there, if only empty.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let first = self.languages.first().cloned().unwrap_or_default();
        for (words, needed) in self.all_words() {
            words.tidy(&first, needed);
        }
        for text in [&mut self.join_page].into_iter().chain(self.schedule.iter_mut().map(|each| &mut each.weeks)) {
            blank_is_nothing(text);
        }
        for code in &mut self.code {
            blank_is_nothing(&mut code.parent);
            blank_is_nothing(&mut code.description);
        }
        self
    }

    /// Every text, and whether it must be there.
    fn all_words(&mut self) -> impl Iterator<Item = (&mut Words, bool)> {
        let top = [(&mut self.title, true), (&mut self.about, false), (&mut self.run_by, false)];
        let prompts = self.prompt.iter_mut().flat_map(|prompt| {
            let options = prompt.option.iter_mut().map(|option| (&mut option.text, true));
            std::iter::once((&mut prompt.text, true)).chain(options)
        });
        top.into_iter()
            .chain([(&mut self.contact, false)])
            .chain(self.phase.iter_mut().map(|phase| (&mut phase.title, true)))
            .chain(self.prompt_set.iter_mut().map(|set| (&mut set.title, false)))
            .chain(prompts)
            .chain(self.consent.iter_mut().map(|item| (&mut item.text, true)))
            .chain(self.support.iter_mut().flat_map(|each| [(&mut each.name, true), (&mut each.hours, false)]))
    }
}

impl Words {
    fn tidy(&mut self, first: &str, needed: bool) {
        // A text without a language is in the first one.
        if let Some(text) = self.0.remove("") {
            self.0.entry(first.to_owned()).or_insert(text);
        }
        self.0.retain(|language, text| language == first || !text.trim().is_empty());
        let blank = self.0.values().all(|text| text.trim().is_empty());
        if blank && !needed {
            self.0.clear();
        } else if !first.is_empty() {
            self.0.entry(first.to_owned()).or_default();
        }
    }
}

fn blank_is_nothing(text: &mut String) {
    if text.trim().is_empty() {
        text.clear();
    }
}

/// A word of the file, which is the same in a document.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
