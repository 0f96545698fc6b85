//! `STREAM[key]`: chunks that open only as what they are, where they are.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use crate::aead::TAG_LEN;
use crate::id::AttachmentId;
use crate::keys::AttachmentKey;
use crate::{EntryId, kdf};

/// `HKDF(K, "waymark/attachment/v1" ‖ entry ‖ attachment id)`, ready to seal and open chunks.
pub(super) struct Stream(LessSafeKey);

impl Stream {
    pub fn new(key: &AttachmentKey, entry: &EntryId, id: &AttachmentId) -> Self {
        let key = kdf::derive(key.dangerously_bytes(), &[b"waymark/attachment/v1", &entry.0, &id.0]);
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key[..]).expect("an AES-256 key has 32 bytes")))
    }

    /// Appends `AES-256-GCM[key, u88_be(index) ‖ last](chunk)`.
    pub fn seal(&self, index: usize, last: bool, chunk: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(chunk);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce(index, last), Aad::empty(), &mut out[start..])
            .expect("a chunk is far shorter than AES-GCM's limit of 64 GiB");
        out.extend_from_slice(tag.as_ref());
    }

    /// The plain chunk, at the front of `sealed`; `None` unless it was sealed at this place.
    pub fn open<'a>(&self, index: usize, last: bool, sealed: &'a mut [u8]) -> Option<&'a mut [u8]> {
        if sealed.len() < TAG_LEN {
            return None;
        }
        self.0.open_in_place(nonce(index, last), Aad::empty(), sealed).ok()
    }
}

/// `u88_be(index) ‖ last`.
fn nonce(index: usize, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&(index as u64).to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::assume_unique_for_key(nonce)
}
