//! What is wrong with a study, where, and what to do about it.

use std::fmt;

/// One mistake in a study file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// Its place in the study, in the file's names, like `prompt[3].option[0].text.en`; empty where the file has no places yet.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}; {}", self.line, self.message, self.remedy)
    }
}

/// A broken rule. Its place is a path in the study, like `prompt[3].option[0].text.en`, in the file's names.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) at: String,
    pub(super) message: String,
    pub(super) remedy: String,
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, at: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Fault { at: at.into(), message: message.into(), remedy: remedy.into() });
    }
}

/// Something that someone wrote, short enough and safe to show in a message.
pub(super) fn quoted(written: &str) -> String {
    const SHOWN: usize = 40;
    let escaped: String = written.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    let more = if written.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("\"{escaped}{more}\"")
}

/// `naming one of: daily, event`, for a remedy.
pub(super) fn one_of<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let mut ids = ids.into_iter().filter(|id| !id.is_empty());
    let mut shown: Vec<&str> = ids.by_ref().take(SHOWN).collect();
    if shown.is_empty() {
        return "but the file has none yet".to_owned();
    }
    if ids.next().is_some() {
        shown.push("…");
    }
    format!("naming one of: {}", shown.join(", "))
}
