//! `/metrics`: what is counted, where it is served, and that it tells nothing of anybody.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use waymark_protocol::attachment::Part;
use waymark_server::config::Layer;

use crate::support::{Desk, Http, Phone, Running};

fn counted() -> (Running, Desk, Http) {
    let given = Layer {
        metrics_listen: Some("127.0.0.1:0".parse().unwrap()),
        trusted_proxies: Some("127.0.0.1".parse().unwrap()),
        names: Some("127.0.0.1".parse().unwrap()),
        rate_without_token: Some("5/h".parse().unwrap()),
        ..Layer::default()
    };
    let (server, desk) = Running::with_desk_and(given);
    let metrics = server.metrics.expect("a listener of its own");
    (server, desk, metrics)
}

/// The samples by name with labels; every line is one that Prometheus reads.
fn samples(metrics: Http) -> BTreeMap<String, f64> {
    let reply = metrics.get("/metrics", "");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/plain; version=0.0.4; charset=utf-8")));
    let text = String::from_utf8(reply.body).unwrap();
    let mut typed = Vec::new();
    let mut samples = BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            typed.push(rest.split(' ').next().unwrap().to_owned());
        } else if !line.starts_with("# HELP ") {
            let (name, value) = line.rsplit_once(' ').expect("a name and a value");
            let bare = name.split('{').next().unwrap();
            assert!(bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{line}");
            assert!(typed.iter().any(|known| bare.starts_with(known.as_str())), "{line} has no type");
            assert!(name.ends_with('}') || !name.contains('{'), "{line}");
            assert!(samples.insert(name.to_owned(), value.parse().expect("a number")).is_none(), "{line} twice");
        }
    }
    samples
}

#[test]
fn calls_records_parts_refusals_and_waits_are_counted() {
    let (server, desk, metrics) = counted();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.sync();
    let part = Part::of(b"voice".to_vec());
    phone.http.put_part(&phone.token, &part).done();
    phone.write("after a gap");
    phone.write("after it");
    assert_eq!(phone.http.push(&phone.token, &phone.push_of(4, 4)).status, 409);
    for _ in 0..7 {
        server.http.send_for("203.0.113.1", "GET", "/nothing", "", "", b"").unwrap();
    }
    let at = |name: &str| samples(metrics).get(name).copied();
    let push = "method=\"POST\",route=\"/v1/device/records\"";
    assert_eq!(at(&format!("waymark_calls_total{{{push},status=\"200\"}}")), Some(1.0));
    assert_eq!(at(&format!("waymark_calls_total{{{push},status=\"409\"}}")), Some(1.0));
    assert_eq!(at("waymark_call_seconds_count{route=\"/v1/device/records\"}"), Some(2.0));
    assert_eq!(at("waymark_records_total"), Some(2.0));
    assert_eq!(at("waymark_parts_received_bytes_total"), Some(part.bytes.len() as f64));
    assert!(at("waymark_records_received_bytes_total") > Some(1024.0));
    assert_eq!(at("waymark_push_store_seconds_count"), Some(1.0));
    assert_eq!(at("waymark_refusals_total{reason=\"gap\"}"), Some(1.0));
    assert_eq!(at("waymark_too_often_total{reason=\"without-token\"}"), Some(2.0));
    assert!(at("waymark_process_resident_memory_bytes") > Some(1e6));

    assert_eq!(at("waymark_long_polls"), Some(0.0));
    let head = desk.pull(0).last().unwrap().server_seq;
    let path = desk.path(&format!("records?after={head}&wait=20"));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.http.get(&path, &desk.token));
        let start = Instant::now();
        while at("waymark_long_polls") != Some(1.0) {
            assert!(start.elapsed() < Duration::from_secs(10));
        }
        phone.write("two");
        phone.sync();
        assert!(!waiting.join().unwrap().feed().is_empty());
    });
    assert_eq!(at("waymark_long_polls"), Some(0.0));
}

#[test]
fn counts_are_on_their_own_address_and_hold_no_id_no_address_and_no_word_of_a_caller() {
    let (server, desk, metrics) = counted();
    let phone = Phone::join(&desk);
    phone.sync();
    server.http.send_for("203.0.113.77", "CANARY", "/v1/canary?canary", "canary", "", b"").unwrap();
    desk.http.get(&desk.path("records"), &phone.token).refused();
    assert_eq!(server.http.get("/metrics", "").status, 404, "not where everybody is");
    assert_eq!(metrics.get("/v1/device/state", &phone.token).status, 404, "and no call beside them");
    let body = metrics.get("/metrics", "").body;
    let text = String::from_utf8(body).unwrap().to_lowercase();
    let (study, participant) = (desk.study.to_string(), phone.certificate.participant.to_string());
    for told in ["canary", "203.0.113.77", "127.0.0.1", &study, &participant, &phone.device().to_string(), &phone.token]
    {
        assert!(!text.contains(told), "{told}");
    }
}
