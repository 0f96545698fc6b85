//! The secret in an invitation.

use zeroize::Zeroizing;

use super::SigningKey;
use crate::{CodeId, kdf};

/// 16 random bytes that only the invited person and the desk have seen.
#[derive(Clone)]
pub struct InvitationSecret(Zeroizing<[u8; 16]>);

impl InvitationSecret {
    /// A new random secret.
    pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        rng.fill_bytes(&mut bytes[..]);
        Self(bytes)
    }

    /// From exactly 16 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The enrol key: Ed25519 with seed `HKDF(secret, "waymark/enrol/v1")`.
    pub fn enrol_key(&self) -> SigningKey {
        SigningKey::from_seed(&kdf::derive(&self.0[..], &[b"waymark/enrol/v1"]))
    }

    /// The name by which the server knows the invitation.
    pub fn code(&self) -> CodeId {
        CodeId::of(&self.enrol_key().verifying_key())
    }

    /// The way out, for writing an invitation.
    pub fn dangerously_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl std::fmt::Debug for InvitationSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationSecret(redacted)")
    }
}
