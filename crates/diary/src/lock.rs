//! Making a diary, and opening its lock.

mod change;

use std::path::{Path, PathBuf};
use std::time::Duration;

use unicode_normalization::UnicodeNormalization;
use waymark_protocol::keys::RecoverySecret;
use waymark_vault::{ArgonParams, Secret, SlotKind, SystemRng, Tx, Vault};
use zeroize::Zeroizing;

use crate::Error;
use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, IDENTITY, Identity, ME};

pub use change::{Resealed, check_words, reset};
pub(crate) use change::{exchange, open_with_words};

/// How long opening the lock should take at least, on the phone that made it.
pub(crate) const UNLOCK_TIME: Duration = Duration::from_millis(500);
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

    /// A PIN as typed. A phone's number keys may write the digits of its own language, and another phone's others: they are
    /// brought to one form first.
    pub fn pin(typed: &str) -> Self {
        Self::Pin(Zeroizing::new(typed.chars().map(western_digit).collect()))
    }

    pub(crate) fn as_secret(&self) -> Secret<'_> {
        match self {
            Self::Passphrase(passphrase) => Secret::Passphrase(passphrase),
            Self::Pin(pin) => Secret::Pin { pin, keystore: &[] },
        }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let strong = match self {
            Self::Passphrase(passphrase) => passphrase.chars().count() >= MIN_PASSPHRASE_CHARS,
            Self::Pin(pin) => pin.len() >= MIN_PIN_DIGITS && pin.bytes().all(|digit| digit.is_ascii_digit()),
        };
        if strong { Ok(()) } else { Err(Error::Plain(ErrorCode::WeakSecret)) }
    }
}

/// The digit 0…9 for one of Arabic's, of Persian's and Urdu's, or of the wide ones beside Chinese and Japanese.
fn western_digit(typed: char) -> char {
    const ZEROS: [u32; 3] = [0x0660, 0x06F0, 0xFF10];
    let value = ZEROS.iter().filter_map(|zero| u32::from(typed).checked_sub(*zero)).find(|value| *value < 10);
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(typed)
}

pub(crate) fn vault_path(dir: &Path) -> PathBuf {
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
    create_with(dir, lock, &Identity::new(&secret, false), &secret, |_| Ok(()))
}

/// Makes a diary with what `fill` puts into it. Until it is whole it has another name, so that a crash leaves nothing that
/// stands in the way of the next try.
pub(crate) fn create_with(
    dir: &Path,
    lock: &LockSecret,
    identity: &Identity,
    secret: &RecoverySecret,
    fill: impl FnOnce(&mut Tx<'_>) -> Result<(), Error>,
) -> Result<Diary, Error> {
    check_new(dir, lock)?;
    make_private_dir(dir)?;
    let unfinished = dir.join("diary.unfinished");
    discard(&unfinished);
    let words = Secret::Words(secret.dangerously_bytes());
    let params = ArgonParams::calibrated(UNLOCK_TIME);
    let made = Vault::create(&unfinished, &lock.as_secret(), &params, Box::new(SystemRng))
        .map_err(Error::from)
        .and_then(|mut vault| {
            vault.add_slot(&words, &params)?;
            vault.write(|tx| {
                store::put(tx, IDENTITY, ME, identity)?;
                fill(tx)
            })?;
            Ok(vault.lock()?)
        });
    if let Err(error) = made {
        discard(&unfinished);
        return Err(error);
    }
    finish(&unfinished, dir).map_err(waymark_vault::Error::from)?;
    Diary::open(Vault::open(vault_path(dir), &words, Box::new(SystemRng))?)
}

/// Whether a diary can be made in `dir` with this lock.
pub(crate) fn check_new(dir: &Path, lock: &LockSecret) -> Result<(), Error> {
    lock.check()?;
    if exists(dir) {
        return Err(Error::Plain(ErrorCode::DiaryExists));
    }
    Ok(())
}

/// Gives a whole diary its name, durably.
pub(crate) fn finish(unfinished: &Path, dir: &Path) -> std::io::Result<()> {
    std::fs::rename(unfinished, vault_path(dir))?;
    discard(unfinished);
    #[cfg(unix)]
    std::fs::File::open(dir)?.sync_all()?;
    Ok(())
}

/// Takes away what is left of a diary that was never whole.
pub(crate) fn discard(unfinished: &Path) {
    let name = unfinished.as_os_str();
    for ending in ["", "-wal", ".lock", ".creating"] {
        let mut file = name.to_owned();
        file.push(ending);
        let _ = std::fs::remove_file(file);
    }
}

/// Opens the diary in `dir`.
pub fn unlock(dir: &Path, lock: &LockSecret) -> Result<Diary, Error> {
    Diary::open(Vault::open(vault_path(dir), &lock.as_secret(), Box::new(SystemRng))?)
}

/// Makes the folder `dir` where it is missing, for its owner alone, durably.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(waymark_durable::make_durably(dir, || builder.create(dir)).map_err(waymark_vault::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(typed: &str) -> String {
        match LockSecret::pin(typed) {
            LockSecret::Pin(pin) => pin.as_str().to_owned(),
            LockSecret::Passphrase(_) => String::new(),
        }
    }

    #[test]
    fn a_pin_is_the_same_in_the_digits_of_every_keyboard() {
        for typed in ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"] {
            assert_eq!(digits(typed), "0123456789");
        }
        assert_eq!(digits("12 ab\u{66a}"), "12 ab\u{66a}", "what is no digit stays, and is refused as before");
    }
}
