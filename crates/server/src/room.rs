//! Whether there was room for what phones sent last.
//!
//! A disk that is full takes a small write where a large one fails, so that no write of the server's own would tell. What phones
//! send does: a server that had no room for it says that it is not ready, until something finds room again or a minute has passed
//! in which nothing was refused, since nobody may be sending to a server that is not ready.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::store::{StoreError, Trouble};

const REMEMBERED_FOR: Duration = Duration::from_secs(60);

/// The two places where something is kept. One that is full says nothing of the other.
#[derive(Default)]
pub struct Rooms {
    /// Records, in the database.
    pub records: Room,
    /// Attachments, in the folder or bucket.
    pub parts: Room,
}

impl Rooms {
    /// Whether there was no room in one of them a moment ago.
    pub fn is_missing(&self, now: Instant) -> bool {
        self.records.is_missing(now) || self.parts.is_missing(now)
    }
}

/// When there was no room last.
#[derive(Default)]
pub struct Room(Mutex<Option<Instant>>);

impl Room {
    /// Something was kept, or could not be.
    pub fn note<T, E: Trouble>(&self, result: &Result<T, E>, now: Instant) {
        let mut full = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match result.as_ref().map_err(Trouble::trouble) {
            Ok(_) => *full = None,
            Err(Some(StoreError::Full)) => *full = Some(now),
            Err(_) => {}
        }
    }

    /// Whether there was no room a moment ago.
    pub fn is_missing(&self, now: Instant) -> bool {
        let full = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        full.is_some_and(|since| now.saturating_duration_since(since) < REMEMBERED_FOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_missing_from_the_first_refusal_until_something_is_kept() {
        let (room, now) = (Room::default(), Instant::now());
        assert!(!room.is_missing(now));
        room.note(&Err::<(), _>(StoreError::Full), now);
        assert!(room.is_missing(now));
        room.note(&Ok::<_, StoreError>(()), now);
        assert!(!room.is_missing(now));
    }

    #[test]
    fn room_is_missing_for_a_minute_after_the_last_refusal() {
        let (room, now) = (Room::default(), Instant::now());
        room.note(&Err::<(), _>(StoreError::Full), now);
        room.note(&Err::<(), _>(StoreError::Full), now + REMEMBERED_FOR / 2);
        assert!(room.is_missing(now + REMEMBERED_FOR));
        assert!(!room.is_missing(now + 2 * REMEMBERED_FOR));
    }

    #[test]
    fn another_trouble_says_nothing_of_room() {
        let (room, now) = (Room::default(), Instant::now());
        room.note(&Err::<(), _>(StoreError::Busy), now);
        assert!(!room.is_missing(now));
        room.note(&Err::<(), _>(StoreError::Full), now);
        room.note(&Err::<(), _>(StoreError::Busy), now);
        assert!(room.is_missing(now));
    }

    #[test]
    fn records_that_find_room_say_nothing_of_parts() {
        let (rooms, now) = (Rooms::default(), Instant::now());
        rooms.parts.note(&Err::<(), _>(StoreError::Full), now);
        rooms.records.note(&Ok::<_, StoreError>(()), now);
        assert!(rooms.is_missing(now));
        rooms.parts.note(&Ok::<_, StoreError>(()), now);
        assert!(!rooms.is_missing(now));
    }
}
