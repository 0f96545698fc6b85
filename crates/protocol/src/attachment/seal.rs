//! Sealing an attachment.

use zeroize::Zeroizing;

use super::layout::{CHUNK_LEN, CHUNKS_PER_PART, Layout};
use super::stream::Stream;
use super::{Attachment, MediaType};
use crate::id::AttachmentId;
use crate::keys::AttachmentKey;
use crate::{EntryId, Hash};

/// What is known of a recording before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What kind of recording it is.
    pub media_type: MediaType,
    /// How long it takes to hear, in milliseconds.
    pub duration_ms: u32,
}

/// A piece of ciphertext, as the server keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `H(bytes)`: its name.
    pub hash: Hash,
    /// At most [`super::MAX_PART_LEN`].
    pub bytes: Vec<u8>,
}

impl Part {
    /// Names `bytes`.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self { hash: Hash::of(&bytes), bytes }
    }
}

/// Why a recording cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// There is nothing in it.
    #[error("the recording is empty")]
    Empty,
    /// Longer than an entry can hold.
    #[error("the recording is longer than an entry can hold (60 MiB)")]
    TooLong,
}

/// Seals `plain` for one entry under a fresh key. The entry keeps the attachment, the server gets the parts.
pub fn seal(
    entry: &EntryId,
    about: About,
    plain: &[u8],
    rng: &mut dyn rand_core::CryptoRng,
) -> Result<(Attachment, Vec<Part>), SealError> {
    let layout = Layout::of(plain.len() as u64).ok_or(match plain {
        [] => SealError::Empty,
        _ => SealError::TooLong,
    })?;
    let mut id = AttachmentId([0; 16]);
    rng.fill_bytes(&mut id.0);
    let key = AttachmentKey::generate(rng);
    let parts: Vec<Part> = sealed(&Stream::new(&key, entry, &id), layout, plain).collect();
    let len = plain.len() as u64;
    Ok((Attachment { id, about, len, key, parts: parts.iter().map(|part| part.hash).collect() }, parts))
}

impl Attachment {
    /// Whether `plain` is what was sealed for `entry`: sealed again under the same key it gives the parts that are named. Whoever
    /// has the entry needs no part for that, and no other bytes give the same parts.
    pub fn is_of(&self, entry: &EntryId, plain: &[u8]) -> bool {
        let stream = Stream::new(&self.key, entry, &self.id);
        let same = plain.len() as u64 == self.len;
        same && sealed(&stream, self.layout(), plain).map(|part| part.hash).eq(self.parts.iter().copied())
    }
}

/// The parts of `plain`, one after the other.
fn sealed(stream: &Stream, layout: Layout, plain: &[u8]) -> impl Iterator<Item = Part> {
    (0..layout.parts()).map(move |part| {
        let mut bytes = Vec::with_capacity(layout.part_len(part));
        let first = part * CHUNKS_PER_PART;
        for chunk in first..layout.chunks().min(first + CHUNKS_PER_PART) {
            let padded = padded_chunk(plain, &layout, chunk);
            stream.seal(chunk, layout.is_last(chunk), &padded, &mut bytes);
        }
        Part::of(bytes)
    })
}

fn padded_chunk(plain: &[u8], layout: &Layout, chunk: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(layout.chunk_len(chunk)));
    let start = plain.len().min(chunk * CHUNK_LEN);
    out.extend_from_slice(&plain[start..start + layout.plain_len(chunk)]);
    out.resize(layout.chunk_len(chunk), 0);
    out
}
