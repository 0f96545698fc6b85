//! Clients that are slow, silent, or too many: they are cut, and the others go on.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::record::wire::MAX_PUSH_BYTES;
use waymark_server::config::{Layer, Span};

use crate::support::{DataOn, Http, Phone, Reply, Running, parse};

const LONGEST: Duration = Duration::from_secs(20);

fn millis(millis: u64) -> Option<Span> {
    Some(Span(Duration::from_millis(millis)))
}

fn impatient() -> Layer {
    Layer { header_timeout: millis(300), body_timeout: millis(300), idle_timeout: millis(4_000), ..Layer::default() }
}

fn connect(http: Http) -> TcpStream {
    let stream = TcpStream::connect(http.0).unwrap();
    stream.set_read_timeout(Some(LONGEST)).unwrap();
    stream
}

/// How long the server keeps the connection when nothing more is said; what it said until then.
fn until_closed(mut stream: &TcpStream) -> (Duration, Vec<u8>) {
    let (start, mut bytes) = (Instant::now(), Vec::new());
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "it was not closed"),
    }
    (start.elapsed(), bytes)
}

/// One reply, on a connection that stays open.
fn one_reply(mut stream: &TcpStream) -> Reply {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut chunk).unwrap();
        assert!(read > 0, "closed before the reply was whole");
        bytes.extend_from_slice(&chunk[..read]);
        if let Some(reply) = parse(&bytes, false).filter(|reply| reply.header("content-length").is_some()) {
            return reply;
        }
    }
}

fn alive(http: Http) -> bool {
    http.get("/healthz", "").status == 200
}

#[test]
fn a_head_that_comes_byte_by_byte_is_cut_while_others_are_answered() {
    let server = Running::start_with(DataOn::new(), impatient());
    let mut slow = connect(server.http);
    let start = Instant::now();
    let cut = loop {
        std::thread::sleep(Duration::from_millis(20));
        if slow.write_all(b"x").is_err() {
            break start.elapsed();
        }
        assert!(alive(server.http) && start.elapsed() < LONGEST);
    };
    assert!(cut >= Duration::from_millis(300), "{cut:?}");
}

#[test]
fn a_connection_that_says_nothing_is_closed() {
    let server = Running::start_with(DataOn::new(), impatient());
    let silent = connect(server.http);
    let (after, said) = until_closed(&silent);
    assert!(said.is_empty() && after < LONGEST);
}

#[test]
fn a_connection_stays_between_two_requests_for_longer_than_a_head_may_take_and_not_for_ever() {
    let server = Running::start_with(DataOn::new(), impatient());
    let mut kept = connect(server.http);
    for _ in 0..3 {
        kept.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        assert_eq!(one_reply(&kept).status, 200);
        std::thread::sleep(Duration::from_millis(500));
    }
    let (after, said) = until_closed(&kept);
    assert!(said.is_empty() && after > Duration::from_secs(1), "{after:?}");
}

#[test]
fn a_wait_for_records_is_longer_than_any_patience_with_a_client() {
    let idle = Layer { idle_timeout: millis(300), ..impatient() };
    let (_server, desk) = Running::with_desk_and(idle);
    let start = Instant::now();
    assert!(desk.http.get(&desk.path("records?after=0&wait=1"), &desk.token).feed().is_empty());
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn bodies_that_do_not_come_are_refused_and_keep_nobody_out() {
    let begun = |server: &Running| {
        let mut stream = connect(server.http);
        stream.write_all(b"POST /v1/enrolments HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{").unwrap();
        stream
    };
    let patient = Running::start();
    // More than there are open calls at once.
    let slow: Vec<TcpStream> = (0..80).map(|_| begun(&patient)).collect();
    assert_eq!(patient.http.send("POST", "/v1/recoveries/challenge", "", "", b"").unwrap().status, 200);
    drop(slow);

    let server = Running::start_with(DataOn::new(), impatient());
    let (_, said) = until_closed(&begun(&server));
    let reply = parse(&said, false).expect("an answer");
    assert_eq!((reply.refused(), reply.header("retry-after")), ((503, ApiErrorCode::Trouble, None), Some("5")));
}

#[test]
fn bodies_of_one_phone_that_do_not_come_leave_room_for_all_others() {
    let (server, desk) = Running::with_desk();
    let (mut phone, mut other) = (Phone::join(&desk), Phone::join(&desk));
    // As many as a sender has room for, of which nothing comes.
    let token = phone.token.clone();
    let head = format!(
        "POST /v1/device/records HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: application/cbor-seq\r\ncontent-length: {MAX_PUSH_BYTES}\r\n\r\n"
    );
    let begun = || {
        let mut stream = connect(server.http);
        stream.write_all(head.as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        stream
    };
    let (mut held, start) = (Vec::new(), Instant::now());
    let answered = loop {
        let stream = begun();
        if stream.peek(&mut [0]).is_ok() {
            break stream;
        }
        held.push(stream);
        assert!(start.elapsed() < Duration::from_secs(30), "there is room for ever more");
    };
    let refused = (429, ApiErrorCode::TooMany, None);
    assert_eq!(one_reply(&answered).refused(), refused);
    phone.write("later");
    let reply = phone.push_from(1);
    assert_eq!(reply.refused(), refused);
    assert!(reply.header("retry-after").is_some());
    other.write("meanwhile");
    other.sync();
    drop(held);
    let start = Instant::now();
    while phone.push_from(1).status == 429 {
        assert!(start.elapsed() < Duration::from_secs(30), "room that was left is had again");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_head_that_is_too_long_is_refused_in_either_way() {
    let server = Running::start();
    let long = |head: String| {
        let mut stream = connect(server.http);
        // It may be refused before all of it was sent.
        let _ = stream.write_all(head.as_bytes());
        let (_, said) = until_closed(&stream);
        parse(&said, false).map(|reply| reply.status)
    };
    let value = "x".repeat(20 * 1024);
    assert_eq!(long(format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: {value}\r\n\r\n")), Some(431));
    let many = "x-many: 1\r\n".repeat(200);
    assert_eq!(long(format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many}\r\n")), Some(431));
    assert!(matches!(long(format!("GET /{value} HTTP/1.1\r\nhost: x\r\n\r\n")), Some(414 | 431)));
    assert!(alive(server.http));
}

#[test]
fn connections_beyond_the_last_place_are_closed_at_once_and_a_place_that_is_left_can_be_had() {
    let places = Layer { max_connections: 3.try_into().ok(), ..Layer::default() };
    let server = Running::start_with(DataOn::new(), places);
    let mut held: Vec<TcpStream> = (0..3).map(|_| connect(server.http)).collect();
    for mut stream in &held {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        assert_eq!(one_reply(stream).status, 200);
    }
    let (after, said) = until_closed(&connect(server.http));
    assert!(said.is_empty() && after < Duration::from_secs(5));
    held.pop();
    let start = Instant::now();
    while server.http.send("GET", "/healthz", "", "", b"").is_err() {
        assert!(start.elapsed() < LONGEST);
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A connection through which little is on its way at once.
fn narrow(http: Http) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        socket.connect(http.0).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(LONGEST)).unwrap();
    stream
}

#[test]
fn who_takes_a_byte_of_a_reply_now_and_then_is_cut_and_what_was_held_for_it_is_free_again() {
    let metrics_listen = Some("127.0.0.1:0".parse().unwrap());
    let idle = Layer { idle_timeout: millis(1_000), metrics_listen, ..Layer::default() };
    let (server, desk) = Running::with_desk_and(idle);
    Phone::join(&desk).fill_a_reply();
    let path = desk.path("records");
    let whole = desk.http.get(&path, &desk.token).body.len();
    let ask = format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\r\n", desk.token);
    let mut slow: Vec<TcpStream> = (0..4).map(|_| narrow(server.http)).collect();
    let mut byte = [0];
    for stream in &mut slow {
        stream.write_all(ask.as_bytes()).unwrap();
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "the reply has begun");
    }
    let refused = desk.http.get(&path, &desk.token);
    assert_eq!(refused.refused(), (429, ApiErrorCode::TooMany, None));
    assert_eq!(refused.header("retry-after"), Some("5"));
    let (start, metrics) = (Instant::now(), server.metrics.unwrap());
    let all_cut = "waymark_connections_cut_total{reason=\"idle\"} 4\n";
    while !String::from_utf8(metrics.get("/metrics", "").body).unwrap().contains(all_cut) {
        assert!(start.elapsed() < LONGEST, "they are still held");
        for stream in &mut slow {
            // What the systems between have taken still comes after the cut.
            let _ = stream.read(&mut byte);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(desk.http.get(&path, &desk.token).status, 200);
    for stream in &slow {
        let (_, rest) = until_closed(stream);
        assert!(rest.len() < whole, "{} of {whole}", rest.len());
    }
}

#[test]
fn who_takes_a_reply_slowly_and_steadily_gets_all_of_it() {
    let idle = Layer { idle_timeout: millis(1_000), ..Layer::default() };
    let (server, desk) = Running::with_desk_and(idle);
    Phone::join(&desk).fill_a_reply();
    let whole = desk.http.get(&desk.path("records"), &desk.token).body;
    let mut stream = narrow(server.http);
    let path = desk.path("records");
    let ask =
        format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n", desk.token);
    stream.write_all(ask.as_bytes()).unwrap();
    let (mut said, mut chunk, mut next) = (Vec::new(), vec![0; 16 * 1024], 0);
    loop {
        let read = stream.read(&mut chunk).unwrap();
        if read == 0 {
            break;
        }
        said.extend_from_slice(&chunk[..read]);
        if said.len() > next {
            next += 128 * 1024;
            std::thread::sleep(Duration::from_millis(80));
        }
    }
    assert!(parse(&said, false).expect("all of it").body == whole);
}
