//! Parts of attachments: phones send and restore them, desks collect them. `HEAD` asks whether a part is here.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, put};
use serde::Deserialize;
use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::attachment::MAX_PART_LEN;
use waymark_protocol::{Hash, ParticipantId};

use super::{DONE, Raw, beside};
use crate::app::App;
use crate::auth::{Device, Researcher};
use crate::clock;
use crate::refusal::Refusal;
use crate::store::{PartError, PartKey};

/// `HEAD`, `PUT` and `GET /v1/device/parts/{hash}`, `GET /v1/studies/{study}/parts/{hash}?participant=`
pub fn routes() -> Router<App> {
    let own = put(keep).layer(DefaultBodyLimit::max(MAX_PART_LEN)).get(own_part);
    Router::new().route("/v1/device/parts/{hash}", own).route("/v1/studies/{study}/parts/{hash}", get(part))
}

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
    app.store().put_part(key, bytes).await?;
    app.metrics().part_taken(size);
    Ok(DONE)
}

async fn own_part(State(app): State<App>, Device(scope): Device, Path(hash): Path<Hash>) -> Result<Bytes, Refusal> {
    let key = PartKey { study: scope.study, participant: scope.participant, hash };
    app.store().part(key).await?.ok_or_else(|| Refusal::not_found("part"))
}

#[derive(Deserialize)]
struct Of {
    participant: ParticipantId,
}

#[derive(Deserialize)]
struct InStudy {
    hash: Hash,
}

async fn part(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Path(InStudy { hash }): Path<InStudy>,
    Query(Of { participant }): Query<Of>,
) -> Result<Bytes, Refusal> {
    let key = PartKey { study, participant, hash };
    let bytes = app.store().part(key).await?.ok_or_else(|| Refusal::not_found("part"))?;
    app.store().audit_reading(staff, study, "part read", clock::now()).await?;
    Ok(bytes)
}

impl From<PartError> for Refusal {
    fn from(error: PartError) -> Self {
        match error {
            PartError::RecordsFirst => Self::new(ApiErrorCode::RecordsFirst, error.to_string()),
            PartError::Store(error) => error.into(),
        }
    }
}
