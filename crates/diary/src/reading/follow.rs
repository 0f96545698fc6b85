//! Following the other phones' logs forwards, from where they were read to.

use std::collections::BTreeMap;

use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{Genesis, GenesisProof};
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::proof::Seen;
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Kind, Record, Tombstone};
use waymark_protocol::{DeviceId, ParticipantId, StudyId};

use crate::Error;
use crate::phones::MAX_PHONES;
use crate::store::{Identity, Membership, StoredPhone};

/// A record, or what is left of it.
type Link = (Seen, Option<Record>);

/// Reads a page.
pub(super) struct Follower<'d> {
    study: StudyId,
    participant: ParticipantId,
    own: DeviceId,
    recovery_key: VerifyingKey,
    trusted: &'d TrustedDocument,
    /// The phones, with how far each has been read by now.
    pub phones: BTreeMap<DeviceId, StoredPhone>,
    /// Per phone: records that follow each other, and that no checkpoint has covered yet.
    waiting: BTreeMap<DeviceId, Vec<Link>>,
    /// The last place in the feed below which nothing waits.
    pub settled: Option<u64>,
    /// What is covered, in the order in which it came.
    pub covered: Vec<(Seen, Record)>,
    /// How many records the server did not give, or gave changed.
    pub missing: usize,
}

impl<'d> Follower<'d> {
    pub fn new(
        membership: &Membership,
        identity: &Identity,
        trusted: &'d TrustedDocument,
        phones: &BTreeMap<DeviceId, StoredPhone>,
    ) -> Result<Self, Error> {
        let own = membership.device()?;
        Ok(Self {
            study: membership.study,
            participant: membership.participant,
            own,
            recovery_key: identity.recovery_key,
            trusted,
            phones: phones.clone(),
            waiting: BTreeMap::new(),
            settled: None,
            covered: Vec::new(),
            missing: 0,
        })
    }

    /// Takes the next item of the feed.
    pub fn take(&mut self, item: &FeedItem) {
        match &item.item {
            RawItem::Record(header, slots, body) => match Record::parse(header.clone(), slots.clone(), body.clone()) {
                Ok(record) => self.take_record((Seen::from(&record), Some(record)), item.received_at),
                Err(_) => self.missing += 1,
            },
            RawItem::Tombstone(header, slots_hash, body_hash) => {
                match Tombstone::parse(header.clone(), *slots_hash, *body_hash) {
                    Ok(tombstone) => {
                        // Nothing erases another kind: its body was kept back.
                        self.missing += usize::from(!can_be_erased(tombstone.header().kind));
                        self.take_record((Seen::from(&tombstone), None), item.received_at);
                    }
                    Err(_) => self.missing += 1,
                }
            }
            RawItem::Checkpoint(checkpoint) => self.take_checkpoint(checkpoint),
        }
        if self.waiting.is_empty() {
            self.settled = Some(item.server_seq);
        }
    }

    fn take_record(&mut self, link: Link, received_at: u64) {
        let header = &link.0.header;
        let (device, seq) = (header.device, header.seq);
        if (header.study, header.participant) != (self.study, self.participant) || device == self.own {
            return;
        }
        if !self.phones.contains_key(&device) {
            if self.phones.len() >= MAX_PHONES {
                return;
            }
            self.phones.insert(device, StoredPhone::unread(received_at, false));
        }
        let phone = &self.phones[&device];
        if seq <= phone.read || seq > phone.readable(u64::MAX) {
            // One that stands where another was read is not the record that it was.
            self.missing += usize::from(seq == phone.read && link.0.link != phone.link);
            return;
        }
        let stopped_here = phone.stopped.filter(|stopped| (stopped.seq, stopped.link) == (seq, link.0.link));
        let waiting = self.waiting.entry(device).or_default();
        let follows =
            |before: &Link| before.0.header.seq.checked_add(1) == Some(seq) && before.0.link == link.0.header.prev;
        if !waiting.last().is_none_or(follows) {
            // Nothing joins these to a checkpoint any more.
            self.missing += waiting.len();
            waiting.clear();
        }
        waiting.push(link);
        // Whoever stopped a phone has signed for the last record that counts.
        if stopped_here.is_some() {
            self.cover(device);
        }
    }

    fn take_checkpoint(&mut self, checkpoint: &Checkpoint) {
        let device = checkpoint.device;
        let Some((last, _)) = self.waiting.get(&device).and_then(|waiting| waiting.last()) else { return };
        let covers =
            checkpoint.study == self.study && (last.header.seq, last.link) == (checkpoint.seq, checkpoint.link);
        let signed = |key: VerifyingKey| checkpoint.verify(&key).is_ok();
        if covers && self.key_of(&device).is_none_or(signed) {
            self.cover(device);
        }
    }

    /// The phone's key: known, or in the first record that is being read.
    fn key_of(&self, device: &DeviceId) -> Option<VerifyingKey> {
        self.phones.get(device).and_then(|phone| phone.key).or_else(|| {
            let (first, _) = self.waiting.get(device)?.first()?;
            let genesis = first.genesis.as_ref()?;
            let keys = |old: &DeviceId| self.phones.get(old).filter(|old| old.stopped.is_none())?.key;
            believed_key(genesis, device, (&self.study, &self.participant), &self.recovery_key, self.trusted, keys)
        })
    }

    /// What waits of a phone is covered. One that nothing vouches for stays unread, and is missing.
    fn cover(&mut self, device: DeviceId) {
        let key = self.key_of(&device);
        let waiting = self.waiting.remove(&device).unwrap_or_default();
        if key.is_none() {
            self.missing += waiting.len();
            return;
        }
        let (Some((first, _)), Some((last, _))) = (waiting.first(), waiting.last()) else { return };
        let Some(phone) = self.phones.get_mut(&device) else { return };
        let joined = (first.header.seq, first.header.prev) == (phone.read + 1, phone.link);
        self.missing += usize::from(!joined);
        (phone.read, phone.link, phone.key) = (last.header.seq, last.link, key);
        let whole = waiting.into_iter().filter_map(|(seen, record)| Some((seen, record?)));
        self.covered.extend(whole);
    }
}

/// Whether an erasure can leave a tombstone of such a record: of what an erasure names, and of grants of that.
fn can_be_erased(kind: Kind) -> bool {
    matches!(kind, Kind::Entry | Kind::Notice | Kind::Own | Kind::Grant)
}

/// The key of the phone whose first record this is, if it is the same person's: its recovery key is theirs, and an invitation,
/// that key itself, or a phone that is believed already vouches for it.
pub(crate) fn believed_key(
    genesis: &Genesis,
    device: &DeviceId,
    (study, participant): (&StudyId, &ParticipantId),
    recovery_key: &VerifyingKey,
    trusted: &TrustedDocument,
    key_of: impl Fn(&DeviceId) -> Option<VerifyingKey>,
) -> Option<VerifyingKey> {
    if DeviceId::of(&genesis.device_key) != *device || genesis.recovery_key != *recovery_key {
        return None;
    }
    let vouched = match &genesis.proof {
        GenesisProof::Invitation { .. } => genesis.verify_invitation(study, participant, &trusted.signing_keys),
        GenesisProof::Recovery { .. } => genesis.verify_recovery(study, participant),
        GenesisProof::Succession { old, .. } => genesis.verify_succession(study, participant, &key_of(old)?),
    };
    vouched.ok().map(|()| genesis.device_key)
}
