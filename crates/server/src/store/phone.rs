//! What a phone asks first.

use async_trait::async_trait;
use waymark_protocol::api::{DeviceState, Limits};
use waymark_protocol::record::wire::{MAX_PUSH_BYTES, MAX_PUSH_RECORDS};

use super::error::StoreError;
use crate::ingest::DeviceScope;

/// How much one push may hold.
pub const LIMITS: Limits = Limits { push_records: MAX_PUSH_RECORDS as u32, push_bytes: MAX_PUSH_BYTES as u32 };

/// What phones ask.
#[async_trait]
pub trait Phones {
    /// A device's state; the newest document only when it is newer than `known`.
    async fn device_state(&self, scope: DeviceScope, known: u32, now: u64) -> Result<DeviceState, StoreError>;
}
