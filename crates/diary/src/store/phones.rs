//! The person's phones as this one knows them, and how far their records have been read.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use waymark_protocol::api::Epoch;
use waymark_protocol::keys::VerifyingKey;
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::{Reader, Tx};

use super::{PHONE, READING, STUDY};
use crate::Error;

/// A phone of the person, this one included.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct StoredPhone {
    /// When it joined, by the server's clock: milliseconds since 1970, UTC.
    #[n(0)]
    pub joined_at: u64,
    /// When the server last got a record of it, by the server's clock.
    #[n(1)]
    pub heard_at: Option<u64>,
    /// Its key, once its first record is believed.
    #[n(2)]
    pub key: Option<VerifyingKey>,
    /// Up to where its log has been read; 0 before the first record.
    #[n(3)]
    pub read: u64,
    /// The link there.
    #[n(4)]
    pub link: Hash,
    /// Whether the person knows of it: they said so, or it was there before this one.
    #[n(5)]
    pub known: bool,
    /// Set when somebody who may has stopped it.
    #[n(6)]
    pub stopped: Option<Stopped>,
}

/// The last record of a stopped phone that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Stopped {
    /// Its place; 0 when nothing counts.
    #[n(0)]
    pub seq: u64,
    /// Its link.
    #[n(1)]
    pub link: Hash,
    /// Whether the study has stopped it, and not its own person.
    #[n(2)]
    pub by_study: bool,
}

impl StoredPhone {
    /// A phone of which nothing has been read.
    pub fn unread(joined_at: u64, known: bool) -> Self {
        Self { joined_at, heard_at: None, key: None, read: 0, link: Hash::ZERO, known, stopped: None }
    }

    /// The last place that may be read, if the server has it up to `head`.
    pub fn readable(&self, head: u64) -> u64 {
        self.stopped.map_or(head, |stopped| head.min(stopped.seq))
    }
}

/// How far the records of the person's other phones have been read: the server's cursor, which means nothing in another epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Reading {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    epoch: [u8; 16],
    #[n(1)]
    after: u64,
    /// How many records the server showed of all phones when they were last read anew, from the first.
    #[n(2)]
    anew: Option<u64>,
}

impl Reading {
    pub fn new(epoch: Epoch, after: u64) -> Self {
        Self { epoch: epoch.0, after, anew: None }
    }

    /// Read as far as this.
    pub fn moved(self, epoch: Epoch, after: u64) -> Self {
        Self { epoch: epoch.0, after, ..self }
    }

    /// From the first again, when the server shows so many records: once for each number that it shows. None where nothing is gained.
    pub fn anew(self, shown: u64) -> Option<Self> {
        (self.after > 0 && self.anew != Some(shown)).then_some(Self { after: 0, anew: Some(shown), ..self })
    }

    /// Where to go on in this epoch.
    pub fn after(&self, epoch: &Epoch) -> u64 {
        if self.epoch == epoch.0 { self.after } else { 0 }
    }
}

/// All phones that the vault knows.
pub(crate) fn phones(reader: &Reader<'_>) -> Result<BTreeMap<DeviceId, StoredPhone>, Error> {
    let mut phones = BTreeMap::new();
    reader.scan::<Error>(PHONE, |id, bytes| {
        let device = DeviceId::from_slice(id).ok_or(Error::Stored(PHONE.name()))?;
        phones.insert(device, super::decode(PHONE, bytes)?);
        Ok(())
    })?;
    Ok(phones)
}

/// Forgets the phones of a study that is left behind.
pub(crate) fn forget_phones(tx: &mut Tx<'_>) -> Result<(), Error> {
    let known: Vec<DeviceId> = phones(tx)?.into_keys().collect();
    for device in known {
        tx.delete(PHONE, &device.0)?;
    }
    tx.delete(READING, STUDY)?;
    Ok(())
}
