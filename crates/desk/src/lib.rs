//! The researchers' desk: it makes a study, invites, collects, proves, opens and exports.
//!
//! ```text
//! study server ── transport ──► pull ──► collection (the vault) ──► judged ──► account ──► verify
//!                 bounded,              bytes as they came,         who is     one class    export
//!                 not believed          each record once            believed   per record
//! ```
//!
//! # What holds
//!
//! - The server is believed in nothing. What it sends is stored as bytes; what counts is only what a checkpoint of a proven
//!   device covers ([`waymark_protocol::proof`]).
//! - Every record that came is accounted for in exactly one class ([`account::Class`]): received = opened + private +
//!   control + erased + waiting + quarantined. One bad record never stops the rest.
//! - What is in the desk's file is sealed under the passphrase ([`waymark_vault`]). Entries are opened when they are needed
//!   and their text is stored nowhere, so destroying a withdrawn record destroys all that the desk has of it.
//! - What the study orders or takes back is kept here before it is sent, and every pull tells the server what it lacks of it.
//! - Labels of participants, keys and opened text never leave this machine, and stand in no error.

pub mod account;
pub mod certificate;
pub mod codebook;
pub mod collection;
pub mod custody;
pub mod desk;
mod destroy;
pub mod draft;
pub mod ending;
pub mod erase;
pub mod export;
pub mod exported;
pub mod invite;
pub mod judged;
pub mod keys;
mod lines;
pub mod met;
mod open;
mod orders;
pub mod page;
mod participants;
pub mod passphrase;
pub mod passphrases;
pub mod people;
pub mod prepare;
mod progress;
pub mod publish;
pub mod pull;
pub mod reason;
mod recordings;
pub mod revoke;
pub mod rotate;
pub mod stop;
pub mod study;
mod telling;
mod terminal;
pub mod time_points;
pub mod token;
pub mod transcripts;
pub mod transport;
pub mod verify;
mod versions;
mod whole;

pub use desk::Desk;
pub use participants::{Labels, Unknown};
pub use progress::{Progress, Step};

use std::time::{SystemTime, UNIX_EPOCH};

/// This machine's clock: milliseconds since 1970, UTC.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
