//! A bag (BagIt 1.0, RFC 8493): a folder whose files are named with their checksums.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Local;
use rand_core::Rng;
use waymark_protocol::{Hash, StudyId};
use waymark_vault::SystemRng;

use crate::desk::make_private_folder;
use crate::whole::{is_unfinished, write_beside};

/// A bag in the making, under another name beside its own. Dropping it takes it away.
pub(super) struct Bag<'p> {
    temporary: PathBuf,
    path: &'p Path,
    named: std::cell::Cell<bool>,
}

impl<'p> Bag<'p> {
    /// Begins one, where nothing is yet; what an earlier one was to become and did not goes.
    pub fn begin(path: &'p Path) -> io::Result<Self> {
        let name = path.file_name().ok_or_else(|| io::Error::other("it names no folder"))?.to_string_lossy();
        if path.try_exists()? {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something of this name is there already"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        for other in fs::read_dir(folder)? {
            let other = other?;
            if is_unfinished(&other.file_name().to_string_lossy(), &name) && other.file_type()?.is_dir() {
                fs::remove_dir_all(other.path())?;
            }
        }
        let temporary = path.with_file_name(format!(".{name}.{:016x}", SystemRng.next_u64()));
        make_private_folder(&temporary)?;
        let bag = Self { temporary, path, named: std::cell::Cell::new(false) };
        make_private_folder(&bag.data())?;
        Ok(bag)
    }

    /// The folder of what it is to hold.
    pub fn data(&self) -> PathBuf {
        self.temporary.join("data")
    }

    /// Says of each file its checksum, and gives the bag its name. The title is one line.
    pub fn finish(&self, title: &str, study: &StudyId) -> io::Result<()> {
        let mut files = Vec::new();
        list(&self.data(), Path::new("data"), &mut files)?;
        files.sort();
        let mut bytes = 0;
        let mut manifest = String::new();
        for name in &files {
            let (checksum, length) = checksum(&self.temporary.join(name))?;
            bytes += length;
            // As the standard has it: what would end a line is written otherwise.
            let name = name.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
            manifest += &format!("{checksum}  {name}\n");
        }
        let info = format!(
            "Bag-Software-Agent: Waymark {}\nBagging-Date: {}\nExternal-Description: {}\nExternal-Identifier: {study}\nPayload-Oxum: \
             {bytes}.{}\n",
            env!("CARGO_PKG_VERSION"),
            Local::now().format("%Y-%m-%d"),
            title,
            files.len()
        );
        let tags = [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            ("bag-info.txt", &info),
            ("manifest-sha256.txt", &manifest),
        ];
        let mut of_tags = String::new();
        for (name, text) in tags {
            write_beside(&self.temporary.join(name), |out| out.write_all(text.as_bytes()))?;
            of_tags += &format!("{}  {name}\n", checksum(&self.temporary.join(name))?.0);
        }
        write_beside(&self.temporary.join("tagmanifest-sha256.txt"), |out| out.write_all(of_tags.as_bytes()))?;
        fs::rename(&self.temporary, self.path)?;
        self.named.set(true);
        waymark_durable::sync_name(self.path)
    }
}

impl Drop for Bag<'_> {
    fn drop(&mut self) {
        if !self.named.get() {
            // The error that led here says more than one of tidying up.
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// The files below a folder, by their names from the bag's, with `/` between folders.
fn list(folder: &Path, name: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = name.join(file.file_name());
        if file.file_type()?.is_dir() {
            list(&file.path(), &name, files)?;
        } else {
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(())
}

/// SHA-256 in hex, and how many bytes there are.
fn checksum(path: &Path) -> io::Result<(String, u64)> {
    let bytes = fs::read(path)?;
    Ok((Hash::of(&bytes).to_string(), bytes.len() as u64))
}
