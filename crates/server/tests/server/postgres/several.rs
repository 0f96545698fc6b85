//! Two servers over one database: each sees what the other has done, and together they are one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use waymark_protocol::api::{ApiErrorCode, Challenge, Receipt, Recover};
use waymark_protocol::attachment::Part;
use waymark_protocol::genesis::recovery_auth_message;
use waymark_protocol::keys::SigningKey;

use super::Data;
use super::both::parts::{no_file_without_a_row, part};
use crate::support::{Binary, Desk, Http, Phone, Rng};

/// Two processes, and a desk that is registered at the first.
fn two() -> (Data, [Binary; 2], Desk) {
    let data = Data::new();
    let servers = [Binary::serve(&data), Binary::serve(&data)];
    let desk = Desk::new(servers[0].http, &data.token(&["--role", "admin"]));
    (data, servers, desk)
}

/// The same phone, at another server.
fn at(phone: &Phone, http: Http) -> Phone {
    Phone { http, ..phone.clone() }
}

#[test]
fn a_reader_that_waits_at_one_sees_a_push_to_the_other() {
    let (_data, [one, other], desk) = two();
    let mut phone = at(&Phone::join(&desk), other.http);
    let start = Instant::now();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| one.http.get(&desk.path("records?after=0&wait=30"), &desk.token).feed());
        thread::sleep(Duration::from_millis(300));
        assert!(!waiting.is_finished());
        phone.write("at the other");
        phone.sync();
        assert_eq!(waiting.join().unwrap().len(), 3);
    });
    assert!(start.elapsed() < Duration::from_secs(20), "it was told, not only read at the end of the wait");
}

#[test]
fn the_same_push_to_both_at_once_is_one_record() {
    let (data, [one, other], desk) = two();
    let mut phone = Phone::join(&desk);
    phone.sync();
    for round in 0..20 {
        phone.write(&format!("round {round}"));
        let (last, bytes) = (phone.log.len() as u64, phone.push_of(phone.log.len() as u64, phone.log.len() as u64));
        let receipts = thread::scope(|scope| {
            let pushes = [one.http, other.http, one.http, other.http].map(|http| {
                scope.spawn({
                    let (phone, bytes) = (&phone, &bytes);
                    move || http.push(&phone.token, bytes).ok::<Receipt>()
                })
            });
            pushes.map(|push| push.join().unwrap())
        });
        assert!(receipts.iter().all(|receipt| receipt.accepted_through == last));
    }
    let records = data.number("SELECT count(*) FROM record");
    assert_eq!((records, data.number("SELECT count(*) FROM checkpoint")), (21, 21));
}

#[test]
fn two_records_for_one_place_at_both_at_once_are_one_record_and_one_diverged() {
    let (data, [one, other], desk) = two();
    let mut phone = Phone::join(&desk);
    phone.sync();
    let mut twin = at(&phone, other.http);
    phone.http = one.http;
    phone.write("this");
    twin.write("that");
    let mut codes = thread::scope(|scope| {
        let pushes = [&phone, &twin].map(|phone| scope.spawn(|| phone.push_from(2).status));
        pushes.map(|push| push.join().unwrap())
    });
    codes.sort_unstable();
    assert_eq!(codes, [200, 409]);
    assert_eq!(data.number("SELECT count(*) FROM record"), 2);
}

#[test]
fn the_servers_order_has_no_gap_and_no_reader_skips_while_64_phones_push_through_both() {
    let (_data, [one, other], desk) = two();
    let https = [one.http, other.http];
    let phones: Vec<Phone> = (0..64).map(|n| at(&Phone::join(&desk), https[n % 2])).collect();
    let done = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let readers: Vec<_> = https
            .map(|http| {
                scope.spawn({
                    let (desk, done) = (&desk, &done);
                    move || follow(desk, http, done)
                })
            })
            .into();
        let pushers: Vec<_> = phones
            .into_iter()
            .map(|mut phone| {
                scope.spawn(move || {
                    for n in 0..6 {
                        phone.write(&format!("entry {n}"));
                        // Each push through the other process.
                        let to = phone.log.len() as u64;
                        let from = if to == 2 { 1 } else { to };
                        let http = https[(usize::from(phone.device().0[0]) + n) % 2];
                        assert_eq!(
                            http.push(&phone.token, &phone.push_of(from, to)).ok::<Receipt>().accepted_through,
                            to
                        );
                    }
                })
            })
            .collect();
        pushers.into_iter().for_each(|pusher| pusher.join().unwrap());
        done.store(true, Ordering::SeqCst);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
    });
    let all: Vec<u64> = (1..=64 * (7 + 6)).collect();
    for seen in seen {
        assert!(seen == all, "a reader has {} of {} items", seen.len(), all.len());
    }
}

/// Reads on from its cursor until the pushes are done and nothing is left.
fn follow(desk: &Desk, http: Http, done: &AtomicBool) -> Vec<u64> {
    let mut seen: Vec<u64> = Vec::new();
    loop {
        let finished = done.load(Ordering::SeqCst);
        let after = seen.last().copied().unwrap_or(0);
        let items = http.get(&desk.path(&format!("records?after={after}")), &desk.token).feed();
        if items.is_empty() && finished {
            return seen;
        }
        seen.extend(items.iter().map(|item| item.server_seq));
    }
}

#[test]
fn a_recovery_challenge_of_one_is_answered_to_the_other_once() {
    let (_data, [one, other], desk) = two();
    let phone = Phone::join(&desk);
    let challenge = one.http.send("POST", "/v1/recoveries/challenge", "", "", b"").unwrap().ok::<Challenge>().challenge;
    let (recovery_key, device_key) = (phone.recovery.recovery_key(), SigningKey::generate(&mut Rng).verifying_key());
    let answer = |http: Http| {
        let origin = format!("http://{}", http.0);
        let signature = recovery_key.sign(&recovery_auth_message(&origin, &challenge.0, &device_key));
        let recovery_key = recovery_key.verifying_key();
        http.post(
            "/v1/recoveries",
            "",
            &Recover { study: None, not: Vec::new(), challenge, origin, recovery_key, device_key, signature },
        )
    };
    assert_eq!(answer(other.http).status, 200);
    for http in [one.http, other.http] {
        assert_eq!(answer(http).refused(), (422, ApiErrorCode::NotProven, None));
    }
}

#[test]
fn what_is_revoked_or_made_at_one_counts_at_the_other_at_once() {
    let (data, [one, other], desk) = two();
    let token = data.token(&["--role", "researcher"]);
    for server in [&one, &other] {
        assert_eq!(server.http.get(&desk.path("records"), &token).status, 200);
    }
    let (secret, _) = desk.invite();
    let path = desk.path(&format!("invitations/{}", secret.code()));
    assert_eq!(other.http.get(&path, "").status, 200);
    one.http.send("DELETE", &path, &desk.token, "", b"").unwrap().done();
    assert_eq!(other.http.get(&path, "").refused(), (410, ApiErrorCode::InvitationGone, None));
}

#[test]
fn one_part_sent_to_both_at_once_is_kept_once_and_is_gone_with_its_record() {
    let (data, [one, other], desk) = two();
    let mut phone = Phone::join(&desk);
    let parts: Vec<Part> = (0..4).map(|n| part(40_000 + n)).collect();
    let record = phone.write_listing(&parts.iter().collect::<Vec<_>>());
    phone.sync();
    for part in &parts {
        thread::scope(|scope| {
            for http in [one.http, other.http, one.http, other.http] {
                scope.spawn({
                    let phone = &phone;
                    move || http.put_part(&phone.token, part).done()
                });
            }
        });
        assert!(other.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
    }
    no_file_without_a_row(&data);
    assert_eq!(data.number("SELECT count(*) FROM part"), 4);
    // While a part comes to one, its record is erased at the other: whichever is first, nothing stays.
    let again = at(&phone, other.http);
    phone.erase(Some(record.as_target()));
    thread::scope(|scope| {
        for part in &parts {
            scope.spawn(|| again.http.put_part(&again.token, part).done());
        }
        scope.spawn(|| phone.sync());
    });
    let start = Instant::now();
    while data.number("SELECT count(*) FROM part") > 0 || !crate::support::files_in(&data.parts()).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(10), "a part is still there");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_study_registered_at_both_at_once_is_one_study() {
    let data = Data::new();
    let servers = [Binary::serve(&data), Binary::serve(&data)];
    let admin = data.token(&["--role", "admin"]);
    let desk = Desk::new(servers[0].http, &admin);
    data.execute("TRUNCATE study CASCADE");
    let statuses = thread::scope(|scope| {
        let registering = servers
            .each_ref()
            .map(|server| scope.spawn(|| server.http.post("/v1/studies", &admin, &desk.registration()).status));
        registering.map(|registering| registering.join().unwrap())
    });
    assert_eq!(statuses, [200, 200]);
    assert_eq!((data.number("SELECT count(*) FROM study"), data.number("SELECT count(*) FROM document")), (1, 1));
}

#[test]
fn a_line_that_is_cut_is_found_again_and_nothing_is_missed() {
    let (data, [one, other], desk) = two();
    let mut phone = at(&Phone::join(&desk), other.http);
    // Longer than it takes to find the line again: whatever was said meanwhile is caught up with.
    thread::scope(|scope| {
        let waiting = scope.spawn(|| one.http.get(&desk.path("records?after=0&wait=30"), &desk.token).feed());
        thread::sleep(Duration::from_millis(300));
        data.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        phone.write("unheard");
        // The connections that were cut are noticed, and what has certainly not been kept is tried again.
        phone.sync();
        let start = Instant::now();
        assert_eq!(waiting.join().unwrap().len(), 3);
        assert!(start.elapsed() < Duration::from_secs(20), "only the end of the wait has shown it");
    });
}
