//! What a desk has seen.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use waymark_protocol::sighting::Sighting;

use super::{Body, DONE, beside, trusted};
use crate::app::App;
use crate::auth::Researcher;
use crate::clock;
use crate::refusal::Refusal;

/// `POST /v1/studies/{study}/sightings`
pub fn routes() -> Router<App> {
    Router::new().route("/v1/studies/{study}/sightings", post(add))
}

async fn add(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(sighting): Body<Sighting>,
) -> Result<StatusCode, Refusal> {
    let trusted = trusted(&app, study).await?;
    let sighting = beside(move || sighting.verify(&study, &trusted.signing_keys).map(|()| sighting))
        .await?
        .map_err(|_| Refusal::not_proven("the sighting is not signed by the study"))?;
    app.store().add_sighting(sighting, staff, clock::now()).await?;
    Ok(DONE)
}
