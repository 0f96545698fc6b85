//! Whether the server lives, and whether it can work.

use std::time::Instant;

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::refusal::Refusal;

/// Answered to everybody, however often: it costs nothing.
pub const ALIVE: &str = "/healthz";

/// `GET /healthz`, `GET /readyz`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(alive)).routes(routes!(ready))
}

/// Whether the server lives.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "healthz",
    tag = "operation",
    responses((status = 200, description = "It lives.", body = String)),
)]
async fn alive() -> &'static str {
    "alive\n"
}

/// Whether the server can work: its database answers, and what phones sent last found room.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "readyz",
    tag = "operation",
    responses((status = 200, description = "It can.", body = String)),
)]
async fn ready(State(app): State<App>) -> Result<&'static str, Refusal> {
    if app.rooms().is_missing(Instant::now()) {
        return Err(Refusal::trouble());
    }
    app.store().ready().await?;
    Ok("ready\n")
}
