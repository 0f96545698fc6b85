//! Phones that their own person stops.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use waymark_protocol::order::Revocation;
use waymark_protocol::{DeviceId, StudyId};

use super::super::error::StoreError;
use super::super::revoking::{RevokeError, Revoking, Standing};
use super::super::tokens::action;
use super::work::transact;
use super::{Postgres, logs, ordering, sql, tokens};
use crate::ingest::DeviceScope;

#[async_trait]
impl Revoking for Postgres {
    async fn revoke_phones(&self, by: DeviceScope, revocations: Vec<Revocation>, now: u64) -> Result<(), RevokeError> {
        transact!(self, |tx| revoke_all(&tx, &by, &revocations, now))
    }
}

async fn revoke_all(
    tx: &impl GenericClient,
    by: &DeviceScope,
    revocations: &[Revocation],
    now: u64,
) -> Result<(), RevokeError> {
    logs::lock(tx, &by.study).await?;
    for revocation in revocations {
        let Revocation { device, seq, .. } = revocation;
        let standing = Standing {
            owner: logs::participant_of(tx, &by.study, device).await?,
            link: logs::link_at(tx, &by.study, device, *seq).await?,
            lowest: lowest(tx, &by.study, device).await?,
        };
        if standing.is_changed_by(revocation, by)? {
            ordering::add_revocation(tx, &by.study, revocation).await?;
            tokens::audit_phone(tx, &by.study, action::STOPPED, now).await?;
        }
    }
    Ok(())
}

async fn lowest(tx: &impl GenericClient, study: &StudyId, device: &DeviceId) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT seq FROM revocation WHERE study = $1 AND device = $2";
    let rows = sql::query(tx, sql, &[&sql::bytes(&study.0), &sql::bytes(&device.0)]).await?;
    let places: Vec<u64> = rows.iter().map(|row| sql::unsigned(row, 0)).collect::<Result<_, _>>()?;
    Ok(places.into_iter().min())
}
