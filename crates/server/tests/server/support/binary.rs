//! The built binary.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::full_disk::{file_limit, through_sh};
use super::{DataOn, Http};

/// `waymark-server serve` as a process of its own; killed when dropped.
pub struct Binary {
    pub http: Http,
    child: Child,
}

impl Binary {
    pub fn serve<E>(data: &DataOn<E>) -> Self {
        Self::serve_with(data, &[], Stdio::null())
    }

    /// With these flags, its log going where one says.
    pub fn serve_with<E>(data: &DataOn<E>, flags: &[&str], log: impl Into<Stdio>) -> Self {
        let mut command = data.command("serve");
        command.args(["--listen", "127.0.0.1:0"]).args(flags).stderr(log);
        Self::start(command)
    }

    /// With files that can be kept from growing, see [`set_file_limit`](Self::set_file_limit).
    pub fn serve_where_files_may_not_grow<E>(data: &DataOn<E>) -> Self {
        let mut command = data.command("serve");
        command.args(["--listen", "127.0.0.1:0"]);
        let mut command = through_sh(":", &command);
        command.stderr(Stdio::null());
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on ").expect("the line that was promised").trim();
        let address = address.strip_prefix("http://").or(address.strip_prefix("https://")).expect("an address");
        Self { http: Http(address.parse().unwrap()), child }
    }

    /// SIGHUP: the certificate's files are to be looked at.
    pub fn hang_up(&self) {
        self.signal("-HUP");
    }

    /// From now on no file grows beyond so many bytes; none: as far as there is room.
    pub fn set_file_limit(&self, bytes: Option<u64>) {
        let line = file_limit(&self.child.id().to_string(), bytes);
        assert!(Command::new("sh").args(["-c", &line]).status().unwrap().success(), "{line}");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and how it ended.
    pub fn terminate(mut self) -> ExitStatus {
        self.signal("-TERM");
        self.child.wait().unwrap()
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with these arguments and variables, to its end: its exit code, what it printed, and what it said.
pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_waymark-server"))
        .env_remove("WAYMARK_DATABASE_URL")
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}
