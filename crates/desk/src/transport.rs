//! Talking to the study server: bounded, with time limits, and believing nothing.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::api::{
    AddInvitations, ApiError, ApiErrorCode, EPOCH_HEADER, Epoch, HEAD_HEADER, MAX_FEED_BYTES, Orders, RegisterStudy,
    StudyRegistered, Token,
};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::record::wire::{self, FeedItem};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{CodeId, Hash, ParticipantId, StudyId};

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
    Unreachable(String, #[source] reqwest::Error),
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
    client: Client,
    origin: ServerUrl,
    token: Token,
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
    /// Prepares to talk to a server with a token. Answers that lead elsewhere are not followed: the token is for this
    /// server alone.
    pub fn new(origin: ServerUrl, token: Token) -> Result<Self, TransportError> {
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
        Ok(Self { client: builder.build().map_err(TransportError::Tls)?, origin, token })
    }

    /// `POST /v1/studies`
    pub async fn register(&self, study: &RegisterStudy) -> Result<StudyRegistered, TransportError> {
        self.json(|| self.post("/v1/studies", study)).await
    }

    /// `POST /v1/studies/{study}/invitations`
    pub async fn add_invitations(&self, study: StudyId, add: &AddInvitations) -> Result<(), TransportError> {
        self.send(|| self.post(&format!("/v1/studies/{study}/invitations"), add)).await.map(drop)
    }

    /// `DELETE /v1/studies/{study}/invitations/{code}`
    pub async fn revoke_invitation(&self, study: StudyId, code: CodeId) -> Result<(), TransportError> {
        self.done(Method::DELETE, &format!("/v1/studies/{study}/invitations/{code}")).await
    }

    /// `PUT /v1/studies/{study}/document`
    pub async fn publish(&self, study: StudyId, document: &SignedDocument) -> Result<(), TransportError> {
        let path = format!("/v1/studies/{study}/document");
        self.send(|| self.request(Method::PUT, &path).json(document)).await.map(drop)
    }

    /// `PUT /v1/studies/{study}/end`, or `DELETE` when it has not ended after all.
    pub async fn end_study(&self, study: StudyId, ended: bool) -> Result<(), TransportError> {
        self.done(put_or_delete(ended), &format!("/v1/studies/{study}/end")).await
    }

    /// `PUT /v1/studies/{study}/participants/{participant}/left`, or `DELETE` when the participant takes part after all.
    pub async fn leave(&self, study: StudyId, participant: ParticipantId, left: bool) -> Result<(), TransportError> {
        self.done(put_or_delete(left), &format!("/v1/studies/{study}/participants/{participant}/left")).await
    }

    /// `GET /v1/studies/{study}/records?after=`
    pub async fn records(&self, study: StudyId, after: u64) -> Result<Page, TransportError> {
        let path = format!("/v1/studies/{study}/records?after={after}");
        let (headers, body) = self.send(|| self.request(Method::GET, &path)).await?;
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
        match self.send(|| self.request(Method::GET, &path)).await {
            Ok((_, bytes)) => Ok(Some(bytes)),
            Err(TransportError::Refused { code: ApiErrorCode::NotFound, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `GET /v1/studies/{study}/orders`
    pub async fn orders(&self, study: StudyId) -> Result<Orders, TransportError> {
        let path = format!("/v1/studies/{study}/orders");
        self.json(|| self.request(Method::GET, &path)).await
    }

    /// `POST /v1/studies/{study}/orders`
    pub async fn give_orders(&self, study: StudyId, orders: &Orders) -> Result<(), TransportError> {
        self.send(|| self.post(&format!("/v1/studies/{study}/orders"), orders)).await.map(drop)
    }

    /// `POST /v1/studies/{study}/sightings`
    pub async fn post_sighting(&self, study: StudyId, sighting: &Sighting) -> Result<(), TransportError> {
        self.send(|| self.post(&format!("/v1/studies/{study}/sightings"), sighting)).await.map(drop)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin)).bearer_auth(self.token)
    }

    fn post(&self, path: &str, body: &impl Serialize) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    async fn done(&self, method: Method, path: &str) -> Result<(), TransportError> {
        self.send(|| self.request(method.clone(), path)).await.map(drop)
    }

    async fn json<T: DeserializeOwned>(&self, request: impl Fn() -> RequestBuilder) -> Result<T, TransportError> {
        let (_, body) = self.send(request).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::Garbage("not the JSON that was asked for"))
    }

    /// Sends, and again after a moment when the server has trouble or the answer breaks off: all calls of the desk can be
    /// repeated without harm.
    async fn send(&self, request: impl Fn() -> RequestBuilder) -> Result<(HeaderMap, Vec<u8>), TransportError> {
        let mut attempt = 1;
        loop {
            let (error, wait) = match self.try_once(request()).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let Some(wait) = wait.filter(|_| attempt < ATTEMPTS) else { return Err(error) };
            tokio::time::sleep(wait.unwrap_or(Duration::from_millis(200) * attempt).min(LONGEST_WAIT)).await;
            attempt += 1;
        }
    }

    /// An error says whether another attempt makes sense, and how long to wait before it when the server has said so.
    async fn try_once(
        &self,
        request: RequestBuilder,
    ) -> Result<(HeaderMap, Vec<u8>), (TransportError, Option<Option<Duration>>)> {
        let unreachable = |error: reqwest::Error| {
            let again = (!error.is_connect() && !error.is_timeout()).then_some(None);
            (TransportError::Unreachable(self.origin.to_string(), error.without_url()), again)
        };
        let mut response = request.send().await.map_err(unreachable)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if body.len() + piece.len() > MAX_ANSWER {
                return Err((TransportError::Garbage("longer than any answer may be"), None));
            }
            body.extend_from_slice(&piece);
        }
        if status.is_success() {
            return Ok((headers, body));
        }
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            return Err((TransportError::Trouble(status), Some(seconds.map(Duration::from_secs))));
        }
        Err((refused(&response, &body), None))
    }
}

fn put_or_delete(holds: bool) -> Method {
    if holds { Method::PUT } else { Method::DELETE }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, TransportError> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(TransportError::Garbage("a header is missing"))
}

fn refused(response: &Response, body: &[u8]) -> TransportError {
    match serde_json::from_slice::<ApiError>(body) {
        Ok(error) => TransportError::Refused {
            status: response.status(),
            code: error.code,
            message: error.message.chars().filter(|letter| is_plain(*letter)).take(200).collect(),
        },
        Err(_) => TransportError::Garbage("an error without its description"),
    }
}

/// Whether a letter of the server's can stand on a terminal without changing what stands around it.
fn is_plain(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !letter.is_control() && !turns && letter != '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn letters_that_turn_or_hide_text_do_not_reach_the_terminal() {
        let said = "\u{1b}[2Jno\u{202e}txet\u{2066}\u{200b}\u{feff}\u{9b}, naïve 日本 עברית";
        let kept: String = said.chars().filter(|letter| is_plain(*letter)).collect();
        assert_eq!(kept, "[2Jnotxet, naïve 日本 עברית");
    }
}
