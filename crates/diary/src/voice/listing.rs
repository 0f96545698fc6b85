//! What a person sees of voice notes.

use waymark_protocol::EntryId;
use waymark_protocol::attachment::Attachment;
use waymark_protocol::content::{Answer, Entry};

use crate::Error;
use crate::diary::Diary;
use crate::page::VoiceNote;
use crate::store::{self, Asked, NoteId, PART_TO_FETCH, Sound, StoredNote, VOICE};

impl Diary {
    /// The notes of a draft, in the order in which they were begun.
    pub fn draft_notes(&self, draft: &str) -> Result<Vec<VoiceNote>, Error> {
        let notes = store::notes_of(&self.vault.reader(), draft)?;
        // A note of an entry that was taken back meanwhile is in its copy, and no longer in this draft.
        let there = |(_, note): &&(NoteId, StoredNote)| match &note.sound {
            Sound::Recording(_) => true,
            Sound::InEntry { entry, attachment } => self.attachment_of(entry, attachment).is_some(),
        };
        notes.iter().filter(there).map(|(id, note)| self.draft_note(id, note)).collect()
    }

    /// The notes of a revision of an entry.
    pub fn entry_notes(&self, entry: &Entry) -> Result<Vec<VoiceNote>, Error> {
        entry.attachments.iter().map(|attachment| self.attached_note(entry, attachment)).collect()
    }

    pub(super) fn draft_note(&self, id: &NoteId, note: &StoredNote) -> Result<VoiceNote, Error> {
        match &note.sound {
            Sound::Recording(recording) => {
                Ok(view(id, recording.duration_ms, recording.finished, true, note.asked.as_ref()))
            }
            Sound::InEntry { entry, attachment } => {
                let found = self.attachment_of(entry, attachment).ok_or(Error::Stored(VOICE.name()))?;
                Ok(VoiceNote { id: id.to_string(), ..self.attached_note(found.0, found.1)? })
            }
        }
    }

    /// An attachment of an entry, by its id, and a revision that has it.
    pub(super) fn attachment_of(&self, entry: &EntryId, id: &NoteId) -> Option<(&Entry, &Attachment)> {
        let revisions = self.entries.get(entry)?.iter().map(|revision| &revision.entry);
        let mut attachments = revisions.flat_map(|entry| entry.attachments.iter().map(move |found| (entry, found)));
        attachments.find(|(_, attachment)| attachment.id() == *id)
    }

    fn attached_note(&self, entry: &Entry, attachment: &Attachment) -> Result<VoiceNote, Error> {
        let reader = self.vault.reader();
        let mut here = true;
        for hash in attachment.parts() {
            here &= reader.get(PART_TO_FETCH, &hash.0)?.is_none();
        }
        Ok(view(&attachment.id(), attachment.duration_ms(), true, here, asked(entry, attachment).as_ref()))
    }
}

/// The question that a note of an entry answers: the answer to it has the note's id as its value.
pub(crate) fn asked(entry: &Entry, attachment: &Attachment) -> Option<Asked> {
    let id = attachment.id().to_string();
    let answer = entry.answers.iter().find(|answer| answer.value == id)?;
    Some(Asked { prompt: answer.prompt.clone(), question: answer.question.clone() })
}

/// The answers of an entry that are words or choices: those that were spoken are its notes.
pub(crate) fn written_answers(entry: &Entry) -> impl Iterator<Item = &Answer> {
    let spoken: Vec<String> = entry.attachments.iter().map(|attachment| attachment.id().to_string()).collect();
    entry.answers.iter().filter(move |answer| !spoken.contains(&answer.value))
}

fn view(id: &NoteId, duration_ms: u32, finished: bool, here: bool, asked: Option<&Asked>) -> VoiceNote {
    VoiceNote {
        id: id.to_string(),
        seconds: duration_ms.div_ceil(1000),
        finished,
        here,
        prompt: asked.map(|asked| asked.prompt.clone()),
        question: asked.map(|asked| asked.question.clone()),
    }
}
