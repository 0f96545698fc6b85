//! The routes, and what holds for all of them: limits, names for every error, no caching, one log line per request.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use waymark_protocol::api::{ApiErrorCode, MAX_JSON_BYTES};

use crate::bodies::{self, Bodies};
use crate::calls::{self, Raw};
use crate::clock::Clock;
use crate::config::{Names, Settings};
use crate::listen::Caller;
use crate::metrics::{self, Metrics};
use crate::quotas::Quotas;
use crate::rates::{Limit, Rates, TooOften};
use crate::refusal::Refusal;
use crate::replies::Replies;
use crate::room::Rooms;
use crate::shares::Party;
use crate::store::Store;

/// What a call may take once its body has come: longer than the longest wait of a feed.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);
/// How many calls without a token are answered at once.
const OPEN_CALLS: usize = 64;
/// What a call without a token may hold; all of them together must stay small while they are read.
const OPEN_BYTES: usize = 64 * 1024;
/// In which some of the replies and bodies that are on their way will have come to their end.
const SOME_TAKEN: Duration = Duration::from_secs(4);
/// A body may take a second longer for each so many bytes.
const SLOWEST: u64 = 4 * 1024;
/// No body is longer.
const LONGEST_BODY: u64 = MAX_JSON_BYTES as u64;

/// How many long pushes are taken at once: each has its bytes, its records and what goes to the database in memory.
const LONG_PUSHES: usize = 8;

/// What every call sees.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    quotas: Quotas,
    rooms: Rooms,
    stopping: watch::Receiver<bool>,
    open_calls: Semaphore,
    long_pushes: Semaphore,
    rates: Arc<Rates>,
    metrics: Arc<Metrics>,
    body_timeout: Duration,
    names: Names,
    replies: Replies,
    bodies: Bodies,
    clock: Clock,
}

impl App {
    /// Over a store; waits end when `stopping` becomes true.
    pub fn new(
        store: Store,
        stopping: watch::Receiver<bool>,
        rates: Arc<Rates>,
        metrics: Arc<Metrics>,
        settings: &Settings,
        clock: Clock,
    ) -> Self {
        let (open_calls, long_pushes) = (Semaphore::new(OPEN_CALLS), Semaphore::new(LONG_PUSHES));
        let (body_timeout, names) = (settings.body_timeout.0, settings.names.clone());
        Self(Arc::new(Inner {
            store,
            quotas: Quotas::new(settings.quota()),
            rooms: Rooms::default(),
            stopping,
            open_calls,
            long_pushes,
            rates,
            metrics,
            body_timeout,
            names,
            replies: Replies::new(),
            bodies: Bodies::new(),
            clock,
        }))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Milliseconds since 1970, UTC.
    pub fn now(&self) -> u64 {
        self.0.clock.now()
    }

    /// How many bytes of parts are kept.
    pub fn quotas(&self) -> &Quotas {
        &self.0.quotas
    }

    /// Whether there was room for what phones sent last.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The names that are this server's.
    pub fn names(&self) -> &Names {
        &self.0.names
    }

    /// A long reply's body; a refusal while the reader does not take those that are on their way.
    pub fn long_reply(&self, reader: Party, bytes: Bytes) -> Result<Body, Refusal> {
        let often = TooOften { wait: SOME_TAKEN, limit: Limit::Replies };
        self.0.replies.body(reader, bytes).ok_or_else(|| self.too_often(often))
    }

    /// Room for a body; a refusal while the sender's others are still coming.
    pub fn room_for_body(&self, sender: Party, said: Option<u64>) -> Result<bodies::Room, Refusal> {
        let often = TooOften { wait: SOME_TAKEN, limit: Limit::Bodies };
        self.0.bodies.room(sender, said).ok_or_else(|| self.too_often(often))
    }

    /// How often one may call.
    pub fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// What is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// How long a body of so many bytes may take to come.
    pub fn body_time(&self, bytes: u64) -> Duration {
        body_time(self.0.body_timeout, bytes)
    }

    /// The refusal of a call that must wait, counted.
    pub fn too_often(&self, TooOften { wait, limit }: TooOften) -> Refusal {
        self.0.metrics.too_often(limit);
        Refusal::too_often(wait)
    }

    /// Waits until a long push may be taken; the next may when what is returned is dropped.
    pub async fn long_push(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.0.long_pushes.acquire().await.map_err(|_| Refusal::trouble())
    }

    /// Returns when the server is about to stop.
    pub async fn stopping(&self) {
        let mut stopping = self.0.stopping.clone();
        // An error says that the sender is gone, which means the same.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }
}

/// All calls.
pub fn router(app: App) -> Router {
    let open = Router::new()
        .merge(calls::open())
        .route_layer(middleware::from_fn_with_state(app.clone(), limit_open_calls))
        .layer(DefaultBodyLimit::max(OPEN_BYTES));
    Router::new()
        .merge(calls::closed())
        .merge(open)
        .fallback(unknown)
        .merge(calls::parts::routes())
        .layer(middleware::from_fn_with_state(app.clone(), end_in_time))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .layer(CatchPanicLayer::custom(name_panic))
        .layer(middleware::from_fn_with_state(app.clone(), name_errors_and_tell))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .with_state(app)
}

/// How long a body of so many bytes may take to come; one that says to be longer than any may be gets no more than those.
fn body_time(beside: Duration, bytes: u64) -> Duration {
    beside + Duration::from_secs(bytes.min(LONGEST_BODY) / SLOWEST)
}

/// Ends a call that takes too long. Its body has a time of its own, which this must not cut short: a part, or a push, comes
/// whole or not at all, and may come through 4 kB/s.
async fn end_in_time(State(app): State<App>, request: Request, next: Next) -> Response {
    let time = app.body_time(said_length(request.headers())) + CALL_TIMEOUT;
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// How long a body says that it is; 0 when it does not.
pub fn said_length(headers: &HeaderMap) -> u64 {
    headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok()).unwrap_or(0)
}

/// Calls without a token: so many by one address, and so many at once. The body is read before a call counts as one of those, so
/// that slow senders keep nobody out.
async fn limit_open_calls(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if path.as_str() == calls::health::ALIVE {
        return Ok(next.run(request).await);
    }
    app.rates().without_token(caller).map_err(|often| app.too_often(often))?;
    let (parts, body) = request.into_parts();
    let Raw(bytes) = Raw::from_request(Request::from_parts(parts.clone(), body), &app).await?;
    match app.0.open_calls.try_acquire() {
        Ok(_permit) => Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await),
        Err(_) => Err(Refusal::of_status(StatusCode::TOO_MANY_REQUESTS)),
    }
}

/// A method that no call has needs no token either.
async fn wrong_method(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    match app.rates().without_token(caller) {
        Ok(()) => (status, Refusal::of_status(status)).into_response(),
        Err(often) => app.too_often(often).into_response(),
    }
}

/// What does not exist needs no token.
async fn unknown(State(app): State<App>, Extension(caller): Extension<Caller>) -> Refusal {
    match app.rates().without_token(caller) {
        Ok(()) => Refusal::not_found("call"),
        Err(often) => app.too_often(often),
    }
}

// The signature is the one that `CatchPanicLayer` asks for.
#[allow(clippy::needless_pass_by_value)]
fn name_panic(_: Box<dyn Any + Send>) -> Response {
    Refusal::trouble().into_response()
}

/// Gives the errors of the layers below the calls their names, and tells the log and the counts of the route, never of the path.
async fn name_errors_and_tell(State(app): State<App>, request: Request, next: Next) -> Response {
    let (start, method) = (Instant::now(), metrics::method_name(request.method()));
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.as_deref().unwrap_or("none");
    let mut response = next.run(request).await;
    let status = response.status();
    let named = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if (status.is_client_error() || status.is_server_error()) && !named {
        response = Refusal::of_status(status).into_response();
        *response.status_mut() = status;
    }
    let (took, refusal) = (start.elapsed(), response.extensions().get::<ApiErrorCode>().copied());
    app.metrics().answered(method, route, status.as_u16(), took, refusal);
    let (ms, status) = (u64::try_from(took.as_millis()).unwrap_or(u64::MAX), status.as_u16());
    match refusal {
        // Somebody who calls too often must not fill the disk either; the counts have them.
        Some(ApiErrorCode::TooMany) => tracing::debug!(method, route, status, ms, refusal = "too-many", "answered"),
        Some(code) => tracing::info!(method, route, status, ms, refusal = %code, "answered"),
        // No limit holds for it either.
        None if route == calls::health::ALIVE => tracing::debug!(method, route, status, ms, "answered"),
        None => tracing::info!(method, route, status, ms, "answered"),
    }
    response
}

#[cfg(test)]
mod tests {
    use waymark_protocol::attachment::MAX_PART_LEN;
    use waymark_protocol::record::wire;

    use super::*;
    use crate::listen::EXCHANGE;

    #[test]
    fn the_longest_body_has_its_second_for_each_4_kib_and_no_length_that_is_only_said_has_more() {
        let time = |bytes| body_time(Duration::from_secs(20), bytes).as_secs();
        assert_eq!((time(0), time(4096), time(LONGEST_BODY)), (20, 21, 20 + 512));
        assert_eq!(time(u64::MAX), time(LONGEST_BODY));
        assert!(MAX_PART_LEN as u64 <= LONGEST_BODY && wire::MAX_PUSH_BYTES as u64 <= LONGEST_BODY);
    }

    #[test]
    fn the_slowest_call_that_can_be_set_ends_before_its_connection_is_cut() {
        assert!(body_time(crate::config::MOST_BODY_TIMEOUT.0, LONGEST_BODY) + CALL_TIMEOUT < EXCHANGE);
    }
}
