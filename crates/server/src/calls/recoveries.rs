//! A new phone of a person who has the 24 words.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::api::{ApiError, Challenge, MAX_PASSED_OVER, Recover, Recovered};
use waymark_protocol::genesis::recovery_auth_message;
use waymark_protocol::invitation::ServerUrl;

use super::Body;
use crate::app::App;
use crate::auth;
use crate::refusal::Refusal;
use crate::store::{Joined, Joiner, Wanted};

/// `POST /v1/recoveries/challenge`, `POST /v1/recoveries`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(challenge)).routes(routes!(recover))
}

/// A challenge for the recovery key, good for ten minutes and one answer.
#[utoipa::path(
    post,
    path = "/v1/recoveries/challenge",
    operation_id = "recovery_challenge",
    tag = "joining",
    responses((status = 200, description = "Random bytes.", body = Challenge)),
)]
async fn challenge(State(app): State<App>) -> Json<Challenge> {
    Json(Challenge { challenge: app.store().challenges().give(app.now()) })
}

/// A new phone of a person who has the 24 words.
///
/// The recovery key's answer to the challenge is the proof; no token is needed.
#[utoipa::path(
    post,
    path = "/v1/recoveries",
    tag = "joining",
    request_body(content = Recover),
    responses(
        (status = 200, description = "The new phone has joined.", body = Recovered),
        (status = 404, description = "`not-found`: nobody has joined with this recovery key.", body = ApiError),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
)]
async fn recover(
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<Recover>,
) -> Result<Json<Recovered>, Refusal> {
    let Recover { study, not, challenge, origin, recovery_key, device_key, signature } = request;
    if not.len() > MAX_PASSED_OVER {
        return Err(Refusal::bad_request("at most 64 participants are passed over"));
    }
    if !is_ours(&app, &origin, &headers) {
        return Err(Refusal::not_proven("the answer was meant for another server"));
    }
    let answered = app.store().challenges().check(&challenge, app.now());
    let answered = answered.ok_or_else(|| Refusal::not_proven("the challenge has expired or was never given"))?;
    let message = recovery_auth_message(&origin, &challenge.0, &device_key);
    if recovery_key.verify(&message, &signature).is_err() {
        return Err(Refusal::not_proven("the answer is not signed by the recovery key"));
    }
    let token = auth::new_token();
    let joiner = Joiner { device_key, recovery_key, token: auth::token_hash(&token) };
    let joined = app.store().recover(answered, Wanted { study, not }, joiner, app.now()).await?;
    let Joined { study, others, participant, document, epoch } = joined;
    Ok(Json(Recovered { study, others, participant, token, document, epoch }))
}

/// Whether the origin that was signed is one of this server's own, see [`crate::config::Names`]. The scheme is the phone's to
/// check: a proxy may have taken TLS off.
fn is_ours(app: &App, origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let Ok(url) = ServerUrl::parse(origin) else {
        return false;
    };
    url.as_str() == origin && app.names().are_of(&url, host)
}
