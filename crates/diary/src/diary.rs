//! An open diary: the vault, and an index of it in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use waymark_protocol::content::{Entry, Own};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::record::Kind;
use waymark_protocol::{DeviceId, EntryId, RevisionId};
use waymark_vault::{Tx, Vault};

use crate::Error;
use crate::log::{self, LogHead};
use crate::page::ErrorCode;
use crate::search::{self, Index};
use crate::store::{
    self, Copied, IDENTITY, Identity, ME, MEMBERSHIP, Membership, PARTED, Parted, REVISION, RecordRef, STUDY, Sharing,
};
use crate::store::{OwnThings, Stamp, StoredMark, StoredPhone, StoredRevision, StoredSetting};
use crate::sync::Progress;

/// One revision, in memory.
pub(crate) struct Revision {
    pub entry: Entry,
    pub record: Option<RecordRef>,
    pub sharing: Sharing,
    pub copied: Option<Copied>,
}

impl Revision {
    pub fn to_stored(&self) -> StoredRevision {
        StoredRevision::new(&self.entry, self.record.clone(), self.sharing, self.copied)
    }
}

/// An open diary. Dropping it locks it.
pub struct Diary {
    pub(crate) vault: Vault,
    pub(crate) identity: Identity,
    pub(crate) membership: Option<Membership>,
    /// The study that the diary belonged to before it came back from a backup file.
    pub(crate) parted: Option<Parted>,
    pub(crate) head: LogHead,
    /// Revisions by entry, oldest first.
    pub(crate) entries: BTreeMap<EntryId, Vec<Revision>>,
    /// Marks and settings.
    pub(crate) own: OwnThings,
    /// The person's phones, this one included once the server has shown it.
    pub(crate) phones: BTreeMap<DeviceId, StoredPhone>,
    pub(crate) index: Index,
    pub(crate) progress: Progress,
}

impl Diary {
    /// Reads what the vault holds into memory.
    pub(crate) fn open(vault: Vault) -> Result<Self, Error> {
        let reader = vault.reader();
        let identity: Identity = store::get(&reader, IDENTITY, ME)?.ok_or(Error::Stored("identity"))?;
        let membership = store::get(&reader, MEMBERSHIP, STUDY)?;
        let parted = store::get(&reader, PARTED, STUDY)?;
        let head = log::head(&reader)?;
        let own = OwnThings::read(&reader)?;
        let phones = store::phones(&reader)?;
        let (entries, index) = read_entries(&vault)?;
        let progress = Progress::default();
        let mut diary = Self { identity, membership, parted, head, entries, own, phones, index, progress, vault };
        diary.progress.problem = diary.stopped();
        Ok(diary)
    }

    /// Whether there is a study to talk to: one that was joined, and if it was left, that does not know it yet, or with which voice
    /// notes from before are still to be exchanged. What waits here for its writer's word alone keeps nobody.
    pub fn has_joined(&self) -> bool {
        self.membership.as_ref().is_some_and(|membership| {
            let sending = || self.parts_going_out().is_ok_and(|parts| !parts.is_empty());
            !membership.is_over() || sending() || self.is_fetching()
        })
    }

    /// Whether a voice note is still to come to this phone, also one that waits for its writer's word.
    pub(crate) fn is_fetching(&self) -> bool {
        store::parts_to_fetch(&self.vault.reader()).is_ok_and(|parts| parts.iter().any(|(_, part)| !part.missing))
    }

    /// The study's server.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NoStudy`] without a study.
    pub fn server(&self) -> Result<ServerUrl, Error> {
        self.membership()?.server()
    }

    /// The 24 words, while they have not been confirmed.
    pub fn recovery_words(&self) -> Option<Vec<&'static str>> {
        self.identity.secret().map(|secret| secret.words())
    }

    /// Whether the person has confirmed having the 24 words.
    pub fn words_confirmed(&self) -> bool {
        self.identity.words_confirmed()
    }

    /// The person has the words on paper: three of them, by place (1…24), are right. The secret then leaves the vault; the
    /// backup key stays.
    pub fn confirm_words(&mut self, asked: &[(u8, String)]) -> Result<(), Error> {
        let Some(words) = self.recovery_words() else {
            return Ok(());
        };
        let places: BTreeSet<u8> = asked.iter().map(|(place, _)| *place).collect();
        let right = places.len() >= 3
            && asked.iter().all(|(place, word)| {
                let known = usize::from(*place).checked_sub(1).and_then(|index| words.get(index));
                known.is_some_and(|known| known.eq_ignore_ascii_case(word.trim()))
            });
        if !right {
            return Err(Error::Plain(ErrorCode::WordsWrong));
        }
        let confirmed = self.identity.with_words_confirmed();
        self.vault.write(|tx| store::put(tx, IDENTITY, ME, &confirmed))?;
        self.identity = confirmed;
        self.forget_old_pages();
        Ok(())
    }

    /// Empties the write-ahead log after something was erased. Where there is no room for that now, locking does it.
    pub(crate) fn forget_old_pages(&self) {
        let _ = self.vault.truncate_wal();
    }

    /// Locks: empties the write-ahead log and wipes the key.
    pub fn lock(self) -> Result<(), Error> {
        Ok(self.vault.lock()?)
    }

    /// This phone's device, where a study was joined.
    pub(crate) fn own_device(&self) -> Option<DeviceId> {
        self.membership.as_ref()?.device().ok()
    }

    pub(crate) fn membership(&self) -> Result<&Membership, Error> {
        let missing = if self.parted.is_some() { ErrorCode::Parted } else { ErrorCode::NoStudy };
        self.membership.as_ref().ok_or(Error::Plain(missing))
    }

    /// The study that the writer takes part in.
    pub(crate) fn member(&self) -> Result<&Membership, Error> {
        let membership = self.membership()?;
        if membership.left.is_some() { Err(Error::Plain(ErrorCode::NoStudy)) } else { Ok(membership) }
    }

    /// Runs `work` in one transaction and, once that is on disk, puts what it returned into memory.
    ///
    /// `work` gets an appender to the log while the writer takes part in a study.
    pub(crate) fn commit<T>(
        &mut self,
        work: impl FnOnce(&mut Writing<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (membership, identity, head) = (&self.membership, &self.identity, self.head);
        let (done, head, changes) = self.vault.write(|tx| {
            let appender = match membership {
                Some(membership) if membership.left.is_none() => {
                    WritingTo::Log(Box::new(log::Appender::new(tx, membership, identity.backup_key()?, head)?))
                }
                _ => WritingTo::VaultAlone(tx),
            };
            let mut writing = Writing { to: appender, changes: Vec::new() };
            let done = work(&mut writing)?;
            let head = match &writing.to {
                WritingTo::Log(appender) => appender.head(),
                WritingTo::VaultAlone(_) => head,
            };
            Ok::<_, Error>((done, head, writing.changes))
        })?;
        self.head = head;
        for change in changes {
            self.apply(change);
        }
        Ok(done)
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Put(revision) => {
                let revisions = self.entries.entry(revision.entry.entry).or_default();
                revisions.retain(|known| known.entry.revision != revision.entry.revision);
                let entry = revision.entry.entry;
                revisions.push(*revision);
                oldest_first(revisions);
                self.index.put(entry, revisions);
            }
            Change::Forget(entry, gone) => {
                let Some(revisions) = self.entries.get_mut(&entry) else { return };
                revisions.retain(|known| !gone.contains(&known.entry.revision));
                if revisions.is_empty() {
                    self.apply(Change::Remove(entry));
                } else {
                    self.index.put(entry, revisions);
                }
            }
            Change::Remove(entry) => {
                self.entries.remove(&entry);
                self.index.remove(&entry);
                self.own.marks.remove(&entry);
            }
            Change::Mark(entry, mark) => {
                self.own.marks.insert(entry, mark);
            }
            Change::Settings(settings) => self.own.settings = settings,
        }
    }

    pub(crate) fn find(&self, entry: &EntryId) -> Result<&[Revision], Error> {
        self.entries.get(entry).map(Vec::as_slice).ok_or(Error::Plain(ErrorCode::EntryUnknown))
    }
}

/// Everything that was written, opened and folded. Most of an unlocking is spent here, so all processors help.
pub(crate) fn read_entries(vault: &Vault) -> Result<(BTreeMap<EntryId, Vec<Revision>>, Index), Error> {
    let mut together: Vec<(EntryId, Vec<Revision>)> = Vec::new();
    let open = |_: &[u8], bytes: &[u8]| {
        let stored: StoredRevision = store::decode(REVISION, bytes)?;
        Ok::<_, Error>(Revision {
            entry: stored.entry()?,
            record: stored.record.clone(),
            sharing: stored.sharing,
            copied: stored.copied,
        })
    };
    // They come by their ids, which begin with the entry's.
    vault.scan_abreast(REVISION, open, |revision| match together.last_mut() {
        Some((entry, revisions)) if *entry == revision.entry.entry => revisions.push(revision),
        // Room for one: nearly every entry has no more, and room for four would be as much as the text.
        _ => together.push((revision.entry.entry, vec![revision])),
    })?;
    // A map that is made at once has no half-empty nodes.
    let mut entries: BTreeMap<_, _> = together.into_iter().collect();
    let folded: Vec<_> = entries
        .par_iter_mut()
        .filter_map(|(entry, revisions)| {
            oldest_first(revisions);
            Some((*entry, search::folded(revisions)?))
        })
        .collect();
    Ok((entries, folded.into_iter().collect()))
}

/// The revisions from which no other was made, oldest first: one, unless two phones wrote while apart.
pub(crate) fn heads(revisions: &[Revision]) -> impl Iterator<Item = &Revision> {
    let made_from = |id: RevisionId| revisions.iter().any(|other| other.entry.parents.contains(&id));
    revisions.iter().filter(move |revision| !made_from(revision.entry.revision))
}

/// A revision comes after those that it was made from; the clock only orders those that know nothing of each other.
pub(crate) fn oldest_first(revisions: &mut [Revision]) {
    if revisions.len() < 2 {
        return;
    }
    revisions.sort_by_key(|revision| (revision.entry.written_at, revision.entry.revision));
    let parents: BTreeMap<RevisionId, Vec<RevisionId>> =
        revisions.iter().map(|revision| (revision.entry.revision, revision.entry.parents.clone())).collect();
    let mut generations: BTreeMap<RevisionId, usize> = parents.keys().map(|id| (*id, 0)).collect();
    // As many rounds as there are revisions: what was made up in a circle does not hang.
    for _ in 0..revisions.len() {
        for (id, parents) in &parents {
            let generation = parents.iter().filter_map(|parent| Some(generations.get(parent)? + 1)).max().unwrap_or(0);
            generations.insert(*id, generation.min(revisions.len()));
        }
    }
    revisions.sort_by_key(|revision| generations.get(&revision.entry.revision).copied());
}

enum Change {
    Put(Box<Revision>),
    Remove(EntryId),
    Forget(EntryId, Vec<RevisionId>),
    Mark(EntryId, StoredMark),
    Settings(BTreeMap<String, StoredSetting>),
}

enum WritingTo<'t, 'v> {
    Log(Box<log::Appender<'t, 'v>>),
    VaultAlone(&'t mut Tx<'v>),
}

/// A transaction on the diary.
pub(crate) struct Writing<'t, 'v> {
    to: WritingTo<'t, 'v>,
    changes: Vec<Change>,
}

impl<'t, 'v> Writing<'t, 'v> {
    pub fn tx(&mut self) -> &mut Tx<'v> {
        match &mut self.to {
            WritingTo::Log(appender) => appender.tx,
            WritingTo::VaultAlone(tx) => tx,
        }
    }

    /// The log, while the writer takes part in a study.
    pub fn log(&mut self) -> Option<&mut log::Appender<'t, 'v>> {
        match &mut self.to {
            WritingTo::Log(appender) => Some(appender),
            WritingTo::VaultAlone(_) => None,
        }
    }

    pub fn put_revision(&mut self, revision: Revision) -> Result<(), Error> {
        let id = store::revision_id(&revision.entry.entry, &revision.entry.revision);
        store::put(self.tx(), REVISION, &id, &revision.to_stored())?;
        self.changes.push(Change::Put(Box::new(revision)));
        Ok(())
    }

    /// A record of what stays the writer's, when the diary has joined a study. Returns when that was, and in which record.
    pub fn own(&mut self, own: &Own, at: u64) -> Result<Stamp, Error> {
        let record = match self.log() {
            Some(log) => Some(log.sealed(Kind::Own, None, &own.to_bytes(), None)?.0),
            None => None,
        };
        Ok(Stamp { at, record })
    }

    pub fn put_mark(&mut self, entry: EntryId, mark: StoredMark) -> Result<(), Error> {
        store::put_mark(self.tx(), &entry, &mark)?;
        self.changes.push(Change::Mark(entry, mark));
        Ok(())
    }

    pub fn put_settings(&mut self, settings: BTreeMap<String, StoredSetting>) -> Result<(), Error> {
        store::put_settings(self.tx(), &settings)?;
        self.changes.push(Change::Settings(settings));
        Ok(())
    }

    /// Removes some of an entry's revisions. The mark stays for what is left, and means nothing where nothing is.
    pub fn remove_revisions(&mut self, entry: EntryId, revisions: &[RevisionId]) -> Result<(), Error> {
        for revision in revisions {
            self.tx().delete(REVISION, &store::revision_id(&entry, revision))?;
        }
        self.changes.push(Change::Forget(entry, revisions.to_vec()));
        Ok(())
    }

    /// Removes an entry with the revisions named, and its mark.
    pub fn remove_entry(&mut self, entry: EntryId, revisions: &[RevisionId]) -> Result<(), Error> {
        for revision in revisions {
            self.tx().delete(REVISION, &store::revision_id(&entry, revision))?;
        }
        self.tx().delete(store::MARK, &entry.0)?;
        self.changes.push(Change::Remove(entry));
        Ok(())
    }
}

/// A diary that several tasks share, open or locked. Nobody holds it while waiting for a network.
#[derive(Clone, Default)]
pub struct DiaryHandle(Arc<Mutex<Option<Diary>>>);

impl DiaryHandle {
    /// Holds an open diary.
    pub fn new(diary: Diary) -> Self {
        Self(Arc::new(Mutex::new(Some(diary))))
    }

    /// Works on the open diary.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Locked`] when it is not open.
    pub fn with<T>(&self, work: impl FnOnce(&mut Diary) -> Result<T, Error>) -> Result<T, Error> {
        match self.slot().as_mut() {
            Some(diary) => work(diary),
            None => Err(Error::Plain(ErrorCode::Locked)),
        }
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.slot().is_some()
    }

    /// Puts an open diary in.
    pub fn put(&self, diary: Diary) {
        *self.slot() = Some(diary);
    }

    /// Takes the open diary out, which locks it when it is dropped.
    pub fn take(&self) -> Option<Diary> {
        self.slot().take()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Diary>> {
        // A panic while the diary was held rolled its transaction back; what is in memory is as before or is read again
        // at the next unlocking.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
