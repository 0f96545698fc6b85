//! The collection with a verdict on every device and every record ([`waymark_protocol::proof`]).
//!
//! Records are grouped by the participant and the device that their headers claim. A record that claims another
//! participant than its device has belongs to a group of its own, for which there is no proof.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::order::Revocation;
use waymark_protocol::proof::{
    DeviceLog, ErasedTargets, Ordered, Seen, Standing, State, Trust, Verdict, judge, revocations,
};
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, ParticipantId};

use crate::collection::{Collection, Held, Stored};
use crate::desk::Identity;

/// One record, and how it stands.
#[derive(Debug)]
pub struct JudgedRecord<'c> {
    /// Its name.
    pub target: &'c Target,
    /// What is there of it.
    pub stored: &'c Stored,
    /// What a proof needs of it.
    pub seen: Seen,
    /// How it stands.
    pub standing: Standing,
}

/// One device's log.
#[derive(Debug)]
pub struct JudgedDevice<'c> {
    /// The device.
    pub device: DeviceId,
    /// The state of its log.
    pub state: State,
    /// See [`Verdict::seq`].
    pub seq: u64,
    /// See [`Verdict::as_of`].
    pub as_of: u64,
    /// How many records it had, by its own word at that checkpoint, that have not come.
    pub to_come: u64,
    /// How many parts of its shared recordings have not come; known once entries are opened.
    pub parts_missing: u64,
    /// Its records.
    pub records: Vec<JudgedRecord<'c>>,
}

/// All that claims to be of one participant.
#[derive(Debug)]
pub struct JudgedPerson<'c> {
    /// The participant; none for devices of which nothing but checkpoints came.
    pub participant: Option<ParticipantId>,
    /// The devices.
    pub devices: Vec<JudgedDevice<'c>>,
    /// What has rightly been destroyed, or is to be.
    pub erased: ErasedTargets,
    /// The revocations that hold, one for each revoked device.
    pub revoked: Vec<Revocation>,
}

impl<'c> JudgedPerson<'c> {
    /// The records of all devices.
    pub fn records(&self) -> impl Iterator<Item = &JudgedRecord<'c>> {
        self.devices.iter().flat_map(|device| &device.records)
    }
}

/// A device's records with their names.
type Log<'c> = Vec<(&'c Target, &'c Stored)>;

/// Judges everything that was received.
pub fn judge_all<'c>(identity: &Identity, collection: &'c Collection) -> Vec<JudgedPerson<'c>> {
    let mut checkpoints: BTreeMap<DeviceId, Vec<Checkpoint>> = BTreeMap::new();
    for checkpoint in collection.checkpoints() {
        checkpoints.entry(checkpoint.device).or_default().push(checkpoint.clone());
    }
    let mut people: BTreeMap<ParticipantId, BTreeMap<DeviceId, Log<'_>>> = BTreeMap::new();
    for (target, stored) in collection.records() {
        let devices = people.entry(stored.header().participant).or_default();
        devices.entry(target.device).or_default().push((target, stored));
    }
    let trust = Trust {
        study: identity.study,
        signing_keys: &identity.document.signing_keys,
        erasures: &Ordered::of(&identity.study, &identity.document.signing_keys, collection.erasures()),
        revocations: collection.revocations(),
    };
    let known: Vec<DeviceId> = people.values().flat_map(BTreeMap::keys).copied().collect();
    let people: Vec<_> = people.into_iter().collect();
    let mut judged: Vec<JudgedPerson<'c>> = people
        .into_par_iter()
        .map(|(participant, devices)| judge_person(&trust, participant, devices, &checkpoints, collection))
        .collect();
    let nameless: Vec<_> = checkpoints.keys().filter(|device| !known.contains(device)).collect();
    if !nameless.is_empty() {
        let devices = nameless.into_iter().map(|device| JudgedDevice {
            device: *device,
            state: State::Unproven,
            seq: 0,
            as_of: 0,
            to_come: 0,
            parts_missing: 0,
            records: Vec::new(),
        });
        let devices = devices.collect();
        let erased = ErasedTargets::default();
        judged.push(JudgedPerson { participant: None, devices, erased, revoked: Vec::new() });
    }
    judged
}

fn judge_person<'c>(
    trust: &Trust<'_>,
    participant: ParticipantId,
    devices: BTreeMap<DeviceId, Log<'c>>,
    checkpoints: &BTreeMap<DeviceId, Vec<Checkpoint>>,
    collection: &Collection,
) -> JudgedPerson<'c> {
    let logs: Vec<DeviceLog> = devices
        .iter()
        .map(|(device, records)| DeviceLog {
            device: *device,
            records: records.par_iter().map(|(target, stored)| seen(target, stored)).collect(),
            checkpoints: checkpoints.get(device).cloned().unwrap_or_default(),
            server_head: collection.head(device),
        })
        .collect();
    let concerned = trust.revocations.iter().any(|revocation| logs.iter().any(|log| log.device == revocation.device));
    let revoked = if concerned { revocations(trust, &participant, &logs) } else { Vec::new() };
    let (verdicts, erased) = judge(trust, &participant, &logs);
    let devices = devices.into_values().zip(logs).zip(verdicts);
    let devices = devices.map(|((records, log), verdict)| {
        let to_come = to_come(&log, &verdict);
        let Verdict { state, seq, as_of, standings, .. } = verdict;
        let records = records.into_iter().zip(log.records).zip(standings);
        let records = records
            .map(|(((target, stored), seen), standing)| JudgedRecord { target, stored, seen, standing })
            .collect();
        JudgedDevice { device: log.device, state, seq, as_of, to_come, parts_missing: 0, records }
    });
    JudgedPerson { participant: Some(participant), devices: devices.collect(), erased, revoked }
}

/// What a device had by its own word and has not come, here or without a checkpoint yet.
fn to_come(log: &DeviceLog, verdict: &Verdict) -> u64 {
    let beyond = verdict.through.saturating_add(1)..=verdict.local_head;
    let standings = log.records.iter().zip(&verdict.standings);
    let waiting = standings.filter(|(_, standing)| **standing == Standing::Waiting);
    let here: BTreeSet<u64> = waiting.map(|(seen, _)| seen.header.seq).filter(|seq| beyond.contains(seq)).collect();
    verdict.local_head.saturating_sub(verdict.through).saturating_sub(here.len() as u64)
}

/// The link is not computed again: it is the record's name, and was computed from its bytes when it came out of the vault.
fn seen(target: &Target, stored: &Stored) -> Seen {
    match &stored.held {
        Held::Whole(record) if target.seq == 1 => Seen::from(&**record),
        held => Seen {
            header: stored.header().clone(),
            link: target.link,
            whole: matches!(held, Held::Whole(_)),
            genesis: None,
        },
    }
}
