//! The JSON side of the server's calls. Records travel as [`crate::record::wire`].
//!
//! | call | token | request → reply |
//! |---|---|---|
//! | `POST /v1/studies` | admin | [`RegisterStudy`] → [`StudyRegistered`] |
//! | `PUT /v1/studies/{study}/document` | researcher | [`SignedDocument`] → 204 |
//! | `PUT`, `DELETE /v1/studies/{study}/end` | researcher, data manager | → 204: the study has ended, or goes on |
//! | `PUT`, `DELETE /v1/studies/{study}/participants/{participant}/left` | researcher, data manager | → 204: the participant has left, or takes part again |
//! | `POST /v1/studies/{study}/invitations` | researcher | [`AddInvitations`] → 204 |
//! | `DELETE /v1/studies/{study}/invitations/{code}` | researcher | → 204 |
//! | `GET /v1/studies/{study}/invitations/{code}` | none: who knows the code | → [`InvitationReply`] |
//! | `POST /v1/enrolments` | enrol key and device key | [`Enrol`] → [`Enrolled`] |
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
//! | `GET /v1/studies/{study}/orders?after=&limit=` | researcher | → [`OrdersPage`] |
//! | `POST /v1/studies/{study}/sightings` | researcher | [`Sighting`] → 204 |
//! | `GET /v1/studies/{study}/usage?after=&limit=` | data manager | → [`Usage`] |
//! | `GET /v1/studies/{study}/retention?after=&limit=` | data manager | → [`RetentionReview`] |
//! | `GET /v1/studies/{study}/audit?after=&limit=` | auditor | → [`Audit`] |
//! | `GET /healthz`, `GET /readyz` | none | → 200 |
//! | `GET /openapi.json` | none | → this, for programs |
//!
//! Tokens travel as `Authorization: Bearer <64 hex digits>`. Every error has a body of [`ApiError`]. A feed's reply carries
//! the headers [`EPOCH_HEADER`] and [`HEAD_HEADER`]; it is cut at [`MAX_FEED_BYTES`], and a reader asks again after the last
//! `server_seq` until the reply is empty.
//!
//! A part (see [`crate::attachment`]) belongs to one participant and is there whole or not at all. It may come before or after
//! the records that list it. Without one it counts towards [`MAX_UNLISTED_BYTES`], beyond which the server answers
//! `records-first`. When all records that list it have been erased, a `PUT` succeeds and keeps nothing.
//!
//! A study that has ended and a participant who has left: what their phones send is accepted as before and kept as *late*, which
//! the feed says of each item. Nobody joins an ended study; whoever took part can still be restored from it.
//!
//! Quotas bound bytes of parts and of records. Beyond one, a `PUT` of a part or a push answers `quota`, and its phone keeps what has no
//! room. A push that takes something back has half as much room again: nobody is kept from it by what they have written.
//!
//! Lists are paged: a reader asks again after the last one that it got, as long as the reply says `more`. Orders are two lists, so
//! their reply says what to ask after.
//!
//! A device that has been revoked may ask for its state, which then says nothing of other devices, and push what still counts.
//! Every other call of its answers `revoked`.
//!
//! Where this differs from the first draft of the protocol: a phone must know its participant number before it can sign an
//! enrolment, and a person must see who can read what before anything is asked; so an invitation's certificate and the study's
//! document can be read with the code id alone, 64 bits that only the invited person and the desk can compute.

use serde::{Deserialize, Serialize};

use crate::document::SignedDocument;
use crate::hex::{HexBytes, hex_type, secret_hex_type};
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
/// How many participants one recovery may pass over.
pub const MAX_PASSED_OVER: usize = 64;
/// How many lines a list's reply holds unless the caller asks for fewer or more.
pub const PAGE: u32 = 100;
/// How many lines a list's reply holds at most.
pub const MAX_PAGE: u32 = 1000;
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterStudy {
    /// First signing key.
    pub signing_key: VerifyingKey,
    /// First encryption key.
    pub encryption_key: SealingKey,
    /// The first document.
    pub document: SignedDocument,
}

/// A study is there. Registering the same study again gives a new token, while nobody has joined it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddInvitations {
    /// At most 1,000.
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub certificates: Vec<Certificate>,
}

/// What an invitation leads to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationReply {
    /// The study's word for the invitation.
    pub certificate: Certificate,
    /// The newest document.
    pub document: SignedDocument,
}

/// A phone joins.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// By the device's key, over [`crate::genesis::enrol_device_message`]. It is in no record: only the phone itself can make it.
    pub device_signature: Signature,
    /// The study's word for the invitation, from a phone that joined before: a server that was restored from a backup may not have it
    /// any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

/// A phone has joined. The same code with the same device key gets the same participant and a new token.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// The study's word for the invitation.
    pub certificate: Certificate,
    /// The device's token.
    pub token: Token,
    /// The newest document.
    pub document: SignedDocument,
    /// The server's epoch.
    pub epoch: Epoch,
    /// Server clock, milliseconds since 1970: a hold that begins before the first sync is measured against it too.
    pub time: u64,
}

/// A challenge, good for ten minutes and one answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// Random.
    pub challenge: ChallengeBytes,
}

/// A new phone of a person who has the 24 words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recover {
    /// The study, when the phone knows it. The server needs it only to choose: one recovery key may have joined several studies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<StudyId>,
    /// Participants of the named study in whose records the phone's words have opened nothing: not one of these again. At most 64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub not: Vec<ParticipantId>,
    /// As given.
    pub challenge: ChallengeBytes,
    /// The server's origin as the phone sees it. Its host must be one of the names that the server's own settings list, so that
    /// another server cannot pass on an answer that was meant for itself.
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recovered {
    /// The study: to be believed only when a consent record says so too.
    pub study: StudyId,
    /// Other studies of this server that the same recovery key has joined, the likeliest first. Joining proves no possession of
    /// a recovery key, so a phone whose words open no consent record in `study` asks again and names one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<StudyId>,
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// Its place; 0 before the first.
    pub seq: u64,
    /// Its link; zeros before the first.
    pub link: Hash,
}

/// A device of the same participant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revoke {
    /// At most [`MAX_REVOCATIONS`].
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub revocations: Vec<Revocation>,
}

/// What a phone asks first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Records.
    pub push_records: u32,
    /// Bytes.
    pub push_bytes: u32,
}

/// Only this makes a phone say "with the study".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Orders {
    /// Records to be destroyed.
    pub erasures: Vec<ErasureOrder>,
    /// Devices no longer believed.
    pub revocations: Vec<Revocation>,
}

/// Some of what a study has ordered: erasures by their ids, then revocations by device, place and link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrdersPage {
    /// Records to be destroyed.
    pub erasures: Vec<ErasureOrder>,
    /// Devices no longer believed.
    pub revocations: Vec<Revocation>,
    /// What to ask after for the next page, greater than that of the page before; none when nothing follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<HexBytes>,
}

/// What a study's participants have stored here: sizes and counts alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// What each participant has stored, in the order of their numbers.
    pub participants: Vec<ParticipantUsage>,
    /// Whether more participants follow.
    pub more: bool,
    /// How many bytes of parts the whole study has.
    pub part_bytes: u64,
    /// How many may be stored.
    pub quota: Quota,
}

/// How many bytes the server keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quota {
    /// Of parts, for each participant; none for as many as fit.
    pub participant: Option<u64>,
    /// Of parts, for each study; none for as many as fit.
    pub study: Option<u64>,
    /// Of records, for each participant; none for as many as fit.
    #[serde(default)]
    pub records: Option<u64>,
}

/// What one participant has stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantUsage {
    /// Who.
    pub participant: ParticipantId,
    /// How many devices have joined.
    pub devices: u64,
    /// How many records are here, tombstones among them.
    pub records: u64,
    /// Their bytes.
    pub record_bytes: u64,
    /// How many parts are here.
    pub parts: u64,
    /// Their bytes.
    pub part_bytes: u64,
}

/// Whose records are older than the study's document lets pass without a look. Nothing is ever deleted for it: erasing takes a
/// signed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetentionReview {
    /// The document's `review_after`, in hours.
    pub review_after_hours: u32,
    /// Records received until then are due: milliseconds since 1970, UTC.
    pub received_until: u64,
    /// When the study ended: milliseconds since 1970, UTC; none when it goes on.
    pub ended_at: Option<u64>,
    /// Participants with records that are due, in the order of their numbers.
    pub participants: Vec<Due>,
    /// Whether more participants follow.
    pub more: bool,
}

/// One participant's records that are due for review. What has been erased is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// Who.
    pub participant: ParticipantId,
    /// How many records.
    pub records: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When the first of them was received: milliseconds since 1970, UTC.
    pub oldest: u64,
    /// When the last of them was received: milliseconds since 1970, UTC.
    pub newest: u64,
    /// When the participant left: milliseconds since 1970, UTC; none when the study has not said so.
    pub left_at: Option<u64>,
}

/// Who did what when; never what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Audit {
    /// What was done in the study, or on all studies of the server, the first first.
    pub entries: Vec<AuditEntry>,
    /// Whether more follows.
    pub more: bool,
}

/// One line of the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its place; a cursor.
    pub id: u64,
    /// When: milliseconds since 1970, UTC.
    pub at: u64,
    /// Whose token: a role's name, `device` for somebody's phone, or `operator` for the server's own command line.
    pub role: String,
    /// The token's number, as `waymark-server token list` shows it; none for phones and the operator.
    pub token: Option<u64>,
    /// What was done.
    pub action: String,
}

/// What went wrong, for programs and people.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// 410: the invitation has expired or was revoked, or the study has ended.
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
    /// 409: the participant's or the study's quota of parts is used up, or the participant's of records.
    Quota,
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
