//! The desk: a study made, somebody invited, pulls, exports, an erasure.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::story::Story;
use super::strace;
use crate::canary;
use crate::desk::Desk;
use crate::pilot::Pilot;
use crate::process::{PASSPHRASE, program, study_file};
use crate::world::{World, copy};

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A command, and the world after it.
#[derive(Default)]
struct Step {
    lines: Range<usize>,
    /// The line at which it had said that it is done.
    done: usize,
    /// The line at which the last request that changes something was sent to the server, if there was one.
    sent: Option<usize>,
    /// What the desk can read by itself, and after another pull.
    texts: Vec<String>,
    pulled: Vec<String>,
    /// The export and the recordings beside it.
    exported: Files,
    /// Copies of the server's folder: when the command began, and after it.
    server_before: PathBuf,
    server: PathBuf,
    said: String,
}

struct Recorded {
    world: World,
    desk: Desk,
    story: Story,
    steps: Vec<Step>,
}

impl Recorded {
    fn begin() -> Self {
        let world = World::new();
        let folder = world.path("desks");
        fs::create_dir(&folder).expect("the folder can be made");
        let (desk, story) = (Desk { dir: folder.join("desk") }, Story::of(&folder));
        Self { world, desk, story, steps: vec![Step::default()] }
    }

    #[track_caller]
    fn step(&mut self, arguments: &[&str]) {
        let number = self.steps.len();
        let server_before = self.copy_of_server(&format!("server-before-{number}"));
        let arguments = self.desk.arguments(arguments);
        let program = program("WAYMARK_DESK", "waymark-desk");
        let (ended, lines) = self.story.run(&program, &arguments, &[("WAYMARK_PASSPHRASE", PASSPHRASE)], &[]);
        let said = ended.ok();
        let done = self.story.said(&lines, |output| output.number == 1).expect("it says what it has done");
        let posts = self
            .story
            .outputs
            .iter()
            .filter(|output| lines.contains(&output.span.ended) && output.bytes.starts_with(b"POST "));
        let sent = posts.map(|output| output.span.ended).max();
        let server = self.copy_of_server(&format!("server-{number}"));
        let copied = self.desk.copied(&self.world.path("copied"));
        let texts = copied.texts();
        copied.pulled(0);
        let (pulled, exported) = (copied.texts(), exported(&self.world.path("desks")));
        self.steps.push(Step { lines, done, sent, texts, pulled, exported, server_before, server, said });
    }

    fn copy_of_server(&self, name: &str) -> PathBuf {
        let path = self.world.path(name);
        self.world.stop_server();
        copy(&self.world.data(), &path);
        self.world.start_server();
        path
    }

    fn check(&self, seed: u64) {
        let parts: Vec<_> = self.steps[1..].iter().map(|step| step.lines.clone()).collect();
        let done: Vec<usize> = self.steps[1..].iter().map(|step| step.done).collect();
        for (number, cut) in self.story.cuts(&parts, &done, seed).into_iter().enumerate() {
            let at =
                self.steps.iter().rposition(|step| step.lines.start < cut.line).expect("the first begins at 0").max(1);
            let (before, step) = (&self.steps[at - 1], &self.steps[at]);
            let (is_done, heard) = (step.done < cut.line, step.sent.is_some_and(|sent| sent < cut.line));
            let what = format!("step {at}, {cut:?}, seed {seed}");
            self.world.kill_server();
            copy(if heard { &step.server } else { &step.server_before }, &self.world.data());
            self.world.start_server();

            let folder = self.world.path("after");
            self.story.after(cut, &folder);
            let found = exported(&folder);
            for (path, bytes) in &found {
                let whole = [before, step].into_iter().any(|step| step.exported.get(path) == Some(bytes));
                assert!(whole, "{what}: {} is not whole", path.display());
            }
            assert!(!is_done || found == step.exported, "{what}: {:?}", found.keys());

            let desk = Desk { dir: folder.join("desk") };
            if at == 1 && !is_done {
                // Whatever is there of it is a desk, or does not stand in the way of one.
                if desk.verify().code != 0 {
                    self.new_desk(&desk);
                }
                continue;
            }
            let texts = desk.texts();
            assert!(texts == step.texts || !is_done && texts == before.texts, "{what}: {texts:?}");
            if at == 2 && is_done {
                let again = desk.run(&["invite", "--participant", "Ana", "--json"]).ok();
                assert!(again == step.said, "{what}: the invitation is the same");
            }
            if number % 2 == 0 {
                desk.pulled(0);
                let texts = desk.texts();
                assert!(texts == step.pulled || !is_done && texts == before.pulled, "{what}: {texts:?}");
                assert!(desk.words(0).iter().all(|word| word == "complete"), "{what}");
            }
        }
    }

    fn new_desk(&self, desk: &Desk) {
        let study = study_file();
        let admin = crate::server::admin_token(&self.world.data());
        let study = study.to_str().expect("a plain name");
        desk.run(&["new", "--study", study, "--server", &self.world.url(), "--token", &admin]).ok();
    }
}

/// The files of exports, but for those that say that they are not whole.
fn exported(folder: &Path) -> Files {
    let files = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .chain(fs::read_dir(folder.join("out.jsonl.audio")).into_iter().flatten());
    let files =
        files.flatten().filter(|file| file.path().is_file() && !file.file_name().to_string_lossy().starts_with('.'));
    files
        .map(|file| {
            let path = file.path().strip_prefix(folder).expect("it is in there").to_owned();
            (path, fs::read(file.path()).expect("the file can be read"))
        })
        .collect()
}

#[test]
fn what_a_desk_said_is_there_after_the_power_went_and_exports_are_whole_or_not_there() {
    if !strace::is_allowed() {
        return;
    }
    let mut recorded = Recorded::begin();
    let admin = crate::server::admin_token(&recorded.world.data());
    let (study, url) = (study_file(), recorded.world.url());
    recorded.step(&["new", "--study", study.to_str().expect("a plain name"), "--server", &url, "--token", &admin]);
    recorded.step(&["invite", "--participant", "Ana", "--json"]);

    let invited: serde_json::Value = serde_json::from_str(&recorded.steps[2].said).expect("JSON");
    let ana = Pilot::new(&recorded.world.path("Ana"));
    ana.join(invited["link"].as_str().expect("a link")).ok();
    let note = recorded.world.path("note.ogg");
    fs::write(&note, [b"OggS".as_slice(), &[7; 30_000]].concat()).expect("written");
    ana.run(&["write", "--share", "--text", "said", "--voice", note.to_str().expect("a plain name")]).ok();
    ana.shared(&canary::text("powerdesks", 0).repeat(300));
    ana.on(3).synced();
    let out = recorded.world.path("desks/out.jsonl");
    let export = ["export", "--format", "jsonl", "--out", out.to_str().expect("a plain name")];
    recorded.step(&["pull", "--json"]);
    recorded.step(&export);
    ana.on(4).shared(&canary::text("powerdesks", 1));
    ana.on(7).synced();
    recorded.step(&["pull", "--json"]);
    recorded.step(&["erase", "--participant", "Ana", "--confirm", "Ana", "--json"]);
    recorded.step(&export);
    let texts: Vec<usize> = recorded.steps.iter().map(|step| step.texts.len()).collect();
    assert_eq!(texts, [0, 0, 0, 2, 2, 3, 0, 0]);
    recorded.check(5);
}
