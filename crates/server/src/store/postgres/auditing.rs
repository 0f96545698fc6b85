//! The audit, read. What concerns all studies is noted in each.

use async_trait::async_trait;
use waymark_protocol::StudyId;
use waymark_protocol::api::{Audit, AuditEntry};

use super::super::auditing::Auditing;
use super::super::cut;
use super::super::error::StoreError;
use super::work::ask;
use super::{Postgres, sql};

#[async_trait]
impl Auditing for Postgres {
    async fn audit(&self, study: StudyId, after: u64, limit: u32) -> Result<Audit, StoreError> {
        let sql = "SELECT number, at, role, token, action FROM audit WHERE study = $1 AND number > $2 ORDER BY number LIMIT $3";
        let after = sql::signed(after.min(i64::MAX.cast_unsigned()));
        let rows = ask!(self, |client| async move {
            sql::query(&client, sql, &[&sql::bytes(&study.0), &after, &(i64::from(limit) + 1)]).await
        })?;
        let entry = |row: &tokio_postgres::Row| {
            let token = row.try_get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
            let (id, at) = (sql::unsigned(row, 0)?, sql::unsigned(row, 1)?);
            Ok::<_, StoreError>(AuditEntry { id, at, role: row.try_get(2)?, token, action: row.try_get(4)? })
        };
        let mut entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let more = cut(&mut entries, limit);
        Ok(Audit { entries, more })
    }
}
