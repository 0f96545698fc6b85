//! The parts' bytes, as objects: `<study>/<participant>/<hash>-<16 random hex digits>`; those of older servers are called by their
//! hash alone. They lie in the data folder's `parts`, see [`folder`], or in a bucket, see [`bucket`].
//!
//! A write is durable when it returns; a reader sees a whole object or none.

mod bucket;
mod folder;

use std::future::ready;
use std::io;

use axum::body::Bytes;
use futures_util::{Stream, TryStreamExt};
use object_store::client::HttpError;
use object_store::path::Path as Location;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use waymark_protocol::{Hash, ParticipantId, StudyId, hex};

use super::error::{OpenError, StoreError};
use super::place::{Bucket, Place};
use crate::entropy;
use folder::Folder;

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
pub enum Blobs {
    /// In a folder.
    Folder(Folder),
    /// In a bucket of an S3-compatible store.
    Bucket(Box<dyn ObjectStore>),
}

/// Whether its settings make a bucket; asks nothing of it.
pub fn check(bucket: &Bucket) -> Result<(), OpenError> {
    bucket::open(bucket).map(drop)
}

impl Blobs {
    /// Where the place says; a folder is made when there is none.
    pub fn open(place: &Place) -> Result<Self, OpenError> {
        match &place.parts {
            None => Folder::open(&place.folder).map(Self::Folder),
            Some(url) => bucket::open(url).map(Self::Bucket),
        }
    }

    fn store(&self) -> &dyn ObjectStore {
        match self {
            Self::Folder(folder) => folder.store(),
            Self::Bucket(bucket) => &**bucket,
        }
    }

    /// Writes an object.
    pub async fn put(&self, object: &Object, bytes: Bytes) -> Result<(), StoreError> {
        self.store().put(&object.location(), bytes.into()).await?;
        Ok(())
    }

    /// Reads an object; none when there is none.
    pub async fn get(&self, object: &Object) -> Result<Option<Bytes>, StoreError> {
        let read = async { self.store().get(&object.location()).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// An object's bytes, if they are the part's.
    pub async fn whole(&self, object: &Object) -> Result<Option<Bytes>, StoreError> {
        Ok(self.get(object).await?.filter(|bytes| Hash::of(bytes) == object.key.hash))
    }

    /// Deletes objects, and what a killed server left of writing them. Gone when it returns; those that are not there are gone.
    pub async fn delete(&self, objects: &[Object]) -> Result<(), StoreError> {
        let locations: Vec<Location> = objects.iter().map(Object::location).collect();
        match self {
            Self::Folder(folder) => folder.delete(&locations).await,
            Self::Bucket(bucket) => {
                for location in &locations {
                    match bucket.delete(location).await {
                        Ok(()) | Err(Error::NotFound { .. }) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                Ok(())
            }
        }
    }

    /// Deletes objects one by one: those that are gone, and the first error.
    pub async fn delete_each(&self, objects: Vec<Object>) -> (Vec<Object>, Result<(), StoreError>) {
        let (mut gone, mut all) = (Vec::with_capacity(objects.len()), Ok(()));
        for object in objects {
            match self.delete(std::slice::from_ref(&object)).await {
                Ok(()) => gone.push(object),
                Err(error) => all = all.and(Err(error)),
            }
        }
        (gone, all)
    }

    /// A study's objects that were written before that time, in milliseconds since 1970, as they are found.
    pub fn older_than(&self, study: &StudyId, before: u64) -> impl Stream<Item = Result<Object, StoreError>> + Send {
        let entries = self.store().list(Some(&Location::from(study.to_string())));
        entries.err_into().try_filter_map(move |entry| {
            let old = u64::try_from(entry.last_modified.timestamp_millis()).is_ok_and(|written| written < before);
            ready(Ok(if old { Object::at(&entry.location) } else { None }))
        })
    }
}

/// The store's own words hold paths, addresses and what a bucket's server answered: none of that is passed on.
impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let causes = || std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        let io = causes().find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
        let http = causes().find_map(|cause| cause.downcast_ref::<HttpError>()).map(HttpError::kind);
        match (&error, io, http) {
            (_, Some(kind), _) => kind.into(),
            (Error::PermissionDenied { .. } | Error::Unauthenticated { .. }, ..) => {
                Self::Files("they may not be used with these rights or keys".to_owned())
            }
            (Error::NotFound { .. }, ..) => Self::Files("something that was there is not".to_owned()),
            (_, None, Some(kind)) => Self::Files(format!("they cannot be read or written ({kind:?})")),
            (_, None, None) => Self::Files("they cannot be read or written".to_owned()),
        }
    }
}

impl From<io::ErrorKind> for StoreError {
    fn from(kind: io::ErrorKind) -> Self {
        let words = match kind {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                return Self::Full;
            }
            io::ErrorKind::PermissionDenied => "they may not be used with these rights or keys",
            io::ErrorKind::NotFound => "something that was there is not",
            _ => "they cannot be read or written",
        };
        Self::Files(format!("{words} ({kind})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: io::ErrorKind) -> String {
        let source = Box::new(io::Error::new(kind, "canary"));
        StoreError::from(Error::NotFound { path: "canary".to_owned(), source }).to_string()
    }

    #[test]
    fn an_error_is_told_by_its_kind_and_never_in_the_objects_words() {
        let source = || Box::from("canary");
        let path = || "canary".to_owned();
        let cases = [
            (Error::PermissionDenied { path: path(), source: source() }, "these rights or keys"),
            (Error::Unauthenticated { path: path(), source: source() }, "these rights or keys"),
            (Error::NotFound { path: path(), source: source() }, "something that was there is not"),
            (Error::Generic { store: "canary", source: source() }, "they cannot be read or written"),
        ];
        for (error, words) in cases {
            let told = StoreError::from(error).to_string();
            assert!(told.contains(words) && !told.contains("canary"), "{told}");
        }
        assert_eq!(told(io::ErrorKind::StorageFull), "the disk is full");
        let kind = told(io::ErrorKind::NotADirectory);
        assert_eq!(kind, "the files of parts failed: they cannot be read or written (not a directory)");
    }
}
