//! What page and host say to each other when a study is set up or changed.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::draft::{Change, StudyDraft};

/// The study that is being written, and how it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct StudyForm {
    /// The draft; none before it was begun, or where its file cannot be read as one.
    pub draft: Option<StudyDraft>,
    /// What has to be put right before it is a study.
    pub problems: Vec<StudyProblem>,
    /// The study file itself, as it is on the disk, or would be.
    pub text: String,
    /// Where that is.
    pub file: String,
    /// The version that was published last; none where there is no desk yet.
    pub published: Option<u32>,
    /// What differs from it.
    pub changes: Vec<Change>,
    /// Whether the draft is older than what is published.
    pub stale: bool,
    /// The version that was sent without an answer, and that phones may have already.
    pub unsent: Option<u32>,
    /// Whether the draft has no interviews at a desk that does not know when they are.
    pub without_interviews: bool,
    /// Under this name the file is kept whose place was just taken.
    pub kept: Option<String>,
}

/// What has to be put right in a study file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StudyProblem {
    /// Its place in the draft, like `prompt[3].option[0].text.en`; empty where there is none.
    pub at: String,
    /// Its line in the file.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// From what a draft is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BeginFrom {
    /// The example that comes with the desk.
    Example,
    /// Nothing.
    Empty,
    /// What is published.
    Published,
}

/// A draft is begun anew. One that is there is kept under another name.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct BeginStudy {
    /// From this.
    pub from: BeginFrom,
}

/// The draft as the form has it now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveStudy {
    /// All of it.
    pub draft: StudyDraft,
}

/// A study file that somebody has written.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeStudy {
    /// What is in it.
    pub text: String,
}

/// What became of such a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StudyTaken {
    /// How the study stands, where the file was taken.
    pub form: Option<StudyForm>,
    /// Why it was not. Nothing was changed then.
    pub problems: Vec<StudyProblem>,
}

/// What is needed to create the study of the draft.
#[derive(Deserialize, TS)]
pub struct CreateStudy {
    /// The server's address.
    pub server: String,
    /// The administrator's token.
    pub token: String,
    /// The passphrase of the new desk.
    pub passphrase: String,
}

impl fmt::Debug for CreateStudy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CreateStudy(…)")
    }
}

/// Which version of the study a phone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneVersion {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The phone's id.
    pub device: String,
    /// The newest one that something says which it has sent and the study may read; none where nothing does.
    pub version: Option<u32>,
}
