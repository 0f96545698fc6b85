//! Asking before what cannot be undone: what it means is said, and a name has to be typed.

use std::io::{self, IsTerminal, Write};

use super::{Failure, USAGE};

/// Goes on only when `name`, which is `what` in words, was given with `--confirm` or is typed now. Whoever has not given it is told on standard error what the
/// act means.
///
/// # Errors
///
/// Another name was given or typed, or none was given and there is no terminal to type it on.
pub(super) fn confirm(means: &str, what: &str, name: &str, given: Option<&str>) -> Result<(), Failure> {
    let said = match given {
        Some(given) => given.to_owned(),
        None => ask(means, what)?,
    };
    if said.trim() == name.trim() {
        return Ok(());
    }
    Err(usage(format!("nothing was done: it was confirmed with something else than {what}")))
}

fn ask(means: &str, what: &str) -> Result<String, Failure> {
    let mut terminal = io::stderr().lock();
    writeln!(terminal, "{means}")?;
    if !io::stdin().is_terminal() {
        return Err(usage(format!("nothing was done: confirm it by giving {what} with --confirm")));
    }
    write!(terminal, "Type {what} to go on: ")?;
    terminal.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    Ok(typed)
}

fn usage(sentence: String) -> Failure {
    Failure { code: USAGE, sentence }
}
