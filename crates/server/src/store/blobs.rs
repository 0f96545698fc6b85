//! The parts' bytes, as objects: `parts/<study>/<participant>/<hash>-<16 random hex digits>` in the data folder; those of older
//! servers are called by their hash alone.
//!
//! A write is on disk when it returns, the folders that lead to it too; a reader sees a whole object or none.

use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use waymark_protocol::{Hash, ParticipantId, StudyId, hex};

use super::error::{OpenError, StoreError};
use crate::entropy;

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

/// Names an object: one upload of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The part.
    pub key: PartKey,
    /// The object's own name.
    pub name: String,
}

impl Object {
    /// A new name, which no object has had.
    pub fn new(key: PartKey) -> Self {
        Self { key, name: format!("{}-{}", key.hash, hex::encode(&entropy::bytes::<8>())) }
    }

    fn location(&self) -> Location {
        Location::from_iter([self.key.study.to_string(), self.key.participant.to_string(), self.name.clone()])
    }

    /// The object that lies there; none for what was never one.
    fn at(location: &Location) -> Option<Self> {
        let mut names = location.parts();
        let (study, participant, name) = (names.next()?, names.next()?, names.next()?);
        let name = name.as_ref().to_owned();
        let hash = name.split('-').next()?.parse().ok()?;
        let key =
            PartKey { study: study.as_ref().parse().ok()?, participant: participant.as_ref().parse().ok()?, hash };
        names.next().is_none().then_some(Self { key, name })
    }
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

    /// Writes an object.
    pub async fn put(&self, object: &Object, bytes: Bytes) -> Result<(), StoreError> {
        self.0.put(&object.location(), bytes.into()).await?;
        Ok(())
    }

    /// Reads an object; none when there is none.
    pub async fn get(&self, object: &Object) -> Result<Option<Bytes>, StoreError> {
        let read = async { self.0.get(&object.location()).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes objects, and what a killed server left of writing them. Gone from the disk's folders when it returns.
    pub async fn delete(&self, objects: &[Object]) -> Result<(), StoreError> {
        let path = |object: &Object| self.0.path_to_filesystem(&object.location());
        let paths: Result<Vec<PathBuf>, _> = objects.iter().map(path).collect();
        let paths = paths?;
        tokio::task::spawn_blocking(move || paths.iter().try_for_each(|path| delete(path)))
            .await
            .map_err(|_| StoreError::GivenUp)?
            .map_err(|error| StoreError::Files(error.to_string()))
    }

    /// A study's objects that were written before that time, in milliseconds since 1970.
    pub async fn older_than(&self, study: &StudyId, before: u64) -> Result<Vec<Object>, StoreError> {
        let mut entries = self.0.list(Some(&Location::from(study.to_string())));
        let mut objects = Vec::new();
        while let Some(entry) = entries.try_next().await? {
            if u64::try_from(entry.last_modified.timestamp_millis()).is_ok_and(|written| written < before) {
                objects.extend(Object::at(&entry.location));
            }
        }
        Ok(objects)
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
