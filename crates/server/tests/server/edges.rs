//! What a hostile or broken client sends: cut off, nested, lying about lengths, twice at once, out of order, another's.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use waymark_protocol::api::{AddInvitations, ApiErrorCode, MAX_JSON_BYTES, MAX_REVOCATIONS, Orders, Receipt, Revoke};
use waymark_protocol::record::wire::{CONTENT_TYPE, MAX_PUSH_BYTES};

use super::Running;
use crate::support::{Desk, Phone, push_bytes};

fn served() -> (Running, Desk, Phone) {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.write("two");
    (server, desk, phone)
}

#[test]
fn a_body_that_ends_too_early_is_refused_and_nothing_of_it_is_kept() {
    let (server, desk, phone) = served();
    let body = phone.push_of(1, 3);
    for sent in [0, 1, body.len() / 2, body.len() - 1] {
        let mut stream = TcpStream::connect(server.http.0).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let head = format!(
            "POST /v1/device/records HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: {CONTENT_TYPE}\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            server.http.0,
            phone.token,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body[..sent]).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // The server may also hang up.
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2") && !answer.starts_with(b"HTTP/1.1 5"), "{sent} bytes");
    }
    assert_eq!((phone.state().head.seq, desk.pull(0).len()), (0, 0));
    assert_eq!(phone.sync().accepted_through, 3);
}

#[test]
fn json_nested_as_deep_as_a_body_allows_is_a_bad_request() {
    let (server, desk, phone) = served();
    let admin = server.token("admin");
    // Calls that need no token take shorter bodies.
    const OPEN_BYTES: usize = 60_000;
    let calls = [
        ("POST", "/v1/studies".to_owned(), admin.as_str()),
        ("PUT", desk.path("document"), &desk.token),
        ("POST", desk.path("invitations"), &desk.token),
        ("POST", desk.path("orders"), &desk.token),
        ("POST", desk.path("sightings"), &desk.token),
        ("POST", "/v1/device/revocations".to_owned(), &phone.token),
        ("POST", "/v1/enrolments".to_owned(), ""),
        ("POST", "/v1/recoveries".to_owned(), ""),
    ];
    for (method, path, token) in calls {
        let size = if token.is_empty() { OPEN_BYTES } else { MAX_JSON_BYTES };
        let deep = |open: &str| open.repeat(size / open.len()).into_bytes();
        // In a field that no call knows, too: it is skipped, and not by descending into it.
        let skipped = [b"{\"unknown\":".to_vec(), vec![b'['; size - 12]].concat();
        for body in [deep("["), deep("{\"a\":"), skipped] {
            let reply = server.http.send(method, &path, token, "application/json", &body).unwrap();
            assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "{method} {path}");
        }
    }
}

#[test]
fn lists_longer_than_a_call_takes_are_a_bad_request() {
    let (server, desk, phone) = served();
    let (_, certificate) = desk.invite();
    let revocation = phone.revocation(&phone.recovery.recovery_key());
    let invitations = AddInvitations { certificates: vec![certificate; 1001] };
    let revoke = Revoke { revocations: vec![revocation.clone(); MAX_REVOCATIONS + 1] };
    let orders = Orders { erasures: Vec::new(), revocations: vec![revocation; 1001] };
    for reply in [
        server.http.post(&desk.path("invitations"), &desk.token, &invitations),
        server.http.post("/v1/device/revocations", &phone.token, &revoke),
        server.http.post(&desk.path("orders"), &desk.token, &orders),
    ] {
        assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None));
    }
}

#[test]
fn cbor_that_nests_or_lies_about_its_length_is_a_bad_request() {
    let (server, _desk, phone) = served();
    let huge = [0xff; 8];
    let item = phone.push_of(1, 1);
    let bodies: [Vec<u8>; 9] = [
        vec![0x81; MAX_PUSH_BYTES],
        vec![0xa1; MAX_PUSH_BYTES],
        vec![0xc0; MAX_PUSH_BYTES],
        vec![0x9f; MAX_PUSH_BYTES],
        [&[0x9b][..], &huge].concat(),
        [&[0x84, 0x00, 0x5b][..], &huge].concat(),
        [&[0x84, 0x00, 0x5a, 0x7f, 0xff, 0xff, 0xff][..], &[0; 1000]].concat(),
        [&[0x84, 0x00, 0x5f][..], &[0x41; 1000]].concat(),
        [&item[..], &[0xf6]].concat(),
    ];
    for (at, body) in bodies.iter().enumerate() {
        let reply = server.http.push(&phone.token, body);
        assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "body {at}");
    }
    assert_eq!(phone.state().head.seq, 0);
}

#[test]
fn of_two_different_pushes_of_one_device_at_once_one_is_stored_and_the_other_diverges() {
    for _ in 0..8 {
        let (_server, desk, phone) = served();
        phone.sync();
        let copies: Vec<Phone> = (0..2)
            .map(|n| {
                let mut copy = phone.clone();
                (0..5).for_each(|_| drop(copy.write(&format!("copy {n}"))));
                copy
            })
            .collect();
        let replies: Vec<_> = std::thread::scope(|scope| {
            let pushing: Vec<_> = copies.iter().map(|copy| scope.spawn(|| copy.push_from(4))).collect();
            pushing.into_iter().map(|push| push.join().unwrap()).collect()
        });
        let won = replies.iter().position(|reply| reply.status == 200).expect("one is stored");
        assert_eq!(replies[won].ok::<Receipt>().link, copies[won].log[7].link());
        assert_eq!(replies[1 - won].refused(), (409, ApiErrorCode::Diverged, Some(4)));
        assert_eq!(desk.pull(0).len(), 4 + 6);
    }
}

#[test]
fn overlapping_pushes_of_one_log_at_once_are_stored_once_and_in_order() {
    let (_server, desk, mut phone) = served();
    (0..20).for_each(|n| drop(phone.write(&n.to_string())));
    phone.http.push(&phone.token, &phone.push_of(1, 2)).ok::<Receipt>();
    std::thread::scope(|scope| {
        for to in [5, 9, 14, 20, 23] {
            let phone = &phone;
            scope.spawn(move || {
                let receipt: Receipt = phone.http.push(&phone.token, &phone.push_of(2, to)).ok();
                assert!(receipt.accepted_through >= to);
            });
        }
    });
    let records = desk.pull(0).into_iter().filter_map(|item| match item.item {
        waymark_protocol::record::wire::RawItem::Record(header, ..) => Some(header),
        _ => None,
    });
    let sent: Vec<_> = phone.log.iter().map(|record| record.header_bytes().to_vec()).collect();
    assert_eq!(records.collect::<Vec<_>>(), sent);
}

#[test]
fn reordered_and_doubled_records_and_anothers_checkpoint_are_refused_and_nothing_is_stored() {
    let (_server, desk, phone) = served();
    let other = Phone::join(&desk);
    let [genesis, one, two] = &phone.log[..] else { panic!("three records") };
    let shuffles = [
        vec![one.clone(), genesis.clone(), two.clone()],
        vec![genesis.clone(), two.clone(), one.clone()],
        vec![two.clone(), one.clone(), genesis.clone()],
        vec![genesis.clone(), one.clone(), one.clone(), two.clone()],
        vec![genesis.clone(), one.clone(), two.clone(), two.clone()],
    ];
    for records in shuffles {
        let reply = phone.http.push(&phone.token, &push_bytes(&records, &phone.checkpoint(3)));
        assert!(matches!(reply.status, 409 | 422), "{}", reply.status);
    }
    let foreign = phone.http.push(&phone.token, &push_bytes(&phone.log, &other.checkpoint(1)));
    assert_eq!(foreign.refused(), (422, ApiErrorCode::NotProven, None));
    // A checkpoint of another moment of the same log covers other records than these.
    let stale = phone.http.push(&phone.token, &push_bytes(&phone.log, &phone.checkpoint(1)));
    assert_eq!(stale.refused(), (422, ApiErrorCode::NotProven, None));
    assert_eq!(desk.pull(0).len(), 0);
    assert_eq!(phone.sync().accepted_through, 3);
}

#[test]
fn a_push_that_somebody_has_overheard_stores_nothing_new_with_any_token() {
    let (_server, desk, phone) = served();
    // Signed at another moment than what the phone pushes below: that may come within the same millisecond.
    let earlier = phone.checkpoint(3).device_time - 1_000;
    let overheard = push_bytes(&phone.log, &phone.checkpoint_at(3, earlier));
    phone.sync();
    let stored = desk.pull(0);
    let stranger = Phone::join(&desk);
    assert_eq!(stranger.http.push(&stranger.token, &overheard).refused(), (403, ApiErrorCode::Forbidden, None));
    assert_eq!(phone.http.push("", &overheard).refused(), (401, ApiErrorCode::Unauthorized, None));
    phone.http.push(&phone.token, &overheard).ok::<Receipt>();
    // It brings its checkpoint, which is another one than the first, and no more.
    assert_eq!(desk.pull(0)[..stored.len()], stored);
    phone.http.push(&phone.token, &overheard).ok::<Receipt>();
    assert_eq!(desk.pull(0).len(), stored.len() + 1);
}

#[test]
fn one_studys_signatures_do_nothing_in_another() {
    let (server, desk, mut phone) = served();
    let other = Desk::new(server.http, &server.token("admin"));
    let (record, _) = phone.write("stays");
    phone.sync();
    let order = |desk: &Desk, by: &Desk| {
        let orders = Orders { erasures: vec![by.erasure(record.as_target())], revocations: Vec::new() };
        desk.http.post(&desk.path("orders"), &desk.token, &orders)
    };
    assert_eq!(order(&desk, &other).refused(), (422, ApiErrorCode::NotProven, None), "another study's signature");
    order(&other, &other).done();
    assert_eq!(phone.state().erasures, [], "an order about a record of another study names nothing");
    let body = desk.pull(0).into_iter().rev().find_map(|item| match item.item {
        waymark_protocol::record::wire::RawItem::Record(_, _, body) => Some(body),
        _ => None,
    });
    assert_eq!(body.as_deref(), Some(record.body()));
    let mut moved = phone.revocation(&other.signing);
    moved.study = other.study;
    for revocation in [phone.revocation(&other.signing), moved] {
        let orders = Orders { erasures: Vec::new(), revocations: vec![revocation] };
        let reply = other.http.post(&other.path("orders"), &other.token, &orders);
        assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
    }
    assert_eq!(phone.sync().accepted_through, 4);
}
