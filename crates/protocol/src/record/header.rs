//! A record's header: all that the server sees of it, and all of it authenticated.

use minicbor::{Decode, Encode};

use crate::cbor::{self, DecodeError};
use crate::keys::Commitment;
use crate::seal::padding;
use crate::{DeviceId, Hash, ParticipantId, StudyId};

/// The longest sealed body: 256 KiB of padded plain text and its tag.
pub const MAX_BODY_LEN: u64 = 256 * 1024 + crate::aead::TAG_LEN as u64;
/// The last place that a log can have: what a page's numbers and a database's columns hold exactly.
pub const MAX_SEQ: u64 = (1 << 53) - 1;
/// How many parts one record may list.
pub const MAX_PARTS: usize = 64;
const MAX_PLAIN_BODY_LEN: u64 = 4096;
const MAX_HEADER_LEN: usize = 4096;
const VERSION: u8 = 1;
const SUITE: u8 = 1;

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// Device and recovery public keys, and why the desk may believe them. Plain.
    #[n(0)]
    Genesis,
    /// One revision of one diary entry. Sealed.
    #[n(1)]
    Entry,
    /// Gives the study the content key of `target`. No body.
    #[n(2)]
    Grant,
    /// Destroys body and slots of `target`, and the slots of every grant of it. Sealed.
    #[n(3)]
    Erase,
    /// What was agreed to. Sealed, always with a backup slot.
    #[n(4)]
    Consent,
    /// Pause, resume, change of phase, leaving. Sealed.
    #[n(5)]
    Notice,
    /// A new recovery public key, signed by the old one. Plain.
    #[n(6)]
    Recovery,
    /// What stays the writer's. Sealed, never granted.
    #[n(7)]
    Own,
}

impl Kind {
    /// Whether an erase may destroy records of this kind.
    pub fn is_erasable(self) -> bool {
        matches!(self, Self::Entry | Self::Notice | Self::Own)
    }

    /// As a number, as in the header.
    pub fn number(self) -> u8 {
        match self {
            Self::Genesis => 0,
            Self::Entry => 1,
            Self::Grant => 2,
            Self::Erase => 3,
            Self::Consent => 4,
            Self::Notice => 5,
            Self::Recovery => 6,
            Self::Own => 7,
        }
    }
}

/// Names a record in any proven log of the same participant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cbor(array)]
pub struct Target {
    /// Whose log.
    #[n(0)]
    pub device: DeviceId,
    /// Which place.
    #[n(1)]
    pub seq: u64,
    /// Which bytes.
    #[n(2)]
    pub link: Hash,
}

/// A record's header.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Header {
    #[n(0)]
    version: u8,
    #[n(1)]
    suite: u8,
    /// The study.
    #[n(2)]
    pub study: StudyId,
    /// The participant.
    #[n(3)]
    pub participant: ParticipantId,
    /// The device whose log this is in.
    #[n(4)]
    pub device: DeviceId,
    /// The place in the log, from 1.
    #[n(5)]
    pub seq: u64,
    /// The link of the record before; zeros for the first.
    #[n(6)]
    pub prev: Hash,
    /// What the record is for.
    #[n(7)]
    pub kind: Kind,
    /// The record that a grant or an erase is about.
    #[n(8)]
    pub target: Option<Target>,
    /// What the content key must match.
    #[n(9)]
    pub commitment: Option<Commitment>,
    /// Hashes of the attachments' parts.
    #[n(10)]
    pub parts: Vec<Hash>,
    /// How long the body is, in bytes.
    #[n(11)]
    pub body_len: u64,
}

/// Why bytes are no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// The bytes are not a header's.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A field does not fit the kind or the place.
    #[error("the header's {0} does not fit its kind and place")]
    Field(&'static str),
}

impl Header {
    /// A header at a place in a log, with nothing else in it yet.
    pub(crate) fn new(place: &crate::seal::Place, kind: Kind) -> Self {
        Self {
            version: VERSION,
            suite: SUITE,
            study: place.study,
            participant: place.participant,
            device: place.device,
            seq: place.seq,
            prev: place.prev,
            kind,
            target: None,
            commitment: None,
            parts: Vec::new(),
            body_len: 0,
        }
    }

    /// Reads a header: bounded, canonical, and with the fields that its kind has.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeaderError> {
        if bytes.len() > MAX_HEADER_LEN {
            return Err(DecodeError::TooLong("a header").into());
        }
        let header: Self = cbor::decode_canonical(bytes, "a header")?;
        header.check()?;
        Ok(header)
    }

    fn check(&self) -> Result<(), HeaderError> {
        let field = |holds: bool, name| if holds { Ok(()) } else { Err(HeaderError::Field(name)) };
        if self.version != VERSION || self.suite != SUITE {
            return Err(DecodeError::NewerVersion("a header").into());
        }
        field((1..=MAX_SEQ).contains(&self.seq), "seq")?;
        field((self.seq == 1) == (self.kind == Kind::Genesis), "kind")?;
        field((self.seq == 1) == (self.prev == Hash::ZERO), "prev")?;
        field(
            match self.kind {
                Kind::Grant => self.target.is_some(),
                Kind::Erase => true,
                _ => self.target.is_none(),
            },
            "target",
        )?;
        let plain = matches!(self.kind, Kind::Genesis | Kind::Recovery);
        field(self.commitment.is_some() != plain, "commitment")?;
        field(self.parts.len() <= MAX_PARTS && (self.parts.is_empty() || self.kind == Kind::Entry), "parts")?;
        field(
            match self.kind {
                Kind::Genesis | Kind::Recovery => (1..=MAX_PLAIN_BODY_LEN).contains(&self.body_len),
                Kind::Grant => self.body_len == 0,
                _ => self.body_len <= MAX_BODY_LEN && padding::is_sealed_len(self.body_len),
            },
            "body length",
        )
    }

    /// The bytes that are stored, hashed and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(self)
    }
}
