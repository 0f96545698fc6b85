//! Phones that their own person stops. The study's revocations come with its orders.

use async_trait::async_trait;
use waymark_protocol::order::Revocation;
use waymark_protocol::{Hash, ParticipantId};

use super::error::StoreError;
use crate::ingest::DeviceScope;

/// Why a phone was not stopped.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevokeError {
    /// The person has no such phone.
    #[error("there is no such phone of this person")]
    NotFound,
    /// The place is not one in the phone's log.
    #[error("another record stands at place {seq}")]
    OtherRecord {
        /// The place.
        seq: u64,
    },
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stopping phones.
#[async_trait]
pub trait Revoking {
    /// Keeps revocations whose signatures have been checked: all or none. One that is there already changes nothing, nor does one
    /// at a higher place than another: the lowest holds.
    async fn revoke_phones(&self, by: DeviceScope, revocations: Vec<Revocation>, now: u64) -> Result<(), RevokeError>;
}

/// What is there of the phone that is to be stopped.
#[derive(Debug)]
pub struct Standing {
    /// Whose it is.
    pub owner: Option<ParticipantId>,
    /// The link at the revocation's place, if a record has come there.
    pub link: Option<Hash>,
    /// The lowest place that a revocation names so far.
    pub lowest: Option<u64>,
}

impl Standing {
    /// Whether the revocation is to be kept; `false` when it changes nothing.
    pub fn is_changed_by(&self, revocation: &Revocation, by: &DeviceScope) -> Result<bool, RevokeError> {
        let Revocation { seq, link, .. } = revocation;
        if self.owner != Some(by.participant) {
            return Err(RevokeError::NotFound);
        }
        // A place that has not come yet may come still, from a phone whose records a restored server has lost.
        if self.link.is_some_and(|there| there != *link) {
            return Err(RevokeError::OtherRecord { seq: *seq });
        }
        Ok(self.lowest.is_none_or(|place| place > *seq))
    }
}
