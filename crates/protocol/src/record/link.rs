//! The link between records.

use crate::{Hash, Message};

/// `H("waymark/link/v1" ‖ LP(header) ‖ H(slots) ‖ H(body))`.
pub fn link(header: &[u8], slots_hash: &Hash, body_hash: &Hash) -> Hash {
    Hash::of(Message::new("waymark/link/v1").lp(header).hash(slots_hash).hash(body_hash).as_bytes())
}
