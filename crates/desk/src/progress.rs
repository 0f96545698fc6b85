//! How far long work has come: one line on a terminal, nothing at all in a pipe, or whoever else is told.

use std::fmt;
use std::io::{IsTerminal, Write};

/// A step of long work. It holds no label and nothing that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Records are coming; so many are here.
    Records(usize),
    /// Parts of voice notes are coming, one after the other.
    Part {
        /// This one, counted from 1.
        part: usize,
        /// Of so many.
        of: usize,
    },
    /// All is here, and is being opened.
    Opening,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Records(records) => write!(f, "pulling… {records} records"),
            Self::Part { part, of } => write!(f, "pulling… part {part} of {of} of voice notes"),
            Self::Opening => f.write_str("opening…"),
        }
    }
}

/// Tells how far work has come.
pub struct Progress(To);

enum To {
    Terminal,
    Nobody,
    Told(Box<dyn Fn(Step) + Send + Sync>),
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

impl Progress {
    /// On the terminal, when standard error is one.
    pub fn on_terminal() -> Self {
        Self(if std::io::stderr().is_terminal() { To::Terminal } else { To::Nobody })
    }

    /// Silent.
    pub fn silent() -> Self {
        Self(To::Nobody)
    }

    /// To whoever wants to know.
    pub fn told_to(told: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Self(To::Told(Box::new(told)))
    }

    /// Work has come to here.
    pub fn say(&self, step: Step) {
        match &self.0 {
            To::Terminal => write_line(&step.to_string()),
            To::Nobody => {}
            To::Told(told) => told(step),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let To::Terminal = self.0 {
            write_line("");
        }
    }
}

/// Replaces the line.
fn write_line(what: &str) {
    // Nobody needs the line if the terminal is gone.
    let _ = write!(std::io::stderr(), "\r\x1b[K{what}");
    let _ = std::io::stderr().flush();
}
