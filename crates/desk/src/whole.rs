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

    pub fn name(self) -> io::Result<()> {
        waymark_durable::sync_name(self.rename()?)
    }

    /// The name is there, and may be gone again after a power cut.
    pub fn rename(mut self) -> io::Result<&'p Path> {
        fs::rename(&self.temporary, self.path)?;
        self.named = true;
        Ok(self.path)
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

/// Takes away what was to become a file of this name and did not, because the program was killed: `.<name>.<16 hex digits>`.
pub(crate) fn remove_unfinished(path: &Path) -> io::Result<()> {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = match fs::read_dir(folder) {
        // Who may write in a folder may not always list it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
        files => files?,
    };
    for file in files {
        let file = file?;
        if is_unfinished(&file.file_name().to_string_lossy(), &name) && file.file_type()?.is_file() {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Whether something lies there that was to become a file or folder of this name. Of a folder that cannot be read nobody knows.
pub(crate) fn has_unfinished(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = match fs::read_dir(folder) {
        Err(error) => return error.kind() != io::ErrorKind::NotFound,
        Ok(files) => files,
    };
    files.flatten().any(|file| is_unfinished(&file.file_name().to_string_lossy(), &name))
}

/// Takes away everything in a folder that was to become a file or folder, whatever its name was to be. Only where nobody else writes.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let named = name.get(1..).and_then(|rest| rest.rsplit_once('.')).map(|(named, _)| named.to_owned());
        if !named.is_some_and(|named| is_unfinished(&name, &named)) {
            continue;
        }
        if file.file_type()?.is_dir() {
            fs::remove_dir_all(file.path())?;
        } else {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

pub(crate) fn is_unfinished(file: &str, name: &str) -> bool {
    let digits =
        file.strip_prefix('.').and_then(|rest| rest.strip_prefix(name)).and_then(|rest| rest.strip_prefix('.'));
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    digits.is_some_and(|digits| digits.len() == 16 && digits.bytes().all(is_hex))
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
