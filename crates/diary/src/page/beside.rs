//! Small plain files beside the vault: what has to be known while it is locked, and says nothing about what was written.
//!
//! Each is replaced as a whole: a crash leaves the old file or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::ErrorCode;
use crate::Error;
use crate::lock::make_private_dir;

/// A file's name, and the most that is read of it.
pub(super) struct PlainFile {
    /// Its name in the diary's folder.
    pub name: &'static str,
    /// In bytes; a longer one is not ours.
    pub longest: u64,
}

impl PlainFile {
    /// What is in it; nothing when there is no such file, when it cannot be read, or when it is too long.
    pub fn read(&self, dir: &Path) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(dir.join(self.name)).and_then(|file| file.take(self.longest + 1).read_to_end(&mut bytes)).ok()?;
        (bytes.len() as u64 <= self.longest).then_some(bytes)
    }

    /// Puts `bytes` in it, durably.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::DiskFull`], or [`ErrorCode::ReadOnly`] when the folder cannot be written to. What was there before stays.
    pub fn write(&self, dir: &Path, bytes: &[u8]) -> Result<(), Error> {
        make_private_dir(dir).map_err(|error| match error.code() {
            ErrorCode::DiskFull => error,
            _ => Error::Plain(ErrorCode::ReadOnly),
        })?;
        self.replace(dir, bytes).map_err(|error| {
            let _ = fs::remove_file(self.unfinished(dir));
            Error::Plain(code(error.kind()))
        })
    }

    /// Takes it away.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ReadOnly`] when it is still there.
    pub fn remove(&self, dir: &Path) -> Result<(), Error> {
        // And what a program that was killed in between had not finished.
        for path in [dir.join(self.name), self.unfinished(dir)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::Plain(code(error.kind()))),
                _ => {}
            }
        }
        Ok(())
    }

    fn replace(&self, dir: &Path, bytes: &[u8]) -> io::Result<()> {
        let unfinished = self.unfinished(dir);
        // Made anew: a file that is there keeps the rights that it has.
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, dir.join(self.name))?;
        #[cfg(unix)]
        File::open(dir)?.sync_all()?;
        Ok(())
    }

    fn unfinished(&self, dir: &Path) -> PathBuf {
        dir.join(format!("{}.new", self.name))
    }
}

fn code(kind: io::ErrorKind) -> ErrorCode {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
        // Whatever else it is, the folder does not take the file.
        _ => ErrorCode::ReadOnly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: PlainFile = PlainFile { name: "note.json", longest: 8 };

    #[test]
    #[cfg(unix)]
    fn a_file_is_its_owners_alone_and_nothing_unfinished_outlives_it() {
        use std::os::unix::fs::PermissionsExt as _;

        let dir = tempfile::tempdir().expect("a folder");
        let unfinished = NOTE.unfinished(dir.path());
        fs::write(&unfinished, "half").expect("written");
        fs::set_permissions(&unfinished, fs::Permissions::from_mode(0o644)).expect("changed");
        NOTE.write(dir.path(), b"one").expect("written");
        let mode = fs::metadata(dir.path().join(NOTE.name)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        fs::write(&unfinished, "half").expect("written");
        NOTE.remove(dir.path()).expect("removed");
        assert_eq!(fs::read_dir(dir.path()).expect("the folder").count(), 0);
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_leaves_nothing_unfinished() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("not there yet");
        assert_eq!(NOTE.read(&folder), None);
        NOTE.write(&folder, b"one").expect("written");
        NOTE.write(&folder, b"two").expect("written again");
        assert_eq!(NOTE.read(&folder).as_deref(), Some(b"two".as_slice()));
        let names: Vec<_> =
            fs::read_dir(&folder).expect("the folder").map(|each| each.expect("a file").file_name()).collect();
        assert_eq!(names, [NOTE.name]);
        NOTE.remove(&folder).expect("removed");
        NOTE.remove(&folder).expect("there is nothing to remove");
        assert_eq!(NOTE.read(&folder), None);
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        let dir = tempfile::tempdir().expect("a folder");
        for (length, there) in [(8, true), (9, false)] {
            fs::write(dir.path().join(NOTE.name), "x".repeat(length)).expect("written");
            assert_eq!(NOTE.read(dir.path()).is_some(), there, "{length}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told_and_what_was_there_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a file");
        fs::write(&file, "").expect("written");
        assert_eq!(NOTE.write(&file, b"x").expect_err("a file is no folder").code(), ErrorCode::ReadOnly);

        NOTE.write(dir.path(), b"one").expect("written");
        // A folder where the unfinished file would have to be stands in for one that takes no files: whoever runs the
        // tests may be allowed to write everywhere.
        fs::create_dir(NOTE.unfinished(dir.path())).expect("made");
        assert_eq!(NOTE.write(dir.path(), b"two").expect_err("in the way").code(), ErrorCode::ReadOnly);
        assert_eq!(NOTE.read(dir.path()).as_deref(), Some(b"one".as_slice()));
    }

    #[test]
    fn each_refusal_of_the_disk_has_its_code() {
        assert_eq!(code(io::ErrorKind::StorageFull), ErrorCode::DiskFull);
        assert_eq!(code(io::ErrorKind::QuotaExceeded), ErrorCode::DiskFull);
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::NotADirectory] {
            assert_eq!(code(kind), ErrorCode::ReadOnly, "{kind}");
        }
    }
}
