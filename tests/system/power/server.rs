//! The server: records of two people and a voice note are taken, what one shared is erased, a backup is made.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::story::Story;
use super::strace;
use crate::canary;
use crate::database::{Database, Stored};
use crate::desk::Desk;
use crate::pilot::Pilot;
use crate::process::program;
use crate::proxy::Fault;
use crate::server::Server;
use crate::world::{World, copy};

/// Records by device and place.
type Records = BTreeMap<(Vec<u8>, i64), Stored>;

/// The world when somebody was told that something is done.
struct Step {
    line: usize,
    people: Vec<Pilot>,
    desk: Desk,
    records: Records,
}

struct Recorded {
    world: World,
    people: Vec<Pilot>,
    story: Story,
    steps: Vec<Step>,
}

impl Recorded {
    /// Two people have joined and written; from here on the server is recorded.
    fn begin() -> Self {
        let world = World::new();
        let people: Vec<Pilot> = ["Ana", "Ben"].map(|label| world.person(label)).into();
        let note = world.path("note.ogg");
        fs::write(&note, [b"OggS".as_slice(), &[7; 90_000]].concat()).expect("written");
        people[0].shared(&canary::text("powerserver", 0).repeat(300));
        people[0].run(&["write", "--share", "--voice", note.to_str().expect("a plain name")]).ok();
        people[1].shared(&canary::text("powerserver", 1));
        people[1].private(&canary::text("powerserver", 2));
        world.stop_server();
        let story = Story::of(&world.data());
        let mut traced = strace::arguments(story.recording(), &program("WAYMARK_SERVER", "waymark-server"));
        traced.extend(Server::arguments(&world.data(), world.port));
        let server = Server::start_as(Command::new("strace").args(traced), world.port, &world.path("server.log"));
        world.has_server(server.expect("the server starts").watched(strace::process(story.recording())));
        let mut recorded = Self { world, people, story, steps: Vec::new() };
        recorded.done();
        recorded
    }

    /// Keeps what everybody knows now.
    fn done(&mut self) {
        let number = self.steps.len();
        let path = |name: &str| self.world.path(&format!("{name}-{number}"));
        let recording = fs::read_to_string(self.story.recording()).expect("the recording can be read");
        let people = ["Ana", "Ben"].iter().zip(&self.people).map(|(label, pilot)| pilot.copied(&path(label))).collect();
        copy(&self.world.data(), &path("server"));
        let records = records(&path("server"));
        let desk = self.world.desk.copied(&path("desk"));
        self.steps.push(Step { line: recording.lines().count(), people, desk, records });
    }

    /// Somebody syncs, by way of a push that is lost: what it holds has been made then, and each later one brings the same.
    fn sync(&mut self, person: usize, day: i64) {
        let pilot = self.people[person].on(day);
        self.world.proxy.next("POST /v1/device/records", 9, Fault::Cut);
        assert_eq!(pilot.sync().code, 1, "the push is lost");
        self.world.proxy.calm();
        let copy = self.world.path(&format!("ready-{}-{person}", self.steps.len()));
        self.steps.last_mut().expect("there is a beginning").people[person] = pilot.copied(&copy);
        pilot.synced();
        self.done();
    }

    fn check(&self, lines: Range<usize>, seed: u64) {
        let lines_done: Vec<usize> = self.steps.iter().map(|step| step.line).collect();
        let ends = lines_done[1..].iter().copied().chain([lines.end]);
        let parts: Vec<_> = lines_done.iter().copied().zip(ends).map(|(begin, end)| begin..end).collect();
        for (number, cut) in self.story.cuts(&parts, &lines_done, seed).into_iter().enumerate() {
            let at = lines_done.iter().filter(|line| **line < cut.line).count().saturating_sub(1);
            let (before, after) = (&self.steps[at], self.steps.get(at + 1).unwrap_or(&self.steps[at]));
            let what = format!("after step {at}, {cut:?}");
            self.story.after(cut, &self.world.data());
            self.world.start_server();
            self.world.kill_server();
            let found = records(&self.world.data());
            for place in before.records.keys() {
                assert!(found.contains_key(place), "{what}: a receipted record is gone");
            }
            for (place, record) in &found {
                let known = [before, after].into_iter().filter_map(|step| step.records.get(place));
                assert!(known.into_iter().any(|known| known == record), "{what}: a record is not as it was pushed");
            }
            self.world.start_server();
            // One of the two in turn, both would take twice the time; but the desk calls only a phone complete that has sent its voice note.
            let desk_looks = number % 3 == 0;
            for (label, pilot) in before.people.iter().enumerate() {
                if !desk_looks && label % 2 != number % 2 {
                    continue;
                }
                let pilot = pilot.copied(&self.world.path("after")).on(20);
                let view = pilot.sync().json();
                assert_eq!(
                    (&view["state"], &view["waiting"]),
                    (&"up-to-date".into(), &0.into()),
                    "{what}: {label}: {view}"
                );
            }
            if desk_looks {
                let desk = before.desk.copied(&self.world.path("desk-after"));
                desk.pull().json_of(&[0]);
                assert!(desk.words(0).iter().all(|word| word == "complete"), "{what}");
            }
            self.world.kill_server();
        }
    }
}

fn records(data: &Path) -> Records {
    let records = Database::open(data).all_records();
    records.into_iter().map(|record| ((record.device.clone(), record.seq), record)).collect()
}

#[test]
fn what_a_server_receipted_or_erased_stays_so_after_the_power_went_and_all_converges() {
    if !strace::is_allowed() {
        return;
    }
    let mut recorded = Recorded::begin();
    for (day, person) in [(3, 0), (3, 1)] {
        recorded.sync(person, day);
    }
    recorded.world.desk.pulled(0);
    recorded.people[0].on(4).shared(&canary::text("powerserver", 3));
    recorded.sync(0, 7);
    recorded.world.desk.run(&["erase", "--participant", "Ben", "--confirm", "Ben", "--json"]).ok();
    recorded.done();
    recorded.world.stop_server();
    let lines = recorded.story.read();
    let erased = |step: &Step| step.records.values().filter(|record| record.body.is_none()).count();
    assert!(erased(&recorded.steps[3]) < erased(&recorded.steps[4]), "an entry was erased");
    recorded.check(lines, 3);
}

/// Runs the server's program on what is at `path` and says whether it is content.
fn verifies(path: &Path) -> bool {
    let arguments = ["verify", path.to_str().expect("a plain name")];
    crate::process::start(&program("WAYMARK_SERVER", "waymark-server"), &arguments, "", &[]).end().code == 0
}

#[test]
fn a_new_servers_token_and_a_backup_are_there_once_they_were_told_and_a_backup_is_whole_or_not_there() {
    if !strace::is_allowed() {
        return;
    }
    let world = World::new();
    let ana = world.person("Ana");
    let note = world.path("note.ogg");
    fs::write(&note, [b"OggS".as_slice(), &[7; 9_000]].concat()).expect("written");
    ana.run(&["write", "--private", "--voice", note.to_str().expect("a plain name")]).ok();
    ana.synced();
    world.stop_server();

    let folder = world.path("disk");
    fs::create_dir(&folder).expect("the folder can be made");
    let mut story = Story::of(&folder);
    let server = program("WAYMARK_SERVER", "waymark-server");
    let mut run = |arguments: [&str; 5]| {
        let (ended, lines) = story.run(&server, &arguments.map(str::to_owned), &[], &[]);
        ended.ok();
        (story.said(&lines, |output| output.number == 1).expect("it said something"), lines)
    };
    let path = |path: PathBuf| path.to_str().expect("a plain name").to_owned();
    let (told, first) = run(["token", "--data", &path(folder.join("new/server")), "--role", "admin"]);
    let (made, second) = run(["backup", "--data", &path(world.data()), "--to", &path(folder.join("backup"))]);

    for cut in story.cuts(&[first, second], &[told, made], 4) {
        let after = world.path("after");
        story.after(cut, &after);
        let tokens = crate::server::token(&after.join("new/server"), &["list"]);
        assert!(tokens.code == 0 && tokens.stdout.lines().count() > 0 || told >= cut.line, "{cut:?}: {tokens}");
        let backup = after.join("backup");
        assert!(backup.exists() || made >= cut.line, "{cut:?}: the backup is there");
        assert!(!backup.exists() || verifies(&backup), "{cut:?}: it is whole");
    }
}
