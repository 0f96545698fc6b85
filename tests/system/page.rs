//! The diary as the app has it, without a window: its page's commands over HTTP, by `waymark-browser-host`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::process::{TIMEOUT, program};
use crate::server::{kill, signal};

/// A host that runs; killed when dropped.
pub struct Page {
    child: Child,
    address: String,
    token: String,
    /// The host's own process, where `child` is one that watches it: it would outlive that one.
    watched: Option<u32>,
}

impl Page {
    /// Starts a host over the diaries in `vault`, with `outbox` for what leaves them.
    pub fn start(vault: &Path, outbox: &Path) -> Self {
        let (program, arguments) = Self::command(vault, outbox);
        Self::start_as(Command::new(program).args(arguments))
    }

    /// The program, and how it is called.
    pub fn command(vault: &Path, outbox: &Path) -> (std::path::PathBuf, Vec<String>) {
        let path = |path: &Path| path.to_str().expect("a temporary folder has a plain name").to_owned();
        // Nobody asks for the page itself, so any folder does.
        let arguments = ["--vault".to_owned(), path(vault), "--page".to_owned(), path(&std::env::temp_dir())];
        let program = program("WAYMARK_BROWSER_HOST", "waymark-browser-host");
        (program, [&arguments[..], &["--outbox".to_owned(), path(outbox)]].concat())
    }

    /// Starts a host by a command of one's own.
    pub fn start_as(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the host starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("the host's stdout can be read");
        let url = line.trim_end().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
        let (address, token) = url.split_once("/#").expect("an address and a token");
        Self { address: address.to_owned(), token: token.to_owned(), child, watched: None }
    }

    /// What a command gave, or the code of its error.
    pub fn call(&self, name: &str, input: &Value) -> Result<Value, String> {
        self.ask(name, input).answer().unwrap_or_else(|| panic!("{name} was not answered"))
    }

    /// Asks for a command, and does not wait for the answer.
    pub fn ask(&self, name: &str, input: &Value) -> Asked {
        let body = input.to_string();
        let mut stream = TcpStream::connect(&self.address).expect("the host listens");
        stream.set_read_timeout(Some(TIMEOUT)).expect("a stream has a timeout");
        let head = format!(
            "POST /call/{name} HTTP/1.1\r\nhost: {}\r\nx-waymark-token: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            self.address,
            self.token,
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).expect("the host listens");
        Asked(stream)
    }

    /// The same for a command that must not fail.
    #[track_caller]
    pub fn ok(&self, name: &str, input: &Value) -> Value {
        self.call(name, input).unwrap_or_else(|code| panic!("{name}: {code}"))
    }

    /// The host is process `id`, and the one that was started watches it.
    pub fn watched(mut self, id: u32) -> Self {
        self.watched = Some(id);
        self
    }

    /// SIGTERM, and waits for the end.
    pub fn terminate(mut self) {
        signal("-TERM", self.watched.take().unwrap_or(self.child.id()));
        let status = self.child.wait().expect("the host can be waited for");
        assert!(status.success(), "the host ended with {status}");
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().expect("the host can be killed");
        self.child.wait().expect("the host can be waited for");
    }
}

/// A command that was asked for.
pub struct Asked(TcpStream);

impl Asked {
    /// What it gave, or the code of its error; nothing when the host has gone before it had answered.
    pub fn answer(mut self) -> Option<Result<Value, String>> {
        let mut answer = String::new();
        // A host that was killed breaks off.
        let _ = self.0.read_to_string(&mut answer);
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let value: Value = serde_json::from_str(body).ok()?;
        Some(match head.starts_with("HTTP/1.1 200") {
            true => Ok(value),
            false => Err(value["code"].as_str().expect("an error has a code").to_owned()),
        })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(id) = self.watched {
            kill(id);
        }
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
