//! Keys: typed, redacted in `Debug`, zeroized on drop, never serialised.

mod attachment;
mod content;
mod invitation;
mod opening;
mod recovery;
mod signing;

pub use attachment::AttachmentKey;
pub use content::{Commitment, ContentKey};
pub use invitation::InvitationSecret;
pub use opening::{OpeningKey, SealingKey};
pub(crate) use opening::{hpke_open, hpke_seal};
pub use recovery::{BackupKey, RecoverySecret, WordsError};
pub use signing::{BadSignature, Signature, SigningKey, VerifyingKey};
