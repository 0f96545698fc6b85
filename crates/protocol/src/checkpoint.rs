//! Checkpoints: a device's signature over its log so far.
//!
//! ```text
//! signature = Ed25519[device key]("waymark/checkpoint/v1" ‖ study ‖ device ‖ seq ‖ link ‖ local_head ‖ device time)
//! ```
//!
//! One per push; it covers all records up to `seq`. Anyone can seal to a public key, so the desk opens, applies and counts
//! only what a checkpoint of a proven device covers.

use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::record::MAX_SEQ;
use crate::{DeviceId, Hash, Message, StudyId};

/// A device's word for its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The study.
    pub study: StudyId,
    /// The device.
    pub device: DeviceId,
    /// The last record that is covered.
    pub seq: u64,
    /// Its link.
    pub link: Hash,
    /// The last record that the device had made by then; greater than `seq` while more is to come.
    pub local_head: u64,
    /// The device's clock, in milliseconds since 1970, UTC.
    pub device_time: u64,
    /// The signature.
    pub signature: Signature,
}

impl Checkpoint {
    /// Signs for the log of `key`'s device up to `seq`.
    pub fn sign(key: &SigningKey, study: StudyId, seq: u64, link: Hash, local_head: u64, device_time: u64) -> Self {
        let device = DeviceId::of(&key.verifying_key());
        let mut checkpoint = Self { study, device, seq, link, local_head, device_time, signature: Signature([0; 64]) };
        checkpoint.signature = key.sign(&checkpoint.message());
        checkpoint
    }

    /// Whether `key` is the device's and has signed this.
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), BadSignature> {
        if DeviceId::of(key) != self.device || self.local_head < self.seq || self.local_head > MAX_SEQ {
            return Err(BadSignature);
        }
        key.verify(&self.message(), &self.signature)
    }

    fn message(&self) -> Message {
        Message::new("waymark/checkpoint/v1")
            .bytes(&self.study.0)
            .bytes(&self.device.0)
            .u64(self.seq)
            .hash(&self.link)
            .u64(self.local_head)
            .u64(self.device_time)
    }
}
