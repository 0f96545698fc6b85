//! The study server as a process of its own, started again on the same port and the same data.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use crate::process::{Ended, program, scratch, start};

/// `waymark-server serve`; killed when dropped.
pub struct Server {
    child: Child,
    log: PathBuf,
    /// The server's own process, where `child` is one that watches it: it would outlive that one.
    watched: Option<u32>,
}

/// A free port that the system gives to nobody else while the server is down: below those that it hands out by itself.
pub fn port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 9_000).expect("less than 9,000");
    loop {
        let port = 12_000 + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 18_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Server {
    /// Starts; what it said on stderr when it does not. The log is appended to `log`.
    pub fn try_start(data: &Path, port: u16, log: &Path) -> Result<Self, String> {
        let mut command = Command::new(program("WAYMARK_SERVER", "waymark-server"));
        Self::start_as(command.args(Self::arguments(data, port)), port, log)
    }

    /// How the program is called.
    pub fn arguments(data: &Path, port: u16) -> [String; 5] {
        let data = data.to_str().expect("a temporary folder has a plain name");
        ["serve", "--listen", &format!("127.0.0.1:{port}"), "--data", data].map(str::to_owned)
    }

    /// The same, by a command of one's own.
    pub fn start_as(command: &mut Command, port: u16, log: &Path) -> Result<Self, String> {
        let stderr = File::options().create(true).append(true).open(log).expect("the log can be written");
        let mut child =
            command.env("TMPDIR", scratch()).stdout(Stdio::piped()).stderr(stderr).spawn().expect("the server starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("the server's stdout can be read");
        let server = Self { child, log: log.to_owned(), watched: None };
        if line == format!("listening on http://127.0.0.1:{port}\n") {
            Ok(server)
        } else {
            Err(format!("{line}{}", std::fs::read_to_string(log).unwrap_or_default()))
        }
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server can be waited for");
    }

    /// The server is process `id`, and the one that was started watches it.
    pub fn watched(mut self, id: u32) -> Self {
        self.watched = Some(id);
        self
    }

    /// SIGTERM, and how it ended.
    pub fn terminate(mut self) -> ExitStatus {
        signal("-TERM", self.watched.take().unwrap_or(self.child.id()));
        self.child.wait().expect("the server can be waited for")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(id) = self.watched {
            kill(id);
        }
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            assert!(!log.contains("panicked"), "the server panicked: {log}");
        }
    }
}

/// SIGKILL to a process that may have ended already.
pub fn kill(id: u32) {
    let _ = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
}

/// Sends a signal to a process that is there.
pub fn signal(signal: &str, id: u32) {
    assert!(Command::new("kill").args([signal, &id.to_string()]).status().expect("kill runs").success());
}

/// `waymark-server token`, an administrator's.
pub fn admin_token(data: &Path) -> String {
    token(data, &["--role", "admin"]).ok().trim().to_owned()
}

/// `waymark-server token` with these arguments.
pub fn token(data: &Path, arguments: &[&str]) -> Ended {
    let data = data.to_str().expect("a temporary folder has a plain name");
    let (first, rest) = arguments.split_first().expect("arguments");
    let place = ["--data", data];
    let arguments = match first.starts_with("--") {
        true => [&["token"], &place[..], arguments].concat(),
        false => [&["token", *first], &place[..], rest].concat(),
    };
    start(&program("WAYMARK_SERVER", "waymark-server"), &arguments, "", &[]).end()
}
