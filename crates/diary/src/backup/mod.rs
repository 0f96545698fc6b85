//! A backup file: the whole diary, sealed, in one file; and a diary from such a file.
//!
//! ```text
//! back up:   vault ─ copy of every table ─ part ─ passphrase instead of a PIN ─► notes-….waymark-backup
//! restore:   slices ─► diary.incoming ─ opens, every object opens ─ part ─ new lock ─► diary.waymark
//! ```
//!
//! The file is a vault with the same key and the same ways to open as the diary it came from: the passphrase of that day, and
//! the 24 words. *Parting* takes out what only one phone may have: device key, token and log. So no file ever holds a device
//! that two phones could use, and what was held is private. Every other table is carried as it is, whoever wrote it.
//!
//! A restored diary is private and remembers its study ([`Parted`](crate::store::Parted)).
//! `docs/decisions/0010-a-backup-has-no-device.md` says why.

pub(crate) mod incoming;
mod part;

use std::path::{Path, PathBuf};

use waymark_vault::{ArgonParams, SlotKind, SystemRng, Vault};

use crate::Error;
use crate::diary::Diary;
use crate::lock::{self, LockSecret, UNLOCK_TIME};
use crate::page::ErrorCode;

/// What opens a backup file.
pub enum Opener {
    /// The passphrase that the diary, or the file, had when it was made.
    Passphrase(LockSecret),
    /// The 24 words.
    Words(zeroize::Zeroizing<String>),
}

impl Diary {
    /// Makes the sealed file in `dir`, under a name that the next call takes again, and gives its path.
    ///
    /// A PIN protects nothing outside the phone, where all of them can be tried: a diary with a PIN needs a passphrase for the
    /// file. Of one with a passphrase, `passphrase` is not looked at.
    pub fn back_up(&self, dir: &Path, passphrase: Option<&LockSecret>) -> Result<PathBuf, Error> {
        let pin = self.lock_kind()? == SlotKind::Pin;
        let instead = match (pin, passphrase) {
            (true, Some(secret @ LockSecret::Passphrase(_))) => {
                secret.check()?;
                Some(secret)
            }
            (true, _) => return Err(Error::Plain(ErrorCode::WeakSecret)),
            (false, _) => None,
        };
        let path = dir.join("diary.leaving");
        lock::discard(&path);
        let made = self.vault.copy_to(&path, Box::new(SystemRng)).map_err(Error::from).and_then(|mut copy| {
            part::part(&mut copy)?;
            if let Some(passphrase) = instead {
                let params = ArgonParams::calibrated(UNLOCK_TIME);
                copy.exchange_slot(SlotKind::Pin, &passphrase.as_secret(), &params)?;
            }
            copy.check_objects()?;
            copy.compact()?;
            Ok(copy.lock()?)
        });
        if let Err(error) = made {
            lock::discard(&path);
            return Err(no_room(error));
        }
        Ok(path)
    }
}

/// Whether the file that was brought in opens with this, whole: every object in it is looked at.
pub(crate) fn try_opening(dir: &Path, opener: &Opener) -> Result<(), Error> {
    open(&incoming::path(dir), opener).map(drop)
}

/// Makes the diary in `dir` from the file that was brought in. Until it is proven whole it has another name; whatever goes wrong
/// before leaves no diary, and the file can be tried again.
pub fn restore_backup(dir: &Path, opener: &Opener, new: &LockSecret) -> Result<Diary, Error> {
    lock::check_new(dir, new)?;
    let path = incoming::path(dir);
    let mut vault = open(&path, opener)?;
    part::part(&mut vault).map_err(as_backup)?;
    // Read as a diary before it becomes one.
    let mut diary = Diary::open(vault).map_err(as_backup)?;
    lock::exchange(&mut diary.vault, new)?;
    diary.vault.compact()?;
    diary.lock()?;
    lock::finish(&path, dir).map_err(waymark_vault::Error::from)?;
    lock::unlock(dir, new)
}

fn open(path: &Path, opener: &Opener) -> Result<Vault, Error> {
    let opened = match opener {
        Opener::Words(words) => lock::open_with_words(path, words),
        Opener::Passphrase(secret) => Vault::open(path, &secret.as_secret(), Box::new(SystemRng)).map_err(Error::from),
    };
    let vault = opened.map_err(as_backup)?;
    vault.check_objects().map_err(|error| as_backup(error.into()))?;
    Ok(vault)
}

/// No room for the file is no room for the file, and says nothing of what is being written in the diary.
fn no_room(error: Error) -> Error {
    match error {
        Error::Vault(waymark_vault::Error::DiskFull) => Error::Plain(ErrorCode::OutboxFull),
        other => other,
    }
}

/// What is wrong with a file that came from elsewhere is said of that file and not of the phone.
pub(crate) fn as_backup(error: Error) -> Error {
    use waymark_vault::Error as Vault;
    match error {
        Error::Vault(Vault::NotAVault | Vault::NotFound) => Error::Plain(ErrorCode::NotABackup),
        Error::Vault(Vault::NewerFile { .. }) => Error::Plain(ErrorCode::BackupNewer),
        Error::Vault(Vault::Damaged { .. } | Vault::ArgonOutOfRange) | Error::Stored(_) => {
            Error::Plain(ErrorCode::BackupDamaged)
        }
        other => other,
    }
}

#[cfg(test)]
#[path = "parting_tests.rs"]
mod tests;
