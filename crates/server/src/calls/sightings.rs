//! What a desk has seen.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::ApiError;
use waymark_protocol::sighting::Sighting;

use super::{Body, DONE, beside, trusted};
use crate::app::App;
use crate::auth::Researcher;
use crate::refusal::Refusal;

/// `POST /v1/studies/{study}/sightings`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add))
}

/// Publishes what a desk has seen, for phones. An older one than the one that is there changes nothing.
#[utoipa::path(
    post,
    path = "/v1/studies/{study}/sightings",
    operation_id = "publish_sighting",
    tag = "orders",
    params(("study" = StudyId, Path, description = "The study.")),
    request_body(content = Sighting),
    responses(
        (status = 204, description = "Done."),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("researcher" = [])),
)]
async fn add(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(sighting): Body<Sighting>,
) -> Result<StatusCode, Refusal> {
    let trusted = trusted(&app, study).await?;
    let sighting = beside(move || sighting.verify(&study, &trusted.signing_keys).map(|()| sighting))
        .await?
        .map_err(|_| Refusal::not_proven("the sighting is not signed by the study"))?;
    app.store().add_sighting(sighting, staff, app.now()).await?;
    Ok(DONE)
}
