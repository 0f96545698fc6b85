//! The passphrase: from the environment or typed without echo, never from a flag.
//!
//! Keyboards write one letter in several ways, so it is brought to one form (Unicode NFC) first.

use std::io::IsTerminal;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The environment variable.
pub const VARIABLE: &str = "WAYMARK_PASSPHRASE";

/// The environment variable of a passphrase that is to be added, or to take the place of another one.
pub const NEW_VARIABLE: &str = "WAYMARK_NEW_PASSPHRASE";

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Neither is there.
    #[error("no passphrase: set {VARIABLE}, or run this on a terminal to type it")]
    None,
    /// The one that opens the desk is there, and the new one is not.
    #[error("no new passphrase: set {NEW_VARIABLE} too, or run this on a terminal without {VARIABLE} to type both")]
    NoNew,
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

/// One more passphrase for a desk that is there, or another one: typed twice.
pub fn ask_another() -> Result<Zeroizing<String>, PassphraseError> {
    if let Some(passphrase) = from(NEW_VARIABLE)? {
        return Ok(passphrase);
    }
    if from_environment()?.is_some() {
        // A program has called this, and nobody is there to type.
        return Err(PassphraseError::NoNew);
    }
    let first = typed("The new passphrase: ")?;
    let second = typed("The same once more: ")?;
    if *first == *second { Ok(first) } else { Err(PassphraseError::Differ) }
}

fn from_environment() -> Result<Option<Zeroizing<String>>, PassphraseError> {
    from(VARIABLE)
}

fn from(variable: &str) -> Result<Option<Zeroizing<String>>, PassphraseError> {
    let found = std::env::var(variable).ok().map(Zeroizing::new);
    found.map(|passphrase| normal(&passphrase)).transpose()
}

fn typed(prompt: &str) -> Result<Zeroizing<String>, PassphraseError> {
    if !std::io::stdin().is_terminal() {
        return Err(PassphraseError::None);
    }
    normal(&Zeroizing::new(rpassword::prompt_password(prompt).map_err(PassphraseError::Terminal)?))
}

/// The passphrase in the form that the vault is given.
pub(crate) fn normal(typed: &str) -> Result<Zeroizing<String>, PassphraseError> {
    if typed.is_empty() {
        return Err(PassphraseError::Empty);
    }
    // Room for the longest that NFC can become, so that growing leaves no copy behind.
    let mut passphrase = Zeroizing::new(String::with_capacity(3 * typed.len()));
    passphrase.extend(typed.nfc());
    Ok(passphrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_written_in_two_ways_is_the_same_passphrase() {
        let (composed, decomposed) = ("caf\u{e9} au lait", "cafe\u{301} au lait");
        assert_ne!(composed, decomposed);
        assert_eq!(normal(composed).unwrap(), normal(decomposed).unwrap());
        assert_eq!(*normal(composed).unwrap(), composed);
    }

    #[test]
    fn an_empty_passphrase_is_refused() {
        assert!(matches!(normal(""), Err(PassphraseError::Empty)));
    }
}
