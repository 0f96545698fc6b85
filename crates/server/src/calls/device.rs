//! A phone's calls: its state, its pushes, and its person's records.

use std::time::Instant;

use axum::Json;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use waymark_protocol::api::{ApiError, ApiErrorCode, DeviceState, Receipt};
use waymark_protocol::record::wire;

use super::schema::Binary;
use super::{Raw, beside, feed};
use crate::app::App;
use crate::auth::{AnyDevice, Device};
use crate::ingest::{Push, PushError};
use crate::refusal::Refusal;
use crate::shares::Party;
use crate::store::{FeedOf, IngestError};

/// A push of an entry or two is checked in a tenth of a millisecond; handing it to another thread takes as long.
const SHORT: usize = 16 * 1024;

/// `GET /v1/device/state`, `POST /v1/device/records`, `GET /v1/device/records`
pub fn routes() -> OpenApiRouter<App> {
    let records = routes!(push, own_records).layer(DefaultBodyLimit::max(wire::MAX_PUSH_BYTES));
    OpenApiRouter::new().routes(routes!(state)).routes(records)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Known {
    /// The version of the newest document that the phone has.
    #[serde(default)]
    document: u32,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OwnFrom {
    /// The last `server_seq` that the phone has.
    #[serde(default)]
    after: u64,
    /// Whether the phone's own records are left out.
    #[serde(default)]
    others: bool,
}

/// What a phone asks first. A phone that was revoked may ask too, and learns why.
#[utoipa::path(
    get,
    path = "/v1/device/state",
    operation_id = "device_state",
    tag = "device",
    params(Known),
    responses((status = 200, description = "The state.", body = DeviceState)),
    security(("device" = [])),
)]
async fn state(
    State(app): State<App>,
    AnyDevice { scope, revoked }: AnyDevice,
    Query(known): Query<Known>,
) -> Result<Response, Refusal> {
    let mut state = app.store().device_state(scope, known.document, app.now()).await?;
    if revoked {
        // It learns that it was stopped, from a signature that it can check, and nothing of its person's other phones.
        state.devices.retain(|known| known.device == scope.device);
        state.revocations.retain(|known| known.device == scope.device);
    }
    // A sighting names each phone of the study.
    let bytes = serde_json::to_vec(&state).map_err(|_| Refusal::trouble())?;
    let reader = if revoked { Party::Stopped } else { Party::Participant };
    let body = app.long_reply(reader(scope.study, scope.participant), bytes.into())?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

/// Takes records and a checkpoint over them: all or nothing.
///
/// At most 500 records and 1 MiB. Records that are there already are not kept twice. A study that has ended and a participant who
/// has left are no reason to refuse anything. A revoked phone may push what still counts.
#[utoipa::path(
    post,
    path = "/v1/device/records",
    operation_id = "push_records",
    tag = "device",
    request_body(content = Binary, content_type = "application/cbor-seq"),
    responses(
        (status = 200, description = "The receipt: everything is on the server's disk.", body = Receipt),
        (
            status = 409,
            description = "`gap`: records before `seq` are missing. `diverged`: another record stands at `seq`. `quota`: the participant has stored as much as may be.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("device" = [])),
)]
async fn push(
    State(app): State<App>,
    AnyDevice { scope, .. }: AnyDevice,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Result<Json<Receipt>, Refusal> {
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind != wire::CONTENT_TYPE) {
        return Err(Refusal::bad_request(format!("records travel as {}", wire::CONTENT_TYPE)));
    }
    let size = bytes.len();
    let long = size > SHORT;
    let _turn = if long { Some(app.long_push().await?) } else { None };
    let check = move || {
        let (records, checkpoint) = wire::read_push(&bytes).map_err(|error| Refusal::bad_request(error.to_string()))?;
        Push::check(records, checkpoint, &scope).map_err(Refusal::from)
    };
    let push = if long { beside(check).await?? } else { check()? };
    let records = push.records.len();
    let (_pushing, since) = app.metrics().pushing();
    let taken = app.store().ingest(scope, push, app.quotas().allowed().records, app.now()).await;
    app.rooms().records.note(&taken, Instant::now());
    let receipt = taken?;
    app.metrics().pushed(records, size, since);
    Ok(Json(receipt))
}

/// The records of the phone's own person, for restoring and for a second phone.
#[utoipa::path(
    get,
    path = "/v1/device/records",
    tag = "device",
    params(OwnFrom),
    responses(
        (
            status = 200,
            description = "Feed items in the server's order; nothing when nothing follows the cursor.",
            body = Binary,
            content_type = "application/cbor-seq",
            headers(("waymark-epoch" = String, description = "The server's epoch."), ("waymark-head" = u64, description = "The study's greatest server_seq.")),
        ),
    ),
    security(("device" = [])),
)]
async fn own_records(
    State(app): State<App>,
    Device(scope): Device,
    Query(from): Query<OwnFrom>,
) -> Result<Response, Refusal> {
    let of = match from.others {
        true => FeedOf::Others(scope.study, scope.participant, scope.device),
        false => FeedOf::Participant(scope.study, scope.participant),
    };
    let feed = app.store().feed(of, from.after).await?.ok_or_else(|| Refusal::not_found("study"))?;
    feed::reply(&app, Party::Participant(scope.study, scope.participant), feed)
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
            PushError::NoRoom => Self::new(ApiErrorCode::Quota, message),
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
