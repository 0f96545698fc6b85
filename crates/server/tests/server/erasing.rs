//! Erasing: the bytes go, in any order of arrival, and do not come back.

use std::time::{Duration, Instant};

use memchr::memmem;
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Kind, Record, link};

use super::Running;
use crate::support::{Desk, Phone};

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    memmem::find(haystack, needle).is_some()
}

/// The embedded engine empties its log when it is idle; PostgreSQL's files are swept.
#[track_caller]
pub fn gone_soon(server: &Running, needle: &[u8]) {
    server.data.sweep();
    let start = Instant::now();
    while holds(&server.data.all_bytes(), needle) {
        assert!(start.elapsed() < Duration::from_secs(10), "the bytes are still in the files");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn item_of<'a>(items: &'a [FeedItem], record: &Record) -> &'a RawItem {
    let of = |item: &&FeedItem| match &item.item {
        RawItem::Record(header, ..) | RawItem::Tombstone(header, ..) => header == record.header_bytes(),
        RawItem::Checkpoint(_) => false,
    };
    &items.iter().find(of).expect("never dropped").item
}

#[track_caller]
fn assert_tombstone(desk: &Desk, record: &Record) {
    let items = desk.pull(0);
    let RawItem::Tombstone(header, slots, body) = item_of(&items, record) else { panic!("it is still whole") };
    assert_eq!(link(header, slots, body), record.link(), "the chain still proves the rest");
}

#[track_caller]
fn assert_whole(desk: &Desk, record: &Record) {
    assert!(matches!(item_of(&desk.pull(0), record), RawItem::Record(..)), "it is a tombstone");
}

#[test]
fn an_erased_body_is_gone_from_every_file_and_its_chain_holds() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    // A long one too: it lies on pages of its own.
    let (short, _) = phone.write("short");
    let (long, _) = phone.write(&"long ".repeat(20_000));
    phone.sync();
    let canaries: Vec<Vec<u8>> = [&short, &long].iter().map(|record| record.body()[200..240].to_vec()).collect();
    let slots = short.slots_bytes()[60..100].to_vec();
    let before = server.data.all_bytes();
    assert!(canaries.iter().chain([&slots]).all(|canary| holds(&before, canary)));
    phone.erase(Some(short.as_target()));
    phone.erase(Some(long.as_target()));
    phone.sync();
    canaries.iter().chain([&slots]).for_each(|canary| gone_soon(&server, canary));
    assert_tombstone(&desk, &short);
    assert_tombstone(&desk, &long);
}

#[test]
fn pushing_an_erased_record_again_succeeds_and_stores_nothing() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (record, _) = phone.write("gone");
    phone.sync();
    phone.erase(Some(record.as_target()));
    phone.sync();
    assert_eq!(phone.push_from(1).status, 200);
    assert_tombstone(&desk, &record);
    gone_soon(&server, &record.body()[100..140]);
}

#[test]
fn grants_before_and_after_an_erase_lose_their_slots() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (record, content) = phone.write("shared");
    let before = phone.grant(record.as_target(), &content);
    phone.sync();
    assert_whole(&desk, &before);
    phone.erase(Some(record.as_target()));
    let after = phone.grant(record.as_target(), &content);
    phone.sync();
    assert_tombstone(&desk, &before);
    assert_tombstone(&desk, &after);
}

#[test]
fn a_record_erased_before_it_arrives_is_a_tombstone_from_the_start() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.sync();
    let (record, _) = phone.write("ordered away");
    let order = desk.erasure(record.as_target());
    let orders = waymark_protocol::api::Orders { erasures: vec![order], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    phone.sync();
    assert_tombstone(&desk, &record);
    gone_soon(&server, &record.body()[100..140]);
}

#[test]
fn record_and_erase_in_one_push_leave_a_tombstone() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (record, _) = phone.write("never mind");
    phone.erase(Some(record.as_target()));
    phone.sync();
    assert_tombstone(&desk, &record);
}

#[test]
fn erasures_that_come_together_each_hit_what_came_before_them_and_nothing_else() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let before: Vec<Record> = ["one", "two", "three"].map(|text| phone.write(text).0).to_vec();
    phone.sync();
    // One push: two erasures, what they do not hit, a grant of what they have hit, two more of which one hits what just came.
    phone.erase(Some(before[0].as_target()));
    phone.erase(Some(before[1].as_target()));
    let (between, content) = phone.write("between");
    phone.grant(before[0].as_target(), &content);
    let grant = phone.log.last().unwrap().clone();
    phone.erase(Some(between.as_target()));
    phone.erase(Some(before[1].as_target()));
    let (after, _) = phone.write("after");
    phone.sync();
    for record in [&before[0], &before[1], &between, &grant] {
        assert_tombstone(&desk, record);
    }
    for record in [&before[2], &after] {
        assert_whole(&desk, record);
    }
    assert_eq!(server.data.number("SELECT count(*) FROM erasure"), 3 + i64::from(server.data.database.is_none()));
}

#[test]
fn an_erase_of_everything_takes_entries_and_notices_and_leaves_the_rest() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let kinds = [Kind::Entry, Kind::Consent, Kind::Notice, Kind::Own];
    let records = kinds.map(|kind| phone.write_kind(kind, None, "text").0);
    phone.sync();
    phone.erase(None);
    let (later, _) = phone.write("after");
    phone.sync();
    assert_tombstone(&desk, &records[0]);
    assert_whole(&desk, &records[1]);
    assert_tombstone(&desk, &records[2]);
    assert_whole(&desk, &records[3]);
    assert_whole(&desk, &later);
}

#[test]
fn an_erase_aimed_at_consent_or_at_another_person_changes_nothing() {
    let (_server, desk) = Running::with_desk();
    let (mut phone, mut other) = (Phone::join(&desk), Phone::join(&desk));
    let (consent, _) = phone.write_kind(Kind::Consent, None, "yes");
    let (theirs, _) = other.write("somebody else's");
    other.sync();
    phone.erase(Some(consent.as_target()));
    phone.erase(Some(theirs.as_target()));
    let (not_yet, _) = other.write("not there yet");
    phone.erase(Some(not_yet.as_target()));
    phone.sync();
    other.sync();
    assert_whole(&desk, &consent);
    assert_whole(&desk, &theirs);
    assert_whole(&desk, &not_yet);
}
