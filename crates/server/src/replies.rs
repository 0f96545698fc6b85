//! How many bytes of feeds and parts are on their way at once, in all and to one reader; and how they go: frame by frame, so
//! that it is seen whether somebody takes them.
//!
//! A reply is in memory until it was taken. Its bytes are counted when it was read from the store, and free again as its body is
//! dropped, whether it was taken or cut.

use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};
use waymark_protocol::{DeviceId, StudyId};

/// Sixty-four of the longest replies.
const IN_ALL: usize = 256 * 1024 * 1024;
/// Four of the longest replies: a desk reads one after the other.
const PER_READER: usize = 16 * 1024 * 1024;
/// Small enough that one comes through a slow line well within the time in which something must be taken.
const FRAME: usize = 64 * 1024;

/// Whose reply it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// A person, by the token's number.
    Staff(i64),
    /// A phone.
    Device(StudyId, DeviceId),
}

/// The bytes on their way.
pub struct Replies {
    in_all: usize,
    per_reader: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    in_all: usize,
    by_reader: HashMap<Reader, usize>,
}

impl Replies {
    /// As many as a server has memory for.
    pub fn new() -> Arc<Self> {
        Self::up_to(IN_ALL, PER_READER)
    }

    fn up_to(in_all: usize, per_reader: usize) -> Arc<Self> {
        Arc::new(Self { in_all, per_reader, taken: Mutex::default() })
    }

    /// A body of these bytes; none while too many others are on their way. A reader who has none on the way always gets one, if
    /// there is room in all.
    pub fn body(self: &Arc<Self>, reader: Reader, bytes: Bytes) -> Option<Body> {
        let share = self.take(reader, bytes.len())?;
        Some(Body::new(Frames { bytes, _share: share }))
    }

    fn take(self: &Arc<Self>, reader: Reader, bytes: usize) -> Option<Share> {
        let mut taken = self.taken();
        let theirs = taken.by_reader.get(&reader).copied().unwrap_or(0);
        let fits = |before: usize, most: usize| before == 0 || before.saturating_add(bytes) <= most;
        if bytes > 0 {
            if !fits(taken.in_all, self.in_all) || !fits(theirs, self.per_reader) {
                return None;
            }
            taken.in_all += bytes;
            taken.by_reader.insert(reader, theirs + bytes);
        }
        drop(taken);
        Some(Share { replies: self.clone(), reader, bytes })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One reply's bytes.
struct Share {
    replies: Arc<Replies>,
    reader: Reader,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.replies.taken();
        taken.in_all -= self.bytes;
        if let Some(theirs) = taken.by_reader.get_mut(&self.reader) {
            *theirs -= self.bytes;
            if *theirs == 0 {
                taken.by_reader.remove(&self.reader);
            }
        }
    }
}

/// What has not been taken yet.
struct Frames {
    bytes: Bytes,
    _share: Share,
}

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = self.bytes.len().min(FRAME);
        let frame = self.bytes.split_to(next);
        Poll::Ready((next > 0).then(|| Ok(Frame::data(frame))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use http_body::Body as _;

    use super::*;

    const DESK: Reader = Reader::Staff(1);
    const OTHER: Reader = Reader::Staff(2);

    fn zeros(len: usize) -> Bytes {
        vec![0; len].into()
    }

    #[test]
    fn a_reader_gets_its_share_and_what_was_dropped_is_free_again() {
        let replies = Replies::up_to(10, 6);
        let first = replies.body(DESK, zeros(4)).unwrap();
        assert!(replies.body(DESK, zeros(3)).is_none(), "more than its share");
        let second = replies.body(OTHER, zeros(6)).unwrap();
        assert!(replies.body(Reader::Staff(3), zeros(1)).is_none(), "more than there are in all");
        assert!(replies.body(DESK, Bytes::new()).is_some(), "nothing is always there");
        drop(first);
        let third = replies.body(DESK, zeros(4)).unwrap();
        drop((second, third));
        let taken = replies.taken();
        assert!(taken.in_all == 0 && taken.by_reader.is_empty(), "no reader is remembered");
    }

    #[test]
    fn one_that_is_longer_than_all_may_be_still_comes_alone() {
        let replies = Replies::up_to(10, 6);
        let long = replies.body(DESK, zeros(20));
        assert!(long.is_some() && replies.body(OTHER, zeros(1)).is_none());
    }

    #[test]
    fn the_frames_are_the_bytes_and_their_length_is_told_before() {
        let replies = Replies::new();
        let bytes: Vec<u8> = (0..2 * FRAME + 1).map(|at| at as u8).collect();
        let mut body = replies.body(DESK, bytes.clone().into()).unwrap();
        assert_eq!(body.size_hint().exact(), Some(bytes.len() as u64));
        let (mut got, mut context) = (Vec::new(), Context::from_waker(std::task::Waker::noop()));
        while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut context) {
            let frame = frame.unwrap().into_data().unwrap();
            assert!(frame.len() <= FRAME);
            got.extend_from_slice(&frame);
        }
        assert!(got == bytes && body.is_end_stream());
    }
}
