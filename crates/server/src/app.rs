//! The routes, and what holds for all of them: limits, names for every error, no caching, one log line per request.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use waymark_protocol::api::MAX_JSON_BYTES;

use crate::calls;
use crate::refusal::Refusal;
use crate::store::Store;

/// Longer than the longest wait of a feed.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// A part goes whole or not at all: so much of one comes through a connection of 4 kB/s, and phones wait as long.
const PART_TIMEOUT: Duration = Duration::from_secs(5 * 60);
/// How many calls without a token are answered at once.
const OPEN_CALLS: usize = 64;

/// How many long pushes are taken at once: each has its bytes, its records and what goes to the database in memory.
const LONG_PUSHES: usize = 8;

/// What every call sees.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    stopping: watch::Receiver<bool>,
    open_calls: Semaphore,
    long_pushes: Semaphore,
}

impl App {
    /// Over a store; waits end when `stopping` becomes true.
    pub fn new(store: Store, stopping: watch::Receiver<bool>) -> Self {
        let (open_calls, long_pushes) = (Semaphore::new(OPEN_CALLS), Semaphore::new(LONG_PUSHES));
        Self(Arc::new(Inner { store, stopping, open_calls, long_pushes }))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
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
        .merge(calls::invitations::open_routes())
        .merge(calls::enrolments::routes())
        .merge(calls::recoveries::routes())
        .merge(calls::health::routes())
        .route_layer(middleware::from_fn_with_state(app.clone(), limit_open_calls));
    let ends_after = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    Router::new()
        .merge(calls::studies::routes())
        .merge(calls::invitations::routes())
        .merge(calls::device::routes())
        .merge(calls::feed::routes())
        .merge(calls::orders::routes())
        .merge(calls::revocations::routes())
        .merge(calls::sightings::routes())
        .merge(open)
        .layer(ends_after(REQUEST_TIMEOUT))
        .merge(calls::parts::routes().layer(ends_after(PART_TIMEOUT)))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .layer(CatchPanicLayer::custom(name_panic))
        .layer(middleware::from_fn(name_errors_and_log))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .with_state(app)
}

async fn limit_open_calls(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.0.open_calls.try_acquire() {
        Ok(_permit) => next.run(request).await,
        Err(_) => Refusal::of_status(StatusCode::TOO_MANY_REQUESTS).into_response(),
    }
}

// The signature is the one that `CatchPanicLayer` asks for.
#[allow(clippy::needless_pass_by_value)]
fn name_panic(_: Box<dyn Any + Send>) -> Response {
    Refusal::trouble().into_response()
}

/// Gives the errors of the layers below the calls their names, and writes the route, never the path, to the log.
async fn name_errors_and_log(request: Request, next: Next) -> Response {
    let (start, method) = (Instant::now(), request.method().clone());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status();
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, route = route.as_deref().unwrap_or("none"), status = status.as_u16(), ms, "answered");
    let named = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if (status.is_client_error() || status.is_server_error()) && !named {
        let mut refusal = Refusal::of_status(status).into_response();
        *refusal.status_mut() = status;
        return refusal;
    }
    response
}
