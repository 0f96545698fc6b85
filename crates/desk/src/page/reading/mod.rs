//! What is read from an open desk: the whole account, opened once and kept in memory while the desk is open.

mod consent;
mod entries;
mod interviews;
mod life;
mod people;
mod records;

use std::collections::HashMap;

use chrono::Local;
use waymark_protocol::met::met_words;
use waymark_protocol::{DeviceId, EntryId, StudyId};

use super::types::*;
use super::{EndView, ErrorCode, MetView, PhoneVersion};
use crate::Desk;
use crate::account::Account;
use crate::collection::Collection;
use crate::desk::Identity;
use crate::export::{Row, VoiceRow, rows, wanted_of};
use crate::participants::Labels;
use crate::time_points::TimePoints;
use crate::transcripts::{Kept, Transcript};
use crate::verify::{DeviceReport, Report, rfc3339};
use crate::{ending, met, transcripts};
use entries::Shelf;
use interviews::Interview;
use records::Records;

/// All that the page shows.
pub(super) struct Reading {
    pub overview: Overview,
    pub people: PeopleView,
    pub filters: Filters,
    pub phone_versions: Vec<PhoneVersion>,
    records: Records,
    shelf: Shelf,
}

/// What was written stays out of logs.
impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading(…)")
    }
}

impl Reading {
    /// Opens everything anew.
    pub fn of(desk: &Desk, now_ms: u64) -> Result<Self, ErrorCode> {
        let collection = Collection::load(desk.vault.reader())?;
        let labels = Labels::load(desk.vault.reader())?;
        let plan = &desk.identity.document.document.plan;
        let account = Account::of(&desk.identity, &desk.keys, &collection);
        let mut records = Records::of(&account, &collection, &labels);
        let report = Report::of(&account, &labels).devices;
        let phone_versions = phone_versions(&account, &report);
        let words = met_words_of(&desk.identity.study, &account);
        let met = met::all(desk.vault.reader())?;
        let phones = report.into_iter().map(|phone| {
            let (words, met) = (words.get(&phone.device).cloned(), met.get(&phone.device).map(MetView::from));
            PhoneLine::of(phone, words, met)
        });
        let phones = phones.collect();
        let collected_at = desk.collected_at()?.and_then(rfc3339);
        let overview = Overview { collected_at, totals: records.totals(), phones, end: EndView::of(desk)? };
        let invited = crate::people::of(desk, &collection, &account.judged, now_ms)?;
        let today = Local::now().date_naive();
        let left = ending::said_to_have_left(desk.vault.reader())?;
        let people = people::People::of(&account, invited, &labels, &left, plan, today);
        let Kept { transcripts, damaged } = transcripts::kept(desk.vault.reader())?;
        let interviews = transcripts.into_iter().map(|transcript| Interview::of(transcript, &labels)).collect();
        let talk = wanted_of(&account, &labels, &left);
        let shelf = Shelf::of(rows(account, &labels, plan), interviews, talk, plan, &collection);
        records.set_days(|participant, entry| shelf.day_of(participant, entry));
        let talk = shelf.talk();
        let people = people.with_days(shelf.days(), shelf.interviews().map(|(participant, _)| participant), &talk);
        let filters = shelf.filters(plan, TimePoints::offered(desk.vault.reader())?, &damaged);
        Ok(Self { overview, people, filters, phone_versions, records, shelf })
    }

    /// Records of one class.
    pub fn records_of(&self, wanted: ListRecords) -> RecordList {
        self.records.list(wanted)
    }

    /// Entries and interviews that fit.
    pub fn find(&self, wanted: &FindEntries) -> EntryPage {
        self.shelf.find(wanted)
    }

    /// Every entry as it is now, by participant, day and time of writing.
    pub fn newest(&self) -> impl Iterator<Item = &Row> {
        self.shelf.newest()
    }

    /// Every interview and whose it is, in the order of participants' numbers and days.
    pub fn interviews(&self) -> impl Iterator<Item = (&str, &Transcript)> {
        self.shelf.interviews()
    }

    /// What one person wants to talk about.
    pub fn pack(&self, participant: &str) -> Vec<EntryView> {
        self.shelf.pack(participant)
    }

    /// A voice note, by the name that the page plays it by, and its entry.
    pub fn voice(&self, sound: &str) -> Option<(VoiceRow, EntryId)> {
        self.shelf.voice(sound)
    }

    /// All revisions of an entry, the newest first.
    pub fn versions(&self, wanted: &EntryRef) -> Option<Vec<EntryView>> {
        self.shelf.versions(wanted)
    }
}

/// Six words of each phone's key, as its own first record says it.
fn met_words_of(study: &StudyId, account: &Account<'_>) -> HashMap<DeviceId, String> {
    let devices = account.judged.iter().flat_map(|person| &person.devices);
    let words = devices.filter_map(|device| {
        let key = device.records.iter().find_map(|record| record.seen.genesis.as_ref())?.device_key;
        (DeviceId::of(&key) == device.device).then(|| (device.device, met_words(study, &key).join(" ")))
    });
    words.collect()
}

/// Which version each phone has, as far as what it has sent says it.
fn phone_versions(account: &Account<'_>, phones: &[DeviceReport]) -> Vec<PhoneVersion> {
    let newest = |device| account.people.iter().filter_map(|person| person.documents.get(&device)).max().copied();
    let version = |phone: &DeviceReport| PhoneVersion {
        participant: phone.participant.clone(),
        device: phone.device.to_string(),
        // Entries from before joining name none.
        version: newest(phone.device).filter(|version| *version > 0),
    };
    phones.iter().map(version).collect()
}

impl StudyView {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            title: identity.title().to_owned(),
            id: identity.study.to_string(),
            server: identity.server.host().to_owned(),
            address: identity.server.to_string(),
            version: identity.document.document.version,
        }
    }
}

/// How many of a list are given at once, at most.
const MOST: usize = 200;

pub(super) fn slice<T>(all: &[T], offset: u32, limit: u32) -> &[T] {
    let from = (offset as usize).min(all.len());
    let until = (from + (limit as usize).min(MOST)).min(all.len());
    &all[from..until]
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn place(seq: u64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}
