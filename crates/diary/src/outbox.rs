//! The folder for files that leave the app: the shell names it, and what goes there gets a name that says nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use chrono::NaiveDate;

use crate::Error;
use crate::page::ErrorCode;

/// How many files of one day and kind there may be.
const MAX_OF_A_DAY: u32 = 999;

/// A file that has left the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Its name in the folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
}

/// Puts a file into `folder`: whole under a name that nobody had (`notes-2026-11-24.md`), or not at all. Only its owner can
/// read it, where the system knows owners.
///
/// # Errors
///
/// [`ErrorCode::OutboxReadOnly`], [`ErrorCode::OutboxFull`]; nothing of the content is left in the folder then. What a kill
/// left there is removed by the next call.
pub(crate) fn put(
    folder: &Path,
    date: NaiveDate,
    ending: &str,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<Delivered, Error> {
    put_file(folder, date, ending, fill).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Error::Plain(ErrorCode::OutboxFull)
        }
        _ => Error::Plain(ErrorCode::OutboxReadOnly),
    })
}

fn put_file(
    folder: &Path,
    date: NaiveDate,
    ending: &str,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<Delivered> {
    waymark_durable::make_durably(folder, || fs::create_dir_all(folder))?;
    remove_unfinished(folder)?;
    let unfinished = folder.join(format!("{UNFINISHED}notes-{date}.{ending}"));
    let delivered = write(&unfinished, fill).and_then(|bytes| {
        let name = give_name(&unfinished, folder, date, ending)?;
        Ok(Delivered { name, bytes })
    });
    if delivered.is_err() {
        // The error that is already on its way says more than one of tidying up.
        let _ = fs::remove_file(&unfinished);
    }
    delivered
}

/// How a file's name begins while it is being written.
const UNFINISHED: &str = ".unfinished-";

fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(&format!("{UNFINISHED}notes-")) {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Gives a whole file the first name that nobody has, durably.
fn give_name(unfinished: &Path, folder: &Path, date: NaiveDate, ending: &str) -> io::Result<String> {
    for number in 1..=MAX_OF_A_DAY {
        let name = match number {
            1 => format!("notes-{date}.{ending}"),
            _ => format!("notes-{date}-{number}.{ending}"),
        };
        let path = folder.join(&name);
        match take_name(unfinished, &path) {
            Ok(()) => {
                return waymark_durable::sync_name(&path).map(|()| name).inspect_err(|_| drop(fs::remove_file(&path)));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A link takes nobody's name, and whatever happens it is there with the whole file or not at all. Where there are no links (FAT,
/// the shared folders of Android), an empty file takes the name for the moment in which the whole one is renamed to it: a kill or a
/// power cut in that moment leaves the empty one.
fn take_name(unfinished: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(unfinished, path) {
        Ok(()) => {
            // What cannot be removed now is removed by the next call.
            let _ = fs::remove_file(unfinished);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            create_new(path)?;
            fs::rename(unfinished, path).inspect_err(|_| drop(fs::remove_file(path)))
        }
    }
}

fn write(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<u64> {
    let mut file = create_new(path)?;
    fill(&mut file)?;
    file.flush()?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &[u8] = b"canary-of-the-diary";

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
    }

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).expect("read").flatten();
        let mut names: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_whole_under_a_neutral_name_that_takes_nobodys_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |bytes: &'static [u8]| put(folder.path(), day(), "md", |file| file.write_all(bytes)).expect("put");
        assert_eq!(put(b"first"), Delivered { name: "notes-2026-11-24.md".into(), bytes: 5 });
        assert_eq!(put(b"second").name, "notes-2026-11-24-2.md");
        assert_eq!(fs::read(folder.path().join("notes-2026-11-24.md")).expect("read"), b"first");
        assert_eq!(names(folder.path()), ["notes-2026-11-24-2.md", "notes-2026-11-24.md"]);
        #[cfg(unix)]
        {
            let file = fs::metadata(folder.path().join("notes-2026-11-24.md")).expect("there");
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o777, 0o600);
        }
    }

    #[test]
    fn a_disk_that_fills_up_in_the_middle_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let full = put(folder.path(), day(), "md", |file| {
            file.write_all(CANARY)?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(full.expect_err("full").code(), ErrorCode::OutboxFull);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn what_a_kill_left_is_gone_after_the_next_file() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(".unfinished-notes-2026-11-23.md"), CANARY).expect("written");
        fs::write(folder.path().join("notes-of-mine.md"), b"a list").expect("written");
        put(folder.path(), day(), "md", |file| file.write_all(b"x")).expect("put");
        assert_eq!(names(folder.path()), ["notes-2026-11-24.md", "notes-of-mine.md"]);
    }

    #[test]
    fn a_folder_that_is_none_is_named_as_such() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a file");
        fs::write(&file, b"x").expect("written");
        let refused = put(&file, day(), "md", |file| file.write_all(CANARY));
        assert_eq!(refused.expect_err("no folder").code(), ErrorCode::OutboxReadOnly);
        assert_eq!(names(folder.path()), ["a file"]);
    }
}
