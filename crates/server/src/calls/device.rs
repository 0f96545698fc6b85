//! A phone's calls: its state, its pushes, and its person's records.

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use waymark_protocol::api::{ApiErrorCode, DeviceState, Receipt};
use waymark_protocol::record::wire;

use super::{Raw, beside, feed};
use crate::app::App;
use crate::auth::{AnyDevice, Device};
use crate::clock;
use crate::ingest::{Push, PushError};
use crate::refusal::Refusal;
use crate::store::{FeedOf, IngestError};

/// A push of an entry or two is checked in a tenth of a millisecond; handing it to another thread takes as long.
const SHORT: usize = 16 * 1024;

/// `GET /v1/device/state`, `POST /v1/device/records`, `GET /v1/device/records`
pub fn routes() -> Router<App> {
    let records = post(push).layer(DefaultBodyLimit::max(wire::MAX_PUSH_BYTES)).get(own_records);
    Router::new().route("/v1/device/state", get(state)).route("/v1/device/records", records)
}

#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    document: u32,
}

async fn state(
    State(app): State<App>,
    AnyDevice { scope, revoked }: AnyDevice,
    Query(known): Query<Known>,
) -> Result<Json<DeviceState>, Refusal> {
    let mut state = app.store().device_state(scope, known.document, clock::now()).await?;
    if revoked {
        // It learns that it was stopped, from a signature that it can check, and nothing of its person's other phones.
        state.devices.retain(|known| known.device == scope.device);
        state.revocations.retain(|known| known.device == scope.device);
    }
    Ok(Json(state))
}

async fn push(
    State(app): State<App>,
    AnyDevice { scope, .. }: AnyDevice,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Result<Json<Receipt>, Refusal> {
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != wire::CONTENT_TYPE) {
        return Err(Refusal::bad_request(format!("records travel as {}", wire::CONTENT_TYPE)));
    }
    let long = bytes.len() > SHORT;
    let _turn = if long { Some(app.long_push().await?) } else { None };
    let check = move || {
        let (records, checkpoint) = wire::read_push(&bytes).map_err(|error| Refusal::bad_request(error.to_string()))?;
        Push::check(records, checkpoint, &scope).map_err(Refusal::from)
    };
    let push = if long { beside(check).await?? } else { check()? };
    Ok(Json(app.store().ingest(scope, push, clock::now()).await?))
}

async fn own_records(
    State(app): State<App>,
    Device(scope): Device,
    Query(from): Query<feed::From>,
) -> Result<Response, Refusal> {
    let of = match from.others {
        true => FeedOf::Others(scope.study, scope.participant, scope.device),
        false => FeedOf::Participant(scope.study, scope.participant),
    };
    let feed = app.store().feed(of, from.after).await?.ok_or_else(|| Refusal::not_found("study"))?;
    Ok(feed::reply(feed))
}

impl From<PushError> for Refusal {
    fn from(error: PushError) -> Self {
        let message = error.to_string();
        match error {
            PushError::Foreign => Self::new(ApiErrorCode::Forbidden, message),
            PushError::Checkpoint | PushError::Chain | PushError::Genesis => Self::not_proven(message),
            PushError::Gap { expected } => Self::new(ApiErrorCode::Gap, message).at(expected),
            PushError::Diverged { seq } => Self::new(ApiErrorCode::Diverged, message).at(seq),
            PushError::Revoked => Self::new(ApiErrorCode::Revoked, message),
        }
    }
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Push(error) => error.into(),
            IngestError::Store(error) => error.into(),
        }
    }
}
