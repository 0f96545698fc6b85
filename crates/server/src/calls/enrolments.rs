//! A phone joins.

use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::api::{ApiError, ApiErrorCode, Enrol, Enrolled};
use waymark_protocol::genesis::{enrol_device_message, enrol_message};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::{CodeId, StudyId};

use super::{Body, beside, trusted};
use crate::app::App;
use crate::auth;
use crate::refusal::Refusal;
use crate::store::{JoinError, Joiner};

/// `POST /v1/enrolments`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(enrol))
}

/// A phone joins.
///
/// The signatures of the enrol key and of the phone's own key are the proof; no token is needed. The same phone may ask again, and
/// show the invitation as the study signed it to a server that was restored from a backup made before. The token that it had before is
/// good no more.
#[utoipa::path(
    post,
    path = "/v1/enrolments",
    tag = "joining",
    request_body(content = Enrol),
    responses(
        (status = 200, description = "The phone has joined.", body = Enrolled),
        (status = 404, description = "`not-found`: there is no such invitation.", body = ApiError),
        (
            status = 409,
            description = "`invitation-used`: another phone has joined with the invitation.",
            body = ApiError,
        ),
        (
            status = 410,
            description = "`invitation-gone`: it has expired or was revoked, or the study has ended.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
)]
async fn enrol(State(app): State<App>, Body(request): Body<Enrol>) -> Result<Json<Enrolled>, Refusal> {
    let Enrol { study, device_key, recovery_key, enrol_key, signature, device_signature, certificate: shown } = request;
    let invited = app.store().invitation(study, CodeId::of(&enrol_key)).await?;
    let certificate = match (invited, shown) {
        (Some(invited), _) => invited.certificate,
        (None, Some(shown)) => signed_by_study(&app, study, shown).await?,
        (None, None) => return Err(Refusal::not_found("invitation")),
    };
    let message = enrol_message(&study, &certificate.participant, &device_key, &recovery_key);
    // The code is 64 bits of the key; the certificate names all of it.
    if certificate.enrol_key != enrol_key || enrol_key.verify(&message, &signature).is_err() {
        return Err(Refusal::not_proven("the enrolment is not signed by the invitation's key"));
    }
    // Everything else stands in the phone's first record, which the person's other phones and backups have too.
    let message = enrol_device_message(&study, &certificate.participant, &enrol_key);
    if device_key.verify(&message, &device_signature).is_err() {
        return Err(Refusal::not_proven("the enrolment is not signed by the phone's own key"));
    }
    let token = auth::new_token();
    let joiner = Joiner { device_key, recovery_key, token: auth::token_hash(&token) };
    let time = app.now();
    let joined = app.store().enrol(certificate.clone(), joiner, time).await?;
    Ok(Json(Enrolled { certificate, token, document: joined.document, epoch: joined.epoch, time }))
}

/// An invitation is good because the study signed it, whoever shows it.
async fn signed_by_study(app: &App, study: StudyId, shown: Certificate) -> Result<Certificate, Refusal> {
    let trusted = trusted(app, study).await?;
    let checked = beside(move || shown.verify(&study, &trusted.signing_keys).map(|()| shown)).await?;
    checked.map_err(|error| Refusal::not_proven(error.to_string()))
}

impl From<JoinError> for Refusal {
    fn from(error: JoinError) -> Self {
        let message = error.to_string();
        match error {
            JoinError::NotFound => Self::new(ApiErrorCode::NotFound, message),
            JoinError::Gone => Self::new(ApiErrorCode::InvitationGone, message),
            JoinError::Used => Self::new(ApiErrorCode::InvitationUsed, message),
            JoinError::OtherParticipant | JoinError::InUse | JoinError::Answered => Self::not_proven(message),
            JoinError::Store(error) => error.into(),
        }
    }
}
