//! What the page and its host say to each other about exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::preparing::types::ReadCount;
use crate::export::Format;
use crate::export::refi::{LineEnds, Per};

/// Exports: where they go, and those that were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportsView {
    /// The folder on this machine in which they are written.
    pub folder: String,
    /// Those that were made, the newest first.
    pub made: Vec<MadeView>,
    /// How many copies there are, and were read.
    pub count: ReadCount,
}

/// An export that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MadeView {
    /// When.
    pub at: Option<String>,
    /// Its format.
    pub format: String,
    /// Where it was written to.
    pub path: String,
    /// Whether names were replaced in it.
    pub copy: bool,
    /// Who has read it before, where names were replaced.
    pub read_by: Vec<String>,
    /// Who made it, where that was asked.
    pub by: Option<String>,
    /// Why, where they said so.
    pub why: Option<String>,
    /// Whether something of it may still lie there.
    pub there: bool,
    /// How many revisions of entries stood in it.
    pub revisions: u32,
    /// How many of its entries were withdrawn or erased since.
    pub withdrawn: u32,
    /// How many interviews stood in it.
    pub interviews: u32,
    /// How many of these were removed from the desk since.
    pub removed: u32,
    /// Who was left out.
    pub without: Vec<String>,
    /// Why they were.
    pub why_without: Option<String>,
    /// Whose pack it is, for an interview; none where it is none.
    pub pack: Option<String>,
}

/// Makes an export.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeExport {
    /// In this format.
    pub format: Format,
    /// With a project: what makes a document.
    pub documents: Per,
    /// With a project: how lines end.
    pub line_ends: LineEnds,
    /// As it was written, not with names replaced. Somebody has to say why.
    pub original: bool,
    /// With names replaced: what nobody has read is left out; else there is no export while there is such.
    pub only_read: bool,
    /// Who is left out. Somebody has to say why.
    #[serde(default)]
    pub without: Vec<String>,
    /// Why they are left out.
    #[serde(default)]
    pub why_without: Option<String>,
    /// Who makes it.
    pub by: String,
    /// Why.
    pub why: Option<String>,
}

/// An export was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportDone {
    /// Where it lies.
    pub path: String,
    /// How many revisions of entries stand in it.
    pub revisions: u32,
    /// How many interviews stand in it.
    pub interviews: u32,
    /// How many voice notes lie beside it.
    pub recordings: u32,
    /// How many entries were left out because nobody has read their copies.
    pub left_out: u32,
    /// How many interviews were left out for the same reason.
    pub left_out_interviews: u32,
    /// Whether the collection lacks something, and so the export may.
    pub needs_attention: bool,
    /// All exports, with this one.
    pub exports: ExportsView,
}

/// A certificate that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CertificateMade {
    /// Where it lies.
    pub path: String,
    /// How many records it accounts for.
    pub records: u32,
    /// Of how many phones.
    pub phones: u32,
}
