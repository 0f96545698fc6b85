//! The log, on stderr: for people or as JSON.
//!
//! Only this program's own events are told in full. What it is built on would, at its lower levels, write whole requests, with
//! their tokens, and addresses; of that only warnings come through.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogLevel};

/// Starts the log of this process.
pub fn start(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let others = if level == "error" { level } else { "warn" };
    let filter = EnvFilter::new(format!("{others},waymark_server={level}"));
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().flatten_event(true).with_ansi(false).init(),
    }
}
