//! Getting text ready for others: names are replaced on a copy, alike everywhere, and somebody reads each copy before it goes out.
//!
//! ```text
//! found by rules ─┐
//!                 ├─► decided once: replaced by …, or left ──► copy of an entry ──► read by somebody ──► export
//! added by hand ──┘                                           made when it is needed, stored nowhere
//! ```
//!
//! Interviews are prepared as entries are: found, decided and replaced by the same means, each read for itself.
//!
//! - The original stays as it is. A copy is in Unicode's composed form (NFC), so that one name is one name however it was typed.
//! - A decision holds for every entry, those that come later too. Who decided, when and why is kept.
//! - A reading is of exactly what was shown. Where the copy is another one since, because its writer changed the entry or something else
//!   was decided, it is to be read anew.
//! - What stands around the words is no finer than it has to be: the part of the day at which an entry was written, and of the phone that wrote
//!   it a number.
//! - Nothing here says that nobody can be recognised: that is the reader's to judge.

mod copy;
mod finder;
mod interview;
mod marked;
mod matcher;
mod pseudonyms;
mod reviews;
mod said;
mod speakers;

pub use copy::{Piece, copy, pieces, replaced};
pub use finder::{Candidate, Example, Sort, Source, find};
pub use interview::copy_interview;
pub use marked::{Marked, marked};
pub use pseudonyms::{Decision, LONGEST_PSEUDONYM, LONGEST_TERM, Pseudonyms, Unfit, Verdict};
pub use reviews::{Review, Reviews, fingerprint, fingerprint_interview, unread};
pub use said::{LONGEST_NAME, LONGEST_REASON, Said, WhoAndWhy};
