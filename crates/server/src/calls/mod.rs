//! The calls, one file for each group. A call reads its request into types, checks what was signed, and asks the store.

mod audit;
mod device;
mod ending;
mod enrolments;
mod feed;
pub mod health;
mod holdings;
mod invitations;
mod openapi;
mod orders;
mod paging;
pub mod parts;
mod recoveries;
mod revocations;
mod schema;
mod sightings;
mod studies;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use http_body::Body as _;
use serde::de::DeserializeOwned;
use utoipa_axum::router::OpenApiRouter;
use waymark_protocol::StudyId;
use waymark_protocol::document::TrustedDocument;

use crate::app::{App, said_length};
use crate::auth::Staff;
use crate::refusal::Refusal;
use crate::shares::Party;
use crate::store::StoreError;

/// Calls that need no token.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(invitations::open_routes())
        .merge(enrolments::routes())
        .merge(recoveries::routes())
        .merge(health::routes())
        .merge(openapi::routes())
}

/// Calls that need a token; those for [`parts`] beside them.
pub fn closed() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(studies::routes())
        .merge(ending::routes())
        .merge(invitations::routes())
        .merge(device::routes())
        .merge(feed::routes())
        .merge(orders::routes())
        .merge(revocations::routes())
        .merge(sightings::routes())
        .merge(holdings::routes())
        .merge(audit::routes())
}

/// A body of bytes within the route's limit.
pub struct Raw(pub Bytes);

/// A JSON body.
struct Body<T>(T);

impl FromRequest<App> for Raw {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let patience = app.body_time(said_length(request.headers()));
        // Calls without a token have short bodies, and places of their own.
        let sender = request.extensions().get::<Party>().copied();
        let said = request.body().size_hint().exact();
        let room = sender.map(|sender| app.room_for_body(sender, said)).transpose()?;
        let bytes = tokio::time::timeout(patience, Bytes::from_request(request, app)).await.map_err(|_| {
            app.metrics().slow_body();
            Refusal::slow_body()
        })?;
        let bytes = bytes.map_err(|rejection| Refusal::of_status(rejection.into_response().status()))?;
        Ok(Self(match room {
            Some(room) => room.hold(bytes),
            None => bytes,
        }))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let Raw(bytes) = Raw::from_request(request, app).await?;
        // The parser's own words could quote the body.
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Refusal::bad_request(format!("the body is not what this call takes (line {line}, column {column})"))
        })
    }
}

/// Runs work that takes milliseconds of a processor beside the requests.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::trouble())
}

/// The study's newest document, its keys followed back to the study's name.
async fn trusted(app: &App, study: StudyId) -> Result<TrustedDocument, Refusal> {
    let document = app.store().newest_document(study).await?.ok_or_else(|| Refusal::not_found("study"))?;
    let trusted = beside(move || document.verify(&study)).await?;
    trusted.map_err(|error| {
        tracing::error!(%error, "a stored document is damaged");
        Refusal::trouble()
    })
}

/// Refuses a study that is not there.
async fn known(app: &App, study: StudyId) -> Result<(), Refusal> {
    app.store().newest_document(study).await?.map(drop).ok_or_else(|| Refusal::not_found("study"))
}

/// Notes in the audit that somebody reads what was written. A full disk keeps nobody from that: the line goes into the log then.
async fn audit_reading(app: &App, staff: Staff, study: StudyId, action: &'static str) -> Result<(), Refusal> {
    match app.store().audit_reading(staff, study, action, app.now()).await {
        Err(StoreError::Full) => {
            tracing::warn!(token = staff.token, action, "the disk is full: this line stands for one in the audit");
            Ok(())
        }
        noted => Ok(noted?),
    }
}

/// Nothing to say but that it is done.
const DONE: StatusCode = StatusCode::NO_CONTENT;
