//! Signed study documents.
//!
//! A document's bytes are JSON ([`crate::study::Document`]); the study's key signs `"waymark/document/v1" ‖ LP(bytes)`.
//! Documents are numbered, each names its predecessor's hash, the current keys, and every key change since the first;
//! old and new key both sign a change:
//!
//! ```text
//! key change: Ed25519("waymark/key-change/v1" ‖ study ‖ old signing key ‖ new signing key ‖ new encryption key)
//! ```
//!
//! What an older key has signed stays signed: orders and invitations from before a change have to hold after it, and nothing says when a
//! signature was made. So whoever follows documents believes [`TrustedDocument::signing_keys`] all, and a change takes nothing from who holds
//! an older key but the next document: it has to be signed by the newest key, and [`TrustedDocument::keeps`] what was known.

use serde::{Deserialize, Serialize};

use crate::hex::HexBytes;
use crate::keys::{SealingKey, Signature, SigningKey, VerifyingKey};
use crate::study::{Document, DocumentError, KeyChange, Keys};
use crate::{Hash, Message, StudyId};

/// A document's bytes and the study's signature over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedDocument {
    /// The JSON as it was signed.
    pub bytes: HexBytes,
    /// By the current signing key.
    pub signature: Signature,
}

/// A document whose signature and keys lead back to the study's name.
#[derive(Debug, Clone)]
pub struct TrustedDocument {
    /// What it says.
    pub document: Document,
    /// `H(bytes)`.
    pub hash: Hash,
    /// The study's signing keys, oldest first; the last is current.
    pub signing_keys: Vec<VerifyingKey>,
    /// The key to seal to.
    pub encryption_key: SealingKey,
}

/// Why a document is not believed.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The bytes are no document.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A key in it is not hex of the right length.
    #[error("the study document holds a key that is none")]
    Key,
    /// Its keys do not lead back to the study's name: someone has put other keys in.
    #[error("the study's keys are not the ones that the invitation names")]
    KeyChanged,
    /// The signature does not fit.
    #[error("the study document is not signed by the study")]
    Signature,
}

impl SignedDocument {
    /// Signs a document's bytes.
    pub fn sign(key: &SigningKey, bytes: Vec<u8>) -> Self {
        Self { signature: key.sign(&message(&bytes)), bytes: HexBytes(bytes) }
    }

    /// Reads the document and follows its keys back to the study's name.
    pub fn verify(&self, study: &StudyId) -> Result<TrustedDocument, TrustError> {
        let document = Document::parse(&self.bytes.0)?;
        if document.study != study.to_string() {
            return Err(TrustError::KeyChanged);
        }
        let (signing_keys, encryption_key) = trusted_keys(study, &document)?;
        let current = signing_keys.last().ok_or(TrustError::Key)?;
        current.verify(&message(&self.bytes.0), &self.signature).map_err(|_| TrustError::Signature)?;
        Ok(TrustedDocument { hash: Hash::of(&self.bytes.0), document, signing_keys, encryption_key })
    }
}

impl TrustedDocument {
    /// Whether this names every signing key that `known` names, in the same order and before any other. One that does not drops a change of keys,
    /// or has another one in its place: whoever holds a key from before the change can have signed it.
    pub fn keeps(&self, known: &[VerifyingKey]) -> bool {
        self.signing_keys.starts_with(known)
    }
}

/// The next document with new keys and nothing else changed, signed by the new key; old and new key have both signed the change.
///
/// # Errors
///
/// The document cannot be one: it is too large, or the keys were changed too often.
pub fn change_keys(
    study: &StudyId,
    now: &TrustedDocument,
    old: &SigningKey,
    new: &SigningKey,
    new_sealing: &SealingKey,
) -> Result<SignedDocument, DocumentError> {
    let message = key_change_message(study, &old.verifying_key(), &new.verifying_key(), new_sealing);
    let before = &now.document;
    let change = KeyChange {
        signing: before.keys.signing.clone(),
        encryption: before.keys.encryption.clone(),
        old_signature: old.sign(&message).to_string(),
        new_signature: new.sign(&message).to_string(),
    };
    let document = Document {
        version: before.version.saturating_add(1),
        previous: Some(now.hash.to_string()),
        keys: Keys { signing: new.verifying_key().to_string(), encryption: new_sealing.to_string() },
        key_changes: before.key_changes.iter().cloned().chain([change]).collect(),
        ..before.clone()
    };
    let bytes = document.to_bytes();
    Document::parse(&bytes)?;
    Ok(SignedDocument::sign(new, bytes))
}

/// Walks the key changes backwards from the current keys to the first, whose fingerprint must be the study's name.
fn trusted_keys(study: &StudyId, document: &Document) -> Result<(Vec<VerifyingKey>, SealingKey), TrustError> {
    let key = |text: &str| text.parse::<VerifyingKey>().map_err(|_| TrustError::Key);
    let sealing = |text: &str| text.parse::<SealingKey>().map_err(|_| TrustError::Key);
    let signature = |text: &str| text.parse::<Signature>().map_err(|_| TrustError::Key);
    let (mut newest, mut sealed_to) = (key(&document.keys.signing)?, sealing(&document.keys.encryption)?);
    let encryption_key = sealed_to;
    let mut chain = vec![newest];
    for change in document.key_changes.iter().rev() {
        let (old, old_sealing) = (key(&change.signing)?, sealing(&change.encryption)?);
        let message = key_change_message(study, &old, &newest, &sealed_to);
        old.verify(&message, &signature(&change.old_signature)?).map_err(|_| TrustError::KeyChanged)?;
        newest.verify(&message, &signature(&change.new_signature)?).map_err(|_| TrustError::KeyChanged)?;
        (newest, sealed_to) = (old, old_sealing);
        chain.push(old);
    }
    if StudyId::of(&newest, &sealed_to) != *study {
        return Err(TrustError::KeyChanged);
    }
    chain.reverse();
    Ok((chain, encryption_key))
}

/// What old and new signing key both sign when a study changes its keys.
pub fn key_change_message(
    study: &StudyId,
    old: &VerifyingKey,
    new: &VerifyingKey,
    new_sealing: &SealingKey,
) -> Message {
    Message::new("waymark/key-change/v1").bytes(&study.0).bytes(&old.0).bytes(&new.0).bytes(&new_sealing.0)
}

fn message(bytes: &[u8]) -> Message {
    Message::new("waymark/document/v1").lp(bytes)
}
