//! What the study orders and has seen: erasure orders, revocations, sightings. Kept as signed, handed out to phones and desks.

use async_trait::async_trait;
use waymark_protocol::api::{Orders, OrdersPage};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::MAX_SEQ;
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, Hash, StudyId};

use super::cut;
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

    /// At most `limit` of a study's orders.
    async fn orders(&self, study: StudyId, after: OrdersAfter, limit: u32) -> Result<OrdersPage, StoreError>;

    /// The recovery keys of the person whose device this is: they may revoke it.
    async fn recovery_keys(&self, study: StudyId, device: DeviceId) -> Result<Vec<VerifyingKey>, StoreError>;

    /// Keeps a sighting whose signature has been checked, unless a later one is there.
    async fn add_sighting(&self, sighting: Sighting, by: Staff, now: u64) -> Result<(), StoreError>;
}

/// Where a page of orders begins: erasures by their ids come first, then revocations by device, place and link.
///
/// ```text
/// nothing                               at the beginning
/// u8 1 ‖ order id                       after this erasure
/// u8 2                                  after all erasures
/// u8 2 ‖ device ‖ u64 seq ‖ link        after this revocation
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrdersAfter {
    /// After this erasure; none at the beginning.
    Erasure(Option<OrderId>),
    /// After all erasures, and after this revocation.
    Revocation(Option<(DeviceId, u64, Hash)>),
}

impl OrdersAfter {
    /// Of the bytes that stand in `after`.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first() {
            None => Some(Self::Erasure(None)),
            Some((1, id)) => Some(Self::Erasure(Some(OrderId::from_slice(id)?))),
            Some((2, [])) => Some(Self::Revocation(None)),
            Some((2, place)) => {
                let (device, rest) = place.split_at_checked(16)?;
                let (seq, link) = rest.split_at_checked(8)?;
                let seq = u64::from_be_bytes(seq.try_into().ok()?);
                (seq <= MAX_SEQ).then_some(())?;
                Some(Self::Revocation(Some((DeviceId::from_slice(device)?, seq, Hash::from_slice(link)?))))
            }
            Some(_) => None,
        }
    }

    fn to_bytes(self) -> HexBytes {
        HexBytes(match self {
            Self::Erasure(None) => Vec::new(),
            Self::Erasure(Some(id)) => [&[1], &id.0[..]].concat(),
            Self::Revocation(None) => vec![2],
            Self::Revocation(Some((device, seq, link))) => [&[2], &device.0[..], &seq.to_be_bytes(), &link.0].concat(),
        })
    }
}

/// A page of at most `limit` orders, of one more of each kind where there are as many. `revocations` are those from the beginning
/// when `erasures` are not all that the page could hold.
pub fn page(mut erasures: Vec<ErasureOrder>, mut revocations: Vec<Revocation>, limit: u32) -> OrdersPage {
    let more = cut(&mut erasures, limit);
    let room = limit.saturating_sub(u32::try_from(erasures.len()).unwrap_or(u32::MAX));
    let more_revocations = cut(&mut revocations, room);
    let next = match (more, erasures.last(), revocations.last()) {
        (true, Some(last), _) => Some(OrdersAfter::Erasure(Some(last.id))),
        (_, _, Some(last)) if more_revocations => {
            Some(OrdersAfter::Revocation(Some((last.device, last.seq, last.link))))
        }
        _ if more_revocations => Some(OrdersAfter::Revocation(None)),
        _ => None,
    };
    OrdersPage { erasures, revocations, next: next.map(OrdersAfter::to_bytes) }
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
