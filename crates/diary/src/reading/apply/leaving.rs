//! What this phone has to say when another one has left the study, and after it has left the study itself.
//!
//! ```text
//! another phone left, nothing erased      held becomes private; what has not been sent is sent, and then it is over
//! another phone left, erasing everything  the same, and this phone's own log is erased by this phone: no other can
//! after leaving: taken back elsewhere     what was written here on it is erased all the same, as deleting does
//! ```
//!
//! No notice is written here: the other phone has told the study. A notice of this phone's would come later than a new invitation
//! that was accepted meanwhile, and would end that.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};
use waymark_protocol::content::{Consent, Erasure};
use waymark_protocol::genesis::{Genesis, GenesisProof};
use waymark_protocol::keys::{BackupKey, SealingKey};
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::{EntryId, Hash, RevisionId, seal};

use super::Changes;
use crate::Error;
use crate::diary::{Diary, Revision, Writing};
use crate::entries::random;
use crate::leaving::after_leaving;
use crate::log::{Appender, LogHead};
use crate::restore::history::{self, History};
use crate::sharing::{self, clone_revision};
use crate::store::{self, Copied, Membership, PART_TO_SEND, Sharing};

/// A date begins somewhere on earth so long before it begins in Greenwich.
const EARLIEST_DATE_HOURS: i64 = 14;

/// What this phone erases because another one has left with an erase of everything.
pub(super) struct Erasing {
    /// Whether that is everything. Voice notes that are still to come would be lost with their records; these stay, and the person
    /// can still erase them.
    pub all: bool,
    /// Records by name.
    named: Vec<Target>,
    /// Revisions of which the study and the server have nothing afterwards.
    revisions: BTreeSet<RevisionId>,
    /// Parts of their voice notes.
    parts: BTreeSet<Hash>,
}

impl Diary {
    /// Whether the study is to be left here because of what these records say, and if so, whether everything is to be erased.
    pub(super) fn leaves_with(&self, history: &History) -> Result<Option<bool>, Error> {
        if history.left.is_none() {
            return Ok(None);
        }
        let left = history.left_since(self.takes_part_since()?);
        Ok(match self.membership()?.left {
            None => left,
            // Who stopped here and erases everything elsewhere erases here too.
            Some(before) => left.filter(|erase| *erase && !before.erased),
        })
    }

    /// When this membership began, by this phone's clock. Who left before that has joined again.
    fn takes_part_since(&self) -> Result<Option<DateTime<FixedOffset>>, Error> {
        let reader = self.vault.reader();
        let (first, second) = (store::load_record(&reader, 1)?, store::load_record(&reader, 2)?);
        let genesis = first.and_then(|record| Genesis::parse(record.body()).ok());
        let invited = genesis.is_some_and(|it| matches!(it.proof, GenesisProof::Invitation { .. }));
        let backup = self.identity.backup_key()?;
        let agreed_at = |record: &Record| {
            let plain = seal::open_body(record, &seal::open_with_backup(record, &backup).ok()?).ok()?;
            history::agreed_at(&Consent::parse(&plain).ok()?)
        };
        let consent = second.filter(|record| invited && record.header().kind == Kind::Consent);
        if let Some(joined) = consent.as_ref().and_then(agreed_at) {
            return Ok(Some(joined));
        }
        // The phone came to it with the words: of that only the day is known, and not where on earth it was.
        let midnight = self.membership()?.joined()?.and_time(NaiveTime::MIN).and_utc();
        Ok(midnight.checked_sub_signed(TimeDelta::hours(EARLIEST_DATE_HOURS)).map(|time| time.fixed_offset()))
    }

    /// What is to be erased from here.
    pub(super) fn erasing(&self, changes: &Changes) -> Result<Erasing, Error> {
        let own = self.membership()?.device()?;
        let mut coming: BTreeSet<Hash> = changes.fetch.clone();
        let to_fetch = store::parts_to_fetch(&self.vault.reader())?;
        coming.extend(to_fetch.into_iter().filter(|(_, part)| !part.missing).map(|(hash, _)| hash));
        let untouched = self.untouched(changes);
        let stays: Vec<&Revision> = changes.put.iter().chain(untouched).collect();
        let is_spared = |revision: &&Revision| revision.entry.parts().iter().any(|part| coming.contains(part));
        let (spared, erased): (Vec<&Revision>, Vec<&Revision>) = stays.into_iter().partition(is_spared);
        let all = spared.is_empty();
        // One erase without a target reaches every entry of this log; what is the writer's own in it, and other logs, by name.
        let targets = erased.iter().filter_map(|revision| Some(revision.record.as_ref()?.target));
        let mut named: Vec<Target> = targets.filter(|target| !all || target.device != own).collect();
        if all {
            named.extend(self.own_records()?);
        }
        let kept: BTreeSet<Hash> = spared.iter().flat_map(|revision| revision.entry.parts()).collect();
        let parts = erased.iter().flat_map(|revision| revision.entry.parts()).filter(|part| !kept.contains(part));
        let revisions = erased.iter().map(|revision| revision.entry.revision).collect();
        Ok(Erasing { all, named, revisions, parts: parts.collect() })
    }

    /// The study is left here too: every revision that stays, as it is after leaving.
    pub(super) fn leave_with(&self, changes: &mut Changes, erasing: Option<&Erasing>) {
        let untouched: Vec<Revision> = self.untouched(changes).map(clone_revision).collect();
        changes.put.extend(untouched);
        for revision in &mut changes.put {
            let erased = erasing.is_some_and(|erasing| erasing.revisions.contains(&revision.entry.revision));
            *revision = after_leaving(revision, erased);
        }
    }

    /// The revisions that stay as they are.
    fn untouched(&self, changes: &Changes) -> impl Iterator<Item = &Revision> + use<'_> {
        let put = changes.put.iter().map(|revision| revision.entry.revision);
        let touched: BTreeSet<RevisionId> = put.chain(changes.gone.values().flatten().copied()).collect();
        self.entries.values().flatten().filter(move |revision| !touched.contains(&revision.entry.revision))
    }
}

/// This phone's log: the transaction's while the writer takes part, and after leaving open once more for what has to be erased.
pub(super) struct Saying {
    membership: Membership,
    study_key: SealingKey,
    backup: BackupKey,
    /// Where the log ends after leaving.
    head: LogHead,
    spoken: bool,
}

impl Saying {
    pub fn new(membership: &Membership, backup: BackupKey, head: LogHead) -> Result<Self, Error> {
        let study_key = membership.trusted()?.encryption_key;
        Ok(Self { membership: membership.clone(), study_key, backup, head, spoken: false })
    }

    /// Where the log ends once the transaction is committed.
    pub fn head(&self, writing: &mut Writing<'_, '_>) -> LogHead {
        writing.log().map_or(self.head, |log| log.head())
    }

    /// Whether something was erased.
    pub fn has_spoken(&self) -> bool {
        self.spoken
    }

    /// What was written here on an entry that was taken back elsewhere goes on as an entry of its own. The records of it that are
    /// here are erased: the study may have them.
    pub fn renew(
        &mut self,
        writing: &mut Writing<'_, '_>,
        entry: EntryId,
        revisions: &[Revision],
    ) -> Result<Vec<Revision>, Error> {
        let old: Vec<_> = revisions.iter().map(|revision| (revision.entry.clone(), revision.record.clone())).collect();
        let copies = sharing::copies(writing, &entry, EntryId(random()), &old)?;
        let targets = old.iter().filter_map(|(_, record)| Some(record.as_ref()?.target));
        self.erases(writing, targets.map(Some), &Erasure::new(entry))?;
        let copied = Some(Copied { erased_by: self.head(writing).seq });
        let revision = |(record, entry)| Revision { entry, record, sharing: Sharing::Private, copied };
        Ok(copies.into_iter().map(revision).collect())
    }

    /// Erases a record of this phone's own that goes with what was erased elsewhere.
    pub fn take_back(&mut self, writing: &mut Writing<'_, '_>, entry: EntryId, target: Target) -> Result<(), Error> {
        self.erases(writing, [Some(target)].into_iter(), &Erasure::new(entry))
    }

    /// Erases what this phone has sent, and sends nothing more of it.
    pub fn erase(&mut self, writing: &mut Writing<'_, '_>, erasing: &Erasing) -> Result<(), Error> {
        for part in &erasing.parts {
            writing.tx().delete(PART_TO_SEND, &part.0)?;
        }
        if erasing.all {
            store::forget_parts_under_way(writing.tx())?;
        }
        let everything = erasing.all.then_some(None);
        let targets = everything.into_iter().chain(erasing.named.iter().copied().map(Some));
        self.erases(writing, targets, &Erasure::everything())
    }

    fn erases(
        &mut self,
        writing: &mut Writing<'_, '_>,
        targets: impl Iterator<Item = Option<Target>>,
        erasure: &Erasure,
    ) -> Result<(), Error> {
        let (plain, study_key) = (erasure.to_bytes(), self.study_key);
        let mut spoken = false;
        let say = |log: &mut Appender<'_, '_>| {
            for target in targets {
                log.sealed(Kind::Erase, target, &plain, Some(&study_key))?;
                spoken = true;
            }
            Ok::<_, Error>(log.head())
        };
        self.head = match writing.log() {
            Some(log) => say(log)?,
            None => say(&mut Appender::new(writing.tx(), &self.membership, self.backup.clone(), self.head)?)?,
        };
        self.spoken |= spoken;
        Ok(())
    }
}
