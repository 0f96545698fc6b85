//! Who the writer is, towards servers: keys that come from the 24 words.

use minicbor::{Decode, Encode};
use waymark_protocol::keys::{BackupKey, RecoverySecret, SigningKey, VerifyingKey};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Error;

/// The backup key stays; the recovery secret goes once the person has the words on paper.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(array)]
pub(crate) struct Identity {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    backup_key: Vec<u8>,
    #[n(1)]
    #[zeroize(skip)]
    pub recovery_key: VerifyingKey,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    secret: Option<Vec<u8>>,
}

impl Identity {
    pub fn new(secret: &RecoverySecret, words_confirmed: bool) -> Self {
        Self {
            backup_key: secret.backup_key().dangerously_bytes().to_vec(),
            recovery_key: secret.recovery_key().verifying_key(),
            secret: (!words_confirmed).then(|| secret.dangerously_bytes().to_vec()),
        }
    }

    pub fn backup_key(&self) -> Result<BackupKey, Error> {
        BackupKey::from_slice(&self.backup_key).ok_or(Error::Stored("identity"))
    }

    /// The recovery secret, while the words are not confirmed.
    pub fn secret(&self) -> Option<RecoverySecret> {
        RecoverySecret::from_slice(self.secret.as_deref()?)
    }

    pub fn words_confirmed(&self) -> bool {
        self.secret.is_none()
    }

    /// The same, once the person has the words on paper.
    pub fn with_words_confirmed(&self) -> Self {
        Self { backup_key: self.backup_key.clone(), recovery_key: self.recovery_key, secret: None }
    }
}

/// A signing key's seed out of the vault.
pub(super) fn signing_key(seed: &[u8]) -> Result<SigningKey, Error> {
    let seed: &[u8; 32] = seed.try_into().map_err(|_| Error::Stored("a device key"))?;
    Ok(SigningKey::from_seed(seed))
}
