//! What stays the writer's: marks and settings, in records of kind 7. Sealed to the writer alone, never granted.

use minicbor::{Decode, Encode};

use super::VERSION;
use crate::EntryId;
use crate::cbor::{self, DecodeError};

/// The longest name of a setting, in bytes.
pub const MAX_SETTING_KEY: usize = 64;
/// The longest value of a setting, in bytes.
pub const MAX_SETTING_VALUE: usize = 16 * 1024;
const WHAT: &str = "an own record";

/// One thing that the writer's next phone has to know, as it is from `at` on. Of two about the same thing the later counts,
/// by `at` and then by the record's target.
///
/// ```text
/// CBOR [1, [0, [entry, interview, supervision, at]]]      a mark
/// CBOR [1, [1, [key, value, at]]]                         a setting
/// ```
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub enum Own {
    /// What an entry is to be brought to.
    #[n(0)]
    Mark {
        /// The entry.
        #[n(0)]
        entry: EntryId,
        /// To the interview.
        #[n(1)]
        interview: bool,
        /// To supervision.
        #[n(2)]
        supervision: bool,
        /// The phone's clock: milliseconds since 1970, UTC.
        #[n(3)]
        at: u64,
    },
    /// A setting of the app.
    #[n(1)]
    Setting {
        /// Its name, 1 to [`MAX_SETTING_KEY`] bytes.
        #[n(0)]
        key: String,
        /// What it is, at most [`MAX_SETTING_VALUE`] bytes.
        #[n(1)]
        value: String,
        /// The phone's clock: milliseconds since 1970, UTC.
        #[n(2)]
        at: u64,
    },
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[n(0)]
    version: u8,
    #[n(1)]
    own: Own,
}

impl Own {
    /// The plain body.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(&Wire { version: VERSION, own: self.clone() })
    }

    /// Reads an own record's plain body.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let wire: Wire = super::parse(bytes, WHAT)?;
        match &wire.own {
            Self::Setting { key, .. } if key.is_empty() => Err(DecodeError::Malformed(WHAT)),
            Self::Setting { key, value, .. } if key.len() > MAX_SETTING_KEY || value.len() > MAX_SETTING_VALUE => {
                Err(DecodeError::TooLong(WHAT))
            }
            _ => Ok(wire.own),
        }
    }
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mark { entry, .. } => write!(f, "Own::Mark({entry})"),
            Self::Setting { key, .. } => write!(f, "Own::Setting({key})"),
        }
    }
}
