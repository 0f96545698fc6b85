//! What a person opens the vault with.

use std::fmt;

use ring::hkdf;
use zeroize::Zeroizing;

use super::ArgonParams;
use crate::Error;

/// A secret that a key slot is made from or opened with. Bytes count as they are: normalise what was typed before.
///
/// ```text
/// passphrase: ikm = Argon2id(passphrase, salt)                      info = "waymark/slot/passphrase/v1"
/// PIN:        ikm = Argon2id(PIN, salt) ‖ keystore secret           info = "waymark/slot/pin/v1"
/// words:      ikm = the 32 bytes behind the 24 words                info = "waymark/slot/words/v1"
///
/// slot key = HKDF-SHA256(ikm, salt, info)
/// wrapped  = AES-256-GCM[slot key, nonce 0](vault key,
///              aad = "waymark/slot/v1" ‖ vault id ‖ u8 kind ‖ u32 memory KiB ‖ u32 passes ‖ u32 lanes)
/// ```
///
/// `salt` is 32 random bytes, new whenever a slot is made, so a slot key wraps once. Kinds are 1, 2 and 3; the costs of a
/// words slot are 0.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// A passphrase. How long it must be is the caller's business; it must not be empty.
    Passphrase(&'a str),
    /// A PIN, with a secret of the operating system's keystore. Where there is no keystore that is empty, and whoever
    /// copies the file can find the PIN by trying all of them.
    Pin {
        /// What the person types.
        pin: &'a str,
        /// What the keystore holds, or nothing.
        keystore: &'a [u8],
    },
    /// The 256 bits that the 24 words on paper stand for: their entropy, not a seed made from them.
    Words(&'a [u8; 32]),
}

/// The kinds of key slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SlotKind {
    /// Opened with a passphrase.
    Passphrase = 1,
    /// Opened with a PIN and the keystore's secret.
    Pin = 2,
    /// Opened with the 24 words.
    Words = 3,
}

impl SlotKind {
    pub(super) fn from_number(number: u8) -> Option<Self> {
        [Self::Passphrase, Self::Pin, Self::Words].into_iter().find(|kind| kind.number() == number)
    }

    pub(super) fn number(self) -> u8 {
        self as u8
    }

    fn info(self) -> &'static [u8] {
        match self {
            Self::Passphrase => b"waymark/slot/passphrase/v1",
            Self::Pin => b"waymark/slot/pin/v1",
            Self::Words => b"waymark/slot/words/v1",
        }
    }
}

impl fmt::Display for SlotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Passphrase => "passphrase",
            Self::Pin => "PIN",
            Self::Words => "recovery secret",
        })
    }
}

impl Secret<'_> {
    /// The kind of slot that this secret makes and opens.
    #[must_use]
    pub fn kind(&self) -> SlotKind {
        match self {
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Pin { .. } => SlotKind::Pin,
            Self::Words(_) => SlotKind::Words,
        }
    }

    /// `HKDF-SHA256(ikm, salt, info)`, not yet expanded. Costs an Argon2id but for words, which have no costs.
    pub(super) fn extract(&self, salt: &[u8; 32], costs: Option<ArgonParams>) -> Result<SlotPrk, Error> {
        let hash = |typed: &str| {
            if typed.is_empty() {
                return Err(Error::EmptySecret);
            }
            costs.ok_or_else(|| Error::damaged(super::PART))?.hash(typed.as_bytes(), salt)
        };
        let hkdf_salt = hkdf::Salt::new(hkdf::HKDF_SHA256, salt);
        let prk = match self {
            Self::Passphrase(passphrase) => hkdf_salt.extract(hash(passphrase)?.as_slice()),
            Self::Pin { pin, keystore } => {
                let mut ikm = Zeroizing::new(Vec::with_capacity(32 + keystore.len()));
                ikm.extend_from_slice(hash(pin)?.as_slice());
                ikm.extend_from_slice(keystore);
                hkdf_salt.extract(&ikm)
            }
            Self::Words(entropy) => hkdf_salt.extract(entropy.as_slice()),
        };
        Ok(SlotPrk { prk, info: self.kind().info() })
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.kind())
    }
}

/// A slot's secret after `HKDF-Extract`.
pub(super) struct SlotPrk {
    prk: hkdf::Prk,
    info: &'static [u8],
}

impl SlotPrk {
    pub(super) fn slot_key(&self) -> ring::aead::LessSafeKey {
        let info = [self.info];
        let okm = self.prk.expand(&info, &ring::aead::AES_256_GCM).expect("32 bytes are within HKDF's length");
        ring::aead::LessSafeKey::new(okm.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_the_kind_and_nothing_else() {
        let shown =
            format!("{:?} {:?}", Secret::Passphrase("hunter2"), Secret::Pin { pin: "hunter2", keystore: b"hunter2" });
        assert_eq!(shown, "Secret(passphrase) Secret(PIN)");
    }

    #[test]
    fn an_empty_passphrase_or_pin_is_refused() {
        for empty in [Secret::Passphrase(""), Secret::Pin { pin: "", keystore: b"k" }] {
            assert!(matches!(empty.extract(&[0; 32], Some(ArgonParams::FLOOR)), Err(Error::EmptySecret)));
        }
    }
}
