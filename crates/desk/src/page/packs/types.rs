//! What the page and its host say to each other about packs for interviews.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::types::EntryView;
use crate::export::PackFormat;

/// What one person wants to talk about.
#[derive(Clone, Serialize, TS)]
pub struct PackView {
    /// As the desk calls them.
    pub participant: String,
    /// Each entry as it is now, by the days that they are about.
    pub entries: Vec<EntryView>,
}

/// An entry of a pack, as it was shown.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ShownEntry {
    /// Its id.
    pub entry: String,
    /// The revision.
    pub revision: String,
}

/// Notes that it is printed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NotePrintedPack {
    /// Of whom, as the desk calls them.
    pub participant: String,
    /// What is printed: refused where something else is to be talked about by now.
    pub shown: Vec<ShownEntry>,
    /// Who does it.
    pub by: String,
    /// What for.
    pub why: String,
}

/// Writes it into a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SavePack {
    /// Of whom, as the desk calls them.
    pub participant: String,
    /// In this form.
    pub format: PackFormat,
    /// Who does it.
    pub by: String,
    /// What for.
    pub why: String,
}
