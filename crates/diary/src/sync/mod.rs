//! Sync: a state machine decides, a driver carries it out.
//!
//! ```text
//! Idle ─start─► AskState ─state, head in our log─► [Read …] ─► [grant what is due] ─► Push ─receipt─► Push … ─► ListParts
//!                  │                                  │                               │                             │
//!                  └─ unreachable, trouble, refused, diverged, stopped ─────────────┴──► Stopped(why) ◄─────────────┤
//!                                                                                                                   ▼
//!                                                        Done ◄─ no more ─ Fetch each ◄─ then ─ Ask, Send or Confirm each
//! ```
//!
//! A server that does not know this phone, as after a restore from a backup, is shown once what the phone joined by.
//!
//! What the person's other phones wrote is read before anything is granted (`crate::reading`).
//!
//! Parts of voice notes are a phase of their own, after all records: text never waits for sound. They go one at a time, and
//! each is written down when it has arrived, so that what breaks in the middle goes on there. `Diary::parts_due` says which
//! they are; where they wait for their writer's word, it is the place to say none.
//!
//! The machine ([`Machine`]) knows no clock, no socket and no vault: so a simulation can run it through any schedule. The
//! driver ([`run`]) holds the diary only between network calls, never during one.

mod batch;
mod driver;
mod joining_again;
mod machine;
mod parts;

pub use driver::{Outcome, run};
pub(crate) use driver::{read_page, run_without_parts};
pub(crate) use machine::MAX_PAGES;
pub use machine::{Action, Event, Machine, Stop};

use crate::page::ErrorCode;

/// What the last sync found, until the diary is locked.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// What stands in the way.
    pub problem: Option<ErrorCode>,
    /// When the server asks to be left alone until: milliseconds since 1970, UTC.
    pub not_before: Option<u64>,
    /// The time of the latest sighting that this phone was shown, by the clock of the desk that signed it; 0 before the first.
    pub sighted: u64,
}
