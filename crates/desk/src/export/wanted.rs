//! What an export is to hold.

use super::Format;
use super::refi::Flavour;
use crate::prepare::WhoAndWhy;

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

/// An export that somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The format.
    pub format: Format,
    /// With a project: its flavour.
    pub flavour: Flavour,
    /// Whose words.
    pub text: Text,
    /// Who wants it, and why, where that was asked.
    pub said: Option<WhoAndWhy>,
}
