//! What can go wrong on the way.

use std::io;

/// Why a step could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A program's path is missing.
    #[error("{0} is not set: run this through `cargo xtask`")]
    Unset(&'static str),
    /// The system refused.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: String,
        /// Why it was refused.
        source: io::Error,
    },
    /// A program ended with a failure.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which one, with what it was asked.
        program: String,
        /// What it said.
        said: String,
    },
    /// A program answered, but not as its contract says.
    #[error("{program} answered {answer:?}")]
    Answer {
        /// Which one, with what it was asked.
        program: String,
        /// What it said.
        answer: String,
    },
    /// Something did not come onto the screen.
    #[error("{what} did not come onto the screen. There was:\n{page}")]
    NotSeen {
        /// What was looked for.
        what: String,
        /// All words on the screen.
        page: String,
    },
    /// The app could not be started under WebDriver.
    #[error("no WebDriver session: {0}")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// The driver refused a command.
    #[error("WebDriver: {0}")]
    Driver(#[from] fantoccini::error::CmdError),
}

impl Trouble {
    /// For `map_err` on something that the system does.
    pub fn system(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }
}
