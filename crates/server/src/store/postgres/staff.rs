//! People's tokens, for the command line.

use waymark_protocol::StudyId;

use super::super::error::{OpenError, StoreError};
use super::super::opening::Opening;
use super::super::place::Database;
use super::super::staff::{StaffToken, revoked};
use super::connecting::Connector;
use super::{migrated, sql, tokens};

/// All people's tokens, in the order in which they were made.
pub async fn tokens(database: &Database) -> Result<Vec<StaffToken>, OpenError> {
    let client = migrated(&Connector::new(database)?, Opening::Existing).await?;
    let sql = "SELECT id, role, study, made_at, revoked_at FROM token WHERE device IS NULL ORDER BY id";
    let rows = client.query(sql, &[]).await?;
    let token = |row: &tokio_postgres::Row| {
        Ok::<_, StoreError>(StaffToken {
            id: row.try_get(0)?,
            role: row.try_get(1)?,
            study: row.try_get::<_, Option<&[u8]>>(2)?.and_then(StudyId::from_slice),
            made_at: sql::unsigned(row, 3)?,
            revoked_at: row.try_get::<_, Option<i64>>(4)?.map(i64::cast_unsigned),
        })
    };
    Ok(rows.iter().map(token).collect::<Result<_, _>>()?)
}

/// Revokes a person's token; says whether there is one that was good until now.
pub async fn revoke(database: &Database, id: i64, now: u64) -> Result<bool, OpenError> {
    let mut client = migrated(&Connector::new(database)?, Opening::Existing).await?;
    let tx = client.transaction().await?;
    let sql = "UPDATE token SET revoked_at = $2 WHERE id = $1 AND device IS NULL AND revoked_at IS NULL
               RETURNING role, study";
    let Some(row) = tx.query_opt(sql, &[&id, &sql::signed(now)]).await? else {
        return Ok(false);
    };
    let (role, study): (String, Option<&[u8]>) = (row.try_get(0)?, row.try_get(1)?);
    tokens::audit_operator(&tx, study.and_then(StudyId::from_slice), &revoked(&role, id), now).await?;
    tx.commit().await?;
    Ok(true)
}
