//! What a backup says of itself, as JSON beside the database.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use waymark_protocol::api::Epoch;
use waymark_protocol::{Hash, ParticipantId, StudyId};

use super::counts::StudyCounts;
use super::error::BackupError;
use super::files;
use crate::store::MANIFEST;

/// The form of backups that this server makes and reads.
pub const FORMAT: u32 = 1;

/// Names at most so many parts; [`Manifest::missing`] counts all.
pub const MOST_NAMED: usize = 1000;

/// The description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// When the backup was begun (RFC 3339, UTC).
    pub made_at: String,
    /// The version of the program that made it.
    pub made_by: String,
    /// The engine that it was made from.
    pub made_from: Engine,
    /// The embedded engine's schema version of `waymark.db`.
    pub schema: i64,
    /// `SHA-256(waymark.db)`.
    pub database: Hash,
    /// The server's epoch when it was made.
    pub epoch: Epoch,
    /// What is there of each study.
    pub studies: Vec<StudyCounts>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// How many parts were erased while the backup was being made, and are not in it.
    pub erased_meanwhile: u64,
    /// How many parts were missing or damaged on the server, and are not in it.
    pub missing: u64,
    /// The first of those.
    pub missing_parts: Vec<NamedPart>,
}

/// What the server runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The embedded database.
    Sqlite,
    /// PostgreSQL.
    Postgresql,
}

/// A part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPart {
    /// The study.
    pub study: StudyId,
    /// Whose.
    pub participant: ParticipantId,
    /// Its hash.
    pub hash: Hash,
}

impl Manifest {
    /// Reads the description of a backup.
    pub fn read(folder: &Path) -> Result<Self, BackupError> {
        let no_backup = |why: String| BackupError::NoBackup { folder: folder.to_owned(), why };
        let bytes = std::fs::read(folder.join(MANIFEST)).map_err(|error| no_backup(error.to_string()))?;
        #[derive(Deserialize)]
        struct Any {
            format: u32,
            made_by: String,
        }
        let any: Any = serde_json::from_slice(&bytes).map_err(|error| no_backup(error.to_string()))?;
        if any.format > FORMAT {
            return Err(BackupError::Newer { folder: folder.to_owned(), made_by: any.made_by });
        }
        serde_json::from_slice(&bytes).map_err(|error| no_backup(error.to_string()))
    }

    /// Writes it, to the disk.
    pub fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(MANIFEST);
        let mut json = serde_json::to_vec_pretty(self).expect("strings, numbers, lists and objects are always JSON");
        json.push(b'\n');
        files::write_new(&path, &json).map_err(BackupError::at(&path))
    }
}

/// Milliseconds since 1970 as RFC 3339.
pub fn rfc3339(ms: u64) -> String {
    let time = i64::try_from(ms).ok().and_then(DateTime::<Utc>::from_timestamp_millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
