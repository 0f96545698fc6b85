//! The host itself: listens, guards, serves files, hands commands on, and stops when asked.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State};
use axum::http::header::{CONTENT_TYPE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::assets::{Assets, media_type};
use crate::framing::Framing;
use crate::guard::{Ended, Guard};
use crate::token::Token;

/// The most that one command may bring, in bytes. An entry of 10,000 words in any script fits many times, and a file of 8 MiB in base64 once.
pub const MAX_BODY: usize = 12 * 1024 * 1024;

/// A command: its name and input, to its output or to an error that the page understands.
pub type Handler =
    Arc<dyn Fn(String, Value) -> Pin<Box<dyn Future<Output = Result<Value, Value>> + Send>> + Send + Sync>;

/// Sound that a page plays: the path after `sound/<token>/` and the `Range` header, to the answer.
pub type SoundHandler =
    Arc<dyn Fn(String, Option<String>) -> Pin<Box<dyn Future<Output = Sound> + Send>> + Send + Sync>;

/// An answer to a player.
#[derive(Debug)]
pub struct Sound {
    /// HTTP status.
    pub status: u16,
    /// Headers beside those that every answer has.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// What is served.
#[derive(Clone)]
pub struct PageHost {
    /// The built page.
    pub assets: Assets,
    /// The file behind `/`.
    pub entry: &'static str,
    /// Answers commands.
    pub handler: Handler,
    /// Answers players, for a page that plays sound.
    pub sound: Option<SoundHandler>,
    /// Whether the page may use the microphone.
    pub microphone: bool,
    /// What it has to do with frames.
    pub framing: Framing,
    /// Called when a session ends before the host does; nothing has to be.
    pub ended: Option<Ended>,
}

impl fmt::Debug for PageHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageHost").field("assets", &self.assets).field("framing", &self.framing).finish_non_exhaustive()
    }
}

/// Why nothing is served.
#[derive(Debug)]
pub enum ServeError {
    /// The address could be reached from other machines.
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    Listen(io::Error),
    /// The system gives no randomness for a token.
    NoRandomness,
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(f, "{address} is not an address of this machine alone; use 127.0.0.1"),
            Self::Listen(error) => write!(f, "cannot listen: {error}"),
            Self::NoRandomness => f.write_str("the system gives no randomness"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen(error) => Some(error),
            Self::NotLoopback(_) | Self::NoRandomness => None,
        }
    }
}

/// A page that is being served, until [`Running::stop`].
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    token: Token,
    guard: Arc<Guard>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// The address with the real port and, in its fragment, the token: for the person's own browser, not for logs.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/#{}", self.address, self.token.dangerously_as_str())
    }

    /// As [`url`](Self::url), with a link that is good once. It closes the one before, and ends the session that came of that.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn one_time_url(&self) -> Result<String, ServeError> {
        let link = self.guard.open_link().ok_or(ServeError::NoRandomness)?;
        Ok(format!("http://{}/#{}", self.address, link.dangerously_as_str()))
    }

    /// Ends the session that came of such a link, and closes the link itself.
    pub fn close(&self) {
        self.guard.close();
    }

    /// Lets what is under way finish, and ends.
    ///
    /// # Errors
    /// What the listener died of, if it did.
    pub async fn stop(self) -> io::Result<()> {
        // The receiver is gone only when serving has ended already; then there is nothing to stop.
        let _ = self.stop.send(());
        self.task.await.map_err(io::Error::other)?
    }
}

#[derive(Clone)]
struct Serving {
    guard: Arc<Guard>,
    assets: Assets,
    entry: &'static str,
    handler: Handler,
    sound: Option<SoundHandler>,
}

/// A place on this machine at which a page will be served. Nobody else can have it meanwhile.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// At a loopback address; port 0 takes a free one.
    ///
    /// # Errors
    /// See [`ServeError`].
    pub async fn bind(address: SocketAddr) -> Result<Self, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback(address));
        }
        let listener = TcpListener::bind(address).await.map_err(ServeError::Listen)?;
        let address = listener.local_addr().map_err(ServeError::Listen)?;
        Ok(Self { listener, address })
    }

    /// The origin of the page that will be served.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Begins to serve.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn serve(self, host: PageHost) -> Result<Running, ServeError> {
        serve(self, host)
    }
}

fn serve(Listener { listener, address }: Listener, host: PageHost) -> Result<Running, ServeError> {
    let token = Token::new().ok_or(ServeError::NoRandomness)?;
    let ended = host.ended.unwrap_or_else(|| Arc::new(|| {}));
    let guard = Arc::new(Guard::new(address, token.clone(), host.microphone, &host.framing, ended));
    let serving = Serving {
        guard: guard.clone(),
        assets: host.assets,
        entry: host.entry,
        handler: host.handler,
        sound: host.sound,
    };
    let app = Router::new()
        .route("/call/{name}", post(call).layer(DefaultBodyLimit::max(MAX_BODY)))
        .route("/session", post(session))
        .route("/sound/{token}/{name}", get(sound))
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(serving.clone(), guarded))
        .with_state(serving);
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        // Stops when asked, and also when the handle was dropped.
        axum::serve(listener, app).with_graceful_shutdown(async move { drop(stopped.await) }).await
    });
    Ok(Running { address, token, guard, stop, task })
}

async fn guarded(State(serving): State<Serving>, request: Request, next: Next) -> Response {
    let mut answer = match serving.guard.visitor(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(status) => status.into_response(),
    };
    serving.guard.seal(answer.headers_mut());
    answer
}

async fn file(State(serving): State<Serving>, uri: Uri) -> Response {
    let path = match uri.path() {
        "/" => serving.entry,
        path => path.strip_prefix('/').unwrap_or(path),
    };
    match serving.assets.read(path).await {
        Some(bytes) => {
            let kind = HeaderValue::from_static(media_type(path));
            ([(CONTENT_TYPE, kind)], Body::from(bytes.into_owned())).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whoever brings the token of a link that nobody used yet gets that of a session.
async fn session(State(serving): State<Serving>, headers: HeaderMap) -> Response {
    match serving.guard.redeem(&headers) {
        Ok(token) => reply(StatusCode::OK, &json!({ "token": token.dangerously_as_str() })),
        Err(status) => status.into_response(),
    }
}

async fn call(
    State(serving): State<Serving>,
    Path(name): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    // The token comes before the body: a stranger's bytes are not even read.
    if let Err(status) = serving.guard.caller(&headers) {
        return status.into_response();
    }
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(input) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match (serving.handler)(name, input).await {
        Ok(output) => reply(StatusCode::OK, &output),
        Err(error) => reply(StatusCode::UNPROCESSABLE_ENTITY, &error),
    }
}

async fn sound(
    State(serving): State<Serving>,
    Path((token, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Err(status) = serving.guard.listener(&token) {
        return status.into_response();
    }
    let Some(handler) = &serving.sound else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let range = headers.get(RANGE).and_then(|range| range.to_str().ok()).map(str::to_owned);
    let sound = handler(name, range).await;
    let mut answer = Response::new(Body::from(sound.body));
    *answer.status_mut() = StatusCode::from_u16(sound.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in sound.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn reply(status: StatusCode, value: &Value) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, kind)], value.to_string()).into_response()
}
