//! A program that crashes leaves no memory of itself on a disk.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::{PASSPHRASE, program};
use crate::server::port;

/// A program that runs; killed when dropped.
struct Running(Child);

impl Running {
    /// Starts it in a folder of its own, where it could leave as much behind as this machine lets anybody.
    fn start(folder: &Path, program: &Path, arguments: &[&str]) -> Self {
        let child = Command::new("sh")
            .args(["-c", "ulimit -c unlimited 2>/dev/null || ulimit -S -c \"$(ulimit -H -c)\"; exec \"$@\"", "sh"])
            .arg(program)
            .args(arguments)
            .env("WAYMARK_PASSPHRASE", PASSPHRASE)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.expect("there is a shell"))
    }

    /// How much it may leave behind when it crashes, at most.
    fn may_dump(&self) -> Option<String> {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.0.id())).ok()?;
        let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"))?;
        line.split_whitespace().nth(1).map(str::to_owned)
    }

    #[track_caller]
    fn waits_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            assert!(started.elapsed() < Duration::from_secs(30), "{what} does not come: {:?}", self.may_dump());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
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
        let mut running = Running::start(folder.path(), &program(variable, name), arguments);
        running.waits_until(name, |running| running.may_dump().as_deref() == Some("0"));
        let aborted = Command::new("kill").args(["-ABRT", &running.0.id().to_string()]).status();
        assert!(aborted.is_ok_and(|status| status.success()), "{name} still runs");
        let status = running.0.wait().expect("a child can be waited for");
        assert!(status.signal().is_some() && !status.core_dumped(), "{name}: {status}");
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder is there").flatten().map(|file| file.file_name());
    let cores: Vec<_> = left.filter(|name| name.to_string_lossy().contains("core")).collect();
    assert!(cores.is_empty(), "{cores:?}");

    // Where this machine lets nobody leave anything behind, there is nothing to compare with.
    let other = Running::start(folder.path(), Path::new("sleep"), &["60"]);
    let most = Command::new("sh").args(["-c", "ulimit -c unlimited 2>/dev/null || ulimit -H -c"]).output();
    if most.expect("there is a shell").stdout.trim_ascii() != b"0" {
        other.waits_until("another program", |running| running.may_dump().is_some_and(|most| most != "0"));
    }
}
