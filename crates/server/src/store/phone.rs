//! What a phone asks first.

use waymark_protocol::api::{DeviceState, Limits};
use waymark_protocol::record::wire::{MAX_PUSH_BYTES, MAX_PUSH_RECORDS};

use super::error::StoreError;
use super::{Store, logs, ordering, studies};
use crate::ingest::DeviceScope;

const LIMITS: Limits = Limits { push_records: MAX_PUSH_RECORDS as u32, push_bytes: MAX_PUSH_BYTES as u32 };

impl Store {
    /// A device's state; the newest document only when it is newer than `known`.
    pub async fn device_state(&self, scope: DeviceScope, known: u32, now: u64) -> Result<DeviceState, StoreError> {
        let DeviceScope { study, participant, device, .. } = scope;
        self.readers
            .read(move |connection| {
                let document = match studies::newest_version(connection, &study)? {
                    newest if newest > known => studies::newest(connection, &study)?,
                    _ => None,
                };
                Ok(DeviceState {
                    epoch: logs::epoch(connection)?,
                    head: logs::head(connection, &study, &device)?,
                    document,
                    devices: logs::devices_of(connection, &study, &participant)?,
                    erasures: ordering::erasures(connection, &study, Some(&participant))?,
                    revocations: ordering::revocations(connection, &study, Some(&participant))?,
                    sighting: ordering::sighting(connection, &study)?,
                    limits: LIMITS,
                    time: now,
                })
            })
            .await
    }
}
