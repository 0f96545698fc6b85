//! What the database's errors mean, and which of them pass.

use std::error::Error as _;
use std::time::Duration;

use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use super::super::error::{OpenError, StoreError, Trouble};
use crate::entropy;

const TRIES: u32 = 4;
const FIRST_PAUSE_MS: u64 = 40;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let Some(said) = error.as_db_error() else {
            return match error.source() {
                // A value that is not of the column's type.
                _ if error.to_string().starts_with("error deserializing") => Self::Damaged(error.to_string()),
                Some(cause) => Self::Unreachable(format!("{error}: {cause}")),
                None => Self::Unreachable(error.to_string()),
            };
        };
        // The detail could quote values; the message does not.
        let told = format!("{} ({})", said.message(), said.code().code());
        let code = said.code();
        match code.code() {
            "53100" => Self::Full,
            // A file that may not grow has no code of its own; where it is said is not translated, as the words may be.
            _ if matches!(said.routine(), Some("mdextend" | "mdzeroextend")) => Self::Full,
            // A statement that took its whole time (QUERY_CANCELED) would take as long again.
            "57014" => Self::GivenUp,
            text if text.starts_with("XX") => Self::Damaged(told),
            text if text.starts_with("08") || text.starts_with("57P") => Self::Unreachable(told),
            // A standby, or one that has just become one.
            "25006" | "53300" => Self::Unreachable(told),
            _ if [
                SqlState::T_R_SERIALIZATION_FAILURE,
                SqlState::T_R_DEADLOCK_DETECTED,
                SqlState::LOCK_NOT_AVAILABLE,
                SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            ]
            .contains(code) =>
            {
                Self::Busy
            }
            _ => Self::Database(told),
        }
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<PoolError> for StoreError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => Self::Busy,
            error => Self::Unreachable(error.to_string()),
        }
    }
}

impl StoreError {
    /// Whether the same work may succeed a moment later.
    fn passes(&self) -> bool {
        matches!(self, Self::Busy | Self::Unreachable(_))
    }

    /// Whether it is nothing that one push could have to do with.
    pub fn is_of_the_database(&self) -> bool {
        self.passes() || matches!(self, Self::Full | Self::GivenUp)
    }
}

/// Counts tries, and waits longer before each.
#[derive(Default)]
pub struct Tries(u32);

impl Tries {
    /// Whether to try again after this error; waits before it says so.
    pub async fn again(&mut self, error: &impl Trouble) -> bool {
        self.0 += 1;
        if self.0 >= TRIES || !error.trouble().is_some_and(StoreError::passes) {
            return false;
        }
        let most = FIRST_PAUSE_MS << (2 * self.0);
        let jitter = u64::from(entropy::bytes::<1>()[0]) * most / 255;
        tokio::time::sleep(Duration::from_millis(jitter)).await;
        true
    }
}
