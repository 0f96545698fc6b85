//! One byte flipped anywhere in the server's database: every program ends in an orderly way and by name, no wrong text is read, what is
//! incomplete is never called complete, and the phone has everything.

use std::fs;

use rusqlite::params;

use crate::database::{self, Database};
use crate::desk::Desk;
use crate::pilot::Pilot;
use crate::verdicts::{one_diary, readable};
use crate::world::{World, copy};

/// A world at rest, to come back to before each flip.
struct Pristine {
    world: World,
    pilot: Pilot,
    /// Has not pulled: all that it knows comes from the flipped database.
    desk: Desk,
    phone: Pilot,
}

impl Pristine {
    fn new() -> Self {
        let (world, pilot) = one_diary();
        world.proxy.hurry();
        world.stop_server();
        copy(&world.data(), &world.path("pristine-server"));
        let desk = world.desk.copied(&world.path("pristine-desk"));
        let phone = pilot.copied(&world.path("pristine-phone"));
        Self { world, pilot, desk, phone }
    }

    /// Flips, and lets everybody do what they do. Gives what the desk says and what it can read.
    fn after(&self, what: &str, flip: impl FnOnce(&Database)) -> Outcome {
        let world = &self.world;
        copy(&world.path("pristine-server"), &world.data());
        flip(&Database::open(&world.data()));
        self.outcome(what)
    }

    fn outcome(&self, what: &str) -> Outcome {
        let world = &self.world;
        let desk = self.desk.copied(&world.path("desk"));
        let phone = self.phone.copied(&self.pilot.dir);
        // A server that does not start says why, and is unreachable for everybody.
        let serves = world.try_start_server().is_ok();
        let synced = phone.on(6).sync();
        let pulled = desk.pull();
        for ended in [&synced, &pulled] {
            assert!(matches!(ended.code, 0 | 1 | 3), "{what}: {ended}");
            assert!(ended.code == 0 || !ended.stderr.is_empty(), "{what} is not named: {ended}");
        }
        let verified = desk.verify();
        let report = verified.json_of(&[0, 3]);
        let devices = report["devices"].as_array().expect("a list").clone();
        let complete = devices.iter().any(|device| device["state"] == "complete");
        let read = readable(&desk);
        if synced.code != 0 {
            assert_eq!(phone.list().len(), 5, "{what}: the phone has everything");
        }
        if complete {
            assert_eq!(devices[0]["seq"], 11, "{what}: {report}");
            assert_eq!(read, [0, 1, 2, 3], "{what} is called complete: {report}");
        }
        if serves {
            world.stop_server();
        }
        Outcome { read, complete, code: pulled.code }
    }
}

struct Outcome {
    read: Vec<i64>,
    complete: bool,
    code: i32,
}

#[test]
fn one_byte_in_one_record_harms_that_record_alone_and_is_named() {
    let pristine = Pristine::new();
    for (column, seq) in [("header", 4), ("slots", 4), ("body", 4), ("slots", 9), ("body", 2), ("body", 7)] {
        for place in [0.3, 1.0] {
            let what = format!("{column} of record {seq} at {place}");
            let outcome = pristine.after(&what, |database| {
                let bytes = database.blob(&format!("SELECT {column} FROM RECORDS WHERE seq = {seq}"));
                let sql = format!("UPDATE RECORDS SET {column} = ?1 WHERE seq = ?2");
                database.change(&sql, params![flipped(bytes, place), seq]);
            });
            assert_eq!((outcome.complete, outcome.code), (false, 3), "{what}");
            if column == "body" {
                let expected: Vec<i64> = (0..4).filter(|number| number + 3 != seq).collect();
                assert_eq!(outcome.read, expected, "{what}: the rest comes through");
            }
        }
    }
}

#[test]
fn one_byte_in_a_checkpoint_is_never_called_complete() {
    let pristine = Pristine::new();
    for column in ["link", "signature", "device"] {
        let outcome = pristine.after(column, |database| {
            let bytes = database.blob(&format!("SELECT {column} FROM CHECKPOINTS"));
            database.connection.pragma_update(None, "foreign_keys", false).expect("a setting");
            database.change(&format!("UPDATE CHECKPOINTS SET {column} = ?1"), params![flipped(bytes, 0.5)]);
        });
        assert!(!outcome.complete && outcome.read.is_empty(), "{column}");
    }
    for column in ["seq", "local_head", "device_time"] {
        let outcome = pristine.after(column, |database| {
            database.change(&format!("UPDATE CHECKPOINTS SET {column} = {column} + 1"), []);
        });
        assert!(!outcome.complete && outcome.read.is_empty(), "{column}");
    }
}

#[test]
fn one_byte_in_the_first_half_of_the_file_is_never_a_wrong_text() {
    anywhere(0, 2);
}

#[test]
fn one_byte_in_the_second_half_of_the_file_is_never_a_wrong_text() {
    anywhere(1, 2);
}

/// Flips at places spread over one part of the file. Zeros are stepped over: most are room that nothing uses.
fn anywhere(part: usize, parts: usize) {
    const FLIPS: usize = 10;
    let pristine = Pristine::new();
    let file = database::file(&pristine.world.data());
    let pristine_file =
        fs::read(database::file(&pristine.world.path("pristine-server"))).expect("the file can be read");
    let size = pristine_file.len() / parts;
    let mut named = 0;
    for number in 0..FLIPS {
        let from = part * size + number * size / FLIPS + (number * 7_919 + 101) % (size / FLIPS);
        let used = |at: &usize| pristine_file[*at] != 0;
        let at = (from..pristine_file.len()).find(used).expect("the end of the file is in use");
        copy(&pristine.world.path("pristine-server"), &pristine.world.data());
        let mut bytes = pristine_file.clone();
        bytes[at] ^= 1 << (number % 8);
        fs::write(&file, bytes).expect("the file can be written");
        let outcome = pristine.outcome(&format!("byte {at} of {}", pristine_file.len()));
        named += usize::from(outcome.code != 0);
    }
    assert!(named > 0, "none of the flips has hit anything that matters");
}

fn flipped(mut bytes: Vec<u8>, place: f64) -> Vec<u8> {
    let at = ((bytes.len() - 1) as f64 * place) as usize;
    bytes[at] ^= 0x10;
    bytes
}
