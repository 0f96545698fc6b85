//! A study's records, for its desks: in the server's order, waiting for more when asked to.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::{EPOCH_HEADER, HEAD_HEADER};
use waymark_protocol::record::wire;

use super::audit_reading;
use super::schema::Binary;
use crate::app::App;
use crate::auth::Researcher;
use crate::refusal::Refusal;
use crate::shares::Party;
use crate::store::{Feed, FeedOf};

const LONGEST_WAIT: u64 = 30;

/// `GET /v1/studies/{study}/records`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(records))
}

/// Where to go on, and how many seconds to wait for something to come.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct From {
    /// The last `server_seq` that the reader has.
    #[serde(default)]
    after: u64,
    /// How many seconds to wait for something to come; 30 at most.
    #[serde(default)]
    wait: u64,
}

/// A study's records and checkpoints, in the server's order.
///
/// A reply is cut at about 4 MiB; a reader asks again after the last item until the reply is empty.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/records",
    operation_id = "study_records",
    tag = "studies",
    params(("study" = StudyId, Path, description = "The study."), From),
    responses(
        (
            status = 200,
            description = "Feed items in the server's order; nothing when nothing follows the cursor.",
            body = Binary,
            content_type = "application/cbor-seq",
            headers(("waymark-epoch" = String, description = "The server's epoch."), ("waymark-head" = u64, description = "The study's greatest server_seq.")),
        ),
    ),
    security(("researcher" = [])),
)]
async fn records(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Query(from): Query<From>,
) -> Result<Response, Refusal> {
    let read = || app.store().feed(FeedOf::Study(study), from.after);
    let unknown = || Refusal::not_found("study");
    let mut feed = read().await?.ok_or_else(unknown)?;
    if feed.bytes.is_empty() && from.wait > 0 {
        let _waiting = app.metrics().waiting();
        tokio::select! {
            () = app.store().grown(study, from.after) => {}
            () = app.stopping() => {}
            () = tokio::time::sleep(Duration::from_secs(from.wait.min(LONGEST_WAIT))) => {}
        }
        feed = read().await?.ok_or_else(unknown)?;
    }
    let some = !feed.bytes.is_empty();
    let reply = reply(&app, Party::Staff(staff.token), feed)?;
    if some {
        audit_reading(&app, staff, study, "records read").await?;
    }
    Ok(reply)
}

/// A feed's reply; a refusal while the reader does not take those that are on their way.
pub fn reply(app: &App, reader: Party, feed: Feed) -> Result<Response, Refusal> {
    let body = app.long_reply(reader, feed.bytes.into())?;
    let headers = [
        (CONTENT_TYPE, wire::CONTENT_TYPE.to_owned()),
        (HeaderName::from_static(EPOCH_HEADER), feed.epoch.to_string()),
        (HeaderName::from_static(HEAD_HEADER), feed.head.to_string()),
    ];
    Ok((headers, body).into_response())
}
