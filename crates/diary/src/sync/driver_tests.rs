//! When a phone asks the server, and when it leaves it alone.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::net::{Reply, Request};
use crate::testing::{hours_later, member, monday};

/// A server that has trouble, and asks to be left alone for a minute.
#[derive(Default)]
struct Busy {
    asked: AtomicU32,
}

impl Transport for Busy {
    async fn send(&self, _: Request) -> Result<Reply, NetError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(Reply { status: 503, retry_after: Some(60), body: Vec::new() })
    }
}

#[tokio::test]
async fn a_server_that_asks_for_it_is_left_alone_and_no_longer_when_the_clock_was_set_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (diary, _) = member(folder.path());
    let (diary, server) = (DiaryHandle::new(diary), Busy::default());
    let asked = async |now| {
        let outcome = run(&diary, &server, now).await.expect("a sync");
        assert_eq!(outcome.stopped, Some(ErrorCode::ServerTrouble));
        server.asked.load(Ordering::Relaxed)
    };
    assert_eq!(asked(monday()).await, 1);
    assert_eq!(asked(monday()).await, 1, "it asked to be left alone");
    assert_eq!(asked(hours_later(1)).await, 2);
    assert_eq!(asked(hours_later(-72)).await, 3, "three days are not what it asked for");
}
