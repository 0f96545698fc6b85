//! Objects as files in `parts` in the data folder. A write has synced the file and the folders that lead to it when it returns.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;

use super::super::error::{OpenError, StoreError};
use super::super::folders;

/// The folder.
pub struct Folder(LocalFileSystem);

impl Folder {
    /// The folder `parts` in `folder`; made when there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join("parts");
        let broken = |error| OpenError::Folder { path: path.clone(), error };
        folders::make(&path).map_err(broken)?;
        let store = LocalFileSystem::new_with_prefix(&path).map_err(StoreError::from)?;
        Ok(Self(store.with_fsync(true)))
    }

    /// For what all stores do alike.
    pub fn store(&self) -> &dyn ObjectStore {
        &self.0
    }

    /// Deletes files, and what a killed server left of writing them. Gone from the disk's folders when it returns.
    pub async fn delete(&self, locations: &[Location]) -> Result<(), StoreError> {
        let paths: Result<Vec<PathBuf>, _> =
            locations.iter().map(|location| self.0.path_to_filesystem(location)).collect();
        let paths = paths?;
        tokio::task::spawn_blocking(move || paths.iter().try_for_each(|path| delete(path)))
            .await
            .map_err(|_| StoreError::GivenUp)?
            .map_err(|error| error.kind().into())
    }
}

/// The object store does not sync a folder after a deletion, nor does it know of its own unfinished files (`<hash>#1`, …).
fn delete(path: &Path) -> std::io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Ok(());
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut found = false;
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|entry| entry == name || entry.split('#').next() == Some(name)) {
            fs::remove_file(entry.path())?;
            found = true;
        }
    }
    if found { sync(folder) } else { Ok(()) }
}

fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}
