//! Who takes part, as the desk knows it: label, number, phones, and how the newest invitation stands.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;
use waymark_protocol::ParticipantId;
use waymark_protocol::proof::State;

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::invite::has_joined;
use crate::judged::{JudgedPerson, judge_all};
use crate::participants::{self, Made, Revoked};
use crate::verify::rfc3339;

/// One participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The label, which the server never gets.
    pub participant: String,
    /// The number, by which the server knows them.
    pub number: ParticipantId,
    /// How many proven phones of theirs were collected.
    pub phones: usize,
    /// How their newest invitation stands.
    pub invitation: Invitation,
    /// Until when that invitation is good, RFC 3339 in UTC.
    pub until: Option<String>,
}

/// How an invitation stands, as far as the desk knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Invitation {
    /// The server has not got it: `invite` sends it.
    NotSent,
    /// Nobody has joined with it, as far as was collected.
    Open,
    /// A collected phone has joined with it.
    Used,
    /// It has expired.
    Expired,
    /// It was revoked.
    Revoked,
    /// It was revoked here, and the server has not heard of it: `revoke` tells it.
    RevocationNotSent,
}

/// Everybody, by label.
///
/// # Errors
///
/// The desk's file cannot be read.
pub fn people(desk: &Desk, now_ms: u64) -> Result<Vec<Person>, CollectionError> {
    let collection = Collection::load(desk.vault.reader())?;
    of(desk, &collection, &judge_all(&desk.identity, &collection), now_ms)
}

/// The same, of what was judged already.
pub(crate) fn of(
    desk: &Desk,
    collection: &Collection,
    judged: &[JudgedPerson<'_>],
    now_ms: u64,
) -> Result<Vec<Person>, CollectionError> {
    let mut phones: BTreeMap<ParticipantId, usize> = BTreeMap::new();
    for person in judged {
        let Some(participant) = person.participant else { continue };
        phones.insert(participant, person.devices.iter().filter(|device| device.state != State::Unproven).count());
    }
    let mut people: Vec<Person> = participants::load(desk.vault.reader())?
        .into_iter()
        .filter_map(|(number, participant)| {
            let newest = participant.invitations.last()?;
            let used = has_joined(desk, collection, &number, &newest.certificate.enrol_key);
            Some(Person {
                number,
                phones: phones.get(&number).copied().unwrap_or_default(),
                invitation: stands(newest, used, now_ms),
                until: rfc3339(newest.certificate.expires_at),
                participant: participant.label,
            })
        })
        .collect();
    people.sort_by(|a, b| (&a.participant, a.number).cmp(&(&b.participant, b.number)));
    Ok(people)
}

fn stands(made: &Made, used: bool, now_ms: u64) -> Invitation {
    match made.revoked {
        _ if used => Invitation::Used,
        Some(Revoked { sent: true, .. }) => Invitation::Revoked,
        Some(Revoked { sent: false, .. }) => Invitation::RevocationNotSent,
        None if made.certificate.expires_at <= now_ms => Invitation::Expired,
        None if !made.sent => Invitation::NotSent,
        None => Invitation::Open,
    }
}
