//! What stays the writer's: marks on entries, and the app's settings.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use waymark_protocol::EntryId;
use waymark_protocol::record::Target;
use waymark_vault::{Reader, Tx};

use super::{MARK, SETTING};
use crate::Error;

/// All settings are one object: their names are nobody's business either.
const ALL: &[u8] = b"all";

/// When something became as it is, and in which record; the greater one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Stamp {
    /// The phone's clock: milliseconds since 1970, UTC.
    #[n(0)]
    pub at: u64,
    /// The record, where there is a log.
    #[n(1)]
    pub record: Option<Target>,
}

/// What an entry is to be brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct StoredMark {
    #[n(0)]
    pub interview: bool,
    #[n(1)]
    pub supervision: bool,
    #[n(2)]
    pub stamp: Stamp,
}

/// A setting.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct StoredSetting {
    #[n(0)]
    pub value: String,
    #[n(1)]
    pub stamp: Stamp,
}

/// Marks by entry, settings by name.
#[derive(Default)]
pub(crate) struct OwnThings {
    pub marks: BTreeMap<EntryId, StoredMark>,
    pub settings: BTreeMap<String, StoredSetting>,
}

impl OwnThings {
    /// What the vault holds.
    pub fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        let mut marks = BTreeMap::new();
        reader.scan::<Error>(MARK, |id, bytes| {
            let entry = EntryId(id.try_into().map_err(|_| Error::Stored(MARK.name()))?);
            marks.insert(entry, super::decode(MARK, bytes)?);
            Ok(())
        })?;
        let settings = super::get(reader, SETTING, ALL)?.unwrap_or_default();
        Ok(Self { marks, settings })
    }

    /// With what another log says later.
    pub fn merged_with(&self, other: &Self) -> Self {
        let mut merged = Self { marks: self.marks.clone(), settings: self.settings.clone() };
        for (entry, mark) in &other.marks {
            if merged.marks.get(entry).is_none_or(|known| known.stamp.at < mark.stamp.at) {
                merged.marks.insert(*entry, *mark);
            }
        }
        for (key, setting) in &other.settings {
            if merged.settings.get(key).is_none_or(|known| known.stamp.at < setting.stamp.at) {
                merged.settings.insert(key.clone(), setting.clone());
            }
        }
        merged
    }

    /// Writes all of it, for a diary that is new.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for (entry, mark) in &self.marks {
            put_mark(tx, entry, mark)?;
        }
        put_settings(tx, &self.settings)
    }
}

pub(crate) fn put_mark(tx: &mut Tx<'_>, entry: &EntryId, mark: &StoredMark) -> Result<(), Error> {
    super::put(tx, MARK, &entry.0, mark)
}

pub(crate) fn put_settings(tx: &mut Tx<'_>, settings: &BTreeMap<String, StoredSetting>) -> Result<(), Error> {
    super::put(tx, SETTING, ALL, settings)
}
