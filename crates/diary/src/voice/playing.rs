//! Hearing a note: any range of its bytes, opened when it is asked for and never written anywhere.

use std::ops::Range;

use waymark_protocol::EntryId;
use waymark_protocol::attachment::{self, Attachment, CHUNK_LEN, Opener};
use zeroize::Zeroizing;

use crate::Error;
use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, NoteId, Recording, Sound, VOICE};

/// What a player has to know before it asks for bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playable {
    /// Such as `audio/webm;codecs=opus`.
    pub media_type: String,
    /// How many bytes there are.
    pub len: u64,
}

enum Source<'d> {
    Draft(Recording),
    Entry(EntryId, &'d Attachment),
}

impl Diary {
    /// A note, of a draft or of any revision.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::EntryUnknown`] when there is no such note.
    pub fn playable(&self, note: &NoteId) -> Result<Playable, Error> {
        Ok(match self.source(note)? {
            Source::Draft(recording) => Playable { len: recording.len(), media_type: recording.media_type },
            Source::Entry(_, attachment) => {
                Playable { len: attachment.len(), media_type: attachment.media_type().as_str().to_owned() }
            }
        })
    }

    /// The bytes of a note in `range`, as far as it goes.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::EntryUnknown`]; [`ErrorCode::VoiceNotHere`] when it has not come to this phone yet.
    pub fn note_bytes(&self, note: &NoteId, range: Range<u64>) -> Result<Zeroizing<Vec<u8>>, Error> {
        match self.source(note)? {
            Source::Draft(recording) => self.recorded(note, &recording, &range),
            Source::Entry(entry, attachment) => self.attached(&entry, attachment, &range),
        }
    }

    fn source(&self, note: &NoteId) -> Result<Source<'_>, Error> {
        let unknown = || Error::Plain(ErrorCode::EntryUnknown);
        if let Some(stored) = store::note(&self.vault.reader(), note)? {
            return match stored.sound {
                Sound::Recording(recording) => Ok(Source::Draft(recording)),
                Sound::InEntry { entry, attachment } => self
                    .attachment_of(&entry, &attachment)
                    .map(|(_, found)| Source::Entry(entry, found))
                    .ok_or_else(unknown),
            };
        }
        let mut entries = self.entries.keys();
        let found = entries.find_map(|entry| Some(Source::Entry(*entry, self.attachment_of(entry, note)?.1)));
        found.ok_or_else(unknown)
    }

    fn recorded(&self, note: &NoteId, recording: &Recording, range: &Range<u64>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let reader = self.vault.reader();
        let mut out = Zeroizing::new(Vec::with_capacity(room(range, recording.len())));
        let mut start = 0;
        for (place, len) in recording.places().zip(&recording.chunks) {
            let end = start + u64::from(*len);
            if start < range.end && range.start < end {
                let chunk = store::chunk(&reader, note, place)?;
                if chunk.len() as u64 != end - start {
                    return Err(Error::Stored(VOICE.name()));
                }
                out.extend_from_slice(within(&chunk, start, range));
            }
            start = end;
        }
        Ok(out)
    }

    fn attached(
        &self,
        entry: &EntryId,
        attachment: &Attachment,
        range: &Range<u64>,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let reader = self.vault.reader();
        let opener = Opener::new(entry, attachment);
        let mut out = Zeroizing::new(Vec::with_capacity(room(range, attachment.len())));
        let mut part: Option<(usize, Zeroizing<Vec<u8>>)> = None;
        let mut chunk = attachment::chunk_at(range.start);
        while chunk < attachment.chunks() && (chunk * CHUNK_LEN) as u64 <= range.end.saturating_sub(1) {
            let index = attachment::part_of(chunk);
            if part.as_ref().is_none_or(|(open, _)| *open != index) {
                let hash = attachment.parts().get(index).ok_or(Error::Stored("a voice note"))?;
                let bytes = store::part(&reader, hash)?.ok_or(Error::Plain(ErrorCode::VoiceNotHere))?;
                part = Some((index, bytes));
            }
            let Some((_, sealed)) = &part else { break };
            let plain = opener.chunk(chunk, sealed).map_err(|_| Error::Stored("a voice note"))?;
            out.extend_from_slice(within(&plain, (chunk * CHUNK_LEN) as u64, range));
            chunk += 1;
        }
        Ok(out)
    }
}

/// How many bytes there will be, so that no copy of what is heard stays behind where a buffer grew.
fn room(range: &Range<u64>, len: u64) -> usize {
    usize::try_from(range.end.min(len).saturating_sub(range.start)).unwrap_or(0)
}

/// What of a piece that begins at `start` lies in the range.
fn within<'p>(piece: &'p [u8], start: u64, range: &Range<u64>) -> &'p [u8] {
    let at = |place: u64| usize::try_from(place.saturating_sub(start)).unwrap_or(usize::MAX).min(piece.len());
    piece.get(at(range.start)..at(range.end)).unwrap_or_default()
}
