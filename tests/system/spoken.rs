//! Voice notes by the diary itself: spoken, shared, heard at the desk, taken back, and brought back by 24 words.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::canary;
use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::world::World;

/// Three parts of what does not compress, and a canary in the middle of each.
fn sound(number: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(number as u64 + 1) | 1;
    let mut noise = |len: usize| -> Vec<u8> {
        let byte = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..len).map(byte).collect()
    };
    let canary = canary::text("spokensound", number).into_bytes();
    let part = |noise: &mut dyn FnMut(usize) -> Vec<u8>| [noise(400_000), canary.clone(), noise(400_000)].concat();
    (0..3).flat_map(|_| part(&mut noise)).collect()
}

struct Speaker<'w> {
    world: &'w World,
    pilot: Pilot,
}

impl Speaker<'_> {
    /// Says something; the recording's file is gone right after, as if it never had been one.
    #[track_caller]
    fn says(&self, readers: &str, sound: &[u8]) -> String {
        let file = self.world.path("said.webm");
        fs::write(&file, sound).expect("written");
        let path = file.to_str().expect("a plain name").to_owned();
        let written = self.pilot.run(&["write", readers, "--json", "--voice", &path]).json();
        fs::remove_file(file).expect("removed");
        written["entry"].as_str().expect("an id").to_owned()
    }

    #[track_caller]
    fn hears(&self, entry: &str) -> Vec<u8> {
        let file = self.world.path("heard.webm");
        let path = file.to_str().expect("a plain name").to_owned();
        self.pilot.run(&["voice", "--entry", entry, "--out", &path]).ok();
        let heard = fs::read(&file).expect("read");
        fs::remove_file(file).expect("removed");
        heard
    }
}

fn exported(world: &World) -> (Vec<Value>, PathBuf) {
    let out = world.path("out.jsonl");
    world.desk.run(&["export", "--format", "jsonl", "--out", out.to_str().expect("a plain name")]).ok();
    let lines = fs::read_to_string(&out).expect("the export is there");
    (lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(), world.path("out.jsonl.audio"))
}

fn files_below(folder: &Path) -> usize {
    let items = fs::read_dir(folder).into_iter().flatten().flatten();
    items.map(|item| if item.path().is_dir() { files_below(&item.path()) } else { 1 }).sum()
}

#[test]
fn a_spoken_entry_reaches_the_desk_is_taken_back_and_comes_back_on_a_new_phone_byte_for_byte() {
    let world = World::new();
    let speaker = Speaker { pilot: world.person("Ana"), world: &world };
    let (shared, private) = (sound(1), sound(2));
    let spoken = speaker.says("--share", &shared);
    let kept = speaker.says("--private", &private);
    assert_eq!(speaker.pilot.list()[0]["voice"].as_array().map(Vec::len), Some(1));
    speaker.pilot.synced();
    speaker.pilot.on(3).synced();
    assert_eq!(files_below(&world.data().join("parts")), 6);

    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
    let (rows, folder) = exported(&world);
    assert_eq!(rows.len(), 1, "the private one is the writer's alone");
    let file = world.root.path().join(rows[0]["voice"][0]["file"].as_str().expect("a file"));
    assert!(fs::read(file).expect("the recording is there") == shared);
    fs::remove_dir_all(folder).expect("the export is put away");
    fs::remove_file(world.path("out.jsonl")).expect("the export is put away");

    // On no disk and in no packet is anything of it in the clear.
    let needles = [canary::stem("spokensound")];
    assert!(canary::absent_below(&needles, world.root.path()) > 10);
    canary::absent(&needles, "a packet", &world.proxy.bytes());

    let copy = speaker.pilot.on(4).withdraw(&spoken);
    speaker.pilot.on(4).synced();
    let start = Instant::now();
    while files_below(&world.data().join("parts")) != 6 {
        assert!(start.elapsed() < Duration::from_secs(10), "three old parts are gone, three new ones there");
        std::thread::sleep(Duration::from_millis(20));
    }
    world.desk.pulled(0);
    assert!(exported(&world).0.is_empty());
    assert!(speaker.hears(&copy) == shared, "the writer keeps it");

    let words = speaker.pilot.words();
    let new = Speaker { pilot: Pilot::new(&world.path("new")).on(20), world: &world };
    assert_eq!(new.pilot.restore(&world.url(), &words).ok().trim(), "2 entries came back");
    new.pilot.synced();
    assert!(new.hears(&copy) == shared);
    assert!(new.hears(&kept) == private);
    assert!(canary::absent_below(&needles, &world.path("new")) > 0);
}

#[test]
fn parts_that_get_lost_in_any_way_arrive_by_themselves_and_a_restore_that_breaks_goes_on() {
    let world = World::new();
    let speaker = Speaker { pilot: world.person("Ana"), world: &world };
    let spoken = sound(3);
    let entry = speaker.says("--private", &spoken);
    let (part, cut) = ("PUT /v1/device/parts", "can't be reached");
    for (call, skip, fault, says) in [
        ("HEAD /v1/device/parts", 1, Fault::Cut, cut),
        (part, 0, Fault::Cut, cut),
        (part, 0, Fault::LoseReply, cut),
        (part, 0, Fault::answer("503 Service Unavailable", "", "{}"), "trouble"),
    ] {
        world.proxy.after(call, skip, 1, fault);
        speaker.pilot.sync().fails(says);
        world.proxy.calm();
    }
    speaker.pilot.synced();
    assert_eq!(files_below(&world.data().join("parts")), 3);

    let new = Speaker { pilot: Pilot::new(&world.path("new")).on(20), world: &world };
    new.pilot.restore(&world.url(), &speaker.pilot.words()).ok();
    let part = "GET /v1/device/parts";
    for (skip, fault, says) in [(1, Fault::Truncate, cut), (0, Fault::answer("200 OK", "", "forged"), "not one that")] {
        world.proxy.after(part, skip, 1, fault);
        new.pilot.sync().fails(says);
        world.proxy.calm();
    }
    new.pilot.synced();
    assert!(new.hears(&entry) == spoken);
}
