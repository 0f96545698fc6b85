//! What an export is to hold.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Format;
use super::refi::Flavour;
use crate::prepare::{Said, WhoAndWhy};

/// Whose words an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// As they were written, every revision.
    Original,
    /// Copies with names replaced ([`crate::prepare`]), each entry as it is now, and interviews, without voice notes: those that somebody has read.
    Copy {
        /// What nobody has read is left out; else there is no export while there is such.
        only_read: bool,
    },
}

/// Who is left out of an export: nothing of theirs is in it, neither entries nor interviews nor what they have agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Without {
    /// As the desk calls them; somebody at least.
    pub participants: BTreeSet<String>,
    /// Why.
    pub why: Said,
}

/// An export that somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The format.
    pub format: Format,
    /// With a project: its flavour.
    pub flavour: Flavour,
    /// Whose words.
    pub text: Text,
    /// Who is left out.
    pub without: Option<Without>,
    /// Who wants it, and why, where that was asked.
    pub said: Option<WhoAndWhy>,
}
