//! Where the page's exports are written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Local;

use super::super::ErrorCode;
use crate::desk::make_private_folder;
use crate::export::{Format, Text, Wanted, WantedPack};
use crate::whole;

const LONGEST_NAME: usize = 40;

/// A folder beside the desk's.
pub(in crate::page) struct Place(PathBuf);

impl Place {
    pub fn beside(desk: &Path) -> Self {
        let desk = fs::canonicalize(desk).or_else(|_| std::path::absolute(desk)).unwrap_or_else(|_| desk.to_owned());
        let mut name = desk.file_name().unwrap_or("desk".as_ref()).to_owned();
        name.push("-exports");
        Self(desk.with_file_name(name))
    }

    pub fn shown(&self) -> String {
        self.0.display().to_string()
    }

    /// The path of the next export, at which nothing lies; the folder is there.
    pub fn next(&self, title: &str, wanted: &Wanted) -> Result<PathBuf, ErrorCode> {
        let text = match wanted.text {
            Text::Original => "as-written",
            Text::Copy { .. } => "names-replaced",
        };
        let (format, text) = match wanted.format {
            Format::Qdc => ("qdc".to_owned(), "codebook"),
            format => (format.to_string(), text),
        };
        // A package is a folder.
        let ending = if format == "archive" { String::new() } else { format!(".{format}") };
        self.free(title, text, &ending)
    }

    /// The same of a pack. Its name says that it is one, and of whom.
    pub fn next_pack(&self, title: &str, wanted: &WantedPack) -> Result<PathBuf, ErrorCode> {
        self.free(title, &format!("interview-pack-{}", plain(&wanted.participant)), &format!(".{}", wanted.format))
    }

    /// The same for a certificate.
    pub fn certificate(&self, title: &str) -> Result<PathBuf, ErrorCode> {
        self.free(title, "certificate", ".json")
    }

    fn free(&self, title: &str, what: &str, ending: &str) -> Result<PathBuf, ErrorCode> {
        self.make().map_err(|error| ErrorCode::of_writing(&error))?;
        let begin = format!("{}-{}-{what}", plain(title), Local::now().format("%Y-%m-%d-%H%M"));
        let name = |nth: u32| match nth {
            1 => format!("{begin}{ending}"),
            nth => format!("{begin}-{nth}{ending}"),
        };
        let paths = (1..=u32::MAX).map(|nth| self.0.join(name(nth)));
        let is_free = |path: &PathBuf| !crate::exported::may_be_there(path);
        paths.take(10_000).find(is_free).ok_or(ErrorCode::ExportUnwritable)
    }

    /// It is there, its owner's alone, and nothing in it is unfinished: nobody else writes here, and the desk has one thing to do at a time.
    fn make(&self) -> io::Result<()> {
        let found = match fs::symlink_metadata(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return make_private_folder(&self.0),
            found => found?,
        };
        if !found.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            if found.permissions().mode() & 0o077 != 0 {
                // Of somebody else's folder that cannot be changed.
                fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700))?;
            }
        }
        whole::sweep(&self.0)
    }

    /// Opens the folder in the system's own program for files.
    pub fn show(&self) -> Result<(), ErrorCode> {
        self.make().map_err(|error| ErrorCode::of_writing(&error))?;
        open::that_detached(&self.0).map_err(|_| ErrorCode::FolderNotShown)
    }
}

/// A title as a part of a file's name: small letters and digits, joined by hyphens.
fn plain(title: &str) -> String {
    let letters = title.chars().flat_map(char::to_lowercase);
    let letters: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = letters.split_whitespace().collect::<Vec<_>>().join("-");
    let plain: String = plain.chars().take(LONGEST_NAME).collect();
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { "study".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        for (title, expected) in [
            ("Into, through & beyond: peers/work", "into-through-beyond-peers-work"),
            ("…", "study"),
            ("Über 同伴", "über-同伴"),
            (&"a ".repeat(60), "a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a"),
        ] {
            assert_eq!(plain(title), expected);
        }
    }
}
