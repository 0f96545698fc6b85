//! That the six words of a phone were compared with its person, and were the same: who says so, and when. It stays at this desk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_protocol::DeviceId;
use waymark_vault::{Reader, Table};

use crate::collection::CollectionError;
use crate::desk::Desk;
use crate::prepare::Said;

const MET: Table = Table::new("met");

/// Somebody has compared the words of a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Who.
    pub by: Said,
    /// When: milliseconds since 1970, UTC.
    pub at: u64,
}

/// Every phone whose words were compared. A phone's id is made of its key, as the words are: other words are another phone's.
///
/// # Errors
///
/// The desk's file cannot be read.
pub fn all(reader: Reader<'_>) -> Result<BTreeMap<DeviceId, Met>, CollectionError> {
    let mut all = BTreeMap::new();
    reader.scan(MET, |id, bytes| {
        let row = || CollectionError::Row("met");
        let device = DeviceId::from_slice(id).ok_or_else(row)?;
        all.insert(device, serde_json::from_slice(bytes).map_err(|_| row())?);
        Ok::<_, CollectionError>(())
    })?;
    Ok(all)
}

/// Notes that they were compared. What was noted first stays: who says it again adds nothing.
///
/// # Errors
///
/// The desk's file cannot be read or written.
pub fn note(desk: &mut Desk, device: DeviceId, met: &Met) -> Result<(), CollectionError> {
    if desk.vault.reader().get(MET, &device.0)?.is_some() {
        return Ok(());
    }
    let json = serde_json::to_vec(met).expect("a struct of plain values is always JSON");
    Ok(desk.vault.write(|tx| tx.put(MET, &device.0, &json))?)
}

/// Takes that back. Nothing happens where nothing was noted.
///
/// # Errors
///
/// The desk's file cannot be written.
pub fn forget(desk: &mut Desk, device: DeviceId) -> Result<(), CollectionError> {
    desk.vault.write(|tx| tx.delete(MET, &device.0))?;
    Ok(())
}
