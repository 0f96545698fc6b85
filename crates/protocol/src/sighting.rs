//! Sightings: what a desk has seen, signed, so that a phone can tell that the server hides something from the study.
//!
//! ```text
//! signature = Ed25519[study signing key]("waymark/seen/v1" ‖ study ‖ time ‖ u64 count ‖ (device ‖ seq ‖ link)…)
//! ```

use serde::{Deserialize, Serialize};

use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::record::Target;
use crate::{Message, StudyId};

/// The most heads that one sighting may hold: as many as fit into a body, whatever their numbers are.
pub const MAX_HEADS: usize = 13_000;

/// The heads that a desk has verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sighting {
    /// The study.
    pub study: StudyId,
    /// When the desk looked: milliseconds since 1970, UTC.
    pub time: u64,
    /// The last verified record of each device.
    #[cfg_attr(feature = "openapi", schema(max_items = 13000))]
    pub heads: Vec<Target>,
    /// The study's signature.
    pub signature: Signature,
}

impl Sighting {
    /// Signs what a desk has seen.
    pub fn sign(key: &SigningKey, study: StudyId, time: u64, heads: Vec<Target>) -> Self {
        let mut sighting = Self { study, time, heads, signature: Signature([0; 64]) };
        sighting.signature = key.sign(&sighting.message());
        sighting
    }

    /// Whether one of the study's keys has signed this.
    pub fn verify(&self, study: &StudyId, study_keys: &[VerifyingKey]) -> Result<(), BadSignature> {
        if self.study != *study || self.heads.len() > MAX_HEADS {
            return Err(BadSignature);
        }
        let message = self.message();
        study_keys.iter().find_map(|key| key.verify(&message, &self.signature).ok()).ok_or(BadSignature)
    }

    fn message(&self) -> Message {
        let start = Message::new("waymark/seen/v1").bytes(&self.study.0).u64(self.time).u64(self.heads.len() as u64);
        self.heads.iter().fold(start, |message, head| message.bytes(&head.device.0).u64(head.seq).hash(&head.link))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::MAX_JSON_BYTES;
    use crate::{DeviceId, Hash};

    #[test]
    fn as_many_heads_as_there_may_be_fit_into_a_body_with_room_for_the_rest() {
        let head = Target { device: DeviceId([0xff; 16]), seq: u64::MAX, link: Hash([0xff; 32]) };
        let json = serde_json::to_vec(&vec![head; MAX_HEADS]).unwrap();
        assert!(json.len() + 1024 <= MAX_JSON_BYTES, "{}", json.len());
    }
}
