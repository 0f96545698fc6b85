//! The vault key, and the key of each object.
//!
//! ```text
//! object key = HKDF-SHA256(ikm = vault key, salt = 32 random bytes per sealing, info = "waymark/object/v1")
//! sealed     = AES-256-GCM[object key, nonce 0](object, aad = vault id ‖ LP(table) ‖ LP(object id) ‖ u64 version)
//! ```

use std::fmt;

use rand_core::CryptoRng;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce};
use ring::hkdf;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::version::Version;
use crate::Error;
use crate::vault::VaultId;

/// The 256 random bits that every object key comes from. On the heap, so that moving it leaves no copy behind.
pub(crate) struct VaultKey(Box<Zeroizing<[u8; 32]>>);

impl VaultKey {
    pub(crate) fn generate(rng: &mut dyn CryptoRng) -> Self {
        let mut key = Self(Box::new(Zeroizing::new([0; 32])));
        rng.fill_bytes(key.0.as_mut_slice());
        key
    }

    /// None when there are not 32 bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new(Zeroizing::new([0; 32])));
        (bytes.len() == 32).then(|| {
            key.0.copy_from_slice(bytes);
            key
        })
    }

    /// The key itself, to be wrapped in a slot.
    pub(crate) fn dangerously_as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares in constant time.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.0.ct_eq(other.0.as_slice()).into()
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

/// An object's place: sealed into it, so that it opens nowhere else.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'a str,
    pub(crate) id: &'a [u8],
    pub(crate) version: Version,
}

/// Seals and opens the objects of one vault.
pub(crate) struct ObjectSealer {
    vault: VaultId,
    key: VaultKey,
}

impl ObjectSealer {
    pub(crate) fn new(vault: VaultId, key: VaultKey) -> Self {
        Self { vault, key }
    }

    pub(crate) fn vault(&self) -> &VaultId {
        &self.vault
    }

    pub(crate) fn vault_key(&self) -> &VaultKey {
        &self.key
    }

    /// Seals `bytes` where they are: afterwards they are the ciphertext and its tag. `salt` must be fresh.
    pub(crate) fn seal(&self, place: Place<'_>, salt: &[u8; 32], bytes: &mut Vec<u8>) {
        self.object_key(salt)
            .seal_in_place_append_tag(zero_nonce(), self.aad(place), bytes)
            .expect("an object is shorter than the cipher's 64 GiB");
    }

    /// Opens `sealed` where it is and gives the length of the plaintext at its front.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] when it was not sealed here, with this key and salt.
    pub(crate) fn open(&self, place: Place<'_>, salt: &[u8; 32], sealed: &mut [u8]) -> Result<usize, Error> {
        self.object_key(salt)
            .open_in_place(zero_nonce(), self.aad(place), sealed)
            .map(|plain| plain.len())
            .map_err(|_| Error::damaged(place.table))
    }

    fn object_key(&self, salt: &[u8; 32]) -> LessSafeKey {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(self.key.dangerously_as_bytes());
        let info = [b"waymark/object/v1".as_slice()];
        let okm = prk.expand(&info, &AES_256_GCM).expect("32 bytes are within HKDF's length");
        LessSafeKey::new(okm.into())
    }

    fn aad(&self, place: Place<'_>) -> Aad<Vec<u8>> {
        let mut aad = Vec::with_capacity(self.vault.len() + 4 + place.table.len() + 4 + place.id.len() + 8);
        aad.extend_from_slice(&self.vault);
        for part in [place.table.as_bytes(), place.id] {
            let length = u32::try_from(part.len()).expect("names and ids are short");
            aad.extend_from_slice(&length.to_be_bytes());
            aad.extend_from_slice(part);
        }
        aad.extend_from_slice(&place.version.to_be_bytes());
        Aad::from(aad)
    }
}

fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;
