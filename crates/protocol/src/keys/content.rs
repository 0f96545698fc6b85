//! The content key of one record, and what its header says of it.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::hex::hex_type;
use crate::kdf;

hex_type! {
    /// `HKDF(CEK, "waymark/commit/v1")`: binds a record's header to its content key, so that a grant can be checked.
    Commitment, 32
}

/// `CEK`: 32 random bytes that seal one body, once.
#[derive(Clone)]
pub struct ContentKey(Zeroizing<[u8; 32]>);

impl ContentKey {
    /// A new random key.
    pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut bytes[..]);
        Self(bytes)
    }

    /// From 32 bytes out of a slot or a vault.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// What the header says of this key.
    pub fn commitment(&self) -> Commitment {
        Commitment(*kdf::derive(&self.0[..], &[b"waymark/commit/v1"]))
    }

    /// Whether this is the key that `commitment` was made from; compared in constant time.
    pub fn matches(&self, commitment: &Commitment) -> bool {
        self.commitment().0.ct_eq(&commitment.0).into()
    }

    pub(crate) fn body_key(&self) -> Zeroizing<[u8; 32]> {
        kdf::derive(&self.0[..], &[b"waymark/body/v1"])
    }

    /// The way out, for slots, vaults and the proofs of what was exported, and nowhere else.
    pub fn dangerously_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentKey(redacted)")
    }
}
