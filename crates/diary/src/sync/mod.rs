//! Sync: a state machine decides, a driver carries it out.
//!
//! ```text
//! Idle ─start─► AskState ─state, head in our log─► [grant what is due] ─► Push ─receipt─► Push … ─all receipted─► Done
//!                  │                                                        │
//!                  └─ unreachable, trouble, refused, diverged ──────────────┴──► Stopped(why)
//! ```
//!
//! The machine ([`Machine`]) knows no clock, no socket and no vault: so a simulation can run it through any schedule. The
//! driver ([`run`]) holds the diary only between network calls, never during one.

mod batch;
mod driver;
mod machine;

pub use driver::{Outcome, run};
pub use machine::{Action, Event, Machine, Stop};

use crate::page::ErrorCode;

/// What the last sync found, until the diary is locked.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// What stands in the way.
    pub problem: Option<ErrorCode>,
    /// When the server asks to be left alone until: milliseconds since 1970, UTC.
    pub not_before: Option<u64>,
}
