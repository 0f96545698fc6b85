//! The study's starter codebook: in the study file, in no document, and so kept here beside the document of the same file.

use serde::{Deserialize, Serialize};
use waymark_protocol::study::StudyFile;
use waymark_vault::{Reader, Table, Tx};

use crate::collection::CollectionError;

const META: Table = Table::new("desk");
const CODEBOOK: &[u8] = b"codebook";

/// Codes, each after the one above it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook(pub Vec<Code>);

/// A code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Its name, which no other code of the codebook has.
    pub name: String,
    /// The name of the code above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// When to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Codebook {
    /// The one of a study file.
    pub fn of(file: &StudyFile) -> Self {
        let codes = file.codes.iter().cloned();
        Self(codes.map(|code| Code { name: code.name, parent: code.parent, description: code.description }).collect())
    }

    /// The one that the desk keeps; an empty one where an older Waymark made the desk and nothing was published since.
    pub fn load(reader: Reader<'_>) -> Result<Self, CollectionError> {
        match reader.get(META, CODEBOOK)? {
            Some(json) => serde_json::from_slice(&json).map_err(|_| CollectionError::Row("desk")),
            None => Ok(Self::default()),
        }
    }

    pub(crate) fn store(&self, tx: &mut Tx<'_>) -> Result<(), waymark_vault::Error> {
        tx.put(META, CODEBOOK, &serde_json::to_vec(self).expect("a struct with string keys is always JSON"))
    }
}
