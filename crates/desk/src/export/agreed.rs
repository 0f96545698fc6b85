//! What people have agreed to: a table for the archive, and what cases are told of. Every answer that was given stands in the table, for an entry was
//! shared under what held then; a case has the answers that were given last.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use chrono::{DateTime, NaiveDate};
use waymark_protocol::content::Consent;
use waymark_protocol::study::Plan;

use super::csv::write_row;
use crate::account::Account;
use crate::participants::Labels;

/// The columns of the table, each with its type and what it means.
pub(super) const COLUMNS: [(&str, &str, &str); 6] = [
    ("participant", "text", "How the study calls the participant."),
    ("item", "id", "The item that was asked. Its words are in study/version-N.json."),
    ("answer", "choice", "What they answered."),
    ("document_version", "number", "The version of the study's document that was shown: N of study/version-N.json."),
    ("agreed_at", "date and time", "When they answered, by the phone's clock, with its offset from UTC."),
    ("latest", "choice", "Whether they have answered no later than this."),
];

/// The one that is otherwise in copies.
pub(super) const AGREED_AT_OF_COPIES: (&str, &str, &str) =
    ("agreed_at", "date", "On which day they answered, by the phone's clock.");

/// What can stand in the columns that have a choice.
pub(super) const CHOICE: &str = "yes; no";

/// All answers, by the participant's label, the oldest first.
pub(crate) struct Agreed(BTreeMap<String, Vec<Consent>>);

impl Agreed {
    pub fn of(account: &Account<'_>, labels: &Labels) -> Self {
        let mut agreed: BTreeMap<String, Vec<Consent>> = BTreeMap::new();
        for person in &account.people {
            let Some(participant) = person.participant.filter(|_| !person.consents.is_empty()) else { continue };
            agreed.entry(labels.of(&participant)).or_default().extend(person.consents.iter().cloned());
        }
        agreed.values_mut().for_each(|consents| consents.sort_by_key(at));
        Self(agreed)
    }

    /// Makes copies of them: under the labels of copies, and with the day alone.
    pub fn copy(&mut self, labels: &BTreeMap<String, String>) {
        for (participant, mut consents) in std::mem::take(&mut self.0) {
            for consent in &mut consents {
                consent.agreed_at = day(consent).map(|day| day.to_string()).unwrap_or_default();
            }
            self.0.insert(labels[&participant].clone(), consents);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a person answered last.
    pub fn latest(&self, participant: &str) -> Option<&Consent> {
        self.0.get(participant)?.last()
    }

    /// The items that the latest answers of these people are about: the study's in their order, then others.
    pub fn items<'p>(&self, participants: impl Iterator<Item = &'p str>, plan: &Plan) -> Vec<String> {
        let latest = participants.filter_map(|participant| self.latest(participant));
        let answered: BTreeSet<&String> =
            latest.flat_map(|consent| &consent.answers).map(|answer| &answer.item).collect();
        let own: Vec<String> =
            plan.consent.iter().map(|item| item.id.clone()).filter(|id| answered.contains(id)).collect();
        let others: Vec<String> = answered.into_iter().filter(|id| !own.contains(id)).cloned().collect();
        [own, others].concat()
    }

    /// The table.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_row(out, COLUMNS.iter().map(|(name, ..)| (*name).to_owned()))?;
        for (participant, consents) in &self.0 {
            for (nth, consent) in consents.iter().enumerate() {
                for answer in &consent.answers {
                    let row = [
                        participant.clone(),
                        answer.item.clone(),
                        said(answer.agreed).to_owned(),
                        consent.document_version.to_string(),
                        consent.agreed_at.clone(),
                        said(nth + 1 == consents.len()).to_owned(),
                    ];
                    write_row(out, row.into_iter())?;
                }
            }
        }
        Ok(())
    }
}

/// The day on which it was answered, by the phone's clock.
pub(super) fn day(consent: &Consent) -> Option<NaiveDate> {
    // Copies have the day alone.
    consent.agreed_at.get(..10)?.parse().ok()
}

pub(super) fn said(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn at(consent: &Consent) -> Option<DateTime<chrono::FixedOffset>> {
    DateTime::parse_from_rfc3339(&consent.agreed_at).ok()
}
