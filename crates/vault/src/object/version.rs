//! How often an object was written.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

/// 1 for a new object, one more at each rewriting, at most what SQLite's signed integers hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version(u64);

impl Version {
    pub(crate) const FIRST: Self = Self(1);

    /// None after the last.
    pub(crate) fn next(self) -> Option<Self> {
        (self.0 < i64::MAX.unsigned_abs()).then(|| Self(self.0 + 1))
    }

    pub(crate) fn to_be_bytes(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }
}

impl FromSql for Version {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        u64::try_from(number).map(Self).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

impl ToSql for Version {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::try_from(self.0).expect("a version stays within SQLite's integers").into())
    }
}
