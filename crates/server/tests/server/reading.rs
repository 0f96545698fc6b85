//! Feeds: cursors, waiting, and what a phone sees.

use std::time::{Duration, Instant};

use waymark_protocol::api::{EPOCH_HEADER, HEAD_HEADER, MAX_FEED_BYTES};

use super::Running;
use crate::support::Phone;

#[test]
fn a_reader_goes_on_after_its_cursor_and_sees_epoch_and_head() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.sync();
    let reply = desk.http.get(&desk.path("records?after=2"), &desk.token);
    assert_eq!(reply.feed().iter().map(|item| item.server_seq).collect::<Vec<_>>(), [3]);
    assert_eq!(reply.header(HEAD_HEADER), Some("3"));
    assert_eq!(reply.header(EPOCH_HEADER), Some(phone.state().epoch.to_string().as_str()));
    assert_eq!(reply.header("content-type"), Some("application/cbor-seq"));
    assert!(desk.http.get(&desk.path(&format!("records?after={}", u64::MAX)), &desk.token).feed().is_empty());
}

#[test]
fn a_long_feed_is_cut_and_read_on_without_losing_or_repeating_anything() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let text = "x".repeat(200_000);
    for _ in 0..30 {
        phone.write(&text);
        phone.sync();
    }
    let first = desk.http.get(&desk.path("records?after=0"), &desk.token);
    assert!(first.body.len() <= MAX_FEED_BYTES && first.body.len() > MAX_FEED_BYTES / 2);
    let seqs: Vec<u64> = desk.pull(0).iter().map(|item| item.server_seq).collect();
    assert_eq!(seqs, (1..=31 + 30).collect::<Vec<u64>>());
}

#[test]
fn a_waiting_reader_is_woken_by_a_push_and_not_by_another_study() {
    let (server, desk) = Running::with_desk();
    let other = crate::support::Desk::new(server.http, &server.token("admin"));
    let (mut phone, mut elsewhere) = (Phone::join(&desk), Phone::join(&other));
    let start = Instant::now();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.http.get(&desk.path("records?after=0&wait=20"), &desk.token).feed());
        std::thread::sleep(Duration::from_millis(300));
        elsewhere.write("in another study");
        elsewhere.sync();
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished());
        phone.write("here");
        phone.sync();
        assert_eq!(waiting.join().unwrap().len(), 3);
    });
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[test]
fn waiting_ends_with_nothing_when_nothing_comes() {
    let (_server, desk) = Running::with_desk();
    let start = Instant::now();
    assert!(desk.http.get(&desk.path("records?after=0&wait=1"), &desk.token).feed().is_empty());
    assert!(start.elapsed() >= Duration::from_secs(1) && start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_phone_reads_its_own_persons_records_and_nobody_elses() {
    let (_server, desk) = Running::with_desk();
    let (mut phone, mut other) = (Phone::join(&desk), Phone::join(&desk));
    phone.write("mine");
    other.write("theirs");
    phone.sync();
    other.sync();
    let items = phone.http.get("/v1/device/records?after=0", &phone.token).feed();
    assert_eq!(items.len(), 3);
    assert!(phone.http.get("/v1/device/records?after=3", &phone.token).feed().is_empty());
}

#[test]
fn a_phones_state_says_its_head_its_devices_and_a_newer_document_alone() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let before = phone.state();
    assert_eq!((before.head.seq, before.devices.len(), before.limits.push_records), (0, 1, 500));
    assert_eq!(before.document, Some(desk.document.clone()));
    phone.write("one");
    phone.sync();
    let after: waymark_protocol::api::DeviceState = phone.http.get("/v1/device/state?document=1", &phone.token).ok();
    assert_eq!(after.document, None);
    assert_eq!((after.head.seq, after.head.link), (2, phone.log[1].link()));
    assert_eq!(after.devices[0].head, after.head);
}

#[test]
fn everything_is_there_after_a_restart_with_the_same_epoch() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("kept");
    let receipt = phone.sync();
    let before = desk.pull(0);
    let server = server.restart();
    let desk = crate::support::Desk { http: server.http, ..desk };
    phone.http = server.http;
    assert_eq!(desk.pull(0), before);
    assert_eq!(phone.state().epoch, receipt.epoch);
}
