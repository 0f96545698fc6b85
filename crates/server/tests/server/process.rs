//! The built binary: its command line, stopping, and being killed.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use waymark_protocol::api::Receipt;
use waymark_protocol::record::wire::RawItem;

use crate::support::{Binary, Desk, Phone, new_token};

#[test]
fn whatever_was_receipted_is_there_once_and_byte_for_byte_after_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let admin = new_token(folder.path(), &["--role", "admin"]);
    let mut server = Binary::serve(folder.path());
    let mut desk = Desk::new(server.http, &admin);
    let mut phone = Phone::join(&desk);
    let mut receipted = 0;
    for round in 0..12 {
        phone.http = server.http;
        for n in 0..200 {
            phone.write(&format!("entry {n}"));
        }
        let pushing = phone.clone();
        let from = receipted;
        let pusher = std::thread::spawn(move || {
            let mut last = from;
            while last < pushing.log.len() as u64 {
                let to = (last + 7).min(pushing.log.len() as u64);
                match pushing.http.try_push(&pushing.token, &pushing.push_of(last + 1, to)) {
                    Ok(reply) if reply.status == 200 => last = reply.ok::<Receipt>().accepted_through,
                    _ => break,
                }
            }
            last
        });
        std::thread::sleep(Duration::from_millis(15 + 10 * round));
        server.kill();
        receipted = pusher.join().unwrap();
        server = Binary::serve(folder.path());
        (desk.http, phone.http) = (server.http, server.http);
        let head = phone.state().head;
        assert!(head.seq >= receipted, "round {round}: {} were receipted, {} are there", receipted, head.seq);
        let records: Vec<RawItem> = desk.pull(0).into_iter().map(|item| item.item).collect();
        let records = records.iter().filter(|item| matches!(item, RawItem::Record(..))).zip(&phone.log);
        let whole = records.filter(|(item, record)| {
            let sent = (record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec());
            **item == RawItem::Record(sent.0, sent.1, sent.2)
        });
        assert_eq!(whole.count() as u64, head.seq);
        receipted = head.seq;
    }
    while receipted < phone.log.len() as u64 {
        let to = (receipted + 300).min(phone.log.len() as u64);
        receipted = phone.http.push(&phone.token, &phone.push_of(receipted + 1, to)).ok::<Receipt>().accepted_through;
    }
}

#[test]
fn sigterm_ends_waiting_readers_and_finishes_pushes_and_exits_0() {
    let folder = tempfile::tempdir().unwrap();
    let admin = new_token(folder.path(), &["--role", "admin"]);
    let server = Binary::serve(folder.path());
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
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "all is in the database: {left:?}");
}

#[test]
fn sigterm_waits_for_no_connection_that_asks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Silence ends none of them by itself.
    let server = Binary::serve_with(folder.path(), &["--header-timeout", "1h", "--idle-timeout", "1h"], Stdio::null());
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
    let folder = tempfile::tempdir().unwrap();
    let admin = new_token(folder.path(), &["--role", "admin"]);
    let server = Binary::serve(folder.path());
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
    let server = Binary::serve(folder.path());
    for pusher in pushers {
        let (mut phone, receipted) = pusher.join().unwrap();
        phone.http = server.http;
        assert!(receipted > 1 && phone.state().head.seq >= receipted);
    }
}

#[test]
fn a_token_is_made_while_the_server_runs_and_opens_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::serve(folder.path());
    let desk = Desk::new(server.http, &new_token(folder.path(), &["--role", "admin"]));
    let study = desk.study.to_string();
    let token = new_token(folder.path(), &["--role", "researcher", "--study", &study]);
    assert_eq!(server.http.get(&desk.path("records"), &token).status, 200);
}

#[test]
fn usage_is_exit_2_and_a_second_server_on_a_folder_is_exit_1_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(arguments)
            .arg("--data")
            .arg(folder.path())
            .output()
            .unwrap()
    };
    for wrong in [&["token"][..], &["token", "--role", "employer"], &["serve", "--listen", "nowhere"], &["dance"]] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let _server = Binary::serve(folder.path());
    let second = run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server is running"));
}

#[cfg(unix)]
#[test]
fn the_data_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    new_token(&folder, &["--role", "admin"]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("waymark.db")), 0o600);
}
