//! The JSON side of the server's calls. Records travel as [`crate::record::wire`].
//!
//! | call | token | request → reply |
//! |---|---|---|
//! | `POST /v1/studies` | admin | [`RegisterStudy`] → [`StudyRegistered`] |
//! | `PUT /v1/studies/{study}/document` | researcher | [`SignedDocument`] → 204 |
//! | `POST /v1/studies/{study}/invitations` | researcher | [`AddInvitations`] → 204 |
//! | `DELETE /v1/studies/{study}/invitations/{code}` | researcher | → 204 |
//! | `GET /v1/studies/{study}/invitations/{code}` | none: who knows the code | → [`InvitationReply`] |
//! | `POST /v1/enrolments` | enrol key | [`Enrol`] → [`Enrolled`] |
//! | `POST /v1/recoveries/challenge` | none | → [`Challenge`] |
//! | `POST /v1/recoveries` | recovery key | [`Recover`] → [`Recovered`] |
//! | `GET /v1/device/state` | device | → [`DeviceState`] |
//! | `POST /v1/device/records` | device | push → [`Receipt`] |
//! | `GET /v1/device/records?after=&others=` | device | → feed of the participant's records; with `others=true`, of the other devices' alone |
//! | `POST /v1/device/revocations` | device, recovery key | [`Revoke`] → 204 |
//! | `HEAD /v1/device/parts/{hash}` | device | → 200 when the server has the part, else 404 |
//! | `PUT /v1/device/parts/{hash}` | device | the part's bytes → 204 |
//! | `GET /v1/device/parts/{hash}` | device | → the part's bytes |
//! | `GET /v1/studies/{study}/records?after=&wait=` | researcher | → feed of the study's records |
//! | `GET /v1/studies/{study}/parts/{hash}?participant=` | researcher | → the part's bytes |
//! | `POST /v1/studies/{study}/orders` | researcher | [`Orders`] → 204 |
//! | `GET /v1/studies/{study}/orders` | researcher | → [`Orders`] |
//! | `POST /v1/studies/{study}/sightings` | researcher | [`Sighting`] → 204 |
//! | `GET /healthz`, `GET /readyz` | none | → 200 |
//!
//! Tokens travel as `Authorization: Bearer <64 hex digits>`. Every error has a body of [`ApiError`]. A feed's reply carries
//! the headers [`EPOCH_HEADER`] and [`HEAD_HEADER`]; it is cut at [`MAX_FEED_BYTES`], and a reader asks again after the last
//! `server_seq` until the reply is empty.
//!
//! A part (see [`crate::attachment`]) belongs to one participant and is there whole or not at all. It may come before or after
//! the records that list it. Without one it counts towards [`MAX_UNLISTED_BYTES`], beyond which the server answers
//! `records-first`. When all records that list it have been erased, a `PUT` succeeds and keeps nothing.
//!
//! A device that has been revoked may ask for its state, which then says nothing of other devices, and push what still counts.
//! Every other call of its answers `revoked`.
//!
//! Where this differs from the first draft of the protocol: a phone must know its participant number before it can sign an
//! enrolment, and a person must see who can read what before anything is asked; so an invitation's certificate and the study's
//! document can be read with the code id alone, 64 bits that only the invited person and the desk can compute.

use serde::{Deserialize, Serialize};

use crate::document::SignedDocument;
use crate::hex::{hex_type, secret_hex_type};
use crate::invitation::Certificate;
use crate::keys::{SealingKey, Signature, VerifyingKey};
use crate::order::{ErasureOrder, Revocation};
use crate::sighting::Sighting;
use crate::{DeviceId, Hash, ParticipantId, StudyId};

/// Random, new after a restore from backup (hex).
pub const EPOCH_HEADER: &str = "waymark-epoch";
/// The study's greatest `server_seq` so far.
pub const HEAD_HEADER: &str = "waymark-head";
/// About how many bytes one feed reply holds.
pub const MAX_FEED_BYTES: usize = 4 * 1024 * 1024;
/// How many bytes of parts that no record lists the server keeps for a participant.
pub const MAX_UNLISTED_BYTES: u64 = 64 * 1024 * 1024;
/// How many revocations one call of a phone may hold.
pub const MAX_REVOCATIONS: usize = 64;
/// The longest JSON body that the server reads.
pub const MAX_JSON_BYTES: usize = 2 * 1024 * 1024;

hex_type! {
    /// A server's life between two restores: random.
    Epoch, 16
}
secret_hex_type! {
    /// A bearer token: 256 random bits. The server keeps only its hash.
    Token, 32
}
hex_type! {
    /// A recovery challenge.
    ChallengeBytes, 32
}

/// Registers a study by its first keys; the server answers with the name that they give it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegisterStudy {
    /// First signing key.
    pub signing_key: VerifyingKey,
    /// First encryption key.
    pub encryption_key: SealingKey,
    /// The first document.
    pub document: SignedDocument,
}

/// A study is there. Registering the same study again gives a new token.
#[derive(Clone, Serialize, Deserialize)]
pub struct StudyRegistered {
    /// The study.
    pub study: StudyId,
    /// A researcher's token for this study alone.
    pub token: Token,
    /// The server's epoch.
    pub epoch: Epoch,
}

/// Adds signed codes; those that are there already stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddInvitations {
    /// At most 1,000.
    pub certificates: Vec<Certificate>,
}

/// What an invitation leads to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvitationReply {
    /// The study's word for the invitation.
    pub certificate: Certificate,
    /// The newest document.
    pub document: SignedDocument,
}

/// A phone joins.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrol {
    /// The study.
    pub study: StudyId,
    /// The device's key.
    pub device_key: VerifyingKey,
    /// The recovery key.
    pub recovery_key: VerifyingKey,
    /// The enrol key, whose fingerprint is the invitation's code.
    pub enrol_key: VerifyingKey,
    /// By the enrol key, over [`crate::genesis::enrol_message`].
    pub signature: Signature,
}

/// A phone has joined. The same code with the same device key gets the same participant and a new token.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolled {
    /// The study's word for the invitation.
    pub certificate: Certificate,
    /// The device's token.
    pub token: Token,
    /// The newest document.
    pub document: SignedDocument,
    /// The server's epoch.
    pub epoch: Epoch,
}

/// A challenge, good for ten minutes and one answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Challenge {
    /// Random.
    pub challenge: ChallengeBytes,
}

/// A new phone of a person who has the 24 words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recover {
    /// As given.
    pub challenge: ChallengeBytes,
    /// The server's origin as the phone sees it. Its host must be the one that the request was sent to, so that another
    /// server cannot pass on an answer that was meant for itself.
    pub origin: String,
    /// The recovery key.
    pub recovery_key: VerifyingKey,
    /// The new device's key.
    pub device_key: VerifyingKey,
    /// By the recovery key, over [`crate::genesis::recovery_auth_message`].
    pub signature: Signature,
}

/// A new device of the same participant.
#[derive(Clone, Serialize, Deserialize)]
pub struct Recovered {
    /// The study: to be believed only when a consent record says so too.
    pub study: StudyId,
    /// The participant.
    pub participant: ParticipantId,
    /// The new device's token.
    pub token: Token,
    /// The newest document.
    pub document: SignedDocument,
    /// The server's epoch.
    pub epoch: Epoch,
}

/// The last record that the server has of a device's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its place; 0 before the first.
    pub seq: u64,
    /// Its link; zeros before the first.
    pub link: Hash,
}

/// A device of the same participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEntry {
    /// The device.
    pub device: DeviceId,
    /// When it joined: milliseconds since 1970, UTC.
    pub joined_at: u64,
    /// Its head.
    pub head: Head,
    /// When the last of its records came: milliseconds since 1970, UTC; none before the first.
    #[serde(default)]
    pub heard_at: Option<u64>,
}

/// A person stops phones of their own, by the recovery key: [`Revocation`] says from where on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Revoke {
    /// At most [`MAX_REVOCATIONS`].
    pub revocations: Vec<Revocation>,
}

/// What a phone asks first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeviceState {
    /// The server's epoch.
    pub epoch: Epoch,
    /// What the server has of this device's log.
    pub head: Head,
    /// The newest document, when it is newer than the `document` in the query; else none.
    pub document: Option<SignedDocument>,
    /// All devices of this participant, this one included; this one alone once it has been revoked.
    pub devices: Vec<DeviceEntry>,
    /// The study's erasure orders for this participant's records.
    pub erasures: Vec<ErasureOrder>,
    /// Revocations of this participant's devices; of this one alone once it has been revoked.
    pub revocations: Vec<Revocation>,
    /// The newest sighting by a desk, cut to nothing but the study's own signature over all heads.
    pub sighting: Option<Sighting>,
    /// How much one push may hold.
    pub limits: Limits,
    /// The server's clock: milliseconds since 1970, UTC.
    pub time: u64,
}

/// How much one push may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Records.
    pub push_records: u32,
    /// Bytes.
    pub push_bytes: u32,
}

/// Only this makes a phone say "with the study".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The last record that is stored.
    pub accepted_through: u64,
    /// Its link.
    pub link: Hash,
    /// The server's epoch.
    pub epoch: Epoch,
    /// The server's clock: milliseconds since 1970, UTC.
    pub time: u64,
}

/// What the study orders.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Orders {
    /// Records to be destroyed.
    pub erasures: Vec<ErasureOrder>,
    /// Devices no longer believed.
    pub revocations: Vec<Revocation>,
}

/// What went wrong, for programs and people.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApiError {
    /// For programs.
    pub code: ApiErrorCode,
    /// For people; never holds what was written, nor a secret.
    pub message: String,
    /// With `gap`: the place that the server expects next. With `diverged`: the place where the logs part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// Errors that a program acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApiErrorCode {
    /// 400: the request is malformed.
    BadRequest,
    /// 401: no token, or one that is not known.
    Unauthorized,
    /// 403: the token's role may not do this.
    Forbidden,
    /// 404: no such study, invitation or participant.
    NotFound,
    /// 409: the invitation was used by another device.
    InvitationUsed,
    /// 410: the invitation has expired or was revoked.
    InvitationGone,
    /// 409: another record stands at this place.
    Diverged,
    /// 409: records before these are missing.
    Gap,
    /// 409: the document's version or predecessor does not follow the newest.
    DocumentConflict,
    /// 403: the device has been revoked.
    Revoked,
    /// 422: a signature, certificate or hash does not fit.
    NotProven,
    /// 409: too many bytes of parts wait for the records that list them; push those first.
    RecordsFirst,
    /// 413: the body is too large.
    TooLarge,
    /// 429: too many requests; `Retry-After` says when.
    TooMany,
    /// 500, 503: the server's own trouble; nothing was stored.
    Trouble,
    /// A code that this version does not know.
    #[serde(other)]
    Unknown,
}

impl std::fmt::Display for ApiErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = serde_json::to_value(self).expect("a unit variant is a JSON string");
        f.write_str(json.as_str().unwrap_or_default())
    }
}
