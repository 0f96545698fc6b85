//! Getting text ready for others: names are replaced on a copy, alike everywhere, and somebody reads each copy before it goes out.
//!
//! ```text
//! found by rules ─┐
//!                 ├─► decided once: replaced by …, or left ──► copy of an entry ──► read by somebody ──► export
//! added by hand ──┘                                           made when it is needed, stored nowhere
//! ```
//!
//! - The original stays as it is. A copy is in Unicode's composed form (NFC), so that one name is one name however it was typed.
//! - A decision holds for every entry, those that come later too. Who decided, when and why is kept.
//! - A reading is of exactly what was shown. Where the copy is another one since, because its writer changed the entry or something else
//!   was decided, it is to be read anew.
//! - Nothing here says that nobody can be recognised: that is the reader's to judge.

mod copy;
mod finder;
mod matcher;
mod pseudonyms;
mod reviews;
mod said;

pub use copy::{Piece, copy, pieces};
pub use finder::{Candidate, Example, Sort, find};
pub use pseudonyms::{Decision, LONGEST_PSEUDONYM, LONGEST_TERM, Pseudonyms, Unfit, Verdict};
pub use reviews::{Review, Reviews, fingerprint, unread};
pub use said::{LONGEST_NAME, LONGEST_REASON, Said, WhoAndWhy};
