//! Feeds and parts on their way: how many bytes at once, and how they go: frame by frame, so that it is seen whether somebody
//! takes them.
//!
//! A reply is in memory until it was taken. Its bytes are counted when it was read from the store, and free again as its body is
//! dropped, whether it was taken or cut.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use http_body::{Frame, SizeHint};

use crate::shares::{Party, Share, Shares};

/// Sixty-four of the longest replies.
const IN_ALL: usize = 256 * 1024 * 1024;
/// Four of the longest replies: a desk reads one after the other.
const FOR_EACH: usize = 16 * 1024 * 1024;
/// Small enough that one comes through a slow line well within the time in which something must be taken.
const FRAME: usize = 64 * 1024;

/// The bytes on their way.
pub struct Replies(Arc<Shares>);

impl Replies {
    /// As many as a server has memory for.
    pub fn new() -> Self {
        Self(Shares::up_to(IN_ALL, FOR_EACH))
    }

    /// A body of these bytes; none while too many others are on their way.
    pub fn body(&self, reader: Party, bytes: Bytes) -> Option<Body> {
        let share = self.0.take(reader, bytes.len())?;
        Some(Body::new(Frames { bytes, _share: share }))
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

    #[test]
    fn the_frames_are_the_bytes_and_their_length_is_told_before() {
        let replies = Replies::new();
        let bytes: Vec<u8> = (0..2 * FRAME + 1).map(|at| at as u8).collect();
        let mut body = replies.body(Party::Staff(1), bytes.clone().into()).unwrap();
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
