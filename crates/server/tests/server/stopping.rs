//! A person stops another of their phones.

use waymark_protocol::api::{ApiErrorCode, Enrol, MAX_REVOCATIONS, Orders, Revoke};
use waymark_protocol::genesis::{Genesis, GenesisProof, recovery_certificate_message};
use waymark_protocol::keys::{Signature, SigningKey};
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::{self, FeedItem, RawItem};
use waymark_protocol::{DeviceId, Hash};

use super::Running;
use crate::support::{Desk, Phone, Reply, Rng, device_signature};

/// Two phones of one person, each with an entry that has arrived.
fn two(desk: &Desk) -> (Phone, Phone) {
    let mut old = Phone::join(desk);
    let mut new = old.recovered();
    for phone in [&mut old, &mut new] {
        phone.write("arrived");
        phone.sync();
    }
    (old, new)
}

fn stop(by: &Phone, revocations: Vec<Revocation>) -> Reply {
    by.http.post("/v1/device/revocations", &by.token, &Revoke { revocations })
}

fn records(phone: &Phone, query: &str) -> Vec<FeedItem> {
    let reply = phone.http.get(&format!("/v1/device/records?{query}"), &phone.token);
    assert_eq!(reply.status, 200);
    wire::read_feed(&reply.body).unwrap()
}

#[test]
fn a_stopped_phone_is_let_in_nowhere_and_is_told_why() {
    let (_server, desk) = Running::with_desk();
    let (mut old, new) = two(&desk);
    let revocation = old.revocation(&new.recovery.recovery_key());
    stop(&new, vec![revocation.clone()]).done();
    stop(&new, vec![revocation.clone()]).done();

    let state = old.state();
    assert_eq!(state.revocations, std::slice::from_ref(&revocation), "it can check who stopped it");
    assert_eq!(state.devices.iter().map(|known| known.device).collect::<Vec<_>>(), [old.device()]);
    let refused = (403, ApiErrorCode::Revoked, None);
    let part = format!("/v1/device/parts/{}", "0".repeat(64));
    for path in ["/v1/device/records", "/v1/device/records?others=true", &part] {
        assert_eq!(old.http.get(path, &old.token).refused(), refused, "{path}");
    }
    assert_eq!(stop(&old, vec![new.revocation(&new.recovery.recovery_key())]).refused(), refused);
    old.write("after");
    assert_eq!(old.push_from(3).refused(), refused);
    assert_eq!(old.http.push(&old.token, &old.push_of(1, 2)).status, 200, "a lost reply");

    let state = new.state();
    assert_eq!((state.revocations, state.devices.len()), (vec![revocation.clone()], 2));
    let all: Orders = desk.http.get(&desk.path("orders"), &desk.token).ok();
    assert_eq!(all.revocations, [revocation], "the desk can honour it");
}

#[test]
fn a_stopped_phone_does_not_come_in_by_what_another_phone_has_joined_with() {
    let (server, desk) = Running::with_desk();
    let (old, new) = two(&desk);
    let genesis = Genesis::parse(old.log[0].body()).unwrap();
    let GenesisProof::Invitation { certificate, signature } = genesis.proof else { panic!("it was invited") };
    stop(&old, vec![new.revocation(&new.recovery.recovery_key())]).done();
    // All of it stands in a record that the person's other phones have read. What is missing is the phone's own signature.
    let shown = |device_signature| Enrol {
        study: certificate.study,
        device_key: genesis.device_key,
        recovery_key: genesis.recovery_key,
        enrol_key: certificate.enrol_key,
        signature,
        device_signature,
        certificate: Some(certificate.clone()),
    };
    let foreign = device_signature(&new.key, &certificate);
    let other_words =
        old.key.sign(&recovery_certificate_message(&desk.study, &certificate.participant, &genesis.device_key));
    for forged in [foreign, other_words, signature, Signature([0; 64])] {
        let reply = server.http.post("/v1/enrolments", "", &shown(forged));
        assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
    }
    assert_eq!(old.state().devices.len(), 2, "nobody has taken its place");
    let own = shown(device_signature(&old.key, &certificate));
    assert_eq!(server.http.post("/v1/enrolments", "", &own).status, 200, "the phone itself may");
}

#[test]
fn only_the_persons_own_recovery_key_stops_only_the_persons_own_phones() {
    let (_server, desk) = Running::with_desk();
    let (old, new) = two(&desk);
    let (other, _) = two(&desk);
    let not_proven = (422, ApiErrorCode::NotProven, None);
    for key in [SigningKey::generate(&mut Rng), other.recovery.recovery_key(), desk.signing.clone()] {
        assert_eq!(stop(&new, vec![old.revocation(&key)]).refused(), not_proven);
    }
    let theirs = other.revocation(&other.recovery.recovery_key());
    assert_eq!(stop(&new, vec![theirs]).refused(), (404, ApiErrorCode::NotFound, None));
    let nobody = DeviceId([7; 16]);
    let made_up = Revocation::sign(&new.recovery.recovery_key(), desk.study, nobody, 0, Hash::ZERO);
    assert_eq!(stop(&new, vec![made_up]).refused(), not_proven);
    assert!(old.state().revocations.is_empty());
    old.sync();
}

#[test]
fn the_place_is_one_in_the_log_and_only_a_lower_one_replaces_it() {
    let (_server, desk) = Running::with_desk();
    let (old, new) = two(&desk);
    let key = new.recovery.recovery_key();
    let at = |seq: u64, link| Revocation::sign(&key, desk.study, old.device(), seq, link);
    let (genesis, last) = (old.log[0].link(), old.log[1].link());
    assert_eq!(stop(&new, vec![at(2, genesis)]).refused(), (409, ApiErrorCode::Diverged, Some(2)));
    assert_eq!(stop(&new, vec![at(0, genesis)]).refused(), (409, ApiErrorCode::Diverged, Some(0)));
    assert!(new.state().revocations.is_empty(), "all or none");
    stop(&new, vec![at(2, last)]).done();
    stop(&new, vec![at(3, genesis)]).done();
    assert_eq!(new.state().revocations, [at(2, last)], "a higher place changes nothing");
    stop(&new, vec![at(1, genesis)]).done();
    assert_eq!(new.state().revocations.len(), 2);
    let many = vec![at(1, genesis); MAX_REVOCATIONS + 1];
    assert_eq!(stop(&new, many).refused(), (400, ApiErrorCode::BadRequest, None));
}

#[test]
fn a_phone_reads_the_other_phones_records_without_its_own() {
    let (_server, desk) = Running::with_desk();
    let (old, new) = two(&desk);
    Phone::join(&desk).sync();
    let devices = |items: &[FeedItem]| {
        let of = |item: &FeedItem| match &item.item {
            RawItem::Record(header, slots, body) => {
                let record = waymark_protocol::record::Record::parse(header.clone(), slots.clone(), body.clone());
                record.unwrap().header().device
            }
            RawItem::Checkpoint(checkpoint) => checkpoint.device,
            RawItem::Tombstone(..) => panic!("nothing was erased"),
        };
        items.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(devices(&records(&new, "others=true")), [old.device(); 3]);
    assert_eq!(devices(&records(&old, "others=true")), [new.device(); 3]);
    assert_eq!(records(&old, "").len(), 6);
    let last = records(&new, "others=true").last().unwrap().server_seq;
    assert!(records(&new, &format!("others=true&after={last}")).is_empty());
    let shown = new.state().devices;
    assert!(shown.iter().all(|device| device.heard_at.is_some_and(|at| at >= device.joined_at)), "{shown:?}");
    let silent = new.recovered();
    let shown = silent.state().devices;
    assert_eq!(shown.iter().find(|known| known.device == silent.device()).unwrap().heard_at, None);
}
