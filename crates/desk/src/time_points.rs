//! When the study interviews people: in the study file, in no document, and so kept here beside the document of the same file.

use serde::{Deserialize, Serialize};
use waymark_protocol::study::StudyFile;
use waymark_vault::{Reader, Table, Tx};

use crate::collection::CollectionError;

const META: Table = Table::new("desk");
const TIME_POINTS: &[u8] = b"time-points";
/// Those of a desk that knows of none.
const USUAL: [&str; 4] = ["T1", "T2", "T3", "T4"];

/// The time points of a study by their names, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimePoints(pub Vec<String>);

impl TimePoints {
    /// Those of a study file.
    pub fn of(file: &StudyFile) -> Self {
        Self(file.time_points.iter().map(|point| point.id.clone()).collect())
    }

    /// Those that are offered: the study's; T1 to T4 where the file names none, and where an older Waymark made the desk and nothing was
    /// published since.
    ///
    /// # Errors
    ///
    /// The desk's file cannot be read.
    pub fn offered(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let kept = match reader.get(META, TIME_POINTS)? {
            Some(json) => serde_json::from_slice(&json).map_err(|_| CollectionError::Row("desk"))?,
            None => Self::default(),
        };
        Ok(if kept.0.is_empty() { Self(USUAL.map(str::to_owned).to_vec()) } else { kept })
    }

    pub(crate) fn store(&self, tx: &mut Tx<'_>) -> Result<(), waymark_vault::Error> {
        tx.put(META, TIME_POINTS, &serde_json::to_vec(self).expect("a list of strings is always JSON"))
    }
}
