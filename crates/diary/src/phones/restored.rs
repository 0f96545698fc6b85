//! The phones that a new phone finds when everything comes back to it.

use std::collections::{BTreeMap, BTreeSet};

use waymark_protocol::api::DeviceState;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::Genesis;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::proof::DeviceLog;
use waymark_protocol::record::wire::FeedItem;
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};
use waymark_vault::Tx;

use super::MAX_PHONES;
use crate::Error;
use crate::reading::believed_key;
use crate::store::{self, PHONE, READING, Reading, STUDY, StoredPhone};

/// What has been read of each phone's log, and the phones that the server shows beside.
#[derive(Default)]
pub(crate) struct Phones {
    /// What came of each phone: its first record, and the checkpoints of records that came.
    logs: BTreeMap<DeviceId, (Option<Genesis>, Vec<Checkpoint>)>,
    /// The last place in the server's order.
    last: u64,
    met: BTreeMap<DeviceId, StoredPhone>,
    reading: Option<Reading>,
}

impl Phones {
    /// The ends of these logs.
    pub fn read(logs: &[DeviceLog], feed: &[FeedItem]) -> Self {
        let log = |log: &DeviceLog| {
            let genesis = log.records.iter().find_map(|seen| seen.genesis.clone());
            let places: BTreeSet<(u64, Hash)> = log.records.iter().map(|seen| (seen.header.seq, seen.link)).collect();
            let named = log.checkpoints.iter().filter(|named| places.contains(&(named.seq, named.link)));
            (log.device, (genesis, named.cloned().collect()))
        };
        let last = feed.last().map_or(0, |item| item.server_seq);
        Self { logs: logs.iter().map(log).collect(), last, ..Self::default() }
    }

    /// The phones that were there when this one came: the person knows of them, and what they wrote until then has been read.
    pub fn meet(
        &mut self,
        state: &DeviceState,
        of: (&StudyId, &ParticipantId),
        recovery_key: &VerifyingKey,
        trusted: &TrustedDocument,
    ) {
        for shown in state.devices.iter().take(MAX_PHONES) {
            let mut phone = StoredPhone::unread(shown.joined_at, true);
            phone.heard_at = shown.heard_at;
            self.met.insert(shown.device, phone);
        }
        // One that came while this one did is in what came, and not in what the server showed before.
        for device in self.logs.keys() {
            if self.met.len() < MAX_PHONES && !self.met.contains_key(device) {
                self.met.insert(*device, StoredPhone::unread(0, true));
            }
        }
        // One phone can vouch for the next: until none is added.
        loop {
            let key_of = |device: &DeviceId| self.met.get(device)?.key;
            let unproven = self.met.iter().filter(|(_, phone)| phone.key.is_none());
            let believed: Vec<(DeviceId, VerifyingKey)> = unproven
                .filter_map(|(device, _)| {
                    let genesis = self.logs.get(device)?.0.as_ref()?;
                    Some((*device, believed_key(genesis, device, of, recovery_key, trusted, key_of)?))
                })
                .collect();
            if believed.is_empty() {
                break;
            }
            for (device, key) in believed {
                self.met.entry(device).and_modify(|phone| phone.key = Some(key));
            }
        }
        // What came has been read as far as a phone has signed for it.
        for (device, phone) in &mut self.met {
            let (Some(key), Some((_, named))) = (phone.key, self.logs.get(device)) else { continue };
            let signed = named.iter().filter(|checkpoint| checkpoint.verify(&key).is_ok());
            if let Some(last) = signed.max_by_key(|checkpoint| checkpoint.seq) {
                (phone.read, phone.link) = (last.seq, last.link);
            }
        }
        self.reading = Some(Reading::new(state.epoch, self.last));
    }

    /// Writes them down.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for (device, phone) in &self.met {
            store::put(tx, PHONE, &device.0, phone)?;
        }
        match &self.reading {
            Some(reading) => store::put(tx, READING, STUDY, reading),
            None => Ok(()),
        }
    }
}
