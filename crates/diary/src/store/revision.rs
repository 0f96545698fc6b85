//! Revisions of entries, and where each is.

use minicbor::{Decode, Encode};
use waymark_protocol::content::Entry;
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::Target;
use waymark_protocol::{EntryId, RevisionId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::REVISION;
use crate::Error;

/// A revision's id in its table: entry id ‖ revision id.
pub(crate) fn revision_id(entry: &EntryId, revision: &RevisionId) -> [u8; 32] {
    let mut id = [0; 32];
    id[..16].copy_from_slice(&entry.0);
    id[16..].copy_from_slice(&revision.0);
    id
}

/// Who may read a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Sharing {
    /// Its writer alone.
    #[n(0)]
    Private,
    /// The study, once the hold is over. Chosen on this device.
    #[n(1)]
    Held {
        /// The phone's clock when the hold ends: milliseconds since 1970, UTC.
        #[n(0)]
        until: u64,
        /// Server clock − phone clock in milliseconds at the last look before it was chosen, where there was one.
        #[n(1)]
        clock_offset: Option<i64>,
        /// Whether the phone's clock had gone backwards when it was chosen, so that the hold's end means nothing.
        #[n(2)]
        clock_behind: bool,
    },
    /// The study: by this grant in this device's log. None when another device granted it.
    #[n(2)]
    Shared {
        #[n(0)]
        by: Option<u64>,
    },
    /// Its writer alone, until they have chosen again: it was held, and the clock moved.
    #[n(3)]
    Doubted,
}

/// A revision's record.
#[derive(Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct RecordRef {
    #[n(0)]
    pub target: Target,
    #[n(1)]
    #[cbor(with = "in_one_place")]
    content_key: Box<[u8; 32]>,
}

impl Drop for RecordRef {
    fn drop(&mut self) {
        self.content_key.zeroize();
    }
}

impl RecordRef {
    pub fn new(target: Target, content_key: &ContentKey) -> Self {
        Self { target, content_key: Box::new(*content_key.dangerously_bytes()) }
    }

    pub fn content_key(&self) -> Result<ContentKey, Error> {
        ContentKey::from_slice(&*self.content_key).ok_or(Error::Stored("a content key"))
    }
}

/// Key bytes that stay where they are while what holds them is moved, so that the last holder wipes the only copy.
mod in_one_place {
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder, bytes};

    pub fn encode<C, W: Write>(
        key: &[u8; 32],
        to: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        bytes::encode(key, to, context)
    }

    pub fn decode<C>(from: &mut Decoder<'_>, context: &mut C) -> Result<Box<[u8; 32]>, minicbor::decode::Error> {
        bytes::decode(from, context).map(Box::new)
    }
}

/// What a withdrawn entry's copy remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Copied {
    /// The last erase record in this device's log.
    #[n(0)]
    pub erased_by: u64,
}

/// One revision as it stands in the vault.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(array)]
pub(crate) struct StoredRevision {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    content: Vec<u8>,
    #[n(1)]
    #[zeroize(skip)]
    pub record: Option<RecordRef>,
    #[n(2)]
    #[zeroize(skip)]
    pub sharing: Sharing,
    #[n(3)]
    #[zeroize(skip)]
    pub copied: Option<Copied>,
}

impl StoredRevision {
    pub fn new(entry: &Entry, record: Option<RecordRef>, sharing: Sharing, copied: Option<Copied>) -> Self {
        Self { content: entry.to_bytes(), record, sharing, copied }
    }

    pub fn entry(&self) -> Result<Entry, Error> {
        Entry::parse(&self.content).map_err(|_| Error::Stored(REVISION.name()))
    }
}
