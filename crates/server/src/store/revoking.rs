//! Phones that their own person stops. The study's revocations come with its orders.

use rusqlite::Connection;
use waymark_protocol::order::Revocation;
use waymark_protocol::{DeviceId, StudyId};

use super::column;
use super::error::StoreError;
use super::writer::Tx;
use super::{Store, logs, ordering, tokens};
use crate::ingest::DeviceScope;

/// Why a phone was not stopped.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevokeError {
    /// The person has no such phone.
    #[error("there is no such phone of this person")]
    NotFound,
    /// The place is not one in the phone's log.
    #[error("another record stands at place {seq}")]
    OtherRecord {
        /// The place.
        seq: u64,
    },
    /// The store is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Keeps revocations whose signatures have been checked: all or none. One that is there already changes nothing, nor does one
    /// at a higher place than another: the lowest holds.
    pub async fn revoke_phones(
        &self,
        by: DeviceScope,
        revocations: Vec<Revocation>,
        now: u64,
    ) -> Result<(), RevokeError> {
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
    let Revocation { device, seq, link, .. } = revocation;
    if logs::participant_of(tx.connection, &by.study, device)? != Some(by.participant) {
        return Err(RevokeError::NotFound);
    }
    // A place that has not come yet may come still, from a phone whose records a restored server has lost.
    if logs::link_at(tx.connection, &by.study, device, *seq)?.is_some_and(|there| there != *link) {
        return Err(RevokeError::OtherRecord { seq: *seq });
    }
    if lowest(tx.connection, &by.study, device)?.is_some_and(|place| place <= *seq) {
        return Ok(());
    }
    ordering::add_revocation(tx, &by.study, revocation)?;
    Ok(tokens::audit_phone(tx, &by.study, "phone stopped by its person", now)?)
}

fn lowest(connection: &Connection, study: &StudyId, device: &DeviceId) -> Result<Option<u64>, StoreError> {
    let sql = "SELECT seq FROM revocation WHERE study = ?1 AND device = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let places = statement.query_map((study.0, device.0), |row| column::unsigned(row, 0))?;
    let places: Vec<u64> = places.collect::<Result<_, _>>()?;
    Ok(places.into_iter().min())
}
