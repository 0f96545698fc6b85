//! How a transcript is named: at random, so that its id tells nothing and stays when all else of it is corrected.

use std::fmt;
use std::str::FromStr;

use rand_core::Rng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use waymark_protocol::hex;
use waymark_vault::SystemRng;

/// A transcript, by 16 random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TranscriptId(pub [u8; 16]);

/// It is not an id of a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a transcript's id is 32 lower-case hex digits, as `waymark-desk transcript list` shows it")]
pub struct NotAnId;

impl TranscriptId {
    pub(super) fn new() -> Self {
        let mut id = [0; 16];
        SystemRng.fill_bytes(&mut id);
        Self(id)
    }

    /// From exactly 16 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for TranscriptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for TranscriptId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::decode(text).and_then(|bytes| Self::from_slice(&bytes)).ok_or(NotAnId)
    }
}

impl Serialize for TranscriptId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TranscriptId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
