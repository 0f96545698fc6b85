//! Registering a study, and its documents.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{post, put};
use axum::{Json, Router};
use waymark_protocol::StudyId;
use waymark_protocol::api::{ApiErrorCode, RegisterStudy, StudyRegistered};
use waymark_protocol::document::SignedDocument;

use super::{Body, DONE, beside};
use crate::app::App;
use crate::auth::{self, Admin, Researcher};
use crate::clock;
use crate::refusal::Refusal;
use crate::store::{NewDocument, NewStudy, StudyError};

/// `POST /v1/studies`, `PUT /v1/studies/{study}/document`
pub fn routes() -> Router<App> {
    Router::new().route("/v1/studies", post(register)).route("/v1/studies/{study}/document", put(publish))
}

async fn register(
    State(app): State<App>,
    Admin(staff): Admin,
    Body(request): Body<RegisterStudy>,
) -> Result<Json<StudyRegistered>, Refusal> {
    let RegisterStudy { signing_key, encryption_key, document } = request;
    let study = StudyId::of(&signing_key, &encryption_key);
    staff.acts_on(&study)?;
    let document = checked(study, document).await?;
    let token = auth::new_token();
    let new = NewStudy { study, signing_key, encryption_key, document };
    let epoch = app.store().register(new, auth::token_hash(&token), staff, clock::now()).await?;
    Ok(Json(StudyRegistered { study, token, epoch }))
}

async fn publish(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(document): Body<SignedDocument>,
) -> Result<StatusCode, Refusal> {
    app.store().publish(study, checked(study, document).await?, staff, clock::now()).await?;
    Ok(DONE)
}

async fn checked(study: StudyId, signed: SignedDocument) -> Result<NewDocument, Refusal> {
    let (signed, trusted) = beside(move || {
        let trusted = signed.verify(&study);
        (signed, trusted)
    })
    .await?;
    let document = trusted.map_err(|error| Refusal::not_proven(error.to_string()))?.document;
    Ok(NewDocument { signed, version: document.version, previous: document.previous })
}

impl From<StudyError> for Refusal {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::NotFound => Self::not_found("study"),
            StudyError::Conflict { .. } => Self::new(ApiErrorCode::DocumentConflict, error.to_string()),
            StudyError::Store(error) => error.into(),
        }
    }
}
