//! Registering a study, and its documents.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::{ApiError, ApiErrorCode, RegisterStudy, StudyRegistered};
use waymark_protocol::document::{SignedDocument, TrustedDocument};

use super::{Body, DONE, beside, trusted};
use crate::app::App;
use crate::auth::{self, Admin, Researcher};
use crate::refusal::Refusal;
use crate::store::{NewDocument, NewStudy, StudyError};

/// `POST /v1/studies`, `GET` and `PUT /v1/studies/{study}/document`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(newest, publish))
}

/// Registers a study by its first keys.
///
/// The same study with the same document again gives another token, while nobody has joined it.
#[utoipa::path(
    post,
    path = "/v1/studies",
    operation_id = "register_study",
    tag = "studies",
    request_body(content = RegisterStudy),
    responses(
        (status = 200, description = "The study is registered.", body = StudyRegistered),
        (
            status = 409,
            description = "`document-conflict`: the study is registered with another document, or people take part in it.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("admin" = [])),
)]
async fn register(
    State(app): State<App>,
    Admin(staff): Admin,
    Body(request): Body<RegisterStudy>,
) -> Result<Json<StudyRegistered>, Refusal> {
    let RegisterStudy { signing_key, encryption_key, document } = request;
    let study = StudyId::of(&signing_key, &encryption_key);
    staff.acts_on(&study)?;
    let (document, _) = checked(study, document).await?;
    let token = auth::new_token();
    let new = NewStudy { study, signing_key, encryption_key, document };
    let epoch = app.store().register(new, auth::token_hash(&token), staff, app.now()).await?;
    Ok(Json(StudyRegistered { study, token, epoch }))
}

/// The newest document of a study: what a desk begins with that was made anew from the study's keys.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/document",
    operation_id = "get_document",
    tag = "studies",
    params(("study" = StudyId, Path, description = "The study.")),
    responses((status = 200, description = "The document as it was published.", body = SignedDocument)),
    security(("researcher" = [])),
)]
async fn newest(State(app): State<App>, Researcher { study, .. }: Researcher) -> Result<Json<SignedDocument>, Refusal> {
    let document = app.store().newest_document(study).await?;
    document.map(Json).ok_or_else(|| Refusal::not_found("study"))
}

/// Publishes the next document of a study. The newest one again changes nothing. It names every key that the newest one names: whoever has a key
/// from before a change publishes nothing.
#[utoipa::path(
    put,
    path = "/v1/studies/{study}/document",
    operation_id = "publish_document",
    tag = "studies",
    params(("study" = StudyId, Path, description = "The study.")),
    request_body(content = SignedDocument),
    responses(
        (status = 204, description = "Done."),
        (
            status = 409,
            description = "`document-conflict`: version or predecessor do not follow the newest document.",
            body = ApiError,
        ),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("researcher" = [])),
)]
async fn publish(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(document): Body<SignedDocument>,
) -> Result<StatusCode, Refusal> {
    let (new, said) = checked(study, document).await?;
    let newest = trusted(&app, study).await?;
    // One that follows another document by then is refused for that.
    if new.previous == Some(newest.hash.to_string()) && !said.keeps(&newest.signing_keys) {
        return Err(Refusal::not_proven("the document leaves out a change of the study's keys"));
    }
    app.store().publish(study, new, staff, app.now()).await?;
    Ok(DONE)
}

/// The document to be kept, and what it says.
async fn checked(study: StudyId, signed: SignedDocument) -> Result<(NewDocument, TrustedDocument), Refusal> {
    let (signed, trusted) = beside(move || {
        let trusted = signed.verify(&study);
        (signed, trusted)
    })
    .await?;
    let trusted = trusted.map_err(|error| Refusal::not_proven(error.to_string()))?;
    let document = &trusted.document;
    Ok((NewDocument { signed, version: document.version, previous: document.previous.clone() }, trusted))
}

impl From<StudyError> for Refusal {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::NotFound => Self::not_found("study"),
            StudyError::Conflict { .. } | StudyError::InUse => {
                Self::new(ApiErrorCode::DocumentConflict, error.to_string())
            }
            StudyError::Store(error) => error.into(),
        }
    }
}
