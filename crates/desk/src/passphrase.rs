//! The passphrase: from the environment or typed without echo, never from a flag.

use std::io::IsTerminal;

use zeroize::Zeroizing;

/// The environment variable.
pub const VARIABLE: &str = "WAYMARK_PASSPHRASE";

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Neither is there.
    #[error("no passphrase: set {VARIABLE}, or run this on a terminal to type it")]
    None,
    /// Of no characters.
    #[error("the passphrase is empty")]
    Empty,
    /// Typed twice, differently.
    #[error("the two passphrases are not the same")]
    Differ,
    /// The terminal gave none.
    #[error("the passphrase could not be read from the terminal")]
    Terminal(#[source] std::io::Error),
}

/// The passphrase of a desk that is there.
pub fn ask() -> Result<Zeroizing<String>, PassphraseError> {
    match from_environment()? {
        Some(passphrase) => Ok(passphrase),
        None => typed("Passphrase of the desk: "),
    }
}

/// The passphrase of a new desk: typed twice.
pub fn ask_new() -> Result<Zeroizing<String>, PassphraseError> {
    if let Some(passphrase) = from_environment()? {
        return Ok(passphrase);
    }
    let first = typed("A passphrase for the new desk (nobody can find it again for you): ")?;
    let second = typed("The same once more: ")?;
    if *first == *second { Ok(first) } else { Err(PassphraseError::Differ) }
}

fn from_environment() -> Result<Option<Zeroizing<String>>, PassphraseError> {
    match std::env::var(VARIABLE).ok().map(Zeroizing::new) {
        Some(passphrase) if passphrase.is_empty() => Err(PassphraseError::Empty),
        other => Ok(other),
    }
}

fn typed(prompt: &str) -> Result<Zeroizing<String>, PassphraseError> {
    if !std::io::stdin().is_terminal() {
        return Err(PassphraseError::None);
    }
    let passphrase = Zeroizing::new(rpassword::prompt_password(prompt).map_err(PassphraseError::Terminal)?);
    if passphrase.is_empty() { Err(PassphraseError::Empty) } else { Ok(passphrase) }
}
