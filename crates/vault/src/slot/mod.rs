//! Key slots: the ways to open a vault. Each wraps the vault key alone; a file has at most one of each kind.

mod argon;
mod secret;
mod store;
mod wrap;

pub use argon::ArgonParams;
pub use secret::{Secret, SlotKind};
pub(crate) use store::{delete, insert, kinds, read};
pub(crate) use wrap::Slot;

/// What [`Error::Damaged`](crate::Error::Damaged) names when a slot is not what was written.
pub(crate) const PART: &str = "key slots";
