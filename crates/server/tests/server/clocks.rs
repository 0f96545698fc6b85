//! Clocks that are wrong or jump: the server's own, a phone's, a desk's. Order, cursors and receipts do not hang on any.

use waymark_protocol::api::{InvitationReply, Receipt, RetentionReview};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::record::wire::RawItem;

use super::Running;
use crate::support::{Phone, now, push_bytes};

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
fn an_invitation_without_an_end_stands() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite_until(u64::MAX);
    let path = desk.path(&format!("invitations/{}", secret.code()));
    assert_eq!(desk.http.get(&path, "").ok::<InvitationReply>().certificate.expires_at, u64::MAX);
    Phone::join_with(&desk, &secret, certificate).sync();
}
