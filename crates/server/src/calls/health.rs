//! Whether the server lives, and whether it can work.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::app::App;
use crate::refusal::Refusal;

/// Answered to everybody, however often: it costs nothing.
pub const ALIVE: &str = "/healthz";

/// `GET /healthz`, `GET /readyz`
pub fn routes() -> Router<App> {
    Router::new().route(ALIVE, get(async || "alive\n")).route("/readyz", get(ready))
}

async fn ready(State(app): State<App>) -> Result<&'static str, Refusal> {
    app.store().ready().await?;
    Ok("ready\n")
}
