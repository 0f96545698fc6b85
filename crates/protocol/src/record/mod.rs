//! Records: what a phone tells a study, in an append-only log, one log per device and study.
//!
//! ```text
//! header = CBOR [ version=1, suite=1, study[16], participant[16], device[16], seq (1,2,3…), prev[32], kind,
//!                 target or null, commitment[32] or null, [part hash[32]…], body length ]
//! slots  = CBOR [ [slot kind, key id[8], bytes]… ]
//! link   = H("waymark/link/v1" ‖ LP(header) ‖ H(slots) ‖ H(body))
//! prev of seq n+1 = link of seq n; zeros for seq 1
//! tombstone = (header, H(slots), H(body)): what is left of an erased record; its link can still be computed
//! ```

mod header;
mod link;
mod slots;
pub mod wire;

pub use header::{Header, HeaderError, Kind, MAX_BODY_LEN, MAX_PARTS, MAX_SEQ, Target};
pub use link::link;
pub use slots::{Slot, SlotKind, Slots};

use crate::{DecodeError, Hash};

/// Why three byte strings are no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The header is none.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The slots are none.
    #[error(transparent)]
    Slots(DecodeError),
    /// The body has another length than the header says.
    #[error("the body has {found} bytes, the header says {said}")]
    BodyLength {
        /// What the header says.
        said: u64,
        /// What is there.
        found: u64,
    },
}

/// A whole record: made once, stored, and sent as it is, however often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    header: Header,
    slots: Slots,
    header_bytes: Vec<u8>,
    slots_bytes: Vec<u8>,
    body: Vec<u8>,
}

impl Record {
    /// Reads a record from its three byte strings.
    pub fn parse(header_bytes: Vec<u8>, slots_bytes: Vec<u8>, body: Vec<u8>) -> Result<Self, RecordError> {
        let header = Header::parse(&header_bytes)?;
        let slots = Slots::parse(&slots_bytes).map_err(RecordError::Slots)?;
        let found = body.len() as u64;
        if header.body_len != found {
            return Err(RecordError::BodyLength { said: header.body_len, found });
        }
        Ok(Self { header, slots, header_bytes, slots_bytes, body })
    }

    pub(crate) fn from_parts(header: Header, slots: Slots, body: Vec<u8>) -> Self {
        let (header_bytes, slots_bytes) = (header.to_bytes(), slots.to_bytes());
        Self { header, slots, header_bytes, slots_bytes, body }
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The slots.
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// The header as sent.
    pub fn header_bytes(&self) -> &[u8] {
        &self.header_bytes
    }

    /// The slots as sent.
    pub fn slots_bytes(&self) -> &[u8] {
        &self.slots_bytes
    }

    /// The body as sent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The record's link, to which the next record's `prev` refers.
    pub fn link(&self) -> Hash {
        link(&self.header_bytes, &Hash::of(&self.slots_bytes), &Hash::of(&self.body))
    }

    /// How another record names this one.
    pub fn as_target(&self) -> Target {
        Target { device: self.header.device, seq: self.header.seq, link: self.link() }
    }

    /// What is left when body and slots are destroyed.
    pub fn to_tombstone(&self) -> Tombstone {
        Tombstone {
            header: self.header.clone(),
            header_bytes: self.header_bytes.clone(),
            slots_hash: Hash::of(&self.slots_bytes),
            body_hash: Hash::of(&self.body),
        }
    }
}

/// What is left of an erased record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    header: Header,
    header_bytes: Vec<u8>,
    /// `H(slots)`.
    pub slots_hash: Hash,
    /// `H(body)`.
    pub body_hash: Hash,
}

impl Tombstone {
    /// Reads a tombstone from its parts.
    pub fn parse(header_bytes: Vec<u8>, slots_hash: Hash, body_hash: Hash) -> Result<Self, HeaderError> {
        Ok(Self { header: Header::parse(&header_bytes)?, header_bytes, slots_hash, body_hash })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The header as sent.
    pub fn header_bytes(&self) -> &[u8] {
        &self.header_bytes
    }

    /// The link that the whole record had.
    pub fn link(&self) -> Hash {
        link(&self.header_bytes, &self.slots_hash, &self.body_hash)
    }
}
