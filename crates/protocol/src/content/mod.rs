//! What sealed bodies say. Each is a CBOR array with its version at the head, so that newer content is told from garbage.

mod consent;
mod entry;
mod erasure;
mod notice;
mod own;
mod told;

pub use consent::{Consent, ConsentAnswer};
pub use entry::{Answer, Entry, OtherParts, Weight};
pub use erasure::Erasure;
pub use notice::{Notice, What};
pub use own::{MAX_SETTING_KEY, MAX_SETTING_VALUE, Own};
pub use told::{TimeOff, Told};

use crate::cbor::{self, DecodeError};

const VERSION: u8 = 1;

/// Decodes content of version 1, and tells newer content from garbage. There never was a version 0: read as if it were 1, it would be a
/// second form of the same content.
fn parse<'b, T>(bytes: &'b [u8], what: &'static str) -> Result<T, DecodeError>
where
    T: minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    parse_up_to(VERSION, bytes, what)
}

/// The same, where there are later versions too.
fn parse_up_to<'b, T>(newest: u8, bytes: &'b [u8], what: &'static str) -> Result<T, DecodeError>
where
    T: minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    match cbor::version_of(bytes) {
        Some(version) if version > u64::from(newest) => Err(DecodeError::NewerVersion(what)),
        Some(version) if version >= u64::from(VERSION) => cbor::decode_canonical(bytes, what),
        _ => Err(DecodeError::Malformed(what)),
    }
}
