//! Running a program with its output in `target/logs/<name>.log`.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::Failure;
use crate::repo;

/// How many lines of a log are shown when its step fails.
const TAIL: usize = 60;

/// A log file that several programs may write to, one after the other.
pub struct Log {
    path: PathBuf,
}

impl Log {
    /// An empty log.
    pub fn new(name: &str) -> Result<Self, Failure> {
        let folder = repo::at("target/logs");
        let path = folder.join(format!("{name}.log"));
        fs::create_dir_all(&folder)
            .and_then(|()| File::create(&path))
            .map_err(|error| Failure::system(path.display(), error))?;
        Ok(Self { path })
    }

    /// Runs a program with both its outputs in the log and without colours.
    pub fn run(&self, command: &mut Command) -> Result<ExitStatus, Failure> {
        let (out, err) = (self.file()?, self.file()?);
        let name = command.get_program().to_string_lossy().into_owned();
        forget_this_package(command);
        command
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("FORCE_COLOR")
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .status()
            .map_err(|error| Failure::system(format!("{name} does not start"), error))
    }

    /// Runs a program; says what failed and shows the log's end when it does not succeed.
    pub fn must(&self, what: &str, command: &mut Command) -> Result<(), Failure> {
        if self.run(command)?.success() {
            return Ok(());
        }
        eprintln!("{}", self.tail());
        Err(Failure::because(format!("{what} did not succeed; the whole log is {}.", self.path.display())))
    }

    /// For a program's output; it is appended.
    pub fn file(&self) -> Result<File, Failure> {
        File::options().append(true).open(&self.path).map_err(|error| Failure::system(self.path.display(), error))
    }

    /// Everything written so far; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        fs::read(&self.path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The last lines.
    pub fn tail(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(TAIL)..].join("\n")
    }

    /// Where it lies.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }
}

/// Takes out what Cargo told *this* program about itself: build scripts that look at it (ring's) would otherwise run
/// again after every change between `cargo xtask` and plain `cargo`.
pub fn forget_this_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(&*name);
        }
    }
}
