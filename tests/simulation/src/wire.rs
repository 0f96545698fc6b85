//! The way between phones, desk and server: the server's own calls, and everything that can go wrong before and after them.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use axum::body::{Body as HttpBody, to_bytes};
use axum::http::{HeaderMap, Method, Request as HttpRequest, StatusCode, header};
use waymark_desk::transport::{Answer, Call, Carrier, TransportError};
use waymark_diary::net::{Body, NetError, Reply, Request, Transport};
use waymark_protocol::api::Token;
use waymark_protocol::record::wire;
use waymark_server::InProcess;
use waymark_server::config::{Layer, Rate, Settings};

use crate::fault::{Fault, Trouble};
use crate::tape::Tape;
use crate::time::Time;

/// The server's address, as invitations have it.
pub const HOST: &str = "localhost:8787";
/// How everything begins that anybody writes: on the wire it must never be seen.
pub const CANARY: &str = "waymark-canary";
const LONGEST_REPLY: usize = 16 * 1024 * 1024;
const PUSH: &str = "/v1/device/records";

/// A call on its way.
#[derive(Clone)]
struct Sent {
    method: Method,
    path: String,
    token: Option<Token>,
    content_type: Option<&'static str>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone)]
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

struct Inner {
    server: Option<Arc<InProcess>>,
    troubles: Vec<Trouble>,
    calls: u32,
    late: Vec<Sent>,
    /// The last replies, by who asked for what.
    before: BTreeMap<(Option<[u8; 32]>, String), Got>,
    dead: bool,
    changed: u32,
    from_the_start: bool,
    happened: BTreeMap<&'static str, u64>,
    tape: Tape,
}

/// The way, and the server at its end.
pub struct Wire {
    inner: Mutex<Inner>,
    folder: Mutex<PathBuf>,
    time: Time,
}

impl Wire {
    /// To the server whose data lies in `folder`.
    pub async fn to(folder: PathBuf, time: Time) -> Result<Arc<Self>, String> {
        let server = open(folder.clone(), &time).await?;
        let inner = Inner {
            server: Some(Arc::new(server)),
            troubles: Vec::new(),
            calls: 0,
            late: Vec::new(),
            before: BTreeMap::new(),
            dead: false,
            changed: 0,
            from_the_start: false,
            happened: BTreeMap::new(),
            tape: Tape::default(),
        };
        Ok(Arc::new(Self { inner: Mutex::new(inner), folder: Mutex::new(folder), time }))
    }

    /// Does something over the way while these troubles happen; none when the caller died of it.
    pub async fn with<T>(&self, troubles: &[Trouble], work: impl Future<Output = T>) -> Option<T> {
        {
            let mut inner = self.inner();
            (inner.troubles, inner.calls) = (troubles.to_vec(), 0);
            (inner.dead, inner.changed, inner.from_the_start) = (false, 0, false);
        }
        let mut work = pin!(work);
        let done = std::future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if self.inner().dead => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
        .await;
        self.inner().troubles.clear();
        done
    }

    /// Whether a reply was changed in the last act: what came of it may be anything that the reply could have said.
    pub fn was_changed(&self) -> bool {
        self.inner().changed > 0
    }

    /// Whether more than one was: what is asked for again comes whole the second time otherwise.
    pub fn was_changed_again(&self) -> bool {
        self.inner().changed > 1
    }

    /// Whether a desk read everything from its beginning in the last act.
    pub fn read_from_the_start(&self) -> bool {
        self.inner().from_the_start
    }

    /// Works on what went over it.
    pub fn tape<T>(&self, work: impl FnOnce(&mut Tape) -> T) -> T {
        work(&mut self.inner().tape)
    }

    /// How often each fault happened.
    pub fn happened(&self) -> BTreeMap<&'static str, u64> {
        self.inner().happened.clone()
    }

    /// Ends the server as a kill would.
    pub fn stop_server(&self) {
        let server = self.inner().server.take();
        drop(server);
    }

    /// Starts the server again.
    pub async fn start_server(&self) -> Result<(), String> {
        let server = open(self.folder(), &self.time).await?;
        self.inner().server = Some(Arc::new(server));
        Ok(())
    }

    /// Makes a backup while the server runs.
    pub async fn back_up(&self, to: &std::path::Path) -> Result<(), String> {
        let server = self.inner().server.clone().ok_or("the server does not run")?;
        server.back_up(to).await
    }

    /// Restores a backup into a new folder and starts the server over it.
    pub async fn restore_server(&self, from: &std::path::Path, folder: PathBuf) -> Result<(), String> {
        self.stop_server();
        InProcess::restore(from, folder.clone()).await?;
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) = folder;
        {
            // Answers of another server than the one that was asked are the attack tests' concern.
            let mut inner = self.inner();
            inner.late.clear();
            inner.before.clear();
        }
        self.start_server().await
    }

    /// Where the server's data lies.
    pub fn folder(&self) -> PathBuf {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was late arrives at last.
    pub async fn deliver_late(&self) {
        loop {
            let Some(sent) = ({
                let mut inner = self.inner();
                if inner.late.is_empty() { None } else { Some(inner.late.remove(0)) }
            }) else {
                return;
            };
            self.arrive(&sent).await;
        }
    }

    /// A call of the simulation's own, which nothing disturbs.
    pub async fn ask(
        &self,
        method: Method,
        path: String,
        token: Token,
        json: Option<Vec<u8>>,
    ) -> (StatusCode, Vec<u8>) {
        let content_type = json.is_some().then_some("application/json");
        let sent = Sent { method, path, token: Some(token), content_type, body: json.unwrap_or_default() };
        let got = self.arrive(&sent).await;
        (got.status, got.body)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One call with what happens to it; none when no answer comes.
    async fn exchange(&self, sent: Sent) -> Option<Got> {
        let (trouble, late) = {
            let mut inner = self.inner();
            if sent.path == PUSH && sent.method == Method::POST {
                inner.tape.push_left(&sent.body);
            }
            inner.look_for_plaintext("a request", &sent.body);
            inner.from_the_start |= sent.path.starts_with("/v1/studies/") && sent.path.ends_with("/records?after=0");
            let call = inner.calls;
            inner.calls += 1;
            let trouble = inner.troubles.iter().find(|trouble| trouble.call == call).copied();
            if let Some(trouble) = trouble {
                *inner.happened.entry(trouble.fault.name()).or_default() += 1;
            }
            // What was late comes before the call after next.
            let late = if call > 0 { std::mem::take(&mut inner.late) } else { Vec::new() };
            (trouble, late)
        };
        for late in late {
            self.arrive(&late).await;
        }
        let Some(Trouble { fault, at, .. }) = trouble else {
            return Some(self.arrive(&sent).await);
        };
        match fault {
            Fault::RequestLost => return None,
            Fault::Late => {
                self.inner().late.push(sent);
                return None;
            }
            // TLS is between them, and nobody keeps the reply to a joining: a phone would have the token of another.
            Fault::ReplyOfBefore if sent.lets_in() => return None,
            Fault::ReplyOfBefore => {
                let mut inner = self.inner();
                let before = inner.before.get(&sent.kind()).cloned();
                inner.changed += u32::from(before.is_some());
                return before;
            }
            Fault::Busy => {
                return Some(Got {
                    status: StatusCode::SERVICE_UNAVAILABLE,
                    headers: HeaderMap::from_iter([(header::RETRY_AFTER, header::HeaderValue::from_static("60"))]),
                    body: Vec::new(),
                });
            }
            Fault::CallerDiesBefore => self.die().await,
            Fault::ServerDiesBefore => {
                self.restart_server().await;
                return None;
            }
            _ => {}
        }
        let mut got = self.arrive(&sent).await;
        match fault {
            Fault::ReplyLost => return None,
            Fault::Twice => got = self.arrive(&sent).await,
            Fault::CallerDiesAfter => self.die().await,
            Fault::ServerDiesAfter => {
                self.restart_server().await;
                return None;
            }
            Fault::ReplyCut if !got.body.is_empty() => got.body.truncate(at as usize % got.body.len()),
            // TLS is between them: a token that another was put in place of would be a phone's end.
            Fault::ReplyChanged
                if !got.body.is_empty() && !sent.path.contains("enrol") && !sent.path.contains("recov") =>
            {
                change(&mut got.body, at, sent.path == PUSH);
                self.inner().changed += 1;
            }
            _ => {}
        }
        Some(got)
    }

    async fn restart_server(&self) {
        self.stop_server();
        if let Err(error) = self.start_server().await {
            self.inner().tape.wrong.push(format!("the server did not start again: {error}"));
        }
    }

    /// The caller's process ends here: this never returns, and [`Self::with`] stops waiting for it.
    async fn die(&self) {
        self.inner().dead = true;
        std::future::pending::<()>().await;
    }

    /// The server answers.
    async fn arrive(&self, sent: &Sent) -> Got {
        let server = self.inner().server.clone();
        let Some(server) = server else {
            return Got { status: StatusCode::BAD_GATEWAY, headers: HeaderMap::new(), body: Vec::new() };
        };
        let mut request = HttpRequest::builder().method(&sent.method).uri(&sent.path).header(header::HOST, HOST);
        if let Some(token) = &sent.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(content_type) = sent.content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let request = request.body(HttpBody::from(sent.body.clone())).expect("a request");
        let (parts, body) = server.call(request).await.into_parts();
        let body = to_bytes(body, LONGEST_REPLY).await.map(Vec::from).unwrap_or_default();
        let mut inner = self.inner();
        if sent.path == PUSH && sent.method == Method::POST {
            inner.tape.push_answered(&sent.body, parts.status.as_u16(), &body);
        }
        inner.look_for_plaintext("a reply", &body);
        if parts.status.is_server_error() {
            inner.tape.wrong.push(format!("the server answered {} to {} {}", parts.status, sent.method, sent.path));
        }
        let got = Got { status: parts.status, headers: parts.headers, body };
        inner.before.insert(sent.kind(), got.clone());
        got
    }
}

/// Changes one bit: of a receipt, as often as not, the one that makes its number another.
fn change(body: &mut [u8], at: u32, receipt: bool) {
    let number = body.iter().position(u8::is_ascii_digit).filter(|_| receipt && at.is_multiple_of(2));
    match number {
        Some(place) => body[place] ^= 4,
        None => body[at as usize % body.len()] ^= 1 << (at % 8),
    }
}

impl Sent {
    /// Whether the reply holds a token.
    fn lets_in(&self) -> bool {
        self.path.starts_with("/v1/enrolments") || self.path.starts_with("/v1/recoveries")
    }

    /// Who asks for what.
    fn kind(&self) -> (Option<[u8; 32]>, String) {
        (self.token.map(|token| token.0), format!("{} {}", self.method, self.path))
    }
}

impl Inner {
    fn look_for_plaintext(&mut self, what: &str, bytes: &[u8]) {
        if memchr::memmem::find(bytes, CANARY.as_bytes()).is_some() {
            self.tape.wrong.push(format!("{what} holds what somebody wrote, in the clear"));
        }
    }
}

/// A server over a folder, without limits that real time would count.
pub async fn open(folder: PathBuf, time: &Time) -> Result<InProcess, String> {
    let free = Some(Rate(None));
    let layer = Layer {
        data: Some(folder),
        rate_per_token: free,
        rate_without_token: free,
        rate_of_wrong_tokens: free,
        ..Layer::default()
    };
    let settings = Settings::resolve(layer, Layer::default()).map_err(|error| error.to_string())?;
    InProcess::open(&settings, time.clock()).await.map_err(|error| error.to_string())
}

/// A phone's end.
pub struct PhoneEnd(pub Arc<Wire>);

impl Transport for PhoneEnd {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let (method, content_type, body) = match request.body {
            Body::None => (Method::GET, None, Vec::new()),
            Body::Json(body) => (Method::POST, Some("application/json"), body),
            Body::Records(body) => (Method::POST, Some(wire::CONTENT_TYPE), body),
            Body::Head => (Method::HEAD, None, Vec::new()),
            Body::Part(body) => (Method::PUT, Some("application/octet-stream"), body),
        };
        let sent = Sent { method, path: request.path, token: request.token, content_type, body };
        let Got { status, headers, body } = self.0.exchange(sent).await.ok_or(NetError::Unreachable)?;
        let retry_after = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(Reply { status: status.as_u16(), retry_after, body })
    }
}

/// The desk's end.
pub struct DeskEnd(pub Arc<Wire>);

impl Carrier for DeskEnd {
    fn carry<'c>(
        &'c self,
        call: &'c Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>> {
        Box::pin(async move {
            let sent = Sent {
                method: call.method.clone(),
                path: call.path.clone(),
                token: Some(call.token),
                content_type: call.json.is_some().then_some("application/json"),
                body: call.json.clone().unwrap_or_default(),
            };
            let Got { status, headers, body } =
                self.0.exchange(sent).await.ok_or_else(|| TransportError::Unreachable(HOST.into(), None))?;
            Ok(Answer { status, headers, body })
        })
    }
}
