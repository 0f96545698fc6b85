//! The account: every record that came, in exactly one class.

use std::collections::BTreeMap;

use serde::Serialize;
use waymark_protocol::content::{Consent, Entry, Told};
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, ParticipantId};

use crate::collection::{Collection, Malformed};
use crate::desk::{Identity, StudyKeys};
use crate::judged::{JudgedPerson, judge_all};
use crate::open::account_for;
use crate::reason::Reason;
use crate::recordings;

/// What became of a record.
#[derive(Debug)]
pub enum Class {
    /// An entry that its writer shared, opened.
    Opened(Box<Entry>),
    /// Its writer's alone.
    Private,
    /// What keeps the log together: genesis, grants, erases, consent, notices, recovery.
    Control,
    /// Rightly destroyed.
    Erased,
    /// No checkpoint covers it yet.
    Waiting,
    /// Neither applied nor shown.
    Quarantined(Reason),
}

/// One record's line in the account.
#[derive(Debug)]
pub struct Line<'c> {
    /// The record.
    pub target: &'c Target,
    /// The server's order.
    pub server_seq: u64,
    /// What became of it.
    pub class: Class,
    /// What opened it, where it is an entry that was shared.
    pub key: Option<ContentKey>,
}

/// One participant's part of the account.
#[derive(Debug)]
pub struct PersonAccount<'c> {
    /// The participant.
    pub participant: Option<ParticipantId>,
    /// A line for each record.
    pub lines: Vec<Line<'c>>,
    /// What was agreed to, as far as the study may read it.
    pub consents: Vec<Consent>,
    /// The newest version of the study's document that something which each phone has sent names, where it can be read.
    pub documents: BTreeMap<DeviceId, u32>,
    /// Time off and phases, as its notices tell them.
    pub told: Told,
}

/// Verdicts, and what became of every record.
#[derive(Debug)]
pub struct Account<'c> {
    /// The verdicts.
    pub judged: Vec<JudgedPerson<'c>>,
    /// The account, in the same order.
    pub people: Vec<PersonAccount<'c>>,
    malformed: Vec<&'c Malformed>,
}

/// The account in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// The sum of all others.
    pub received: u64,
    /// Opened entries.
    pub opened: u64,
    /// The writers' own.
    pub private: u64,
    /// Control records.
    pub control: u64,
    /// Rightly destroyed.
    pub erased: u64,
    /// Not covered yet.
    pub waiting: u64,
    /// In quarantine.
    pub quarantined: Vec<Quarantined>,
}

/// A record in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quarantined {
    /// Its device, if its header can be read.
    pub device: Option<DeviceId>,
    /// Its place, if its header can be read.
    pub seq: Option<u64>,
    /// Why.
    pub reason: String,
}

impl<'c> Account<'c> {
    /// Judges and opens everything, and holds recordings against it: what lacks a part is not complete.
    pub fn of(identity: &Identity, keys: &StudyKeys, collection: &'c Collection) -> Self {
        let mut account = Self::of_records(identity, keys, collection);
        recordings::settle(&mut account.judged, &mut account.people, collection);
        account
    }

    /// The same without a look at parts of recordings.
    pub(crate) fn of_records(identity: &Identity, keys: &StudyKeys, collection: &'c Collection) -> Self {
        let judged = judge_all(identity, collection);
        let people = judged.iter().map(|person| match person.participant {
            Some(participant) => account_for(identity.study, participant, keys, person),
            None => PersonAccount {
                participant: None,
                lines: Vec::new(),
                consents: Vec::new(),
                documents: BTreeMap::new(),
                told: Told::default(),
            },
        });
        let people = people.collect();
        Self { judged, people, malformed: collection.malformed().collect() }
    }

    /// In numbers.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for line in self.people.iter().flat_map(|person| &person.lines) {
            totals.received += 1;
            match &line.class {
                Class::Opened(_) => totals.opened += 1,
                Class::Private => totals.private += 1,
                Class::Control => totals.control += 1,
                Class::Erased => totals.erased += 1,
                Class::Waiting => totals.waiting += 1,
                Class::Quarantined(reason) => totals.quarantined.push(Quarantined {
                    device: Some(line.target.device),
                    seq: Some(line.target.seq),
                    reason: reason.to_string(),
                }),
            }
        }
        for malformed in &self.malformed {
            totals.received += 1;
            let reason = malformed.reason().to_string();
            totals.quarantined.push(Quarantined { device: malformed.device, seq: malformed.seq, reason });
        }
        totals.quarantined.sort();
        totals
    }
}
