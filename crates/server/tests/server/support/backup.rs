//! Backups, made and judged by the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::full_disk::through_sh;
use super::{DataOn, files_in};

/// A backup in a folder of its own, removed when dropped.
pub struct Backup {
    folder: TempDir,
}

impl Backup {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A backup that was made.
    #[track_caller]
    pub fn of<E>(data: &DataOn<E>) -> Self {
        let backup = Self::new();
        succeeded(&backup.making(data).output().unwrap());
        backup
    }

    /// The command that makes it.
    pub fn making<E>(&self, data: &DataOn<E>) -> Command {
        let mut command = data.command("backup");
        command.arg("--to").arg(self.path());
        command
    }

    /// The command that restores it.
    pub fn restoring<E>(&self, data: &DataOn<E>) -> Command {
        let mut command = data.command("restore");
        command.arg("--from").arg(self.path());
        command
    }

    /// Restores it into an empty place.
    #[track_caller]
    pub fn restore<E>(&self, data: DataOn<E>) -> DataOn<E> {
        succeeded(&self.restoring(&data).output().unwrap());
        data
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    /// Where it lies until it is whole.
    pub fn unfinished(&self) -> PathBuf {
        self.folder.path().join("backup.partial")
    }

    /// Another one with the same files.
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        for file in files_in(&self.path()) {
            let to = copy.path().join(file.strip_prefix(self.path()).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(file, to).unwrap();
        }
        copy
    }

    pub fn verify(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-server"));
        command.arg("verify").arg(self.path()).args(arguments).output().unwrap()
    }

    #[track_caller]
    pub fn assert_sound(&self) {
        let output = self.verify(&[]);
        succeeded(&output);
        assert!(String::from_utf8_lossy(&output.stdout).contains("SOUND"));
    }

    /// The kinds of things that are wrong with it.
    #[track_caller]
    pub fn faults(&self) -> Vec<String> {
        let output = self.verify(&["--json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        let found = report["findings"]["first"].as_array().unwrap();
        let faults: Vec<String> = found.iter().map(|finding| finding["fault"].as_str().unwrap().to_owned()).collect();
        assert_eq!(output.status.code(), Some(i32::from(!faults.is_empty())));
        assert_eq!(report["sound"], faults.is_empty());
        faults
    }

    pub fn manifest(&self) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.path().join("manifest.json")).unwrap()).unwrap()
    }

    pub fn set_manifest(&self, manifest: &serde_json::Value) {
        std::fs::write(self.path().join("manifest.json"), manifest.to_string()).unwrap();
    }

    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.database()).unwrap()
    }

    pub fn database(&self) -> PathBuf {
        self.path().join("waymark.db")
    }

    pub fn parts(&self) -> Vec<PathBuf> {
        files_in(&self.path().join("parts"))
    }

    /// Everything in its files.
    pub fn bytes(&self) -> Vec<u8> {
        files_in(&self.path()).iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}

#[track_caller]
pub fn succeeded(output: &Output) {
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", told(&output.stdout), told(&output.stderr));
}

/// The sentence with which it failed, exit 1.
#[track_caller]
pub fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(told.lines().count(), 1, "one sentence: {told}");
    told
}

/// The same command where no file may be larger than some 25 KB: what stands for a full disk.
pub fn on_a_full_disk(command: &Command) -> Command {
    through_sh("ulimit -f 50", command)
}

/// Whether there is anything at a path.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Runs a command, and kills it after so many milliseconds.
pub fn kill_after(command: &mut Command, ms: u64) {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(ms));
    child.kill().unwrap();
    child.wait().unwrap();
}
