//! Taking a push: all of it or nothing.

use std::collections::BTreeMap;

use async_trait::async_trait;
use rusqlite::Connection;
use waymark_protocol::api::{Head, Receipt};
use waymark_protocol::record::Kind;

use super::super::error::StoreError;
use super::super::ingesting::{IngestError, Ingesting};
use super::super::tokens::action;
use super::column::{self, signed};
use super::writer::Tx;
use super::{Sqlite, counting, ending, erasing, logs, parts, tokens};
use crate::ingest::{self, DeviceScope, Hashed, Log, MOST_CHECKPOINTS, Push};

#[async_trait]
impl Ingesting for Sqlite {
    async fn ingest(
        &self,
        scope: DeviceScope,
        push: Push,
        quota: Option<u64>,
        now: u64,
    ) -> Result<Receipt, IngestError> {
        self.writer.write(move |tx| take(tx, &scope, &push, quota, now)).await
    }
}

fn take(tx: &Tx<'_>, scope: &DeviceScope, push: &Push, quota: Option<u64>, now: u64) -> Result<Receipt, IngestError> {
    let log = log(tx.connection, scope, push)?;
    let replayed = ingest::follow(&log, push)?;
    let new = &push.records[replayed..];
    if !new.is_empty() {
        ingest::has_room(counting::stored(tx.connection, &scope.study, &scope.participant)?, new, quota)?;
    }
    let late = ending::is_late(tx.connection, &scope.study, &scope.participant)?;
    let mut bytes = 0;
    for hashed in new {
        bytes += keep(tx, scope, hashed, now, late)?;
    }
    if bytes > 0 {
        counting::add(tx, scope, bytes)?;
    }
    keep_checkpoint(tx, scope, push, now, late)?;
    if new.iter().any(Hashed::erases) {
        tokens::audit_phone(tx, &scope.study, action::ERASED, now)?;
    }
    let Head { seq, link } = logs::head(tx.connection, &scope.study, &scope.device)?;
    Ok(Receipt { accepted_through: seq, link, epoch: logs::epoch(tx.connection)?, time: now })
}

fn log(connection: &Connection, scope: &DeviceScope, push: &Push) -> Result<Log, StoreError> {
    let DeviceScope { study, device, .. } = scope;
    let head = logs::head(connection, study, device)?;
    let last = push.checkpoint.seq.min(head.seq);
    let sql = "SELECT seq, link FROM record WHERE study = ?1 AND device = ?2 AND seq BETWEEN ?3 AND ?4";
    let mut statement = connection.prepare_cached(sql)?;
    let links: BTreeMap<_, _> = statement
        .query_map((study.0, device.0, signed(push.first_seq().min(head.seq)), signed(last)), |row| {
            Ok((column::unsigned(row, 0)?, column::hash(row, 1)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached("SELECT seq FROM revocation WHERE study = ?1 AND device = ?2")?;
    let revoked = statement.query_map((study.0, device.0), |row| column::unsigned(row, 0))?;
    let revoked: Vec<u64> = revoked.collect::<Result<_, _>>()?;
    Ok(Log { head, links, revoked_after: revoked.into_iter().min() })
}

/// Says how many bytes of it are kept.
fn keep(tx: &Tx<'_>, scope: &DeviceScope, hashed: &Hashed, now: u64, late: bool) -> Result<u64, StoreError> {
    let Hashed { record, slots_hash, body_hash, link } = hashed;
    let header = record.header();
    let erased = erasing::is_erased(tx.connection, header, link)?;
    let (slots, body) = if erased { (None, None) } else { (Some(record.slots_bytes()), Some(record.body())) };
    let server_seq = logs::next_server_seq(tx, &scope.study)?;
    let sql = "INSERT INTO record (study, participant, device, seq, kind, link, slots_hash, body_hash, target_device,
                   target_seq, target_link, server_seq, received_at, late, header, slots, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
    tx.connection.prepare_cached(sql)?.execute(rusqlite::params![
        scope.study.0,
        scope.participant.0,
        scope.device.0,
        signed(header.seq),
        header.kind.number(),
        link.0,
        slots_hash.0,
        body_hash.0,
        header.target.map(|target| target.device.0),
        header.target.map(|target| signed(target.seq)),
        header.target.map(|target| target.link.0),
        signed(server_seq),
        signed(now),
        late,
        record.header_bytes(),
        slots,
        body,
    ])?;
    parts::list(tx, header, tx.connection.last_insert_rowid(), erased)?;
    match (header.kind, &header.target) {
        (Kind::Erase, Some(target)) => erasing::erase(tx, &scope.study, Some(&scope.participant), target)?,
        (Kind::Erase, None) => erasing::erase_all(tx, &scope.study, &scope.participant, &scope.device)?,
        _ => {}
    }
    Ok(hashed.stored_len(erased) as u64)
}

fn keep_checkpoint(tx: &Tx<'_>, scope: &DeviceScope, push: &Push, now: u64, late: bool) -> Result<(), StoreError> {
    let checkpoint = &push.checkpoint;
    let sql = "SELECT count(*), coalesce(max(signature = ?4), 0) FROM checkpoint WHERE study = ?1 AND device = ?2 AND seq = ?3";
    let key = (scope.study.0, scope.device.0, signed(checkpoint.seq), checkpoint.signature.0);
    let (kept, known): (u64, bool) =
        tx.connection.prepare_cached(sql)?.query_row(key, |row| Ok((column::unsigned(row, 0)?, row.get(1)?)))?;
    if known || kept >= MOST_CHECKPOINTS {
        return Ok(());
    }
    let server_seq = logs::next_server_seq(tx, &scope.study)?;
    let sql =
        "INSERT INTO checkpoint (study, participant, device, seq, link, local_head, device_time, signature, server_seq,
                   received_at, late)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    tx.connection.prepare_cached(sql)?.execute(rusqlite::params![
        scope.study.0,
        scope.participant.0,
        scope.device.0,
        signed(checkpoint.seq),
        checkpoint.link.0,
        signed(checkpoint.local_head),
        signed(checkpoint.device_time),
        checkpoint.signature.0,
        signed(server_seq),
        signed(now),
        late,
    ])?;
    Ok(())
}
