//! Why a record is in quarantine.

use std::fmt;

use serde::Serialize;
use ts_rs::TS;
use waymark_protocol::DecodeError;
use waymark_protocol::seal::OpenError;

/// Why a record was received and is neither applied nor shown. Its words are part of the command's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Its bytes are no record.
    Malformed,
    /// A newer Waymark wrote it.
    Newer,
    /// Nothing proves that its device is the participant's.
    NotProven,
    /// The signed chain has another record at its place, or its device was revoked before.
    NotInChain,
    /// Its contents are missing, and nobody who may has erased them.
    Withheld,
    /// It is sealed to a key that this desk does not hold.
    OtherKey,
    /// Its slot does not open.
    Slot,
    /// Its slot opens to another key than its header commits to.
    Commitment,
    /// Its body does not open.
    Body,
    /// It opens, and what is in it is not what its kind says.
    Content,
    /// Its header lists other parts than its entry's recordings have.
    OtherParts,
    /// The server has handed out other bytes than a part of its recording.
    Part,
    /// A part of its recording is what was sent, and does not open.
    Recording,
    /// A consent that names another study or participant.
    ForeignConsent,
    /// A grant that names another record than the one that the chain has there, or one that cannot be granted.
    GrantTarget,
    /// A grant whose key is not that of its target.
    GrantKey,
    /// A withdrawn entry id is final; this uses one again.
    WithdrawnAgain,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed",
            Self::Newer => "newer version",
            Self::NotProven => "not proven",
            Self::NotInChain => "not in the signed chain",
            Self::Withheld => "withheld",
            Self::OtherKey => "sealed to another key",
            Self::Slot => "slot does not open",
            Self::Commitment => "slot holds another key",
            Self::Body => "body does not open",
            Self::Content => "content is malformed",
            Self::OtherParts => "lists other parts than its recordings have",
            Self::Part => "part of a recording is not what was sent",
            Self::Recording => "recording does not open",
            Self::ForeignConsent => "consent names another study or participant",
            Self::GrantTarget => "grant names another record",
            Self::GrantKey => "grant holds another key",
            Self::WithdrawnAgain => "withdrawn entry id used again",
        })
    }
}

impl From<OpenError> for Reason {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NoSlot => Self::OtherKey,
            OpenError::Slot => Self::Slot,
            OpenError::Commitment => Self::Commitment,
            OpenError::Body => Self::Body,
        }
    }
}

impl From<DecodeError> for Reason {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::NewerVersion(_) => Self::Newer,
            _ => Self::Content,
        }
    }
}
