//! Opening what one participant has shared, and putting each record in its class.
//!
//! Only covered records are opened. The order matters: what is withdrawn is known before anything is opened; who has left is
//! known before what is granted, and that before entries are. What a device writes and grants after saying that its person has
//! left stays unopened.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use waymark_protocol::content::{Consent, Entry, Erasure, Notice, Told, What};
use waymark_protocol::keys::ContentKey;
use waymark_protocol::proof::{Refusal, Standing};
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::open_body;
use waymark_protocol::{DeviceId, EntryId, ParticipantId, StudyId};

use crate::account::{Class, Line, PersonAccount};
use crate::judged::{JudgedPerson, JudgedRecord};
use crate::keys::StudyKeys;
use crate::reason::Reason;

/// What a covered record turned out to be, before what is withdrawn is taken out.
enum Opened {
    Class(Class),
    Entry(Box<Entry>, ContentKey),
    Consent(Consent),
    Notice(Notice),
    Withdraws(EntryId),
}

struct Opener<'p, 'c> {
    study: StudyId,
    participant: ParticipantId,
    keys: &'p StudyKeys,
    person: &'p JudgedPerson<'c>,
    covered: HashMap<Target, &'p JudgedRecord<'c>>,
    /// Which text is believed at a place.
    places: HashSet<(DeviceId, u64)>,
    /// Where a device says that its person has left.
    left: HashMap<DeviceId, u64>,
}

/// Accounts for every record of a participant.
pub(crate) fn account_for<'c>(
    study: StudyId,
    participant: ParticipantId,
    keys: &StudyKeys,
    person: &JudgedPerson<'c>,
) -> PersonAccount<'c> {
    let covered: HashMap<_, _> = person
        .records()
        .filter(|record| record.standing == Standing::Covered)
        .map(|record| (*record.target, record))
        .collect();
    let places = covered.keys().map(|target| (target.device, target.seq)).collect();
    let mut opener = Opener { study, participant, keys, person, covered, places, left: HashMap::new() };
    opener.left = opener.left();
    let grants = opener.grants();
    let records: Vec<_> = person.records().collect();
    let opened: Vec<Opened> = records.par_iter().map(|record| opener.class(record, &grants)).collect();

    let withdrawn: HashSet<EntryId> = opened
        .iter()
        .filter_map(|opened| match opened {
            Opened::Withdraws(entry) => Some(*entry),
            _ => None,
        })
        .collect();
    let mut consents = Vec::new();
    let mut documents = BTreeMap::new();
    let mut note_document = |device: DeviceId, version: u32| {
        let newest = documents.entry(device).or_insert(version);
        *newest = version.max(*newest);
    };
    let mut notices: BTreeMap<DeviceId, BTreeMap<u64, Notice>> = BTreeMap::new();
    let lines = records.into_iter().zip(opened).map(|(record, opened)| {
        let mut key = None;
        let class = match opened {
            Opened::Entry(entry, _) if withdrawn.contains(&entry.entry) => Class::Quarantined(Reason::WithdrawnAgain),
            Opened::Entry(entry, opener) => {
                key = Some(opener);
                note_document(record.target.device, entry.document_version);
                Class::Opened(entry)
            }
            Opened::Class(class) => class,
            Opened::Consent(consent) => {
                note_document(record.target.device, consent.document_version);
                consents.push(consent);
                Class::Control
            }
            Opened::Notice(notice) => {
                notices.entry(record.target.device).or_default().insert(record.target.seq, notice);
                Class::Control
            }
            Opened::Withdraws(_) => Class::Control,
        };
        Line { target: record.target, server_seq: record.stored.server_seq, class, key }
    });
    let lines = lines.collect();
    let told = Told::of(notices.into_values().map(BTreeMap::into_values));
    PersonAccount { participant: Some(participant), lines, consents, documents, told }
}

/// A target and its content key, or why a grant gives none.
type Granted = Result<(Target, ContentKey), Reason>;

/// What covered grants give.
#[derive(Default)]
struct Grants {
    /// The content key of a target.
    keys: HashMap<Target, ContentKey>,
    /// Why a grant gives none.
    failed: HashMap<Target, Reason>,
}

impl Opener<'_, '_> {
    fn left(&self) -> HashMap<DeviceId, u64> {
        let notices = self.covered.values().filter(|record| record.seen.header.kind == Kind::Notice);
        let mut left = HashMap::new();
        for notice in notices.filter(|notice| !self.person.erased.contains(&notice.seen)) {
            let read = notice.stored.whole().and_then(|whole| self.notice(whole).ok());
            if let Some(Notice { what: What::Left { .. }, .. }) = read {
                let seq = left.entry(notice.target.device).or_insert(notice.target.seq);
                *seq = notice.target.seq.min(*seq);
            }
        }
        left
    }

    fn notice(&self, record: &Record) -> Result<Notice, Reason> {
        Ok(Notice::parse(&open_body(record, &self.keys.open(record)?)?)?)
    }

    /// Whether a record stands behind the word that its person has left.
    fn is_after_leaving(&self, target: &Target) -> bool {
        self.left.get(&target.device).is_some_and(|left| target.seq > *left)
    }

    fn grants(&self) -> Grants {
        let grants: Vec<_> = self.covered.values().filter(|grant| grant.seen.header.kind == Kind::Grant).collect();
        let opened: Vec<(Target, Granted)> = grants
            .into_par_iter()
            .filter(|grant| !self.person.erased.contains(&grant.seen) && !self.is_after_leaving(grant.target))
            .filter_map(|grant| Some((*grant.target, self.grant(grant.stored.whole()?)?)))
            .collect();
        let mut grants = Grants::default();
        for (grant, result) in opened {
            match result {
                Ok((target, key)) => drop(grants.keys.insert(target, key)),
                Err(reason) => drop(grants.failed.insert(grant, reason)),
            }
        }
        grants
    }

    /// `None` while the target has not come.
    fn grant(&self, grant: &Record) -> Option<Granted> {
        let target = grant.header().target?;
        let Some(granted) = self.covered.get(&target) else {
            return self.places.contains(&(target.device, target.seq)).then_some(Err(Reason::GrantTarget));
        };
        if granted.seen.header.kind != Kind::Entry {
            return Some(Err(Reason::GrantTarget));
        }
        let commitment = granted.seen.header.commitment;
        let key = self.keys.open(grant).map_err(Reason::from);
        Some(key.and_then(|key| match commitment {
            Some(commitment) if key.matches(&commitment) => Ok((target, key)),
            _ => Err(Reason::GrantKey),
        }))
    }

    fn class(&self, record: &JudgedRecord<'_>, grants: &Grants) -> Opened {
        match record.standing {
            Standing::Waiting => return Opened::Class(Class::Waiting),
            Standing::Refused(Refusal::DeviceNotProven) => return quarantined(Reason::NotProven),
            Standing::Refused(Refusal::NotInChain) => return quarantined(Reason::NotInChain),
            Standing::Covered => {}
        }
        let kind = record.seen.header.kind;
        if self.person.erased.contains(&record.seen) {
            return Opened::Class(if kind.is_erasable() { Class::Erased } else { Class::Control });
        }
        let Some(whole) = record.stored.whole() else { return quarantined(Reason::Withheld) };
        match kind {
            Kind::Genesis | Kind::Recovery => Opened::Class(Class::Control),
            Kind::Own => Opened::Class(Class::Private),
            Kind::Entry if self.is_after_leaving(record.target) => Opened::Class(Class::Private),
            Kind::Grant => {
                grants.failed.get(record.target).map_or(Opened::Class(Class::Control), |reason| quarantined(*reason))
            }
            Kind::Entry => self.entry(whole, grants.keys.get(record.target)).unwrap_or_else(quarantined),
            Kind::Erase | Kind::Consent | Kind::Notice => self.control(whole).unwrap_or_else(quarantined),
        }
    }

    /// With the key that a grant gives, else with the one in the study's slot; without either it is its writer's alone.
    fn entry(&self, record: &Record, granted: Option<&ContentKey>) -> Result<Opened, Reason> {
        let key = match granted {
            Some(key) => key.clone(),
            None if record.slots().has_study() => self.keys.open(record)?,
            None => return Ok(Opened::Class(Class::Private)),
        };
        Ok(Opened::Entry(Box::new(read_entry(record, &key)?), key))
    }

    /// Kinds that say something to the study when they have a slot for it.
    fn control(&self, record: &Record) -> Result<Opened, Reason> {
        if !record.slots().has_study() {
            return Ok(Opened::Class(Class::Control));
        }
        let plain = open_body(record, &self.keys.open(record)?)?;
        match record.header().kind {
            Kind::Erase => {
                let withdrawn = Erasure::parse(&plain)?.entry;
                Ok(withdrawn.map_or(Opened::Class(Class::Control), Opened::Withdraws))
            }
            Kind::Consent => {
                let consent = Consent::parse(&plain)?;
                if consent.study == self.study && consent.participant == self.participant {
                    Ok(Opened::Consent(consent))
                } else {
                    Err(Reason::ForeignConsent)
                }
            }
            Kind::Notice => {
                let notice = Notice::parse(&plain)?;
                let after = self.is_after_leaving(&record.as_target());
                Ok(if after { Opened::Class(Class::Control) } else { Opened::Notice(notice) })
            }
            _ => Ok(Opened::Class(Class::Control)),
        }
    }
}

/// The entry in a record that this key opens.
pub(crate) fn read_entry(record: &Record, key: &ContentKey) -> Result<Entry, Reason> {
    let entry = Entry::parse(&open_body(record, key)?)?;
    entry.check_parts(record.header()).map_err(|_| Reason::OtherParts)?;
    Ok(entry)
}

fn quarantined(reason: Reason) -> Opened {
    Opened::Class(Class::Quarantined(reason))
}
