//! Which of several slots.

/// One slot: the salt that it was made with, which is random, new for each slot, and no secret. Under another salt a slot does not open,
/// so nobody who edits the file can give one slot the name of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub(super) [u8; 32]);

impl SlotId {
    /// The bytes, to name an object by.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// None when there are not 32 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}
