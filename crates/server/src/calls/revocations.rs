//! A person stops another of their phones, by the recovery key.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::api::{ApiError, ApiErrorCode, MAX_REVOCATIONS, Revoke};

use super::{Body, DONE};
use crate::app::App;
use crate::auth::Device;
use crate::refusal::Refusal;
use crate::store::RevokeError;

/// `POST /v1/device/revocations`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(revoke))
}

/// A person stops phones of their own. The recovery key has signed each revocation.
#[utoipa::path(
    post,
    path = "/v1/device/revocations",
    operation_id = "stop_phones",
    tag = "device",
    request_body(content = Revoke),
    responses(
        (status = 204, description = "Done."),
        (status = 404, description = "`not-found`: the person has no such phone.", body = ApiError),
        (
            status = 409,
            description = "`diverged`: another record stands at `seq` of that phone's log.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("device" = [])),
)]
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
    app.store().revoke_phones(scope, revocations, app.now()).await?;
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
