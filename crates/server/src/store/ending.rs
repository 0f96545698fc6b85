//! Studies that have ended and participants who have left. Both are the study's word; the notice of a phone that leaves is
//! sealed, so the server cannot know by itself. What comes afterwards is kept as late.

use async_trait::async_trait;
use waymark_protocol::{ParticipantId, StudyId};

use super::error::StoreError;
use crate::auth::Staff;

/// Ending and leaving.
#[async_trait]
pub trait Ending {
    /// Ends a study, or lets it go on; says whether there is one. An end that stands keeps its time.
    async fn end_study(&self, study: StudyId, ended: bool, by: Staff, now: u64) -> Result<bool, StoreError>;

    /// When a study ended: milliseconds since 1970, UTC; none when it goes on.
    async fn ended_at(&self, study: StudyId) -> Result<Option<u64>, StoreError>;

    /// Notes that a participant has left, or takes part again; says whether there is one.
    async fn leave(
        &self,
        study: StudyId,
        participant: ParticipantId,
        left: bool,
        by: Staff,
        now: u64,
    ) -> Result<bool, StoreError>;
}

/// What the audit says of an end, or of going on.
pub fn ending(ended: bool) -> &'static str {
    if ended { "study ended" } else { "study goes on" }
}

/// What the audit says of leaving, or of coming back.
pub fn leaving(left: bool) -> &'static str {
    if left { "participant has left" } else { "participant takes part again" }
}
