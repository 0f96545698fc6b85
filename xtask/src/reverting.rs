//! `revert`: lines on which everything hangs are taken away, one after the other, in a copy of the repository, and each time the
//! tests must fail. A suite that stays green without one of them would not be worth much.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::repo;

/// What is taken away.
struct Line {
    /// What it is for.
    what: &'static str,
    /// In which file.
    file: &'static str,
    /// What stands there, once, and what is put in its place.
    edits: &'static [(&'static str, &'static str)],
    /// The tests that must fail: arguments of `cargo test`.
    tests: &'static [&'static str],
    /// Whether they need a PostgreSQL.
    postgres: bool,
}

const LINES: &[Line] = &[
    Line {
        what: "what was saved is on the disk before it is called saved",
        file: "crates/vault/src/file/connect.rs",
        edits: &[(
            r#"conn.pragma_update(None, "synchronous", "FULL")?;"#,
            r#"conn.pragma_update(None, "synchronous", "OFF")?;"#,
        )],
        tests: &["-p", "waymark-vault", "--lib"],
        postgres: false,
    },
    Line {
        what: "a receipt counts only for the phone's own bytes",
        file: "crates/diary/src/sync/machine.rs",
        edits: &[(
            "if receipt.accepted_through < from || own_link != Some(receipt.link) {",
            "if receipt.accepted_through < from || own_link.is_none() {",
        )],
        tests: &["-p", "waymark-diary", "--lib", "sync::"],
        postgres: false,
    },
    Line {
        what: "a phone follows no document that leaves a change of keys out",
        file: "crates/diary/src/sync/driver.rs",
        edits: &[("if newer.keeps(&trusted.signing_keys) {", "if !newer.signing_keys.is_empty() {")],
        tests: &["-p", "waymark-diary", "--lib", "sync::"],
        postgres: false,
    },
    Line {
        what: "a record is proven by its link, not by its place",
        file: "crates/protocol/src/proof/chain.rs",
        edits: &[(
            "let found = at.get(&(seq, link))",
            "let found = at.iter().find_map(|((place, _), index)| (*place == seq).then_some(index))",
        )],
        tests: &["-p", "waymark-protocol"],
        postgres: false,
    },
    Line {
        what: "a push that comes again changes nothing",
        file: "crates/server/src/ingest.rs",
        edits: &[(
            "let replayed = push.records.iter().take_while(|hashed| hashed.record.header().seq <= log.head.seq).count();",
            "let replayed = 0;",
        )],
        tests: &["-p", "waymark-server", "--test", "server", "pushing"],
        postgres: false,
    },
    Line {
        what: "a log has no gaps",
        file: "crates/server/src/ingest.rs",
        edits: &[("if push.first_seq() > expected {", "if push.first_seq() > expected.saturating_add(1_000) {")],
        tests: &["-p", "waymark-server", "--test", "server", "pushing"],
        postgres: false,
    },
    Line {
        what: "a slot opens under its own record's header alone",
        file: "crates/protocol/src/seal/slot.rs",
        edits: &[
            (
                "hpke_seal(key, &study_info(study), header, content.dangerously_bytes(), rng)?",
                "hpke_seal(key, &study_info(study), &header[..0], content.dangerously_bytes(), rng)?",
            ),
            (
                "hpke_open(key, &study_info(study), header, slot.sealed())?",
                "hpke_open(key, &study_info(study), &header[..0], slot.sealed())?",
            ),
        ],
        tests: &["-p", "waymark-protocol"],
        postgres: false,
    },
    Line {
        what: "a study's records are numbered in the order of their commits",
        file: "crates/server/src/store/postgres/logs.rs",
        edits: &[(
            r#"let sql = "SELECT head FROM study WHERE study = $1 FOR NO KEY UPDATE";"#,
            r#"let sql = "SELECT head FROM study WHERE study = $1";"#,
        )],
        tests: &["-p", "waymark-server", "--test", "server", "postgres"],
        postgres: true,
    },
    Line {
        what: "a draft goes in the transaction that makes it an entry",
        file: "crates/diary/src/entries.rs",
        edits: &[
            ("                drafts::delete_draft(writing.tx(), draft)?;\n", "                let _ = draft;\n"),
            (
                "        let entry_id = entry.entry;\n        self.commit(|writing| {\n            voice::seal_notes",
                "        let entry_id = entry.entry;\n        if let Some(draft) = &draft {\n            self.discard_draft(draft)?;\n        }\n        \
                 self.commit(|writing| {\n            voice::seal_notes",
            ),
        ],
        tests: &["-p", "waymark-diary", "--test", "private_diary"],
        postgres: false,
    },
    Line {
        what: "what is erased is overwritten in the server's file",
        file: "crates/server/src/store/sqlite/file.rs",
        edits: &[(
            "    connection.query_row(\"PRAGMA secure_delete = ON\", [], |_| Ok(()))?;\n    connection.pragma_update(None, \"synchronous\"",
            "    connection.query_row(\"PRAGMA secure_delete = OFF\", [], |_| Ok(()))?;\n    connection.pragma_update(None, \"synchronous\"",
        )],
        tests: &["-p", "waymark-server", "--test", "server", "erasing"],
        postgres: false,
    },
    Line {
        what: "a study's keys are those that its invitation names",
        file: "crates/protocol/src/document.rs",
        edits: &[(
            "if StudyId::of(&newest, &sealed_to) != *study {",
            "if StudyId::of(&newest, &sealed_to) == StudyId([0; 16]) {",
        )],
        tests: &["-p", "waymark-protocol"],
        postgres: false,
    },
];

/// Takes each away in turn; fails when the tests do not.
pub fn run() -> Result<(), Failure> {
    let copy = Copy::make()?;
    let log = Log::new("revert")?;
    println!("revert: first the tests as they are; then without each of {} lines", LINES.len());
    let mut seen: Vec<&[&str]> = Vec::new();
    for line in LINES {
        if !seen.contains(&line.tests) {
            seen.push(line.tests);
            log.must("The tests as they are", &mut copy.tests(line, &[]))?;
        }
    }
    let mut unnoticed = Vec::new();
    for line in LINES {
        println!("\n{} ({})", line.what, line.file);
        let failing = copy.without(line, || {
            log.must("Building without it", &mut copy.tests(line, &["--no-run"]))?;
            let log = Log::new("reverted")?;
            log.run(&mut copy.tests(line, &[]))?;
            Ok(failed(&log.text()))
        })?;
        failing.iter().take(SHOWN).for_each(|test| println!("  without it fails {test}"));
        if failing.len() > SHOWN {
            println!("  and {} more", failing.len() - SHOWN);
        }
        if failing.is_empty() {
            println!("  NO TEST FAILS");
            unnoticed.push(line.what);
        }
    }
    if unnoticed.is_empty() {
        println!("\nWithout any of the {} lines tests fail.", LINES.len());
        return Ok(());
    }
    Err(Failure::because(format!("No test fails without: {}.", unnoticed.join("; "))))
}

/// How many failing tests are named.
const SHOWN: usize = 4;

/// The names of the tests that failed.
fn failed(output: &str) -> Vec<String> {
    let lines = output.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    lines.map(str::to_owned).collect()
}

/// A copy of the repository as it is now, and a target folder of its own.
struct Copy {
    folder: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn make() -> Result<Self, Failure> {
        let copy =
            Self { folder: repo::target().join("reverted/copy"), target: repo::target().join("reverted/target") };
        let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(repo::root()).output();
        let listed = listed.map_err(|error| Failure::system("git does not start", error))?.stdout;
        let _ = fs::remove_dir_all(&copy.folder);
        for file in String::from_utf8_lossy(&listed).split('\0').filter(|file| !file.is_empty()) {
            let (from, to) = (repo::at(file), copy.folder.join(file));
            // One that was deleted and is still listed.
            if !from.exists() {
                continue;
            }
            let parent = to.parent().unwrap_or(&copy.folder);
            fs::create_dir_all(parent)
                .and_then(|()| fs::copy(&from, &to))
                .map_err(|error| Failure::system(to.display(), error))?;
        }
        Ok(copy)
    }

    fn tests(&self, line: &Line, more: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        if line.postgres {
            command.args(["xtask", "postgres", "cargo"]);
        }
        let at = line.tests.iter().position(|argument| *argument == "--test").map_or(line.tests.len(), |at| at + 2);
        let (which, filters) = line.tests.split_at(at);
        command.arg("test").arg("--no-fail-fast").args(which).args(more).args(filters);
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target).env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Does something while the line is not there.
    fn without<T>(&self, line: &Line, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let path = self.folder.join(line.file);
        let read = fs::read_to_string(&path).map_err(|error| Failure::system(path.display(), error))?;
        let write = |text: &str| fs::write(&path, text).map_err(|error| Failure::system(path.display(), error));
        write(&reverted(line, &read)?)?;
        let done = work();
        write(&read)?;
        done
    }
}

/// The file without the line.
fn reverted(line: &Line, text: &str) -> Result<String, Failure> {
    let mut text = text.to_owned();
    for (from, to) in line.edits {
        if text.matches(from).count() != 1 {
            let (what, file) = (line.what, line.file);
            return Err(Failure::because(format!(
                "{file} does not have this once: {from:?}. Say in xtask/src/reverting.rs where \"{what}\" stands now."
            )));
        }
        text = text.replacen(from, to, 1);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_where_it_is_said_to_be() {
        for line in LINES {
            let text = fs::read_to_string(repo::at(line.file)).expect("a file of the repository");
            let without = reverted(line, &text).unwrap_or_else(|failure| panic!("{failure:?}"));
            assert_ne!(without, text, "{}", line.what);
        }
    }

    #[test]
    fn failed_tests_are_read_from_what_cargo_prints() {
        let printed =
            "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\ntest result: FAILED. 1 passed; 1 failed";
        assert_eq!(failed(printed), ["a::c"]);
    }
}
