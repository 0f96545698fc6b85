//! The audit, read. It is written by what it tells of, in the same transaction; see [`super::tokens`].

use async_trait::async_trait;
use waymark_protocol::StudyId;
use waymark_protocol::api::Audit;

use super::error::StoreError;

/// Reading the audit.
#[async_trait]
pub trait Auditing {
    /// What was done in a study after a place of the audit, `limit` lines at most; what was done on all studies of the server,
    /// such as a token made for each, belongs to it.
    async fn audit(&self, study: StudyId, after: u64, limit: u32) -> Result<Audit, StoreError>;
}
