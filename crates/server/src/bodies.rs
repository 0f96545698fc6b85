//! Bodies that phones and people send: how many bytes at once. One is in memory from its first byte until its call is done with
//! it, and may take minutes to come; so its room is taken before it is read.

use std::sync::Arc;

use axum::body::Bytes;
use waymark_protocol::api::MAX_JSON_BYTES;

use crate::shares::{Party, Share, Shares};

/// A hundred and twenty-eight of the longest.
const IN_ALL: usize = 128 * MAX_JSON_BYTES;
/// Four of the longest: a phone sends one after the other.
const FOR_EACH: usize = 4 * MAX_JSON_BYTES;

/// The bytes that are coming, or being looked at.
pub struct Bodies(Arc<Shares>);

/// Room for a body.
pub struct Room(Share);

impl Bodies {
    /// As many as a server has memory for.
    pub fn new() -> Self {
        Self(Shares::up_to(IN_ALL, FOR_EACH))
    }

    /// Room for a body of so many bytes; of one that does not say, for the longest there is. None while there is none.
    pub fn room(&self, sender: Party, said: Option<u64>) -> Option<Room> {
        let bytes = said.and_then(|said| usize::try_from(said).ok()).unwrap_or(MAX_JSON_BYTES).min(MAX_JSON_BYTES);
        self.0.take(sender, bytes).map(Room)
    }
}

impl Room {
    /// The body that came, which has this room until its last byte is let go.
    pub fn hold(self, bytes: Bytes) -> Bytes {
        struct Held(Bytes, #[expect(dead_code, reason = "dropped with the bytes")] Share);
        impl AsRef<[u8]> for Held {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
        Bytes::from_owner(Held(bytes, self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_its_room_until_nobody_looks_at_it() {
        let bodies = Bodies::new();
        let phone = Party::Staff(1);
        let room = bodies.room(phone, Some(5)).unwrap();
        let body = room.hold(Bytes::from_static(b"hello"));
        let rest: Vec<_> = (0..3).map(|_| bodies.room(phone, None).unwrap()).collect();
        assert!(bodies.room(phone, None).is_none(), "one that says nothing takes as much as the longest");
        let part = body.slice(1..3);
        drop(body);
        assert!(bodies.room(phone, None).is_none());
        assert_eq!(&part[..], b"el");
        drop(part);
        assert!(bodies.room(phone, None).is_some());
        drop(rest);
    }
}
