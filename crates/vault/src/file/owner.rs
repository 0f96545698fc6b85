//! One owner at a time, by the operating system's lock on `NAME.lock`, which is released however the owner ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use super::beside;
use crate::Error;

/// Whoever holds this may open the vault.
pub(crate) struct Owner {
    lock: File,
}

impl Owner {
    /// # Errors
    ///
    /// [`Error::InUse`] when somebody else is the owner, in this program or another.
    pub(crate) fn acquire(path: &Path) -> Result<Self, Error> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(beside(path, ".lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse),
            // Where the standard library has no locks, SQLite's own exclusive lock stands alone.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { lock })
    }
}

/// A program that this one is starting holds a copy of the open file until it has begun (`fork` and `exec`), and closing ours
/// would leave the lock with it for that moment. Unlocking gives it up for every copy.
impl Drop for Owner {
    fn drop(&mut self) {
        // What cannot be unlocked was never locked (see `acquire`), or is released by closing.
        let _ = self.lock.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_given_up_even_while_a_starting_program_has_a_copy_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        let owner = Owner::acquire(&path).unwrap();
        let copy = owner.lock.try_clone().unwrap();
        assert!(matches!(Owner::acquire(&path), Err(Error::InUse)));
        drop(owner);
        drop(Owner::acquire(&path).unwrap());
        drop(copy);
    }
}
