//! A participant may have so many bytes of records: refused whole beyond, by one count that every push and erasure carries on.

use std::thread;

use waymark_protocol::api::{ApiErrorCode, Orders, Receipt, Usage};
use waymark_protocol::record::Kind;
use waymark_server::config::Layer;

use super::Running;
use crate::support::{Desk, Phone};

/// Three long entries have room, and some small things.
const QUOTA: u64 = 220 * 1024;
const FULL: (u16, ApiErrorCode, Option<u64>) = (409, ApiErrorCode::Quota, None);

/// Some 60 KB.
fn write_long(phone: &mut Phone) {
    phone.write(&"long ".repeat(12_000));
}

fn bounded() -> (Running, Desk) {
    Running::with_desk_and(Layer { quota_of_records: Some("220KiB".parse().unwrap()), ..Layer::default() })
}

/// What is counted, which must be what is there.
#[track_caller]
fn counted(server: &Running) -> u64 {
    let counted = server.data.number("SELECT CAST(sum(record_bytes) AS BIGINT) FROM device");
    let there = "SELECT CAST(sum(length(header) + coalesce(length(slots), 0) + coalesce(length(body), 0)) AS BIGINT) FROM record";
    assert_eq!(counted, server.data.number(there));
    counted.unsigned_abs()
}

#[test]
fn what_is_beyond_the_quota_is_refused_whole_and_what_is_here_is_taken_again() {
    let (server, desk) = bounded();
    let mut phone = Phone::join(&desk);
    (0..3).for_each(|_| write_long(&mut phone));
    phone.sync();
    let before = counted(&server);
    phone.write("a short one");
    write_long(&mut phone);
    assert_eq!(phone.push_from(5).refused(), FULL);
    assert_eq!((phone.state().head.seq, counted(&server)), (4, before), "nothing half");
    assert_eq!(phone.push_from(1).refused(), FULL);
    let again: Receipt = phone.http.push(&phone.token, &phone.push_of(1, 4)).ok();
    assert_eq!(again.accepted_through, 4, "a lost reply costs nothing");
    let short: Receipt = phone.http.push(&phone.token, &phone.push_of(5, 5)).ok();
    assert_eq!(short.accepted_through, 5, "what has room is taken");
    // Another person has room of their own; the same person's second phone has not.
    let mut other = Phone::join(&desk);
    (0..3).for_each(|_| write_long(&mut other));
    other.sync();
    let mut second = phone.recovered();
    write_long(&mut second);
    assert_eq!(second.push_from(1).refused(), FULL);
    let usage: Usage = server.http.get(&desk.path("usage"), &server.token("data-manager")).ok();
    assert_eq!(usage.quota.records, Some(QUOTA));
    assert!(usage.participants.iter().all(|used| used.record_bytes <= QUOTA));
    assert_eq!(usage.participants.iter().map(|used| used.record_bytes).sum::<u64>(), counted(&server));
}

#[test]
fn taking_back_goes_through_at_the_bound_and_makes_room() {
    let (server, desk) = bounded();
    let mut phone = Phone::join(&desk);
    (0..3).for_each(|_| write_long(&mut phone));
    let full = |phone: &mut Phone| {
        phone.write_kind(Kind::Own, None, "own");
        phone.push_from(phone.state().head.seq + 1).status != 200
    };
    phone.sync();
    let refused = (0..1000).any(|_| full(&mut phone));
    assert!(refused, "it is full to the last kilobyte");
    // What was refused stays in the phone's log, and what is taken back is first copied for its writer.
    write_long(&mut phone);
    assert_eq!(phone.push_from(phone.state().head.seq + 1).refused(), FULL);
    for entry in [1, 2] {
        phone.erase(Some(phone.log[entry].as_target()));
    }
    phone.write_kind(Kind::Notice, None, "a notice");
    phone.sync();
    phone.write("there is room again");
    phone.sync();
    assert!(counted(&server) <= QUOTA);
    // What says nothing that can be read is bounded too.
    let endless = (0..1000).any(|_| {
        phone.write_kind(Kind::Notice, None, &"long ".repeat(3000));
        phone.push_from(phone.state().head.seq + 1).status != 200
    });
    assert!(endless && counted(&server) <= QUOTA + QUOTA / 2);
}

#[test]
fn pushes_that_come_at_once_do_not_pass_the_quota_together() {
    let (server, desk) = bounded();
    let phone = Phone::join(&desk);
    phone.sync();
    let mut phones: Vec<Phone> = (0..8).map(|_| phone.recovered()).collect();
    phones.iter_mut().for_each(write_long);
    let taken: usize = thread::scope(|scope| {
        let pushes: Vec<_> = phones.iter().map(|phone| scope.spawn(|| phone.push_from(1))).collect();
        let replies = pushes.into_iter().map(|push| push.join().unwrap());
        replies.filter(|reply| reply.status == 200 || (reply.refused() != FULL && panic!("{reply:?}"))).count()
    });
    assert!((1..8).contains(&taken), "{taken} of 8");
    assert!(counted(&server) <= QUOTA);
}

#[test]
fn the_count_is_what_is_there_after_every_kind_of_erasing() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (shared, content) = phone.write("shared");
    phone.grant(shared.as_target(), &content);
    let (own, _) = phone.write_kind(Kind::Own, None, "own");
    phone.write("an entry");
    phone.sync();
    counted(&server);
    phone.erase(Some(shared.as_target()));
    phone.erase(Some(shared.as_target()));
    phone.erase(Some(own.as_target()));
    phone.sync();
    counted(&server);
    // In one push: written, granted and erased; and erased before it comes.
    let (gone, content) = phone.write("gone in the same push");
    phone.grant(gone.as_target(), &content);
    phone.erase(Some(gone.as_target()));
    phone.sync();
    counted(&server);
    let mut second = phone.recovered();
    second.sync();
    let (ordered, _) = second.write("ordered before it came");
    let order = || desk.erasure(ordered.as_target());
    let orders = Orders { erasures: vec![order(), order()], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    let (later, _) = second.write("ordered when it was here");
    second.sync();
    counted(&server);
    let orders = Orders { erasures: vec![desk.erasure(later.as_target())], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    counted(&server);
    second.write("one");
    second.write("two");
    second.erase(None);
    phone.erase(None);
    second.sync();
    phone.sync();
    counted(&server);
    let server = server.restart();
    counted(&server);
}

/// Checkpoints as they were before they were found by their place in the log.
const SQLITE_CHECKPOINTS: &str = "
    CREATE TABLE old_checkpoint (
        id INTEGER PRIMARY KEY, study BLOB NOT NULL REFERENCES study, participant BLOB NOT NULL, device BLOB NOT NULL,
        seq INTEGER NOT NULL, link BLOB NOT NULL, local_head INTEGER NOT NULL, device_time INTEGER NOT NULL,
        signature BLOB NOT NULL, server_seq INTEGER NOT NULL, received_at INTEGER NOT NULL,
        late INTEGER NOT NULL DEFAULT 0, UNIQUE (study, device, signature), UNIQUE (study, server_seq),
        FOREIGN KEY (study, device) REFERENCES device
    );
    INSERT INTO old_checkpoint SELECT * FROM checkpoint;
    DROP TABLE checkpoint;
    ALTER TABLE old_checkpoint RENAME TO checkpoint;
    CREATE INDEX checkpoint_by_participant ON checkpoint (study, participant, server_seq);
";
const POSTGRES_CHECKPOINTS: &str =
    "ALTER TABLE checkpoint DROP CONSTRAINT checkpoint_pkey, ADD PRIMARY KEY (study, device, signature)";

#[test]
fn a_server_of_before_counts_what_is_there_when_it_is_brought_up_to_date() {
    let (server, mut desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (erased, _) = phone.write("erased");
    phone.write("kept");
    phone.erase(Some(erased.as_target()));
    let push = phone.push_of(1, phone.log.len() as u64);
    phone.http.push(&phone.token, &push).ok::<Receipt>();
    let (before, feed) = (counted(&server), desk.pull(0));
    let server = server.restart_after(|data| {
        let (checkpoints, back) = if data.database.is_some() {
            (POSTGRES_CHECKPOINTS, "UPDATE waymark_schema SET version = 2")
        } else {
            (SQLITE_CHECKPOINTS, "PRAGMA user_version = 4")
        };
        data.execute("ALTER TABLE device DROP COLUMN record_bytes");
        data.execute("DROP INDEX token_by_device");
        data.execute(checkpoints);
        data.execute(back);
    });
    assert_eq!(counted(&server), before);
    phone.http = server.http;
    desk.http = server.http;
    assert_eq!(desk.pull(0), feed, "checkpoints too");
    phone.http.push(&phone.token, &push).ok::<Receipt>();
    assert_eq!(desk.pull(0), feed, "what is there is not kept twice");
    phone.write("and on");
    phone.sync();
    assert!(counted(&server) > before);
}
