//! Invitations: a desk adds and takes back, an invited phone reads.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::api::{AddInvitations, ApiError, ApiErrorCode, InvitationReply};
use waymark_protocol::{CodeId, StudyId};

use super::{Body, DONE, beside, trusted};
use crate::app::App;
use crate::auth::Researcher;
use crate::refusal::Refusal;

const AT_ONCE: usize = 1_000;

/// `POST /v1/studies/{study}/invitations`, `DELETE /v1/studies/{study}/invitations/{code}`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(revoke))
}

/// `GET /v1/studies/{study}/invitations/{code}`
pub fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read))
}

/// Adds invitations that the study has signed. Those that are there stay as they are.
#[utoipa::path(
    post,
    path = "/v1/studies/{study}/invitations",
    operation_id = "add_invitations",
    tag = "invitations",
    params(("study" = StudyId, Path, description = "The study.")),
    request_body(content = AddInvitations),
    responses(
        (status = 204, description = "Done."),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("researcher" = [])),
)]
async fn add(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(AddInvitations { certificates }): Body<AddInvitations>,
) -> Result<StatusCode, Refusal> {
    if certificates.len() > AT_ONCE {
        return Err(Refusal::bad_request("at most 1,000 invitations can be added at once"));
    }
    let trusted = trusted(&app, study).await?;
    let certificates = beside(move || {
        let checked = certificates.iter().try_for_each(|certificate| certificate.verify(&study, &trusted.signing_keys));
        checked.map(|()| certificates)
    })
    .await?
    .map_err(|error| Refusal::not_proven(error.to_string()))?;
    app.store().add_invitations(study, certificates, staff, app.now()).await?;
    Ok(DONE)
}

/// Takes an invitation back. Whoever has joined with it stays.
#[utoipa::path(
    delete,
    path = "/v1/studies/{study}/invitations/{code}",
    operation_id = "revoke_invitation",
    tag = "invitations",
    params(
        ("study" = StudyId, Path, description = "The study."),
        ("code" = CodeId, Path, description = "The invitation's code."),
    ),
    responses((status = 204, description = "Done.")),
    security(("researcher" = [])),
)]
async fn revoke(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Path((_, code)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    let code = code.parse().map_err(|_| Refusal::not_found("invitation"))?;
    match app.store().revoke_invitation(study, code, staff, app.now()).await? {
        true => Ok(DONE),
        false => Err(Refusal::not_found("invitation")),
    }
}

/// What an invitation leads to. Who knows the code may ask.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/invitations/{code}",
    operation_id = "read_invitation",
    tag = "invitations",
    params(
        ("study" = StudyId, Path, description = "The study."),
        ("code" = CodeId, Path, description = "The invitation's code."),
    ),
    responses(
        (status = 200, description = "The invitation stands.", body = InvitationReply),
        (
            status = 410,
            description = "`invitation-gone`: it has expired or was revoked, or the study has ended.",
            body = ApiError,
        ),
    ),
)]
async fn read(
    State(app): State<App>,
    Path((study, code)): Path<(String, String)>,
) -> Result<Json<InvitationReply>, Refusal> {
    let unknown = || Refusal::not_found("invitation");
    let (study, code): (StudyId, CodeId) =
        (study.parse().map_err(|_| unknown())?, code.parse().map_err(|_| unknown())?);
    let invited = app.store().invitation(study, code).await?.ok_or_else(unknown)?;
    if !invited.is_open(app.now()) {
        return Err(Refusal::new(
            ApiErrorCode::InvitationGone,
            "the invitation has expired or was revoked, or the study has ended",
        ));
    }
    let document = app.store().newest_document(study).await?.ok_or_else(unknown)?;
    Ok(Json(InvitationReply { certificate: invited.certificate, document }))
}
