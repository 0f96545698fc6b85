//! `cargo xtask demo`: from a fresh machine to the main job.
//!
//! The story itself is told by `waymark-demo` (in `tests/native`); here the machine is made ready and the programs are
//! built.

use std::process::Command;

use crate::display::{self, Display};
use crate::failure::Failure;
use crate::log::{self, Log};
use crate::setup::{self, Purpose};
use crate::{programs, repo};

/// Builds everything, then shows it: in a window where someone is looking, else driven and told.
pub fn run() -> Result<(), Failure> {
    setup::run(Purpose::Demo)?;
    let log = Log::new("demo-build")?;
    println!("Building the diary's page …");
    log.must("Building the page", Command::new("npm").args(["run", "build"]).current_dir(repo::root()))?;
    println!("Building the diary, the study server and the desk (a few minutes the first time) …");
    log.must("Building the programs", &mut programs::build())?;

    let demo = repo::binary("waymark-demo");
    if display::someone_is_looking() {
        show(Command::new(demo).arg("window"))
    } else {
        let display = Display::start()?;
        show(display.command(demo).arg("told"))
    }
}

fn show(command: &mut Command) -> Result<(), Failure> {
    log::forget_this_package(command);
    let status = command
        .arg(repo::at("target/demo"))
        .envs(programs::environment())
        .status()
        .map_err(|error| Failure::system("The demo does not start", error))?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}
