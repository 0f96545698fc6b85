//! The audit, read. What concerns all studies is noted in each.

use async_trait::async_trait;
use waymark_protocol::StudyId;
use waymark_protocol::api::{Audit, AuditEntry};

use super::super::auditing::Auditing;
use super::super::cut;
use super::super::error::StoreError;
use super::Sqlite;
use super::column::{self, signed};

#[async_trait]
impl Auditing for Sqlite {
    async fn audit(&self, study: StudyId, after: u64, limit: u32) -> Result<Audit, StoreError> {
        let sql = "SELECT id, at, role, token, action FROM audit WHERE study = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let after = signed(after.min(i64::MAX.cast_unsigned()));
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(sql)?;
                let entries = statement.query_map((study.0, after, i64::from(limit) + 1), |row| {
                    let (id, at) = (column::unsigned(row, 0)?, column::unsigned(row, 1)?);
                    let token = row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
                    Ok(AuditEntry { id, at, role: row.get(2)?, token, action: row.get(4)? })
                })?;
                let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
                let more = cut(&mut entries, limit);
                Ok(Audit { entries, more })
            })
            .await
    }
}
