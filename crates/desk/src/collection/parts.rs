//! Parts of recordings. What is loaded says only which are here; their bytes, ciphertext still, stay in the vault until needed.

use waymark_protocol::{Hash, ParticipantId};

use super::{Change, Collection};

/// Names a part: it belongs to one participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId {
    /// The participant.
    pub participant: ParticipantId,
    /// `H(part)`, as the record's header lists it.
    pub hash: Hash,
}

/// What came when the part was asked for. One that the server did not have has no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// The part; it opens.
    Held,
    /// Other bytes, which were not kept. It is asked for again.
    Other,
    /// The part, and it does not open. It was not kept, and is not asked for again.
    Closed,
}

impl PartId {
    pub(super) fn to_bytes(self) -> [u8; 48] {
        let mut id = [0; 48];
        id[..16].copy_from_slice(&self.participant.0);
        id[16..].copy_from_slice(&self.hash.0);
        id
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (participant, hash) = bytes.split_at_checked(16)?;
        Some(Self { participant: ParticipantId::from_slice(participant)?, hash: Hash::from_slice(hash)? })
    }
}

impl PartState {
    pub(super) fn to_bytes(self) -> [u8; 1] {
        match self {
            Self::Held => [0],
            Self::Other => [1],
            Self::Closed => [2],
        }
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0] => Some(Self::Held),
            [1] => Some(Self::Other),
            [2] => Some(Self::Closed),
            _ => None,
        }
    }
}

impl Collection {
    /// What is known of a part; none when it has not come.
    pub fn part(&self, id: &PartId) -> Option<PartState> {
        self.parts.get(id).copied()
    }

    /// Notes what came of a part; [`Collection::store_part`] writes it.
    pub fn note_part(&mut self, id: PartId, state: PartState) {
        self.parts.insert(id, state);
    }

    /// Forgets parts, and names what is to be written.
    pub fn forget_parts(&mut self, forget: impl Fn(&PartId) -> bool) -> Vec<Change> {
        let gone: Vec<PartId> = self.parts.keys().filter(|id| forget(id)).copied().collect();
        self.parts.retain(|id, _| !forget(id));
        gone.into_iter().map(Change::PartForgotten).collect()
    }
}
