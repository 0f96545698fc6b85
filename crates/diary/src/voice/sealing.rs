//! From a draft's recordings to an entry's attachments, and from a withdrawn entry's to its copy's.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

use waymark_protocol::attachment::{self, About, Attachment, CHUNK_LEN, Opener, Part, SealError};
use waymark_protocol::content::{Answer, Entry};
use waymark_protocol::{EntryId, Hash};
use waymark_vault::{Reader, SystemRng, Tx};
use zeroize::Zeroizing;

use super::asked;
use crate::Error;
use crate::entries::random;
use crate::page::ErrorCode;
use crate::store::{self, Asked, NoteId, PART, PART_TO_FETCH, Recording, Sound, StoredNote, ToFetch, VOICE};

const JUST_SEALED: Error = Error::Stored("a voice note just sealed");

/// Seals a draft's notes into the entry that it becomes. `known` are earlier revisions of the entry, whose notes it may keep.
/// One note is in memory at a time.
///
/// A note that answers a question is an answer too, whose value is the note's id.
pub(crate) fn seal_notes(
    tx: &mut Tx<'_>,
    notes: &[(NoteId, StoredNote)],
    entry: &mut Entry,
    known: &[Entry],
) -> Result<(), Error> {
    for (id, note) in notes {
        match &note.sound {
            Sound::InEntry { attachment, .. } => {
                let mut attachments = known.iter().flat_map(|entry| &entry.attachments);
                if let Some(kept) = attachments.find(|known| known.id() == *attachment) {
                    attach(entry, kept.clone(), note.asked.as_ref());
                }
            }
            Sound::Recording(_) if note.is_empty() => {}
            Sound::Recording(recording) => {
                let about = About {
                    media_type: recording.media_type.parse().map_err(|_| Error::Stored("a voice note"))?,
                    duration_ms: recording.duration_ms,
                };
                let plain = whole(tx, id, recording)?;
                let sealed = seal(tx, &entry.entry, about, &plain)?;
                attach(entry, sealed, note.asked.as_ref());
            }
        }
    }
    Ok(())
}

/// Lists the notes of an entry as those of a draft that changes it.
pub(crate) fn keep_notes(tx: &mut Tx<'_>, draft: &str, entry: &Entry) -> Result<(), Error> {
    for (order, attachment) in (1..).zip(&entry.attachments) {
        let note = StoredNote {
            draft: draft.to_owned(),
            order,
            asked: asked(entry, attachment),
            sound: Sound::InEntry { entry: entry.entry, attachment: attachment.id() },
        };
        store::put(tx, VOICE, &random::<16>(), &note)?;
    }
    Ok(())
}

fn attach(entry: &mut Entry, attachment: Attachment, asked: Option<&Asked>) {
    if let Some(Asked { prompt, question }) = asked.cloned() {
        entry.answers.push(Answer { prompt, question, value: attachment.id().to_string() });
    }
    entry.attachments.push(attachment);
}

/// Seals the notes of an entry's revisions for a copy with another id, under fresh keys, and removes the old parts. What the
/// server has said it has not got, and is not here either, is not in the copy.
///
/// # Errors
///
/// [`ErrorCode::VoiceNotHere`] when a note may come yet.
pub(crate) fn reseal_notes(tx: &mut Tx<'_>, from: &EntryId, copies: &mut [Entry]) -> Result<(), Error> {
    let mut resealed: BTreeMap<NoteId, Option<Attachment>> = BTreeMap::new();
    for copy in copies {
        let old = std::mem::take(&mut copy.attachments);
        for attachment in old {
            let id = attachment.id();
            let new = match resealed.entry(id) {
                Occupied(done) => done.get().clone(),
                Vacant(place) => place.insert(reseal(tx, from, &attachment, &copy.entry)?).clone(),
            };
            let answers = copy.answers.iter_mut().filter(|answer| answer.value == id.to_string());
            match &new {
                Some(new) => answers.for_each(|answer| answer.value = new.id().to_string()),
                None => copy.answers.retain(|answer| answer.value != id.to_string()),
            }
            copy.attachments.extend(new);
        }
    }
    Ok(())
}

fn reseal(tx: &mut Tx<'_>, from: &EntryId, attachment: &Attachment, to: &EntryId) -> Result<Option<Attachment>, Error> {
    for hash in attachment.parts() {
        if store::part(tx, hash)?.is_none() && may_come(tx, hash)? {
            return Err(Error::Plain(ErrorCode::VoiceNotHere));
        }
    }
    let new = seal_for(tx, from, attachment, to)?;
    attachment.parts().iter().try_for_each(|hash| store::delete_part(tx, hash))?;
    Ok(new)
}

/// Seals notes of an entry that was taken back for a copy of it that was made without them. The old parts stay. One that does not open,
/// as another phone may have named it, could not be heard before either, and stands in nobody's way.
pub(crate) fn seal_again(tx: &mut Tx<'_>, from: &Entry, copy: &mut Entry, notes: &[Attachment]) -> Result<(), Error> {
    for note in notes {
        let sealed = match seal_for(tx, &from.entry, note, &copy.entry) {
            Err(Error::Stored(_)) => None,
            sealed => sealed?,
        };
        if let Some(sealed) = sealed {
            attach(copy, sealed, asked(from, note).as_ref());
        }
    }
    Ok(())
}

/// Seals a note of one entry for another one; none where a part of it is not here.
fn seal_for(tx: &mut Tx<'_>, from: &EntryId, note: &Attachment, to: &EntryId) -> Result<Option<Attachment>, Error> {
    let mut parts = Vec::new();
    for hash in note.parts() {
        let Some(part) = store::part(tx, hash)? else { return Ok(None) };
        parts.push(part);
    }
    let plain = attachment::open(from, note, &parts).map_err(|_| Error::Stored("a voice note"))?;
    drop(parts);
    let about = About { media_type: note.media_type().clone(), duration_ms: note.duration_ms() };
    seal(tx, to, about, &plain).map(Some)
}

fn seal(tx: &mut Tx<'_>, entry: &EntryId, about: About, plain: &[u8]) -> Result<Attachment, Error> {
    let (attachment, parts) = attachment::seal(entry, about, plain, &mut SystemRng).map_err(|error| match error {
        SealError::TooLong => Error::Plain(ErrorCode::VoiceTooLong),
        SealError::Empty => Error::Stored("a voice note"),
    })?;
    // Before "saved" shows, it is opened again as a new phone would, a chunk at a time.
    let opener = Opener::new(entry, &attachment);
    for (index, chunk) in plain.chunks(CHUNK_LEN).enumerate() {
        let part = parts.get(attachment::part_of(index)).ok_or(JUST_SEALED)?;
        if opener.chunk(index, &part.bytes).is_ok_and(|opened| *opened == chunk) {
            continue;
        }
        return Err(JUST_SEALED);
    }
    for Part { hash, bytes } in &parts {
        tx.put(PART, &hash.0, bytes)?;
    }
    Ok(attachment)
}

fn may_come(reader: &Reader<'_>, hash: &Hash) -> Result<bool, Error> {
    let to_fetch: Option<ToFetch> = store::get(reader, PART_TO_FETCH, &hash.0)?;
    Ok(to_fetch.is_some_and(|part| !part.missing))
}

fn whole(reader: &Reader<'_>, id: &NoteId, recording: &Recording) -> Result<Zeroizing<Vec<u8>>, Error> {
    let len = usize::try_from(recording.len()).map_err(|_| Error::Stored("a voice note"))?;
    let mut plain = Zeroizing::new(Vec::with_capacity(len));
    for place in recording.places() {
        plain.extend_from_slice(&store::chunk(reader, id, place)?);
    }
    if plain.len() == len { Ok(plain) } else { Err(Error::Stored("a voice note")) }
}
