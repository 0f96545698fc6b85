//! What the server's records say to whoever has the words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use waymark_protocol::content::{Consent, Entry, Erasure, Notice, Own, What};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{Genesis, GenesisProof};
use waymark_protocol::keys::BackupKey;
use waymark_protocol::proof::{self, DeviceLog, Seen, State, Trust};
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Kind, Record, Target, Tombstone};
use waymark_protocol::{DeviceId, EntryId, ParticipantId, seal};

use crate::phones::Phones;
use crate::store::{OwnThings, RecordRef, Sharing, Stamp, StoredMark, StoredSetting};
use crate::voice;

/// What records say.
#[derive(Default)]
pub(crate) struct History {
    pub entries: Vec<(Entry, RecordRef, Sharing)>,
    pub own: OwnThings,
    pub consent: Option<Consent>,
    /// Whether the writer has left the study, and if so, whether everything was erased with it.
    pub left: Option<bool>,
    /// When it was told that the study was left, by the clock of the phone that told it, and whether everything was erased with it.
    pub told: Vec<(DateTime<FixedOffset>, bool)>,
    /// When an invitation was last accepted, by the clock of the phone that did so.
    pub joined: Option<DateTime<FixedOffset>>,
    /// Entries that were taken back or deleted: their ids are final.
    pub withdrawn: BTreeSet<EntryId>,
    /// Records that were erased, with the entry that was taken back by it; without one, everything was erased.
    pub taken_back: BTreeMap<Target, Option<EntryId>>,
    /// Records that the study was given the keys of.
    pub granted: BTreeSet<Target>,
    /// The person's phones, as far as their logs have been read by this.
    pub phones: Phones,
    /// How many records opened, each of which proves study and participant.
    pub opened: usize,
    /// How many records the server did not give, or gave changed.
    pub missing: usize,
}

impl History {
    /// Everything that the server has, for a phone that has nothing.
    pub fn read(feed: &[FeedItem], participant: &ParticipantId, trust: &Trust<'_>, backup: &BackupKey) -> Self {
        let mut history = Self::default();
        let (logs, records) = history.sort(feed, participant, trust);
        let (verdicts, erased) = proof::judge(trust, participant, &logs);
        for (log, verdict) in logs.iter().zip(&verdicts) {
            // Where each place has a record and they do not follow each other all the same, one of them is not the one that was sent.
            history.missing += holes(log).max(usize::from(verdict.state == State::Gap));
            // A log of which nobody can say how long it is lacks something, whatever came of it.
            history.missing += usize::from(matches!(verdict.state, State::Unproven | State::Behind | State::Fork));
        }
        let tombstones = logs.iter().flat_map(|log| &log.records).filter(|seen| !seen.whole);
        history.missing += tombstones.filter(|seen| !erased.contains(seen)).count();
        history.open(&records, |seen| erased.contains(seen), backup);
        // A mark of an entry that was withdrawn or did not come back is a mark of nothing.
        let entries: BTreeSet<EntryId> = history.entries.iter().map(|(entry, _, _)| entry.entry).collect();
        history.own.marks.retain(|entry, _| entries.contains(entry));
        history.phones = Phones::read(&logs, feed);
        history
    }

    /// What these records say, but for those that are `erased`.
    pub fn of(records: &[(Seen, Record)], erased: impl Fn(&Seen) -> bool, backup: &BackupKey) -> Self {
        let mut history = Self::default();
        history.open(records, erased, backup);
        history
    }

    /// By device, as the proof takes them.
    fn sort(
        &mut self,
        feed: &[FeedItem],
        participant: &ParticipantId,
        trust: &Trust<'_>,
    ) -> (Vec<DeviceLog>, Vec<(Seen, Record)>) {
        let mut logs: BTreeMap<DeviceId, DeviceLog> = BTreeMap::new();
        let mut records = Vec::new();
        let empty = |device| DeviceLog { device, records: Vec::new(), checkpoints: Vec::new(), server_head: None };
        for item in feed {
            let seen = match &item.item {
                RawItem::Record(header, slots, body) => {
                    let Ok(record) = Record::parse(header.clone(), slots.clone(), body.clone()) else {
                        self.missing += 1;
                        continue;
                    };
                    let seen = Seen::from(&record);
                    if seen.header.study == trust.study && seen.header.participant == *participant {
                        records.push((seen.clone(), record));
                    }
                    seen
                }
                RawItem::Tombstone(header, slots_hash, body_hash) => {
                    let Ok(tombstone) = Tombstone::parse(header.clone(), *slots_hash, *body_hash) else {
                        self.missing += 1;
                        continue;
                    };
                    Seen::from(&tombstone)
                }
                RawItem::Checkpoint(checkpoint) => {
                    let device = checkpoint.device;
                    let log = logs.entry(device).or_insert_with(|| empty(device));
                    log.checkpoints.push((**checkpoint).clone());
                    continue;
                }
            };
            let device = seen.header.device;
            logs.entry(device).or_insert_with(|| empty(device)).records.push(seen);
        }
        (logs.into_values().collect(), records)
    }

    /// Opens what has a backup slot. An erase that opens counts even where a missing record keeps it from being covered.
    fn open(&mut self, records: &[(Seen, Record)], erased: impl Fn(&Seen) -> bool, backup: &BackupKey) {
        let mut opened = Vec::new();
        let mut invited = BTreeMap::new();
        for (seen, record) in records {
            match seen.header.kind {
                Kind::Genesis => {
                    let genesis = Genesis::parse(record.body());
                    if genesis.is_ok_and(|it| matches!(it.proof, GenesisProof::Invitation { .. })) {
                        invited.insert(seen.header.device, seen.link);
                    }
                    continue;
                }
                Kind::Recovery => continue,
                Kind::Grant => {
                    self.granted.extend(seen.header.target);
                    continue;
                }
                _ => {}
            }
            if erased(seen) {
                continue;
            }
            let content_key = seal::open_with_backup(record, backup);
            let plain = content_key.and_then(|key| Ok((seal::open_body(record, &key)?, key)));
            match plain {
                Ok((plain, content_key)) => {
                    if seen.header.kind == Kind::Notice
                        && let Ok(Notice { at, what: What::Left { erased } }) = Notice::parse(&plain)
                    {
                        self.told.push((at, erased));
                    }
                    opened.push((record, plain, content_key));
                }
                Err(_) => self.missing += 1,
            }
        }
        self.opened = opened.len();
        for (record, plain, _) in &opened {
            if record.header().kind == Kind::Erase {
                let entry = Erasure::parse(plain).ok().and_then(|erasure| erasure.entry);
                self.taken_back.extend(record.header().target.map(|target| (target, entry)));
                self.withdrawn.extend(entry);
            }
        }
        for (record, plain, content_key) in opened {
            match record.header().kind {
                Kind::Consent => {
                    let consent = Consent::parse(&plain).ok();
                    // Who accepts an invitation agrees first; a later answer is given by who takes part, perhaps unaware of having left.
                    if invited.get(&record.header().device) == Some(&record.header().prev) {
                        self.joined = self.joined.max(consent.as_ref().and_then(agreed_at));
                    }
                    self.consent = consent.or(self.consent.take());
                }
                Kind::Entry if !self.taken_back.contains_key(&record.as_target()) => match Entry::parse(&plain) {
                    Ok(entry) if entry.check_parts(record.header()).is_ok() => {
                        let target = record.as_target();
                        let shared = record.slots().has_study() || self.granted.contains(&target);
                        let sharing = if shared { Sharing::Shared { by: None } } else { Sharing::Private };
                        self.entries.push((entry, RecordRef::new(target, &content_key), sharing));
                    }
                    _ => self.missing += 1,
                },
                Kind::Own => match Own::parse(&plain) {
                    Ok(own) => self.keep(own, record.as_target()),
                    Err(_) => self.missing += 1,
                },
                _ => {}
            }
        }
        self.left = self.left_since(None);
    }

    /// Whether the study was left after it was joined, here at `joined` or as the records say, and if so, whether everything was
    /// erased with it. In which order the server gives the records, and when it says that they came, means nothing.
    pub fn left_since(&self, joined: Option<DateTime<FixedOffset>>) -> Option<bool> {
        let joined = self.joined.max(joined);
        let told = self.told.iter().filter(|(at, _)| joined.is_none_or(|joined| *at >= joined));
        told.map(|(_, erased)| *erased).reduce(|one, other| one || other)
    }

    /// Of two records about the same thing, the later one counts.
    fn keep(&mut self, own: Own, record: Target) {
        let stamp = |at| Stamp { at, record: Some(record) };
        match own {
            Own::Mark { entry, interview, supervision, at } => {
                let mark = StoredMark { interview, supervision, stamp: stamp(at) };
                let known = self.own.marks.entry(entry).or_insert(mark);
                if known.stamp < mark.stamp {
                    *known = mark;
                }
            }
            Own::Setting { key, value, at } => {
                let setting = StoredSetting { value, stamp: stamp(at) };
                match self.own.settings.get_mut(&key) {
                    Some(known) if known.stamp >= setting.stamp => {}
                    Some(known) => *known = setting,
                    None => {
                        self.own.settings.insert(key, setting);
                    }
                }
            }
        }
    }

    /// Whether an entry with the same words, written at the same time, came back: taking back makes such copies.
    pub fn has_words_of(&self, entry: &Entry) -> bool {
        let written = |entry: &Entry| {
            let answers = voice::written_answers(entry).map(|answer| (answer.prompt.clone(), answer.value.clone()));
            (entry.written_at.timestamp_millis(), entry.text.clone(), answers.collect::<Vec<_>>())
        };
        let spoken = |entry: &Entry| entry.attachments.len();
        self.entries.iter().any(|(known, _, _)| written(known) == written(entry) && spoken(known) >= spoken(entry))
    }

    /// Whether a document is not older than what the writer has agreed to and answered.
    pub fn allows(&self, trusted: &TrustedDocument) -> bool {
        let answered = self.entries.iter().map(|(entry, _, _)| entry.document_version).max().unwrap_or(0);
        let agreed = self.consent.as_ref().map_or(0, |consent| consent.document_version);
        let same = self.consent.as_ref().is_none_or(|consent| {
            consent.document_version != trusted.document.version || consent.document_hash == trusted.hash
        });
        same && trusted.document.version >= answered.max(agreed)
    }
}

/// When was agreed, by the phone's clock.
pub(crate) fn agreed_at(consent: &Consent) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(&consent.agreed_at).ok()
}

/// Places below the last one that is known to have been, of which nothing came.
fn holes(log: &DeviceLog) -> usize {
    let there: BTreeSet<u64> = log.records.iter().map(|seen| seen.header.seq).collect();
    let claimed = log.checkpoints.iter().map(|checkpoint| checkpoint.seq).chain(there.iter().copied()).max();
    usize::try_from(claimed.unwrap_or(0)).unwrap_or(usize::MAX).saturating_sub(there.len())
}

/// How many bytes an item holds.
pub(crate) fn size(item: &RawItem) -> usize {
    match item {
        RawItem::Record(header, slots, body) => header.len() + slots.len() + body.len(),
        RawItem::Tombstone(header, _, _) => header.len(),
        RawItem::Checkpoint(_) => 0,
    }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
