//! Sightings: what a desk has seen, signed, so that a phone can tell that the server hides something from the study.
//!
//! ```text
//! signature = Ed25519[study signing key]("waymark/seen/v1" ‖ study ‖ time ‖ u64 count ‖ (device ‖ seq ‖ link)…)
//! ```

use serde::{Deserialize, Serialize};

use crate::keys::{BadSignature, Signature, SigningKey, VerifyingKey};
use crate::record::Target;
use crate::{Message, StudyId};

/// The most heads that one sighting may hold.
pub const MAX_HEADS: usize = 20_000;

/// The heads that a desk has verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sighting {
    /// The study.
    pub study: StudyId,
    /// When the desk looked: milliseconds since 1970, UTC.
    pub time: u64,
    /// The last verified record of each device.
    #[cfg_attr(feature = "openapi", schema(max_items = 20000))]
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
