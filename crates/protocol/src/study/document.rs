//! The document: what the desk signs and publishes, and phones read. Plain data; signatures and hashes are checked elsewhere.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Plan, StudyFile, limits, rules};

/// One version of a study as phones know it. In JSON, `null` stands for no predecessor, texts are objects from language to text
/// with the study's first language first, and spans are text (`"48h"`). A phone ignores fields that it does not know.
///
/// What came from outside is read with [`Document::parse`], never with serde alone: the rules are checked there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The study's id: 16 bytes in lower-case hex.
    pub study: String,
    /// The number of this version, from 1.
    pub version: u32,
    /// SHA-256 of the bytes of the version before, in hex.
    pub previous: Option<String>,
    /// The study's public keys from this version on.
    pub keys: Keys,
    /// Every change of keys since the first ones, in order.
    pub key_changes: Vec<KeyChange>,
    /// What the study is, and what it asks.
    pub plan: Plan,
}

/// What a document says beside the plan and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// See [`Document::study`].
    pub study: String,
    /// See [`Document::previous`].
    pub previous: Option<String>,
    /// See [`Document::keys`].
    pub keys: Keys,
    /// See [`Document::key_changes`].
    pub key_changes: Vec<KeyChange>,
}

/// The study's public keys, 32 bytes each in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// Ed25519.
    pub signing: String,
    /// X25519.
    pub encryption: String,
}

/// Keys that were changed for those that come next: in the next change, or after the last one in [`Document::keys`]. So the first change
/// holds the keys that the study is named by. Signatures are 64 bytes each in lower-case hex, over
/// [`key_change_message`](crate::document::key_change_message).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyChange {
    /// The old Ed25519 key.
    pub signing: String,
    /// The old X25519 key.
    pub encryption: String,
    /// By the old signing key.
    pub old_signature: String,
    /// By the signing key that comes next.
    pub new_signature: String,
}

/// Why bytes are no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// Larger than [`limits::DOCUMENT_BYTES`].
    #[error("the study document has {0} bytes, which is too many")]
    TooLarge(usize),
    /// Not JSON, or not of a document's shape.
    #[error("the study document cannot be read: {0}")]
    Malformed(String),
    /// A rule is broken.
    #[error("the study document is not valid: {message} (at {at})")]
    Invalid {
        /// Where, in the study file's names.
        at: String,
        /// What is wrong.
        message: String,
    },
}

impl Document {
    /// The document of a study file.
    pub fn from_study_file(file: &StudyFile, envelope: Envelope) -> Result<Self, DocumentError> {
        let Envelope { study, previous, keys, key_changes } = envelope;
        let document = Self { study, version: file.version, previous, keys, key_changes, plan: file.plan.clone() };
        document.check()?;
        match document.to_bytes().len() {
            bytes if bytes > limits::DOCUMENT_BYTES => Err(DocumentError::TooLarge(bytes)),
            _ => Ok(document),
        }
    }

    /// Reads a document. Signatures are not checked here.
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        if bytes.len() > limits::DOCUMENT_BYTES {
            return Err(DocumentError::TooLarge(bytes.len()));
        }
        let document: Self =
            serde_json::from_slice(bytes).map_err(|error| DocumentError::Malformed(error.to_string()))?;
        document.check()?;
        Ok(document)
    }

    /// The document as bytes: the same ones every time.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, numbers, lists and objects with string keys are always JSON")
    }

    fn check(&self) -> Result<(), DocumentError> {
        if self.version == 0 {
            return Err(invalid("version", "versions count from 1"));
        }
        hex("study", &self.study, 16)?;
        self.previous.iter().try_for_each(|hash| hex("previous", hash, 32))?;
        hex("keys.signing", &self.keys.signing, 32)?;
        hex("keys.encryption", &self.keys.encryption, 32)?;
        if self.key_changes.len() > limits::KEY_CHANGES {
            return Err(invalid("key_changes", "there are too many"));
        }
        for change in &self.key_changes {
            hex("key_changes.signing", &change.signing, 32)?;
            hex("key_changes.encryption", &change.encryption, 32)?;
            hex("key_changes.old_signature", &change.old_signature, 64)?;
            hex("key_changes.new_signature", &change.new_signature, 64)?;
        }
        match rules::faults(&self.plan).into_iter().next() {
            Some(fault) => Err(DocumentError::Invalid { at: fault.at, message: fault.message }),
            None => Ok(()),
        }
    }
}

fn hex(at: &str, digits: &str, bytes: usize) -> Result<(), DocumentError> {
    let lower_case = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if digits.len() == 2 * bytes && digits.bytes().all(lower_case) {
        Ok(())
    } else {
        Err(invalid(at, &format!("expected {bytes} bytes in lower-case hex")))
    }
}

fn invalid(at: &str, message: &str) -> DocumentError {
    DocumentError::Invalid { at: at.to_owned(), message: message.to_owned() }
}
