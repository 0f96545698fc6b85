//! Slots: who can open a record, each slot with the content key sealed to one key.

use minicbor::{Decode, Encode};

use crate::KeyId;
use crate::cbor::{self, ByteString, DecodeError};

const MAX_SLOTS: usize = 8;
const MAX_SLOT_BYTES: usize = 2048;

/// To whom a slot belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SlotKind {
    /// The study: HPKE to its encryption key.
    #[n(0)]
    Study,
    /// The writer: under the backup key.
    #[n(1)]
    Backup,
}

/// One slot.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Slot {
    /// To whom it belongs.
    #[n(0)]
    pub kind: SlotKind,
    /// Which key opens it.
    #[n(1)]
    pub key: KeyId,
    #[n(2)]
    sealed: ByteString,
}

impl Slot {
    pub(crate) fn new(kind: SlotKind, key: KeyId, sealed: Vec<u8>) -> Self {
        Self { kind, key, sealed: ByteString(sealed) }
    }

    /// The sealed content key.
    pub fn sealed(&self) -> &[u8] {
        &self.sealed.0
    }
}

/// The slots of one record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slots(pub(crate) Vec<Slot>);

impl Slots {
    /// Reads slots: at most 8, each at most 2 KiB.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > MAX_SLOTS * (MAX_SLOT_BYTES + 32) {
            return Err(DecodeError::TooLong("the slots"));
        }
        let slots: Vec<Slot> = cbor::decode_canonical(bytes, "slots")?;
        if slots.len() > MAX_SLOTS || slots.iter().any(|slot| slot.sealed().len() > MAX_SLOT_BYTES) {
            return Err(DecodeError::TooLong("the slots"));
        }
        Ok(Self(slots))
    }

    /// The bytes that are stored, hashed and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(&self.0)
    }

    /// The slots.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter()
    }

    /// Whether the study has one.
    pub fn has_study(&self) -> bool {
        self.iter().any(|slot| slot.kind == SlotKind::Study)
    }
}
