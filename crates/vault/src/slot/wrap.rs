//! Wrapping the vault key in a slot; the formula stands at [`Secret`].

use rand_core::CryptoRng;
use ring::aead::{Aad, Nonce};
use ring::digest;

use super::{ArgonParams, Secret, SlotId, SlotKind};
use crate::Error;
use crate::object::VaultKey;
use crate::vault::VaultId;

/// A key slot as it stands in the file.
#[derive(Clone)]
pub(crate) struct Slot {
    pub(super) kind: SlotKind,
    /// None for words, whose secret is random and needs no stretching.
    pub(super) costs: Option<ArgonParams>,
    pub(super) salt: [u8; 32],
    /// The vault key's ciphertext and tag.
    pub(super) wrapped: [u8; 48],
}

impl Slot {
    /// Wraps `key` for `secret` under a fresh salt.
    pub(crate) fn wrap(
        key: &VaultKey,
        vault: &VaultId,
        secret: &Secret<'_>,
        params: &ArgonParams,
        rng: &mut dyn CryptoRng,
    ) -> Result<Self, Error> {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        Self::wrap_with_salt(key, vault, secret, params, salt)
    }

    fn wrap_with_salt(
        key: &VaultKey,
        vault: &VaultId,
        secret: &Secret<'_>,
        params: &ArgonParams,
        salt: [u8; 32],
    ) -> Result<Self, Error> {
        let kind = secret.kind();
        let costs = (kind != SlotKind::Words).then_some(*params);
        let slot_key = secret.extract(&salt, costs)?.slot_key();
        let mut slot = Self { kind, costs, salt, wrapped: [0; 48] };
        let (text, tag) = slot.wrapped.split_at_mut(32);
        text.copy_from_slice(key.dangerously_as_bytes());
        let sealed = slot_key
            .seal_in_place_separate_tag(zero_nonce(), Aad::from(aad(kind, costs, vault)), text)
            .expect("32 bytes are within the cipher's length");
        tag.copy_from_slice(sealed.as_ref());
        Ok(slot)
    }

    /// Which slot it is.
    pub(crate) fn id(&self) -> SlotId {
        SlotId(self.salt)
    }

    /// The vault key, when `secret` is the one that this slot was made with.
    ///
    /// # Errors
    ///
    /// [`Error::WrongSecret`]; [`Error::ArgonOutOfRange`] before any work is done for costs out of range.
    pub(crate) fn unwrap(&self, vault: &VaultId, secret: &Secret<'_>) -> Result<VaultKey, Error> {
        if secret.kind() != self.kind {
            return Err(Error::NoSlot(secret.kind()));
        }
        let slot_key = secret.extract(&self.salt, self.costs)?.slot_key();
        let mut wrapped = zeroize::Zeroizing::new(self.wrapped);
        let text = slot_key
            .open_in_place(zero_nonce(), Aad::from(aad(self.kind, self.costs, vault)), wrapped.as_mut_slice())
            .map_err(|_| Error::WrongSecret)?;
        Ok(VaultKey::from_slice(text).expect("48 bytes less the tag are 32"))
    }

    /// `H("waymark/slot/digest/v1" ‖ aad ‖ salt ‖ wrapped)`: tells a slot with a flipped bit from a wrong passphrase. It
    /// is public and stops nobody who edits the file on purpose; the AEAD does that.
    pub(super) fn digest(&self, vault: &VaultId) -> [u8; 32] {
        let mut hash = digest::Context::new(&digest::SHA256);
        hash.update(b"waymark/slot/digest/v1");
        hash.update(&aad(self.kind, self.costs, vault));
        hash.update(&self.salt);
        hash.update(&self.wrapped);
        hash.finish().as_ref().try_into().expect("SHA-256 gives 32 bytes")
    }
}

fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

/// `"waymark/slot/v1" ‖ vault id ‖ u8 kind ‖ u32 memory KiB ‖ u32 passes ‖ u32 lanes`
fn aad(kind: SlotKind, costs: Option<ArgonParams>, vault: &VaultId) -> Vec<u8> {
    let costs = costs.map_or([0; 3], |costs| [costs.memory_kib, costs.passes, costs.lanes]);
    let mut aad = b"waymark/slot/v1".to_vec();
    aad.extend_from_slice(vault);
    aad.push(kind.number());
    for cost in costs {
        aad.extend_from_slice(&cost.to_be_bytes());
    }
    aad
}

#[cfg(test)]
#[path = "wrap_tests.rs"]
mod tests;
