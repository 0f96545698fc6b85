//! Entries: finished, revised, and where each is.

use chrono::{Days, NaiveDate};
use waymark_protocol::content::{Answer, Entry, Weight};
use waymark_protocol::{EntryId, RevisionId, seal};
use waymark_vault::SystemRng;

use crate::diary::{Diary, Revision, Writing, heads};
use crate::page::ErrorCode;
use crate::sharing::{clone_revision, is_shared};
use crate::store::{self, RecordRef, Sharing};
use crate::timeline::Filter;
use crate::{Error, Now, drafts, voice};

/// What was written, when the writing is over.
pub struct Finished {
    /// The entry that was edited; none for a new one.
    pub entry: Option<EntryId>,
    /// The draft that this came from, to be removed in the same transaction.
    pub draft: Option<String>,
    /// Which day it is about.
    pub about: NaiveDate,
    /// The prompt set that was answered.
    pub prompt_set: String,
    /// Answers, in the order shown.
    pub answers: Vec<Answer>,
    /// Free text.
    pub text: String,
    /// How heavy the day was.
    pub weight: Option<Weight>,
    /// Tags.
    pub tags: Vec<String>,
}

/// Who may read an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The writer alone.
    OnlyMe,
    /// The writer and, after the hold, the study.
    Study,
}

/// Where an entry is, in the order in which it usually goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On this phone alone.
    OnThisPhone,
    /// Private, and its sealed backup is on the server.
    BackedUp,
    /// To be shared when the hold ends: milliseconds since 1970, UTC.
    Held(u64),
    /// The hold is over; it waits for a connection.
    Waiting,
    /// Receipted: with the study.
    WithStudy,
    /// Taken back; the server has not said yet that it knows.
    Withdrawing,
    /// Taken back, and the server has receipted that.
    Withdrawn,
}

impl Diary {
    /// Finishes an entry: one transaction, on disk when this returns. Finishing the same draft again changes nothing.
    ///
    /// What of the entry was still held is not shared any more: the new revision carries the choice.
    pub fn finish(&mut self, finished: Finished, readers: Readers, now: Now) -> Result<EntryId, Error> {
        let revision = revision_of_draft(finished.draft.as_deref());
        if let Some(done) = self.entry_of(&revision) {
            return Ok(done);
        }
        let draft = finished.draft.clone();
        let notes = match &draft {
            Some(draft) => store::notes_of(&self.vault.reader(), draft)?,
            None => Vec::new(),
        };
        let spoken = notes.iter().any(|(_, note)| !note.is_empty());
        let mut entry = self.compose(finished, spoken, revision, now)?;
        let known: Vec<Entry> = match spoken {
            true => self.entries.get(&entry.entry).into_iter().flatten().map(|known| known.entry.clone()).collect(),
            false => Vec::new(),
        };
        let sharing = match readers {
            Readers::OnlyMe => Sharing::Private,
            Readers::Study => {
                let membership = self.sharing_member()?;
                membership.hold(membership.trusted()?.document.plan.hold.hours(), now)
            }
        };
        let no_longer_held = self.held_revisions(&entry.entry);
        let entry_id = entry.entry;
        self.commit(|writing| {
            voice::seal_notes(writing.tx(), &notes, &mut entry, &known)?;
            check_length(&entry)?;
            let record = record(writing, &entry)?;
            if let Some(draft) = &draft {
                drafts::delete_draft(writing.tx(), draft)?;
            }
            no_longer_held.into_iter().try_for_each(|revision| writing.put_revision(revision))?;
            writing.put_revision(Revision { entry, record, sharing, copied: None })
        })?;
        if spoken {
            self.forget_old_pages();
        }
        Ok(entry_id)
    }

    /// The revision without its voice notes: what cannot be an entry is refused before anything is written.
    fn compose(&self, finished: Finished, spoken: bool, revision: RevisionId, now: Now) -> Result<Entry, Error> {
        let written = finished.answers.iter().any(|answer| !answer.value.trim().is_empty());
        if !written && !spoken && finished.text.trim().is_empty() && finished.weight.is_none() {
            return Err(Error::Plain(ErrorCode::EntryEmpty));
        }
        let tomorrow = now.date().checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        if finished.about > tomorrow {
            return Err(Error::Plain(ErrorCode::AboutTheFuture));
        }
        // What was taken back or deleted meanwhile has another id, or none: the words are kept as an entry of their own.
        let (entry, parents) = match finished.entry.filter(|id| self.entries.contains_key(id)) {
            Some(id) => (id, self.find(&id)?.last().map(|latest| latest.entry.revision).into_iter().collect()),
            None => (EntryId(random()), Vec::new()),
        };
        let (phase, document_version) = match self.member().ok() {
            Some(membership) => {
                let document = &membership.trusted()?.document;
                let phase = self.phase_on(&document.plan, membership.joined()?, finished.about);
                (Some(phase.id), document.version)
            }
            None => (None, 0),
        };
        Ok(Entry {
            entry,
            revision,
            parents,
            about: finished.about,
            written_at: now.wall,
            phase,
            prompt_set: finished.prompt_set,
            answers: finished.answers,
            text: finished.text,
            weight: finished.weight,
            tags: finished.tags,
            document_version,
            attachments: Vec::new(),
        })
    }

    fn entry_of(&self, revision: &RevisionId) -> Option<EntryId> {
        let has = |revisions: &[Revision]| revisions.iter().any(|known| known.entry.revision == *revision);
        self.entries.iter().find(|(_, revisions)| has(revisions)).map(|(id, _)| *id)
    }

    /// An entry's revisions that wait for the end of a hold, or for their writer to choose again, as private ones.
    pub(crate) fn held_revisions(&self, entry: &EntryId) -> Vec<Revision> {
        let revisions = self.entries.get(entry).map(Vec::as_slice).unwrap_or_default();
        revisions
            .iter()
            .filter(|revision| matches!(revision.sharing, Sharing::Held { .. } | Sharing::Doubted))
            .map(|revision| Revision { sharing: Sharing::Private, ..clone_revision(revision) })
            .collect()
    }

    /// The ids of all entries, newest day first; within a day, newest written first.
    pub fn entry_ids(&self) -> Vec<EntryId> {
        self.matching(&Filter::default())
    }

    /// An entry's revisions, newest first.
    pub fn revisions(&self, entry: &EntryId) -> Result<Vec<&Entry>, Error> {
        Ok(self.find(entry)?.iter().rev().map(|revision| &revision.entry).collect())
    }

    /// Where an entry is. Of several revisions, one that is on its way decides, then what the entry says now: see
    /// [`study_has_earlier`](Self::study_has_earlier).
    pub fn place(&self, entry: &EntryId, now: Now) -> Result<Place, Error> {
        let revisions = self.find(entry)?;
        let receipted = self.membership.as_ref().map_or(0, crate::store::Membership::receipted_through);
        let is_head = |revision: &Revision| heads(revisions).any(|head| head.entry.revision == revision.entry.revision);
        let places = revisions.iter().map(|revision| match revision.sharing {
            Sharing::Shared { .. } if !is_head(revision) => Place::BackedUp,
            _ => self.revision_place(revision, receipted, now),
        });
        let rank = |place: &Place| match place {
            Place::Held(_) => 6,
            Place::Waiting => 5,
            Place::WithStudy => 4,
            Place::Withdrawing => 3,
            Place::Withdrawn => 2,
            Place::OnThisPhone => 1,
            Place::BackedUp => 0,
        };
        Ok(places.max_by_key(rank).unwrap_or(Place::OnThisPhone))
    }

    /// Whether the study has an earlier version of an entry, and not what the entry says now.
    pub fn study_has_earlier(&self, entry: &EntryId) -> Result<bool, Error> {
        let revisions = self.find(entry)?;
        Ok(revisions.iter().any(is_shared) && !heads(revisions).any(is_shared))
    }

    fn revision_place(&self, revision: &Revision, receipted: u64, now: Now) -> Place {
        let is_receipted = |seq: u64| seq <= receipted;
        let sharing = match revision.sharing {
            // From a phone that was stopped nothing goes to the study any more.
            Sharing::Held { .. } if self.stopped().is_some() => Sharing::Private,
            sharing => sharing,
        };
        match (sharing, revision.copied) {
            (Sharing::Held { until, .. }, _) if until > now.millis() => Place::Held(until),
            (Sharing::Held { .. }, _) => Place::Waiting,
            (Sharing::Shared { by }, _) if by.is_none_or(is_receipted) => Place::WithStudy,
            (Sharing::Shared { .. }, _) => Place::Waiting,
            (Sharing::Private | Sharing::Doubted, Some(copied)) if is_receipted(copied.erased_by) => Place::Withdrawn,
            (Sharing::Private | Sharing::Doubted, Some(_)) => Place::Withdrawing,
            (Sharing::Private | Sharing::Doubted, None) => {
                let own_device = self.own_device();
                let backed_up = revision
                    .record
                    .as_ref()
                    .is_some_and(|record| Some(record.target.device) != own_device || is_receipted(record.target.seq));
                if backed_up { Place::BackedUp } else { Place::OnThisPhone }
            }
        }
    }

    /// How many entries have something that the server has not receipted, voice notes included, not counting what is still
    /// held or waits for its writer.
    pub fn waiting(&self, now: Now) -> Result<u32, Error> {
        if !self.has_joined() {
            return Ok(0);
        }
        let unsent = self.parts_going_out()?;
        let mut count = 0;
        for (id, revisions) in &self.entries {
            let waits = match self.place(id, now)? {
                Place::Waiting | Place::Withdrawing | Place::OnThisPhone => {
                    revisions.iter().any(|revision| revision.record.is_some())
                }
                Place::Held(_) => false,
                // Its records have arrived; its voice notes may follow.
                Place::BackedUp | Place::WithStudy | Place::Withdrawn => {
                    revisions.iter().any(|revision| revision.entry.parts().iter().any(|part| unsent.contains(part)))
                }
            };
            count += u32::from(waits);
        }
        Ok(count)
    }

    /// The plan of the study that the writer takes part in, and the date of joining.
    pub(crate) fn plan(&self) -> Result<Option<(waymark_protocol::study::Plan, NaiveDate)>, Error> {
        let Some(membership) = self.member().ok() else {
            return Ok(None);
        };
        Ok(Some((membership.trusted()?.document.plan.clone(), membership.joined()?)))
    }
}

/// What could not be sealed or read again is no entry.
fn check_length(entry: &Entry) -> Result<(), Error> {
    let bytes = entry.to_bytes();
    let fits = bytes.len() <= seal::MAX_PLAIN_LEN && Entry::parse(&bytes).is_ok();
    if fits { Ok(()) } else { Err(Error::Plain(ErrorCode::EntryTooLong)) }
}

/// Appends the revision's record where there is a log, sealed to its writer alone: a grant lets the study in later.
pub(crate) fn record(writing: &mut Writing<'_, '_>, entry: &Entry) -> Result<Option<RecordRef>, Error> {
    let Some(log) = writing.log() else { return Ok(None) };
    let (target, content_key) = log.entry(entry)?;
    Ok(Some(RecordRef::new(target, &content_key)))
}

/// A revision has the id of the draft that it came from, so that finishing twice makes one.
fn revision_of_draft(draft: Option<&str>) -> RevisionId {
    draft.and_then(|draft| draft.parse().ok()).unwrap_or_else(|| RevisionId(random()))
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand_core::Rng::fill_bytes(&mut SystemRng, &mut bytes);
    bytes
}
