//! A participant: the diary without a screen.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, FixedOffset};
use serde_json::Value;

use crate::process::{Ended, PASSPHRASE, Running, program, start};

/// A diary's folder, and the time that its person lives at.
#[derive(Clone)]
pub struct Pilot {
    pub dir: PathBuf,
    pub now: DateTime<FixedOffset>,
}

/// The evening of the tests' day `number`.
pub fn day(number: i64) -> DateTime<FixedOffset> {
    let first = DateTime::parse_from_rfc3339("2026-03-02T18:30:00+01:00").expect("a time");
    first + Duration::days(number)
}

impl Pilot {
    /// Nobody has written anything in `dir` yet. It is day 0.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), now: day(0) }
    }

    /// The same diary on another day.
    pub fn on(&self, number: i64) -> Self {
        self.at(day(number))
    }

    /// The same diary at another time.
    pub fn at(&self, now: DateTime<FixedOffset>) -> Self {
        Self { dir: self.dir.clone(), now }
    }

    /// Starts a command on this diary.
    pub fn start(&self, arguments: &[&str], stdin: &[u8]) -> Running {
        self.start_with(PASSPHRASE, arguments, stdin)
    }

    /// Starts a command with another passphrase.
    pub fn start_with(&self, passphrase: &str, arguments: &[&str], stdin: &[u8]) -> Running {
        let arguments = self.arguments(arguments);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        start(&program("WAYMARK_PILOT", "waymark-pilot"), &arguments, passphrase, stdin)
    }

    /// A command on this diary, as the program is told it.
    pub fn arguments(&self, arguments: &[&str]) -> Vec<String> {
        let dir = self.dir.to_str().expect("a temporary folder has a plain name");
        let now = self.now.to_rfc3339();
        let (command, rest) = arguments.split_first().expect("a command");
        [&[*command, "--now", &now, "--vault", dir], rest].concat().into_iter().map(str::to_owned).collect()
    }

    /// Runs a command on this diary.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments, &[]).end()
    }

    pub fn join(&self, invitation: &str) -> Ended {
        self.run(&["join", "--consent", "all", "--invitation", invitation])
    }

    /// Writes an entry; the text goes through stdin. Gives its id.
    #[track_caller]
    pub fn write(&self, readers: &str, text: &str) -> String {
        let written = self.start(&["write", readers, "--json"], text.as_bytes()).end().json();
        written["entry"].as_str().expect("an entry has an id").to_owned()
    }

    /// Writes an entry that only the writer may read.
    #[track_caller]
    pub fn private(&self, text: &str) -> String {
        self.write("--private", text)
    }

    /// Writes an entry to be shared when its hold is over.
    #[track_caller]
    pub fn shared(&self, text: &str) -> String {
        self.write("--share", text)
    }

    #[track_caller]
    pub fn share(&self, entry: &str) {
        self.run(&["share", "--entry", entry]).ok();
    }

    #[track_caller]
    pub fn keep_private(&self, entry: &str) {
        self.run(&["keep-private", "--entry", entry]).ok();
    }

    /// Takes an entry back; gives the id of the writer's copy.
    #[track_caller]
    pub fn withdraw(&self, entry: &str) -> String {
        self.run(&["withdraw", "--entry", entry]).ok().trim().to_owned()
    }

    pub fn sync(&self) -> Ended {
        self.run(&["sync", "--json"])
    }

    /// Syncs; everything that was due is with the server.
    #[track_caller]
    pub fn synced(&self) {
        let view = self.sync().json();
        assert_eq!((&view["state"], &view["waiting"]), (&"up-to-date".into(), &0.into()), "{view}");
    }

    /// All entries, newest first.
    #[track_caller]
    pub fn list(&self) -> Vec<Value> {
        self.run(&["list", "--json"]).json().as_array().expect("a list").clone()
    }

    /// All entries as (about, text), sorted.
    #[track_caller]
    pub fn texts(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let mut texts: Vec<_> = self.list().iter().map(|entry| (text(&entry["about"]), text(&entry["text"]))).collect();
        texts.sort();
        texts
    }

    /// Where an entry is.
    #[track_caller]
    pub fn place(&self, entry: &str) -> String {
        let list = self.list();
        let found = list.iter().find(|listed| listed["entry"] == entry);
        found.unwrap_or_else(|| panic!("no entry {entry}"))["place"].as_str().expect("a place").to_owned()
    }

    #[track_caller]
    pub fn words(&self) -> String {
        self.run(&["words"]).ok()
    }

    pub fn restore(&self, server: &str, words: &str) -> Ended {
        self.start(&["restore", "--server", server], words.as_bytes()).end()
    }

    /// A diary with a copy of this one's folder.
    pub fn copied(&self, dir: &Path) -> Self {
        crate::world::copy(&self.dir, dir);
        Self { dir: dir.to_owned(), now: self.now }
    }
}
