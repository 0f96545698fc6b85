//! A log's first record: the device's keys, and why the desk may believe them.
//!
//! ```text
//! body = CBOR [ 1, device public key[32], recovery public key[32], proof ]
//! proof = [0, [certificate, Ed25519[enrol key]("waymark/enrol-proof/v1" ‖ study ‖ participant ‖ device key ‖ recovery key)]]
//!       | [1, [Ed25519[recovery key]("waymark/recovery-cert/v1" ‖ study ‖ participant ‖ device key)]]
//!       | [2, [old device[16], Ed25519[old device key]("waymark/succession/v1" ‖ study ‖ participant ‖ new device key)]]
//! ```

use minicbor::{Decode, Encode};

use crate::cbor::{self, DecodeError};
use crate::invitation::Certificate;
use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::{DeviceId, Message, ParticipantId, StudyId};

const VERSION: u8 = 1;

/// What a genesis record says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Genesis {
    #[n(0)]
    version: u8,
    /// The device's key.
    #[n(1)]
    pub device_key: VerifyingKey,
    /// The key that certifies a new phone of the same person.
    #[n(2)]
    pub recovery_key: VerifyingKey,
    /// Why the desk may believe them.
    #[n(3)]
    pub proof: GenesisProof,
}

/// Why a device belongs to its participant.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum GenesisProof {
    /// The phone held an invitation.
    #[n(0)]
    Invitation {
        /// The study's word that the invitation is for this participant.
        #[n(0)]
        certificate: Certificate,
        /// The enrol key's signature.
        #[n(1)]
        signature: Signature,
    },
    /// The phone's person held the 24 words.
    #[n(1)]
    Recovery {
        /// The recovery key's signature.
        #[n(0)]
        signature: Signature,
    },
    /// The phone held the old device's key.
    #[n(2)]
    Succession {
        /// The device before.
        #[n(0)]
        old: DeviceId,
        /// The old device key's signature.
        #[n(1)]
        signature: Signature,
    },
}

/// Why a genesis is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GenesisError {
    /// The body is no genesis.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The device id in the header is not that of the key.
    #[error("the device is not the one that the key names")]
    Device,
    /// The certificate is for another study or participant.
    #[error("the invitation is for someone else")]
    Certificate,
    /// A signature does not fit.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

impl Genesis {
    /// A genesis for `device_key`, believed for `proof`.
    pub fn new(device_key: VerifyingKey, recovery_key: VerifyingKey, proof: GenesisProof) -> Self {
        Self { version: VERSION, device_key, recovery_key, proof }
    }

    /// Reads a genesis record's body.
    pub fn parse(body: &[u8]) -> Result<Self, DecodeError> {
        let genesis: Self = cbor::decode_canonical(body, "a genesis")?;
        if genesis.version != VERSION {
            return Err(DecodeError::NewerVersion("a genesis"));
        }
        Ok(genesis)
    }

    /// The record's body.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Believes an invitation's proof.
    pub fn verify_invitation(
        &self,
        study: &StudyId,
        participant: &ParticipantId,
        study_keys: &[VerifyingKey],
    ) -> Result<(), GenesisError> {
        let GenesisProof::Invitation { certificate, signature } = &self.proof else {
            return Err(GenesisError::Certificate);
        };
        certificate.verify(study, study_keys)?;
        if certificate.participant != *participant {
            return Err(GenesisError::Certificate);
        }
        let message = enrol_message(study, participant, &self.device_key, &self.recovery_key);
        Ok(certificate.enrol_key.verify(&message, signature)?)
    }

    /// Believes a recovery's proof: that the key named here as recovery key has certified the device. Whose key that is, the
    /// caller knows.
    pub fn verify_recovery(&self, study: &StudyId, participant: &ParticipantId) -> Result<(), GenesisError> {
        let GenesisProof::Recovery { signature } = &self.proof else {
            return Err(GenesisError::Certificate);
        };
        let message = recovery_certificate_message(study, participant, &self.device_key);
        Ok(self.recovery_key.verify(&message, signature)?)
    }

    /// Believes a succession's proof: that the old device, whose key this is, has named the new one.
    pub fn verify_succession(
        &self,
        study: &StudyId,
        participant: &ParticipantId,
        old_key: &VerifyingKey,
    ) -> Result<(), GenesisError> {
        let GenesisProof::Succession { old, signature } = &self.proof else {
            return Err(GenesisError::Certificate);
        };
        if DeviceId::of(old_key) != *old {
            return Err(GenesisError::Device);
        }
        let message = succession_message(study, participant, &self.device_key);
        Ok(old_key.verify(&message, signature)?)
    }
}

/// What the enrol key signs.
pub fn enrol_message(
    study: &StudyId,
    participant: &ParticipantId,
    device: &VerifyingKey,
    recovery: &VerifyingKey,
) -> Message {
    Message::new("waymark/enrol-proof/v1").bytes(&study.0).bytes(&participant.0).bytes(&device.0).bytes(&recovery.0)
}

/// What a phone that joins signs with its own key: whoever has read its first record, which names everything else that joining takes,
/// cannot come in its place.
/// `Ed25519[device key]("waymark/enrol-device/v1" ‖ study ‖ participant ‖ enrol public key)`.
pub fn enrol_device_message(study: &StudyId, participant: &ParticipantId, enrol_key: &VerifyingKey) -> Message {
    Message::new("waymark/enrol-device/v1").bytes(&study.0).bytes(&participant.0).bytes(&enrol_key.0)
}

/// What the recovery key signs for a new phone's genesis.
pub fn recovery_certificate_message(study: &StudyId, participant: &ParticipantId, device: &VerifyingKey) -> Message {
    Message::new("waymark/recovery-cert/v1").bytes(&study.0).bytes(&participant.0).bytes(&device.0)
}

/// What the old device key signs for its successor's genesis.
pub fn succession_message(study: &StudyId, participant: &ParticipantId, new_device: &VerifyingKey) -> Message {
    Message::new("waymark/succession/v1").bytes(&study.0).bytes(&participant.0).bytes(&new_device.0)
}

/// The answer to a recovery challenge:
/// `Ed25519[recovery key]("waymark/recovery-auth/v1" ‖ H(server origin) ‖ challenge[32] ‖ device public key)`.
pub fn recovery_auth_message(origin: &str, challenge: &[u8; 32], device: &VerifyingKey) -> Message {
    Message::new("waymark/recovery-auth/v1").hash(&crate::Hash::of(origin.as_bytes())).bytes(challenge).bytes(&device.0)
}

/// Makes an invitation's proof.
pub fn prove_enrolment(
    enrol: &SigningKey,
    certificate: Certificate,
    device: &VerifyingKey,
    recovery: &VerifyingKey,
) -> GenesisProof {
    let message = enrol_message(&certificate.study, &certificate.participant, device, recovery);
    GenesisProof::Invitation { signature: enrol.sign(&message), certificate }
}
