//! Bytes that are in memory for somebody, counted in all and for each: what one person holds keeps no other out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use waymark_protocol::{ParticipantId, StudyId};

/// Whose bytes they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// A person, by the token's number.
    Staff(i64),
    /// Somebody's phones: a person can have many.
    Participant(StudyId, ParticipantId),
    /// Those of somebody's phones that were stopped: they keep the others out of nothing.
    Stopped(StudyId, ParticipantId),
}

/// So many in all, and so many for each.
pub struct Shares {
    in_all: usize,
    for_each: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    in_all: usize,
    by_party: HashMap<Party, usize>,
}

impl Shares {
    /// None is taken yet.
    pub fn up_to(in_all: usize, for_each: usize) -> Arc<Self> {
        Arc::new(Self { in_all, for_each, taken: Mutex::default() })
    }

    /// Room for so many bytes, until what is returned is dropped; none while there is none. Who has nothing yet always gets
    /// their first, if there is room in all, and what is longer than all there is comes alone.
    pub fn take(self: &Arc<Self>, party: Party, bytes: usize) -> Option<Share> {
        let mut taken = self.taken();
        let theirs = taken.by_party.get(&party).copied().unwrap_or(0);
        let fits = |before: usize, most: usize| before == 0 || before.saturating_add(bytes) <= most;
        if bytes > 0 {
            if !fits(taken.in_all, self.in_all) || !fits(theirs, self.for_each) {
                return None;
            }
            taken.in_all += bytes;
            taken.by_party.insert(party, theirs + bytes);
        }
        drop(taken);
        Some(Share { shares: self.clone(), party, bytes })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room that somebody has.
pub struct Share {
    shares: Arc<Shares>,
    party: Party,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.taken();
        taken.in_all -= self.bytes;
        if let Some(theirs) = taken.by_party.get_mut(&self.party) {
            *theirs -= self.bytes;
            if *theirs == 0 {
                taken.by_party.remove(&self.party);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESK: Party = Party::Staff(1);
    const OTHER: Party = Party::Staff(2);

    #[test]
    fn each_gets_a_share_and_what_was_dropped_is_free_again() {
        let shares = Shares::up_to(10, 6);
        let first = shares.take(DESK, 4).unwrap();
        assert!(shares.take(DESK, 3).is_none(), "more than its share");
        let second = shares.take(OTHER, 6).unwrap();
        assert!(shares.take(Party::Staff(3), 1).is_none(), "more than there is in all");
        assert!(shares.take(DESK, 0).is_some(), "nothing is always there");
        drop(first);
        let third = shares.take(DESK, 4).unwrap();
        drop((second, third));
        let taken = shares.taken();
        assert!(taken.in_all == 0 && taken.by_party.is_empty(), "nobody is remembered");
    }

    #[test]
    fn one_that_is_longer_than_all_may_be_still_comes_alone() {
        let shares = Shares::up_to(10, 6);
        let long = shares.take(DESK, 20);
        assert!(long.is_some() && shares.take(OTHER, 1).is_none());
    }
}
