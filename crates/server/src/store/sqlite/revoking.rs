//! Phones that their own person stops.

use async_trait::async_trait;
use rusqlite::Connection;
use waymark_protocol::order::Revocation;
use waymark_protocol::{DeviceId, StudyId};

use super::super::error::StoreError;
use super::super::revoking::{RevokeError, Revoking, Standing};
use super::super::tokens::action;
use super::writer::Tx;
use super::{Sqlite, column, logs, ordering, tokens};
use crate::ingest::DeviceScope;

#[async_trait]
impl Revoking for Sqlite {
    async fn revoke_phones(&self, by: DeviceScope, revocations: Vec<Revocation>, now: u64) -> Result<(), RevokeError> {
        self.writer
            .write(move |tx| {
                for revocation in &revocations {
                    revoke(tx, &by, revocation, now)?;
                }
                Ok(())
            })
            .await
    }
}

fn revoke(tx: &Tx<'_>, by: &DeviceScope, revocation: &Revocation, now: u64) -> Result<(), RevokeError> {
    let Revocation { device, seq, .. } = revocation;
    let standing = Standing {
        owner: logs::participant_of(tx.connection, &by.study, device)?,
        link: logs::link_at(tx.connection, &by.study, device, *seq)?,
        lowest: lowest(tx.connection, &by.study, device)?,
    };
    if !standing.is_changed_by(revocation, by)? {
        return Ok(());
    }
    ordering::add_revocation(tx, &by.study, revocation)?;
    Ok(tokens::audit_phone(tx, &by.study, action::STOPPED, now)?)
}

fn lowest(connection: &Connection, study: &StudyId, device: &DeviceId) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT seq FROM revocation WHERE study = ?1 AND device = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let places = statement.query_map((study.0, device.0), |row| column::unsigned(row, 0))?;
    let places: Vec<u64> = places.collect::<Result<_, _>>()?;
    Ok(places.into_iter().min())
}
