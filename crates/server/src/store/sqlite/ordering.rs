//! What the study orders and has seen.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::api::{Orders, OrdersPage};
use waymark_protocol::keys::{Signature, VerifyingKey};
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::Target;
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::super::error::StoreError;
use super::super::ordering::{
    OrderError, Ordering, OrdersAfter, is_new, is_newer, page, sighting_from_json, sighting_to_json,
};
use super::super::tokens::action;
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, erasing, tokens};
use crate::auth::Staff;

#[async_trait]
impl Ordering for Sqlite {
    async fn add_orders(&self, study: StudyId, orders: Orders, by: Staff, now: u64) -> Result<(), OrderError> {
        self.writer
            .write(move |tx| {
                for order in &orders.erasures {
                    add_erasure(tx, &study, order)?;
                }
                for revocation in &orders.revocations {
                    add_revocation(tx, &study, revocation)?;
                }
                Ok(tokens::audit(tx, by, study, action::ORDERED, now)?)
            })
            .await
    }

    async fn orders(&self, study: StudyId, after: OrdersAfter, limit: u32) -> Result<OrdersPage, StoreError> {
        self.readers
            .read(move |connection| {
                let (erasures, place) = match after {
                    OrdersAfter::Erasure(after) => (erasures_after(connection, &study, after, limit)?, None),
                    OrdersAfter::Revocation(place) => (Vec::new(), place),
                };
                let revocations = revocations_after(connection, &study, place, limit)?;
                Ok(page(erasures, revocations, limit))
            })
            .await
    }

    async fn recovery_keys(&self, study: StudyId, device: DeviceId) -> Result<Vec<VerifyingKey>, StoreError> {
        let sql = "SELECT recovery_key FROM recovery_key JOIN device USING (study, participant)
                   WHERE study = ?1 AND device = ?2";
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(sql)?;
                let keys = statement.query_map((study.0, device.0), |row| column::fixed(row, 0).map(VerifyingKey))?;
                Ok(keys.collect::<Result<_, _>>()?)
            })
            .await
    }

    async fn add_sighting(&self, sighting: Sighting, by: Staff, now: u64) -> Result<(), StoreError> {
        let json = sighting_to_json(&sighting)?;
        self.writer
            .write(move |tx| {
                let study = sighting.study;
                let sql = "SELECT time FROM sighting WHERE study = ?1";
                let mut statement = tx.connection.prepare_cached(sql)?;
                let newest = statement.query_row([study.0], |row| column::unsigned(row, 0)).optional()?;
                if !is_newer(&sighting, newest, now) {
                    return Ok(());
                }
                let sql = "INSERT OR REPLACE INTO sighting (study, time, json) VALUES (?1, ?2, ?3)";
                tx.connection.prepare_cached(sql)?.execute((study.0, signed(sighting.time), &json))?;
                tokens::audit(tx, by, study, action::SIGHTED, now)
            })
            .await
    }
}

fn add_erasure(tx: &Tx<'_>, study: &StudyId, order: &ErasureOrder) -> Result<(), OrderError> {
    if !is_new(erasure_by_id(tx.connection, study, &order.id)?.as_ref(), order)? {
        return Ok(());
    }
    insert_erasure(tx, study, order)?;
    Ok(erasing::erase(tx, study, None, &order.target)?)
}

fn insert_erasure(tx: &Tx<'_>, study: &StudyId, order: &ErasureOrder) -> Result<(), StoreError> {
    let sql = "INSERT INTO erasure_order (study, id, device, seq, link, time, reason, signature)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let Target { device, seq, link } = order.target;
    tx.connection.prepare_cached(sql)?.execute((
        study.0,
        order.id.0,
        device.0,
        signed(seq),
        link.0,
        signed(order.time),
        &order.reason,
        order.signature.0,
    ))?;
    Ok(())
}

/// Keeps a revocation as signed.
pub fn add_revocation(tx: &Tx<'_>, study: &StudyId, revocation: &Revocation) -> Result<(), StoreError> {
    let sql = "INSERT INTO revocation (study, device, seq, link, signature) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT DO NOTHING";
    let Revocation { device, seq, link, signature, .. } = revocation;
    let row = (study.0, device.0, signed(*seq), link.0, signature.0);
    tx.connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

const ERASURE: &str = "SELECT id, o.device, seq, link, time, reason, signature FROM erasure_order o";

fn erasure(study: &StudyId, row: &rusqlite::Row<'_>) -> rusqlite::Result<ErasureOrder> {
    let (device, seq, link) = (column::device(row, 1)?, column::unsigned(row, 2)?, column::hash(row, 3)?);
    Ok(ErasureOrder {
        id: OrderId(column::fixed(row, 0)?),
        study: *study,
        target: Target { device, seq, link },
        time: column::unsigned(row, 4)?,
        reason: String::from_utf8_lossy(column::bytes(row, 5)?.unwrap_or_default()).into_owned(),
        signature: Signature(column::fixed(row, 6)?),
    })
}

fn erasure_by_id(connection: &Connection, study: &StudyId, id: &OrderId) -> Result<Option<ErasureOrder>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{ERASURE} WHERE o.study = ?1 AND o.id = ?2"))?;
    Ok(statement.query_row((study.0, id.0), |row| erasure(study, row)).optional()?)
}

/// A study's erasure orders, in the order given; with a participant, those about that person's records.
pub fn erasures(
    connection: &Connection,
    study: &StudyId,
    participant: Option<&ParticipantId>,
) -> Result<Vec<ErasureOrder>, StoreError> {
    let sql = format!(
        "{ERASURE} LEFT JOIN device d ON d.study = o.study AND d.device = o.device
         WHERE o.study = ?1 AND (?2 IS NULL OR d.participant = ?2) ORDER BY o.rowid"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let orders = statement.query_map((study.0, participant.map(|id| id.0)), |row| erasure(study, row))?;
    Ok(orders.collect::<Result<_, _>>()?)
}

/// One more than `limit` of a study's erasure orders, by their ids, where there are as many.
fn erasures_after(
    connection: &Connection,
    study: &StudyId,
    after: Option<OrderId>,
    limit: u32,
) -> Result<Vec<ErasureOrder>, StoreError> {
    let sql = format!("{ERASURE} WHERE o.study = ?1 AND o.id > ?2 ORDER BY o.id LIMIT ?3");
    let after = after.map_or_else(Vec::new, |id| id.0.to_vec());
    let mut statement = connection.prepare_cached(&sql)?;
    let orders = statement.query_map((study.0, after, i64::from(limit) + 1), |row| erasure(study, row))?;
    Ok(orders.collect::<Result<_, _>>()?)
}

/// One more than `limit` of a study's revocations, by device, place and link, where there are as many.
fn revocations_after(
    connection: &Connection,
    study: &StudyId,
    after: Option<(DeviceId, u64, Hash)>,
    limit: u32,
) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT device, seq, link, signature FROM revocation
               WHERE study = ?1 AND (device, seq, link) > (?2, ?3, ?4) ORDER BY device, seq, link LIMIT ?5";
    let (device, seq, link) =
        after.map_or_else(Default::default, |(device, seq, link)| (device.0.to_vec(), seq, link.0.to_vec()));
    let mut statement = connection.prepare_cached(sql)?;
    let row = (study.0, device, signed(seq), link, i64::from(limit) + 1);
    let revocations = statement.query_map(row, |row| revocation(study, row))?;
    Ok(revocations.collect::<Result<_, _>>()?)
}

fn revocation(study: &StudyId, row: &rusqlite::Row<'_>) -> rusqlite::Result<Revocation> {
    Ok(Revocation {
        study: *study,
        device: column::device(row, 0)?,
        seq: column::unsigned(row, 1)?,
        link: column::hash(row, 2)?,
        signature: Signature(column::fixed(row, 3)?),
    })
}

/// A study's revocations; with a participant, those of that person's devices.
pub fn revocations(
    connection: &Connection,
    study: &StudyId,
    participant: Option<&ParticipantId>,
) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT r.device, seq, link, signature FROM revocation r
               LEFT JOIN device d ON d.study = r.study AND d.device = r.device
               WHERE r.study = ?1 AND (?2 IS NULL OR d.participant = ?2) ORDER BY r.rowid";
    let mut statement = connection.prepare_cached(sql)?;
    let revocations = statement.query_map((study.0, participant.map(|id| id.0)), |row| revocation(study, row))?;
    Ok(revocations.collect::<Result<_, _>>()?)
}

/// The newest sighting.
pub fn sighting(connection: &Connection, study: &StudyId) -> Result<Option<Sighting>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT json FROM sighting WHERE study = ?1")?;
    let json =
        statement.query_row([study.0], |row| Ok(column::bytes(row, 0)?.unwrap_or_default().to_vec())).optional()?;
    json.map(|json| sighting_from_json(&json)).transpose()
}
