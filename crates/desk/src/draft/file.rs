//! The draft's file in the desk's folder. It appears whole or not at all, and nothing that somebody wrote goes by being replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::desk::make_private_folder;
use crate::study::{StudyFileError, read_study_text};
use crate::whole::write_beside;

/// Its name.
const NAME: &str = "study.toml";
/// How many files from before are kept, at most.
const MOST_KEPT: u32 = 1_000;

/// `study.toml` in a desk's folder.
#[derive(Debug)]
pub(crate) struct DraftFile {
    path: PathBuf,
    /// What was read from it or written to it last.
    known: Mutex<Option<String>>,
}

impl DraftFile {
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(NAME), known: Mutex::default() }
    }

    /// Where it is, or will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is in it; none where it is not there.
    pub fn read(&self) -> Result<Option<String>, StudyFileError> {
        let text = self.text()?;
        self.known().clone_from(&text);
        Ok(text)
    }

    /// What is in it, which is not taken for read by that.
    pub fn peek(&self) -> Option<String> {
        self.text().ok().flatten()
    }

    /// What is in it, where that is what was read or written last: what nobody has looked at is not taken for theirs.
    pub fn as_read(&self) -> Option<String> {
        let text = self.peek()?;
        (self.known().as_ref() == Some(&text)).then_some(text)
    }

    /// Writes it. What lies there and was not read before, because somebody else has written it since, is kept under another name,
    /// which this gives.
    pub fn write(&self, text: &str) -> io::Result<Option<String>> {
        let known = self.known().clone();
        let kept = match self.text() {
            Ok(None) => None,
            Ok(Some(there)) if Some(&there) == known.as_ref() => None,
            _ => Some(self.keep()?),
        };
        self.put(text)?;
        Ok(kept)
    }

    /// Writes it anew, for another study: whatever lies there is kept under another name, which this gives.
    pub fn replace(&self, text: &str) -> io::Result<Option<String>> {
        let kept = if self.path.try_exists()? { Some(self.keep()?) } else { None };
        self.put(text)?;
        Ok(kept)
    }

    fn text(&self) -> Result<Option<String>, StudyFileError> {
        match read_study_text(&self.path) {
            Err(StudyFileError::Unreadable(_, error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            text => text.map(Some),
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, text: &str) -> io::Result<()> {
        // The desk comes into the same folder later.
        if let Some(folder) = self.path.parent()
            && !folder.try_exists()?
        {
            make_private_folder(folder)?;
        }
        write_beside(&self.path, |out| out.write_all(text.as_bytes()))?;
        *self.known() = Some(text.to_owned());
        Ok(())
    }

    /// A second name for what lies there, so that it is never without one.
    fn keep(&self) -> io::Result<String> {
        for number in 1..=MOST_KEPT {
            let name = format!("study.before-{number}.toml");
            let path = self.path.with_file_name(&name);
            if path.try_exists()? {
                continue;
            }
            let bytes = fs::read(&self.path)?;
            write_beside(&path, |out| out.write_all(&bytes))?;
            return Ok(name);
        }
        Err(io::Error::other("there are too many files from before"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_has_written_meanwhile_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = DraftFile::in_folder(folder.path());
        assert_eq!(file.read().unwrap(), None);
        assert_eq!(file.write("one").unwrap(), None);
        assert_eq!(file.write("two").unwrap(), None);
        fs::write(file.path(), "by hand").unwrap();
        assert_eq!(file.write("three").unwrap().as_deref(), Some("study.before-1.toml"));
        assert_eq!(fs::read_to_string(folder.path().join("study.before-1.toml")).unwrap(), "by hand");
        assert_eq!(file.replace("four").unwrap().as_deref(), Some("study.before-2.toml"));
        assert_eq!(fs::read_to_string(folder.path().join("study.before-2.toml")).unwrap(), "three");
        assert_eq!(fs::read_to_string(file.path()).unwrap(), "four");
    }

    #[test]
    fn what_is_no_text_is_kept_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = DraftFile::in_folder(folder.path());
        fs::write(file.path(), b"title = \"Caf\xe9\"").unwrap();
        assert!(matches!(file.read(), Err(StudyFileError::NotText(_))));
        file.write("one").unwrap();
        assert_eq!(fs::read(folder.path().join("study.before-1.toml")).unwrap(), b"title = \"Caf\xe9\"");
    }
}
