//! The diary: joining, writing, editing, a voice note, syncing, taking back.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use serde_json::Value;

use super::story::Story;
use super::strace;
use crate::canary;
use crate::pilot::Pilot;
use crate::process::{PASSPHRASE, program};
use crate::world::{World, copy};

/// A command, and the world before and after it.
struct Step {
    lines: Range<usize>,
    /// The line at which it had said that it is done.
    done: usize,
    /// The line at which a request that changes something was sent to the server, if there was one.
    sent: Option<usize>,
    /// The entries after it.
    list: Vec<Value>,
    /// A copy of the server's folder after it.
    server: PathBuf,
}

struct Recorded {
    world: World,
    pilot: Pilot,
    story: Story,
    invitation: String,
    steps: Vec<Step>,
}

impl Recorded {
    fn begin() -> Self {
        let world = World::new();
        let folder = world.path("phone");
        fs::create_dir(&folder).expect("the folder can be made");
        let pilot = Pilot::new(&folder.join("diary"));
        let invitation = world.desk.invite("Ana");
        let story = Story::of(&folder);
        let mut recorded = Self { world, pilot, story, invitation, steps: Vec::new() };
        let server = recorded.copy_of_server();
        recorded.steps.push(Step { lines: 0..0, done: 0, sent: None, list: Vec::new(), server });
        recorded
    }

    /// Runs a command on day `number`.
    #[track_caller]
    fn step(&mut self, number: i64, arguments: &[&str], stdin: &[u8]) -> String {
        let arguments = self.pilot.on(number).arguments(arguments);
        let program = program("WAYMARK_PILOT", "waymark-pilot");
        let (ended, lines) = self.story.run(&program, &arguments, &[("WAYMARK_PASSPHRASE", PASSPHRASE)], stdin);
        let said = ended.ok();
        let done = self.story.said(&lines, |output| output.number == 1).unwrap_or(lines.end - 1);
        let posts = |output: &super::disk::Output| {
            output.bytes.starts_with(b"POST /v1/device/records") || output.bytes.starts_with(b"POST /v1/enrolments")
        };
        let sent = self.story.said(&lines, posts);
        let list = self.pilot.on(number).list();
        let server = match sent {
            Some(_) => self.copy_of_server(),
            None => self.steps.last().expect("there is a beginning").server.clone(),
        };
        self.steps.push(Step { lines, done, sent, list, server });
        said
    }

    fn copy_of_server(&self) -> PathBuf {
        let path = self.world.path(&format!("server-{}", self.steps.len()));
        self.world.stop_server();
        copy(&self.world.data(), &path);
        self.world.start_server();
        path
    }

    /// Cuts the power again and again, and looks at what is there then.
    fn check(&self, seed: u64) {
        let desk = self.world.desk.copied(&self.world.path("desk-before"));
        let parts: Vec<_> = self.steps[1..].iter().map(|step| step.lines.clone()).collect();
        let done: Vec<usize> = self.steps[1..].iter().map(|step| step.done).collect();
        for (number, cut) in self.story.cuts(&parts, &done, seed).into_iter().enumerate() {
            let at =
                self.steps.iter().rposition(|step| step.lines.start < cut.line).expect("the first begins at 0").max(1);
            let (before, step) = (&self.steps[at - 1], &self.steps[at]);
            let heard = step.sent.is_some_and(|sent| sent < cut.line);
            self.world.kill_server();
            copy(if heard { &step.server } else { &before.server }, &self.world.data());
            self.world.start_server();

            let folder = self.world.path("after");
            self.story.after(cut, &folder);
            let after = Pilot::new(&folder.join("diary")).on(20);
            let is_done = step.done < cut.line;
            let what = format!("step {at}, {cut:?}, seed {seed}");
            if at == 1 && !is_done {
                // Whatever is there of it does not stand in the way.
                after.join(&self.invitation).ok();
            }
            let list = stable(&after.list());
            let as_before = !is_done && list == stable(&before.list);
            assert!(as_before || list == stable(&step.list), "{what}: {list:#?}");
            let view = after.sync().json();
            assert_eq!((&view["state"], &view["waiting"]), (&"up-to-date".into(), &0.into()), "{what}: {view}");
            if number % 4 == 0 {
                let desk = desk.copied(&self.world.path("desk-after"));
                desk.pulled(0);
                assert_eq!(desk.words(0), ["complete"], "{what}");
            }
        }
    }
}

/// What of the entries no sync changes.
fn stable(list: &[Value]) -> Vec<Value> {
    let mut list = list.to_vec();
    for entry in &mut list {
        let entry = entry.as_object_mut().expect("an entry");
        entry.remove("place");
        entry.remove("shares_at");
    }
    list
}

#[test]
fn what_a_diary_called_saved_is_there_after_the_power_went_and_all_converges() {
    if !strace::is_allowed() {
        return;
    }
    let mut recorded = Recorded::begin();
    let invitation = recorded.invitation.clone();
    recorded.step(0, &["join", "--consent", "all", "--invitation", &invitation], &[]);
    recorded.step(0, &["write", "--private", "--json"], canary::text("powergone", 0).as_bytes());
    let shared = recorded.step(0, &["write", "--share", "--json"], canary::text("powergone", 1).repeat(400).as_bytes());
    let shared = serde_json::from_str::<Value>(&shared).expect("JSON")["entry"].as_str().expect("an id").to_owned();
    recorded.step(3, &["sync", "--json"], &[]);
    recorded.step(3, &["write", "--share", "--json", "--entry", &shared], canary::text("powergone", 2).as_bytes());
    let note = recorded.world.path("note.ogg");
    fs::write(&note, [b"OggS".as_slice(), &[7; 90_000]].concat()).expect("written");
    recorded.step(3, &["write", "--private", "--text", "said", "--voice", note.to_str().expect("a plain name")], &[]);
    recorded.step(4, &["withdraw", "--entry", &shared], &[]);
    recorded.step(6, &["sync", "--json"], &[]);
    assert_eq!(recorded.world.proxy.count("POST /v1/device/records"), 2, "one push in each sync");
    recorded.check(1);
}
