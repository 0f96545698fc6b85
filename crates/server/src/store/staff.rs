//! People's tokens, for the command line: listed and revoked beside a server that may be running.

use std::path::Path;

use rusqlite::Connection;
use waymark_protocol::StudyId;

use super::column::{self, signed};
use super::{OpenError, Store, file};

/// A person's token; of the token itself nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffToken {
    /// Its number, as in the audit.
    pub id: i64,
    /// Its role's name.
    pub role: String,
    /// The only study that it acts on; none for all.
    pub study: Option<StudyId>,
    /// When it was made: milliseconds since 1970, UTC.
    pub made_at: u64,
    /// When it was revoked: milliseconds since 1970, UTC.
    pub revoked_at: Option<u64>,
}

impl Store {
    /// All people's tokens in the store of `folder`, in the order in which they were made.
    pub fn staff_tokens(folder: &Path) -> Result<Vec<StaffToken>, OpenError> {
        let connection = file::open_writer(&file::prepare(folder)?)?;
        tokens(&connection).map_err(OpenError::from)
    }

    /// Revokes a person's token in the store of `folder`; says whether there is one that was good until now. A server that is
    /// running refuses it from its next call on.
    pub fn revoke_staff_token(folder: &Path, id: i64, now: u64) -> Result<bool, OpenError> {
        let connection = file::open_writer(&file::prepare(folder)?)?;
        let tx = connection.unchecked_transaction()?;
        let sql = "UPDATE token SET revoked_at = ?2 WHERE id = ?1 AND device IS NULL AND revoked_at IS NULL";
        let revoked = connection.execute(sql, (id, signed(now)))? > 0;
        if revoked {
            let sql = "INSERT INTO audit (at, role, study, action)
                       SELECT ?2, 'operator', study, 'token revoked: ' || role || ' ' || id FROM token WHERE id = ?1";
            connection.execute(sql, (id, signed(now)))?;
        }
        tx.commit()?;
        Ok(revoked)
    }
}

fn tokens(connection: &Connection) -> rusqlite::Result<Vec<StaffToken>> {
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
