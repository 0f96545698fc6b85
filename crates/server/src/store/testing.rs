//! A store for unit tests, with a study in it.

use tempfile::TempDir;
use waymark_protocol::StudyId;

use super::{Place, Store};

/// The study that is there.
pub const STUDY: StudyId = StudyId([7; 16]);

/// A store in a folder of its own.
pub async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Place::from(folder.path().to_owned())).await.unwrap();
    let connection = rusqlite::Connection::open(folder.path().join("waymark.db")).unwrap();
    let sql = "INSERT INTO study (study, signing_key, encryption_key, registered_at) VALUES (?1, x'00', x'00', 0)";
    connection.execute(sql, [STUDY.0]).unwrap();
    (folder, store)
}
