//! Invitations, and the devices that join through them or through a recovery key.

use async_trait::async_trait;
use waymark_protocol::api::Epoch;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{CodeId, DeviceId, Hash, ParticipantId, StudyId};

use super::error::StoreError;
use super::owners::Wanted;
use crate::auth::Staff;
use crate::challenges::Answered;

/// Why a device did not join.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// There is no such invitation, study or recovery key.
    #[error("there is no such invitation or recovery key")]
    NotFound,
    /// The invitation has expired or was revoked, or the study has ended.
    #[error("the invitation has expired or was revoked, or the study has ended")]
    Gone,
    /// Another device has used the invitation.
    #[error("the invitation was used by another device")]
    Used,
    /// The device's key belongs to another participant.
    #[error("the device's key belongs to another participant")]
    OtherParticipant,
    /// A recovery names a device that there is: it would take its token away.
    #[error("the device's key is in use already: a phone that is restored makes a new one")]
    InUse,
    /// The recovery challenge has been answered before.
    #[error("the challenge has been answered before")]
    Answered,
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An invitation as it stands.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The study's word.
    pub certificate: Certificate,
    /// Whether the study has taken it back, or has ended.
    pub revoked: bool,
    /// The device that has joined with it.
    pub used_by: Option<DeviceId>,
}

/// What a device that has joined is told.
#[derive(Debug)]
pub struct Joined {
    /// The study.
    pub study: StudyId,
    /// Other studies that the same recovery key has joined.
    pub others: Vec<StudyId>,
    /// The participant.
    pub participant: ParticipantId,
    /// The newest document.
    pub document: SignedDocument,
    /// The server's epoch.
    pub epoch: Epoch,
}

/// A device's keys and the hash of its new token.
#[derive(Debug, Clone, Copy)]
pub struct Joiner {
    /// The device's key.
    pub device_key: VerifyingKey,
    /// Its person's recovery key.
    pub recovery_key: VerifyingKey,
    /// The hash of the token that it will get.
    pub token: Hash,
}

/// An answered challenge is remembered so much longer than it is good for: the processes' clocks may differ, or be set back.
pub const REMEMBERED_MS: u64 = 60 * 60 * 1000;

/// Inviting and joining.
#[async_trait]
pub trait Joining {
    /// Keeps invitations whose signatures have been checked; those that are there already stay as they are.
    async fn add_invitations(
        &self,
        study: StudyId,
        certificates: Vec<Certificate>,
        by: Staff,
        now: u64,
    ) -> Result<(), StoreError>;

    /// Takes an invitation back; says whether there is one.
    async fn revoke_invitation(&self, study: StudyId, code: CodeId, by: Staff, now: u64) -> Result<bool, StoreError>;

    /// An invitation.
    async fn invitation(&self, study: StudyId, code: CodeId) -> Result<Option<Invited>, StoreError>;

    /// Lets a device join whose signatures have been checked. The device that has used the invitation may come again. An invitation
    /// that is not here, as after a restore from a backup made before it, is kept as it was signed.
    async fn enrol(&self, certificate: Certificate, joiner: Joiner, now: u64) -> Result<Joined, JoinError>;

    /// Lets a device join that has proven the recovery key by answering a challenge, once: to the study that it names, else to
    /// the likeliest one, and as nobody whom it passes over. The reply names the other studies.
    async fn recover(&self, answered: Answered, wanted: Wanted, joiner: Joiner, now: u64) -> Result<Joined, JoinError>;
}

impl Invited {
    /// Whether someone may still join with it.
    pub fn is_open(&self, now: u64) -> bool {
        !self.revoked && self.certificate.expires_at > now
    }

    /// Whether this device may join with it.
    pub fn admits(&self, device: &DeviceId, now: u64) -> Result<(), JoinError> {
        match self.used_by {
            Some(used_by) if used_by != *device => Err(JoinError::Used),
            None if !self.is_open(now) => Err(JoinError::Gone),
            _ => Ok(()),
        }
    }
}

/// Whether a device of `owner`'s, if it has one, may be `participant`'s; says whether it is there already.
pub fn is_known(owner: Option<ParticipantId>, participant: &ParticipantId) -> Result<bool, JoinError> {
    match owner {
        Some(owner) if owner != *participant => Err(JoinError::OtherParticipant),
        owner => Ok(owner.is_some()),
    }
}
