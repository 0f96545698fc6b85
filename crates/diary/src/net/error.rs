//! What can go wrong between phone and server.

use waymark_protocol::api::{ApiError, ApiErrorCode};

use crate::page::ErrorCode;

/// Why a call brought no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// No answer: no connection, a wrong address, or cut off on the way.
    #[error("the study's server can't be reached")]
    Unreachable,
    /// The server has trouble of its own; later is better.
    #[error("the study's server has trouble of its own just now")]
    Trouble {
        /// How many seconds it asks to wait.
        retry_after: Option<u64>,
    },
    /// The answer is not one that a Waymark server gives.
    #[error("the server's answer is not one that a Waymark server gives")]
    Garbage,
    /// The server says no, and why.
    #[error("the server says no ({code})")]
    Refused {
        /// Why.
        code: ApiErrorCode,
        /// With `gap` and `diverged`: the place.
        seq: Option<u64>,
    },
}

impl NetError {
    pub(super) fn from_reply(status: u16, retry_after: Option<u64>, body: &[u8]) -> Self {
        match (status, serde_json::from_slice::<ApiError>(body)) {
            (429 | 500..=599, _) => Self::Trouble { retry_after },
            (_, Ok(ApiError { code: ApiErrorCode::TooMany | ApiErrorCode::Trouble, .. })) => {
                Self::Trouble { retry_after }
            }
            (400..=499, Ok(error)) => Self::Refused { code: error.code, seq: error.seq },
            _ => Self::Garbage,
        }
    }

    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::Unreachable => ErrorCode::ServerUnreachable,
            Self::Trouble { .. } => ErrorCode::ServerTrouble,
            Self::Garbage => ErrorCode::ServerGarbage,
            Self::Refused { code, .. } => match code {
                ApiErrorCode::InvitationUsed => ErrorCode::InvitationUsed,
                ApiErrorCode::InvitationGone => ErrorCode::InvitationExpired,
                ApiErrorCode::NotFound => ErrorCode::InvitationUnknown,
                ApiErrorCode::Quota => ErrorCode::StudyFull,
                ApiErrorCode::Diverged => ErrorCode::Diverged,
                ApiErrorCode::Revoked => ErrorCode::Revoked,
                ApiErrorCode::Unauthorized => ErrorCode::PhoneUnknown,
                _ => ErrorCode::ServerGarbage,
            },
        }
    }
}
