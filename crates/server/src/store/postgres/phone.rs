//! What a phone asks first.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use waymark_protocol::api::DeviceState;

use super::super::error::StoreError;
use super::super::phone::{LIMITS, Phones};
use super::work::read;
use super::{Postgres, logs, ordering, studies};
use crate::ingest::DeviceScope;

#[async_trait]
impl Phones for Postgres {
    async fn device_state(&self, scope: DeviceScope, known: u32, now: u64) -> Result<DeviceState, StoreError> {
        read!(self, |tx| state(&tx, &scope, known, now))
    }
}

async fn state(tx: &impl GenericClient, scope: &DeviceScope, known: u32, now: u64) -> Result<DeviceState, StoreError> {
    let DeviceScope { study, participant, device, .. } = scope;
    let newest = studies::newest(tx, study).await?;
    Ok(DeviceState {
        epoch: logs::epoch(tx).await?,
        head: logs::head(tx, study, device).await?,
        document: newest.filter(|newest| newest.version > known).map(|newest| newest.signed),
        devices: logs::devices_of(tx, study, participant).await?,
        erasures: ordering::erasures(tx, study, Some(participant)).await?,
        revocations: ordering::revocations(tx, study, Some(participant)).await?,
        sighting: ordering::sighting(tx, study).await?,
        limits: LIMITS,
        time: now,
    })
}
