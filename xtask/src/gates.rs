//! `bench` and `screens`: numbers and pictures, made by the packages that know how.

use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::{programs, repo, setup};

/// Packages of which the benchmarks run a release build.
const MEASURED: &[&str] = &["waymark-bench", "waymark-server", "waymark-desk", "waymark-pilot", "waymark-browser-host"];

/// Runs the benchmarks in release mode, on this terminal: those of the programs, then typing in the page.
pub fn bench() -> Result<(), Failure> {
    setup::run(setup::Purpose::Test)?;
    let log = Log::new("bench")?;
    let root = repo::root();
    log.must("Building the page", Command::new("npm").args(["run", "build"]).current_dir(root))?;
    let packages = MEASURED.iter().flat_map(|package| ["--package", package]);
    log.must(
        "Building the programs for measuring",
        Command::new("cargo").args(["build", "--release"]).args(packages).current_dir(root),
    )?;
    run(Command::new(repo::released("waymark-bench")).current_dir(root))?;
    run(Command::new("npm").args(["run", "--silent", "bench"]).envs(programs::released()).current_dir(root))
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| Failure::system("a benchmark does not start", error))?;
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
