//! A backup file on its way in: slices of it, put together beside the place of the diary. It is sealed all the way.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use waymark_vault::Vault;

use super::{as_backup, no_room};
use crate::Error;
use crate::lock;
use crate::page::ErrorCode;

/// The longest slice, in bytes.
pub(crate) const MAX_SLICE: usize = 512 * 1024;
/// The longest file, in bytes: years of voice notes.
const MAX_FILE: u64 = 8 * 1024 * 1024 * 1024;
/// How every such file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("diary.incoming")
}

/// Takes the slice that begins at `offset`; 0 begins anew. Gives how many bytes are there now.
pub(crate) fn receive(dir: &Path, offset: u64, slice: &[u8]) -> Result<u64, Error> {
    if lock::exists(dir) {
        return Err(Error::Plain(ErrorCode::DiaryExists));
    }
    if slice.len() > MAX_SLICE || offset.saturating_add(slice.len() as u64) > MAX_FILE {
        return Err(Error::Plain(ErrorCode::NotABackup));
    }
    let path = path(dir);
    let mut file = if offset == 0 {
        if !slice.starts_with(MAGIC) {
            return Err(Error::Plain(ErrorCode::NotABackup));
        }
        lock::make_private_dir(dir)?;
        lock::discard(&path);
        begin(&path)
    } else {
        OpenOptions::new().write(true).open(&path)
    }
    .map_err(waymark_vault::Error::from)?;
    let written = append(&mut file, offset, slice);
    if written.is_err() {
        drop(file);
        lock::discard(&path);
    }
    written
}

/// Forgets what has come so far.
pub(crate) fn forget(dir: &Path) {
    lock::discard(&path(dir));
}

/// Whether what has come is a whole vault, as far as that shows without opening it.
pub(crate) fn examine(dir: &Path) -> Result<Vec<waymark_vault::SlotKind>, Error> {
    Ok(Vault::examine(path(dir)).map_err(|error| as_backup(error.into()))?.slots)
}

fn begin(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn append(file: &mut File, offset: u64, slice: &[u8]) -> Result<u64, Error> {
    let write = |file: &mut File| {
        let end = file.seek(SeekFrom::End(0))?;
        if end == offset {
            file.write_all(slice)?;
        }
        Ok::<_, std::io::Error>(end)
    };
    match write(file) {
        Ok(end) if end == offset => Ok(offset + slice.len() as u64),
        // A slice that does not follow the last one is the page's mistake.
        Ok(_) => Err(Error::Plain(ErrorCode::Internal)),
        Err(error) => Err(no_room(waymark_vault::Error::from(error).into())),
    }
}
