//! The desk's page: its commands, what they say, and what carries them out.
//!
//! The commands are declared once, in `commands.rs`; the types of the page are generated from that list.
//!
//! ```text
//! unlock ─► Desk ─► Reading (the whole account, opened, in memory) ─► overview, records, people, entries
//!             ▲                     ▲
//!             └── collect ──────────┘  made anew when a collection ends; what is on the page stays readable meanwhile
//! lock, or nobody there for a while ─► both are dropped
//! ```

mod app;
mod erasing;
mod error;
mod exporting;
mod interviews;
mod keys;
mod locking;
mod packs;
mod preparing;
mod previewing;
mod reading;
mod setup;
mod steward;
mod study_types;
mod types;
mod typescript;

/// A number as the page has it.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub use app::{Commands, DeskApp, NAMES};
pub use erasing::types::*;
pub use error::{CommandError, ErrorCode, Refusal};
pub use exporting::types::*;
pub use interviews::*;
pub use keys::types::*;
pub use packs::types::*;
pub use preparing::types::*;
pub use previewing::types::*;
pub use previewing::{PHONES, Preview};
pub use steward::types::*;
pub use study_types::*;
pub use types::*;
pub use typescript::typescript;
