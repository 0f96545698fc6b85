//! What the first 100 bytes say, read without SQLite, so that a file that is not ours or too new is not touched.
//!
//! <https://www.sqlite.org/fileformat2.html#the_database_header>

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::MIGRATIONS;
use crate::Error;

/// Marks the file as a vault: "WmkV".
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"WmkV");
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What the header says.
pub(crate) struct Header {
    /// The number of migrations that made the file.
    pub(crate) version: u32,
}

/// Reads the header of a file that must be readable and writable.
///
/// # Errors
///
/// [`Error::NotAVault`], [`Error::NewerFile`], [`Error::NotFound`], [`Error::ReadOnly`].
pub(crate) fn peek(path: &Path) -> Result<Header, Error> {
    let mut header = [0; 100];
    let read = OpenOptions::new().read(true).write(true).open(path)?.read_exact(&mut header);
    read.map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Error::NotAVault,
        _ => error.into(),
    })?;
    let word = |at: usize| u32::from_be_bytes(header[at..at + 4].try_into().expect("four bytes are four bytes"));
    if header[..16] != *MAGIC || word(68).cast_signed() != APPLICATION_ID {
        return Err(Error::NotAVault);
    }
    let header = Header { version: word(60) };
    header.known()?;
    Ok(header)
}

impl Header {
    /// # Errors
    ///
    /// [`Error::NewerFile`] when the version is none that this program knows.
    pub(crate) fn known(&self) -> Result<(), Error> {
        let known = u32::try_from(MIGRATIONS.len()).expect("there are few migrations");
        if self.version > known { Err(Error::NewerFile { found: self.version, known }) } else { Ok(()) }
    }
}
