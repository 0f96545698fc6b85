//! What the study orders and has seen: erasure orders, revocations, sightings. Kept as signed, handed out to phones and desks.

use async_trait::async_trait;
use waymark_protocol::api::Orders;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::order::ErasureOrder;
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, StudyId};

use super::error::StoreError;
use crate::auth::Staff;

/// Why orders were not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// An order with this id says something else.
    #[error("another order has the same id")]
    SameId,
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Orders and sightings.
#[async_trait]
pub trait Ordering {
    /// Keeps orders whose signatures have been checked, and carries the erasures out. The same orders again change nothing.
    async fn add_orders(&self, study: StudyId, orders: Orders, by: Staff, now: u64) -> Result<(), OrderError>;

    /// All of a study's orders.
    async fn orders(&self, study: StudyId) -> Result<Orders, StoreError>;

    /// The recovery keys of the person whose device this is: they may revoke it.
    async fn recovery_keys(&self, study: StudyId, device: DeviceId) -> Result<Vec<VerifyingKey>, StoreError>;

    /// Keeps a sighting whose signature has been checked, unless a later one is there.
    async fn add_sighting(&self, sighting: Sighting, by: Staff, now: u64) -> Result<(), StoreError>;
}

/// Whether an order is to be kept and carried out; `false` when it is there already.
pub fn is_new(standing: Option<&ErasureOrder>, order: &ErasureOrder) -> Result<bool, OrderError> {
    match standing {
        Some(standing) if standing != order => Err(OrderError::SameId),
        standing => Ok(standing.is_none()),
    }
}

/// Whether a sighting takes the place of the newest one so far, whose time is `newest`.
pub fn is_newer(sighting: &Sighting, newest: Option<u64>, now: u64) -> bool {
    // One from a desk whose clock runs ahead does not stand in the way of all that follow.
    newest.filter(|newest| *newest <= now.saturating_add(DAY_MS)).is_none_or(|newest| newest < sighting.time)
}

/// A sighting as it is kept.
pub fn sighting_to_json(sighting: &Sighting) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(sighting).map_err(|error| StoreError::Database(error.to_string()))
}

/// A sighting as it was kept.
pub fn sighting_from_json(json: &[u8]) -> Result<Sighting, StoreError> {
    serde_json::from_slice(json).map_err(|_| StoreError::Damaged("a sighting is not readable".to_owned()))
}
