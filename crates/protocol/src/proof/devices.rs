//! Which devices belong to the participant.

use std::collections::{BTreeMap, BTreeSet};

use super::{DeviceLog, Trust};
use crate::genesis::{Genesis, GenesisProof};
use crate::keys::VerifyingKey;
use crate::order::Revocation;
use crate::{DeviceId, Hash, ParticipantId};

/// A device whose genesis is believed.
#[derive(Debug, Clone)]
pub(super) struct Proven {
    pub key: VerifyingKey,
    /// The geneses that are believed: one, unless someone added copies of it. The device's own chain says which is its own.
    pub geneses: BTreeSet<Hash>,
    /// The last record that counts, if the device was revoked.
    pub revoked: Option<Revocation>,
    recovery_key: VerifyingKey,
}

struct Candidate<'a> {
    device: DeviceId,
    link: Hash,
    genesis: &'a Genesis,
}

/// Device and recovery keys that were proven by an invitation, by its enrol key.
type Invited = BTreeMap<VerifyingKey, BTreeSet<(VerifyingKey, VerifyingKey)>>;

/// Believes invitations first, then what proven devices and their recovery keys vouch for, until nothing is added.
pub(super) fn proven(trust: &Trust<'_>, participant: &ParticipantId, logs: &[DeviceLog]) -> BTreeMap<DeviceId, Proven> {
    let mut waiting = candidates(trust, participant, logs);
    let invited = invited(trust, participant, &waiting);
    let mut proven = BTreeMap::new();
    loop {
        let before = waiting.len();
        waiting.retain(|candidate| {
            let believed = believed(trust, participant, candidate.genesis, &invited, &proven);
            if believed {
                believe(&mut proven, candidate);
            }
            !believed
        });
        if waiting.len() == before {
            break;
        }
    }
    revoke(trust, &mut proven);
    proven
}

fn candidates<'a>(trust: &Trust<'_>, participant: &ParticipantId, logs: &'a [DeviceLog]) -> Vec<Candidate<'a>> {
    logs.iter()
        .flat_map(|log| log.records.iter().map(move |seen| (log.device, seen)))
        .filter(|(device, seen)| {
            let header = &seen.header;
            header.study == trust.study && header.participant == *participant && header.device == *device
        })
        .filter_map(|(device, seen)| Some(Candidate { device, link: seen.link, genesis: seen.genesis.as_ref()? }))
        .filter(|candidate| DeviceId::of(&candidate.genesis.device_key) == candidate.device)
        .collect()
}

fn invited(trust: &Trust<'_>, participant: &ParticipantId, candidates: &[Candidate<'_>]) -> Invited {
    let mut invited = Invited::new();
    for Candidate { genesis, .. } in candidates {
        if let GenesisProof::Invitation { certificate, .. } = &genesis.proof
            && genesis.verify_invitation(&trust.study, participant, trust.signing_keys).is_ok()
        {
            invited.entry(certificate.enrol_key).or_default().insert((genesis.device_key, genesis.recovery_key));
        }
    }
    invited
}

fn believed(
    trust: &Trust<'_>,
    participant: &ParticipantId,
    genesis: &Genesis,
    invited: &Invited,
    proven: &BTreeMap<DeviceId, Proven>,
) -> bool {
    match &genesis.proof {
        GenesisProof::Invitation { certificate, .. } => {
            let mine = (genesis.device_key, genesis.recovery_key);
            let alone = |all: &BTreeSet<(VerifyingKey, VerifyingKey)>| {
                all.contains(&mine)
                    && all.iter().all(|other| {
                        *other == mine || (other.0 != mine.0 && struck_out(trust, &DeviceId::of(&other.0)))
                    })
            };
            invited.get(&certificate.enrol_key).is_some_and(alone)
                && genesis.verify_invitation(&trust.study, participant, trust.signing_keys).is_ok()
        }
        GenesisProof::Recovery { .. } => {
            proven.values().any(|known| known.recovery_key == genesis.recovery_key)
                && genesis.verify_recovery(&trust.study, participant).is_ok()
        }
        GenesisProof::Succession { old, .. } => proven.get(old).is_some_and(|known| {
            known.recovery_key == genesis.recovery_key
                && genesis.verify_succession(&trust.study, participant, &known.key).is_ok()
                && trust
                    .revocations
                    .iter()
                    .all(|revocation| revocation.device != *old || !signed(trust, revocation, &known.recovery_key))
        }),
    }
}

fn believe(proven: &mut BTreeMap<DeviceId, Proven>, candidate: &Candidate<'_>) {
    let Candidate { device, link, genesis } = candidate;
    let known = proven.entry(*device).or_insert_with(|| Proven {
        key: genesis.device_key,
        geneses: BTreeSet::new(),
        revoked: None,
        recovery_key: genesis.recovery_key,
    });
    if (known.key, known.recovery_key) == (genesis.device_key, genesis.recovery_key) {
        known.geneses.insert(*link);
    }
}

/// Whether the study says that nothing of this device counts: so a researcher decides between two devices that hold one
/// invitation. A device that is revoked at a later place was the participant's, and its invitation stays used.
fn struck_out(trust: &Trust<'_>, device: &DeviceId) -> bool {
    trust.revocations.iter().any(|revocation| {
        revocation.device == *device
            && revocation.seq == 0
            && revocation.verify(&trust.study, trust.signing_keys).is_ok()
    })
}

/// A revocation counts when the study or the device's own recovery key has signed it.
fn signed(trust: &Trust<'_>, revocation: &Revocation, recovery_key: &VerifyingKey) -> bool {
    revocation.verify(&trust.study, trust.signing_keys).is_ok()
        || revocation.verify(&trust.study, std::slice::from_ref(recovery_key)).is_ok()
}

/// Of several revocations of one device the lowest place holds, and of two for one place the one with the lower link: it does not hang
/// on the order in which a server hands them out.
fn revoke(trust: &Trust<'_>, proven: &mut BTreeMap<DeviceId, Proven>) {
    for (id, device) in proven {
        let holds =
            |revocation: &&Revocation| revocation.device == *id && signed(trust, revocation, &device.recovery_key);
        let lowest = trust.revocations.iter().filter(holds).min_by_key(|revocation| (revocation.seq, revocation.link));
        device.revoked = lowest.cloned();
    }
}
