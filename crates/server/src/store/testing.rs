//! A store for unit tests, with a study in it.

use std::path::Path;

use tempfile::TempDir;
use waymark_protocol::StudyId;

use super::{PartKey, Place, Store};

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

/// A record that lists this part and has been erased.
pub fn erased_listing(folder: &Path, part: &PartKey) {
    let connection = rusqlite::Connection::open(folder.join("waymark.db")).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    let sql = "INSERT INTO record (id, study, participant, device, seq, kind, link, slots_hash, body_hash, server_seq,
                                   received_at, header)
               VALUES (1, ?1, ?2, x'00', 1, 1, x'00', x'00', x'00', 1, 0, x'00')";
    connection.execute(sql, (part.study.0, part.participant.0)).unwrap();
    let sql = "INSERT INTO record_part (study, participant, hash, record) VALUES (?1, ?2, ?3, 1)";
    connection.execute(sql, (part.study.0, part.participant.0, part.hash.0)).unwrap();
}
