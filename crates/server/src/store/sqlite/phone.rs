//! What a phone asks first.

use async_trait::async_trait;
use waymark_protocol::api::DeviceState;

use super::super::error::StoreError;
use super::super::phone::{LIMITS, Phones};
use super::{Sqlite, logs, ordering, studies};
use crate::ingest::DeviceScope;

#[async_trait]
impl Phones for Sqlite {
    async fn device_state(&self, scope: DeviceScope, known: u32, now: u64) -> Result<DeviceState, StoreError> {
        let DeviceScope { study, participant, device, .. } = scope;
        self.readers
            .read(move |connection| {
                let newest = studies::newest(connection, &study)?;
                Ok(DeviceState {
                    epoch: logs::epoch(connection)?,
                    head: logs::head(connection, &study, &device)?,
                    document: newest.filter(|newest| newest.version > known).map(|newest| newest.signed),
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
