//! Names of things: random or derived from keys, never from people.

use crate::hex::hex_type;
use crate::keys::{SealingKey, VerifyingKey};
use crate::{Hash, Message};

hex_type! {
    /// `H("waymark/study/v1" ‖ first signing key ‖ first encryption key)[..16]`: a study's name is its keys' fingerprint.
    StudyId, 16
}
hex_type! {
    /// A participant number: random, chosen by the desk, written into the invitation's certificate.
    ParticipantId, 16
}
hex_type! {
    /// `H(device public key)[..16]`.
    DeviceId, 16
}
hex_type! {
    /// A diary entry: random. Final once withdrawn; sharing again takes a new one.
    EntryId, 16
}
hex_type! {
    /// One revision of an entry: random.
    RevisionId, 16
}
hex_type! {
    /// An attachment of an entry: random, new whenever it is sealed.
    AttachmentId, 16
}
hex_type! {
    /// `H(enrol public key)[..8]`: names an invitation towards the server without saying its secret.
    CodeId, 8
}
hex_type! {
    /// Names the key that opens a slot.
    KeyId, 8
}

impl StudyId {
    /// The study that is named by its first two public keys.
    pub fn of(signing: &VerifyingKey, encryption: &SealingKey) -> Self {
        let message = Message::new("waymark/study/v1").bytes(&signing.0).bytes(&encryption.0);
        Self(prefix(&Hash::of(message.as_bytes())))
    }
}

impl DeviceId {
    /// The device that holds the private half of `key`.
    pub fn of(key: &VerifyingKey) -> Self {
        Self(prefix(&Hash::of(&key.0)))
    }
}

impl CodeId {
    /// The invitation whose enrol key is `key`.
    pub fn of(key: &VerifyingKey) -> Self {
        Self(prefix(&Hash::of(&key.0)))
    }
}

impl KeyId {
    /// Names a study encryption key in a slot: `H(public key)[..8]`.
    pub fn of(key: &SealingKey) -> Self {
        Self(prefix(&Hash::of(&key.0)))
    }
}

fn prefix<const N: usize>(hash: &Hash) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&hash.0[..N]);
    out
}
