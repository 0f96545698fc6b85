//! The certificate: what of every phone's log is here and proven, for somebody who has neither the study's keys nor its data.
//!
//! ```text
//! desk ── make ──► statement    states, counts, erasures, quarantine
//!                  proofs       the signed document, orders, and of each record header ‖ H(slots) ‖ H(body)  ── check ──► the same statement?
//!                  desk's word  what no signature says
//! ```
//!
//! A record's link needs its hashes alone, so the chains that phones have signed are followed as the desk follows them
//! ([`waymark_protocol::proof`]), and nothing that anybody wrote is in the file. A first record is there whole: it holds public keys
//! and signatures.
//!
//! An export that was written with its proofs is held against it ([`check_export`]), and two of them against each other ([`compare()`]).
//!
//! What it cannot show: that the desk still holds the bodies that it says it holds, and what somebody left out as if it had never come, a
//! whole phone or the end of a log with all its checkpoints. So it lists each phone, and until when its log is proven: whoever checks
//! compares that with who took part and with when it was made, and asks the study for its number in another way.

mod beside;
mod check;
mod compare;
mod exported;
mod make;
mod prove;
mod records;
mod wrong;

use serde::{Deserialize, Serialize};
use waymark_protocol::api::Orders;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::proof::State;
use waymark_protocol::{DeviceId, ParticipantId, StudyId};

pub use check::{CheckError, Checked, MAX_BYTES, check};
pub use compare::{CompareError, Comparison, DeviceComparison, Histories, Stands, compare};
pub use exported::{CheckedExport, check_export};
pub use make::{MakeError, make};
pub use prove::ProofError;
pub use wrong::{ExportCheckError, ProofProblem};

/// The version of the file that is written here.
pub const VERSION: u32 = 1;

/// The whole file, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`VERSION`].
    pub waymark_certificate: u32,
    /// The study.
    pub study: StudyId,
    /// By the desk's clock: RFC 3339 in UTC.
    pub made_at: Option<String>,
    /// What the proofs say.
    pub statement: Statement,
    /// What the desk says besides.
    pub desks_word: DesksWord,
    /// The study's newest document, whose keys lead back to the study's number.
    pub document: SignedDocument,
    /// Signed orders.
    pub orders: Orders,
    /// Proofs, device by device.
    pub logs: Vec<Log>,
}

/// What can be concluded from the proofs alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Every device of which anything came.
    pub devices: Vec<Device>,
    /// Records by what became of them.
    pub counts: Counts,
    /// What was rightly destroyed.
    pub erasures: Vec<Erasure>,
    /// What is not believed.
    pub quarantined: Vec<Quarantined>,
}

/// How one device's log stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The participant's number; none for a device of which nothing but checkpoints came.
    pub participant: Option<ParticipantId>,
    /// The device.
    pub device: DeviceId,
    /// The state of its log, as its records prove it.
    pub state: State,
    /// See [`waymark_protocol::proof::Verdict::seq`].
    pub seq: u64,
    /// The device's clock at its last checkpoint: RFC 3339 in UTC.
    pub as_of: Option<String>,
}

/// Records in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// The sum of the others.
    pub received: u64,
    /// In a proven device's signed chain.
    pub covered: u64,
    /// In it, and rightly destroyed.
    pub erased: u64,
    /// No checkpoint covers them yet.
    pub waiting: u64,
    /// Not believed.
    pub quarantined: u64,
}

/// An entry, a notice or a writer's own record that was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The record's device.
    pub device: DeviceId,
    /// Its place.
    pub seq: u64,
    /// Who had it destroyed.
    pub by: By,
    /// When: an order's time, or the phone's clock when it first vouched for the erasure. RFC 3339 in UTC.
    pub at: Option<String>,
}

/// Who had something destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Its writer, by a record.
    Writer,
    /// The study, by a signed order.
    Study,
}

/// A record that is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quarantined {
    /// The device that it claims.
    pub device: DeviceId,
    /// The place that it claims.
    pub seq: u64,
    /// Why, as the desk says it.
    pub reason: String,
}

/// What no signature says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesksWord {
    /// Entries that were shared and open.
    pub opened: u64,
    /// What came and is no record, and records that are proven and do not open.
    pub not_readable: u64,
    /// Parts of shared recordings that have not come.
    pub parts_missing: u64,
}

/// The proofs of one device's log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// The device.
    pub device: DeviceId,
    /// The last place that the server showed.
    pub server_head: Option<u64>,
    /// Its records; several may claim one place.
    pub records: Vec<Proof>,
    /// Its checkpoints, as they travel in a feed.
    pub checkpoints: HexBytes,
}

/// What proves a record's place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Whether the desk holds all of it.
    pub whole: bool,
    /// Header and hashes, as a tombstone travels in a feed; a first record whole.
    pub item: HexBytes,
}
