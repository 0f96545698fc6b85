//! How a call says no: an [`ApiError`] with the status that its code stands for.

use std::time::Duration;

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use waymark_protocol::api::{ApiError, ApiErrorCode};

use crate::store::StoreError;

/// A call's refusal.
#[derive(Debug)]
pub struct Refusal {
    error: ApiError,
    retry_after: Option<u32>,
}

impl Refusal {
    /// A refusal with this code; `message` is for people and holds nothing that came in.
    pub fn new(code: ApiErrorCode, message: impl Into<String>) -> Self {
        let retry_after = match code {
            ApiErrorCode::Trouble => Some(5),
            ApiErrorCode::TooMany => Some(1),
            _ => None,
        };
        Self { error: ApiError { code, message: message.into(), seq: None }, retry_after }
    }

    /// The same, naming a place in a log.
    #[must_use]
    pub fn at(mut self, seq: u64) -> Self {
        self.error.seq = Some(seq);
        self
    }

    /// One call too many; this one may be made again after `wait`.
    pub fn too_often(wait: Duration) -> Self {
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        let refusal = Self::new(ApiErrorCode::TooMany, "too many requests; please try again later");
        Self { retry_after: Some(seconds), ..refusal }
    }

    /// The body did not come in time.
    pub fn slow_body() -> Self {
        Self::new(
            ApiErrorCode::Trouble,
            "the request took too long to come; nothing was stored, please try again later",
        )
    }

    /// The server's own trouble; the log says more.
    pub fn trouble() -> Self {
        Self::new(ApiErrorCode::Trouble, "the server is in trouble; nothing was stored, please try again later")
    }

    /// There is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(ApiErrorCode::NotFound, format!("there is no such {what}"))
    }

    /// The request is malformed.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ApiErrorCode::BadRequest, message)
    }

    /// A signature, certificate or hash does not fit.
    pub fn not_proven(message: impl Into<String>) -> Self {
        Self::new(ApiErrorCode::NotProven, message)
    }

    /// What an answer with this status means, when something below the calls gave it.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found("call"),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(ApiErrorCode::TooLarge, "the body is too large"),
            StatusCode::TOO_MANY_REQUESTS => Self::new(ApiErrorCode::TooMany, "too many requests at once"),
            StatusCode::METHOD_NOT_ALLOWED => Self::bad_request("this call has another method"),
            status if status.is_server_error() => Self::trouble(),
            _ => Self::bad_request("the request is malformed"),
        }
    }

    fn status(&self) -> StatusCode {
        match self.error.code {
            ApiErrorCode::BadRequest | ApiErrorCode::Unknown => StatusCode::BAD_REQUEST,
            ApiErrorCode::Unauthorized => StatusCode::UNAUTHORIZED,
            ApiErrorCode::Forbidden | ApiErrorCode::Revoked => StatusCode::FORBIDDEN,
            ApiErrorCode::NotFound => StatusCode::NOT_FOUND,
            ApiErrorCode::InvitationUsed
            | ApiErrorCode::Diverged
            | ApiErrorCode::Gap
            | ApiErrorCode::RecordsFirst
            | ApiErrorCode::Quota
            | ApiErrorCode::DocumentConflict => StatusCode::CONFLICT,
            ApiErrorCode::InvitationGone => StatusCode::GONE,
            ApiErrorCode::NotProven => StatusCode::UNPROCESSABLE_ENTITY,
            ApiErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ApiErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ApiErrorCode::Trouble => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.error.code;
        let mut response = (self.status(), Json(self.error)).into_response();
        response.extensions_mut().insert(code);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store is in trouble");
        Self::trouble()
    }
}
