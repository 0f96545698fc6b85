//! People's tokens, for the command line.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::StudyId;

use super::super::error::OpenError;
use super::super::opening::Opening;
use super::super::staff::{StaffToken, revoked};
use super::column::{self, signed};
use super::{file, tokens};

/// All people's tokens in the store of `folder`, in the order in which they were made.
pub fn all(folder: &Path) -> Result<Vec<StaffToken>, OpenError> {
    let connection = file::open_beside(folder, Opening::Existing)?;
    Ok(list(&connection)?)
}

/// Revokes a person's token in the store of `folder`; says whether there is one that was good until now.
pub fn revoke(folder: &Path, id: i64, now: u64) -> Result<bool, OpenError> {
    let connection = file::open_beside(folder, Opening::Existing)?;
    let tx = connection.unchecked_transaction()?;
    let sql = "UPDATE token SET revoked_at = ?2 WHERE id = ?1 AND device IS NULL AND revoked_at IS NULL
               RETURNING role, study";
    let found = connection.query_row(sql, (id, signed(now)), |row| {
        Ok((row.get::<_, String>(0)?, column::bytes(row, 1)?.map(<[u8]>::to_vec)))
    });
    let found = found.optional()?;
    if let Some((role, study)) = &found {
        let study = study.as_deref().and_then(StudyId::from_slice);
        tokens::audit_operator(&connection, study, &revoked(role, id), now)?;
    }
    tx.commit()?;
    Ok(found.is_some())
}

fn list(connection: &Connection) -> rusqlite::Result<Vec<StaffToken>> {
    let sql = "SELECT id, role, study, made_at, revoked_at FROM token WHERE device IS NULL ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let tokens = statement.query_map([], |row| {
        Ok(StaffToken {
            id: row.get(0)?,
            role: row.get(1)?,
            study: column::bytes(row, 2)?.and_then(StudyId::from_slice),
            made_at: column::unsigned(row, 3)?,
            revoked_at: row.get::<_, Option<i64>>(4)?.map(i64::cast_unsigned),
        })
    })?;
    tokens.collect()
}
