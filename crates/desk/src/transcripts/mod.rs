//! Interview transcripts: a file's bytes become text, and the text is kept in the desk's vault beside what was collected.
//!
//! ```text
//! a file ── read ──► Text ── + whose, when, at which time point ──► the vault, sealed ──► read on the page, exported
//!           told by its bytes, bounded
//! ```
//!
//! A transcript is the study's own: no phone has signed it, so it stands in no account, no certificate and no row of an export. Its file's
//! name, in which there may be somebody's, is kept here and exported nowhere.

mod about;
mod docx;
mod id;
mod plain;
mod read;
mod store;
mod word;

pub use about::{About, LONGEST_TIME_POINT, LONGEST_TITLE, Unfit};
pub use id::TranscriptId;
pub use read::{LONGEST_FILE, LONGEST_TEXT, LeftOut, ReadError, Text, read};
pub use store::{
    Added, Interview, Kept, Removed, Transcript, TranscriptError, add, add_file, all, all_of, change, count_of, get,
    kept, remove, remove_all_of,
};
