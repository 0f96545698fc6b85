//! Studies and their documents.

use async_trait::async_trait;
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::keys::{SealingKey, VerifyingKey};
use waymark_protocol::{Hash, StudyId};

use super::error::StoreError;
use crate::auth::Staff;

/// Why a study or a document was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StudyError {
    /// There is no such study.
    #[error("there is no such study")]
    NotFound,
    /// The version or the predecessor does not follow the newest document.
    #[error("the document does not follow version {newest}")]
    Conflict {
        /// The newest version.
        newest: u32,
    },
    /// It is registered, and people take part in it.
    #[error(
        "the study is registered and people take part in it, so its token is not given again: ask whoever runs the server for \
         another (waymark-server token --role researcher --study ID)"
    )]
    InUse,
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A study that proves its name, and its first document.
pub struct NewStudy {
    /// Its name.
    pub study: StudyId,
    /// Its first signing key.
    pub signing_key: VerifyingKey,
    /// Its first encryption key.
    pub encryption_key: SealingKey,
    /// The document.
    pub document: NewDocument,
}

/// A document whose signature has been checked.
pub struct NewDocument {
    /// As signed.
    pub signed: SignedDocument,
    /// Its version.
    pub version: u32,
    /// Its predecessor's hash in hex, as it says.
    pub previous: Option<String>,
}

/// A study's newest document as it is kept.
#[derive(Debug)]
pub struct Newest {
    /// As signed.
    pub signed: SignedDocument,
    /// Its version.
    pub version: u32,
}

/// Registering and publishing.
#[async_trait]
pub trait Studies {
    /// Registers a study, or finds that it is registered with this very document and nobody has joined it yet, and keeps a
    /// researcher's token for it.
    async fn register(&self, new: NewStudy, token: Hash, by: Staff, now: u64) -> Result<Epoch, StudyError>;

    /// Publishes the next document; the newest one again changes nothing.
    async fn publish(&self, study: StudyId, new: NewDocument, by: Staff, now: u64) -> Result<(), StudyError>;

    /// The newest document; none when there is no such study.
    async fn newest_document(&self, study: StudyId) -> Result<Option<SignedDocument>, StoreError>;
}

impl Newest {
    /// Whether a study that is there may be registered again: with this very document alone, as after a lost reply, and while
    /// nobody has joined it. Its document is no secret, so an administrator could otherwise have a researcher's token whenever.
    pub fn may_register_again(&self, new: &NewDocument, has_joined: bool) -> Result<(), StudyError> {
        match self.signed == new.signed {
            false => Err(StudyError::Conflict { newest: self.version }),
            true if has_joined => Err(StudyError::InUse),
            true => Ok(()),
        }
    }

    /// Whether `new` is to be kept as the next one; `false` when it is this one.
    pub fn is_followed_by(&self, new: &NewDocument) -> Result<bool, StudyError> {
        if self.signed == new.signed {
            return Ok(false);
        }
        let follows = self.version.checked_add(1) == Some(new.version)
            && new.previous == Some(Hash::of(&self.signed.bytes.0).to_string());
        if follows { Ok(true) } else { Err(StudyError::Conflict { newest: self.version }) }
    }
}
