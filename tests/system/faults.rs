//! A way to the server that breaks in every way: each is named in one sentence, nothing is lost, and afterwards all converges.

use crate::canary;
use crate::database::Database;
use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::receipts;
use crate::world::World;

const STATE: &str = "GET /v1/device/state";
const PUSH: &str = "POST /v1/device/records";
const FEED: &str = "GET /v1/studies/";

#[test]
fn with_the_server_gone_everything_waits_and_goes_when_it_is_back() {
    let world = World::new();
    let pilot = world.person("Ana");
    let text = canary::text("unreached", 1);
    let entry = pilot.shared(&text);
    world.stop_server();
    let away = pilot.on(3);
    away.sync().fails("can't be reached: everything is safe here");
    assert_eq!(away.place(&entry), "waiting");
    assert_eq!(away.texts().len(), 1);
    world.desk.pull().fails("cannot be reached");
    world.start_server();
    away.synced();
    world.desk.pulled(0);
    assert_eq!(away.place(&entry), "with-study");
    assert_eq!(world.desk.texts(), [text]);
}

#[test]
fn every_broken_answer_is_named_and_the_next_sync_brings_everything() {
    let world = World::new();
    let pilot = world.person("Ana");
    let (garbage, trouble, away) = ("not one that a Waymark server gives", "trouble of its own", "can't be reached");
    let html = || Fault::answer("200 OK", "content-type: text/html\r\n", "<html>Log in to the Wi-Fi</html>");
    let deep = "[".repeat(100_000);
    let faults = [
        (STATE, Fault::answer("500 Internal Server Error", "", "oops"), trouble),
        (STATE, Fault::answer("503 Service Unavailable", "retry-after: 120\r\n", ""), trouble),
        (STATE, Fault::answer("429 Too Many Requests", "retry-after: soon\r\n", "{}"), trouble),
        (STATE, html(), garbage),
        (STATE, Fault::answer("204 No Content", "", ""), garbage),
        (STATE, Fault::answer("200 OK", "", &deep), garbage),
        (STATE, Fault::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), garbage),
        (STATE, Fault::answer("404 Not Found", "", "<html>nginx</html>"), garbage),
        (STATE, Fault::Answer(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()), away),
        (STATE, Fault::Endless, garbage),
        (STATE, Fault::Truncate, away),
        (STATE, Fault::Cut, away),
        (PUSH, Fault::answer("500 Internal Server Error", "", "oops"), trouble),
        (PUSH, html(), garbage),
        (PUSH, Fault::json(|receipt| receipt["accepted_through"] = 1_000_000.into()), garbage),
        (PUSH, Fault::json(|receipt| receipt["link"] = "00".repeat(32).into()), garbage),
        (PUSH, Fault::LoseReply, away),
        (PUSH, Fault::Truncate, away),
        (PUSH, Fault::Cut, away),
    ];
    for (number, (call, fault, says)) in faults.into_iter().enumerate() {
        let today = pilot.on(i64::try_from(number).expect("a day"));
        if number % 3 == 0 || call == PUSH {
            today.shared(&canary::text("brokenway", number));
        }
        world.proxy.next(call, 1, fault);
        today.sync().fails(says);
        world.proxy.calm();
    }
    let written = pilot.texts();
    let last = pilot.on(40);
    last.synced();
    assert_eq!(
        receipts::all_are_kept(&world) as i64,
        Database::open(&world.data()).number("SELECT count(*) FROM RECORDS")
    );
    world.desk.pulled(0);
    let read: Vec<_> = world.desk.read().into_iter().map(|read| (read.about, read.text)).collect();
    assert_eq!(read, written, "each once");
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_receipt_for_other_bytes_than_the_phones_own_is_not_believed() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.synced();
    let entry = pilot.shared("not received");
    let receipt = world.proxy.calls().into_iter().rev().find(|call| call.line.starts_with(PUSH));
    let old = receipt.and_then(|call| call.reply).expect("a receipt");
    let old = String::from_utf8(old).expect("JSON");
    // The server takes nothing, and gives an old receipt again; then one with a higher number.
    world.proxy.next(PUSH, 1, Fault::answer("200 OK", "", &old));
    pilot.on(3).sync().fails("not one that a Waymark server gives");
    assert_eq!(pilot.on(3).place(&entry), "waiting");
    let higher = old.replacen("\"accepted_through\":2", "\"accepted_through\":4", 1);
    assert_ne!(higher, old);
    world.proxy.next(PUSH, 1, Fault::answer("200 OK", "", &higher));
    pilot.on(3).sync().fails("not one that a Waymark server gives");
    assert_eq!(pilot.on(3).place(&entry), "waiting");
    pilot.on(3).synced();
    assert_eq!(pilot.on(3).place(&entry), "with-study");
}

#[test]
fn broken_answers_to_the_desk_are_named_and_change_nothing_that_it_has() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared("before");
    pilot.on(3).synced();
    world.desk.pulled(0);
    pilot.on(4).shared("after");
    pilot.on(7).synced();
    for (fault, says) in [
        (Fault::answer("500 Internal Server Error", "", "oops"), "server-trouble"),
        (Fault::answer("200 OK", "", "<html>Log in to the Wi-Fi</html>"), "server-garbage"),
        (Fault::answer("200 OK", "waymark-epoch: 1\r\nwaymark-head: x\r\n", ""), "server-garbage"),
        (Fault::answer("302 Found", "location: http://127.0.0.1:9/\r\n", ""), "server-"),
        (
            Fault::Rewrite(std::sync::Arc::new(|mut body| {
                body.truncate(body.len() / 2);
                body
            })),
            "server-garbage",
        ),
        (
            Fault::Rewrite(std::sync::Arc::new(|mut body| {
                body.push(0);
                body
            })),
            "server-garbage",
        ),
        (Fault::Truncate, "server-unreachable"),
        (Fault::Cut, "server-unreachable"),
    ] {
        world.proxy.next(FEED, 5, fault);
        world.desk.pull().fails(says);
        world.proxy.calm();
        assert_eq!(world.desk.texts(), ["before"]);
    }
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["before", "after"]);
    assert_eq!(world.desk.words(0), ["complete"]);
}

#[test]
fn a_diary_that_is_open_in_one_process_is_in_use_for_another() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared("while nobody else writes");
    world.proxy.next(STATE, 1, Fault::Hold);
    let states = world.proxy.count(STATE);
    let first = pilot.on(3).start(&["sync", "--json"], &[]);
    assert!(world.proxy.wait_for(STATE, states + 1));
    let second = pilot.on(3);
    second.start(&["write", "--share"], b"meanwhile").end().fails("in use");
    second.run(&["list"]).fails("in use");
    world.proxy.release();
    first.end().ok();
    second.shared("afterwards");
    second.on(6).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["while nobody else writes", "afterwards"]);
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_harms_nothing() {
    let world = World::new();
    let pilot = world.person("Ana");
    let entry = pilot.private("mine");
    for command in [&["list"][..], &["write", "--text", "x"], &["sync"], &["words"], &["withdraw", "--entry", &entry]] {
        pilot.start_with("another passphrase", command, &[]).end().fails("does not open");
    }
    assert_eq!(pilot.texts().len(), 1);
    let weak = Pilot::new(&world.path("b"));
    let link = world.desk.invite("Ben");
    weak.start_with("short", &["join", "--consent", "all", "--invitation", &link], &[]).end().fails("8 characters");
    weak.join(&link).ok();
}
