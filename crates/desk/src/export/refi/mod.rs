//! The exchange format of programs for qualitative analysis (REFI-QDA 1.0): a project (`.qdpx`), and a codebook alone (`.qdc`).
//!
//! ```text
//! out.qdpx (ZIP)
//! ├── project.qde            codes, people as cases with variables, documents with selections, a set for each phase
//! └── sources/<guid>.txt     the documents: UTF-8; each interview is one of its own
//! ```
//!
//! Positions count Unicode code points from the beginning of a document, the end not included. Programs do not agree on whether the end
//! of a line is one of them or two, so there are two flavours: with `\n` and with `\r\n`, each counted as it stands in the file.
//! Everything else of a text stands as it was written.
//!
//! Ids are made from what they name, so the same thing has the same id in every export of a study: an answer in a revision, an entry, a
//! person's document, whose text grows.

mod codes;
mod documents;
mod guid;
mod names;
mod project;
mod text;

use std::io::{self, Cursor, Write};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use ts_rs::TS;
use waymark_protocol::StudyId;
use waymark_protocol::study::Plan;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Row;
use super::agreed::Agreed;
use crate::codebook::Codebook;
use crate::transcripts::Interview;
use codes::Codes;
use documents::Documents;

/// What makes a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// All that one person shared.
    Participant,
    /// What one person shared in one phase.
    Phase,
    /// One entry.
    Entry,
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineEnds {
    /// `\n`.
    Lf,
    /// `\r\n`.
    Crlf,
}

/// A flavour of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flavour {
    /// What makes a document.
    pub per: Per,
    /// How lines end.
    pub line_ends: LineEnds,
}

/// What a project is made of.
pub(crate) struct Project<'a> {
    pub study: StudyId,
    /// The study's, in one line.
    pub title: &'a str,
    pub plan: &'a Plan,
    pub codebook: &'a Codebook,
    /// By participant, day and time of writing.
    pub rows: &'a [Row],
    /// By participant's number and day.
    pub interviews: &'a [Interview],
    pub agreed: &'a Agreed,
    pub flavour: Flavour,
    pub made_at: DateTime<Utc>,
}

/// Writes a `.qdpx`.
pub(super) fn write(project: &Project<'_>, out: &mut dyn Write) -> io::Result<()> {
    let codes = Codes::of(project);
    let documents = Documents::of(project, &codes);
    // In memory first: programs that read these want what only a file that can be gone back in has.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("project.qde", options)?;
    zip.write_all(&project::write(project, &codes, &documents)?)?;
    for document in &documents.0 {
        zip.start_file(format!("sources/{}.txt", document.guid), options)?;
        zip.write_all(document.text.as_bytes())?;
    }
    out.write_all(&zip.finish()?.into_inner())
}

/// Writes a `.qdc`: the study's codebook.
pub(super) fn write_codebook(study: StudyId, codebook: &Codebook, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&codes::write_codebook(&Codes::of_codebook(study, codebook))?)
}
