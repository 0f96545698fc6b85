//! The study's word for one invitation.
//!
//! ```text
//! signature = Ed25519[study signing key]("waymark/invitation/v1" ‖ study ‖ participant ‖ enrol public key
//!                                        ‖ minimum document version ‖ expiry)
//! ```

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::{CodeId, Message, ParticipantId, StudyId};

/// Says that whoever holds the enrol key is this participant.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cbor(array)]
pub struct Certificate {
    /// The study.
    #[n(0)]
    pub study: StudyId,
    /// The participant number, chosen by the desk.
    #[n(1)]
    pub participant: ParticipantId,
    /// The public half of the key that the invitation's secret makes.
    #[n(2)]
    pub enrol_key: VerifyingKey,
    /// A phone takes no older document than this.
    #[n(3)]
    pub minimum_version: u32,
    /// Milliseconds since 1970, UTC.
    #[n(4)]
    pub expires_at: u64,
    /// The study's signature.
    #[n(5)]
    pub signature: Signature,
}

/// Why a certificate is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// It is for another study.
    #[error("the certificate is for another study")]
    Study,
    /// None of the study's keys has signed it.
    #[error("the certificate is not signed by the study")]
    Signature,
}

impl Certificate {
    /// Signs for one invitation.
    pub fn sign(
        key: &SigningKey,
        study: StudyId,
        participant: ParticipantId,
        enrol_key: VerifyingKey,
        minimum_version: u32,
        expires_at: u64,
    ) -> Self {
        let mut certificate =
            Self { study, participant, enrol_key, minimum_version, expires_at, signature: Signature([0; 64]) };
        certificate.signature = key.sign(&certificate.message());
        certificate
    }

    /// Whether one of the study's keys has signed this.
    pub fn verify(&self, study: &StudyId, study_keys: &[VerifyingKey]) -> Result<(), CertificateError> {
        if self.study != *study {
            return Err(CertificateError::Study);
        }
        let message = self.message();
        if study_keys.iter().any(|key| key.verify(&message, &self.signature).is_ok()) {
            Ok(())
        } else {
            Err(CertificateError::Signature)
        }
    }

    /// The name under which the server keeps this.
    pub fn code(&self) -> CodeId {
        CodeId::of(&self.enrol_key)
    }

    fn message(&self) -> Message {
        Message::new("waymark/invitation/v1")
            .bytes(&self.study.0)
            .bytes(&self.participant.0)
            .bytes(&self.enrol_key.0)
            .u64(u64::from(self.minimum_version))
            .u64(self.expires_at)
    }
}

impl From<CertificateError> for crate::genesis::GenesisError {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::Study => Self::Certificate,
            CertificateError::Signature => Self::Signature(BadSignature),
        }
    }
}
