//! Tokens, kept as hashes, and the audit of what was done with them.

use async_trait::async_trait;
use waymark_protocol::{Hash, StudyId};

use super::error::StoreError;
use crate::auth::Staff;
use crate::ingest::DeviceScope;

/// The role of phones' tokens, in the store.
pub const DEVICE: &str = "device";
/// The role of what was done on the command line, in the audit.
pub const OPERATOR: &str = "operator";

/// What the audit says was done.
pub mod action {
    /// A study was registered.
    pub const REGISTERED: &str = "study registered";
    /// A document was published.
    pub const PUBLISHED: &str = "document published";
    /// Invitations were added.
    pub const INVITED: &str = "invitations added";
    /// An invitation was taken back.
    pub const UNINVITED: &str = "invitation revoked";
    /// Orders were given.
    pub const ORDERED: &str = "orders given";
    /// A sighting was published.
    pub const SIGHTED: &str = "sighting published";
    /// A phone joined with an invitation.
    pub const JOINED: &str = "phone joined";
    /// A phone joined with its person's recovery words.
    pub const RECOVERED: &str = "phone joined by recovery words";
    /// A person erased something of theirs, from a phone.
    pub const ERASED: &str = "erased by its person";
    /// A person stopped a phone of theirs.
    pub const STOPPED: &str = "phone stopped by its person";
    /// The server was restored from a backup.
    pub const RESTORED: &str = "restored from a backup";
    /// The epoch was renewed, after a restore by other means.
    pub const RENEWED: &str = "new epoch";
}

/// Whose token this is.
#[derive(Debug, Clone, Copy)]
pub enum Identity {
    /// A phone's.
    Device {
        /// Whose log it may write.
        scope: DeviceScope,
        /// Whether it has been revoked.
        revoked: bool,
    },
    /// A person's.
    Staff(Staff),
}

/// Telling who calls, and noting what they did.
#[async_trait]
pub trait Tokens {
    /// Whose token has this hash.
    async fn identify(&self, token: Hash) -> Result<Option<Identity>, StoreError>;

    /// Notes that someone has read, and what.
    async fn audit_reading(&self, by: Staff, study: StudyId, action: &'static str, now: u64) -> Result<(), StoreError>;
}
