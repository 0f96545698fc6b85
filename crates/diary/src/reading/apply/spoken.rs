//! What was spoken, where another phone took the entry back that had never heard it.
//!
//! A phone takes an entry back by making a copy and erasing what was there. A voice note that has not come to it, because the server
//! has not got it either, is not in its copy. Where this phone has that note, it may be the only one: then the note becomes part of the
//! copy here, as a revision of what the copy says now. What was deleted everywhere has no copy, and goes.
//!
//! Such a revision is no person's. It has the time of the revision that it was made from, as none has that somebody wrote, and goes with
//! it when that is deleted.

use std::collections::BTreeMap;

use waymark_protocol::attachment::Attachment;
use waymark_protocol::content::Entry;
use waymark_protocol::{EntryId, RevisionId};

use crate::Error;
use crate::diary::{Diary, Revision, Writing, heads};
use crate::entries::{self, random};
use crate::restore::history::History;
use crate::store::{PART, Sharing};
use crate::voice;

/// A copy that another phone made without the notes that are here.
pub(super) struct Unspoken {
    taken_back: Entry,
    /// What it says now.
    latest: Vec<Entry>,
    notes: Vec<Attachment>,
}

impl Diary {
    /// The notes of what an entry that goes says now which are here, and not in the copy that another phone made of it.
    pub(super) fn unspoken(&self, gone: &[Revision], history: &History) -> Result<Vec<Unspoken>, Error> {
        let mut unspoken = Vec::new();
        for taken_back in heads(gone).map(|revision| &revision.entry).filter(|entry| !entry.attachments.is_empty()) {
            let Some(copy) = self
                .entries_with(history)
                .find(|entry| is_copy(taken_back, entry) && !history.withdrawn.contains(&entry.entry))
            else {
                continue;
            };
            let latest = self.latest_of(&copy.entry, history);
            let mut notes = missing(&taken_back.attachments, &copy.attachments);
            for known in &latest {
                notes = missing(&notes, &known.attachments);
            }
            let notes = self.those_that_are_here(notes)?;
            if !notes.is_empty() {
                unspoken.push(Unspoken { taken_back: taken_back.clone(), latest, notes });
            }
        }
        Ok(unspoken)
    }

    /// All that is here and that comes.
    fn entries_with<'d>(&'d self, history: &'d History) -> impl Iterator<Item = &'d Entry> {
        let here = self.entries.values().flatten().map(|revision| &revision.entry);
        history.entries.iter().map(|(entry, _, _)| entry).chain(here)
    }

    /// What an entry says once that has come: more than one thing where two phones wrote while apart.
    fn latest_of(&self, id: &EntryId, history: &History) -> Vec<Entry> {
        let revisions: BTreeMap<RevisionId, &Entry> = self
            .entries_with(history)
            .filter(|entry| entry.entry == *id)
            .map(|entry| (entry.revision, entry))
            .collect();
        let parents: Vec<RevisionId> = revisions.values().flat_map(|entry| entry.parents.clone()).collect();
        revisions.into_values().filter(|entry| !parents.contains(&entry.revision)).cloned().collect()
    }

    fn those_that_are_here(&self, notes: Vec<Attachment>) -> Result<Vec<Attachment>, Error> {
        let reader = self.vault.reader();
        let mut here = Vec::new();
        for note in notes {
            let mut whole = true;
            for part in note.parts() {
                whole &= reader.has(PART, &part.0)?;
            }
            here.extend(whole.then_some(note));
        }
        Ok(here)
    }
}

impl Unspoken {
    /// What the copy says now, with the notes: a revision that is made here, and the writer's alone, as the copy is. `in_log`: whether it
    /// goes into this phone's log; not when the study is left.
    pub fn say(self, writing: &mut Writing<'_, '_>, in_log: bool) -> Result<Option<Revision>, Error> {
        let Self { taken_back, latest, notes } = self;
        let parents: Vec<RevisionId> = latest.iter().map(|entry| entry.revision).collect();
        let Some(newest) = latest.into_iter().max_by_key(|entry| entry.written_at) else { return Ok(None) };
        let mut entry = Entry { revision: RevisionId(random()), parents, ..newest };
        let before = entry.attachments.len();
        voice::seal_again(writing.tx(), &taken_back, &mut entry, &notes)?;
        if entry.attachments.len() == before {
            return Ok(None);
        }
        let record = if in_log { entries::record(writing, &entry)? } else { None };
        Ok(Some(Revision { entry, record, sharing: Sharing::Private, copied: None }))
    }
}

/// Whether a phone made a revision by itself, from one of these that go: see the module.
pub(super) fn is_made_from(revision: &Revision, gone: &[Revision]) -> bool {
    let entry = &revision.entry;
    gone.iter().any(|gone| {
        let parent = &gone.entry;
        entry.parents.contains(&parent.revision)
            && (entry.written_at, &entry.text) == (parent.written_at, &parent.text)
            && voice::written_answers(entry).eq(voice::written_answers(parent))
    })
}

/// Whether an entry is another one under a new id, as far as that can be seen without its notes.
fn is_copy(of: &Entry, entry: &Entry) -> bool {
    let said = |entry: &Entry| (entry.written_at, entry.about, entry.document_version, entry.weight);
    of.entry != entry.entry
        && said(of) == said(entry)
        && of.text == entry.text
        && (&of.prompt_set, &of.phase, &of.tags) == (&entry.prompt_set, &entry.phase, &entry.tags)
        && voice::written_answers(of).eq(voice::written_answers(entry))
}

/// The notes without those that are of the same recordings as `known`, one for one: each is sealed for an entry of its own, so that only
/// lengths and kinds can be compared.
fn missing(notes: &[Attachment], known: &[Attachment]) -> Vec<Attachment> {
    let kind = |note: &Attachment| (note.len(), note.duration_ms(), note.media_type().clone());
    let mut known: Vec<_> = known.iter().map(kind).collect();
    let is_missing = |note: &&Attachment| match known.iter().position(|known| *known == kind(note)) {
        Some(place) => {
            known.swap_remove(place);
            false
        }
        None => true,
    };
    notes.iter().filter(is_missing).cloned().collect()
}
