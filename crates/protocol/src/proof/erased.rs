//! What has rightly been destroyed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chain::Chain;
use super::verdict::Standing;
use super::{DeviceLog, Seen, Trust};
use crate::keys::VerifyingKey;
use crate::order::ErasureOrder;
use crate::record::{Kind, Target};
use crate::{DeviceId, StudyId};

/// What the study's signed orders destroy. Each signature is checked once, however many participants are judged.
#[derive(Debug, Clone, Default)]
pub struct Ordered(Arc<BTreeSet<Target>>);

impl Ordered {
    /// The targets of those orders that one of the study's keys has signed.
    pub fn of(study: &StudyId, signing_keys: &[VerifyingKey], orders: &[ErasureOrder]) -> Self {
        let signed = orders.iter().filter(|order| order.verify(study, signing_keys).is_ok());
        Self(Arc::new(signed.map(|order| order.target).collect()))
    }
}

/// Records that a covered erase or a signed order destroys.
#[derive(Debug, Clone, Default)]
pub struct ErasedTargets {
    ordered: Ordered,
    targets: BTreeSet<Target>,
    /// Per device: all entries and notices below this place in its own log, and grants of them.
    all_before: BTreeMap<DeviceId, u64>,
}

impl ErasedTargets {
    pub(super) fn collect(trust: &Trust<'_>, logs: &[DeviceLog], chains: &[Option<Chain>]) -> Self {
        let mut erased = Self { ordered: trust.erasures.clone(), ..Self::default() };
        for (log, chain) in logs.iter().zip(chains) {
            let Some(chain) = chain else { continue };
            for (seen, standing) in log.records.iter().zip(&chain.standings) {
                if seen.header.kind != Kind::Erase || *standing != Standing::Covered {
                    continue;
                }
                match seen.header.target {
                    Some(target) => {
                        erased.targets.insert(target);
                    }
                    None => {
                        let place = erased.all_before.entry(log.device).or_default();
                        *place = (*place).max(seen.header.seq);
                    }
                }
            }
        }
        erased
    }

    /// Whether this record is to be destroyed: it is a target, or a grant of one.
    pub fn contains(&self, seen: &Seen) -> bool {
        let header = &seen.header;
        let itself = Target { device: header.device, seq: header.seq, link: seen.link };
        match header.kind {
            Kind::Grant => header.target.is_some_and(|target| self.names(&target)),
            Kind::Entry | Kind::Notice => self.names(&itself),
            Kind::Own => self.is_target(&itself),
            _ => false,
        }
    }

    fn names(&self, target: &Target) -> bool {
        self.is_target(target) || self.all_before.get(&target.device).is_some_and(|place| target.seq < *place)
    }

    fn is_target(&self, target: &Target) -> bool {
        self.targets.contains(target) || self.ordered.0.contains(target)
    }
}
