//! A screen that nobody sees, for programs that need a window.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::failure::Failure;

/// An X server without a screen, and a message bus for what is shown on it. Both end when this is dropped.
///
/// The bus is one of its own, so that nothing is asked of the services of the person who is logged in. What those that it
/// starts have to say is dropped: it is a lot, and about a desktop that is not there.
pub struct Display {
    screen: Service,
    bus: Service,
}

impl Display {
    /// Starts both, the screen under a number of its own choosing.
    pub fn start() -> Result<Self, Failure> {
        let screen =
            Service::start(Command::new("Xvfb").args("-displayfd 1 -screen 0 1280x1024x24 -nolisten tcp".split(' ')))?;
        let bus = Service::start(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
                .env("DISPLAY", format!(":{}", screen.told)),
        )?;
        Ok(Self { screen, bus })
    }

    /// A program on this display.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", format!(":{}", self.screen.told))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.told)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
        command
    }
}

/// A program in the background that says on its first line how to reach it.
struct Service {
    program: Child,
    told: String,
    /// Kept open: whoever writes more must not be ended for it.
    _rest: BufReader<ChildStdout>,
}

impl Service {
    fn start(command: &mut Command) -> Result<Self, Failure> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut program = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::system(format!("{name} does not start"), error))?;
        let mut rest = BufReader::new(program.stdout.take().expect("the output was asked for"));
        let mut line = String::new();
        // An answer that cannot be read is an empty one.
        let _ = rest.read_line(&mut line);
        let service = Self { program, told: line.trim().to_owned(), _rest: rest };
        if service.told.is_empty() {
            return Err(Failure::because(format!("{name} ended before it said how to reach it.")));
        }
        Ok(service)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already; either way nothing is left running.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Whether a person sits in front of this machine.
pub fn someone_is_looking() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
