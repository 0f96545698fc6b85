//! Who did what when.

use axum::Json;
use axum::extract::{Query, State};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::Audit;

use super::paging::Lines;
use super::{audit_reading, known};
use crate::app::App;
use crate::auth::Auditor;
use crate::refusal::Refusal;

/// `GET /v1/studies/{study}/audit`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(audit))
}

/// Who did what when in a study, never what was written.
///
/// What was done on all studies of the server, such as making a token for all of them, is in the audit of each. Reading is noted
/// too, after what is read.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/audit",
    tag = "stewardship",
    params(("study" = StudyId, Path, description = "The study."), Lines),
    responses((status = 200, description = "One page of the audit.", body = Audit)),
    security(("auditor" = [])),
)]
async fn audit(
    State(app): State<App>,
    Auditor { study, staff }: Auditor,
    Query(lines): Query<Lines>,
) -> Result<Json<Audit>, Refusal> {
    known(&app, study).await?;
    let audit = app.store().audit(study, lines.after, lines.limit()?).await?;
    audit_reading(&app, staff, study, "audit read").await?;
    Ok(Json(audit))
}
