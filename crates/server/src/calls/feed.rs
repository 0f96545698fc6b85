//! A study's records, for its desks: in the server's order, waiting for more when asked to.

use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use waymark_protocol::api::{EPOCH_HEADER, HEAD_HEADER};
use waymark_protocol::record::wire;

use crate::app::App;
use crate::auth::Researcher;
use crate::clock;
use crate::refusal::Refusal;
use crate::store::{Feed, FeedOf};

const LONGEST_WAIT: u64 = 30;

/// `GET /v1/studies/{study}/records`
pub fn routes() -> Router<App> {
    Router::new().route("/v1/studies/{study}/records", get(records))
}

/// Where to go on, and how many seconds to wait for something to come.
#[derive(Deserialize)]
pub struct From {
    /// The last `server_seq` that the reader has.
    #[serde(default)]
    pub after: u64,
    #[serde(default)]
    wait: u64,
    /// Of a phone: whether its own records are left out.
    #[serde(default)]
    pub others: bool,
}

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
    if !feed.bytes.is_empty() {
        app.store().audit_reading(staff, study, "records read", clock::now()).await?;
    }
    Ok(reply(feed))
}

/// A feed's reply.
pub fn reply(feed: Feed) -> Response {
    let headers = [
        (CONTENT_TYPE, wire::CONTENT_TYPE.to_owned()),
        (HeaderName::from_static(EPOCH_HEADER), feed.epoch.to_string()),
        (HeaderName::from_static(HEAD_HEADER), feed.head.to_string()),
    ];
    (headers, feed.bytes).into_response()
}
