//! Opening an attachment: whole, or any one chunk of it.

use zeroize::Zeroizing;

use super::Attachment;
use super::layout::{CHUNKS_PER_PART, Layout, SEALED_CHUNK_LEN, part_of};
use super::stream::Stream;
use crate::aead::TAG_LEN;
use crate::{EntryId, Hash};

/// Why an attachment does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A part is missing.
    #[error("part {0} of the recording is missing")]
    Missing(usize),
    /// A part has another hash or length than the entry says, or there is one too many.
    #[error("part {0} of the recording is not the one that the entry names")]
    Part(usize),
    /// A chunk has been changed, or belongs to another place, attachment or entry.
    #[error("chunk {0} of the recording does not open")]
    Chunk(usize),
    /// There is something where only zeros may be.
    #[error("the recording's padding is not zeros")]
    Padding,
}

/// Opens chunks or parts of one attachment, in any order: what a player needs that jumps about.
pub struct Opener {
    stream: Stream,
    layout: Layout,
    parts: Vec<Hash>,
}

impl Opener {
    /// An opener of an attachment of `entry`.
    pub fn new(entry: &EntryId, attachment: &Attachment) -> Self {
        let stream = Stream::new(&attachment.key, entry, &attachment.id);
        Self { stream, layout: attachment.layout(), parts: attachment.parts.clone() }
    }

    /// The plain bytes of part `index`, counted from 0: none of it is missing, changed or too much.
    pub fn part(&self, index: usize, part: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let named = self.parts.get(index).is_some_and(|hash| Hash::of(part) == *hash);
        if !named || part.len() != self.layout.part_len(index) {
            return Err(OpenError::Part(index));
        }
        let first = index * CHUNKS_PER_PART;
        let mut out = Zeroizing::new(Vec::with_capacity(part.len()));
        for chunk in first..self.layout.chunks().min(first + CHUNKS_PER_PART) {
            out.extend_from_slice(&self.chunk(chunk, part)?);
        }
        Ok(out)
    }

    /// The plain bytes of chunk `index`, counted from 0, out of part number `part_of(index)`.
    ///
    /// They begin at `index · CHUNK_LEN`. The part's hash need not be checked first: a chunk that opens is the right one.
    pub fn chunk(&self, index: usize, part: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if index >= self.layout.chunks() {
            return Err(OpenError::Chunk(index));
        }
        let start = index % CHUNKS_PER_PART * SEALED_CHUNK_LEN;
        let end = start + self.layout.chunk_len(index) + TAG_LEN;
        let sealed = part.get(start..end).ok_or(OpenError::Part(part_of(index)))?;
        let mut bytes = Zeroizing::new(sealed.to_vec());
        self.stream.open(index, self.layout.is_last(index), &mut bytes).ok_or(OpenError::Chunk(index))?;
        let (plain, padded) = (self.layout.plain_len(index), self.layout.chunk_len(index));
        if bytes[plain..padded].iter().any(|byte| *byte != 0) {
            return Err(OpenError::Padding);
        }
        bytes.truncate(plain);
        Ok(bytes)
    }
}

/// The plain bytes of an attachment of `entry`, from its parts in order: all of them, or an error.
pub fn open<P: AsRef<[u8]>>(
    entry: &EntryId,
    attachment: &Attachment,
    parts: impl IntoIterator<Item = P>,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let opener = Opener::new(entry, attachment);
    let mut out = Zeroizing::new(Vec::with_capacity(opener.layout.padded()));
    let mut parts = parts.into_iter();
    for index in 0..attachment.parts.len() {
        let part = parts.next().ok_or(OpenError::Missing(index))?;
        out.extend_from_slice(&opener.part(index, part.as_ref())?);
    }
    if parts.next().is_some() {
        return Err(OpenError::Part(attachment.parts.len()));
    }
    Ok(out)
}
