//! Recording: each chunk is on disk before the next one is asked for.

use waymark_protocol::AttachmentId;
use waymark_protocol::attachment::MediaType;

use super::{LATE_MS, MAX_BYTES, MAX_BYTES_TOGETHER, MAX_CHUNK_BYTES, MAX_CHUNKS, MAX_DURATION_MS, MAX_NOTES};
use crate::diary::Diary;
use crate::entries::random;
use crate::page::{ErrorCode, VoiceNote};
use crate::store::{self, Asked, DRAFT, NoteId, Recording, Sound, StoredNote, VOICE, VOICE_CHUNK};
use crate::{Error, Now};

/// The page and its host disagree.
const NOT_OURS: Error = Error::Plain(ErrorCode::Internal);

impl Diary {
    /// Begins a voice note in a draft that has been saved; `asked` is the question that it answers, if it answers one.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::VoiceTooLong`] when the draft has as many notes as an entry can have.
    pub fn begin_voice(
        &mut self,
        draft: &str,
        media_type: &str,
        asked: Option<(String, String)>,
        now: Now,
    ) -> Result<VoiceNote, Error> {
        let media_type: MediaType = media_type.parse().map_err(|_| NOT_OURS)?;
        let reader = self.vault.reader();
        if !media_type.essence().starts_with("audio/") || reader.get(DRAFT, draft.as_bytes())?.is_none() {
            return Err(NOT_OURS);
        }
        let there = store::notes_of(&reader, draft)?;
        if there.len() >= MAX_NOTES {
            return Err(Error::Plain(ErrorCode::VoiceTooLong));
        }
        // After the ones that are there, also when the clock was set back.
        let last = there.last().map_or(0, |(_, note)| note.order);
        let recording = Recording {
            media_type: media_type.as_str().to_owned(),
            duration_ms: 0,
            chunks: Vec::new(),
            finished: false,
        };
        let asked = asked.map(|(prompt, question)| Asked { prompt, question });
        let id = AttachmentId(random());
        let order = now.millis().max(last + 1);
        let note = StoredNote { draft: draft.to_owned(), order, asked, sound: Sound::Recording(recording) };
        self.vault.write(|tx| store::put(tx, VOICE, &id.0, &note))?;
        self.draft_note(&id, &note)
    }

    /// Seals one more chunk; it is on disk when this returns. `place` counts the chunks from 0: one that is there already (a
    /// lost reply) changes nothing. `duration_ms` is how long the note is with it.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::VoiceTooLong`] or [`ErrorCode::DiskFull`]: what was kept before stays, and can be heard and used.
    pub fn append_voice(
        &mut self,
        id: &NoteId,
        place: u32,
        chunk: &[u8],
        duration_ms: u32,
    ) -> Result<VoiceNote, Error> {
        let (note, mut recording) = self.recording(id)?;
        let next = recording.places().end;
        if place < next {
            return self.draft_note(id, &note);
        }
        if place > next || recording.finished || chunk.is_empty() || chunk.len() > MAX_CHUNK_BYTES {
            return Err(NOT_OURS);
        }
        let together = self.bytes_of_draft(&note.draft)? + chunk.len() as u64;
        recording.chunks.push(u32::try_from(chunk.len()).map_err(|_| NOT_OURS)?);
        let too_long = recording.len() > MAX_BYTES
            || together > MAX_BYTES_TOGETHER
            || recording.chunks.len() > MAX_CHUNKS
            || duration_ms > MAX_DURATION_MS + LATE_MS;
        if too_long {
            return Err(Error::Plain(ErrorCode::VoiceTooLong));
        }
        recording.duration_ms = recording.duration_ms.max(duration_ms);
        let note = StoredNote { sound: Sound::Recording(recording), ..note };
        self.vault.write(|tx| {
            tx.put(VOICE_CHUNK, &store::chunk_id(id, place), chunk)?;
            store::put(tx, VOICE, &id.0, &note)
        })?;
        self.draft_note(id, &note)
    }

    /// Ends a recording. One in which nothing was recorded is gone. Gives the draft's notes.
    pub fn end_voice(&mut self, id: &NoteId) -> Result<Vec<VoiceNote>, Error> {
        let (note, recording) = self.recording(id)?;
        if recording.chunks.is_empty() {
            return self.discard_voice(id);
        }
        let ended = Sound::Recording(Recording { finished: true, ..recording });
        let note = StoredNote { sound: ended, ..note };
        self.vault.write(|tx| store::put(tx, VOICE, &id.0, &note))?;
        self.draft_notes(&note.draft)
    }

    /// Throws a note of a draft away; an entry that had it keeps it in its earlier revision. Gives the draft's notes.
    pub fn discard_voice(&mut self, id: &NoteId) -> Result<Vec<VoiceNote>, Error> {
        let note = store::note(&self.vault.reader(), id)?.ok_or(NOT_OURS)?;
        self.vault.write(|tx| store::delete_note(tx, id, &note))?;
        self.forget_old_pages();
        self.draft_notes(&note.draft)
    }

    fn recording(&self, id: &NoteId) -> Result<(StoredNote, Recording), Error> {
        let note = store::note(&self.vault.reader(), id)?.ok_or(NOT_OURS)?;
        match &note.sound {
            Sound::Recording(recording) => {
                let recording = recording.clone();
                Ok((note, recording))
            }
            Sound::InEntry { .. } => Err(NOT_OURS),
        }
    }

    /// How many bytes all notes of a draft have.
    fn bytes_of_draft(&self, draft: &str) -> Result<u64, Error> {
        let notes = store::notes_of(&self.vault.reader(), draft)?;
        let len = |(_, note): &(NoteId, StoredNote)| match &note.sound {
            Sound::Recording(recording) => recording.len(),
            Sound::InEntry { entry, attachment } => {
                self.attachment_of(entry, attachment).map_or(0, |(_, found)| found.len())
            }
        };
        Ok(notes.iter().map(len).sum())
    }
}
