//! When the study interviews people: in the study file, in no document, and so kept here beside the document of the same file.

use serde::de::DeserializeOwned;
use waymark_protocol::study::StudyFile;
use waymark_vault::{Reader, Table, Tx};

use crate::collection::CollectionError;

const META: Table = Table::new("desk");
const TIME_POINTS: &[u8] = b"time-points";
const WHEN: &[u8] = b"time-points-at";
/// Those of a desk that knows of none.
const USUAL: [&str; 4] = ["T1", "T2", "T3", "T4"];

/// The time points of a study by their names, in the order of the file; and when each is, like `0w..2w`, but for a desk of an older
/// Waymark, which kept the names alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimePoints(pub Vec<String>, pub Option<Vec<String>>);

impl TimePoints {
    /// Those of a study file.
    pub fn of(file: &StudyFile) -> Self {
        let points = file.time_points.iter();
        Self(
            points.clone().map(|point| point.id.clone()).collect(),
            Some(points.map(|point| point.at.to_string()).collect()),
        )
    }

    /// Those that are kept; none where the desk knows of none.
    pub(crate) fn kept(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let names: Vec<String> = read(reader, TIME_POINTS)?.unwrap_or_default();
        let at: Option<Vec<String>> = read(reader, WHEN)?;
        // An older Waymark may have written the names since.
        let at = at.filter(|at| at.len() == names.len());
        Ok(Self(names, at))
    }

    /// Those that are offered: the study's; T1 to T4 where the file names none, and where an older Waymark made the desk and nothing was
    /// published since.
    ///
    /// # Errors
    ///
    /// The desk's file cannot be read.
    pub fn offered(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let kept = Self::kept(reader)?;
        Ok(if kept.0.is_empty() { Self(USUAL.map(str::to_owned).to_vec(), None) } else { kept })
    }

    /// Whether there are some of which nobody knows when they are.
    pub(crate) fn is_names_alone(&self) -> bool {
        !self.0.is_empty() && self.1.is_none()
    }

    pub(crate) fn store(&self, tx: &mut Tx<'_>) -> Result<(), waymark_vault::Error> {
        tx.put(META, TIME_POINTS, &json(&self.0))?;
        match &self.1 {
            Some(at) => tx.put(META, WHEN, &json(at)),
            None => tx.delete(META, WHEN).map(drop),
        }
    }
}

fn read<T: DeserializeOwned>(reader: Reader<'_>, key: &[u8]) -> Result<Option<T>, CollectionError> {
    let Some(json) = reader.get(META, key)? else { return Ok(None) };
    serde_json::from_slice(&json).map(Some).map_err(|_| CollectionError::Row("desk"))
}

fn json(texts: &[String]) -> Vec<u8> {
    serde_json::to_vec(texts).expect("a list of strings is always JSON")
}
