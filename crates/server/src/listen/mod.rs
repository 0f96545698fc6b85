//! Listening: who gets a connection, for how long, in which protocol, and who they are.
//!
//! ```text
//! accept ─ place? ─ TLS ─ HTTP/1.1 or, over TLS, HTTP/2 ─ caller ─► router
//!            │        └──────────── pace: too slow is cut
//!            └ none free: closed
//! ```
//!
//! Plain HTTP is HTTP/1.1 alone: proxies speak it, and it is the one that can be told apart from nothing at all.

mod caller;
mod pace;
mod paced;
mod places;
pub mod tls;

pub use caller::{Caller, Proxies};
#[cfg(test)]
pub use pace::EXCHANGE;
pub use pace::Patience;
pub use places::{NoPlace, Places};

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::HOST;
use http_body::Frame;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tower::Service;

use crate::metrics::Metrics;
use pace::{Exchange, Pace};
use paced::Paced;

/// What a connection that cannot be accepted waits for: files that other connections give back.
const NO_FILES: Duration = Duration::from_millis(200);
/// Streams of one HTTP/2 connection; a phone needs one, a desk a few.
const STREAMS: u32 = 64;
/// What one HTTP/2 connection may send ahead: more than a push, less than what many of them could fill memory with.
const WINDOW: u32 = 256 * 1024;

/// What becomes of connections.
#[derive(Clone)]
pub struct Reception {
    /// Who answers.
    pub router: Router,
    /// TLS, where the server does it itself.
    pub tls: Option<TlsAcceptor>,
    /// Whose word counts.
    pub proxies: Arc<Proxies>,
    /// How many there may be.
    pub places: Arc<Places>,
    /// How long they may take.
    pub patience: Patience,
    /// The longest head of a request: bytes.
    pub head_bytes: usize,
    /// Where they are counted.
    pub metrics: Arc<Metrics>,
}

/// Why a connection was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyCut {
    /// TLS was not agreed on in time.
    Handshake,
    /// A request's head did not come in time.
    Head,
    /// Nothing came for too long, or nothing of a reply was taken.
    Idle,
    /// One exchange took longer than any may.
    Reply,
}

impl Reception {
    /// Accepts until `stop` returns; then exchanges in flight are finished, and it returns when the last connection is closed.
    pub async fn receive(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let (closing, closed) = watch::channel(false);
        let mut stop = pin!(stop);
        let this = Arc::new(self);
        loop {
            let accepted = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => this.clone().place(stream, peer, closed.clone()),
                Err(error) if is_the_clients(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "a connection could not be accepted");
                    tokio::time::sleep(NO_FILES).await;
                }
            }
        }
        drop((listener, closed));
        closing.send_replace(true);
        // Each connection holds a receiver until it ends.
        closing.closed().await;
    }

    fn place(self: Arc<Self>, stream: TcpStream, peer: SocketAddr, closing: watch::Receiver<bool>) {
        let caller = match Caller::at(peer.ip()) {
            Caller::At(_) if self.proxies.are_at(peer.ip()) => None,
            Caller::ThisMachine => None,
            caller => Some(caller),
        };
        let place = match self.places.take(caller) {
            Ok(place) => place,
            Err(why) => return self.metrics.turned_away(why),
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its small packets back");
        }
        tokio::spawn(async move {
            let (_place, _open, _here) = (place, self.metrics.connected(), closing.clone());
            match self.converse(stream, peer, closing).await {
                End::Closed => {}
                End::Broken(error) => tracing::debug!(error, "a connection ended badly"),
                End::Cut(why) => self.metrics.cut(why),
            }
        });
    }

    /// Each way is boxed: thousands of connections that wait must not hold the room of those that they are not.
    async fn converse(&self, stream: TcpStream, peer: SocketAddr, closing: watch::Receiver<bool>) -> End {
        match &self.tls {
            Some(tls) => Box::pin(self.over_tls(tls, stream, peer, closing)).await,
            None => Box::pin(self.http1(stream, peer, closing)).await,
        }
    }

    async fn over_tls(
        &self,
        tls: &TlsAcceptor,
        stream: TcpStream,
        peer: SocketAddr,
        closing: watch::Receiver<bool>,
    ) -> End {
        match tokio::time::timeout(self.patience.head, Box::pin(tls.accept(stream))).await {
            Err(_) => End::Cut(WhyCut::Handshake),
            Ok(Err(error)) => End::Broken(error.to_string()),
            Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(tls::H2) => {
                Box::pin(self.http2(stream, peer, closing)).await
            }
            Ok(Ok(stream)) => Box::pin(self.http1(stream, peer, closing)).await,
        }
    }

    async fn http1<S>(&self, stream: S, peer: SocketAddr, closing: watch::Receiver<bool>) -> End
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let pace = Pace::new(self.patience, true, Instant::now());
        let stream = TokioIo::new(Paced::new(stream, pace.clone()));
        let service = service_fn(|request| self.answer(request, peer, &pace));
        // The pace is ours: hyper's own limit would close connections that idle as if they were slow.
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_header_size(self.head_bytes)
            .serve_connection(stream, service);
        drive(pin!(connection), http1::Connection::graceful_shutdown, &pace, closing).await
    }

    async fn http2<S>(&self, stream: S, peer: SocketAddr, closing: watch::Receiver<bool>) -> End
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let pace = Pace::new(self.patience, false, Instant::now());
        let stream = TokioIo::new(Paced::new(stream, pace.clone()));
        let (this, in_service) = (self.clone(), pace.clone());
        let service = service_fn(move |request| this.answer(request, peer, &in_service));
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS)
            .initial_connection_window_size(WINDOW)
            .initial_stream_window_size(WINDOW)
            .max_header_list_size(u32::try_from(self.head_bytes).unwrap_or(u32::MAX))
            .serve_connection(stream, service);
        drive(pin!(connection), http2::Connection::graceful_shutdown, &pace, closing).await
    }

    fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        pace: &Arc<Pace>,
    ) -> impl Future<Output = Result<axum::http::Response<Answer>, Infallible>> + use<> {
        let exchange = pace.begin(Instant::now());
        let mut request = request.map(Body::new);
        name_host(&mut request);
        let caller = self.proxies.caller(peer.ip(), request.headers());
        request.extensions_mut().insert(caller);
        let answering = self.router.clone().call(request);
        async move {
            let answer = answering.await?;
            exchange.replying(Instant::now());
            Ok(answer.map(|body| Answer { body, exchange }))
        }
    }
}

/// HTTP/2 names the host in the address of the request; calls look for it in the header.
fn name_host(request: &mut Request) {
    if !request.headers().contains_key(HOST)
        && let Some(host) = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok())
    {
        request.headers_mut().insert(HOST, host);
    }
}

/// A client that was gone before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// How a connection ended.
enum End {
    Closed,
    Broken(String),
    Cut(WhyCut),
}

/// Drives a connection until it ends, is overdue, or, once the server stops, has finished what it was about.
async fn drive<C>(
    mut connection: Pin<&mut C>,
    finish: fn(Pin<&mut C>),
    pace: &Pace,
    mut closing: watch::Receiver<bool>,
) -> End
where
    C: Future<Output = hyper::Result<()>>,
{
    // An error says that the listener is gone, which means the same.
    let mut stopping = pin!(async move { drop(closing.wait_for(|closing| *closing).await) });
    let mut alarm = pin!(tokio::time::sleep_until(pace.deadline()));
    let mut told = false;
    std::future::poll_fn(|context: &mut Context<'_>| {
        if !told && stopping.as_mut().poll(context).is_ready() {
            told = true;
            finish(connection.as_mut());
        }
        match connection.as_mut().poll(context) {
            Poll::Ready(Ok(())) => Poll::Ready(End::Closed),
            Poll::Ready(Err(error)) => Poll::Ready(End::Broken(error.to_string())),
            // hyper waits for the first request of a connection even then.
            Poll::Pending if told && pace.is_untouched() => Poll::Ready(End::Closed),
            Poll::Pending => pace.poll_overdue(alarm.as_mut(), context).map(End::Cut),
        }
    })
    .await
}

/// A reply's body; the exchange ends with it, and moves as it is taken.
struct Answer {
    body: Body,
    exchange: Exchange,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if frame.is_ready() {
            self.exchange.replying(Instant::now());
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
