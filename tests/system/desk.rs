//! The researchers' desk.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{Ended, PASSPHRASE, program, start_with, study_file};

/// A desk's folder.
#[derive(Clone)]
pub struct Desk {
    pub dir: PathBuf,
}

/// One line of an export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Read {
    pub participant: String,
    pub about: String,
    pub text: String,
}

impl Desk {
    /// Makes a study and its desk.
    pub fn new(dir: &Path, server: &str, admin: &str) -> Self {
        let desk = Self { dir: dir.to_owned() };
        let study = study_file();
        let study = study.to_str().expect("the study file has a plain name");
        desk.run(&["new", "--study", study, "--server", server, "--token", admin]).ok();
        desk
    }

    /// Runs a command of the desk on this desk.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(&[], arguments)
    }

    /// The same, with these variables.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ended {
        let arguments = self.arguments(arguments);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let variables = [&[("WAYMARK_PASSPHRASE", PASSPHRASE)], variables].concat();
        start_with(&program("WAYMARK_DESK", "waymark-desk"), &arguments, &variables, &[]).end()
    }

    /// A command on this desk, as the program is told it.
    pub fn arguments(&self, arguments: &[&str]) -> Vec<String> {
        let dir = self.dir.to_str().expect("a temporary folder has a plain name");
        let (command, rest) = arguments.split_first().expect("a command");
        [&[*command, "--desk", dir], rest].concat().into_iter().map(str::to_owned).collect()
    }

    /// An invitation's link.
    pub fn invite(&self, label: &str) -> String {
        let invited = self.run(&["invite", "--participant", label, "--json"]).json();
        assert!(invited["qr_svg"].as_str().is_some_and(|svg| svg.starts_with("<svg")));
        assert_eq!(invited["participant"], label);
        invited["link"].as_str().expect("an invitation has a link").to_owned()
    }

    pub fn pull(&self) -> Ended {
        self.run(&["pull", "--json"])
    }

    pub fn verify(&self) -> Ended {
        self.run(&["verify", "--json"])
    }

    /// Pulls; every record is accounted for.
    #[track_caller]
    pub fn pulled(&self, code: i32) -> Value {
        let totals = self.pull().json_of(&[code]);
        assert_eq!(count(&totals, "received"), sum(&totals), "every record is accounted for: {totals}");
        totals
    }

    /// The state of every device: participant, seq, state.
    #[track_caller]
    pub fn states(&self, code: i32) -> Vec<(String, u64, String)> {
        let report = self.verify().json_of(&[code]);
        let devices = report["devices"].as_array().expect("a list of devices");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        devices
            .iter()
            .map(|device| {
                (text(&device["participant"]), device["seq"].as_u64().expect("a number"), text(&device["state"]))
            })
            .collect()
    }

    /// The states alone, in the order of the participants' labels.
    #[track_caller]
    pub fn words(&self, code: i32) -> Vec<String> {
        self.states(code).into_iter().map(|(_, _, state)| state).collect()
    }

    /// Everything that can be read, by participant and day.
    #[track_caller]
    pub fn read(&self) -> Vec<Read> {
        self.rows()
            .iter()
            .map(|row| {
                let text = |name: &str| row[name].as_str().expect("text").to_owned();
                Read { participant: text("participant"), about: text("about"), text: text("text") }
            })
            .collect()
    }

    /// The texts that can be read.
    #[track_caller]
    pub fn texts(&self) -> Vec<String> {
        self.read().into_iter().map(|read| read.text).collect()
    }

    /// The lines of an export to JSON Lines; it says so when the collection lacks something.
    #[track_caller]
    pub fn rows(&self) -> Vec<Value> {
        let out = self.dir.with_extension("jsonl");
        let ended = self.run(&["export", "--format", "jsonl", "--out", out.to_str().expect("a plain name")]);
        assert!(
            ended.code == 0 && ended.stderr.is_empty() || ended.code == 3 && ended.stderr.contains("lacks"),
            "{ended}"
        );
        let export = std::fs::read_to_string(&out).expect("the export is there");
        std::fs::remove_file(out).expect("the export can be removed");
        export.split_terminator('\n').map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    /// A desk with a copy of this one's folder.
    pub fn copied(&self, dir: &Path) -> Self {
        crate::world::copy(&self.dir, dir);
        Self { dir: dir.to_owned() }
    }
}

/// One of a pull's numbers.
pub fn count(totals: &Value, name: &str) -> u64 {
    totals[name].as_u64().unwrap_or_else(|| panic!("no {name} in {totals}"))
}

fn sum(totals: &Value) -> u64 {
    let quarantined = totals["quarantined"].as_array().expect("a list").len() as u64;
    ["opened", "private", "control", "erased", "waiting"].iter().map(|name| count(totals, name)).sum::<u64>()
        + quarantined
}
