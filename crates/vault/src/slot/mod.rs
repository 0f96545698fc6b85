//! Key slots: the ways to open a vault. Each wraps the vault key alone; a file has at most one of each kind, but for passphrases, of which
//! it may have [`MOST_PASSPHRASES`].

mod argon;
mod id;
mod secret;
mod store;
mod wrap;

pub use argon::ArgonParams;
pub use id::SlotId;
pub use secret::{Secret, SlotKind};
pub use store::MOST_PASSPHRASES;
pub(crate) use store::{delete, delete_one, insert, insert_beside, kinds, of_kind, open_one_of, passphrases};
pub(crate) use wrap::Slot;

/// What [`Error::Damaged`](crate::Error::Damaged) names when a slot is not what was written.
pub(crate) const PART: &str = "key slots";
