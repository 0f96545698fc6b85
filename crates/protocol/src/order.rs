//! What the study orders: erasures and revocations, signed, so that the server cannot invent one.

use serde::{Deserialize, Serialize};

use crate::hex::hex_type;
use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::record::{MAX_SEQ, Target};
use crate::{DeviceId, Hash, Message, StudyId};

hex_type! {
    /// Names an order: random.
    OrderId, 16
}

/// The study destroys a record that a participant asked it to destroy in another way than by the phone.
///
/// ```text
/// signature = Ed25519[study signing key]("waymark/erasure/v1" ‖ order id ‖ study ‖ device ‖ seq ‖ link ‖ time ‖ LP(reason))
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasureOrder {
    /// Names the order.
    pub id: OrderId,
    /// The study.
    pub study: StudyId,
    /// What is destroyed.
    pub target: Target,
    /// When it was ordered: milliseconds since 1970, UTC.
    pub time: u64,
    /// Why, in the researcher's words; at most 500 bytes.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub reason: String,
    /// The study's signature.
    pub signature: Signature,
}

impl ErasureOrder {
    /// Signs an order.
    pub fn sign(key: &SigningKey, id: OrderId, study: StudyId, target: Target, time: u64, reason: String) -> Self {
        let mut order = Self { id, study, target, time, reason, signature: Signature([0; 64]) };
        order.signature = key.sign(&order.message());
        order
    }

    /// Whether one of the study's keys has signed this.
    pub fn verify(&self, study: &StudyId, study_keys: &[VerifyingKey]) -> Result<(), BadSignature> {
        if self.study != *study || self.reason.len() > 500 {
            return Err(BadSignature);
        }
        let message = self.message();
        study_keys.iter().find_map(|key| key.verify(&message, &self.signature).ok()).ok_or(BadSignature)
    }

    fn message(&self) -> Message {
        Message::new("waymark/erasure/v1")
            .bytes(&self.id.0)
            .bytes(&self.study.0)
            .bytes(&self.target.device.0)
            .u64(self.target.seq)
            .hash(&self.target.link)
            .u64(self.time)
            .lp(self.reason.as_bytes())
    }
}

/// A device is no longer believed after a place in its log: signed by the recovery key or by the study.
///
/// ```text
/// signature = Ed25519[recovery or study signing key]("waymark/revoke/v1" ‖ study ‖ device ‖ seq ‖ link)
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revocation {
    /// The study.
    pub study: StudyId,
    /// The device.
    pub device: DeviceId,
    /// The last record that still counts.
    pub seq: u64,
    /// Its link.
    pub link: Hash,
    /// The signature.
    pub signature: Signature,
}

impl Revocation {
    /// Signs a revocation.
    pub fn sign(key: &SigningKey, study: StudyId, device: DeviceId, seq: u64, link: Hash) -> Self {
        let mut revocation = Self { study, device, seq, link, signature: Signature([0; 64]) };
        revocation.signature = key.sign(&revocation.message());
        revocation
    }

    /// Whether one of `keys` has signed this.
    pub fn verify(&self, study: &StudyId, keys: &[VerifyingKey]) -> Result<(), BadSignature> {
        if self.study != *study || self.seq > MAX_SEQ {
            return Err(BadSignature);
        }
        let message = self.message();
        keys.iter().find_map(|key| key.verify(&message, &self.signature).ok()).ok_or(BadSignature)
    }

    fn message(&self) -> Message {
        Message::new("waymark/revoke/v1").bytes(&self.study.0).bytes(&self.device.0).u64(self.seq).hash(&self.link)
    }
}
