//! What an erase says beside its target.

use minicbor::{Decode, Encode};

use super::VERSION;
use crate::EntryId;
use crate::cbor::{self, DecodeError};

/// Names the entry that is withdrawn, so that the desk can find codings and exports of it: `CBOR [1, entry]`. An erase
/// without a target is about no single entry: `CBOR [1]`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Erasure {
    #[n(0)]
    version: u8,
    /// The withdrawn entry. Final: sharing again takes a new one.
    #[n(1)]
    pub entry: Option<EntryId>,
}

impl Erasure {
    /// Withdraws `entry`.
    pub fn new(entry: EntryId) -> Self {
        Self { version: VERSION, entry: Some(entry) }
    }

    /// Of everything so far.
    pub fn everything() -> Self {
        Self { version: VERSION, entry: None }
    }

    /// The plain body.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads an erase's plain body.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        super::parse(bytes, "an erasure")
    }
}
