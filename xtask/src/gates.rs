//! `bench`, `simulate` and `screens`: numbers, stories and pictures, made by the packages that know how.

use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::postgres::ForBench;
use crate::{programs, repo, setup};

/// Packages of which the benchmarks run a release build.
const MEASURED: &[&str] = &["waymark-bench", "waymark-server"];
/// Packages that serve the page while typing in it is measured.
const TYPED_IN: &[&str] = &["waymark-desk", "waymark-pilot", "waymark-browser-host"];
/// What `waymark-bench` measures; `typing` is the browser's.
const PARTS: &[&str] = &["cues", "save", "reread", "push", "pull", "server"];
const TYPING: &str = "typing";

/// Runs the benchmarks in release mode, on this terminal: those of the programs, then typing in the page; or only the parts named.
pub fn bench(arguments: &[&str]) -> Result<(), Failure> {
    let Asked { parts, records } = Asked::parse(arguments)?;
    let asked = |part: &str| parts.is_empty() || parts.contains(&part);
    setup::run(if asked(TYPING) { setup::Purpose::Test } else { setup::Purpose::Numbers })?;
    let log = Log::new("bench")?;
    let root = repo::root();
    let mut packages = MEASURED.to_vec();
    if asked(TYPING) {
        log.must("Building the page", Command::new("npm").args(["run", "build"]).current_dir(root))?;
        packages.extend(TYPED_IN);
    }
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    log.must(
        "Building the programs for measuring",
        Command::new("cargo").args(["build", "--release"]).args(packages).current_dir(root),
    )?;
    let programs: Vec<&str> = parts.iter().copied().filter(|part| *part != TYPING).collect();
    if parts.is_empty() || !programs.is_empty() {
        let mut command = Command::new(repo::released("waymark-bench"));
        command.args(&programs).args(records.iter().flat_map(|records| ["--records", records])).current_dir(root);
        let postgres = if asked("server") { Some(ForBench::start()?) } else { None };
        if let Some(postgres) = &postgres {
            postgres.tell(&mut command);
        }
        run(&mut command)?;
    }
    if asked(TYPING) {
        run(Command::new("npm").args(["run", "--silent", "bench"]).envs(programs::released()).current_dir(root))?;
    }
    Ok(())
}

/// What `bench` is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Asked<'a> {
    /// All when none is named.
    parts: Vec<&'a str>,
    records: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn parse(arguments: &[&'a str]) -> Result<Self, Failure> {
        let mut asked = Self { parts: Vec::new(), records: None };
        let mut arguments = arguments.iter().copied();
        while let Some(argument) = arguments.next() {
            match argument {
                "--records" => match arguments.next() {
                    Some(number) if number.parse::<u64>().is_ok() => asked.records = Some(number),
                    _ => return Err(Failure::because("--records needs a number.")),
                },
                part if part == TYPING || PARTS.contains(&part) => asked.parts.push(part),
                other => {
                    let known = PARTS.join(", ");
                    return Err(Failure::because(format!("There is no part `{other}`. Parts: {known}, {TYPING}.")));
                }
            }
        }
        Ok(asked)
    }
}

/// Runs schedules of the fault simulation in release mode, on this terminal.
pub fn simulate(arguments: &[&str]) -> Result<(), Failure> {
    setup::run(setup::Purpose::Numbers)?;
    let log = Log::new("simulate")?;
    let root = repo::root();
    log.must(
        "Building the simulation",
        Command::new("cargo").args(["build", "--release", "--package", "waymark-simulation"]).current_dir(root),
    )?;
    run(Command::new(repo::released("waymark-simulation")).args(arguments).current_dir(root))
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::system("a program that was built does not start", error))?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}

/// Takes pictures of every screen of the diary's page, in every language, width, light and size of text.
pub fn screens() -> Result<(), Failure> {
    setup::run(setup::Purpose::Test)?;
    let log = Log::new("screens")?;
    let root = repo::root();
    log.must("Building the page", Command::new("npm").args(["run", "build"]).current_dir(root))?;
    log.must("Building the programs", &mut programs::build())?;
    log.must(
        "Taking the pictures (some minutes)",
        Command::new("npm").args(["run", "screens"]).envs(programs::environment()).current_dir(root),
    )?;
    println!("The pictures: {}", repo::at("target/screens/index.html").display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_does_not_exist_is_refused_and_the_others_are_named() {
        let Err(Failure::Because(sentence)) = Asked::parse(&["save", "nonsense"]) else {
            panic!("accepted");
        };
        assert!(sentence.contains("nonsense") && sentence.contains("server"), "{sentence}");
    }

    #[test]
    fn parts_and_the_number_of_records_come_in_any_order() {
        let expected = Asked { parts: vec!["server", "save"], records: Some("5000000") };
        let asked = Asked::parse(&["server", "--records", "5000000", "save"]);
        assert!(matches!(asked, Ok(asked) if asked == expected));
        assert!(Asked::parse(&["server", "--records", "many"]).is_err());
    }
}
