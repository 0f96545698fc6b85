//! The built binary: its command line and stopping.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use waymark_protocol::api::Receipt;

use super::Data;
use crate::support::{Binary, Desk, Phone};

#[test]
fn sigterm_ends_waiting_readers_and_finishes_pushes_and_exits_0() {
    let data = Data::new();
    let admin = data.token(&["--role", "admin"]);
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &admin);
    let phone = Phone::join(&desk);
    let start = Instant::now();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.http.get(&desk.path("records?after=0&wait=30"), &desk.token));
        std::thread::sleep(Duration::from_millis(400));
        assert!(!waiting.is_finished());
        assert_eq!(server.terminate().code(), Some(0));
        assert!(waiting.join().unwrap().feed().is_empty());
    });
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(phone.http.try_push(&phone.token, &phone.push_of(1, 1)).is_err(), "it no longer listens");
    let left: Vec<_> = std::fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "all is in the database: {left:?}");
}

#[test]
fn sigterm_waits_for_no_connection_that_asks_nothing() {
    let data = Data::new();
    // Silence ends none of them by itself.
    let server = Binary::serve_with(&data, &["--header-timeout", "1h", "--idle-timeout", "1h"], Stdio::null());
    let silent = TcpStream::connect(server.http.0).unwrap();
    let mut kept = TcpStream::connect(server.http.0).unwrap();
    kept.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    assert!(kept.read(&mut [0; 1024]).unwrap() > 0);
    let start = Instant::now();
    assert_eq!(server.terminate().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(25), "before those that do not finish are cut");
    drop((silent, kept));
}

#[test]
fn sigterm_under_load_loses_nothing_that_was_receipted() {
    let data = Data::new();
    let admin = data.token(&["--role", "admin"]);
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &admin);
    let phones: Vec<Phone> = (0..4).map(|_| Phone::join(&desk)).collect();
    let pushers: Vec<_> = phones
        .into_iter()
        .map(|mut phone| {
            std::thread::spawn(move || {
                loop {
                    phone.write("one more");
                    let last = phone.log.len() as u64;
                    let from = if last == 2 { 1 } else { last };
                    match phone.http.try_push(&phone.token, &phone.push_of(from, last)) {
                        Ok(reply) => assert_eq!(reply.ok::<Receipt>().accepted_through, last),
                        Err(_) => return (phone, last - 1),
                    }
                }
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(server.terminate().code(), Some(0));
    let server = Binary::serve(&data);
    for pusher in pushers {
        let (mut phone, receipted) = pusher.join().unwrap();
        phone.http = server.http;
        assert!(receipted > 1 && phone.state().head.seq >= receipted);
    }
}

#[test]
fn a_token_is_made_while_the_server_runs_and_opens_at_once() {
    let data = Data::new();
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let study = desk.study.to_string();
    let token = data.token(&["--role", "researcher", "--study", &study]);
    assert_eq!(server.http.get(&desk.path("records"), &token).status, 200);
}

#[test]
fn usage_is_exit_2() {
    let data = Data::new();
    let run = |arguments: &[&str]| {
        let (command, arguments) = arguments.split_first().unwrap();
        data.command(command).args(arguments).output().unwrap()
    };
    for wrong in [&["token"][..], &["token", "--role", "employer"], &["serve", "--listen", "nowhere"], &["dance"]] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}
