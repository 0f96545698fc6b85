//! The study's word that it has ended, or that a participant has left. What comes afterwards is kept as late, never refused.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::{ParticipantId, StudyId};

use super::DONE;
use crate::app::App;
use crate::auth::Steward;
use crate::refusal::Refusal;

/// `PUT`, `DELETE /v1/studies/{study}/end` and `/v1/studies/{study}/participants/{participant}/left`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(end, go_on)).routes(routes!(leave, take_part_again))
}

/// The study has ended: nobody joins any more, and what phones still send is kept as late.
#[utoipa::path(
    put,
    path = "/v1/studies/{study}/end",
    operation_id = "end_study",
    tag = "studies",
    params(("study" = StudyId, Path, description = "The study.")),
    responses((status = 204, description = "Done.")),
    security(("researcher" = []), ("data-manager" = [])),
)]
async fn end(State(app): State<App>, steward: Steward) -> Result<StatusCode, Refusal> {
    set_end(&app, steward, true).await
}

/// The study has not ended after all. What came meanwhile stays late.
#[utoipa::path(
    delete,
    path = "/v1/studies/{study}/end",
    operation_id = "reopen_study",
    tag = "studies",
    params(("study" = StudyId, Path, description = "The study.")),
    responses((status = 204, description = "Done.")),
    security(("researcher" = []), ("data-manager" = [])),
)]
async fn go_on(State(app): State<App>, steward: Steward) -> Result<StatusCode, Refusal> {
    set_end(&app, steward, false).await
}

async fn set_end(app: &App, Steward { study, staff }: Steward, ended: bool) -> Result<StatusCode, Refusal> {
    match app.store().end_study(study, ended, staff, app.now()).await? {
        true => Ok(DONE),
        false => Err(Refusal::not_found("study")),
    }
}

#[derive(Deserialize)]
struct InStudy {
    participant: ParticipantId,
}

/// A participant has left: what their phones still send is kept as late.
#[utoipa::path(
    put,
    path = "/v1/studies/{study}/participants/{participant}/left",
    operation_id = "participant_left",
    tag = "studies",
    params(
        ("study" = StudyId, Path, description = "The study."),
        ("participant" = ParticipantId, Path, description = "The participant."),
    ),
    responses((status = 204, description = "Done.")),
    security(("researcher" = []), ("data-manager" = [])),
)]
async fn leave(
    State(app): State<App>,
    steward: Steward,
    Path(InStudy { participant }): Path<InStudy>,
) -> Result<StatusCode, Refusal> {
    set_left(&app, steward, participant, true).await
}

/// A participant has not left after all. What came meanwhile stays late.
#[utoipa::path(
    delete,
    path = "/v1/studies/{study}/participants/{participant}/left",
    operation_id = "participant_takes_part_again",
    tag = "studies",
    params(
        ("study" = StudyId, Path, description = "The study."),
        ("participant" = ParticipantId, Path, description = "The participant."),
    ),
    responses((status = 204, description = "Done.")),
    security(("researcher" = []), ("data-manager" = [])),
)]
async fn take_part_again(
    State(app): State<App>,
    steward: Steward,
    Path(InStudy { participant }): Path<InStudy>,
) -> Result<StatusCode, Refusal> {
    set_left(&app, steward, participant, false).await
}

async fn set_left(
    app: &App,
    Steward { study, staff }: Steward,
    participant: ParticipantId,
    left: bool,
) -> Result<StatusCode, Refusal> {
    match app.store().leave(study, participant, left, staff, app.now()).await? {
        true => Ok(DONE),
        false => Err(Refusal::not_found("participant")),
    }
}
