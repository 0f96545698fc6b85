//! What is signed or hashed: a label, then fixed-width fields, so that no message can be read as another.

use crate::Hash;

/// `label ‖ field ‖ field …`. Variable-length fields go in through [`Message::lp`].
#[derive(Clone)]
pub struct Message(Vec<u8>);

impl Message {
    /// Starts with an ASCII label that no other message has.
    pub fn new(label: &'static str) -> Self {
        Self(label.as_bytes().to_vec())
    }

    /// A fixed-width field.
    #[must_use]
    pub fn bytes<const N: usize>(mut self, field: &[u8; N]) -> Self {
        self.0.extend_from_slice(field);
        self
    }

    /// A hash.
    #[must_use]
    pub fn hash(self, field: &Hash) -> Self {
        self.bytes(&field.0)
    }

    /// An integer, `u64_be`.
    #[must_use]
    pub fn u64(self, field: u64) -> Self {
        self.bytes(&field.to_be_bytes())
    }

    /// A field of any length: `LP(x) = u32_be(len x) ‖ x`.
    #[must_use]
    pub fn lp(mut self, field: &[u8]) -> Self {
        let len = u32::try_from(field.len()).expect("fields are bounded far below 4 GiB");
        self.0.extend_from_slice(&len.to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    /// The bytes to sign or hash.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
impl Message {
    /// Bytes without a label, for published test vectors.
    pub(crate) fn unlabelled(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}
