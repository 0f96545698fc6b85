//! The parts' bytes, as objects: `parts/<study>/<participant>/<hash>` in the data folder.
//!
//! A write is on disk when it returns, the folders that lead to it too; a reader sees a whole object or none.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{Error, ObjectStoreExt};
use waymark_protocol::{Hash, ParticipantId, StudyId};

use super::error::{OpenError, StoreError};

/// Names a part: it belongs to one participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartKey {
    /// The study.
    pub study: StudyId,
    /// The participant.
    pub participant: ParticipantId,
    /// `H(part)`.
    pub hash: Hash,
}

/// The objects.
pub struct Blobs(LocalFileSystem);

impl Blobs {
    /// Over the folder `parts` in `folder`; made when there is none.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join("parts");
        let broken = |error| OpenError::Folder { path: path.clone(), error };
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&path).map_err(broken)?;
        sync(folder).map_err(broken)?;
        let store = LocalFileSystem::new_with_prefix(&path).map_err(StoreError::from)?;
        Ok(Self(store.with_fsync(true)))
    }

    /// Writes an object, over one that may be there.
    pub async fn put(&self, key: &PartKey, bytes: Bytes) -> Result<(), StoreError> {
        self.0.put(&location(key), bytes.into()).await?;
        Ok(())
    }

    /// Reads an object; none when there is none.
    pub async fn get(&self, key: &PartKey) -> Result<Option<Bytes>, StoreError> {
        let read = async { self.0.get(&location(key)).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes objects, and what a killed server left of writing them. Gone from the disk's folders when it returns.
    pub async fn delete(&self, keys: &[PartKey]) -> Result<(), StoreError> {
        let paths: Result<Vec<PathBuf>, _> = keys.iter().map(|key| self.0.path_to_filesystem(&location(key))).collect();
        let paths = paths?;
        tokio::task::spawn_blocking(move || paths.iter().try_for_each(|path| delete(path)))
            .await
            .map_err(|_| StoreError::GivenUp)?
            .map_err(|error| StoreError::Files(error.to_string()))
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

fn location(key: &PartKey) -> Location {
    Location::from_iter([key.study.to_string(), key.participant.to_string(), key.hash.to_string()])
}

/// A path in the message names no person: participants are random numbers.
impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let full = |error: &(dyn std::error::Error + 'static)| {
            error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::StorageFull)
        };
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            if full(error) {
                return Self::Full;
            }
            cause = error.source();
        }
        Self::Files(error.to_string())
    }
}
