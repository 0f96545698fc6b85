//! Rows of many pushes, column by column, each table written by one statement.

use deadpool_postgres::GenericClient;
use waymark_protocol::StudyId;

use super::super::super::error::StoreError;
use super::super::sql;
use super::Asked;
use crate::ingest::Hashed;

/// Records to be inserted.
#[derive(Default)]
pub struct Records<'a> {
    participants: Vec<&'a [u8]>,
    devices: Vec<&'a [u8]>,
    seqs: Vec<i64>,
    kinds: Vec<i64>,
    links: Vec<&'a [u8]>,
    slots_hashes: Vec<&'a [u8]>,
    body_hashes: Vec<&'a [u8]>,
    target_devices: Vec<Option<&'a [u8]>>,
    target_seqs: Vec<Option<i64>>,
    target_links: Vec<Option<&'a [u8]>>,
    server_seqs: Vec<i64>,
    received_at: Vec<i64>,
    late: Vec<bool>,
    headers: Vec<&'a [u8]>,
    slots: Vec<Option<&'a [u8]>>,
    bodies: Vec<Option<&'a [u8]>>,
    parts: Parts<'a>,
}

/// The parts that the records list.
#[derive(Default)]
struct Parts<'a> {
    participants: Vec<&'a [u8]>,
    hashes: Vec<&'a [u8]>,
    server_seqs: Vec<i64>,
    /// Records that list parts and come as tombstones.
    tombstones: Vec<i64>,
}

impl<'a> Records<'a> {
    /// Adds a record; one that is erased already as its tombstone.
    pub fn add(&mut self, asked: &'a Asked, hashed: &'a Hashed, server_seq: u64, erased: bool, late: bool) {
        let Hashed { record, slots_hash, body_hash, link } = hashed;
        let (header, target) = (record.header(), record.header().target.as_ref());
        let server_seq = sql::signed(server_seq);
        self.participants.push(&asked.scope.participant.0);
        self.devices.push(&asked.scope.device.0);
        self.seqs.push(sql::signed(header.seq));
        self.kinds.push(header.kind.number().into());
        self.links.push(&link.0);
        self.slots_hashes.push(&slots_hash.0);
        self.body_hashes.push(&body_hash.0);
        self.target_devices.push(target.map(|target| sql::bytes(&target.device.0)));
        self.target_seqs.push(target.map(|target| sql::signed(target.seq)));
        self.target_links.push(target.map(|target| sql::bytes(&target.link.0)));
        self.server_seqs.push(server_seq);
        self.received_at.push(sql::signed(asked.now));
        self.late.push(late);
        self.headers.push(record.header_bytes());
        self.slots.push((!erased).then_some(record.slots_bytes()));
        self.bodies.push((!erased).then_some(record.body()));
        for part in &header.parts {
            self.parts.participants.push(&asked.scope.participant.0);
            self.parts.hashes.push(&part.0);
            self.parts.server_seqs.push(server_seq);
        }
        if erased && !header.parts.is_empty() {
            self.parts.tombstones.push(server_seq);
        }
    }

    /// Inserts all; returns those that list parts and came as tombstones.
    pub async fn insert(self, tx: &impl GenericClient, study: &StudyId) -> Result<Vec<i64>, StoreError> {
        if self.seqs.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "INSERT INTO record (study, participant, device, seq, kind, link, slots_hash, body_hash, target_device,
                       target_seq, target_link, server_seq, received_at, late, header, slots, body)
                   SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[],
                       $8::bytea[], $9::bytea[], $10::bigint[], $11::bytea[], $12::bigint[], $13::bigint[], $14::boolean[],
                       $15::bytea[], $16::bytea[], $17::bytea[])";
        let study = sql::bytes(&study.0);
        let params: sql::Params<'_> = &[
            &study,
            &self.participants,
            &self.devices,
            &self.seqs,
            &self.kinds,
            &self.links,
            &self.slots_hashes,
            &self.body_hashes,
            &self.target_devices,
            &self.target_seqs,
            &self.target_links,
            &self.server_seqs,
            &self.received_at,
            &self.late,
            &self.headers,
            &self.slots,
            &self.bodies,
        ];
        sql::execute(tx, sql, params).await?;
        let Parts { participants, hashes, server_seqs, tombstones } = self.parts;
        if !hashes.is_empty() {
            let sql = "INSERT INTO record_part (study, participant, hash, server_seq)
                       SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::bigint[]) ON CONFLICT DO NOTHING";
            sql::execute(tx, sql, &[&study, &participants, &hashes, &server_seqs]).await?;
        }
        Ok(tombstones)
    }
}

/// Checkpoints to be inserted.
#[derive(Default)]
pub struct Checkpoints<'a> {
    participants: Vec<&'a [u8]>,
    devices: Vec<&'a [u8]>,
    seqs: Vec<i64>,
    links: Vec<&'a [u8]>,
    local_heads: Vec<i64>,
    device_times: Vec<i64>,
    signatures: Vec<&'a [u8]>,
    server_seqs: Vec<i64>,
    received_at: Vec<i64>,
    late: Vec<bool>,
}

impl<'a> Checkpoints<'a> {
    /// Adds a push's checkpoint.
    pub fn add(&mut self, asked: &'a Asked, server_seq: u64, late: bool) {
        let checkpoint = &asked.push.checkpoint;
        self.participants.push(&asked.scope.participant.0);
        self.devices.push(&asked.scope.device.0);
        self.seqs.push(sql::signed(checkpoint.seq));
        self.links.push(&checkpoint.link.0);
        self.local_heads.push(sql::signed(checkpoint.local_head));
        self.device_times.push(sql::signed(checkpoint.device_time));
        self.signatures.push(&checkpoint.signature.0);
        self.server_seqs.push(sql::signed(server_seq));
        self.received_at.push(sql::signed(asked.now));
        self.late.push(late);
    }

    /// Inserts all.
    pub async fn insert(self, tx: &impl GenericClient, study: &StudyId) -> Result<(), StoreError> {
        if self.seqs.is_empty() {
            return Ok(());
        }
        let sql = "INSERT INTO checkpoint (study, participant, device, seq, link, local_head, device_time, signature, server_seq,
                       received_at, late)
                   SELECT $1, * FROM unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[], $6::bigint[], $7::bigint[],
                       $8::bytea[], $9::bigint[], $10::bigint[], $11::boolean[])";
        let params: sql::Params<'_> = &[
            &sql::bytes(&study.0),
            &self.participants,
            &self.devices,
            &self.seqs,
            &self.links,
            &self.local_heads,
            &self.device_times,
            &self.signatures,
            &self.server_seqs,
            &self.received_at,
            &self.late,
        ];
        sql::execute(tx, sql, params).await?;
        Ok(())
    }
}
