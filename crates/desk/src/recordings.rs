//! Recordings of shared entries: which of their parts are needed, which are here, and what that means for the account.
//!
//! | a part | the entry | its device, where it would be complete |
//! |---|---|---|
//! | is here | opened | complete |
//! | the server does not have it | opened, its text can be read | behind: it may follow when its writer lets it go |
//! | came with other bytes | quarantined | withheld at the entry's place; the next pull asks again |
//! | came, and does not open | quarantined | complete: this is what the phone sent |
//!
//! A private entry's parts are neither needed nor asked for.

use std::collections::HashSet;

use waymark_protocol::attachment::{Attachment, OpenError, Opener};
use waymark_protocol::proof::{Standing, State};
use waymark_protocol::record::{Kind, Target};
use waymark_protocol::{EntryId, ParticipantId};

use crate::account::{Class, PersonAccount};
use crate::collection::{Collection, PartId, PartState};
use crate::judged::{JudgedDevice, JudgedPerson, JudgedRecord};
use crate::reason::Reason;

/// A part to be asked for, and what opens it.
pub(crate) struct Needed {
    pub id: PartId,
    entry: EntryId,
    attachment: Attachment,
    index: usize,
}

impl Needed {
    /// What bytes are that came for this part.
    pub fn state_of(&self, bytes: &[u8]) -> PartState {
        match Opener::new(&self.entry, &self.attachment).part(self.index, bytes) {
            Ok(_) => PartState::Held,
            Err(OpenError::Part(_)) if waymark_protocol::Hash::of(bytes) != self.id.hash => PartState::Other,
            Err(_) => PartState::Closed,
        }
    }
}

/// The names of a recording's parts.
pub(crate) fn part_ids(participant: ParticipantId, attachment: &Attachment) -> impl Iterator<Item = PartId> {
    attachment.parts().iter().map(move |hash| PartId { participant, hash: *hash })
}

fn is_settled(collection: &Collection, id: &PartId) -> bool {
    matches!(collection.part(id), Some(PartState::Held | PartState::Closed))
}

/// Entries that stand and list parts.
fn listing<'p, 'c>(person: &'p JudgedPerson<'c>) -> impl Iterator<Item = &'p JudgedRecord<'c>> {
    person.records().filter(|record| {
        let header = &record.seen.header;
        let lists = header.kind == Kind::Entry && !header.parts.is_empty();
        lists && record.standing == Standing::Covered && record.seen.whole && !person.erased.contains(&record.seen)
    })
}

fn listed(record: &JudgedRecord<'_>) -> impl Iterator<Item = PartId> {
    let header = &record.seen.header;
    header.parts.iter().map(|hash| PartId { participant: header.participant, hash: *hash })
}

/// Whether an entry that seems to be shared lists a part that is not here; known before anything is opened.
pub(crate) fn may_lack(judged: &[JudgedPerson<'_>], collection: &Collection) -> bool {
    judged.iter().any(|person| {
        let granted: HashSet<Target> = person
            .records()
            .filter(|record| record.seen.header.kind == Kind::Grant && record.standing == Standing::Covered)
            .filter_map(|record| record.seen.header.target)
            .collect();
        listing(person)
            .filter(|record| {
                let sealed_to_study = record.stored.whole().is_some_and(|whole| whole.slots().has_study());
                sealed_to_study || granted.contains(record.target)
            })
            .flat_map(listed)
            .any(|id| !is_settled(collection, &id))
    })
}

/// The parts that are to be destroyed: erased entries list them, and none that stands. Of entries that merely do not count now, of
/// a device that is not proven any more, everything is kept.
pub(crate) fn doomed(judged: &[JudgedPerson<'_>]) -> HashSet<PartId> {
    let standing: HashSet<PartId> = judged.iter().flat_map(listing).flat_map(listed).collect();
    let erased = judged.iter().flat_map(|person| person.records().filter(|it| person.erased.contains(&it.seen)));
    erased.flat_map(listed).filter(|part| !standing.contains(part)).collect()
}

/// The parts of opened entries that are to be asked for.
pub(crate) fn needed(people: &[PersonAccount<'_>], collection: &Collection) -> Vec<Needed> {
    let (mut needed, mut known) = (Vec::new(), HashSet::new());
    for person in people {
        let Some(participant) = person.participant else { continue };
        let entries = person.lines.iter().filter_map(|line| match &line.class {
            Class::Opened(entry) => Some(entry),
            _ => None,
        });
        for (entry, attachment) in entries.flat_map(|entry| entry.attachments.iter().map(move |a| (entry.entry, a))) {
            for (index, id) in part_ids(participant, attachment).enumerate() {
                if !is_settled(collection, &id) && known.insert(id) {
                    needed.push(Needed { id, entry, attachment: attachment.clone(), index });
                }
            }
        }
    }
    needed
}

/// Holds the parts that are here against the account: see the table above.
pub(crate) fn settle(judged: &mut [JudgedPerson<'_>], people: &mut [PersonAccount<'_>], collection: &Collection) {
    for (judged, person) in judged.iter_mut().zip(people) {
        let Some(participant) = person.participant else { continue };
        for line in &mut person.lines {
            let Class::Opened(entry) = &line.class else { continue };
            if entry.attachments.is_empty() {
                continue;
            }
            let ids = entry.attachments.iter().flat_map(|attachment| part_ids(participant, attachment));
            let states: Vec<Option<PartState>> = ids.map(|id| collection.part(&id)).collect();
            let device = judged.devices.iter_mut().find(|device| device.device == line.target.device);
            let Some(device) = device else { continue };
            device.parts_missing += states.iter().filter(|state| state.is_none()).count() as u64;
            if states.contains(&Some(PartState::Other)) {
                withheld_at(device, line.target.seq);
                line.class = Class::Quarantined(Reason::Part);
            } else if states.contains(&Some(PartState::Closed)) {
                line.class = Class::Quarantined(Reason::Recording);
            }
        }
        for device in &mut judged.devices {
            if device.state == State::Complete && device.parts_missing > 0 {
                device.state = State::Behind;
            }
        }
    }
}

fn withheld_at(device: &mut JudgedDevice<'_>, seq: u64) {
    let worse = match device.state {
        State::Complete | State::Behind => true,
        State::Withheld => seq < device.seq,
        _ => false,
    };
    if worse {
        (device.state, device.seq) = (State::Withheld, seq);
    }
}
