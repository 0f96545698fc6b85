//! Which parts are here, and which records list them.

use async_trait::async_trait;
use deadpool_postgres::GenericClient;
use tokio_postgres::Row;
use waymark_protocol::StudyId;

use super::super::blobs::{Object, PartKey};
use super::super::error::StoreError;
use super::super::parts::state::{ARRIVING, DOOMED, KEPT};
use super::super::parts::{LEAST_COUNTED, Listed, PartError, PartRows, SWEPT_AT_ONCE, Settled, has_room};
use super::work::{ask, transact};
use super::{Postgres, logs, sql};

#[async_trait]
impl PartRows for Postgres {
    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, StoreError> {
        let sql = &format!(
            "SELECT name FROM part
             WHERE study = $1 AND participant = $2 AND hash = $3 AND state = {KEPT}"
        );
        let row = ask!(self, |client| async move {
            let (study, participant, hash) = columns(&key);
            sql::query_opt(&client, sql, &[&study, &participant, &hash]).await
        });
        row?.map(|row| Ok(Object { key, name: row.try_get(0)? })).transpose()
    }

    async fn listed_part(&self, key: PartKey) -> Result<Listed, StoreError> {
        let key = &key;
        ask!(self, |client| async move { listed(&client, key).await })
    }

    async fn expect_part(&self, object: Object, len: u64, now: u64) -> Result<bool, PartError> {
        transact!(self, |tx| expect(&tx, &object, len, now))
    }

    async fn settle_part(&self, object: Object) -> Result<Settled, StoreError> {
        let (settled, doomed) = transact!(self, |tx| settle(&tx, &object))?;
        if doomed {
            self.0.doomed.notify_one();
        }
        Ok(settled)
    }

    async fn give_up_part(&self, object: Object) -> Result<(), StoreError> {
        let sql = &format!(
            "UPDATE part SET state = {DOOMED}
             WHERE study = $1 AND participant = $2 AND hash = $3 AND name = $4 AND state = {ARRIVING}"
        );
        let (study, participant, hash) = columns(&object.key);
        let params: sql::Params<'_> = &[&study, &participant, &hash, &object.name];
        if transact!(self, |tx| async { sql::execute(&tx, sql, params).await })? > 0 {
            self.0.doomed.notify_one();
        }
        Ok(())
    }

    async fn doomed_parts(&self, after: Option<Object>) -> Result<Vec<Object>, StoreError> {
        let sql = &format!(
            "SELECT study, participant, hash, name FROM part
             WHERE state = {DOOMED} AND ($2::bytea IS NULL OR (study, participant, hash, name) > ($2, $3, $4, $5))
             ORDER BY study, participant, hash, name LIMIT $1"
        );
        let after = after.as_ref();
        let rows = ask!(self, |client| async move {
            let key = after.map(|object| columns(&object.key));
            let (study, participant, hash) = (key.map(|key| key.0), key.map(|key| key.1), key.map(|key| key.2));
            let name = after.map(|object| object.name.as_str());
            sql::query(&client, sql, &[&i64::from(SWEPT_AT_ONCE), &study, &participant, &hash, &name]).await
        });
        rows?.iter().map(object).collect()
    }

    async fn forget_parts(&self, objects: Vec<Object>) -> Result<(), StoreError> {
        let sql = &format!(
            "DELETE FROM part USING unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::text[])
                 AS gone(study, participant, hash, name)
             WHERE (part.study, part.participant, part.hash, part.name)
                 = (gone.study, gone.participant, gone.hash, gone.name) AND state = {DOOMED}"
        );
        let objects = Columns::of(&objects);
        transact!(self, |tx| async { sql::execute(&tx, sql, &objects.params()).await }).map(drop)
    }

    async fn doom_arriving(&self, before: u64) -> Result<(), StoreError> {
        let sql = &format!("UPDATE part SET state = {DOOMED} WHERE state = {ARRIVING} AND since < $1");
        transact!(self, |tx| async { sql::execute(&tx, sql, &[&sql::signed(before)]).await }).map(drop)
    }

    async fn without_row(&self, objects: Vec<Object>) -> Result<Vec<Object>, StoreError> {
        let sql = "SELECT study, participant, hash, name FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::text[])
                       AS there(study, participant, hash, name)
                   WHERE NOT EXISTS (SELECT FROM part
                                     WHERE (part.study, part.participant, part.hash, part.name)
                                         = (there.study, there.participant, there.hash, there.name))";
        let objects = Columns::of(&objects);
        let objects = &objects;
        let rows = ask!(self, |client| async move { sql::query(&client, sql, &objects.params()).await });
        rows?.iter().map(object).collect()
    }

    async fn all_studies(&self) -> Result<Vec<StudyId>, StoreError> {
        let rows = ask!(self, |client| async move { sql::query(&client, "SELECT study FROM study", &[]).await });
        rows?.iter().map(|row| sql::fixed(row, 0).map(StudyId)).collect()
    }
}

async fn expect(tx: &impl GenericClient, object: &Object, len: u64, now: u64) -> Result<bool, PartError> {
    let key = &object.key;
    // Two parts of one study that come at once are counted one after the other.
    logs::lock(tx, &key.study).await?;
    match listed(tx, key).await? {
        Listed::ErasedAlone => return Ok(false),
        Listed::Nowhere => has_room(unlisted(tx, key).await?, len)?,
        Listed::Standing => {}
    }
    let sql = format!(
        "INSERT INTO part (study, participant, hash, name, len, state, since)
         VALUES ($1, $2, $3, $4, $5, {ARRIVING}, $6)"
    );
    let (study, participant, hash) = columns(key);
    let params: sql::Params<'_> = &[&study, &participant, &hash, &object.name, &sql::signed(len), &sql::signed(now)];
    sql::execute(tx, &sql, params).await?;
    Ok(true)
}

/// Says also whether an object is to be deleted.
async fn settle(tx: &impl GenericClient, object: &Object) -> Result<(Settled, bool), StoreError> {
    let key = &object.key;
    let (study, participant, hash) = columns(key);
    logs::lock(tx, &key.study).await?;
    let arriving = format!(
        "SELECT FROM part
         WHERE study = $1 AND participant = $2 AND hash = $3 AND name = $4 AND state = {ARRIVING} FOR UPDATE"
    );
    if sql::query_opt(tx, &arriving, &[&study, &participant, &hash, &object.name]).await?.is_none() {
        return Ok((Settled::TooLate, false));
    }
    let erased = listed(tx, key).await? == Listed::ErasedAlone;
    let mut doomed = erased;
    if !erased {
        // One that was there cannot be read any more, or came a moment earlier.
        let sql = format!(
            "UPDATE part SET state = {DOOMED}
             WHERE study = $1 AND participant = $2 AND hash = $3 AND state = {KEPT}"
        );
        doomed = sql::execute(tx, &sql, &[&study, &participant, &hash]).await? > 0;
    }
    let state = if erased { DOOMED } else { KEPT };
    let sql = "UPDATE part SET state = $5 WHERE study = $1 AND participant = $2 AND hash = $3 AND name = $4";
    sql::execute(tx, sql, &[&study, &participant, &hash, &object.name, &state]).await?;
    Ok((if erased { Settled::Erased } else { Settled::Kept }, doomed))
}

async fn listed(tx: &impl GenericClient, key: &PartKey) -> Result<Listed, StoreError> {
    let sql = "SELECT count(*), count(record.body) FROM record_part JOIN record USING (study, server_seq)
               WHERE record_part.study = $1 AND record_part.participant = $2 AND hash = $3";
    let (study, participant, hash) = columns(key);
    let row = sql::query_one(tx, sql, &[&study, &participant, &hash]).await?;
    Ok(Listed::of(sql::unsigned(&row, 0)?, sql::unsigned(&row, 1)?))
}

/// How many bytes of the participant's other parts no record lists, each counted as at least [`LEAST_COUNTED`].
async fn unlisted(tx: &impl GenericClient, key: &PartKey) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum(greatest(len, $4)), 0)::bigint FROM part
         WHERE study = $1 AND participant = $2 AND hash <> $3 AND state <> {DOOMED}
           AND NOT EXISTS (SELECT FROM record_part l
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash))"
    );
    let (study, participant, hash) = columns(key);
    let least = i64::from(LEAST_COUNTED);
    sql::unsigned(&sql::query_one(tx, &sql, &[&study, &participant, &hash, &least]).await?, 0)
}

/// Records have lost their bodies: those of their parts that no other record with a body lists are to be deleted; says whether
/// there are any. What is still arriving is judged when it is there.
pub async fn doom(tx: &impl GenericClient, study: &StudyId, records: &[i64]) -> Result<bool, StoreError> {
    let sql = format!(
        "UPDATE part SET state = {DOOMED}
         WHERE study = $1 AND state = {KEPT}
           AND (participant, hash) IN (SELECT participant, hash FROM record_part
                                       WHERE study = $1 AND server_seq = ANY($2))
           AND NOT EXISTS (SELECT FROM record_part l JOIN record r USING (study, server_seq)
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash)
                             AND r.body IS NOT NULL)"
    );
    Ok(!records.is_empty() && sql::execute(tx, &sql, &[&sql::bytes(&study.0), &records]).await? > 0)
}

fn columns(key: &PartKey) -> (&[u8], &[u8], &[u8]) {
    (&key.study.0, &key.participant.0, &key.hash.0)
}

fn object(row: &Row) -> Result<Object, StoreError> {
    let (study, participant) = (StudyId(sql::fixed(row, 0)?), sql::participant(row, 1)?);
    Ok(Object { key: PartKey { study, participant, hash: sql::hash(row, 2)? }, name: row.try_get(3)? })
}

/// Objects, column by column.
struct Columns<'a> {
    studies: Vec<&'a [u8]>,
    participants: Vec<&'a [u8]>,
    hashes: Vec<&'a [u8]>,
    names: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    fn of(objects: &'a [Object]) -> Self {
        Self {
            studies: objects.iter().map(|object| sql::bytes(&object.key.study.0)).collect(),
            participants: objects.iter().map(|object| sql::bytes(&object.key.participant.0)).collect(),
            hashes: objects.iter().map(|object| sql::bytes(&object.key.hash.0)).collect(),
            names: objects.iter().map(|object| object.name.as_str()).collect(),
        }
    }

    fn params(&self) -> [&(dyn tokio_postgres::types::ToSql + Sync); 4] {
        [&self.studies, &self.participants, &self.hashes, &self.names]
    }
}
