//! What is stored: how much, by whom, and since when. Sizes, counts and times alone.

use async_trait::async_trait;
use waymark_protocol::api::{Due, ParticipantUsage};
use waymark_protocol::{ParticipantId, StudyId};

use super::error::StoreError;

/// One page of a list of participants.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The last participant that the reader has; none at the beginning.
    pub after: Option<ParticipantId>,
    /// How many lines at most.
    pub limit: u32,
}

impl Page {
    /// No participant's number comes before the first of these bytes.
    pub fn after(&self) -> Vec<u8> {
        self.after.map(|participant| participant.0.to_vec()).unwrap_or_default()
    }
}

/// Counting what is stored.
#[async_trait]
pub trait Holdings {
    /// What each participant of a study has stored, and whether more participants follow.
    async fn usage(&self, study: StudyId, page: Page) -> Result<(Vec<ParticipantUsage>, bool), StoreError>;

    /// The participants of whose records some were received at `until` or before and are not erased, and whether more follow.
    async fn due(&self, study: StudyId, until: u64, page: Page) -> Result<(Vec<Due>, bool), StoreError>;

    /// How many bytes of parts are stored: of one participant, or of the whole study; each part counted as at least `least` bytes.
    async fn part_bytes(&self, study: StudyId, of: Option<ParticipantId>, least: u32) -> Result<u64, StoreError>;
}
