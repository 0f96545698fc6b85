//! Files that appear whole or not at all, and that only their owner can read.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rand_core::Rng;
use waymark_vault::SystemRng;

/// Writes a file under another name beside its own, and renames it when it is whole and on the disk. So is its name when this
/// returns.
pub(crate) fn write_beside(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    Unnamed::write(path, write)?.name()
}

/// A file that is whole and on the disk and does not have its name yet. Dropping it takes it away.
pub(crate) struct Unnamed<'p> {
    temporary: PathBuf,
    path: &'p Path,
    named: bool,
}

impl<'p> Unnamed<'p> {
    pub fn write(path: &'p Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Self> {
        let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
        if path.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let temporary = path.with_file_name(format!(".{}.{:016x}", name.to_string_lossy(), SystemRng.next_u64()));
        let unnamed = Self { temporary, path, named: false };
        write_private(&unnamed.temporary, write)?;
        Ok(unnamed)
    }

    pub fn name(mut self) -> io::Result<()> {
        fs::rename(&self.temporary, self.path)?;
        self.named = true;
        waymark_durable::sync_name(self.path)
    }
}

impl Drop for Unnamed<'_> {
    fn drop(&mut self) {
        if !self.named {
            // The error that led here says more than one of tidying up.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

fn write_private(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = BufWriter::new(options.open(path)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
