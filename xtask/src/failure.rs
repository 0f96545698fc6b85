//! Why a command could not be done.

use std::fmt::Display;

/// The end of a command that did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// What happened and what to do, for the person at the terminal.
    Because(String),
    /// Everything has been said already.
    Told,
}

impl Failure {
    /// A failure with a sentence.
    pub fn because(sentence: impl Into<String>) -> Self {
        Self::Because(sentence.into())
    }

    /// An operation on a named thing that the system refused.
    pub fn system(doing: impl Display, error: impl Display) -> Self {
        Self::Because(format!("{doing}: {error}"))
    }
}
