//! Voice notes: recorded, kept, sealed into an entry, and heard again.
//!
//! ```text
//! microphone ─ append ─► chunks of the draft, each sealed and fsynced as it comes
//! "Done"     ─ seal ───► one attachment under a fresh key: its parts in the vault, the chunks gone, one transaction
//! the record is receipted ─ sync ─► the parts go up, one at a time, each confirmed
//! a new phone ─ sync ─► the parts come back, one at a time, each checked by its hash
//! ```
//!
//! What is in an entry is heard from its parts, also on the phone that recorded it: what plays here is what was sealed.

mod listing;
mod playing;
mod recording;
mod sealing;
mod waiting;

pub(crate) use listing::{asked, written_answers};
pub use playing::Playable;
pub(crate) use sealing::{keep_notes, reseal_notes, seal_again, seal_notes};

/// The longest note.
pub const MAX_DURATION_MS: u32 = 10 * 60 * 1000;
/// A recorder hands over its last chunk a little late.
const LATE_MS: u32 = 5_000;
/// The most that a note may hold, in bytes: six times what ten minutes of speech need.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The most that a recorder may hand over at once, in bytes.
pub const MAX_CHUNK_BYTES: usize = 1024 * 1024;
/// The most notes in one entry.
pub const MAX_NOTES: usize = 10;
/// The most that all notes of an entry may hold together, in bytes, so that a record's header can list their parts.
const MAX_BYTES_TOGETHER: u64 = 40 * 1024 * 1024;
/// The most chunks of a note. A recorder that hands over more often than ten times in a second is not ours.
const MAX_CHUNKS: usize = 6_000;
