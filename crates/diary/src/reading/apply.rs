//! What becomes of what other phones wrote.
//!
//! ```text
//! of another phone                      here
//! a revision                            that revision, beside those that are here: private, unless the study has it
//! a revision made from a held one       the held one is private: the choice was made anew over there
//! a grant                               that revision is with the study
//! an erase of an entry's revision       it goes; what is left of the entry is private, and what of that was written here goes on
//!                                       under a new id, for the old one is final; what was spoken with it and is only here stays
//!                                       with the copy that was made over there (`spoken`)
//! leaving                               the words stay, the study is left here too
//! leaving with an erase of everything   and what this phone has sent is erased too: an erase reaches one log alone (`leaving`)
//! a mark, a setting                     that mark, that setting, if it is the later one
//! ```

mod leaving;
mod spoken;

use std::collections::{BTreeMap, BTreeSet};

use waymark_protocol::content::Entry;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, EntryId, Hash, RevisionId};

use crate::diary::{Diary, Revision, heads, oldest_first};
use crate::leaving::forgotten;
use crate::restore::history::History;
use crate::sharing::clone_revision;
use crate::store::{
    self, Left, MEMBERSHIP, PART, PART_TO_FETCH, PHONE, READING, Reading, RecordRef, STUDY, Sharing, StoredMark,
    StoredPhone, StoredSetting, ToFetch,
};
use crate::{Error, Now};

use leaving::Saying;
use spoken::Unspoken;

/// What is to be changed.
#[derive(Default)]
struct Changes {
    put: Vec<Revision>,
    /// Revisions that were erased, by their entry.
    gone: BTreeMap<EntryId, Vec<RevisionId>>,
    fetch: BTreeSet<Hash>,
    lost: BTreeSet<Hash>,
    /// Entries of which something that was written here is left under an id that is final.
    renewed: Vec<(EntryId, Vec<Revision>)>,
    /// Records of this phone's own that go with what was erased elsewhere, by their entry.
    erase: Vec<(EntryId, Target)>,
    /// Copies that another phone made without what was spoken, which is here.
    unspoken: Vec<Unspoken>,
}

impl Diary {
    /// In one transaction: what the records say, how far the logs have been read, and the cursor.
    pub(super) fn apply_history(
        &mut self,
        history: &History,
        phones: BTreeMap<DeviceId, StoredPhone>,
        reading: Reading,
        now: Now,
    ) -> Result<(), Error> {
        let mut changes = self.changes(history)?;
        let (settings, marks) = (self.settings_with(history), self.marks_with(history, &changes));
        let mut membership = self.membership()?.clone();
        let leaves = self.leaves_with(history)?;
        let erasing = match leaves {
            Some(true) => Some(self.erasing(&changes)?),
            _ => None,
        };
        if leaves.is_some() {
            self.leave_with(&mut changes, erasing.as_ref());
        }
        let mut saying = Saying::new(&membership, self.identity.backup_key()?, self.head)?;
        let before = membership.left;
        let met: Vec<_> = phones.iter().filter(|(device, phone)| self.phones.get(device) != Some(*phone)).collect();
        let erased = !changes.gone.is_empty() || erasing.is_some();
        let (membership, head) = self.commit(|writing| {
            for (device, phone) in met {
                store::put(writing.tx(), PHONE, &device.0, phone)?;
            }
            store::put(writing.tx(), READING, STUDY, &reading)?;
            let mut spoken = Vec::new();
            for unspoken in changes.unspoken {
                spoken.extend(unspoken.say(writing, leaves.is_none())?);
            }
            for part in &changes.lost {
                store::delete_part(writing.tx(), part)?;
            }
            for part in &changes.fetch {
                store::put(writing.tx(), PART_TO_FETCH, &part.0, &ToFetch { missing: false })?;
            }
            for (entry, revisions) in &changes.renewed {
                let renewed = saying.renew(writing, *entry, revisions)?;
                let all = erasing.as_ref().is_some_and(|erasing| erasing.all);
                changes
                    .put
                    .extend(renewed.into_iter().map(|revision| if all { forgotten(&revision) } else { revision }));
            }
            for (entry, target) in changes.erase {
                saying.take_back(writing, entry, target)?;
            }
            for (entry, revisions) in &changes.gone {
                writing.remove_revisions(*entry, revisions)?;
            }
            changes.put.into_iter().chain(spoken).try_for_each(|revision| writing.put_revision(revision))?;
            marks.into_iter().try_for_each(|(entry, mark)| writing.put_mark(entry, mark))?;
            if let Some(settings) = settings {
                writing.put_settings(settings)?;
            }
            if let Some(erasing) = &erasing {
                saying.erase(writing, erasing)?;
            }
            let head = saying.head(writing);
            membership.left = match (before, leaves) {
                // The other phone has told the study. What this one has still to send, erasures among that, goes there all the same.
                (before, Some(_)) => Some(Left {
                    told: head.seq,
                    at: before.map_or(now.millis(), |left| left.at),
                    erased: erasing.as_ref().is_some_and(|erasing| erasing.all),
                }),
                (Some(left), None) if saying.has_spoken() => Some(Left { told: head.seq, ..left }),
                (before, None) => before,
            };
            if membership.left != before {
                store::put(writing.tx(), MEMBERSHIP, STUDY, &membership)?;
            }
            Ok((membership, head))
        })?;
        self.head = head;
        self.phones = phones;
        if membership.left != before {
            self.membership = Some(membership);
        }
        if erased {
            self.forget_old_pages();
        }
        Ok(())
    }

    fn changes(&self, history: &History) -> Result<Changes, Error> {
        let mut changes = Changes::default();
        let reader = self.vault.reader();
        let mut came: BTreeMap<EntryId, Vec<_>> = BTreeMap::new();
        for new in &history.entries {
            came.entry(new.0.entry).or_default().push(new);
        }
        for (entry, before) in self.touched(history) {
            let mut after: Vec<Revision> = before.iter().map(clone_revision).collect();
            let news = came.get(&entry).into_iter().flatten();
            news.for_each(|(new, record, sharing)| add(&mut after, new, record, *sharing));
            oldest_first(&mut after);
            let goes = |revision: &Revision| {
                let erased_as = revision.record.as_ref().and_then(|record| history.taken_back.get(&record.target));
                erased_as.is_some_and(|named| *named == Some(entry))
            };
            let (mut gone, after): (Vec<Revision>, Vec<Revision>) = after.into_iter().partition(goes);
            let (made, mut after): (Vec<Revision>, Vec<Revision>) = after
                .into_iter()
                .partition(|revision| self.is_from_here(revision) && spoken::is_made_from(revision, &gone));
            changes.erase.extend(made.iter().filter_map(|made| Some((entry, made.record.as_ref()?.target))));
            gone.extend(made);
            changes.unspoken.extend(self.unspoken(&gone, history)?);
            let final_id = history.withdrawn.contains(&entry);
            settle(&mut after, history, final_id);
            let kept: BTreeSet<Hash> = after.iter().flat_map(|revision| revision.entry.parts()).collect();
            for part in &kept {
                if !reader.has(PART, &part.0)? && !reader.has(PART_TO_FETCH, &part.0)? {
                    changes.fetch.insert(*part);
                }
            }
            changes
                .lost
                .extend(gone.iter().flat_map(|revision| revision.entry.parts()).filter(|it| !kept.contains(it)));
            let (mut renewed, rest): (Vec<_>, Vec<_>) =
                after.into_iter().partition(|revision| final_id && self.is_from_here(revision));
            if !self.parts_are_here(&renewed)? {
                // It goes on under its old id until its notes have come, and stays private.
                changes.put.append(&mut renewed);
            }
            let known: BTreeSet<RevisionId> = before.iter().map(|revision| revision.entry.revision).collect();
            let leaves: Vec<RevisionId> = gone
                .iter()
                .chain(&renewed)
                .map(|revision| revision.entry.revision)
                .filter(|revision| known.contains(revision))
                .collect();
            if !leaves.is_empty() {
                changes.gone.insert(entry, leaves);
            }
            if !renewed.is_empty() {
                changes.renewed.push((entry, renewed));
            }
            changes.put.extend(rest.into_iter().filter(|revision| is_news(before, revision)));
        }
        Ok(changes)
    }

    /// The entries that the records say something of, as they are here.
    fn touched(&self, history: &History) -> BTreeMap<EntryId, &[Revision]> {
        let mut touched: BTreeMap<EntryId, &[Revision]> = BTreeMap::new();
        let named = history.entries.iter().map(|(entry, _, _)| entry.entry).chain(history.withdrawn.iter().copied());
        for entry in named {
            touched.insert(entry, self.entries.get(&entry).map(Vec::as_slice).unwrap_or_default());
        }
        if history.taken_back.is_empty() && history.granted.is_empty() {
            return touched;
        }
        let is_named = |target: &Target| history.taken_back.contains_key(target) || history.granted.contains(target);
        for (entry, revisions) in &self.entries {
            if revisions.iter().any(|revision| revision.record.as_ref().is_some_and(|record| is_named(&record.target)))
            {
                touched.insert(*entry, revisions);
            }
        }
        touched
    }

    fn is_from_here(&self, revision: &Revision) -> bool {
        let own = self.own_device();
        revision.record.as_ref().is_some_and(|record| Some(record.target.device) == own)
    }

    fn parts_are_here(&self, revisions: &[Revision]) -> Result<bool, Error> {
        let reader = self.vault.reader();
        for part in revisions.iter().flat_map(|revision| revision.entry.parts()) {
            if !reader.has(PART, &part.0)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The settings, when a later one came.
    fn settings_with(&self, history: &History) -> Option<BTreeMap<String, StoredSetting>> {
        let known = &self.own.settings;
        let later = history
            .own
            .settings
            .iter()
            .filter(|(key, setting)| known.get(*key).is_none_or(|known| known.stamp < setting.stamp));
        let later: Vec<_> = later.map(|(key, setting)| (key.clone(), setting.clone())).collect();
        if later.is_empty() {
            return None;
        }
        let mut settings = known.clone();
        settings.extend(later);
        Some(settings)
    }

    /// Later marks of entries that are here.
    fn marks_with(&self, history: &History, changes: &Changes) -> Vec<(EntryId, StoredMark)> {
        let put: BTreeSet<EntryId> = changes.put.iter().map(|revision| revision.entry.entry).collect();
        let stays = |entry: &EntryId| {
            let gone = changes.gone.get(entry).map_or(0, Vec::len);
            put.contains(entry) || self.entries.get(entry).is_some_and(|revisions| revisions.len() > gone)
        };
        let known = |entry: &EntryId| self.own.marks.get(entry).map(|mark| mark.stamp);
        let marks = history.own.marks.iter().filter(|(entry, mark)| stays(entry) && known(entry) < Some(mark.stamp));
        marks.map(|(entry, mark)| (*entry, *mark)).collect()
    }
}

/// Adds a revision that another phone wrote. One that is here without a record gets the one that there is.
fn add(revisions: &mut Vec<Revision>, entry: &Entry, record: &RecordRef, sharing: Sharing) {
    match revisions.iter_mut().find(|known| known.entry.revision == entry.revision) {
        Some(known) if known.record.is_none() && known.sharing == Sharing::Private => {
            (known.record, known.sharing) = (Some(record.clone()), sharing);
        }
        Some(_) => {}
        None => {
            revisions.push(Revision { entry: entry.clone(), record: Some(record.clone()), sharing, copied: None });
        }
    }
}

/// Who may read what is left.
fn settle(revisions: &mut [Revision], history: &History, final_id: bool) {
    let latest: BTreeSet<RevisionId> = heads(revisions).map(|head| head.entry.revision).collect();
    for revision in revisions {
        let target = revision.record.as_ref().map(|record| record.target);
        let is_held = matches!(revision.sharing, Sharing::Held { .. } | Sharing::Doubted);
        if target.is_some_and(|target| history.taken_back.contains_key(&target)) {
            // Erased with everything: the words are the writer's own, and stay.
            (revision.record, revision.sharing, revision.copied) = (None, Sharing::Private, None);
        } else if target.is_some_and(|target| history.granted.contains(&target)) {
            if !matches!(revision.sharing, Sharing::Shared { .. }) {
                revision.sharing = Sharing::Shared { by: None };
            }
        } else if is_held && (final_id || !latest.contains(&revision.entry.revision)) {
            revision.sharing = Sharing::Private;
        }
    }
}

/// Whether a revision is not here, or not as it is to be.
fn is_news(before: &[Revision], revision: &Revision) -> bool {
    let known = before.iter().find(|known| known.entry.revision == revision.entry.revision);
    let target = |revision: &Revision| revision.record.as_ref().map(|record| record.target);
    known.is_none_or(|known| (known.sharing, target(known)) != (revision.sharing, target(revision)))
}
