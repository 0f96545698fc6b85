//! Making a diary, and opening its lock.

use std::path::{Path, PathBuf};
use std::time::Duration;

use unicode_normalization::UnicodeNormalization;
use waymark_protocol::keys::RecoverySecret;
use waymark_vault::{ArgonParams, Secret, SlotKind, SystemRng, Vault};
use zeroize::Zeroizing;

use crate::Error;
use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, IDENTITY, Identity, ME};

/// How long opening the lock should take at least, on the phone that made it.
const UNLOCK_TIME: Duration = Duration::from_millis(500);
const MIN_PASSPHRASE_CHARS: usize = 8;
const MIN_PIN_DIGITS: usize = 6;

/// What opens the lock.
pub enum LockSecret {
    /// A passphrase of 8 characters or more, in Unicode's NFC.
    Passphrase(Zeroizing<String>),
    /// A PIN of 6 digits or more. Without an operating system's keystore, whoever copies the file can find it.
    Pin(Zeroizing<String>),
}

impl LockSecret {
    /// A passphrase as typed. Keyboards write one letter in several ways, so it is brought to one form (Unicode NFC) first.
    pub fn passphrase(typed: &str) -> Self {
        Self::Passphrase(Zeroizing::new(typed.nfc().collect()))
    }

    /// A PIN as typed.
    pub fn pin(typed: &str) -> Self {
        Self::Pin(Zeroizing::new(typed.to_owned()))
    }

    fn as_secret(&self) -> Secret<'_> {
        match self {
            Self::Passphrase(passphrase) => Secret::Passphrase(passphrase),
            Self::Pin(pin) => Secret::Pin { pin, keystore: &[] },
        }
    }

    fn check(&self) -> Result<(), Error> {
        let strong = match self {
            Self::Passphrase(passphrase) => passphrase.chars().count() >= MIN_PASSPHRASE_CHARS,
            Self::Pin(pin) => pin.len() >= MIN_PIN_DIGITS && pin.bytes().all(|digit| digit.is_ascii_digit()),
        };
        if strong { Ok(()) } else { Err(Error::Plain(ErrorCode::WeakSecret)) }
    }
}

fn vault_path(dir: &Path) -> PathBuf {
    dir.join("diary.waymark")
}

/// Whether there is a diary in `dir`.
pub fn exists(dir: &Path) -> bool {
    vault_path(dir).exists()
}

/// The ways in which the diary in `dir` can be unlocked; none when there is no diary.
pub fn lock_kinds(dir: &Path) -> Result<Vec<SlotKind>, Error> {
    Ok(Vault::inspect(vault_path(dir))?.map(|inspection| inspection.slots).unwrap_or_default())
}

/// Makes a diary in `dir`, with new recovery words, and leaves it open.
pub fn create(dir: &Path, lock: &LockSecret) -> Result<Diary, Error> {
    let secret = RecoverySecret::generate(&mut SystemRng);
    create_with(dir, lock, &secret, false)
}

/// Makes a diary for known recovery words.
pub(crate) fn create_with(
    dir: &Path,
    lock: &LockSecret,
    secret: &RecoverySecret,
    words_confirmed: bool,
) -> Result<Diary, Error> {
    lock.check()?;
    if exists(dir) {
        return Err(Error::Plain(ErrorCode::DiaryExists));
    }
    make_private_dir(dir)?;
    let params = ArgonParams::calibrated(UNLOCK_TIME);
    let mut vault = Vault::create(vault_path(dir), &lock.as_secret(), &params, Box::new(SystemRng))?;
    let identity = Identity::new(secret, words_confirmed);
    let made = vault
        .add_slot(&Secret::Words(secret.dangerously_bytes()), &params)
        .map_err(Error::from)
        .and_then(|()| vault.write(|tx| store::put(tx, IDENTITY, ME, &identity)));
    match made {
        Ok(()) => Diary::open(vault),
        Err(error) => {
            drop(vault);
            discard(dir);
            Err(error)
        }
    }
}

/// Takes away a diary that never held anything.
pub(crate) fn discard(dir: &Path) {
    let _ = std::fs::remove_file(vault_path(dir));
}

/// Opens the diary in `dir`.
pub fn unlock(dir: &Path, lock: &LockSecret) -> Result<Diary, Error> {
    Diary::open(Vault::open(vault_path(dir), &lock.as_secret(), Box::new(SystemRng))?)
}

fn make_private_dir(dir: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(dir).map_err(waymark_vault::Error::from)?)
}
