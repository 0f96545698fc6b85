//! The database's server is killed under load and comes back: nothing that was receipted is lost, nothing is there twice, and the
//! study server needs no help.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use waymark_protocol::api::{ApiErrorCode, Receipt};
use waymark_protocol::record::wire::RawItem;

use super::Data;
use crate::support::{Binary, Desk, Phone, TestDatabase, restart_spare};

#[test]
fn a_database_that_is_killed_under_load_loses_nothing_and_is_found_again() {
    let data = Data::over(Some(TestDatabase::spare()));
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let phones: Vec<Phone> = (0..8).map(|_| Phone::join(&desk)).collect();
    let receipted = AtomicU64::new(0);
    let (enough, restarts) = (60, 2);
    let phones: Vec<(Phone, u64)> = thread::scope(|scope| {
        let pushers: Vec<_> = phones
            .into_iter()
            .map(|phone| scope.spawn(|| push_on(phone, &receipted, 8 * enough * (restarts + 1))))
            .collect();
        for restart in 1..=restarts {
            wait_for(&receipted, 8 * enough * restart);
            restart_spare();
        }
        pushers.into_iter().map(|pusher| pusher.join().unwrap()).collect()
    });
    let stored: Vec<RawItem> = desk.pull(0).into_iter().map(|item| item.item).collect();
    for (phone, receipted) in &phones {
        assert!(phone.state().head.seq >= *receipted);
        for record in &phone.log[..usize::try_from(*receipted).unwrap()] {
            let times = stored
                .iter()
                .filter(|item| matches!(item, RawItem::Record(header, ..) if header == record.header_bytes()));
            assert_eq!(times.count(), 1);
        }
    }
}

/// Pushes one record after the other, again after trouble, until all phones together have `enough`.
fn push_on(mut phone: Phone, receipted: &AtomicU64, enough: u64) -> (Phone, u64) {
    let mut last = 0;
    while receipted.load(Ordering::SeqCst) < enough {
        phone.write("one more");
        let to = phone.log.len() as u64;
        let give_up = Instant::now() + Duration::from_secs(60);
        loop {
            let reply = phone.http.push(&phone.token, &phone.push_of(last + 1, to));
            if reply.status == 200 {
                last = reply.ok::<Receipt>().accepted_through;
                receipted.fetch_add(1, Ordering::SeqCst);
                break;
            }
            assert_eq!(reply.refused(), (503, ApiErrorCode::Trouble, None));
            assert!(reply.header("retry-after").is_some());
            assert!(Instant::now() < give_up, "the database is not found again");
            thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(last, to);
    }
    (phone, last)
}

fn wait_for(receipted: &AtomicU64, enough: u64) {
    let start = Instant::now();
    while receipted.load(Ordering::SeqCst) < enough {
        assert!(start.elapsed() < Duration::from_secs(120), "too slow");
        thread::sleep(Duration::from_millis(5));
    }
}
