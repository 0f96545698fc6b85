//! Parts of attachments: whole or absent, one participant's alone, and gone with the last record that lists them.

use std::time::{Duration, Instant};

use memchr::memmem;
use waymark_protocol::Hash;
use waymark_protocol::api::ApiErrorCode::{BadRequest, Forbidden, NotFound, NotProven, Quota, RecordsFirst, TooLarge};
use waymark_protocol::api::{MAX_UNLISTED_BYTES, Orders, Usage};
use waymark_protocol::attachment::{MAX_PART_LEN, Part};
use waymark_server::config::Layer;

use super::{Data, Running};
use crate::support::{Binary, Desk, Phone, Reply, files_in, random};

pub fn part(len: usize) -> Part {
    Part::of(random::<32>().iter().copied().cycle().take(len).collect())
}

/// A phone that has written so many entries, each with a part, and sent all of it.
pub fn with_parts(desk: &Desk, entries: usize) -> Phone {
    let mut phone = Phone::join(desk);
    for n in 0..entries {
        let part = part(5000 + n);
        phone.write_listing(&[&part]);
        phone.http.put_part(&phone.token, &part).done();
    }
    phone.sync();
    phone
}

/// What a desk asks.
fn desk_part(desk: &Desk, phone: &Phone, part: &Part, token: &str) -> Reply {
    let participant = phone.certificate.participant;
    desk.http.get(&desk.path(&format!("parts/{}?participant={participant}", part.hash)), token)
}

fn holds(server: &Running, part: &Part) -> bool {
    memmem::find(&server.bytes(), &part.bytes[..32]).is_some()
}

#[track_caller]
pub fn gone_soon(server: &Running, part: &Part) {
    let start = Instant::now();
    while holds(server, part) {
        assert!(start.elapsed() < Duration::from_secs(10), "the part is still in the data folder");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Nothing lies in the folder of parts but what the database counts as kept.
#[track_caller]
pub fn no_file_without_a_row(data: &Data) {
    let start = Instant::now();
    loop {
        let kept = data.number("SELECT count(*) FROM part WHERE state = 1");
        let rows = data.number("SELECT count(*) FROM part");
        let files = files_in(&data.parts());
        if (kept, files.len() as i64) == (rows, rows) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "{kept} of {rows} rows are kept, the files are {files:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_participant_keeps_as_many_bytes_as_the_quota_says_and_the_study_as_its_own() {
    let quotas = Layer {
        quota_per_participant: Some("160KiB".parse().unwrap()),
        quota_per_study: Some("224KiB".parse().unwrap()),
        ..Layer::default()
    };
    let (server, desk) = Running::with_desk_and(quotas);
    let (one, other) = (Phone::join(&desk), Phone::join(&desk));
    // Each counts as 64 KiB.
    let put = |phone: &Phone| server.http.put_part(&phone.token, &part(1040));
    let full = (409, Quota, None);
    put(&one).done();
    put(&one).done();
    assert_eq!(put(&one).refused(), full, "the participant's");
    put(&other).done();
    assert_eq!(put(&other).refused(), full, "the study's");
    let usage: Usage = server.http.get(&desk.path("usage"), &server.token("data-manager")).ok();
    assert_eq!((usage.quota.participant, usage.quota.study), (Some(160 * 1024), Some(224 * 1024)));
}

#[test]
fn a_part_is_kept_and_handed_out_byte_for_byte_before_and_after_its_record_and_a_restart() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (early, late) = (part(MAX_PART_LEN), part(1040));
    assert_eq!(phone.http.part(&phone.token, &early.hash), None);
    phone.http.put_part(&phone.token, &early).done();
    phone.write_listing(&[&early, &late]);
    phone.sync();
    assert_eq!(desk_part(&desk, &phone, &late, &desk.token).refused(), (404, NotFound, None));
    phone.http.put_part(&phone.token, &late).done();
    phone.http.put_part(&phone.token, &late).done();
    let server = server.restart();
    let desk = Desk { http: server.http, ..desk };
    phone.http = server.http;
    for part in [&early, &late] {
        assert!(phone.http.part(&phone.token, &part.hash).as_deref() == Some(&part.bytes[..]));
        let reply = desk_part(&desk, &phone, part, &desk.token);
        assert!(reply.status == 200 && reply.body == part.bytes);
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    no_file_without_a_row(&server.data);
    let reads = "SELECT count(*) FROM audit WHERE action = 'part read'";
    assert_eq!(server.data.number(reads), 2, "each reading is noted");
}

#[test]
fn nobody_else_gets_a_part() {
    let (server, desk) = Running::with_desk();
    let (phone, stranger) = (Phone::join(&desk), Phone::join(&desk));
    let part = part(1040);
    phone.http.put_part(&phone.token, &part).done();
    assert_eq!(stranger.http.part(&stranger.token, &part.hash), None, "another participant");
    assert_eq!(desk_part(&desk, &stranger, &part, &desk.token).refused(), (404, NotFound, None));
    let other = Desk::new(server.http, &server.token("admin"));
    assert_eq!(desk_part(&desk, &phone, &part, &other.token).refused(), (403, Forbidden, None), "another study");
    assert_eq!(desk_part(&other, &phone, &part, &other.token).refused(), (404, NotFound, None));
    for role in ["admin", "data-manager", "auditor"] {
        assert_eq!(desk_part(&desk, &phone, &part, &server.token(role)).refused(), (403, Forbidden, None), "{role}");
    }
    assert_eq!(desk_part(&desk, &phone, &part, &phone.token).refused(), (403, Forbidden, None), "a phone's token");
    assert_eq!(phone.http.put_part(&desk.token, &part).refused(), (403, Forbidden, None), "a researcher's token");
    // The same bytes of two participants are two parts.
    stranger.http.put_part(&stranger.token, &part).done();
    assert!(stranger.http.part(&stranger.token, &part.hash).is_some());
    assert_eq!(files_in(&server.data.parts()).len(), 2);
}

#[test]
fn other_bytes_than_the_name_says_too_many_and_none_are_refused_and_nothing_is_kept() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let refused = |part: &Part| phone.http.put_part(&phone.token, part).refused();
    let mut flipped = part(1040);
    flipped.bytes[500] ^= 1;
    assert_eq!(refused(&flipped), (422, NotProven, None));
    assert_eq!(refused(&part(MAX_PART_LEN + 1)), (413, TooLarge, None));
    assert_eq!(refused(&Part::of(Vec::new())), (400, BadRequest, None));
    for name in ["00", &"G".repeat(64), &"AA".repeat(32), "..%2f..%2fwaymark.db"] {
        let path = format!("/v1/device/parts/{name}");
        let reply = phone.http.send("PUT", &path, &phone.token, "application/octet-stream", b"bytes").unwrap();
        assert_eq!(reply.refused(), (400, BadRequest, None), "{name}");
        assert_eq!(phone.http.get(&path, &phone.token).refused(), (400, BadRequest, None), "{name}");
    }
    let path = desk.path(&format!("parts/{}", Hash::ZERO));
    assert_eq!(desk.http.get(&path, &desk.token).refused(), (400, BadRequest, None), "no participant");
    assert!(files_in(&server.data.parts()).is_empty());
}

#[test]
fn a_damaged_or_lost_part_is_not_handed_out_and_can_be_sent_again() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let part = part(2064);
    phone.http.put_part(&phone.token, &part).done();
    let damages: [fn(&std::path::Path, &Part); 3] = [
        |file, part| std::fs::write(file, [&part.bytes[..2063], &[part.bytes[2063] ^ 1]].concat()).unwrap(),
        |file, part| std::fs::write(file, &part.bytes[..1000]).unwrap(),
        |file, _| std::fs::remove_file(file).unwrap(),
    ];
    for damage in damages {
        // What was damaged before is swept.
        no_file_without_a_row(&server.data);
        damage(&files_in(&server.data.parts()).remove(0), &part);
        assert_eq!(phone.http.part(&phone.token, &part.hash), None);
        assert_eq!(desk_part(&desk, &phone, &part, &desk.token).refused(), (404, NotFound, None));
        phone.http.put_part(&phone.token, &part).done();
        assert!(phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
    }
}

#[test]
fn parts_go_with_the_last_record_that_lists_them() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (alone, both) = (part(1040), part(70_000));
    let first = phone.write_listing(&[&alone, &both]);
    let second = phone.write_listing(&[&both]);
    phone.sync();
    for part in [&alone, &both] {
        phone.http.put_part(&phone.token, part).done();
        assert!(holds(&server, part));
    }
    phone.erase(Some(first.as_target()));
    phone.sync();
    gone_soon(&server, &alone);
    assert_eq!(phone.http.part(&phone.token, &alone.hash), None);
    assert!(phone.http.part(&phone.token, &both.hash).is_some(), "another record lists it");
    let order = Orders { erasures: vec![desk.erasure(second.as_target())], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &order).done();
    gone_soon(&server, &both);
    no_file_without_a_row(&server.data);
    // They do not come back.
    for part in [&alone, &both] {
        phone.http.put_part(&phone.token, part).done();
        assert_eq!(phone.http.part(&phone.token, &part.hash), None);
        assert!(!holds(&server, part), "nothing is kept of it");
    }
    // Unless something that stands lists them again.
    phone.write_listing(&[&both]);
    phone.sync();
    phone.http.put_part(&phone.token, &both).done();
    assert!(phone.http.part(&phone.token, &both.hash).is_some());
}

#[test]
fn a_part_that_cannot_be_deleted_keeps_no_other() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let mut parts = [part(1040), part(2064), part(3088)];
    parts.sort_by_key(|part| part.hash.0);
    let record = phone.write_listing(&parts.each_ref());
    phone.sync();
    for part in &parts {
        phone.http.put_part(&phone.token, part).done();
    }
    // A folder in its place: no file is deleted there.
    let first = parts[0].hash.to_string();
    let files = files_in(&server.data.parts());
    let in_the_way = files.iter().find(|file| file.to_string_lossy().contains(&first)).unwrap();
    std::fs::remove_file(in_the_way).unwrap();
    std::fs::create_dir(in_the_way).unwrap();
    phone.erase(Some(record.as_target()));
    phone.sync();
    gone_soon(&server, &parts[1]);
    gone_soon(&server, &parts[2]);
    std::fs::remove_dir(in_the_way).unwrap();
    no_file_without_a_row(&server.data);
}

#[test]
fn erasing_everything_takes_all_parts_and_one_persons_erasure_leaves_anothers() {
    let (server, desk) = Running::with_desk();
    let (mut phone, mut other) = (Phone::join(&desk), Phone::join(&desk));
    let (one, two) = (part(1040), part(2064));
    for phone in [&mut phone, &mut other] {
        phone.write_listing(&[&one]);
        phone.write_listing(&[&two]);
        phone.sync();
        phone.http.put_part(&phone.token, &one).done();
        phone.http.put_part(&phone.token, &two).done();
    }
    phone.erase(None);
    phone.sync();
    let start = Instant::now();
    while files_in(&server.data.parts()).len() > 2 {
        assert!(start.elapsed() < Duration::from_secs(10), "the parts are still there");
        std::thread::sleep(Duration::from_millis(20));
    }
    for part in [&one, &two] {
        assert_eq!(phone.http.part(&phone.token, &part.hash), None);
        assert!(other.http.part(&other.token, &part.hash).is_some());
    }
}

#[test]
fn a_part_that_came_before_a_record_that_is_erased_on_arrival_goes() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.sync();
    let part = part(3000);
    phone.http.put_part(&phone.token, &part).done();
    let record = phone.write_listing(&[&part]);
    let order = Orders { erasures: vec![desk.erasure(record.as_target())], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &order).done();
    assert!(holds(&server, &part), "the server cannot know yet that the record lists it");
    phone.sync();
    gone_soon(&server, &part);
    no_file_without_a_row(&server.data);
}

#[test]
fn parts_that_no_record_lists_do_not_fill_the_disk() {
    let (_server, desk) = Running::with_desk();
    let (mut phone, other) = (Phone::join(&desk), Phone::join(&desk));
    let fit = usize::try_from(MAX_UNLISTED_BYTES).unwrap() / MAX_PART_LEN;
    let parts: Vec<Part> = (0..fit + 2).map(|_| part(MAX_PART_LEN)).collect();
    for part in &parts[..fit] {
        phone.http.put_part(&phone.token, part).done();
    }
    assert_eq!(phone.http.put_part(&phone.token, &parts[fit]).refused(), (409, RecordsFirst, None));
    assert_eq!(phone.http.part(&phone.token, &parts[fit].hash), None);
    phone.http.put_part(&phone.token, &parts[0]).done();
    other.http.put_part(&other.token, &parts[fit]).done();
    // What a record lists is taken, and makes room.
    phone.write_listing(&[&parts[0], &parts[fit]]);
    phone.sync();
    phone.http.put_part(&phone.token, &parts[fit]).done();
    phone.http.put_part(&phone.token, &parts[fit + 1]).done();
    let one_more = phone.http.put_part(&phone.token, &part(MAX_PART_LEN));
    assert_eq!(one_more.refused(), (409, RecordsFirst, None));
}

#[test]
fn many_small_parts_that_no_record_lists_count_for_more_than_their_bytes() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.http.put_part(&phone.token, &part(16)).done();
    // So many others of the kind that one more has room.
    let others = MAX_UNLISTED_BYTES / (64 * 1024) - 2;
    server.data.execute(&format!(
        "INSERT INTO part (study, participant, hash, name, len, state, since)
         WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {others})
         SELECT study, participant, hash, 'other' || n, len, 0, since FROM part, number"
    ));
    phone.http.put_part(&phone.token, &part(16)).done();
    assert_eq!(phone.http.put_part(&phone.token, &part(16)).refused(), (409, RecordsFirst, None));
}

#[test]
fn whatever_was_acknowledged_is_there_whole_after_every_kill_and_nothing_else_is() {
    let data = Data::new();
    let admin = data.token(&["--role", "admin"]);
    let mut server = Binary::serve(&data);
    let desk = Desk::new(server.http, &admin);
    let mut phone = Phone::join(&desk);
    let (mut kept, mut erased): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    for round in 0..8_u64 {
        phone.http = server.http;
        let parts: Vec<Part> = (0..40).map(|n| part(1000 + n * 20_000)).collect();
        let records: Vec<_> = parts.iter().map(|part| phone.write_listing(&[part])).collect();
        phone.sync();
        let pushing = phone.clone();
        let (acknowledging, acknowledged) = std::sync::mpsc::channel();
        let putting = std::thread::spawn(move || {
            let taken = |part: &&Part| {
                let taken = pushing.http.try_put_part(&pushing.token, part).is_ok_and(|reply| reply.status == 204);
                // Nobody listens any more once the server is to be killed.
                let _ = acknowledging.send(());
                taken
            };
            let done = parts.iter().take_while(taken).count();
            (parts, done)
        });
        // Something is acknowledged, on a slow disk too; then the end comes at one moment or another.
        for _ in 0..2 {
            acknowledged.recv_timeout(Duration::from_secs(60)).unwrap();
        }
        std::thread::sleep(Duration::from_millis(13 * round));
        server.kill();
        let (mut parts, done) = putting.join().unwrap();
        // Long ago: nobody sends any more what was arriving.
        data.wait_until_nobody_is_connected();
        data.execute("UPDATE part SET since = 0 WHERE state = 0");
        server = Binary::serve(&data);
        phone.http = server.http;
        for part in &parts[..done] {
            assert!(phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes), "round {round}");
        }
        if let Some(first) = records.first().filter(|_| done > 0) {
            // Killed at once after the receipt of the erasure: the next start must finish it.
            phone.erase(Some(first.as_target()));
            phone.sync();
            server.kill();
            server = Binary::serve(&data);
            phone.http = server.http;
            erased.push(parts.remove(0));
            kept.extend(parts.into_iter().take(done - 1));
        }
        no_file_without_a_row(&data);
    }
    assert!(!kept.is_empty() && !erased.is_empty());
    assert!(kept.iter().all(|part| phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes)));
    let names: Vec<String> =
        files_in(&data.parts()).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert!(erased.iter().all(|part| names.iter().all(|name| !name.starts_with(&part.hash.to_string()))));
}

#[test]
fn a_file_that_the_database_does_not_know_is_removed_when_nobody_can_be_sending_it() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let (known, unknown, young) = (part(2064), part(5000), part(3000));
    phone.http.put_part(&phone.token, &known).done();
    let beside = files_in(&server.data.parts()).remove(0);
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(3600);
    for (part, written) in [(&unknown, Some(long_ago)), (&young, None)] {
        let path = beside.with_file_name(format!("{}-0011223344556677", part.hash));
        std::fs::write(&path, &part.bytes).unwrap();
        if let Some(written) = written {
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
        }
    }
    std::fs::File::options().write(true).open(&beside).unwrap().set_modified(long_ago).unwrap();
    let server = server.restart();
    gone_soon(&server, &unknown);
    assert!(holds(&server, &young), "its row may be about to come");
    assert!(server.http.part(&phone.token, &known.hash).is_some(), "known, and as old");
}

#[test]
fn after_a_restore_from_an_older_copy_of_the_database_a_part_can_be_sent_again() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let part = part(2064);
    phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();
    server.data.execute("DELETE FROM part");
    assert_eq!(phone.http.part(&phone.token, &part.hash), None);
    phone.http.put_part(&phone.token, &part).done();
    assert!(phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
    assert_eq!(files_in(&server.data.parts()).len(), 2, "the old file is under another name");
}
