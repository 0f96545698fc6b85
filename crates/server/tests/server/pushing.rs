//! Pushes: taken whole, once, in order, and only from the device that signed them.

use proptest::prelude::*;
use waymark_protocol::api::{ApiErrorCode, Receipt};
use waymark_protocol::record::Kind;
use waymark_protocol::record::wire::{MAX_PUSH_RECORDS, RawItem};

use super::Running;
use crate::support::{Phone, Rng, push_bytes};
use waymark_protocol::genesis::{Genesis, prove_enrolment};
use waymark_protocol::keys::SigningKey;
use waymark_protocol::seal::seal_genesis;

fn phone_with(entries: usize) -> (Running, crate::support::Desk, Phone) {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    for n in 0..entries {
        phone.write(&format!("entry {n}"));
    }
    (server, desk, phone)
}

#[test]
fn what_was_pushed_comes_out_byte_for_byte_with_its_checkpoint() {
    let (_server, desk, phone) = phone_with(3);
    let receipt = phone.sync();
    let items = desk.pull(0);
    assert_eq!(items.len(), 5);
    for (item, record) in items.iter().zip(&phone.log) {
        let sent = (record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec());
        assert_eq!(item.item, RawItem::Record(sent.0, sent.1, sent.2));
        assert_eq!((item.received_at, item.late), (receipt.time, false));
    }
    let RawItem::Checkpoint(checkpoint) = &items[4].item else { panic!("a checkpoint at the end") };
    assert_eq!((checkpoint.seq, checkpoint.link), (4, phone.log[3].link()));
    assert!(checkpoint.verify(&phone.key.verifying_key()).is_ok());
    assert_eq!(items.iter().map(|item| item.server_seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

#[test]
fn the_same_push_again_gets_the_same_receipt_and_stores_nothing() {
    let (_server, desk, phone) = phone_with(3);
    let bytes = phone.push_of(1, 4);
    let first: Receipt = phone.http.push(&phone.token, &bytes).ok();
    let again: Receipt = phone.http.push(&phone.token, &bytes).ok();
    assert_eq!((again.accepted_through, again.link), (first.accepted_through, first.link));
    assert_eq!(desk.pull(0).len(), 5);
}

#[test]
fn a_push_may_begin_with_what_is_there_already() {
    let (_server, desk, phone) = phone_with(5);
    assert_eq!(phone.http.push(&phone.token, &phone.push_of(1, 3)).status, 200);
    let receipt: Receipt = phone.http.push(&phone.token, &phone.push_of(2, 6)).ok();
    assert_eq!(receipt.accepted_through, 6);
    assert_eq!(desk.pull(0).len(), 6 + 2, "six records, two checkpoints");
}

#[test]
fn a_push_without_records_is_a_checkpoint_of_the_head() {
    let (_server, desk, phone) = phone_with(1);
    phone.sync();
    assert_eq!(phone.http.push(&phone.token, &push_bytes(&[], &phone.checkpoint(2))).status, 200);
    assert_eq!(desk.pull(0).len(), 4);
}

#[test]
fn another_record_at_the_same_place_is_diverged_and_says_where() {
    let (_server, desk, mut phone) = phone_with(1);
    let mut restored = phone.clone();
    phone.write("third");
    phone.sync();
    restored.write("another third");
    let reply = restored.http.push(&restored.token, &restored.push_of(3, 3));
    assert_eq!(reply.refused(), (409, ApiErrorCode::Diverged, Some(3)));
    restored.write("fourth, on another third");
    let reply = restored.http.push(&restored.token, &restored.push_of(4, 4));
    assert_eq!(reply.refused(), (409, ApiErrorCode::Diverged, Some(3)), "the logs part at the head");
    let reply = restored.http.push(&restored.token, &push_bytes(&[], &restored.checkpoint(3)));
    assert_eq!(reply.refused(), (409, ApiErrorCode::Diverged, Some(3)), "a checkpoint alone");
    assert_eq!(desk.pull(0).len(), 4);
}

#[test]
fn missing_records_are_a_gap_and_the_expected_place_is_named() {
    let (_server, desk, phone) = phone_with(4);
    assert_eq!(phone.push_from(3).refused(), (409, ApiErrorCode::Gap, Some(1)));
    assert_eq!(phone.http.push(&phone.token, &phone.push_of(1, 2)).status, 200);
    assert_eq!(phone.push_from(4).refused(), (409, ApiErrorCode::Gap, Some(3)));
    let holey = [phone.log[2].clone(), phone.log[4].clone()];
    let reply = phone.http.push(&phone.token, &push_bytes(&holey, &phone.checkpoint(5)));
    assert_eq!(reply.refused(), (409, ApiErrorCode::Gap, Some(4)), "a hole inside");
    let reply = phone.http.push(&phone.token, &push_bytes(&[], &phone.checkpoint(5)));
    assert_eq!(reply.refused(), (409, ApiErrorCode::Gap, Some(3)), "a checkpoint alone");
    assert_eq!(desk.pull(0).len(), 3);
}

#[test]
fn one_bad_record_refuses_the_whole_push() {
    let (_server, desk, phone) = phone_with(4);
    let mut swapped = phone.log.clone();
    swapped[3] = phone.log[1].clone();
    let reply = phone.http.push(&phone.token, &push_bytes(&swapped, &phone.checkpoint(5)));
    assert_eq!(reply.status, 409);
    assert_eq!(desk.pull(0).len(), 0);
    assert_eq!(phone.state().head.seq, 0);
}

#[test]
fn a_checkpoint_must_be_the_devices_own_over_the_last_record() {
    let (_server, desk, phone) = phone_with(2);
    let unproven = (422, ApiErrorCode::NotProven, None);
    let mut broken = phone.checkpoint(3);
    broken.signature.0[5] ^= 1;
    let mut later = phone.checkpoint(3);
    later.device_time += 1;
    let stranger = Phone { key: SigningKey::generate(&mut Rng), ..phone.clone() };
    for checkpoint in [broken, later, phone.checkpoint(2), stranger.checkpoint(3)] {
        let reply = phone.http.push(&phone.token, &push_bytes(&phone.log, &checkpoint));
        assert_eq!(reply.refused(), unproven);
    }
    assert_eq!(desk.pull(0).len(), 0);
}

#[test]
fn another_phones_records_are_refused_whoever_brings_them() {
    let (_server, desk, phone) = phone_with(1);
    let other = Phone::join(&desk);
    let reply = phone.http.push(&other.token, &phone.push_of(1, 2));
    assert_eq!(reply.refused(), (403, ApiErrorCode::Forbidden, None));
    assert_eq!(desk.pull(0).len(), 0);
}

#[test]
fn a_genesis_must_carry_the_enrolled_key() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let secret = waymark_protocol::keys::InvitationSecret::generate(&mut Rng);
    let other = SigningKey::generate(&mut Rng).verifying_key();
    let recovery = phone.recovery.recovery_key().verifying_key();
    let proof = prove_enrolment(&secret.enrol_key(), phone.certificate.clone(), &other, &recovery);
    phone.log.clear();
    phone.log.push(seal_genesis(phone.place(), &Genesis::new(other, recovery, proof)));
    assert_eq!(phone.push_from(1).refused(), (422, ApiErrorCode::NotProven, None));
}

#[test]
fn the_same_push_many_times_at_once_is_stored_once() {
    let (_server, desk, phone) = phone_with(20);
    let bytes = phone.push_of(1, 21);
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let receipt: Receipt = phone.http.push(&phone.token, &bytes).ok();
                assert_eq!(receipt.accepted_through, 21);
            });
        }
    });
    assert_eq!(desk.pull(0).len(), 22);
}

#[test]
fn many_phones_pushing_at_once_are_all_stored_once_and_in_one_order() {
    let (_server, desk) = Running::with_desk();
    let phones: Vec<Phone> = (0..12).map(|_| Phone::join(&desk)).collect();
    std::thread::scope(|scope| {
        for phone in &phones {
            scope.spawn(|| {
                let mut phone = phone.clone();
                for n in 0..8 {
                    phone.write(&n.to_string());
                    phone.sync();
                }
            });
        }
    });
    let items = desk.pull(0);
    let seqs: Vec<u64> = items.iter().map(|item| item.server_seq).collect();
    assert_eq!(seqs, (1..=12 * (9 + 8)).collect::<Vec<u64>>());
}

#[test]
fn a_push_of_the_most_records_is_taken_and_one_more_is_not() {
    let (_server, _desk, mut phone) = phone_with(0);
    while phone.log.len() < MAX_PUSH_RECORDS + 1 {
        // Grants are the smallest records.
        let (target, content) = (phone.log[0].as_target(), waymark_protocol::keys::ContentKey::generate(&mut Rng));
        phone.grant(target, &content);
    }
    assert_eq!(phone.push_from(1).refused(), (400, ApiErrorCode::BadRequest, None));
    let most = MAX_PUSH_RECORDS as u64;
    assert_eq!(phone.http.push(&phone.token, &phone.push_of(1, most)).ok::<Receipt>().accepted_through, most);
}

#[test]
fn every_kind_of_record_is_taken_and_none_is_read() {
    let (_server, desk, mut phone) = phone_with(0);
    for kind in [Kind::Entry, Kind::Consent, Kind::Notice, Kind::Own] {
        phone.write_kind(kind, None, "not even CBOR");
    }
    phone.sync();
    assert_eq!(desk.pull(0).len(), 6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_server_fail(edits in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..6), cut in 0u16..64, noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        thread_local! {
            static SERVED: (Running, Phone) = {
                let (server, _, phone) = phone_with(2);
                (server, phone)
            };
        }
        SERVED.with(|(_, phone)| {
            let mut bytes = phone.push_of(1, 3);
            for (place, byte) in edits {
                let place = usize::from(place) % bytes.len();
                bytes[place] ^= byte.max(1);
            }
            bytes.truncate(bytes.len() - usize::from(cut));
            for body in [bytes, noise] {
                let reply = phone.http.push(&phone.token, &body);
                assert!((400..500).contains(&reply.status), "{}", reply.status);
                reply.refused();
            }
        });
    }
}
