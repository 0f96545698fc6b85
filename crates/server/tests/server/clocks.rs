//! Clocks that are wrong or jump: the server's own, a phone's, a desk's. Order, cursors and receipts do not hang on any.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use waymark_protocol::api::{ApiErrorCode, InvitationReply, Orders, Receipt, RetentionReview};
use waymark_protocol::attachment::Part;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::{FeedItem, RawItem};

use waymark_server::Clock;
use waymark_server::config::Layer;

use super::{Data, Running};
use crate::support::{Desk, Phone, Rng, enrolment, now, push_bytes};

const TEN_YEARS_MS: i64 = 10 * 365 * 24 * 60 * 60 * 1000;

#[test]
fn a_server_whose_clock_was_ahead_and_was_set_back_goes_on_in_order() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("while the clock was ahead");
    phone.sync();
    for sql in [
        "UPDATE record SET received_at = received_at",
        "UPDATE checkpoint SET received_at = received_at",
        "UPDATE device SET joined_at = joined_at",
        "UPDATE recovery_key SET since = since",
        "UPDATE token SET made_at = made_at",
    ] {
        server.data.execute(&format!("{sql} + {TEN_YEARS_MS}"));
    }
    let cursor = desk.pull(0).last().unwrap().server_seq;
    phone.write("after it was set back");
    let receipt = phone.sync();
    assert!(receipt.time < now() + 60_000);
    let items = desk.pull(cursor);
    assert_eq!(items.iter().map(|item| item.server_seq).collect::<Vec<_>>(), [cursor + 1, cursor + 2]);
    assert!(items[0].received_at < desk.pull(0)[0].received_at, "as the clock said then");
    let mut new = phone.recovered();
    new.write("on a new phone");
    new.sync();
    assert_eq!(phone.state().devices.len(), 2);
    let review: RetentionReview = desk.http.get(&desk.path("retention"), &server.token("data-manager")).ok();
    assert!(review.participants.is_empty(), "nothing from the future is due");
}

#[test]
fn a_phone_whose_clock_is_wrong_gets_its_receipt_and_its_time_is_handed_out_as_signed() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("at some time");
    let times = [0, u64::MAX, now() * 2, 1];
    for device_time in times {
        let link = phone.log[1].link();
        let checkpoint = Checkpoint::sign(&phone.key, desk.study, 2, link, 2, device_time);
        let receipt: Receipt = phone.http.push(&phone.token, &push_bytes(&phone.log, &checkpoint)).ok();
        assert_eq!(receipt.accepted_through, 2);
    }
    let checkpoints = desk.pull(0).into_iter().filter_map(|item| match item.item {
        RawItem::Checkpoint(checkpoint) => Some(*checkpoint),
        _ => None,
    });
    let checkpoints: Vec<_> = checkpoints.collect();
    assert_eq!(checkpoints.iter().map(|checkpoint| checkpoint.device_time).collect::<Vec<_>>(), times);
    assert!(checkpoints.iter().all(|checkpoint| checkpoint.verify(&phone.key.verifying_key()).is_ok()));
}

#[test]
fn however_often_a_phone_says_where_it_stands_few_of_its_words_are_kept() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("once");
    let link = phone.log[1].link();
    let checkpoint = |time| Checkpoint::sign(&phone.key, desk.study, 2, link, 2, time);
    let pushes: Vec<Vec<u8>> = (0..40).map(|time| push_bytes(&phone.log, &checkpoint(time))).collect();
    std::thread::scope(|scope| {
        let phone = &phone;
        for some in pushes.chunks(10) {
            scope.spawn(move || {
                for push in some {
                    assert_eq!(phone.http.push(&phone.token, push).ok::<Receipt>().accepted_through, 2);
                }
            });
        }
    });
    let is_checkpoint = |item: &&FeedItem| matches!(item.item, RawItem::Checkpoint(_));
    assert_eq!(desk.pull(0).iter().filter(is_checkpoint).count(), 16);
    // Stopped, it says nothing more by itself of what does not count.
    phone.write("stopped before this");
    phone.sync();
    let stop = Revocation::sign(&desk.signing, desk.study, phone.device(), 2, link);
    let orders = Orders { erasures: Vec::new(), revocations: vec![stop] };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    let beyond = Checkpoint::sign(&phone.key, desk.study, 3, phone.log[2].link(), 3, 99);
    assert_eq!(phone.http.push(&phone.token, &push_bytes(&[], &beyond)).refused().1, ApiErrorCode::Revoked);
}

#[test]
fn an_invitation_without_an_end_stands() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite_until(u64::MAX);
    let path = desk.path(&format!("invitations/{}", secret.code()));
    assert_eq!(desk.http.get(&path, "").ok::<InvitationReply>().certificate.expires_at, u64::MAX);
    Phone::join_with(&desk, &secret, certificate).sync();
}

/// A server whose clock is set while it runs, by milliseconds beside the machine's.
fn server_with_a_clock_to_set() -> (Running, Arc<AtomicI64>) {
    let beside = Arc::new(AtomicI64::new(0));
    let read = beside.clone();
    let clock = Clock::given(move || now().saturating_add_signed(read.load(Ordering::SeqCst)));
    (Running::start_by(clock, Data::new(), Layer::default()), beside)
}

#[test]
fn a_running_server_whose_clock_jumps_to_and_fro_keeps_order_tokens_and_receipts() {
    let (server, beside) = server_with_a_clock_to_set();
    let desk = Desk::new(server.http, &server.token("admin"));
    let mut phone = Phone::join(&desk);
    let part = Part::of(vec![7; 5000]);
    phone.http.put_part(&phone.token, &part).done();
    let mut log = Vec::new();
    for jump in [0, TEN_YEARS_MS, -TEN_YEARS_MS, i64::MIN, TEN_YEARS_MS * 3, 0] {
        beside.store(jump, Ordering::SeqCst);
        log.push(phone.write(&format!("the clock is off by {jump}")).0);
        let receipt = phone.sync();
        assert_eq!(receipt.accepted_through, phone.log.len() as u64);
        assert!(receipt.time.abs_diff(now().saturating_add_signed(jump)) < 60_000, "as the clock says");
        let mut new = phone.recovered();
        log.push(new.write("on a new phone").0);
        new.sync();
        assert_eq!(phone.state().head.seq, phone.log.len() as u64, "the token is good");
    }
    phone.write_listing(&[&part]);
    phone.sync();
    assert_eq!(phone.http.get(&format!("/v1/device/parts/{}", part.hash), &phone.token).body, part.bytes);
    let items = desk.pull(0);
    assert!(items.windows(2).all(|pair| pair[0].server_seq + 1 == pair[1].server_seq), "no cursor skips");
    let bodies: Vec<&[u8]> = items
        .iter()
        .filter_map(|item| match &item.item {
            RawItem::Record(_, _, body) => Some(&body[..]),
            _ => None,
        })
        .collect();
    for record in &log {
        assert_eq!(bodies.iter().filter(|body| **body == record.body()).count(), 1, "once, byte for byte");
    }
}

#[test]
fn an_invitation_and_a_challenge_end_by_the_clock_and_are_good_again_when_it_was_wrong() {
    let (server, beside) = server_with_a_clock_to_set();
    let desk = Desk::new(server.http, &server.token("admin"));
    let (secret, certificate) = desk.invite();
    let phone = Phone::join(&desk);
    let late = phone.recovery_request(&SigningKey::generate(&mut Rng));
    beside.store(TEN_YEARS_MS, Ordering::SeqCst);
    let request = enrolment(&secret, &certificate, &SigningKey::generate(&mut Rng), &phone.recovery);
    let enrol = || desk.http.post("/v1/enrolments", "", &request);
    let recover = || desk.http.post("/v1/recoveries", "", &late);
    assert_eq!(enrol().refused().1, ApiErrorCode::InvitationGone);
    assert_eq!(recover().refused().1, ApiErrorCode::NotProven);
    beside.store(0, Ordering::SeqCst);
    assert_eq!(enrol().status, 200);
    assert_eq!(recover().status, 200);
}
