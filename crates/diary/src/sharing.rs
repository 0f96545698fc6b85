//! Sharing: holding, granting, keeping private, taking back.
//!
//! ```text
//!            share                 hold over, head known               erase + private copy
//! Private ──────────► Held ─────────────────────────► Shared ─────────────────────────► Withdrawn (a new entry)
//!    ▲                  │ ▲
//!    ├── keep private ──┤ └─ share ─┐
//!    │                  └───────────┤ the clock moved
//!    └── keep private ─────────── Doubted
//! ```
//!
//! A hold of no hours ends at once, and is granted at the next sync all the same: so nothing that was taken back before a
//! connection came ever had a slot for the study.
//!
//! Only the device on which Share was chosen grants, and only once the server has shown a head that lies in its own log.

use waymark_protocol::content::{Entry, Erasure};
use waymark_protocol::keys::SealingKey;
use waymark_protocol::record::Kind;
use waymark_protocol::{EntryId, RevisionId};

use crate::diary::{Diary, Revision, Writing, heads};
use crate::entries::{self, random};
use crate::marks::{self, Marks};
use crate::page::ErrorCode;
use crate::store::{Copied, RecordRef, Sharing};
use crate::{Error, Now, voice};

/// How far the phone's clock may move against the server's during a hold before the person is asked.
const CLOCK_JUMP_MS: i64 = 60 * 60 * 1000;

impl Diary {
    /// Chooses to share an entry's latest revision: it is held first, as long as the study's hold says.
    pub fn share(&mut self, entry: &EntryId, now: Now) -> Result<(), Error> {
        let membership = self.sharing_member()?;
        let sharing = membership.hold(membership.trusted()?.document.plan.hold.hours(), now);
        let latest = self.find(entry)?.last().ok_or(Error::Plain(ErrorCode::EntryUnknown))?;
        // The choice is about what the entry says now: nothing else of it waits for one any more.
        let mut others = self.held_revisions(entry);
        others.retain(|revision| revision.entry.revision != latest.entry.revision);
        if is_shared(latest) {
            return self.commit(|writing| others.into_iter().try_for_each(|revision| writing.put_revision(revision)));
        }
        // A withdrawn entry's copy is an entry of its own, with its own id: sharing it is sharing anew.
        let mut revision = Revision { copied: None, sharing, ..clone_revision(latest) };
        self.commit(|writing| {
            others.into_iter().try_for_each(|revision| writing.put_revision(revision))?;
            if revision.record.is_none() {
                revision.record = entries::record(writing, &revision.entry)?;
            }
            writing.put_revision(revision)
        })
    }

    /// Keeps an entry private: what is held is not shared. An earlier version that the study has stays with it. Where nothing
    /// is held any more, because it has been granted meanwhile, the entry is taken back, which gives it a new id. Returns
    /// the id under which it now is.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotNow`] when taking back would also take an earlier version, of which nothing was said.
    pub fn keep_private(&mut self, entry: &EntryId) -> Result<EntryId, Error> {
        let held = self.held_revisions(entry);
        if held.is_empty() && heads(self.find(entry)?).any(is_shared) {
            return if self.can_keep_private(entry)? {
                self.withdraw(entry)
            } else {
                Err(Error::Plain(ErrorCode::NotNow))
            };
        }
        self.commit(|writing| held.into_iter().try_for_each(|revision| writing.put_revision(revision)))?;
        Ok(*entry)
    }

    /// Whether [`keep_private`](Self::keep_private) keeps what the entry says now from the study, and nothing else.
    pub fn can_keep_private(&self, entry: &EntryId) -> Result<bool, Error> {
        let revisions = self.find(entry)?;
        let shared = revisions.iter().filter(|revision| is_shared(revision)).count();
        Ok(!self.held_revisions(entry).is_empty() || (shared == 1 && heads(revisions).any(is_shared)))
    }

    /// Takes an entry back from the study. Its revisions and voice notes stay with the writer, under a new entry id and fresh
    /// keys, in the transaction that erases the old ones. Returns the new id.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::VoiceNotHere`] while a voice note of it is still to come to this phone.
    pub fn withdraw(&mut self, entry: &EntryId) -> Result<EntryId, Error> {
        let own_device = self.member()?.device()?;
        let revisions = self.find(entry)?;
        // Of a record in another device's log nobody here knows for certain that it was never granted.
        let reachable = |revision: &Revision| {
            let elsewhere = revision.record.as_ref().is_some_and(|record| record.target.device != own_device);
            elsewhere || is_shared(revision)
        };
        if !revisions.iter().any(reachable) {
            return Err(Error::Plain(ErrorCode::NotNow));
        }
        let study_key = self.membership()?.trusted()?.encryption_key;
        let old: Vec<(Entry, Option<RecordRef>)> =
            revisions.iter().map(|revision| (revision.entry.clone(), revision.record.clone())).collect();
        let new_entry = EntryId(random());
        let erasure = Erasure::new(*entry).to_bytes();
        let (marks, marked_at) = (self.marks(entry), self.mark_stamp(entry).map_or(0, |stamp| stamp.at));
        self.commit(|writing| {
            let copies = copies(writing, entry, new_entry, &old)?;
            let copied = Some(erase(writing, &old, &erasure, &study_key)?);
            let gone: Vec<RevisionId> = old.iter().map(|(content, _)| content.revision).collect();
            writing.remove_entry(*entry, &gone)?;
            if marks != Marks::default() {
                marks::put(writing, new_entry, marks, marked_at)?;
            }
            copies.into_iter().try_for_each(|(record, entry)| {
                writing.put_revision(Revision { entry, record, sharing: Sharing::Private, copied })
            })
        })?;
        self.forget_old_pages();
        Ok(new_entry)
    }

    /// Grants the study what is due. To be called only when the server has shown a head that lies in this log.
    ///
    /// Where the clock moved during a hold, the entry stays with its writer until they have chosen again: says whether that was so.
    pub(crate) fn grant_due(&mut self, now: Now) -> Result<bool, Error> {
        let membership = self.membership()?;
        let study_key = membership.trusted()?.encryption_key;
        let offset_now = membership.clock_offset;
        let (mut due, mut doubtful) = (Vec::new(), Vec::new());
        for revision in self.entries.values().flatten() {
            let Sharing::Held { until, clock_offset, clock_behind } = revision.sharing else { continue };
            if until > now.millis() {
                continue;
            }
            if !now.scripted && (clock_behind || clock_moved(clock_offset, offset_now)) {
                doubtful.push(Revision { sharing: Sharing::Doubted, ..clone_revision(revision) });
            } else {
                due.push(clone_revision(revision));
            }
        }
        let jumped = !doubtful.is_empty();
        due.sort_by_key(|revision| revision.record.as_ref().map(|record| record.target.seq));
        self.commit(|writing| {
            doubtful.into_iter().try_for_each(|revision| writing.put_revision(revision))?;
            for mut revision in due {
                if revision.record.is_none() {
                    revision.record = entries::record(writing, &revision.entry)?;
                }
                let record = revision.record.clone().ok_or(Error::Plain(ErrorCode::NoStudy))?;
                let log = writing.log().ok_or(Error::Plain(ErrorCode::NoStudy))?;
                let grant = log.grant(record.target, &record.content_key()?, &study_key)?;
                revision.sharing = Sharing::Shared { by: Some(grant.seq) };
                writing.put_revision(revision)?;
            }
            Ok(())
        })?;
        Ok(jumped)
    }

    /// Whether an entry waits for its writer to choose again.
    pub(crate) fn is_doubted(&self, entry: &EntryId) -> Result<bool, Error> {
        let doubted = |revision: &Revision| revision.sharing == Sharing::Doubted;
        Ok(self.stopped().is_none() && self.find(entry)?.iter().any(doubted))
    }

    /// Whether something that is held has come due.
    pub(crate) fn has_due(&self, now: Now) -> bool {
        self.entries
            .values()
            .flatten()
            .any(|revision| matches!(revision.sharing, Sharing::Held { until, .. } if until <= now.millis()))
    }
}

/// An entry's revisions for their writer alone, under another id and with fresh keys, each with its record where there is a log.
pub(crate) fn copies(
    writing: &mut Writing<'_, '_>,
    from: &EntryId,
    to: EntryId,
    old: &[(Entry, Option<RecordRef>)],
) -> Result<Vec<(Option<RecordRef>, Entry)>, Error> {
    let renamed: Vec<(RevisionId, RevisionId)> =
        old.iter().map(|(entry, _)| (entry.revision, RevisionId(random()))).collect();
    let rename = |revision: &RevisionId| renamed.iter().find(|(before, _)| before == revision).map(|(_, after)| *after);
    let mut contents = Vec::new();
    for (content, _) in old {
        contents.push(Entry {
            entry: to,
            revision: rename(&content.revision).ok_or(Error::Stored("a revision"))?,
            parents: content.parents.iter().filter_map(rename).collect(),
            ..content.clone()
        });
    }
    // The study has held the old keys.
    voice::reseal_notes(writing.tx(), from, &mut contents)?;
    contents.into_iter().map(|copy| Ok((entries::record(writing, &copy)?, copy))).collect()
}

/// Erases the records of revisions; what their copies remember of it.
pub(crate) fn erase(
    writing: &mut Writing<'_, '_>,
    old: &[(Entry, Option<RecordRef>)],
    erasure: &[u8],
    study_key: &SealingKey,
) -> Result<Copied, Error> {
    let log = writing.log().ok_or(Error::Plain(ErrorCode::NotNow))?;
    for target in old.iter().filter_map(|(_, record)| Some(record.as_ref()?.target)) {
        log.sealed(Kind::Erase, Some(target), erasure, Some(study_key))?;
    }
    Ok(Copied { erased_by: log.head().seq })
}

pub(crate) fn is_shared(revision: &Revision) -> bool {
    matches!(revision.sharing, Sharing::Shared { .. })
}

/// Against the server's clock, the phone's moved during the hold; or it is now far off and nothing was known before.
fn clock_moved(then: Option<i64>, now: Option<i64>) -> bool {
    match (then, now) {
        (Some(then), Some(now)) => then.abs_diff(now) > CLOCK_JUMP_MS.unsigned_abs(),
        (None, Some(now)) => now.unsigned_abs() > CLOCK_JUMP_MS.unsigned_abs(),
        (_, None) => false,
    }
}

pub(crate) fn clone_revision(revision: &Revision) -> Revision {
    Revision {
        entry: revision.entry.clone(),
        record: revision.record.clone(),
        sharing: revision.sharing,
        copied: revision.copied,
    }
}

#[cfg(test)]
#[path = "sharing_tests.rs"]
mod tests;
