//! Installing what the other commands need, where it is missing.
//!
//! Everything is looked at first, so that a machine that has it all is left alone and costs a second. Versions of tools
//! are pinned and go into `target/tools`; only the system's packages and the Rust target go outside the repository.

mod node;
mod packages;
mod tools;

use crate::failure::Failure;
pub use tools::{ANDROID, NIGHTLY, ensure_fuzzer};

/// What it is needed for: the demo gets by with less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Running the app.
    Demo,
    /// Measuring the programs that have no screen.
    Numbers,
    /// Every check.
    Test,
}

/// Installs what is missing, and says so, one line each.
pub fn run(purpose: Purpose) -> Result<(), Failure> {
    packages::ensure(purpose)?;
    if purpose == Purpose::Numbers {
        return Ok(());
    }
    node::ensure()?;
    tools::ensure(purpose)
}
