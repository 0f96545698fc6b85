//! What the study orders and has seen.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::Row;
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
use super::work::{ask, read, transact};
use super::{Postgres, erasing, logs, sql, tokens};
use crate::auth::Staff;

#[async_trait]
impl Ordering for Postgres {
    async fn add_orders(&self, study: StudyId, orders: Orders, by: Staff, now: u64) -> Result<(), OrderError> {
        let doomed = transact!(self, |tx| add_orders(&tx, &study, &orders, by, now))?;
        if doomed {
            self.0.doomed.notify_one();
        }
        Ok(())
    }

    async fn orders(&self, study: StudyId, after: OrdersAfter, limit: u32) -> Result<OrdersPage, StoreError> {
        read!(self, |tx| async move {
            let (erasures, place) = match after {
                OrdersAfter::Erasure(after) => (erasures_after(&tx, &study, after, limit).await?, None),
                OrdersAfter::Revocation(place) => (Vec::new(), place),
            };
            let revocations = revocations_after(&tx, &study, place, limit).await?;
            Ok::<_, StoreError>(page(erasures, revocations, limit))
        })
    }

    async fn recovery_keys(&self, study: StudyId, device: DeviceId) -> Result<Vec<VerifyingKey>, StoreError> {
        let sql = "SELECT recovery_key FROM recovery_key JOIN device USING (study, participant)
                   WHERE study = $1 AND device = $2";
        let rows = ask!(self, |client| async move {
            sql::query(&client, sql, &[&sql::bytes(&study.0), &sql::bytes(&device.0)]).await
        });
        rows?.iter().map(|row| sql::fixed(row, 0).map(VerifyingKey)).collect()
    }

    async fn add_sighting(&self, sighting: Sighting, by: Staff, now: u64) -> Result<(), StoreError> {
        transact!(self, |tx| add_sighting(&tx, &sighting, by, now))
    }
}

/// Says whether parts are to be deleted.
async fn add_orders(
    tx: &impl GenericClient,
    study: &StudyId,
    orders: &Orders,
    by: Staff,
    now: u64,
) -> Result<bool, OrderError> {
    logs::lock(tx, study).await?;
    let mut targets = Vec::new();
    for order in &orders.erasures {
        if is_new(erasure_by_id(tx, study, &order.id).await?.as_ref(), order)? {
            insert_erasure(tx, study, order).await?;
            targets.push(order.target);
        }
    }
    let doomed = erasing::erase(tx, study, None, &targets).await?.doomed;
    for revocation in &orders.revocations {
        add_revocation(tx, study, revocation).await?;
    }
    tokens::audit(tx, by, *study, action::ORDERED, now).await?;
    Ok(doomed)
}

async fn add_sighting(tx: &impl GenericClient, sighting: &Sighting, by: Staff, now: u64) -> Result<(), StoreError> {
    let study = &sighting.study;
    logs::lock(tx, study).await?;
    let standing = sql::query_opt(tx, "SELECT time FROM sighting WHERE study = $1", &[&sql::bytes(&study.0)]).await?;
    let newest = standing.map(|row| sql::unsigned(&row, 0)).transpose()?;
    if !is_newer(sighting, newest, now) {
        return Ok(());
    }
    let sql = "INSERT INTO sighting (study, time, json) VALUES ($1, $2, $3)
               ON CONFLICT (study) DO UPDATE SET time = $2, json = $3";
    let json = sighting_to_json(sighting)?;
    sql::execute(tx, sql, &[&sql::bytes(&study.0), &sql::signed(sighting.time), &json]).await?;
    tokens::audit(tx, by, *study, action::SIGHTED, now).await
}

async fn insert_erasure(tx: &impl GenericClient, study: &StudyId, order: &ErasureOrder) -> Result<(), StoreError> {
    let sql = "INSERT INTO erasure_order (study, id, number, device, seq, link, time, reason, signature)
               SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8 FROM erasure_order WHERE study = $1";
    let Target { device, seq, link } = &order.target;
    let (study, id, device) = (sql::bytes(&study.0), sql::bytes(&order.id.0), sql::bytes(&device.0));
    let (link, reason, signature) = (sql::bytes(&link.0), order.reason.as_bytes(), sql::bytes(&order.signature.0));
    let params: sql::Params<'_> =
        &[&study, &id, &device, &sql::signed(*seq), &link, &sql::signed(order.time), &reason, &signature];
    sql::execute(tx, sql, params).await?;
    Ok(())
}

/// Keeps a revocation as signed.
pub async fn add_revocation(
    tx: &impl GenericClient,
    study: &StudyId,
    revocation: &Revocation,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO revocation (study, device, seq, link, signature, number)
               SELECT $1, $2, $3, $4, $5, coalesce(max(number), 0) + 1 FROM revocation WHERE study = $1
               ON CONFLICT DO NOTHING";
    let Revocation { device, seq, link, signature, .. } = revocation;
    let (study, device, link) = (sql::bytes(&study.0), sql::bytes(&device.0), sql::bytes(&link.0));
    sql::execute(tx, sql, &[&study, &device, &sql::signed(*seq), &link, &sql::bytes(&signature.0)]).await?;
    Ok(())
}

const ERASURE: &str = "SELECT o.id, o.device, o.seq, o.link, o.time, o.reason, o.signature FROM erasure_order o";

fn erasure(study: &StudyId, row: &Row) -> Result<ErasureOrder, StoreError> {
    let (device, seq, link) = (sql::device(row, 1)?, sql::unsigned(row, 2)?, sql::hash(row, 3)?);
    let reason: &[u8] = row.try_get(5)?;
    Ok(ErasureOrder {
        id: OrderId(sql::fixed(row, 0)?),
        study: *study,
        target: Target { device, seq, link },
        time: sql::unsigned(row, 4)?,
        reason: String::from_utf8_lossy(reason).into_owned(),
        signature: Signature(sql::fixed(row, 6)?),
    })
}

async fn erasure_by_id(
    tx: &impl GenericClient,
    study: &StudyId,
    id: &OrderId,
) -> Result<Option<ErasureOrder>, StoreError> {
    let sql = format!("{ERASURE} WHERE o.study = $1 AND o.id = $2");
    let row = sql::query_opt(tx, &sql, &[&sql::bytes(&study.0), &sql::bytes(&id.0)]).await?;
    row.map(|row| erasure(study, &row)).transpose()
}

/// A study's erasure orders, in the order given; with a participant, those about that person's records.
pub async fn erasures(
    client: &impl GenericClient,
    study: &StudyId,
    participant: Option<&ParticipantId>,
) -> Result<Vec<ErasureOrder>, StoreError> {
    let sql = format!(
        "{ERASURE} LEFT JOIN device d ON d.study = o.study AND d.device = o.device
         WHERE o.study = $1 AND ($2::bytea IS NULL OR d.participant = $2) ORDER BY o.number"
    );
    let participant = participant.map(|id| sql::bytes(&id.0));
    let rows = sql::query(client, &sql, &[&sql::bytes(&study.0), &participant]).await?;
    rows.iter().map(|row| erasure(study, row)).collect()
}

/// One more than `limit` of a study's erasure orders, by their ids, where there are as many.
async fn erasures_after(
    client: &impl GenericClient,
    study: &StudyId,
    after: Option<OrderId>,
    limit: u32,
) -> Result<Vec<ErasureOrder>, StoreError> {
    let sql = format!("{ERASURE} WHERE o.study = $1 AND o.id > $2 ORDER BY o.id LIMIT $3");
    let after = after.map_or_else(Vec::new, |id| id.0.to_vec());
    let rows = sql::query(client, &sql, &[&sql::bytes(&study.0), &after, &(i64::from(limit) + 1)]).await?;
    rows.iter().map(|row| erasure(study, row)).collect()
}

/// One more than `limit` of a study's revocations, by device, place and link, where there are as many.
async fn revocations_after(
    client: &impl GenericClient,
    study: &StudyId,
    after: Option<(DeviceId, u64, Hash)>,
    limit: u32,
) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT device, seq, link, signature FROM revocation
               WHERE study = $1 AND (device, seq, link) > ($2, $3, $4) ORDER BY device, seq, link LIMIT $5";
    let (device, seq, link) =
        after.map_or_else(Default::default, |(device, seq, link)| (device.0.to_vec(), seq, link.0.to_vec()));
    let params: sql::Params<'_> = &[&sql::bytes(&study.0), &device, &sql::signed(seq), &link, &(i64::from(limit) + 1)];
    let rows = sql::query(client, sql, params).await?;
    rows.iter().map(|row| revocation(study, row)).collect()
}

fn revocation(study: &StudyId, row: &Row) -> Result<Revocation, StoreError> {
    Ok(Revocation {
        study: *study,
        device: sql::device(row, 0)?,
        seq: sql::unsigned(row, 1)?,
        link: sql::hash(row, 2)?,
        signature: Signature(sql::fixed(row, 3)?),
    })
}

/// A study's revocations, in the order given; with a participant, those of that person's devices.
pub async fn revocations(
    client: &impl GenericClient,
    study: &StudyId,
    participant: Option<&ParticipantId>,
) -> Result<Vec<Revocation>, StoreError> {
    let sql = "SELECT r.device, r.seq, r.link, r.signature FROM revocation r
               LEFT JOIN device d ON d.study = r.study AND d.device = r.device
               WHERE r.study = $1 AND ($2::bytea IS NULL OR d.participant = $2) ORDER BY r.number";
    let participant = participant.map(|id| sql::bytes(&id.0));
    let rows = sql::query(client, sql, &[&sql::bytes(&study.0), &participant]).await?;
    rows.iter().map(|row| revocation(study, row)).collect()
}

/// The newest sighting.
pub async fn sighting(client: &impl GenericClient, study: &StudyId) -> Result<Option<Sighting>, StoreError> {
    let sql = "SELECT json FROM sighting WHERE study = $1";
    let Some(row) = sql::query_opt(client, sql, &[&sql::bytes(&study.0)]).await? else {
        return Ok(None);
    };
    sighting_from_json(row.try_get(0)?).map(Some)
}
