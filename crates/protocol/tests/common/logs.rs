//! Logs, and what the desk says of them.

#![allow(dead_code, missing_docs)]

use super::World;
use waymark_protocol::order::{ErasureOrder, Revocation};
use waymark_protocol::proof::{DeviceLog, Ordered, Refusal, Seen, Standing, State, Trust, Verdict, judge};
use waymark_protocol::record::Record;

pub const NOT_IN_CHAIN: Standing = Standing::Refused(Refusal::NotInChain);

/// What the desk holds besides the logs.
#[derive(Default)]
pub struct Orders {
    pub erasures: Vec<ErasureOrder>,
    pub revocations: Vec<Revocation>,
}

impl Orders {
    pub fn revocation(revocation: Revocation) -> Self {
        Self { revocations: vec![revocation], ..Self::default() }
    }
}

pub fn judged(world: &World, logs: &[DeviceLog], orders: &Orders) -> Vec<Verdict> {
    let signing_keys = [world.signing.verifying_key()];
    let trust = Trust {
        study: world.study,
        signing_keys: &signing_keys,
        erasures: &Ordered::of(&world.study, &signing_keys, &orders.erasures),
        revocations: &orders.revocations,
    };
    judge(&trust, &world.participant, logs).0
}

pub fn verdict(world: &World, log: &DeviceLog) -> Verdict {
    judged(world, std::slice::from_ref(log), &Orders::default()).remove(0)
}

pub fn log_of(world: &World, records: &[Record], checkpoints: &[u64]) -> DeviceLog {
    DeviceLog {
        device: records[0].header().device,
        records: records.iter().map(Seen::from).collect(),
        checkpoints: checkpoints.iter().map(|seq| world.checkpoint(&records[*seq as usize - 1])).collect(),
        server_head: None,
    }
}

pub fn says(verdict: &Verdict) -> (State, u64) {
    (verdict.state, verdict.seq)
}

/// Seven records, with checkpoints at 3 and 7.
pub fn seven() -> (World, Vec<Record>, DeviceLog) {
    let mut world = World::new("judge");
    let records = world.log(7);
    let log = log_of(&world, &records, &[3, 7]);
    (world, records, log)
}
