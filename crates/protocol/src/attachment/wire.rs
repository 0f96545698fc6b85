//! How an attachment stands in its entry's plain body.

use minicbor::{Decode, Encode};

use super::layout::Layout;
use super::{About, Attachment};
use crate::Hash;
use crate::id::AttachmentId;
use crate::keys::AttachmentKey;

/// `[id, media type, duration in ms, length of plain, K, [part hash…]]`.
#[derive(Encode, Decode)]
#[cbor(array)]
pub(crate) struct Wire {
    #[n(0)]
    id: AttachmentId,
    #[n(1)]
    media_type: String,
    #[n(2)]
    duration_ms: u32,
    #[n(3)]
    len: u64,
    #[n(4)]
    key: KeyBytes,
    #[n(5)]
    parts: Vec<Hash>,
}

/// The key goes into the bytes that are sealed at once, by this way alone.
struct KeyBytes(AttachmentKey);

impl<C> Encode<C> for KeyBytes {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(self.0.dangerously_bytes())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for KeyBytes {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let key = AttachmentKey::from_slice(d.bytes()?);
        key.map(Self).ok_or_else(|| minicbor::decode::Error::message("wrong length"))
    }
}

impl From<&Attachment> for Wire {
    fn from(attachment: &Attachment) -> Self {
        Self {
            id: attachment.id,
            media_type: attachment.about.media_type.as_str().to_owned(),
            duration_ms: attachment.about.duration_ms,
            len: attachment.len,
            key: KeyBytes(attachment.key.clone()),
            parts: attachment.parts.clone(),
        }
    }
}

impl Wire {
    /// The attachment; `None` unless its media type is one, its length is allowed, and it has as many parts as that needs.
    pub fn read(self) -> Option<Attachment> {
        let about = About { media_type: self.media_type.parse().ok()?, duration_ms: self.duration_ms };
        if Layout::of(self.len)?.parts() != self.parts.len() {
            return None;
        }
        Some(Attachment { id: self.id, about, len: self.len, key: self.key.0, parts: self.parts })
    }
}
