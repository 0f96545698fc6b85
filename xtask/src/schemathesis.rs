//! `schemathesis`: made-up requests against the server's OpenAPI document.
//!
//! A command of its own and no step of `test`: it needs Python and a package index, which nothing else here does, and takes
//! minutes to find what the tests in Rust hold against the same document in seconds.

use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::{programs, repo};

const VERSION: &str = "4.32.5";
const FOLDER: &str = "target/tools/schemathesis";

/// Installs it where it is missing, and runs it with each role's token.
pub fn run() -> Result<(), Failure> {
    let log = Log::new("schemathesis")?;
    install(&log)?;
    log.must("Building the server and its tests", &mut programs::build_with_tests())?;
    println!("schemathesis: some minutes; {} tells how far it is …", log.path().display());
    let mut command = Command::new("cargo");
    // The whole workspace is named so that the features, and with them the built dependencies, stay the same.
    command.args(["test", "--workspace", "--test", "server", "--", "--ignored", "--nocapture", "schemathesis"]);
    command.env("WAYMARK_SCHEMATHESIS", program()).current_dir(repo::root());
    log.must("schemathesis", &mut command)?;
    println!("Every call answers as it is described.");
    Ok(())
}

fn program() -> std::path::PathBuf {
    repo::at(FOLDER).join("bin/schemathesis")
}

fn install(log: &Log) -> Result<(), Failure> {
    let installed = Command::new(program()).arg("--version").output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(VERSION)) {
        return Ok(());
    }
    println!("setup: schemathesis {VERSION} into {FOLDER}");
    let folder = repo::at(FOLDER);
    log.must(
        "Making a Python environment (python3 with venv)",
        Command::new("python3").args(["-m", "venv"]).arg(&folder),
    )?;
    let mut pip = Command::new(folder.join("bin/pip"));
    log.must("Installing schemathesis", pip.args(["install", "--quiet", &format!("schemathesis=={VERSION}")]))
}
