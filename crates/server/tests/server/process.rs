//! The built binary: its command line, stopping, and being killed.

use std::time::{Duration, Instant};

use waymark_protocol::api::Receipt;
use waymark_protocol::record::wire::RawItem;

use super::Data;
use crate::support::{Binary, Desk, Phone};

#[test]
fn whatever_was_receipted_is_there_once_and_byte_for_byte_after_every_kill() {
    let data = Data::new();
    let admin = data.token(&["--role", "admin"]);
    let mut server = Binary::serve(&data);
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
        server = Binary::serve(&data);
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
