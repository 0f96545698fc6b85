//! The collection in the vault: loaded whole, written change by change.

use rayon::prelude::*;
use waymark_protocol::api::Epoch;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::{Reader, Table, Tx};
use zeroize::Zeroizing;

use super::{Collection, PartId, PartState, row};

const RECORDS: Table = Table::new("records");
const CHECKPOINTS: Table = Table::new("checkpoints");
const MALFORMED: Table = Table::new("malformed");
const HEADS: Table = Table::new("heads");
const ORDERS: Table = Table::new("orders");
const PARTS: Table = Table::new("parts");
/// Apart from their states, so that loading does not open every recording.
const PART_BYTES: Table = Table::new("part bytes");
const CURSOR: Table = Table::new("cursor");
const CURSOR_ID: &[u8] = b"feed";
const ERASURE: u8 = 1;
const REVOCATION: u8 = 2;

/// Something in the collection that is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A record that is new or has another state.
    Record(Target),
    /// A record that is gone.
    Forgotten(Target),
    /// Something that is no record.
    Malformed(Hash),
    /// Something that is no record and is gone.
    MalformedForgotten(Hash),
    /// A checkpoint.
    Checkpoint(Hash),
    /// What the server showed of a device.
    Head(DeviceId),
    /// An erasure order, by its place in the list.
    Erasure(usize),
    /// A revocation, by its place in the list.
    Revocation(usize),
    /// A part that is gone.
    PartForgotten(PartId),
}

/// How far the desk has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The server's life between two restores.
    pub epoch: Epoch,
    /// The greatest `server_seq` that was stored.
    pub after: u64,
}

/// Why the collection cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// The vault says so.
    #[error(transparent)]
    Vault(#[from] waymark_vault::Error),
    /// A row opens and is not what the desk writes.
    #[error("the desk's file holds something in \"{0}\" that this Waymark cannot read")]
    Row(&'static str),
}

impl Cursor {
    /// Where the desk stopped reading; none before the first pull.
    pub fn load(reader: Reader<'_>) -> Result<Option<Self>, CollectionError> {
        let Some(bytes) = reader.get(CURSOR, CURSOR_ID)? else { return Ok(None) };
        let (epoch, after) = bytes.split_at_checked(16).ok_or(CollectionError::Row("cursor"))?;
        let epoch = Epoch::from_slice(epoch).ok_or(CollectionError::Row("cursor"))?;
        Ok(Some(Self { epoch, after: number(after).ok_or(CollectionError::Row("cursor"))? }))
    }

    /// Stores it, in the same transaction as what was read.
    pub fn store(&self, tx: &mut Tx<'_>) -> Result<(), CollectionError> {
        let mut bytes = self.epoch.0.to_vec();
        bytes.extend_from_slice(&self.after.to_be_bytes());
        Ok(tx.put(CURSOR, CURSOR_ID, &bytes)?)
    }
}

impl Collection {
    /// Reads all of it.
    pub fn load(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let mut rows: Vec<Zeroizing<Vec<u8>>> = Vec::new();
        reader.scan(RECORDS, |_, bytes| {
            rows.push(Zeroizing::new(bytes.to_vec()));
            Ok::<_, CollectionError>(())
        })?;
        let records: Option<Vec<_>> = rows.par_iter().map(|bytes| row::read_record(bytes)).collect();
        let mut collection =
            Self { records: records.ok_or(CollectionError::Row("records"))?.into_iter().collect(), ..Self::default() };
        drop(rows);
        reader.scan(CHECKPOINTS, |id, bytes| {
            let row = || CollectionError::Row("checkpoints");
            let checkpoint = row::read_checkpoint(bytes).ok_or_else(row)?;
            collection.checkpoints.insert(Hash::from_slice(id).ok_or_else(row)?, checkpoint);
            Ok::<_, CollectionError>(())
        })?;
        reader.scan(MALFORMED, |id, bytes| {
            let row = || CollectionError::Row("malformed");
            let malformed = serde_json::from_slice(bytes).map_err(|_| row())?;
            collection.malformed.insert(Hash::from_slice(id).ok_or_else(row)?, malformed);
            Ok::<_, CollectionError>(())
        })?;
        reader.scan(HEADS, |id, bytes| {
            let row = || CollectionError::Row("heads");
            let device = DeviceId::from_slice(id).ok_or_else(row)?;
            collection.heads.insert(device, number(bytes).ok_or_else(row)?);
            Ok::<_, CollectionError>(())
        })?;
        reader.scan(ORDERS, |id, bytes| {
            let row = |_| CollectionError::Row("orders");
            match id.first() {
                Some(&ERASURE) => collection.erasures.push(serde_json::from_slice(bytes).map_err(row)?),
                _ => collection.revocations.push(serde_json::from_slice(bytes).map_err(row)?),
            }
            Ok::<_, CollectionError>(())
        })?;
        reader.scan(PARTS, |id, bytes| {
            let row = || CollectionError::Row("parts");
            let state = PartState::from_bytes(bytes).ok_or_else(row)?;
            collection.parts.insert(PartId::from_bytes(id).ok_or_else(row)?, state);
            Ok::<_, CollectionError>(())
        })?;
        Ok(collection)
    }

    /// Writes what is known of a part, and the part when it is held.
    pub fn store_part(&self, tx: &mut Tx<'_>, id: &PartId, bytes: &[u8]) -> Result<(), CollectionError> {
        let Some(state) = self.part(id) else { return Ok(()) };
        tx.put(PARTS, &id.to_bytes(), &state.to_bytes())?;
        if state == PartState::Held {
            tx.put(PART_BYTES, &id.to_bytes(), bytes)?;
        }
        Ok(())
    }

    /// A part as it came; none when it is not held.
    pub fn part_bytes(reader: Reader<'_>, id: &PartId) -> Result<Option<Zeroizing<Vec<u8>>>, CollectionError> {
        Ok(reader.get(PART_BYTES, &id.to_bytes())?)
    }

    /// Writes what has changed.
    pub fn store(&self, tx: &mut Tx<'_>, changes: &[Change]) -> Result<(), CollectionError> {
        const JSON: &str = "orders have string keys alone, so they are always JSON";
        for change in changes {
            match change {
                Change::Record(target) => {
                    let Some(stored) = self.records.get(target) else { continue };
                    tx.put(RECORDS, &row::record_id(target), &row::write_record(stored))?;
                }
                Change::Forgotten(target) => {
                    tx.delete(RECORDS, &row::record_id(target))?;
                }
                Change::Malformed(name) => {
                    tx.put(MALFORMED, &name.0, &serde_json::to_vec(&self.malformed[name]).expect(JSON))?;
                }
                Change::MalformedForgotten(name) => {
                    tx.delete(MALFORMED, &name.0)?;
                }
                Change::Checkpoint(name) => {
                    tx.put(CHECKPOINTS, &name.0, &row::write_checkpoint(&self.checkpoints[name]))?;
                }
                Change::Head(device) => tx.put(HEADS, &device.0, &self.heads[device].to_be_bytes())?,
                Change::Erasure(place) => {
                    let json = serde_json::to_vec(&self.erasures[*place]).expect(JSON);
                    tx.put(ORDERS, &row::order_id(ERASURE, &json), &json)?;
                }
                Change::Revocation(place) => {
                    let json = serde_json::to_vec(&self.revocations[*place]).expect(JSON);
                    tx.put(ORDERS, &row::order_id(REVOCATION, &json), &json)?;
                }
                Change::PartForgotten(id) => {
                    tx.delete(PARTS, &id.to_bytes())?;
                    tx.delete(PART_BYTES, &id.to_bytes())?;
                }
            }
        }
        Ok(())
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(u64::from_be_bytes)
}
