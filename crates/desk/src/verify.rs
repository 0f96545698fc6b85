//! What can be said of every device.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use waymark_protocol::DeviceId;
use waymark_protocol::proof::State;

use crate::account::Account;
use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::judged::JudgedDevice;
use crate::participants::Labels;

/// What is said of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceReport {
    /// The participant's label.
    pub participant: String,
    /// The device.
    pub device: DeviceId,
    /// See [`waymark_protocol::proof::Verdict::seq`].
    pub seq: u64,
    /// The device's clock at its last checkpoint, RFC 3339 in UTC; none without a checkpoint that is believed.
    pub as_of: Option<String>,
    /// The state of its log.
    pub state: State,
    /// How many parts of shared recordings have not come yet; left out of the JSON when none is missing.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts_missing: u64,
    /// How many records it had, by its own word at that checkpoint, that have not come: not part of the JSON. None where no word of it
    /// counts, or none any more.
    #[serde(skip)]
    pub to_come: Option<u64>,
    /// When the server says that it received the newest record of it, RFC 3339 in UTC: not part of the JSON.
    #[serde(skip)]
    pub received_at: Option<String>,
}

// The signature is the one that serde asks for.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What is said of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Every device of which anything came.
    pub devices: Vec<DeviceReport>,
    /// How many records are in quarantine: not part of the JSON, which `pull` gives.
    #[serde(skip)]
    pub quarantined: usize,
}

impl Report {
    /// What the account says of every device.
    pub fn of(account: &Account<'_>, labels: &Labels) -> Self {
        let mut devices = Vec::new();
        for person in &account.judged {
            let participant = person.participant.map_or_else(|| "unknown".to_owned(), |id| labels.of(&id));
            devices.extend(person.devices.iter().map(|device| DeviceReport {
                participant: participant.clone(),
                device: device.device,
                seq: device.seq,
                as_of: rfc3339(device.as_of),
                state: device.state,
                parts_missing: device.parts_missing,
                to_come: to_come(device),
                received_at: device.records.iter().map(|record| record.stored.received_at).max().and_then(rfc3339),
            }));
        }
        devices.sort_by(|a, b| (&a.participant, a.device).cmp(&(&b.participant, b.device)));
        Self { devices, quarantined: account.totals().quarantined.len() }
    }

    /// Whether somebody must look: something is in quarantine, missing, contradictory or not proven.
    pub fn needs_attention(&self) -> bool {
        self.quarantined > 0 || self.devices.iter().any(|device| is_alarming(device.state))
    }
}

fn to_come(device: &JudgedDevice<'_>) -> Option<u64> {
    let has_word = device.as_of > 0 && !matches!(device.state, State::Unproven | State::Revoked);
    has_word.then_some(device.to_come)
}

/// Whether a state is more than "not all there yet".
pub fn is_alarming(state: State) -> bool {
    match state {
        State::Gap | State::Fork | State::Withheld | State::RolledBack | State::Unproven => true,
        State::Complete | State::Behind | State::Revoked => false,
    }
}

/// Verifies what was collected.
pub fn verify(desk: &Desk) -> Result<Report, CollectionError> {
    let collection = Collection::load(desk.vault.reader())?;
    let labels = Labels::load(desk.vault.reader())?;
    Ok(Report::of(&Account::of(&desk.identity, &desk.keys, &collection), &labels))
}

/// `None` for no time at all, and for one that no calendar has.
pub(crate) fn rfc3339(ms: u64) -> Option<String> {
    let ms = i64::try_from(ms).ok().filter(|ms| *ms > 0)?;
    Some(DateTime::from_timestamp_millis(ms)?.to_rfc3339_opts(SecondsFormat::Secs, true))
}
