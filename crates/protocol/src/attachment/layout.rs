//! Where the plain bytes of an attachment lie in its chunks and parts. All of it follows from their number.

use crate::aead::TAG_LEN;
use crate::record::MAX_PARTS;
use crate::seal::padding;

/// How many padded bytes every chunk but the last holds.
pub const CHUNK_LEN: usize = 64 * 1024;
/// How many whole chunks a part holds, so that it stays below 1 MiB.
pub const CHUNKS_PER_PART: usize = 15;
/// The longest part.
pub const MAX_PART_LEN: usize = CHUNKS_PER_PART * SEALED_CHUNK_LEN;
/// The longest attachment: 60 MiB, which fills all the parts that a header can list.
pub const MAX_LEN: u64 = (MAX_PARTS * CHUNKS_PER_PART * CHUNK_LEN) as u64;
pub(super) const SEALED_CHUNK_LEN: usize = CHUNK_LEN + TAG_LEN;

/// The chunk that holds the plain byte at `offset`.
pub fn chunk_at(offset: u64) -> usize {
    usize::try_from(offset / CHUNK_LEN as u64).unwrap_or(usize::MAX)
}

/// The part that holds a chunk.
pub fn part_of(chunk: usize) -> usize {
    chunk / CHUNKS_PER_PART
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    len: usize,
    padded: usize,
}

impl Layout {
    /// `None` for nothing, and for more than an attachment may hold.
    pub fn of(len: u64) -> Option<Self> {
        if !(1..=MAX_LEN).contains(&len) {
            return None;
        }
        let len = usize::try_from(len).ok()?;
        Some(Self { len, padded: padding::stepped(len) })
    }

    pub fn padded(&self) -> usize {
        self.padded
    }

    pub fn chunks(&self) -> usize {
        self.padded.div_ceil(CHUNK_LEN)
    }

    pub fn plain_chunks(&self) -> usize {
        self.len.div_ceil(CHUNK_LEN)
    }

    pub fn parts(&self) -> usize {
        self.chunks().div_ceil(CHUNKS_PER_PART)
    }

    pub fn is_last(&self, chunk: usize) -> bool {
        chunk + 1 == self.chunks()
    }

    /// How many padded bytes a chunk of this attachment has.
    pub fn chunk_len(&self, chunk: usize) -> usize {
        CHUNK_LEN.min(self.padded - chunk * CHUNK_LEN)
    }

    /// How many plain bytes a chunk of this attachment has; what is behind them is padding.
    pub fn plain_len(&self, chunk: usize) -> usize {
        self.len.saturating_sub(chunk * CHUNK_LEN).min(CHUNK_LEN)
    }

    /// How long a part of this attachment is, sealed.
    pub fn part_len(&self, part: usize) -> usize {
        let chunks = self.chunks() - part * CHUNKS_PER_PART;
        let padded = self.padded - part * CHUNKS_PER_PART * CHUNK_LEN;
        let whole = CHUNKS_PER_PART * CHUNK_LEN;
        whole.min(padded) + chunks.min(CHUNKS_PER_PART) * TAG_LEN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_attachment_fills_the_longest_header() {
        let longest = Layout::of(MAX_LEN).unwrap();
        assert_eq!((longest.padded(), longest.parts()), (60 * 1024 * 1024, MAX_PARTS));
        assert_eq!(longest.part_len(MAX_PARTS - 1), MAX_PART_LEN);
        const { assert!(MAX_PART_LEN == 983_280 && MAX_PART_LEN <= 1024 * 1024) };
        assert!(Layout::of(MAX_LEN + 1).is_none());
        assert!(Layout::of(u64::MAX).is_none());
        assert!(Layout::of(0).is_none());
    }

    #[test]
    fn parts_and_chunks_add_up() {
        let around = |len: usize| [len - 1, len, len + 1];
        let lens = [CHUNK_LEN, 1024 * 1024, CHUNKS_PER_PART * CHUNK_LEN, 4_800_000].into_iter().flat_map(around);
        for len in lens.chain([1, 1023, 1024, 1025, 16 * 1024, 16 * 1024 + 1]) {
            let layout = Layout::of(len as u64).unwrap();
            let chunks = 0..layout.chunks();
            assert_eq!(chunks.clone().map(|chunk| layout.plain_len(chunk)).sum::<usize>(), len);
            assert_eq!(chunks.clone().map(|chunk| layout.chunk_len(chunk)).sum::<usize>(), layout.padded());
            let sealed = layout.padded() + layout.chunks() * TAG_LEN;
            assert_eq!((0..layout.parts()).map(|part| layout.part_len(part)).sum::<usize>(), sealed, "{len}");
            assert_eq!(chunks.filter(|chunk| layout.is_last(*chunk)).count(), 1);
            assert!(layout.plain_chunks() <= layout.chunks() && layout.chunk_len(layout.chunks() - 1) > 0);
        }
    }
}
