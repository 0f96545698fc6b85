//! A program that crashes leaves no memory of itself on a disk.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::{PASSPHRASE, program};
use crate::server::port;

const NONE: [&str; 2] = ["0", "0"];
const ANY: [&str; 2] = ["unlimited", "unlimited"];

/// Starts a program, in a folder of its own, where it could leave as much behind as it likes.
fn start(folder: &Path, program: &Path, arguments: &[&str]) -> Child {
    Command::new("sh")
        .args(["-c", "ulimit -c unlimited && exec \"$@\"", "sh"])
        .arg(program)
        .args(arguments)
        .env("WAYMARK_PASSPHRASE", PASSPHRASE)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("there is a shell")
}

/// How much a process that crashes may leave behind: as it says, and as it may say at most.
fn may_dump(process: &Child) -> Option<[String; 2]> {
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", process.id())).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"))?;
    let mut words = line.split_whitespace().map(str::to_owned);
    Some([words.next()?, words.next()?])
}

#[track_caller]
fn waits_for(process: &Child, limit: [&str; 2]) {
    let started = Instant::now();
    while may_dump(process).is_none_or(|found| found != limit) {
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}, and not {limit:?}", may_dump(process));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_program_that_crashes_leaves_no_memory_behind() {
    let folder = TempDir::new().expect("a temporary folder");
    let fifo = folder.path().join("study.toml");
    assert!(Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()), "a file to wait at");
    let fifo = fifo.to_str().expect("a path in UTF-8");
    let listen = format!("127.0.0.1:{}", port());
    let programs: [(&str, &str, &[&str]); 3] = [
        ("WAYMARK_SERVER", "waymark-server", &["serve", "--listen", &listen, "--data", "data"]),
        ("WAYMARK_DESK", "waymark-desk", &["check", fifo]),
        ("WAYMARK_PILOT", "waymark-pilot", &["write", "--private", "--vault", "diary"]),
    ];
    for (variable, name, arguments) in programs {
        let mut process = start(folder.path(), &program(variable, name), arguments);
        waits_for(&process, NONE);
        let aborted = Command::new("kill").args(["-ABRT", &process.id().to_string()]).status();
        assert!(aborted.is_ok_and(|status| status.success()), "{name} still runs");
        let status = process.wait().expect("a child can be waited for");
        assert!(status.signal().is_some() && !status.core_dumped(), "{name}: {status}");
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder is there").flatten().map(|file| file.file_name());
    let cores: Vec<_> = left.filter(|name| name.to_string_lossy().contains("core")).collect();
    assert!(cores.is_empty(), "{cores:?}");

    let mut other = start(folder.path(), Path::new("sleep"), &["60"]);
    waits_for(&other, ANY);
    other.kill().and_then(|()| other.wait()).expect("a child can be killed");
}
