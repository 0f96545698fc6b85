//! Parts of attachments: phones send and restore them, desks collect them. `HEAD` asks whether a part is here.

use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use waymark_protocol::api::{ApiError, ApiErrorCode};
use waymark_protocol::attachment::MAX_PART_LEN;
use waymark_protocol::{Hash, ParticipantId, StudyId};

use super::schema::Binary;
use super::{DONE, Raw, audit_reading, beside};
use crate::app::App;
use crate::auth::{Device, Researcher};
use crate::refusal::Refusal;
use crate::shares::Party;
use crate::store::{PartError, PartKey};

/// `HEAD`, `PUT` and `GET /v1/device/parts/{hash}`, `GET /v1/studies/{study}/parts/{hash}?participant=`
pub fn routes() -> OpenApiRouter<App> {
    let own = routes!(keep, own_part, has_own_part).layer(DefaultBodyLimit::max(MAX_PART_LEN));
    OpenApiRouter::new().routes(own).routes(routes!(part))
}

/// Keeps a part. One that is here already, and one that only erased records list, succeeds and changes nothing.
///
/// At most 983,280 bytes.
#[utoipa::path(
    put,
    path = "/v1/device/parts/{hash}",
    operation_id = "put_part",
    tag = "parts",
    params(("hash" = Hash, Path, description = "The hash of the part's bytes.")),
    request_body(content = Binary, content_type = "application/octet-stream"),
    responses(
        (status = 204, description = "Done."),
        (
            status = 409,
            description = "`records-first`: too many bytes of parts wait for the records that list them. `quota`: the participant or the study has stored as much as it may.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("device" = [])),
)]
async fn keep(
    State(app): State<App>,
    Device(scope): Device,
    Path(hash): Path<Hash>,
    Raw(bytes): Raw,
) -> Result<StatusCode, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::bad_request("a part is never empty"));
    }
    let (bytes, found) = beside(move || (bytes.clone(), Hash::of(&bytes))).await?;
    if found != hash {
        return Err(Refusal::not_proven("the bytes are not those that the part's name is the hash of"));
    }
    let key = PartKey { study: scope.study, participant: scope.participant, hash };
    let size = bytes.len();
    if !app.quotas().admit(app.store(), &key, size as u64, Instant::now()).await? {
        let message =
            "as many bytes of parts are stored as may be: the phone keeps this one, and it is taken when there is room";
        return Err(Refusal::new(ApiErrorCode::Quota, message));
    }
    let put = app.store().put_part(key, bytes).await;
    // One that nothing lists any more was not kept.
    if !matches!(put, Ok(false)) {
        app.rooms().parts.note(&put, Instant::now());
    }
    if put? {
        app.quotas().kept(&key, size as u64);
    }
    app.metrics().part_taken(size);
    Ok(DONE)
}

/// A part of the phone's own person.
#[utoipa::path(
    get,
    path = "/v1/device/parts/{hash}",
    tag = "parts",
    params(("hash" = Hash, Path, description = "The hash of the part's bytes.")),
    responses(
        (status = 200, description = "The part's bytes.", body = Binary, content_type = "application/octet-stream"),
    ),
    security(("device" = [])),
)]
async fn own_part(State(app): State<App>, Device(scope): Device, Path(hash): Path<Hash>) -> Result<Response, Refusal> {
    let key = PartKey { study: scope.study, participant: scope.participant, hash };
    let bytes = app.store().part(key).await?.ok_or_else(|| Refusal::not_found("part"))?;
    reply(&app, Party::Participant(scope.study, scope.participant), bytes)
}

fn reply(app: &App, reader: Party, bytes: Bytes) -> Result<Response, Refusal> {
    Ok(([(CONTENT_TYPE, "application/octet-stream")], app.long_reply(reader, bytes)?).into_response())
}

/// Whether a part of the phone's own person is here.
#[utoipa::path(
    head,
    path = "/v1/device/parts/{hash}",
    tag = "parts",
    params(("hash" = Hash, Path, description = "The hash of the part's bytes.")),
    responses((status = 200, description = "It is here.")),
    security(("device" = [])),
)]
async fn has_own_part(app: State<App>, device: Device, hash: Path<Hash>) -> Result<Response, Refusal> {
    own_part(app, device, hash).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Of {
    /// Whose part it is.
    participant: ParticipantId,
}

#[derive(Deserialize)]
struct InStudy {
    hash: Hash,
}

/// A participant's part.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/parts/{hash}",
    operation_id = "study_part",
    tag = "parts",
    params(
        ("study" = StudyId, Path, description = "The study."),
        ("hash" = Hash, Path, description = "The hash of the part's bytes."),
        Of,
    ),
    responses(
        (status = 200, description = "The part's bytes.", body = Binary, content_type = "application/octet-stream"),
    ),
    security(("researcher" = [])),
)]
async fn part(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Path(InStudy { hash }): Path<InStudy>,
    Query(Of { participant }): Query<Of>,
) -> Result<Response, Refusal> {
    let key = PartKey { study, participant, hash };
    let bytes = app.store().part(key).await?.ok_or_else(|| Refusal::not_found("part"))?;
    let reply = reply(&app, Party::Staff(staff.token), bytes)?;
    audit_reading(&app, staff, study, "part read").await?;
    Ok(reply)
}

impl From<PartError> for Refusal {
    fn from(error: PartError) -> Self {
        match error {
            PartError::RecordsFirst => Self::new(ApiErrorCode::RecordsFirst, error.to_string()),
            PartError::Store(error) => error.into(),
        }
    }
}
