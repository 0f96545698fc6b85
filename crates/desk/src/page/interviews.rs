//! What page and host say to each other about interview transcripts. As in [`super::types`], days are `YYYY-MM-DD` and ids lower-case hex.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ErrorCode;
use super::types::EntryView;
use crate::exported::HeldIn;
use crate::now_ms;
use crate::transcripts::{About, LeftOut, ReadError, Removed, Text, TranscriptError, TranscriptId, Unfit, read};

/// Something on a person's timeline.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Found {
    /// An entry, by its newest revision.
    Entry(EntryView),
    /// An interview.
    Interview(InterviewView),
}

/// One of both kinds of things on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FoundKind {
    /// Entries.
    Entry,
    /// Interviews.
    Interview,
}

/// An interview, with some of what was said in it.
#[derive(Clone, Serialize, TS)]
pub struct InterviewView {
    /// Whose, as the desk calls them.
    pub participant: String,
    /// The transcript's id.
    pub transcript: String,
    /// The time point, as `T1`.
    pub time_point: String,
    /// The day of the interview.
    pub day: String,
    /// How it is called; empty where it has no title.
    pub title: String,
    /// How many words it has.
    pub words: u32,
    /// When it was imported.
    pub imported_at: Option<String>,
    /// From the file of this name.
    pub file: String,
    /// Its beginning; where words are looked for, passages in which one of them stands.
    pub passages: Vec<String>,
    /// Whether that is all of it.
    pub whole: bool,
}

/// A transcript, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TranscriptRef {
    /// Its id.
    pub transcript: String,
}

/// All that was said in an interview.
#[derive(Clone, Serialize, TS)]
pub struct TranscriptView {
    /// The text; its lines end with `\n`.
    pub text: String,
    /// The exports that hold it, the oldest first.
    pub exports: Vec<ExportRef>,
}

/// An export that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportRef {
    /// When.
    pub at: Option<String>,
    /// Where it was written to.
    pub path: String,
    /// Whether something of it may still lie there.
    pub there: bool,
}

/// A file that somebody chose.
#[derive(Clone, Deserialize, TS)]
pub struct TranscriptFile {
    /// Its name.
    pub name: String,
    /// Its bytes, in base64.
    pub bytes: String,
}

/// What was read of a file. Nothing is kept yet.
#[derive(Clone, Serialize, TS)]
pub struct TranscriptRead {
    /// How many words it has.
    pub words: u32,
    /// How it begins.
    pub beginning: String,
    /// Whether that is all of it.
    pub whole: bool,
    /// What is in the file and was not read.
    pub left_out: Vec<LeftOut>,
}

/// A transcript to keep, as it was typed.
#[derive(Clone, Deserialize, TS)]
pub struct AddTranscript {
    /// Whose, by label.
    pub participant: String,
    /// The time point.
    pub time_point: String,
    /// The day of the interview.
    pub day: String,
    /// How it is called; may be empty.
    pub title: String,
    /// The file.
    pub file: TranscriptFile,
}

/// What is said of a transcript from now on, as it was typed.
#[derive(Clone, Deserialize, TS)]
pub struct ChangeTranscript {
    /// Its id.
    pub transcript: String,
    /// Whose, by label.
    pub participant: String,
    /// The time point.
    pub time_point: String,
    /// The day of the interview.
    pub day: String,
    /// How it is called; may be empty.
    pub title: String,
}

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TranscriptsRemoved {
    /// How many.
    pub removed: u32,
    /// Exports that hold something of it, the oldest first.
    pub exports: Vec<ExportRef>,
}

/// What was said stays out of logs.
macro_rules! redacted {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

redacted! { TranscriptFile AddTranscript ChangeTranscript }

impl TranscriptFile {
    /// Reads it.
    pub(super) fn read(&self) -> Result<Text, ErrorCode> {
        let bytes = STANDARD.decode(&self.bytes).map_err(|_| ErrorCode::Internal)?;
        Ok(read(&bytes).map_err(TranscriptError::from)?)
    }
}

impl AddTranscript {
    pub(super) fn about(&self) -> Result<About, ErrorCode> {
        about(&self.time_point, &self.day, &self.title)
    }
}

impl ChangeTranscript {
    pub(super) fn about(&self) -> Result<About, ErrorCode> {
        about(&self.time_point, &self.day, &self.title)
    }
}

fn about(time_point: &str, day: &str, title: &str) -> Result<About, ErrorCode> {
    Ok(About::parse(time_point, day, title, now_ms()).map_err(TranscriptError::from)?)
}

/// The id that a page names.
pub(super) fn id(transcript: &str) -> Result<TranscriptId, ErrorCode> {
    transcript.parse().map_err(|_| ErrorCode::TranscriptUnknown)
}

impl From<Vec<Removed>> for TranscriptsRemoved {
    fn from(removed: Vec<Removed>) -> Self {
        let number = u32::try_from(removed.len()).unwrap_or(u32::MAX);
        let mut exports: Vec<ExportRef> = Vec::new();
        for export in removed.into_iter().flat_map(|each| each.exports).map(ExportRef::from) {
            if !exports.contains(&export) {
                exports.push(export);
            }
        }
        exports.sort_by(|a, b| a.at.cmp(&b.at));
        Self { removed: number, exports }
    }
}

impl From<HeldIn> for ExportRef {
    fn from(held: HeldIn) -> Self {
        Self { at: held.at, path: held.path.display().to_string(), there: held.there }
    }
}

impl From<TranscriptError> for ErrorCode {
    fn from(error: TranscriptError) -> Self {
        match error {
            TranscriptError::Read(error) => match error {
                ReadError::Empty => Self::TranscriptEmpty,
                ReadError::TooLarge => Self::TranscriptTooLarge,
                ReadError::Pdf => Self::TranscriptPdf,
                ReadError::Old => Self::TranscriptOld,
                ReadError::Encrypted => Self::TranscriptEncrypted,
                ReadError::OtherKind => Self::TranscriptOtherKind,
                ReadError::Damaged => Self::TranscriptDamaged,
                ReadError::NotText => Self::TranscriptNotText,
                ReadError::NotUtf8 => Self::TranscriptOtherEncoding,
            },
            TranscriptError::Participant(_) => Self::ParticipantUnknown,
            TranscriptError::Unfit(Unfit::TimePoint) => Self::TimePointUnfit,
            TranscriptError::Unfit(Unfit::Day) => Self::DayUnfit,
            TranscriptError::Unfit(Unfit::Title) => Self::TitleUnfit,
            TranscriptError::There { .. } => Self::TranscriptThere,
            TranscriptError::None => Self::TranscriptUnknown,
            TranscriptError::Damaged(_) => Self::TranscriptUnreadable,
            TranscriptError::Collection(error) => error.into(),
        }
    }
}
