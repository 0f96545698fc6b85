//! Which parts are here, and which records list them.

use async_trait::async_trait;
use rusqlite::Connection;
use waymark_protocol::StudyId;
use waymark_protocol::record::Header;

use super::super::blobs::{Object, PartKey};
use super::super::error::StoreError;
use super::super::parts::state::{ARRIVING, DOOMED, KEPT};
use super::super::parts::{LEAST_COUNTED, Listed, PartError, PartRows, SWEPT_AT_ONCE, Settled, has_room};
use super::Sqlite;
use super::column::{self, signed};
use super::writer::Tx;

#[async_trait]
impl PartRows for Sqlite {
    async fn kept_part(&self, key: PartKey) -> Result<Option<Object>, StoreError> {
        let sql = format!(
            "SELECT name FROM part
             WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = {KEPT}"
        );
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let mut names = statement.query_map(columns(&key), |row| row.get(0))?;
                Ok(names.next().transpose()?.map(|name| Object { key, name }))
            })
            .await
    }

    async fn listed_part(&self, key: PartKey) -> Result<Listed, StoreError> {
        self.readers.read(move |connection| listed(connection, &key)).await
    }

    async fn expect_part(&self, object: Object, len: u64, now: u64) -> Result<bool, PartError> {
        self.writer.write(move |tx| expect(tx, &object, len, now)).await
    }

    async fn settle_part(&self, object: Object) -> Result<Settled, StoreError> {
        self.writer.write(move |tx| settle(tx, &object)).await
    }

    async fn give_up_part(&self, object: Object) -> Result<(), StoreError> {
        self.writer
            .write(move |tx| {
                let sql = format!(
                    "UPDATE part SET state = {DOOMED}
                     WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND name = ?4 AND state = {ARRIVING}"
                );
                if tx.connection.prepare_cached(&sql)?.execute(named(&object))? > 0 {
                    tx.note_doomed();
                }
                Ok(())
            })
            .await
    }

    async fn doomed_parts(&self, after: Option<Object>) -> Result<Vec<Object>, StoreError> {
        self.readers.read(move |connection| doomed(connection, after.as_ref())).await
    }

    async fn forget_parts(&self, objects: Vec<Object>) -> Result<(), StoreError> {
        self.writer
            .write(move |tx| {
                let sql = format!(
                    "DELETE FROM part
                     WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND name = ?4 AND state = {DOOMED}"
                );
                let mut statement = tx.connection.prepare_cached(&sql)?;
                objects.iter().try_for_each(|object| statement.execute(named(object)).map(drop))?;
                Ok(())
            })
            .await
    }

    async fn doom_arriving(&self, before: u64) -> Result<(), StoreError> {
        self.writer
            .write(move |tx| {
                let sql = format!(
                    "UPDATE part SET state = {DOOMED}
                     WHERE state = {ARRIVING} AND state <> {KEPT} AND since < ?1"
                );
                tx.connection.prepare_cached(&sql)?.execute([signed(before)])?;
                Ok(())
            })
            .await
    }

    async fn without_row(&self, objects: Vec<Object>) -> Result<Vec<Object>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT 1 FROM part WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND name = ?4";
                let mut statement = connection.prepare_cached(sql)?;
                let mut without = Vec::new();
                for object in objects {
                    if !statement.exists(named(&object))? {
                        without.push(object);
                    }
                }
                Ok(without)
            })
            .await
    }

    async fn all_studies(&self) -> Result<Vec<StudyId>, StoreError> {
        self.readers
            .read(|connection| {
                let mut statement = connection.prepare_cached("SELECT study FROM study")?;
                let studies = statement.query_map([], |row| column::study(row, 0))?;
                Ok(studies.collect::<Result<_, _>>()?)
            })
            .await
    }
}

fn expect(tx: &Tx<'_>, object: &Object, len: u64, now: u64) -> Result<bool, PartError> {
    let key = &object.key;
    match listed(tx.connection, key)? {
        Listed::ErasedAlone => return Ok(false),
        Listed::Nowhere => has_room(unlisted(tx.connection, key)?, len)?,
        Listed::Standing => {}
    }
    let sql = format!(
        "INSERT INTO part (study, participant, hash, name, len, state, since)
         VALUES (?1, ?2, ?3, ?4, ?5, {ARRIVING}, ?6)"
    );
    let row = (key.study.0, key.participant.0, key.hash.0, &object.name, signed(len), signed(now));
    tx.connection.prepare_cached(&sql).and_then(|mut statement| statement.execute(row)).map_err(StoreError::from)?;
    Ok(true)
}

fn settle(tx: &Tx<'_>, object: &Object) -> Result<Settled, StoreError> {
    let arriving = format!(
        "SELECT 1 FROM part
         WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND name = ?4 AND state = {ARRIVING}"
    );
    if !tx.connection.prepare_cached(&arriving)?.exists(named(object))? {
        return Ok(Settled::TooLate);
    }
    let erased = matches!(listed(tx.connection, &object.key)?, Listed::ErasedAlone);
    if !erased {
        // One that was there cannot be read any more, or came a moment earlier.
        let sql = format!(
            "UPDATE part SET state = {DOOMED}
             WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND state = {KEPT}"
        );
        if tx.connection.prepare_cached(&sql)?.execute(columns(&object.key))? > 0 {
            tx.note_doomed();
        }
    }
    let sql = "UPDATE part SET state = ?5 WHERE study = ?1 AND participant = ?2 AND hash = ?3 AND name = ?4";
    let (study, participant, hash, name) = named(object);
    let state = if erased { DOOMED } else { KEPT };
    tx.connection.prepare_cached(sql)?.execute((study, participant, hash, name, state))?;
    if erased {
        tx.note_doomed();
    }
    Ok(if erased { Settled::Erased } else { Settled::Kept })
}

fn listed(connection: &Connection, key: &PartKey) -> Result<Listed, StoreError> {
    let sql = "SELECT count(*), count(record.body) FROM record_part JOIN record ON record.id = record_part.record
               WHERE record_part.study = ?1 AND record_part.participant = ?2 AND hash = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let counts = statement.query_row(columns(key), |row| Ok((column::unsigned(row, 0)?, column::unsigned(row, 1)?)));
    let (all, standing) = counts?;
    Ok(Listed::of(all, standing))
}

/// How many bytes of the participant's other parts no record lists, each counted as at least [`LEAST_COUNTED`].
fn unlisted(connection: &Connection, key: &PartKey) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum(max(len, ?4)), 0) FROM part
         WHERE study = ?1 AND participant = ?2 AND hash <> ?3 AND state <> {DOOMED}
           AND NOT EXISTS (SELECT 1 FROM record_part l
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash))"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let (study, participant, hash) = columns(key);
    Ok(statement.query_row((study, participant, hash, LEAST_COUNTED), |row| column::unsigned(row, 0))?)
}

fn doomed(connection: &Connection, after: Option<&Object>) -> Result<Vec<Object>, StoreError> {
    // The index is of those whose state is not 1, which SQLite has to be told.
    let sql = format!(
        "SELECT study, participant, hash, name FROM part
         WHERE state = {DOOMED} AND state <> {KEPT}
           AND (?2 IS NULL OR (study, participant, hash, name) > (?2, ?3, ?4, ?5))
         ORDER BY study, participant, hash, name LIMIT ?1"
    );
    let (key, name) = (after.map(|object| columns(&object.key)), after.map(|object| &object.name));
    let (study, participant, hash) = (key.map(|key| key.0), key.map(|key| key.1), key.map(|key| key.2));
    let mut statement = connection.prepare_cached(&sql)?;
    let objects = statement.query_map((SWEPT_AT_ONCE, study, participant, hash, name), |row| {
        let (study, participant) = (column::study(row, 0)?, column::participant(row, 1)?);
        Ok(Object { key: PartKey { study, participant, hash: column::hash(row, 2)? }, name: row.get(3)? })
    })?;
    Ok(objects.collect::<Result<_, _>>()?)
}

/// Notes which parts a record that has just been kept lists; `erased` when it came as a tombstone.
pub fn list(tx: &Tx<'_>, header: &Header, record: i64, erased: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO record_part (study, participant, hash, record) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO NOTHING";
    let mut statement = tx.connection.prepare_cached(sql)?;
    for part in &header.parts {
        statement.execute((header.study.0, header.participant.0, part.0, record))?;
    }
    if erased && !header.parts.is_empty() { doom(tx, record) } else { Ok(()) }
}

/// A record has lost its body: those of its parts that no other record with a body lists are to be deleted. What is still
/// arriving is judged when it is there.
pub fn doom(tx: &Tx<'_>, record: i64) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE part SET state = {DOOMED}
         WHERE state = {KEPT}
           AND (study, participant, hash) IN (SELECT study, participant, hash FROM record_part WHERE record = ?1)
           AND NOT EXISTS (SELECT 1 FROM record_part l JOIN record r ON r.id = l.record
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash)
                             AND r.body IS NOT NULL)"
    );
    if tx.connection.prepare_cached(&sql)?.execute([record])? > 0 {
        tx.note_doomed();
    }
    Ok(())
}

fn columns(key: &PartKey) -> ([u8; 16], [u8; 16], [u8; 32]) {
    (key.study.0, key.participant.0, key.hash.0)
}

fn named(object: &Object) -> ([u8; 16], [u8; 16], [u8; 32], &str) {
    let (study, participant, hash) = columns(&object.key);
    (study, participant, hash, &object.name)
}
