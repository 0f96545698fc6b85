//! What was agreed to.

use minicbor::{Decode, Encode};

use super::VERSION;
use crate::cbor::{self, DecodeError};
use crate::{Hash, ParticipantId, StudyId};

const MAX_ANSWERS: usize = 200;

/// One consent item's answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct ConsentAnswer {
    /// The item's id.
    #[n(0)]
    pub item: String,
    /// Whether it was agreed to.
    #[n(1)]
    pub agreed: bool,
}

/// Consent, item by item: `CBOR [1, study, participant, document version, document hash, agreed at, [[item, agreed]…]]`.
///
/// It always has a backup slot: a restoring phone pins the study from it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Consent {
    #[n(0)]
    version: u8,
    /// The study.
    #[n(1)]
    pub study: StudyId,
    /// The participant.
    #[n(2)]
    pub participant: ParticipantId,
    /// Which document was shown.
    #[n(3)]
    pub document_version: u32,
    /// `H(document bytes)`.
    #[n(4)]
    pub document_hash: Hash,
    /// RFC 3339 with offset.
    #[n(5)]
    pub agreed_at: String,
    /// Item by item.
    #[n(6)]
    pub answers: Vec<ConsentAnswer>,
}

impl Consent {
    /// What was agreed to at `agreed_at`.
    pub fn new(
        study: StudyId,
        participant: ParticipantId,
        document_version: u32,
        document_hash: Hash,
        agreed_at: chrono::DateTime<chrono::FixedOffset>,
        answers: Vec<ConsentAnswer>,
    ) -> Self {
        let agreed_at = agreed_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, false);
        Self { version: VERSION, study, participant, document_version, document_hash, agreed_at, answers }
    }

    /// The plain body.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads a consent's plain body.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let consent: Self = super::parse(bytes, "a consent")?;
        if consent.answers.len() > MAX_ANSWERS {
            return Err(DecodeError::TooLong("a consent"));
        }
        if chrono::DateTime::parse_from_rfc3339(&consent.agreed_at).is_err() {
            return Err(DecodeError::Malformed("a consent"));
        }
        Ok(consent)
    }
}
