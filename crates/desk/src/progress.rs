//! One line on a terminal that says how far long work has come; nothing at all in a pipe.

use std::io::{IsTerminal, Write};

/// Tells how far work has come.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// On the terminal, when standard error is one.
    pub fn on_terminal() -> Self {
        Self { shown: std::io::stderr().is_terminal() }
    }

    /// Silent.
    pub fn silent() -> Self {
        Self { shown: false }
    }

    /// Replaces the line. What is said holds no label and nothing that was written.
    pub fn say(&self, what: &str) {
        if self.shown {
            // Nobody needs the line if the terminal is gone.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what}");
            let _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.say("");
    }
}
