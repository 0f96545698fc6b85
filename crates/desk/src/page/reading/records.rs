//! Every record that came, by what became of it.

use std::collections::BTreeMap;

use waymark_protocol::proof::State;
use waymark_protocol::record::Kind;

use super::super::MetView;
use super::super::types::*;
use super::{count, place, slice};
use crate::account::{Account, Class};
use crate::collection::Collection;
use crate::participants::Labels;
use crate::verify::{DeviceReport, rfc3339};

/// The account, line by line.
pub(super) struct Records(BTreeMap<RecordClass, Vec<RecordView>>);

impl Records {
    pub fn of(account: &Account<'_>, collection: &Collection, labels: &Labels) -> Self {
        let mut all: BTreeMap<RecordClass, Vec<RecordView>> = BTreeMap::new();
        for person in &account.people {
            let participant = person.participant.map(|id| labels.of(&id));
            for line in &person.lines {
                let stored = collection.stored(line.target);
                let (class, reason) = named(&line.class);
                let entry = match &line.class {
                    Class::Opened(entry) => Some(entry),
                    _ => None,
                };
                all.entry(class).or_default().push(RecordView {
                    participant: participant.clone(),
                    device: Some(line.target.device.to_string()),
                    seq: Some(place(line.target.seq)),
                    kind: stored.map(|stored| stored.header().kind.into()),
                    received_at: stored.and_then(|stored| rfc3339(stored.received_at)),
                    late: stored.is_some_and(|stored| stored.late),
                    reason,
                    entry: entry.map(|entry| entry.entry.to_string()),
                    about: entry.map(|entry| entry.about.to_string()),
                });
            }
        }
        all.entry(RecordClass::Quarantined).or_default().extend(collection.malformed().map(|malformed| RecordView {
            participant: None,
            device: malformed.device.map(|device| device.to_string()),
            seq: malformed.seq.map(place),
            kind: None,
            received_at: None,
            late: false,
            reason: Some(malformed.reason()),
            entry: None,
            about: None,
        }));
        for records in all.values_mut() {
            records.sort_by(|a, b| (&a.participant, &a.device, a.seq).cmp(&(&b.participant, &b.device, b.seq)));
        }
        Self(all)
    }

    /// Opened entries stand with the day that their newest revision is about: there they are read.
    pub fn set_days(&mut self, day_of: impl Fn(&str, &str) -> Option<String>) {
        for record in self.0.get_mut(&RecordClass::Opened).into_iter().flatten() {
            if let (Some(participant), Some(entry)) = (&record.participant, &record.entry) {
                record.about = day_of(participant, entry).or_else(|| record.about.take());
            }
        }
    }

    pub fn totals(&self) -> Totals {
        let of = |class| self.0.get(&class).map_or(0, |records| count(records.len()));
        Totals {
            received: count(self.0.values().map(Vec::len).sum()),
            opened: of(RecordClass::Opened),
            private: of(RecordClass::Private),
            control: of(RecordClass::Control),
            erased: of(RecordClass::Erased),
            waiting: of(RecordClass::Waiting),
            quarantined: of(RecordClass::Quarantined),
        }
    }

    pub fn list(&self, wanted: ListRecords) -> RecordList {
        let all = self.0.get(&wanted.class).map_or(&[][..], Vec::as_slice);
        RecordList { total: count(all.len()), records: slice(all, wanted.offset, wanted.limit).to_vec() }
    }
}

fn named(class: &Class) -> (RecordClass, Option<crate::reason::Reason>) {
    match class {
        Class::Opened(_) => (RecordClass::Opened, None),
        Class::Private => (RecordClass::Private, None),
        Class::Control => (RecordClass::Control, None),
        Class::Erased => (RecordClass::Erased, None),
        Class::Waiting => (RecordClass::Waiting, None),
        Class::Quarantined(reason) => (RecordClass::Quarantined, Some(*reason)),
    }
}

impl From<Kind> for RecordKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Genesis => Self::Genesis,
            Kind::Recovery => Self::Recovery,
            Kind::Entry => Self::Entry,
            Kind::Own => Self::Own,
            Kind::Grant => Self::Grant,
            Kind::Erase => Self::Erase,
            Kind::Consent => Self::Consent,
            Kind::Notice => Self::Notice,
        }
    }
}

impl From<State> for PhoneState {
    fn from(state: State) -> Self {
        match state {
            State::Complete => Self::Complete,
            State::Behind => Self::Behind,
            State::Gap => Self::Gap,
            State::Withheld => Self::Withheld,
            State::RolledBack => Self::RolledBack,
            State::Fork => Self::Fork,
            State::Revoked => Self::Stopped,
            State::Unproven => Self::Unproven,
        }
    }
}

impl PhoneLine {
    /// A phone, with its words and whether they were compared.
    pub(super) fn of(device: DeviceReport, words: Option<String>, met: Option<MetView>) -> Self {
        Self {
            participant: device.participant,
            device: device.device.to_string(),
            state: device.state.into(),
            seq: place(device.seq),
            as_of: device.as_of,
            parts_missing: place(device.parts_missing),
            words,
            met,
            to_come: device.to_come.map(place),
            received_at: device.received_at,
        }
    }
}
