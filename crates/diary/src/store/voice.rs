//! Voice notes of drafts, and the sealed parts of those that are in entries.
//!
//! A note that is being recorded is a row of sealed objects: what was said a second ago is on disk, whatever happens next.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use waymark_protocol::{AttachmentId, EntryId, Hash};
use waymark_vault::{Reader, Table, Tx};
use zeroize::Zeroizing;

use super::{PART, PART_LET_GO, PART_TO_FETCH, PART_TO_SEND, VOICE, VOICE_CHUNK};
use crate::Error;

/// Names a voice note: in a draft by a random id, in an entry by its attachment's.
pub(crate) type NoteId = AttachmentId;

/// A voice note of a draft.
#[derive(Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct StoredNote {
    /// Whose note it is.
    #[n(0)]
    pub draft: String,
    /// Notes of a draft are shown in this order: when each was begun, in milliseconds since 1970; before them those that
    /// the entry had already.
    #[n(1)]
    pub order: u64,
    /// The question that it answers, if it answers one.
    #[n(2)]
    pub asked: Option<Asked>,
    #[n(3)]
    pub sound: Sound,
}

impl StoredNote {
    /// Whether nothing came from the microphone before it was over.
    pub fn is_empty(&self) -> bool {
        matches!(&self.sound, Sound::Recording(recording) if recording.chunks.is_empty())
    }
}

/// The question that a note answers, as it stood.
#[derive(Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Asked {
    #[n(0)]
    pub prompt: String,
    #[n(1)]
    pub question: String,
}

/// Where a note's sound is.
#[derive(Clone, Encode, Decode)]
pub(crate) enum Sound {
    /// In chunks of this vault.
    #[n(0)]
    Recording(#[n(0)] Recording),
    /// In the entry that is being changed, which had it already.
    #[n(1)]
    InEntry {
        #[n(0)]
        entry: EntryId,
        #[n(1)]
        attachment: AttachmentId,
    },
}

/// What was recorded so far.
#[derive(Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Recording {
    #[n(0)]
    pub media_type: String,
    #[n(1)]
    pub duration_ms: u32,
    /// The chunks' lengths, in order.
    #[n(2)]
    pub chunks: Vec<u32>,
    /// Whether the person ended it. One that a crash ended is as good, as far as it goes.
    #[n(3)]
    pub finished: bool,
}

impl Recording {
    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        self.chunks.iter().map(|len| u64::from(*len)).sum()
    }

    /// The places of its chunks: 0, 1, 2….
    pub fn places(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.chunks.len()).unwrap_or(u32::MAX)
    }
}

/// A part that is not on this phone.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct ToFetch {
    /// Whether the server has said that it has not got it either. It is asked again all the same: the phone that recorded it
    /// may send it yet.
    #[n(0)]
    pub missing: bool,
}

/// A chunk's id in its table: note id ‖ place (u32, big-endian).
pub(crate) fn chunk_id(note: &NoteId, place: u32) -> [u8; 20] {
    let mut id = [0; 20];
    id[..16].copy_from_slice(&note.0);
    id[16..].copy_from_slice(&place.to_be_bytes());
    id
}

/// The notes of a draft, in order.
pub(crate) fn notes_of(reader: &Reader<'_>, draft: &str) -> Result<Vec<(NoteId, StoredNote)>, Error> {
    let mut notes = Vec::new();
    reader.scan::<Error>(VOICE, |id, bytes| {
        let note: StoredNote = super::decode(VOICE, bytes)?;
        if note.draft == draft {
            notes.push((NoteId::from_slice(id).ok_or(Error::Stored(VOICE.name()))?, note));
        }
        Ok(())
    })?;
    notes.sort_by_key(|(id, note)| (note.order, *id));
    Ok(notes)
}

/// A note of a draft.
pub(crate) fn note(reader: &Reader<'_>, id: &NoteId) -> Result<Option<StoredNote>, Error> {
    super::get(reader, VOICE, &id.0)
}

/// Removes a note of a draft, with what was recorded.
pub(crate) fn delete_note(tx: &mut Tx<'_>, id: &NoteId, note: &StoredNote) -> Result<(), Error> {
    if let Sound::Recording(recording) = &note.sound {
        for place in recording.places() {
            tx.delete(VOICE_CHUNK, &chunk_id(id, place))?;
        }
    }
    tx.delete(VOICE, &id.0)?;
    Ok(())
}

/// One chunk of a recording.
pub(crate) fn chunk(reader: &Reader<'_>, note: &NoteId, place: u32) -> Result<Zeroizing<Vec<u8>>, Error> {
    reader.get(VOICE_CHUNK, &chunk_id(note, place))?.ok_or(Error::Stored(VOICE_CHUNK.name()))
}

/// A part's ciphertext, if it is on this phone.
pub(crate) fn part(reader: &Reader<'_>, hash: &Hash) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    Ok(reader.get(PART, &hash.0)?)
}

/// Removes a part, and that it was to be sent or fetched.
pub(crate) fn delete_part(tx: &mut Tx<'_>, hash: &Hash) -> Result<(), Error> {
    for table in [PART, PART_TO_SEND, PART_TO_FETCH, PART_LET_GO] {
        tx.delete(table, &hash.0)?;
    }
    Ok(())
}

/// Forgets that parts were to be sent or fetched: there is no server any more that has to do with them.
pub(crate) fn forget_parts_under_way(tx: &mut Tx<'_>) -> Result<(), Error> {
    for table in [PART_TO_SEND, PART_TO_FETCH, PART_LET_GO] {
        let mut ids = Vec::new();
        tx.scan::<Error>(table, |id, _| {
            ids.push(id.to_vec());
            Ok(())
        })?;
        for id in &ids {
            tx.delete(table, id)?;
        }
    }
    Ok(())
}

/// Notes that a part is to be sent.
pub(crate) fn send_part(tx: &mut Tx<'_>, hash: &Hash) -> Result<(), Error> {
    Ok(tx.put(PART_TO_SEND, &hash.0, &[])?)
}

/// The parts that the server has not confirmed.
pub(crate) fn parts_to_send(reader: &Reader<'_>) -> Result<BTreeSet<Hash>, Error> {
    parts_in(reader, PART_TO_SEND)
}

/// The parts that go although voice notes wait.
pub(crate) fn parts_let_go(reader: &Reader<'_>) -> Result<BTreeSet<Hash>, Error> {
    parts_in(reader, PART_LET_GO)
}

fn parts_in(reader: &Reader<'_>, table: Table) -> Result<BTreeSet<Hash>, Error> {
    let mut parts = BTreeSet::new();
    reader.scan::<Error>(table, |id, _| {
        parts.insert(Hash::from_slice(id).ok_or(Error::Stored(table.name()))?);
        Ok(())
    })?;
    Ok(parts)
}

/// The parts that are not on this phone, with what is known of each.
pub(crate) fn parts_to_fetch(reader: &Reader<'_>) -> Result<Vec<(Hash, ToFetch)>, Error> {
    let mut parts = Vec::new();
    reader.scan::<Error>(PART_TO_FETCH, |id, bytes| {
        let hash = Hash::from_slice(id).ok_or(Error::Stored(PART_TO_FETCH.name()))?;
        parts.push((hash, super::decode(PART_TO_FETCH, bytes)?));
        Ok(())
    })?;
    Ok(parts)
}
