//! Opening a diary's lock from the environment or the terminal.

use std::path::Path;

use waymark_diary::page::ErrorCode;
use waymark_diary::{Diary, Error, LockSecret, create, exists, unlock};
use zeroize::Zeroizing;

const PASSPHRASE: &str = "WAYMARK_PASSPHRASE";

/// Why a command failed, in one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The diary's.
    #[error(transparent)]
    Diary(#[from] Error),
    /// A sync did not go through.
    #[error("{0}")]
    Sync(ErrorCode),
    /// Reading or writing beside the diary.
    #[error("{0}")]
    Io(String),
}

/// Opens the diary in `dir`.
pub fn open(dir: &Path) -> Result<Diary, Failure> {
    if !exists(dir) {
        return Err(Failure::Io(format!("there is no diary in {}: join a study or restore one first", dir.display())));
    }
    Ok(unlock(dir, &passphrase(false)?)?)
}

/// Opens the diary in `dir`, or makes one.
pub fn open_or_create(dir: &Path) -> Result<Diary, Failure> {
    if exists(dir) { open(dir) } else { Ok(create(dir, &passphrase(true)?)?) }
}

/// The passphrase; asked for twice when it is new.
pub fn passphrase(new: bool) -> Result<LockSecret, Failure> {
    if let Ok(passphrase) = std::env::var(PASSPHRASE) {
        return Ok(LockSecret::passphrase(&Zeroizing::new(passphrase)));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map(Zeroizing::new)
            .map_err(|_| Failure::Io(format!("a passphrase is needed: set {PASSPHRASE} or run this on a terminal")))
    };
    let passphrase = ask("Passphrase: ")?;
    if new && ask("The same again: ")? != passphrase {
        return Err(Failure::Io("the two passphrases differ: nothing was made".to_owned()));
    }
    Ok(LockSecret::passphrase(&passphrase))
}
