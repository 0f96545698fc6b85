//! What was spoken, where another phone took the entry back that had never heard it.
//!
//! A phone takes an entry back by making a copy and erasing what was there. A voice note that has not come to it, because the server
//! has not got it either, is not in its copy. Where this phone has that note, it may be the only one: then the note becomes part of the
//! copy here, as a revision of it. What was deleted everywhere has no copy, and goes.

use waymark_protocol::RevisionId;
use waymark_protocol::attachment::Attachment;
use waymark_protocol::content::{Answer, Entry};

use crate::Error;
use crate::diary::{Diary, Revision, Writing, heads};
use crate::entries::{self, random};
use crate::restore::history::History;
use crate::store::{PART, Sharing};
use crate::voice;

/// A copy that another phone made without the notes that are here.
pub(super) struct Unspoken {
    taken_back: Entry,
    copy: Entry,
    notes: Vec<Attachment>,
}

impl Diary {
    /// The notes of what an entry that goes says now which are here, and not in the copy that another phone made of it.
    pub(super) fn unspoken(&self, gone: &[Revision], history: &History) -> Result<Vec<Unspoken>, Error> {
        let reader = self.vault.reader();
        let mut unspoken = Vec::new();
        for taken_back in heads(gone).map(|revision| &revision.entry).filter(|entry| !entry.attachments.is_empty()) {
            let known = self.entries.values().flatten().map(|revision| &revision.entry);
            let all = || history.entries.iter().map(|(entry, _, _)| entry).chain(known.clone());
            // The one that the copy says now.
            let latest =
                |copy: &&Entry| !all().any(|entry| entry.entry == copy.entry && entry.parents.contains(&copy.revision));
            let Some(copy) = all().filter(|entry| is_copy(taken_back, entry)).find(latest) else { continue };
            let mut notes = Vec::new();
            for note in
                taken_back.attachments.iter().filter(|note| !copy.attachments.iter().any(|it| is_same(note, it)))
            {
                let mut here = true;
                for part in note.parts() {
                    here &= reader.has(PART, &part.0)?;
                }
                notes.extend(here.then(|| note.clone()));
            }
            if !notes.is_empty() {
                unspoken.push(Unspoken { taken_back: taken_back.clone(), copy: copy.clone(), notes });
            }
        }
        Ok(unspoken)
    }
}

impl Unspoken {
    /// The copy with the notes, as a revision of it that is made here. It is the writer's alone, as the copy is.
    pub fn say(self, writing: &mut Writing<'_, '_>) -> Result<Revision, Error> {
        let Self { taken_back, copy, notes } = self;
        let mut entry = Entry { revision: RevisionId(random()), parents: vec![copy.revision], ..copy };
        voice::seal_again(writing.tx(), &taken_back, &mut entry, &notes)?;
        let record = entries::record(writing, &entry)?;
        Ok(Revision { entry, record, sharing: Sharing::Private, copied: None })
    }
}

/// Whether an entry is another one under a new id, as far as that can be seen without its notes.
fn is_copy(of: &Entry, entry: &Entry) -> bool {
    let said = |entry: &Entry| (entry.written_at, entry.about, entry.document_version, entry.weight);
    of.entry != entry.entry
        && said(of) == said(entry)
        && (&of.text, &of.prompt_set, &of.phase, &of.tags)
            == (&entry.text, &entry.prompt_set, &entry.phase, &entry.tags)
        && written(of).eq(written(entry))
}

fn written(entry: &Entry) -> impl Iterator<Item = &Answer> {
    voice::written_answers(entry)
}

/// Whether two notes are of the same recording, each sealed for an entry of its own.
fn is_same(note: &Attachment, other: &Attachment) -> bool {
    (note.len(), note.duration_ms(), note.media_type()) == (other.len(), other.duration_ms(), other.media_type())
}
