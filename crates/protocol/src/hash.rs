//! SHA-256.

use crate::hex::hex_type;

hex_type! {
    /// A SHA-256 hash.
    Hash, 32
}

impl Hash {
    /// Zeros: the `prev` of a log's first record.
    pub const ZERO: Self = Self([0; 32]);

    /// `H(bytes)`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_digest(&ring::digest::digest(&ring::digest::SHA256, bytes))
    }

    pub(crate) fn from_digest(digest: &ring::digest::Digest) -> Self {
        Self::from_slice(digest.as_ref()).expect("a SHA-256 digest has 32 bytes")
    }
}
