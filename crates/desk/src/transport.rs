//! Talking to the study server: bounded, with time limits, and believing nothing.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, StatusCode};
use rustls::CertificateError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::api::{
    AddInvitations, ApiError, ApiErrorCode, EPOCH_HEADER, Epoch, HEAD_HEADER, MAX_FEED_BYTES, MAX_PAGE, Orders,
    OrdersPage, RegisterStudy, StudyRegistered, Token,
};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::record::wire::{self, FeedItem};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{CodeId, Hash, ParticipantId, StudyId, hex};

use crate::terminal;

const CONNECT: Duration = Duration::from_secs(10);
/// Between two pieces of an answer.
const SILENCE: Duration = Duration::from_secs(30);
const WHOLE: Duration = Duration::from_secs(300);
/// A feed is cut after [`MAX_FEED_BYTES`]; its last item may reach beyond.
const MAX_ANSWER: usize = 2 * MAX_FEED_BYTES;
const ATTEMPTS: u32 = 3;
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// What went wrong between the desk and the server.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No answer.
    #[error("server-unreachable: the study server at {0} cannot be reached")]
    Unreachable(String, #[source] Option<reqwest::Error>),
    /// Somebody answers, and cannot show to be that server.
    #[error(
        "server-untrusted: whoever answers at {0} cannot show to be the study server: {1}. The token was not given to them; ask whoever runs the study server"
    )]
    Untrusted(String, &'static str),
    /// The server has trouble of its own, also after some attempts.
    #[error("server-trouble: the study server answers {0}; try again later")]
    Trouble(StatusCode),
    /// The answer is not one that a study server gives.
    #[error("server-garbage: the study server's answer makes no sense ({0})")]
    Garbage(&'static str),
    /// The server was restored from a backup while it was read.
    #[error("server-trouble: the study server was restored from a backup just now; run the same command again")]
    Restored,
    /// The server says no.
    #[error("{code}: the study server refuses ({status}): {message}")]
    Refused {
        /// Its status.
        status: StatusCode,
        /// Its code.
        code: ApiErrorCode,
        /// Its sentence, cut, without control characters and what turns the direction of text.
        message: String,
    },
    /// This machine cannot make encrypted connections.
    #[error("encrypted connections cannot be made on this machine")]
    Tls(#[source] reqwest::Error),
}

impl TransportError {
    /// The code of a refusal.
    pub fn code(&self) -> Option<ApiErrorCode> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }
}

/// One study server.
#[derive(Clone)]
pub struct Server {
    carrier: Arc<dyn Carrier>,
    token: Token,
}

/// Carries calls to one server: real HTTP, or a simulation.
pub trait Carrier: Send + Sync {
    /// Carries a call and waits for the whole answer, whatever its status.
    fn carry<'c>(&'c self, call: &'c Call)
    -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>>;
}

/// A call, complete.
#[derive(Debug)]
pub struct Call {
    /// How.
    pub method: Method,
    /// Path and query, from `/v1/…`.
    pub path: String,
    /// The bearer token.
    pub token: Token,
    /// What is sent.
    pub json: Option<Vec<u8>>,
}

/// An answer, bounded but not yet believed.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// One page of the study's records.
#[derive(Debug)]
pub struct Page {
    /// The server's life between two restores.
    pub epoch: Epoch,
    /// The greatest `server_seq` that it says it has.
    pub head: u64,
    /// The items, in the order in which they came.
    pub items: Vec<FeedItem>,
}

impl Server {
    /// Prepares to talk to a server with a token.
    pub fn new(origin: ServerUrl, token: Token) -> Result<Self, TransportError> {
        Ok(Self::over(Arc::new(Http::new(origin)?), token))
    }

    /// Talks to the server that a carrier reaches.
    pub fn over(carrier: Arc<dyn Carrier>, token: Token) -> Self {
        Self { carrier, token }
    }

    /// `POST /v1/studies`
    pub async fn register(&self, study: &RegisterStudy) -> Result<StudyRegistered, TransportError> {
        self.json(self.post("/v1/studies", study)).await
    }

    /// `POST /v1/studies/{study}/invitations`
    pub async fn add_invitations(&self, study: StudyId, add: &AddInvitations) -> Result<(), TransportError> {
        self.send(self.post(&format!("/v1/studies/{study}/invitations"), add)).await.map(drop)
    }

    /// `DELETE /v1/studies/{study}/invitations/{code}`
    pub async fn revoke_invitation(&self, study: StudyId, code: CodeId) -> Result<(), TransportError> {
        self.done(Method::DELETE, format!("/v1/studies/{study}/invitations/{code}")).await
    }

    /// `GET /v1/studies/{study}/document`: as it came, not believed.
    pub async fn document(&self, study: StudyId) -> Result<SignedDocument, TransportError> {
        self.json(self.get(format!("/v1/studies/{study}/document"))).await
    }

    /// `PUT /v1/studies/{study}/document`
    pub async fn publish(&self, study: StudyId, document: &SignedDocument) -> Result<(), TransportError> {
        self.send(self.with_json(Method::PUT, format!("/v1/studies/{study}/document"), document)).await.map(drop)
    }

    /// `PUT /v1/studies/{study}/end`, or `DELETE` when it has not ended after all.
    pub async fn end_study(&self, study: StudyId, ended: bool) -> Result<(), TransportError> {
        self.done(put_or_delete(ended), format!("/v1/studies/{study}/end")).await
    }

    /// `PUT /v1/studies/{study}/participants/{participant}/left`, or `DELETE` when the participant takes part after all.
    pub async fn leave(&self, study: StudyId, participant: ParticipantId, left: bool) -> Result<(), TransportError> {
        self.done(put_or_delete(left), format!("/v1/studies/{study}/participants/{participant}/left")).await
    }

    /// `GET /v1/studies/{study}/records?after=`
    pub async fn records(&self, study: StudyId, after: u64) -> Result<Page, TransportError> {
        let path = format!("/v1/studies/{study}/records?after={after}");
        let (headers, body) = self.send(self.get(path)).await?;
        let epoch = header(&headers, EPOCH_HEADER)?.parse().map_err(|_| TransportError::Garbage("no epoch"))?;
        let head = header(&headers, HEAD_HEADER)?.parse().map_err(|_| TransportError::Garbage("no head"))?;
        let items = wire::read_feed(&body).map_err(|_| TransportError::Garbage("not a feed of records"))?;
        Ok(Page { epoch, head, items })
    }

    /// `GET /v1/studies/{study}/parts/{hash}?participant=`; none when the server does not have it. The bytes may be any.
    pub async fn part(
        &self,
        study: StudyId,
        participant: ParticipantId,
        hash: Hash,
    ) -> Result<Option<Vec<u8>>, TransportError> {
        let path = format!("/v1/studies/{study}/parts/{hash}?participant={participant}");
        match self.send(self.get(path)).await {
            Ok((_, bytes)) => Ok(Some(bytes)),
            Err(TransportError::Refused { code: ApiErrorCode::NotFound, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `GET /v1/studies/{study}/orders`, page by page to the end.
    pub async fn orders(&self, study: StudyId) -> Result<Orders, TransportError> {
        let mut orders = Orders::default();
        let mut after = Vec::new();
        loop {
            let page = self.orders_page(study, &after).await?;
            orders.erasures.extend(page.erasures);
            orders.revocations.extend(page.revocations);
            match page.next {
                None => return Ok(orders),
                Some(next) if next.0 > after => after = next.0,
                Some(_) => return Err(TransportError::Garbage("it repeats orders that were not asked for")),
            }
        }
    }

    /// One page of `GET /v1/studies/{study}/orders?after=`
    async fn orders_page(&self, study: StudyId, after: &[u8]) -> Result<OrdersPage, TransportError> {
        let after = hex::encode(after);
        let path = format!("/v1/studies/{study}/orders?after={after}&limit={MAX_PAGE}");
        self.json(self.get(path)).await
    }

    /// Asks for one order only: whether the token is of use for this study.
    pub async fn try_token(&self, study: StudyId) -> Result<(), TransportError> {
        let path = format!("/v1/studies/{study}/orders?limit=1");
        self.json::<OrdersPage>(self.get(path)).await.map(drop)
    }

    /// `POST /v1/studies/{study}/orders`
    pub async fn give_orders(&self, study: StudyId, orders: &Orders) -> Result<(), TransportError> {
        self.send(self.post(&format!("/v1/studies/{study}/orders"), orders)).await.map(drop)
    }

    /// `POST /v1/studies/{study}/sightings`
    pub async fn post_sighting(&self, study: StudyId, sighting: &Sighting) -> Result<(), TransportError> {
        self.send(self.post(&format!("/v1/studies/{study}/sightings"), sighting)).await.map(drop)
    }

    fn get(&self, path: String) -> Call {
        Call { method: Method::GET, path, token: self.token, json: None }
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Call {
        self.with_json(Method::POST, path.to_owned(), body)
    }

    fn with_json(&self, method: Method, path: String, body: &impl Serialize) -> Call {
        let json = serde_json::to_vec(body).expect("API types are JSON");
        Call { method, path, token: self.token, json: Some(json) }
    }

    async fn done(&self, method: Method, path: String) -> Result<(), TransportError> {
        self.send(Call { method, path, token: self.token, json: None }).await.map(drop)
    }

    async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, TransportError> {
        let (_, body) = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::Garbage("not the JSON that was asked for"))
    }

    async fn send(&self, call: Call) -> Result<(HeaderMap, Vec<u8>), TransportError> {
        let Answer { status, headers, body } = self.carrier.carry(&call).await?;
        match status {
            _ if status.is_success() => Ok((headers, body)),
            _ if is_trouble(status) => Err(TransportError::Trouble(status)),
            _ => Err(refused(status, &body)),
        }
    }
}

/// Whether the server has trouble of its own, and may have less of it later.
fn is_trouble(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

/// Real HTTP: TLS by rustls with ring and Mozilla's roots.
struct Http {
    client: Client,
    origin: ServerUrl,
}

impl Http {
    /// Answers that lead elsewhere are not followed: the token is for this server alone.
    fn new(origin: ServerUrl) -> Result<Self, TransportError> {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
        let roots = roots.iter().filter_map(|der| reqwest::Certificate::from_der(der).ok());
        let mut builder = Client::builder()
            .tls_certs_only(roots)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(WHOLE)
            .user_agent(concat!("waymark-desk/", env!("CARGO_PKG_VERSION")));
        if origin.as_str().starts_with("http://") {
            builder = builder.no_proxy();
        }
        Ok(Self { client: builder.build().map_err(TransportError::Tls)?, origin })
    }

    /// An error says whether another attempt makes sense.
    async fn try_once(&self, call: &Call) -> Result<Answer, (TransportError, bool)> {
        let unreachable = |error: reqwest::Error| {
            if let Some(why) = distrust(&error) {
                return (TransportError::Untrusted(self.origin.to_string(), why), false);
            }
            let again = !error.is_connect() && !error.is_timeout();
            (TransportError::Unreachable(self.origin.to_string(), Some(error.without_url())), again)
        };
        let url = format!("{}{}", self.origin, call.path);
        let mut request = self.client.request(call.method.clone(), url).bearer_auth(call.token);
        if let Some(json) = &call.json {
            request = request.header(CONTENT_TYPE, "application/json").body(json.clone());
        }
        let mut response = request.send().await.map_err(unreachable)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if body.len() + piece.len() > MAX_ANSWER {
                return Err((TransportError::Garbage("longer than any answer may be"), false));
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, headers, body })
    }
}

/// Why a certificate was not believed, if that is what went wrong.
fn distrust(error: &reqwest::Error) -> Option<&'static str> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(why)) = error.downcast_ref() {
            return Some(match why {
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => "its certificate has run out",
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                    "its certificate is not valid yet (is the clock of this computer right?)"
                }
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                    "its certificate is for another name"
                }
                CertificateError::Revoked => "its certificate was revoked",
                _ => "its certificate is not from an authority that is known here",
            });
        }
        // An error of the connection is silent about the one of TLS inside of it.
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = inner.map_or_else(|| error.source(), |inner| Some(inner as &(dyn Error + 'static)));
    }
    None
}

fn put_or_delete(holds: bool) -> Method {
    if holds { Method::PUT } else { Method::DELETE }
}

impl Carrier for Http {
    /// Again after a moment when the server has trouble or the answer breaks off: all calls of the desk can be repeated without
    /// harm.
    fn carry<'c>(
        &'c self,
        call: &'c Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>> {
        Box::pin(async move {
            for attempt in 1..ATTEMPTS {
                let wait = match self.try_once(call).await {
                    Ok(answer) if is_trouble(answer.status) => seconds_asked(&answer.headers),
                    Err((_, true)) => None,
                    answer => return answer.map_err(|(error, _)| error),
                };
                tokio::time::sleep(wait.unwrap_or(Duration::from_millis(200) * attempt).min(LONGEST_WAIT)).await;
            }
            self.try_once(call).await.map_err(|(error, _)| error)
        })
    }
}

/// How long the server asks to be left alone.
fn seconds_asked(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok()).map(Duration::from_secs)
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, TransportError> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(TransportError::Garbage("a header is missing"))
}

fn refused(status: StatusCode, body: &[u8]) -> TransportError {
    match serde_json::from_slice::<ApiError>(body) {
        Ok(error) => TransportError::Refused {
            status,
            code: error.code,
            message: terminal::letters(&error.message).take(200).collect(),
        },
        Err(_) => TransportError::Garbage("an error without its description"),
    }
}
