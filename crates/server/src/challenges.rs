//! Recovery challenges: random, good for ten minutes and one answer, kept in memory alone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use waymark_protocol::api::ChallengeBytes;

use crate::entropy;

const GOOD_FOR: Duration = Duration::from_secs(600);
const AT_MOST: usize = 10_000;

/// The challenges that wait for an answer.
#[derive(Default)]
pub struct Challenges(Mutex<HashMap<ChallengeBytes, Instant>>);

impl Challenges {
    /// A new challenge; `None` when too many are waiting.
    pub fn give(&self, now: Instant) -> Option<ChallengeBytes> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= AT_MOST {
            waiting.retain(|_, given| now.duration_since(*given) < GOOD_FOR);
        }
        if waiting.len() >= AT_MOST {
            return None;
        }
        let challenge = ChallengeBytes(entropy::bytes());
        waiting.insert(challenge, now);
        Some(challenge)
    }

    /// Whether `challenge` was given within ten minutes and has not been answered; now it has.
    pub fn take(&self, challenge: &ChallengeBytes, now: Instant) -> bool {
        let given = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(challenge);
        given.is_some_and(|given| now.duration_since(given) < GOOD_FOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_good_once() {
        let (challenges, now) = (Challenges::default(), Instant::now());
        let challenge = challenges.give(now).unwrap();
        assert!(challenges.take(&challenge, now));
        assert!(!challenges.take(&challenge, now));
    }

    #[test]
    fn a_challenge_is_not_good_after_ten_minutes_nor_when_never_given() {
        let (challenges, now) = (Challenges::default(), Instant::now());
        let challenge = challenges.give(now).unwrap();
        assert!(!challenges.take(&challenge, now + GOOD_FOR));
        assert!(!challenges.take(&ChallengeBytes([7; 32]), now));
    }

    #[test]
    fn waiting_challenges_are_bounded_and_old_ones_make_room() {
        let (challenges, now) = (Challenges::default(), Instant::now());
        for _ in 0..AT_MOST {
            challenges.give(now).unwrap();
        }
        assert!(challenges.give(now).is_none());
        assert!(challenges.give(now + GOOD_FOR).is_some());
    }
}
