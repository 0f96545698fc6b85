//! The whole path: two people, ninety days without a connection, a server that is killed again and again, and a lost phone.

use std::time::Duration;

use crate::canary;
use crate::desk::{Read, count};
use crate::pilot::{Pilot, day};
use crate::process::scratch;
use crate::proxy::Fault;
use crate::receipts;
use crate::world::World;

const OFFLINE: &str = "offlineone";
const ONLINE: &str = "onlinetwo";
const FIRST: &str = "Annegret-of-the-north";
const SECOND: &str = "Bertrand-of-the-south";
/// When the connection comes back.
const BACK: i64 = 93;
const PUSH: &str = "POST /v1/device/records";

/// What a person wrote, and what the study may read of it in the end.
#[derive(Default)]
struct Written {
    shared: Vec<Read>,
    later: Vec<String>,
    withdrawn: Vec<String>,
    held: Vec<String>,
}

#[test]
fn after_ninety_days_offline_and_a_server_killed_in_pushes_the_desk_has_exactly_what_was_shared() {
    let world = World::new();
    let (first, second) = (world.person(FIRST), world.person(SECOND));
    let mut written = ninety_days(&first);
    let two = a_few_days_with_a_connection(&second);

    sync_while_the_server_is_killed(&world, &first.on(BACK));
    // What is shared later is held like everything else, from then on.
    written.later.iter().for_each(|entry| first.on(BACK).share(entry));
    first.on(BACK + 2).synced();
    assert!(receipts::all_are_kept(&world) > 100);
    let before = first.texts();
    let copies: Vec<String> = written.withdrawn.iter().map(|entry| first.on(BACK + 2).withdraw(entry)).collect();
    written.held.extend(hold_some_at_the_end(&first.on(BACK + 2)));
    first.on(BACK + 2).synced();

    let mut expected = [written.shared.as_slice(), &two].concat();
    expected.sort();
    let totals = world.desk.pulled(0);
    assert_eq!(world.desk.read(), expected, "the texts, byte for byte, by person and day");
    assert_eq!(count(&totals, "opened"), expected.len() as u64);
    assert_eq!(count(&totals, "erased"), written.withdrawn.len() as u64);
    // Kept private from the start 18 and 1, while held 18; copies of what was withdrawn 3; held at the end 3.
    assert_eq!((count(&totals, "private"), count(&totals, "waiting")), (43, 0), "{totals}");
    assert_eq!(world.desk.words(0), ["complete", "complete"]);
    for copy in &copies {
        assert_eq!(first.place(copy), "withdrawn");
    }
    for held in &written.held[..2] {
        assert_eq!(first.on(BACK + 2).place(held), "held");
    }
    assert_eq!(first.texts().len(), before.len() + 3);

    a_lost_phone_comes_back(&world, &first, &expected);
    nothing_is_legible(&world);
}

/// An entry every evening: kept private, held and then kept private, shared later, shared, or shared and withdrawn.
fn ninety_days(person: &Pilot) -> Written {
    let mut written = Written::default();
    for number in 1..=90_usize {
        let today = person.on(i64::try_from(number).expect("a day"));
        let short = canary::text(OFFLINE, number);
        // Long ones, so that there are several pushes.
        let text = if number % 2 == 0 { format!("{short}\n").repeat(500) } else { short };
        let about = today.now.date_naive().to_string();
        match number % 5 {
            0 => drop(today.private(&text)),
            1 => today.keep_private(&today.shared(&text)),
            2 => {
                written.later.push(today.private(&text));
                written.shared.push(Read { participant: FIRST.to_owned(), about, text });
            }
            _ => {
                let entry = today.shared(&text);
                if number % 30 == 3 {
                    written.withdrawn.push(entry);
                } else {
                    written.shared.push(Read { participant: FIRST.to_owned(), about, text });
                }
            }
        }
    }
    written
}

/// Entries that are still held at the end, and one that was and is private.
fn hold_some_at_the_end(person: &Pilot) -> Vec<String> {
    let entries: Vec<String> = (91..94).map(|number| person.shared(&canary::text(OFFLINE, number))).collect();
    person.keep_private(&entries[2]);
    entries
}

fn a_few_days_with_a_connection(person: &Pilot) -> Vec<Read> {
    let mut shared = Vec::new();
    for number in 1..=4_usize {
        let today = person.on(i64::try_from(number).expect("a day"));
        let text = canary::text(ONLINE, number);
        if number == 2 {
            today.private(&text);
        } else {
            today.shared(&text);
            shared.push(Read { participant: SECOND.to_owned(), about: today.now.date_naive().to_string(), text });
        }
        today.synced();
    }
    person.on(7).synced();
    shared
}

/// Kills the server at one moment or another of a push, again and again; then lets a sync come through.
///
/// The reply to that push is lost however far the server came, so that a sync ends there, on a slow machine and on a fast one.
fn sync_while_the_server_is_killed(world: &World, person: &Pilot) {
    let pauses = [0, 3, 8, 15, 25].map(Duration::from_millis);
    for (round, pause) in pauses.into_iter().enumerate() {
        // From the second round on the second push: so something is receipted, and something is under way.
        let before = usize::from(round > 0);
        let pushes = world.proxy.count(PUSH);
        world.proxy.after(PUSH, before, usize::MAX, Fault::LoseReply);
        let sync = person.start(&["sync", "--json"], &[]);
        assert!(world.proxy.wait_for(PUSH, pushes + before + 1), "nothing is left to push in round {round}");
        std::thread::sleep(pause);
        world.kill_server();
        sync.end().fails("can't be reached");
        world.proxy.calm();
        world.start_server();
        receipts::all_are_kept(world);
    }
    person.synced();
}

fn a_lost_phone_comes_back(world: &World, person: &Pilot, expected: &[Read]) {
    let (words, before) = (person.words(), person.texts());
    std::fs::remove_dir_all(&person.dir).expect("a phone can be lost");
    let restored = person.on(BACK + 10).at(day(BACK + 10));
    assert_eq!(restored.restore(&world.url(), &words).ok().trim(), format!("{} entries came back", before.len()));
    assert!(restored.texts() == before, "private ones too, byte for byte");
    // The hold of what was held is long over; but nobody has chosen to share it on this phone.
    restored.synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.read(), expected);
    let text = canary::text(OFFLINE, 95);
    restored.shared(&text);
    restored.on(BACK + 12).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts().contains(&text), "it carries on");
    assert_eq!(world.desk.words(0), ["complete"; 3]);
}

/// No plaintext in any file of server, vault, desk or log, nor in any packet; and no label where the server could see it.
fn nothing_is_legible(world: &World) {
    let stems = [canary::stem(OFFLINE), canary::stem(ONLINE)];
    assert!(canary::absent_below(&stems, world.root.path()) >= 5);
    canary::absent_below(&stems, scratch());
    let wire = world.proxy.bytes();
    assert!(wire.len() > 3_000_000, "{} bytes went over the wire", wire.len());
    canary::absent(&stems, "a packet", &wire);
    let labels = [FIRST.to_owned(), SECOND.to_owned()];
    canary::absent_below(&labels, &world.data());
    canary::absent(&labels, "a packet", &wire);
}
