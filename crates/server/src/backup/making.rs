//! Making a backup while the server runs.
//!
//! The parts are copied after the database, so everything that its rows name was there when the copying began. One that has gone
//! since was erased, or is missing: the database of this moment says which. Neither leaves a row in the backup, so a server that is
//! restored from it asks phones for what they still have.

use std::path::{Path, PathBuf};

use futures_util::future::try_join_all;
use rusqlite::Connection;
use waymark_protocol::api::Epoch;

use super::counts;
use super::error::BackupError;
use super::files;
use super::manifest::{self, Engine, FORMAT, MOST_NAMED, Manifest, NamedPart};
use crate::clock;
use crate::store::snapshot::{self, Snapshot};
use crate::store::sqlite::{column, file, migrations};
use crate::store::{Blobs, Object, PartKey, Place};

/// How many parts are copied at once; each has at most a mebibyte.
const AT_ONCE: u32 = 16;

/// Makes a backup of `place` in `to`, which must not be there. When it fails nothing is left.
pub async fn make(place: &Place, to: &Path) -> Result<Manifest, BackupError> {
    let unfinished = beside(to);
    for (path, taken) in [(to, BackupError::Exists as fn(PathBuf) -> _), (&unfinished, BackupError::Unfinished)] {
        if path.symlink_metadata().is_ok() {
            return Err(taken(path.to_owned()));
        }
    }
    if place.parts.is_none() {
        std::fs::read_dir(&place.folder).map_err(BackupError::at(&place.folder))?;
    }
    let source = snapshot::of(place).await?;
    files::make_folder(&unfinished).map_err(BackupError::at(&unfinished))?;
    let made = fill(place, &*source, &unfinished).await.and_then(|manifest| {
        std::fs::rename(&unfinished, to).map_err(BackupError::at(to))?;
        let parent = parent(to);
        files::sync(parent).map_err(BackupError::at(parent))?;
        Ok(manifest)
    });
    if made.is_err() {
        // A full disk gets its room back; what cannot be removed is refused by its name the next time.
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    made
}

/// Where a backup lies until it is whole.
fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

async fn fill(place: &Place, source: &dyn Snapshot, folder: &Path) -> Result<Manifest, BackupError> {
    let begun = clock::now();
    let path = folder.join(file::NAME);
    source.write(path.clone()).await?;
    let database = file::open_copy(&path)?;
    // Neither is a part yet, or any longer.
    database.execute("DELETE FROM part WHERE state <> 1", [])?;
    let parts = copy_parts(place, source, &database, folder).await?;
    let epoch = database.query_row("SELECT value FROM meta WHERE name = 'epoch'", [], |row| column::fixed(row, 0))?;
    let (studies, rows) = (counts::studies(&database)?, counts::rows(&database)?);
    database.close().map_err(|(_, error)| error)?;
    files::sync(&path).map_err(BackupError::at(&path))?;
    let manifest = Manifest {
        format: FORMAT,
        made_at: manifest::rfc3339(begun),
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        made_from: if place.database.is_some() { Engine::Postgresql } else { Engine::Sqlite },
        schema: migrations::known(),
        database: files::hash(&path).map_err(BackupError::at(&path))?,
        epoch: Epoch(epoch),
        studies,
        rows,
        erased_meanwhile: parts.erased,
        missing: parts.missing,
        missing_parts: parts.named,
    };
    manifest.write(folder)?;
    files::sync(folder).map_err(BackupError::at(folder))?;
    Ok(manifest)
}

/// What became of the parts that were not copied.
#[derive(Default)]
struct Uncopied {
    erased: u64,
    missing: u64,
    named: Vec<NamedPart>,
}

async fn copy_parts(
    place: &Place,
    source: &dyn Snapshot,
    database: &Connection,
    folder: &Path,
) -> Result<Uncopied, BackupError> {
    let (from, to) = (Blobs::open(place)?, Blobs::open(&Place::from(folder.to_owned()))?);
    let mut uncopied = Uncopied::default();
    let mut last = None;
    loop {
        let objects = objects_after(database, last.as_ref())?;
        let Some(end) = objects.last().cloned() else { return Ok(uncopied) };
        last = Some(end);
        // Together: a disk syncs many files in the time of a few, and a bucket is far away.
        let copied = try_join_all(objects.iter().map(|object| copy_part(&from, &to, source, object))).await?;
        for (object, copied) in objects.iter().zip(copied) {
            match copied {
                Copied::As(name) if name == object.name => {}
                Copied::As(name) => rename(database, object, &name)?,
                not_here => {
                    forget(database, object)?;
                    uncopied.note(&not_here, &object.key);
                }
            }
        }
    }
}

/// The next parts' objects that the database names, at most [`AT_ONCE`].
pub fn objects_after(database: &Connection, last: Option<&Object>) -> rusqlite::Result<Vec<Object>> {
    let sql = "SELECT study, participant, hash, name FROM part
               WHERE ?1 IS NULL OR (study, participant, hash, name) > (?1, ?2, ?3, ?4)
               ORDER BY study, participant, hash, name LIMIT ?5";
    let key = last.map(|object| &object.key);
    let mut statement = database.prepare_cached(sql)?;
    let objects = statement.query_map(
        (
            key.map(|key| key.study.0),
            key.map(|key| key.participant.0),
            key.map(|key| key.hash.0),
            last.map(|object| &object.name),
            AT_ONCE,
        ),
        object,
    )?;
    objects.collect()
}

const OBJECT: &str = "(study, participant, hash, name) = (?1, ?2, ?3, ?4)";

fn rename(database: &Connection, object: &Object, name: &str) -> rusqlite::Result<()> {
    let Object { key, name: old } = object;
    let row = (key.study.0, key.participant.0, key.hash.0, old, name);
    database.prepare_cached(&format!("UPDATE part SET name = ?5 WHERE {OBJECT}"))?.execute(row).map(drop)
}

fn forget(database: &Connection, object: &Object) -> rusqlite::Result<()> {
    let Object { key, name } = object;
    let row = (key.study.0, key.participant.0, key.hash.0, name);
    database.prepare_cached(&format!("DELETE FROM part WHERE {OBJECT}"))?.execute(row).map(drop)
}

impl Uncopied {
    fn note(&mut self, what: &Copied, part: &PartKey) {
        if matches!(what, Copied::Erased) {
            self.erased += 1;
            return;
        }
        self.missing += 1;
        if self.named.len() < MOST_NAMED {
            let PartKey { study, participant, hash } = *part;
            self.named.push(NamedPart { study, participant, hash });
        }
    }
}

/// What became of a part.
enum Copied {
    /// It is in the backup under this name.
    As(String),
    /// It has been erased meanwhile.
    Erased,
    /// It is missing or damaged.
    Missing,
}

async fn copy_part(from: &Blobs, to: &Blobs, source: &dyn Snapshot, object: &Object) -> Result<Copied, BackupError> {
    let key = object.key;
    if let Some(bytes) = from.whole(object).await? {
        to.put(object, bytes).await?;
        return Ok(Copied::As(object.name.clone()));
    }
    match source.kept_part(key).await? {
        None => Ok(Copied::Erased),
        // A phone has sent it again, because it could not be read.
        Some(newer) if newer.name != object.name => match from.whole(&newer).await? {
            Some(bytes) => {
                to.put(&newer, bytes).await?;
                Ok(Copied::As(newer.name))
            }
            None => Ok(Copied::Missing),
        },
        Some(_) => Ok(Copied::Missing),
    }
}

/// A row of parts: study, participant, hash, name.
pub fn object(row: &rusqlite::Row<'_>) -> rusqlite::Result<Object> {
    let (study, participant, hash) = (column::study(row, 0)?, column::participant(row, 1)?, column::hash(row, 2)?);
    Ok(Object { key: PartKey { study, participant, hash }, name: row.get(3)? })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use async_trait::async_trait;
    use axum::body::Bytes;
    use waymark_protocol::{Hash, ParticipantId, StudyId};

    use super::*;
    use crate::store::OpenError;

    /// A database that answers what is kept now.
    struct Now(Option<Object>);

    #[async_trait(?Send)]
    impl Snapshot for Now {
        async fn write(&self, _: PathBuf) -> Result<(), OpenError> {
            unreachable!("parts alone are copied")
        }

        async fn kept_part(&self, _: PartKey) -> Result<Option<Object>, OpenError> {
            Ok(self.0.clone())
        }
    }

    const BYTES: &[u8] = b"a part";

    fn object() -> Object {
        Object::new(PartKey { study: StudyId([1; 16]), participant: ParticipantId([2; 16]), hash: Hash::of(BYTES) })
    }

    /// Copies `object` from a folder that holds `there`, while the database keeps `now`.
    async fn copied(there: &[(&Object, &[u8])], now: Option<&Object>, object: &Object) -> (Copied, Option<Bytes>) {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let blobs = |folder: &tempfile::TempDir| Blobs::open(&Place::from(folder.path().to_owned())).unwrap();
        let (from, to) = (blobs(&from), blobs(&to));
        for (object, bytes) in there {
            from.put(object, Bytes::copy_from_slice(bytes)).await.unwrap();
        }
        let copied = copy_part(&from, &to, &Now(now.cloned()), object).await.unwrap();
        let name = if let Copied::As(name) = &copied { name.clone() } else { object.name.clone() };
        let found = to.get(&Object { key: object.key, name }).await.unwrap();
        (copied, found)
    }

    #[tokio::test]
    async fn a_part_that_was_erased_meanwhile_is_left_out_and_is_not_missing() {
        let object = object();
        let (copied, found) = copied(&[], None, &object).await;
        assert!(matches!(copied, Copied::Erased) && found.is_none());
    }

    #[tokio::test]
    async fn a_part_that_was_sent_again_meanwhile_is_copied_under_its_new_name() {
        let (old, new) = (object(), object());
        for there in [&[(&new, BYTES)][..], &[(&old, b"a port"), (&new, BYTES)]] {
            let (copied, found) = copied(there, Some(&new), &old).await;
            assert!(matches!(copied, Copied::As(name) if name == new.name));
            assert_eq!(found.as_deref(), Some(BYTES));
        }
    }

    #[tokio::test]
    async fn a_part_that_should_be_there_and_is_not_whole_is_missing() {
        let (old, new) = (object(), object());
        for (there, now) in [(&[][..], &old), (&[(&old, &b"a port"[..])], &old), (&[(&new, b"a port")], &new)] {
            let (copied, found) = copied(there, Some(now), &old).await;
            assert!(matches!(copied, Copied::Missing) && found.is_none());
        }
    }
}
