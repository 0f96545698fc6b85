//! `fuzz`: libFuzzer over the targets of `tests/fuzz`, each for some minutes of a processor.
//!
//! ```text
//! tests/fuzz/cargo-fuzz ── cargo-fuzz, nightly ──► target/fuzz/…/release/TARGET
//! tests/fuzz/seeds, tests/fuzz/corpus ─ read ─────►   │   ├─► target/fuzz/corpus/TARGET   what reached something new; the next run goes on from it
//!                                                     │   └─► target/fuzz/found/TARGET    what made it fail
//!                                                     └─► target/logs/fuzz-TARGET.log ──► the table
//! ```

mod processor;
mod said;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::log::Log;
use crate::setup::{self, NIGHTLY};
use crate::{programs, repo};
use said::Said;

const MINUTES: f64 = 15.0;
/// The longest that one input may take, in seconds.
const SLOWEST: u32 = 20;
/// What a target may hold in memory, in MiB.
const MEMORY: u32 = 2048;
/// The longest input that is made, in bytes: some records, or a whole document.
const LONGEST: u32 = 16 * 1024;
const PROGRAMS: &str = "tests/fuzz/cargo-fuzz";

/// Runs all targets, or those named, and prints what came of each.
pub fn run(arguments: &[&str]) -> Result<(), Failure> {
    let all = targets()?;
    let asked = Asked::parse(arguments, &all)?;
    if asked.list {
        println!("{}", all.join("\n"));
        return Ok(());
    }
    setup::run(setup::Purpose::Numbers)?;
    setup::ensure_fuzzer()?;
    build(&asked.targets)?;
    let mut failed = false;
    println!("{:14} {:>12} {:>8} {:>8} {:>8}", "target", "runs", "edges", "minutes", "crashes");
    for target in &asked.targets {
        let ran = fuzz(target, asked.minutes * 60.0)?;
        let Ran { said: Said { runs, edges }, seconds, found } = &ran;
        println!("{target:14} {runs:>12} {edges:>8} {:>8.1} {:>8}", seconds / 60.0, found.len());
        for path in found {
            println!("    {}", path.display());
        }
        failed |= !found.is_empty();
    }
    if failed {
        println!("What a target said is in target/logs/fuzz-TARGET.log.");
        return Err(Failure::Told);
    }
    Ok(())
}

/// What `fuzz` is asked for.
#[derive(Debug, PartialEq)]
struct Asked {
    targets: Vec<String>,
    minutes: f64,
    list: bool,
}

impl Asked {
    fn parse(arguments: &[&str], all: &[String]) -> Result<Self, Failure> {
        let mut asked = Self { targets: Vec::new(), minutes: MINUTES, list: false };
        let mut arguments = arguments.iter().copied();
        while let Some(argument) = arguments.next() {
            match argument {
                "--list" => asked.list = true,
                "--minutes" => {
                    let number = arguments.next().and_then(|number| number.parse::<f64>().ok());
                    let positive = number.filter(|number| number.is_finite() && *number > 0.0);
                    asked.minutes = positive.ok_or_else(|| Failure::because("--minutes needs a number above 0."))?;
                }
                target if all.iter().any(|known| known == target) => asked.targets.push(target.to_owned()),
                other => {
                    let known = all.join(", ");
                    return Err(Failure::because(format!("There is no target `{other}`. Targets: {known}.")));
                }
            }
        }
        if asked.targets.is_empty() {
            asked.targets = all.to_vec();
        }
        Ok(asked)
    }
}

/// The programs' names, in the order of their manifest.
fn targets() -> Result<Vec<String>, Failure> {
    let path = repo::at(PROGRAMS).join("Cargo.toml");
    let manifest = fs::read_to_string(&path).map_err(|error| Failure::system(path.display(), error))?;
    let named = |part: &str| Some(part.trim_start().strip_prefix("name = \"")?.split_once('"')?.0.to_owned());
    Ok(manifest.split("[[bin]]").skip(1).filter_map(named).collect())
}

/// Builds with the versions that the programs themselves are built with.
fn build(targets: &[String]) -> Result<(), Failure> {
    let folder = repo::at(PROGRAMS);
    let copied = fs::copy(repo::at("Cargo.lock"), folder.join("Cargo.lock"));
    copied.map_err(|error| Failure::system("Cargo.lock cannot be copied", error))?;
    println!("Building the targets (some minutes the first time) …");
    let log = Log::new("fuzz-build")?;
    // One by name is built alone, all otherwise.
    let named = if let [one] = targets { Some(one) } else { None };
    log.must(
        "Building the targets",
        Command::new(repo::tool("cargo-fuzz"))
            .args(["fuzz", "build", "--no-cfg-fuzzing", "--fuzz-dir"])
            .arg(&folder)
            .arg("--target-dir")
            .arg(place(""))
            .args(named)
            .current_dir(&folder)
            .env("RUSTUP_TOOLCHAIN", NIGHTLY)
            .env_remove("CARGO")
            .env_remove("RUSTC"),
    )
}

/// A place below the folder of what fuzzing makes.
fn place(path: &str) -> PathBuf {
    repo::target().join("fuzz").join(path)
}

/// What came of a target.
struct Ran {
    said: Said,
    /// Of a processor.
    seconds: f64,
    /// Inputs that made it fail.
    found: Vec<PathBuf>,
}

/// Runs a target until it has had so many seconds of a processor, or fails.
fn fuzz(target: &str, seconds: f64) -> Result<Ran, Failure> {
    let (corpus, found) = (place("corpus").join(target), place("found").join(target));
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(|error| Failure::system(folder.display(), error))?;
    }
    let before = files(&found);
    let log = Log::new(&format!("fuzz-{target}"))?;
    let mut had = 0.0;
    loop {
        let (start, processor) = (Instant::now(), processor::seconds_of_ended_programs());
        let mut command = Command::new(program(target));
        command.arg(&corpus);
        // What is kept in the repository is read, never written.
        command.args(
            ["seeds", "corpus"]
                .map(|kind| repo::at("tests/fuzz").join(kind).join(target))
                .iter()
                .filter(|folder| folder.exists()),
        );
        command.args([
            format!("-max_total_time={}", ((seconds - had).ceil() as u64).max(1)),
            format!("-timeout={SLOWEST}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-max_len={LONGEST}"),
            format!("-artifact_prefix={}/", found.display()),
            // What a target keeps from one input to the next is no leak.
            "-detect_leaks=0".to_owned(),
            "-print_final_stats=1".to_owned(),
        ]);
        command.env("ASAN_OPTIONS", "detect_odr_violation=0").envs(programs::environment());
        let went_on = log.run(&mut command)?.success();
        // Where the system does not tell, as long as it took.
        had += match (processor, processor::seconds_of_ended_programs()) {
            (Some(before), Some(after)) => after - before,
            _ => start.elapsed().as_secs_f64(),
        };
        let found: Vec<PathBuf> = files(&found).into_iter().filter(|path| !before.contains(path)).collect();
        if !went_on && found.is_empty() {
            eprintln!("{}", log.tail());
            return Err(Failure::because(format!("{target} ended early; the log is {}.", log.path().display())));
        }
        if had >= seconds || !found.is_empty() {
            return Ok(Ran { said: Said::of(&log.text()), seconds: had, found });
        }
    }
}

fn program(target: &str) -> PathBuf {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output();
    let host = host.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    place(&host).join("release").join(target)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<String> {
        ["wire", "server"].map(str::to_owned).into()
    }

    #[test]
    fn without_a_name_all_targets_have_a_quarter_of_an_hour() {
        let asked = Asked::parse(&[], &all());
        assert!(matches!(asked, Ok(asked) if asked == Asked { targets: all(), minutes: 15.0, list: false }));
    }

    #[test]
    fn a_target_that_does_not_exist_is_refused_and_the_others_are_named() {
        let Err(Failure::Because(sentence)) = Asked::parse(&["wire", "nonsense"], &all()) else {
            panic!("accepted");
        };
        assert!(sentence.contains("nonsense") && sentence.contains("server"), "{sentence}");
        assert!(Asked::parse(&["--minutes", "-1"], &all()).is_err());
        let minute = Asked::parse(&["--minutes", "0.5", "server"], &all());
        assert!(matches!(minute, Ok(asked) if asked.minutes == 0.5 && asked.targets == ["server"]));
    }

    #[test]
    fn the_manifest_names_the_targets() {
        assert!(targets().unwrap_or_default().contains(&"wire".to_owned()));
    }
}
