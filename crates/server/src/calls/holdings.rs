//! What a data manager looks after: how much is stored, and what is due for review. Nothing here deletes anything.

use axum::Json;
use axum::extract::{Query, State};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::{RetentionReview, Usage};

use super::paging::Participants;
use super::{audit_reading, known, trusted};
use crate::app::App;
use crate::auth::DataManager;
use crate::refusal::Refusal;

const HOUR_MS: u64 = 60 * 60 * 1000;

/// `GET /v1/studies/{study}/usage`, `GET /v1/studies/{study}/retention`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(usage)).routes(routes!(retention))
}

/// How much each participant of a study has stored: counts and sizes.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/usage",
    tag = "stewardship",
    params(("study" = StudyId, Path, description = "The study."), Participants),
    responses(
        (status = 200, description = "One page of participants, and the study's sum of parts.", body = Usage),
    ),
    security(("data-manager" = [])),
)]
async fn usage(
    State(app): State<App>,
    DataManager { study, staff }: DataManager,
    Query(participants): Query<Participants>,
) -> Result<Json<Usage>, Refusal> {
    let page = participants.page()?;
    known(&app, study).await?;
    let (participants, more) = app.store().usage(study, page).await?;
    let part_bytes = app.store().part_bytes(study, None, 0).await?;
    audit_reading(&app, staff, study, "usage read").await?;
    Ok(Json(Usage { participants, more, part_bytes, quota: app.quotas().allowed() }))
}

/// Whose records are older than the study's document lets pass without a look.
///
/// It lists and never deletes: erasing takes an order that the study has signed.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/retention",
    operation_id = "retention_review",
    tag = "stewardship",
    params(("study" = StudyId, Path, description = "The study."), Participants),
    responses(
        (
            status = 200,
            description = "One page of participants with records that are due for review.",
            body = RetentionReview,
        ),
    ),
    security(("data-manager" = [])),
)]
async fn retention(
    State(app): State<App>,
    DataManager { study, staff }: DataManager,
    Query(participants): Query<Participants>,
) -> Result<Json<RetentionReview>, Refusal> {
    let page = participants.page()?;
    let review_after_hours = trusted(&app, study).await?.document.plan.review_after.hours();
    let now = app.now();
    let received_until = now.saturating_sub(u64::from(review_after_hours).saturating_mul(HOUR_MS));
    let (participants, more) = app.store().due(study, received_until, page).await?;
    let ended_at = app.store().ended_at(study).await?;
    audit_reading(&app, staff, study, "retention reviewed").await?;
    Ok(Json(RetentionReview { review_after_hours, received_until, ended_at, participants, more }))
}
