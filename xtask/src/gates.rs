//! `bench` and `screens`: numbers and pictures, made by the packages that know how.

use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::{programs, repo, setup};

/// Runs the benchmarks in release mode, on this terminal.
pub fn bench() -> Result<(), Failure> {
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--package", "waymark-bench", "--package", "waymark-server"])
        .current_dir(repo::root())
        .status()
        .map_err(|error| Failure::system("cargo does not start", error))?;
    if !built.success() {
        return Err(Failure::Told);
    }
    let status = Command::new("cargo")
        .args(["run", "--release", "--quiet", "--package", "waymark-bench"])
        .current_dir(repo::root())
        .status()
        .map_err(|error| Failure::system("cargo does not start", error))?;
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
