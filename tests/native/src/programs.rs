//! Running the programs that the environment names.

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Trouble;

/// Protects study keys and collections here; it guards nothing real.
pub const DESK_PASSPHRASE: &str = "four quiet green hills";

/// The path of a program, or of a file, from the environment.
pub fn path(variable: &'static str) -> Result<PathBuf, Trouble> {
    std::env::var_os(variable).map(PathBuf::from).ok_or(Trouble::Unset(variable))
}

/// Runs a program to its end and gives what it printed.
pub fn run(variable: &'static str, arguments: &[&str]) -> Result<String, Trouble> {
    let program = format!("{variable} {}", arguments.first().unwrap_or(&""));
    let output = Command::new(path(variable)?)
        .args(arguments)
        .env("WAYMARK_PASSPHRASE", DESK_PASSPHRASE)
        .stdin(Stdio::null())
        .output()
        .map_err(Trouble::system(&program))?;
    if !output.status.success() {
        let said = format!("{}, {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
        return Err(Trouble::Failed { program, said });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks a program to end, waits for it, and ends it the hard way if it does not.
pub fn end(child: &mut Child) {
    // Without a signal of its own in the standard library, `kill` sends it. What has ended already needs none.
    let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).stderr(Stdio::null()).status();
    let patience = Instant::now() + Duration::from_secs(10);
    while Instant::now() < patience {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Kills, without a chance to tidy up, the running processes of one program that were started with one variable.
pub fn kill_hard(variable: &'static str, marked: (&str, &str)) -> Result<usize, Trouble> {
    let program = path(variable)?;
    let mark = format!("{}={}", marked.0, marked.1);
    let mut killed = 0;
    for entry in std::fs::read_dir("/proc").map_err(Trouble::system("/proc"))?.flatten() {
        let runs_it = std::fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program);
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if runs_it && environment.split(|byte| *byte == 0).any(|line| line == mark.as_bytes()) {
            let id = entry.file_name();
            let status = Command::new("kill").arg("-KILL").arg(&id).status().map_err(Trouble::system("kill"))?;
            killed += usize::from(status.success());
        }
    }
    Ok(killed)
}

/// A port that nobody listens on at the moment.
pub fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
