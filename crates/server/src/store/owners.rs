//! Whose a recovery key is. Joining proves no possession of it, so somebody with an invitation could name another person's key,
//! which that person's own first record shows to the study: no choice among several participations is safe. The likeliest comes
//! first, and the phone, whose words open a consent record or do not, decides.

use waymark_protocol::genesis::Genesis;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{ParticipantId, StudyId};

/// So many participations in the study that the phone names are looked at, the latest of them.
pub const IN_NAMED_STUDY: u32 = 32;
/// So many in each other study, however many somebody has invented there.
pub const IN_OTHER_STUDY: u32 = 4;
/// So many altogether, those in the named study before others.
pub const AT_MOST: u32 = 64;

/// What a phone that has proven a recovery key asks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The study, when the phone knows it.
    pub study: Option<StudyId>,
    /// Participants of that study in whose records its words have opened nothing.
    pub not: Vec<ParticipantId>,
}

/// A participation that has named a recovery key, and whether a phone's first record carries it.
pub struct Owner {
    /// Whose it may be.
    pub owner: (StudyId, ParticipantId),
    /// Whether a phone's first record carries the key.
    pub carried: bool,
}

/// Those in which a phone's first record carries the key before those in which nothing came, and each kind as it was.
pub fn likeliest_first(mut owners: Vec<Owner>) -> Vec<(StudyId, ParticipantId)> {
    owners.sort_by_key(|owner| !owner.carried);
    owners.into_iter().map(|owner| owner.owner).collect()
}

/// The participation that is recovered, and the other studies: of those that `study` names, or of all, the first.
pub fn choose(
    owners: &[(StudyId, ParticipantId)],
    study: Option<StudyId>,
) -> Option<((StudyId, ParticipantId), Vec<StudyId>)> {
    let chosen = *owners.iter().find(|owner| study.is_none_or(|study| study == owner.0))?;
    let mut others = Vec::new();
    for (other, _) in owners {
        if *other != chosen.0 && !others.contains(other) {
            others.push(*other);
        }
    }
    Some((chosen, others))
}

/// Whether a first record's body carries the key.
pub fn carries(body: &[u8], recovery_key: &VerifyingKey) -> bool {
    Genesis::parse(body).is_ok_and(|genesis| genesis.recovery_key == *recovery_key)
}
