//! From proofs to a statement. No key and no data is needed.

use std::collections::{BTreeMap, BTreeSet};

use waymark_protocol::api::Orders;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::order::ErasureOrder;
use waymark_protocol::proof::{
    DeviceLog, ErasedTargets, Ordered, Refusal, Seen, Standing, State, Trust, Verdict, judge,
};
use waymark_protocol::record::wire::{self, RawItem};
use waymark_protocol::record::{Kind, Record, Target, Tombstone};
use waymark_protocol::{DeviceId, ParticipantId, StudyId};

use super::records::{Fate, Records};
use super::{By, Counts, Device, Erasure, Log, Proof, Quarantined, Statement};
use crate::collection::one_item;
use crate::reason::Reason;
use crate::verify::rfc3339;

/// Why the proofs cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Something is no feed item, or not of the kind that stands there.
    #[error("what stands as a proof of device {0} is none")]
    Malformed(DeviceId),
    /// A record of another device.
    #[error("a record of another device stands under device {0}")]
    Foreign(DeviceId),
    /// A record with its contents: a certificate holds nothing that anybody wrote.
    #[error("a record of device {0} stands there with its contents, which no certificate has")]
    Contents(DeviceId),
    /// The same device twice.
    #[error("device {0} stands there twice")]
    Twice(DeviceId),
}

/// What the proofs say, in sum and record by record.
pub struct Proven {
    pub statement: Statement,
    pub records: Records,
}

/// What the proofs say, believing nobody but the study's number and the phones' signatures.
pub fn prove(study: StudyId, trusted: &TrustedDocument, orders: &Orders, logs: &[Log]) -> Result<Proven, ProofError> {
    let mut people: BTreeMap<ParticipantId, Vec<DeviceLog>> = BTreeMap::new();
    let mut nameless = Vec::new();
    let mut known = BTreeSet::new();
    for log in logs {
        if !known.insert(log.device) {
            return Err(ProofError::Twice(log.device));
        }
        let checkpoints = checkpoints(log)?;
        let mut groups: BTreeMap<ParticipantId, Vec<Seen>> = BTreeMap::new();
        for proof in &log.records {
            let seen = read(log.device, proof)?;
            groups.entry(seen.header.participant).or_default().push(seen);
        }
        if groups.is_empty() {
            nameless.push(log.device);
        }
        for (participant, records) in groups {
            let (device, server_head) = (log.device, log.server_head);
            let checkpoints = checkpoints.clone();
            people.entry(participant).or_default().push(DeviceLog { device, records, checkpoints, server_head });
        }
    }
    let keys = &trusted.signing_keys;
    let trust = Trust {
        study,
        signing_keys: keys,
        erasures: &Ordered::of(&study, keys, &orders.erasures),
        revocations: &orders.revocations,
    };
    let ordered: Vec<&ErasureOrder> =
        orders.erasures.iter().filter(|order| order.verify(&study, keys).is_ok()).collect();
    let (mut statement, mut records) = (Statement::default(), Records::default());
    for (participant, logs) in &people {
        let (verdicts, erased) = judge(&trust, participant, logs);
        let person =
            Person { participant: *participant, logs, verdicts: &verdicts, erased: &erased, ordered: &ordered };
        person.tell(&mut statement);
        person.note(&mut records);
    }
    statement.devices.extend(nameless.into_iter().map(|device| Device {
        participant: None,
        device,
        state: State::Unproven,
        seq: 0,
        as_of: None,
    }));
    known.into_iter().for_each(|device| records.know(device));
    Ok(Proven { statement, records })
}

fn checkpoints(log: &Log) -> Result<Vec<Checkpoint>, ProofError> {
    let malformed = || ProofError::Malformed(log.device);
    let items = wire::read_feed(&log.checkpoints.0).map_err(|_| malformed())?;
    let checkpoints = items.into_iter().map(|item| match item.item {
        RawItem::Checkpoint(checkpoint) if checkpoint.device == log.device => Ok(*checkpoint),
        RawItem::Checkpoint(_) => Err(ProofError::Foreign(log.device)),
        _ => Err(malformed()),
    });
    checkpoints.collect()
}

fn read(device: DeviceId, proof: &Proof) -> Result<Seen, ProofError> {
    let malformed = || ProofError::Malformed(device);
    let item = one_item(&proof.item.0).ok_or_else(malformed)?;
    let seen = match item.item {
        RawItem::Record(header, slots, body) => {
            let record = Record::parse(header, slots, body).map_err(|_| malformed())?;
            if record.header().kind != Kind::Genesis {
                return Err(ProofError::Contents(device));
            }
            Seen { whole: proof.whole, ..Seen::from(&record) }
        }
        RawItem::Tombstone(header, slots, body) => {
            let tombstone = Tombstone::parse(header, slots, body).map_err(|_| malformed())?;
            Seen { whole: proof.whole, ..Seen::from(&tombstone) }
        }
        RawItem::Checkpoint(_) => return Err(malformed()),
    };
    if seen.header.device == device { Ok(seen) } else { Err(ProofError::Foreign(device)) }
}

fn target(seen: &Seen) -> Target {
    Target { device: seen.header.device, seq: seen.header.seq, link: seen.link }
}

/// One participant, judged.
struct Person<'a> {
    participant: ParticipantId,
    logs: &'a [DeviceLog],
    verdicts: &'a [Verdict],
    erased: &'a ErasedTargets,
    ordered: &'a [&'a ErasureOrder],
}

impl Person<'_> {
    /// Record by record, and which entries grants have shared.
    fn note(&self, records: &mut Records) {
        let (mut entries, mut granted) = (BTreeSet::new(), Vec::new());
        for (log, verdict) in self.logs.iter().zip(self.verdicts) {
            for (seen, standing) in log.records.iter().zip(&verdict.standings) {
                let fate = match standing {
                    Standing::Covered if self.erased.contains(seen) => Fate::Erased,
                    Standing::Covered if seen.whole => Fate::Here,
                    Standing::Covered => Fate::Missing,
                    Standing::Waiting | Standing::Refused(_) => Fate::NotProven,
                };
                match seen.header.kind {
                    Kind::Entry if fate == Fate::Here => drop(entries.insert(target(seen))),
                    Kind::Grant if fate == Fate::Here => granted.extend(seen.header.target),
                    _ => {}
                }
                records.note(seen, fate);
            }
        }
        records.share(granted.into_iter().filter(|target| entries.contains(target)));
    }

    fn tell(&self, statement: &mut Statement) {
        for (log, verdict) in self.logs.iter().zip(self.verdicts) {
            let Verdict { state, seq, as_of, standings, .. } = verdict;
            statement.devices.push(Device {
                participant: Some(self.participant),
                device: log.device,
                state: *state,
                seq: *seq,
                as_of: rfc3339(*as_of),
            });
            for (seen, standing) in log.records.iter().zip(standings) {
                self.tell_record(seen, *standing, statement);
            }
        }
    }

    fn tell_record(&self, seen: &Seen, standing: Standing, statement: &mut Statement) {
        let Counts { received, covered, erased, waiting, quarantined } = &mut statement.counts;
        *received += 1;
        let (device, seq) = (seen.header.device, seen.header.seq);
        match standing {
            Standing::Covered if self.erased.contains(seen) => {
                *erased += 1;
                if seen.header.kind.is_erasable() {
                    let (by, at) = self.who_and_when(seen);
                    statement.erasures.push(Erasure { device, seq, by, at: at.and_then(rfc3339) });
                }
            }
            Standing::Covered => *covered += 1,
            Standing::Waiting => *waiting += 1,
            Standing::Refused(refusal) => {
                *quarantined += 1;
                let reason = match refusal {
                    Refusal::DeviceNotProven => Reason::NotProven,
                    Refusal::NotInChain => Reason::NotInChain,
                };
                statement.quarantined.push(Quarantined { device, seq, reason: reason.to_string() });
            }
        }
    }

    /// The writer's word goes before an order; of several, the one that was first vouched for.
    fn who_and_when(&self, seen: &Seen) -> (By, Option<u64>) {
        let target = target(seen);
        let records = self.logs.iter().zip(self.verdicts).flat_map(|(log, verdict)| {
            log.records.iter().zip(&verdict.standings).map(move |(record, standing)| (log, record, *standing))
        });
        let erases = records.filter(|(log, record, standing)| {
            let header = &record.header;
            let named = match header.target {
                Some(named) => named == target,
                None => log.device == target.device && header.seq > target.seq && seen.header.kind != Kind::Own,
            };
            header.kind == Kind::Erase && *standing == Standing::Covered && named
        });
        let vouched = erases.map(|(log, record, _)| vouched_at(log, record.header.seq)).min();
        match vouched {
            Some(at) => (By::Writer, Some(at)),
            None => {
                (By::Study, self.ordered.iter().filter(|order| order.target == target).map(|order| order.time).min())
            }
        }
    }
}

/// The device's clock at the first checkpoint that reaches so far; it has signed each.
fn vouched_at(log: &DeviceLog, seq: u64) -> u64 {
    let reaching = log.checkpoints.iter().filter(|checkpoint| checkpoint.seq >= seq);
    reaching.min_by_key(|checkpoint| (checkpoint.seq, checkpoint.device_time)).map_or(0, |first| first.device_time)
}
