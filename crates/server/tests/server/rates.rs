//! Those who call too often: a proxy on this machine speaks for them.

use std::time::Duration;

use waymark_protocol::api::{ApiErrorCode, Receipt};
use waymark_server::config::{Layer, Rate};

use crate::support::{DataOn, Http, Phone, Reply, Running};

const TOO_MANY: (u16, ApiErrorCode, Option<u64>) = (429, ApiErrorCode::TooMany, None);

fn rate(text: &str) -> Option<Rate> {
    Some(text.parse().unwrap())
}

fn behind_a_proxy() -> Layer {
    let (proxies, names) = (Some("127.0.0.1".parse().unwrap()), Some("127.0.0.1".parse().unwrap()));
    Layer { trusted_proxies: proxies, names, ..Layer::default() }
}

fn state(http: Http, caller: &str, token: &str) -> Reply {
    http.send_for(caller, "GET", "/v1/device/state", token, "", b"").unwrap()
}

fn retry_after(reply: &Reply) -> u64 {
    reply.header("retry-after").expect("when to come back").parse().unwrap()
}

#[test]
fn a_thousand_wrong_tokens_are_refused_before_the_store_is_asked_and_phones_beside_them_go_on() {
    let (server, desk) = Running::with_desk_and(Layer { rate_of_wrong_tokens: rate("20/h"), ..behind_a_proxy() });
    let mut phone = Phone::join(&desk);
    let http = server.http;
    assert_eq!(state(http, "203.0.113.1", &phone.token).status, 200, "proven there");
    let (mut unknown, mut refused) = (0, 0);
    for n in 0..1_000 {
        let reply = state(http, "203.0.113.1", &format!("{n:064x}"));
        match reply.status {
            401 => unknown += 1,
            _ => {
                assert_eq!(reply.refused(), TOO_MANY);
                assert!((1..=3 * 60 + 1).contains(&retry_after(&reply)), "one in three minutes");
                refused += 1;
            }
        }
    }
    assert_eq!((unknown, refused), (21, 979));
    assert_eq!(state(http, "203.0.113.1", "").refused(), TOO_MANY, "nor without any");
    assert_eq!(state(http, "203.0.113.1", &phone.token).status, 200);
    assert_eq!(state(http, "203.0.113.2", &"0".repeat(64)).status, 401, "another address");
    phone.write("while somebody guesses");
    phone.sync();
}

#[test]
fn a_thousand_wrong_tokens_at_once_keep_no_phone_waiting_for_its_receipt() {
    let (server, desk) = Running::with_desk_and(Layer { rate_of_wrong_tokens: rate("20/h"), ..behind_a_proxy() });
    let mut phones: Vec<Phone> = (0..4).map(|_| Phone::join(&desk)).collect();
    let http = server.http;
    let guess = |first: u32| {
        let replies = (first..first + 125).map(|n| state(http, "203.0.113.1", &format!("{n:064x}")).status);
        replies.fold((0, 0), |(unknown, refused), status| match status {
            401 => (unknown + 1, refused),
            429 => (unknown, refused + 1),
            other => panic!("a wrong token is answered with {other}"),
        })
    };
    let (unknown, refused) = std::thread::scope(|scope| {
        let guessing: Vec<_> = (0..8).map(|n| scope.spawn(move || guess(n * 125))).collect();
        for phone in &mut phones {
            scope.spawn(|| {
                for n in 0..25 {
                    phone.write(&format!("entry {n}, while somebody guesses"));
                    phone.sync();
                }
            });
        }
        let counts = guessing.into_iter().map(|thread| thread.join().unwrap());
        counts.fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    });
    assert_eq!(unknown + refused, 1_000);
    // What is asked at the same moment is counted when it is known to be wrong: one more for each who asks.
    assert!((21..=21 + 8).contains(&unknown), "{unknown} of them reached the store");
    assert!(phones.iter().all(|phone| phone.state().head.seq == 26));
}

#[test]
fn a_phone_that_calls_too_often_is_told_when_to_come_back_and_then_loses_nothing() {
    let (server, desk) = Running::with_desk_and(Layer { rate_per_token: rate("3/s"), ..behind_a_proxy() });
    let mut phone = Phone::join(&desk);
    for n in 0..9 {
        phone.write(&format!("entry {n}"));
    }
    let (mut next, mut waits) = (1, 0);
    while next <= phone.log.len() as u64 {
        let reply = phone.http.push(&phone.token, &phone.push_of(next, next));
        if reply.status == 200 {
            next = reply.ok::<Receipt>().accepted_through + 1;
        } else {
            assert_eq!(reply.refused(), TOO_MANY);
            assert_eq!(retry_after(&reply), 1);
            waits += 1;
            std::thread::sleep(Duration::from_secs(1));
        }
    }
    assert!(waits > 0);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(phone.state().head.seq, 10);
    let other = Phone::join(&desk);
    assert_eq!(state(server.http, "203.0.113.1", &other.token).status, 200, "each token has its own");
}

#[test]
fn calls_without_a_token_are_limited_by_address_and_health_is_not() {
    let server = Running::start_with(DataOn::new(), Layer { rate_without_token: rate("5/h"), ..behind_a_proxy() });
    let call = |caller: &str, method: &str, path: &str| {
        server.http.send_for(caller, method, path, "", "application/json", b"{}").unwrap()
    };
    let code = "/v1/studies/00112233445566778899aabbccddeeff/invitations/0011223344556677";
    let calls = [
        ("POST", "/v1/enrolments"),
        ("POST", "/v1/recoveries"),
        ("GET", code),
        ("GET", "/nothing"),
        ("PATCH", "/v1/device/records"),
    ];
    for (method, path) in calls {
        assert!(matches!(call("2001:db8::1", method, path).status, 400 | 404 | 405), "{path}");
    }
    for (method, path) in calls {
        let reply = call("2001:db8::2", method, path);
        assert_eq!(reply.refused(), TOO_MANY, "{path}: the same network");
        assert!(retry_after(&reply) > 600);
    }
    assert_eq!(call("2001:db8::2", "GET", "/healthz").status, 200);
    assert_eq!(call("2001:db8:0:1::1", "GET", "/nothing").status, 404, "another network");
    let twice = call("2001:db8:0:9::1, 2001:db8::3", "GET", "/nothing");
    assert_eq!(twice.refused(), TOO_MANY, "what a caller writes into the header itself does not count");
}

#[test]
fn nobody_is_believed_who_is_not_named_as_a_proxy() {
    let unnamed = Layer { trusted_proxies: Some("10.0.0.0/8".parse().unwrap()), ..behind_a_proxy() };
    let server = Running::start_with(DataOn::new(), Layer { rate_without_token: rate("1/h"), ..unnamed });
    // This machine itself is not limited by address, and nobody else is counted in its place.
    for _ in 0..5 {
        let reply = server.http.send_for("203.0.113.1", "GET", "/nothing", "", "", b"").unwrap();
        assert_eq!(reply.status, 404);
    }
}

#[test]
fn a_limit_of_0_is_none() {
    let off = Layer { rate_of_wrong_tokens: rate("0"), rate_without_token: rate("0"), ..behind_a_proxy() };
    let server = Running::start_with(DataOn::new(), off);
    for n in 0..400 {
        assert_eq!(state(server.http, "203.0.113.1", &format!("{n:064x}")).status, 401);
        let reply = server.http.send_for("203.0.113.1", "GET", "/nothing", "", "", b"").unwrap();
        assert_eq!(reply.status, 404);
    }
}

#[test]
fn a_proxy_on_this_machine_that_names_nobody_is_limited_as_one_caller() {
    let server = Running::start_with(DataOn::new(), Layer { rate_without_token: rate("2/h"), ..behind_a_proxy() });
    let call = |caller: &str| server.http.send_for(caller, "GET", "/nothing", "", "", b"").unwrap();
    assert_eq!((call("").status, call("unknown").status), (404, 404));
    assert_eq!(call("").refused(), TOO_MANY);
    assert_eq!(call("127.0.0.1").refused(), TOO_MANY, "nor does a header make it this machine");
    assert_eq!(call("203.0.113.1").status, 404);
}
