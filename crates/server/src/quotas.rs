//! How many bytes of parts are kept. A part is counted as at least 64 KiB, so that a quota bounds their number too. Records are counted
//! where they are taken, see [`crate::ingest::has_room`].
//!
//! A participant's bytes are counted anew for each part, those that are arriving with them. A study's are counted once a minute and added to meanwhile, by each
//! process for itself: so several processes together may keep up to a minute's parts too many.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use waymark_protocol::StudyId;
use waymark_protocol::api::Quota;

use crate::store::{LEAST_COUNTED, Listed, PartKey, Store, StoreError};

const COUNTED_FOR: Duration = Duration::from_secs(60);

/// What may be kept, and what was counted of it.
pub struct Quotas {
    allowed: Quota,
    studies: Mutex<HashMap<StudyId, Counted>>,
}

#[derive(Clone, Copy)]
struct Counted {
    bytes: u64,
    at: Instant,
}

impl Quotas {
    /// With these bounds.
    pub fn new(allowed: Quota) -> Self {
        Self { allowed, studies: Mutex::default() }
    }

    /// The bounds.
    pub fn allowed(&self) -> Quota {
        self.allowed
    }

    /// Whether a part of so many bytes may be sent. One that is here already always may, since a lost reply costs nothing, and so
    /// may one that only erased records list, of which nothing is kept.
    pub async fn admit(&self, store: &Store, key: &PartKey, len: u64, now: Instant) -> Result<bool, StoreError> {
        let len = counted(len);
        let fits = |quota: Option<u64>, stored: u64| quota.is_none_or(|quota| stored.saturating_add(len) <= quota);
        let mut fit = true;
        if self.allowed.participant.is_some() {
            fit = fits(
                self.allowed.participant,
                store.part_bytes(key.study, Some(key.participant), LEAST_COUNTED).await?,
            );
        }
        if fit && self.allowed.study.is_some() {
            fit = fits(self.allowed.study, self.of_study(store, key.study, now).await?);
        }
        Ok(fit || store.listed_part(*key).await? == Listed::ErasedAlone || store.part(*key).await?.is_some())
    }

    async fn of_study(&self, store: &Store, study: StudyId, now: Instant) -> Result<u64, StoreError> {
        let counted = self.studies.lock().unwrap_or_else(PoisonError::into_inner).get(&study).copied();
        if let Some(Counted { bytes, at }) = counted
            && now.saturating_duration_since(at) < COUNTED_FOR
        {
            return Ok(bytes);
        }
        let bytes = store.part_bytes(study, None, LEAST_COUNTED).await?;
        self.studies.lock().unwrap_or_else(PoisonError::into_inner).insert(study, Counted { bytes, at: now });
        Ok(bytes)
    }

    /// A part of so many bytes that was not here before is kept now.
    pub fn kept(&self, key: &PartKey, len: u64) {
        if let Some(study) = self.studies.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&key.study) {
            study.bytes = study.bytes.saturating_add(counted(len));
        }
    }
}

/// What a part of so many bytes is counted as.
fn counted(len: u64) -> u64 {
    len.max(LEAST_COUNTED.into())
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use waymark_protocol::{Hash, ParticipantId};

    use super::*;
    use crate::store::testing;

    const PART: u64 = 1000;
    const COUNTED: u64 = 64 * 1024;

    fn part(n: u8) -> (Hash, Bytes) {
        let bytes = Bytes::from(vec![n; PART as usize]);
        (Hash::of(&bytes), bytes)
    }

    /// Puts a part as the call does; says whether it was admitted.
    async fn put(store: &Store, quotas: &Quotas, participant: u8, n: u8, now: Instant) -> bool {
        let (hash, bytes) = part(n);
        let key = PartKey { study: testing::STUDY, participant: ParticipantId([participant; 16]), hash };
        let admitted = quotas.admit(store, &key, PART, now).await.unwrap();
        if admitted && store.put_part(key, bytes).await.unwrap() {
            quotas.kept(&key, PART);
        }
        admitted
    }

    #[tokio::test]
    async fn a_participant_who_has_used_the_quota_up_sends_no_more_parts_and_another_does() {
        let (_folder, store) = testing::store().await;
        let (quotas, now) =
            (Quotas::new(Quota { participant: Some(2 * COUNTED), study: None, records: None }), Instant::now());
        assert!(put(&store, &quotas, 1, 1, now).await && put(&store, &quotas, 1, 2, now).await);
        assert!(!put(&store, &quotas, 1, 3, now).await, "the third");
        assert!(put(&store, &quotas, 1, 2, now).await, "one that is here, after a lost reply");
        assert!(put(&store, &quotas, 2, 3, now).await, "another participant");
    }

    #[tokio::test]
    async fn a_study_that_has_used_its_quota_up_takes_no_more_parts_of_anybody() {
        let (_folder, store) = testing::store().await;
        let (quotas, now) =
            (Quotas::new(Quota { participant: None, study: Some(2 * COUNTED), records: None }), Instant::now());
        assert!(put(&store, &quotas, 1, 1, now).await && put(&store, &quotas, 2, 2, now).await);
        assert!(!put(&store, &quotas, 3, 3, now).await);
        assert!(!put(&store, &quotas, 3, 3, now + COUNTED_FOR).await, "counted anew");
        assert!(put(&store, &quotas, 1, 1, now).await, "one that is here");
    }

    #[tokio::test]
    async fn a_part_that_is_sent_again_is_counted_once() {
        let (_folder, store) = testing::store().await;
        let (quotas, now) =
            (Quotas::new(Quota { participant: None, study: Some(3 * COUNTED), records: None }), Instant::now());
        for _ in 0..3 {
            assert!(put(&store, &quotas, 1, 1, now).await);
        }
        assert!(put(&store, &quotas, 1, 2, now).await && put(&store, &quotas, 1, 3, now).await);
        assert!(!put(&store, &quotas, 1, 4, now).await);
    }

    #[tokio::test]
    async fn a_part_that_only_erased_records_list_is_taken_above_the_quota_and_not_counted() {
        let (folder, store) = testing::store().await;
        let (quotas, now) =
            (Quotas::new(Quota { participant: Some(COUNTED), study: Some(COUNTED), records: None }), Instant::now());
        assert!(put(&store, &quotas, 1, 1, now).await);
        assert!(!put(&store, &quotas, 1, 2, now).await);
        testing::erased_listing(
            folder.path(),
            &PartKey { study: testing::STUDY, participant: ParticipantId([1; 16]), hash: part(2).0 },
        );
        assert!(put(&store, &quotas, 1, 2, now).await);
        assert_eq!(store.part_bytes(testing::STUDY, None, 0).await.unwrap(), PART);
        assert!(!put(&store, &quotas, 1, 3, now).await);
    }

    #[tokio::test]
    async fn without_bounds_everything_is_kept() {
        let (_folder, store) = testing::store().await;
        let (quotas, now) = (Quotas::new(Quota { participant: None, study: None, records: None }), Instant::now());
        for n in 0..5 {
            assert!(put(&store, &quotas, 1, n, now).await);
        }
    }
}
