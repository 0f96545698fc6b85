//! Taking a push: all of it or nothing.

use async_trait::async_trait;
use waymark_protocol::api::Receipt;

use super::error::StoreError;
use crate::ingest::{DeviceScope, Push, PushError};

/// Why a push was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// It does not follow the log.
    #[error(transparent)]
    Push(#[from] PushError),
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Taking pushes.
#[async_trait]
pub trait Ingesting {
    /// Takes a push; what was taken before is not taken again. The receipt comes after the disk has everything. The participant may
    /// have `quota` bytes of records; none for as many as fit.
    async fn ingest(
        &self,
        scope: DeviceScope,
        push: Push,
        quota: Option<u64>,
        now: u64,
    ) -> Result<Receipt, IngestError>;
}
