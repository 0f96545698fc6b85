//! One owner at a time, by the operating system's lock on `NAME.lock`, which is released however the owner ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use super::beside;
use crate::Error;

/// Whoever holds this may open the vault.
pub(crate) struct Owner {
    _lock: File,
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
        Ok(Self { _lock: lock })
    }
}
