//! A person stops another of their phones, by the recovery key.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use waymark_protocol::api::{ApiErrorCode, MAX_REVOCATIONS, Revoke};

use super::{Body, DONE};
use crate::app::App;
use crate::auth::Device;
use crate::clock;
use crate::refusal::Refusal;
use crate::store::RevokeError;

/// `POST /v1/device/revocations`
pub fn routes() -> Router<App> {
    Router::new().route("/v1/device/revocations", post(revoke))
}

async fn revoke(
    State(app): State<App>,
    Device(scope): Device,
    Body(Revoke { revocations }): Body<Revoke>,
) -> Result<StatusCode, Refusal> {
    if revocations.len() > MAX_REVOCATIONS {
        return Err(Refusal::bad_request(format!("at most {MAX_REVOCATIONS} phones can be stopped at once")));
    }
    for revocation in &revocations {
        let keys = app.store().recovery_keys(scope.study, revocation.device).await?;
        let signed = revocation.verify(&scope.study, &keys);
        signed.map_err(|_| Refusal::not_proven("a revocation is not signed by the recovery key"))?;
    }
    app.store().revoke_phones(scope, revocations, clock::now()).await?;
    Ok(DONE)
}

impl From<RevokeError> for Refusal {
    fn from(error: RevokeError) -> Self {
        let message = error.to_string();
        match error {
            RevokeError::NotFound => Self::not_found("phone of this person"),
            RevokeError::OtherRecord { seq } => Self::new(ApiErrorCode::Diverged, message).at(seq),
            RevokeError::Store(error) => error.into(),
        }
    }
}
