//! A server that follows a script: it hands out what it is told to, and breaks as it is told to.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use waymark_protocol::api::{
    AddInvitations, ApiError, ApiErrorCode, EPOCH_HEADER, Epoch, HEAD_HEADER, Orders, OrdersPage, RegisterStudy,
    StudyRegistered, Token,
};
use waymark_protocol::attachment::Part;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::invitation::{Certificate, ServerUrl};
use waymark_protocol::record::wire::{CONTENT_TYPE, Item, write_feed_frame};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{CodeId, Hash, ParticipantId, StudyId};

/// What the server answers instead of doing what it should.
pub enum Trouble {
    Status(u16, &'static [(&'static str, &'static str)], Vec<u8>),
}

pub struct Script {
    pub feed: Vec<(u64, Vec<u8>)>,
    pub epoch: Epoch,
    /// The epoch changes before the page after so many.
    pub restored_after: Option<usize>,
    pub head: Option<u64>,
    pub page: usize,
    /// The next answers, in order; after them it behaves.
    pub troubles: VecDeque<Trouble>,
    pub ignores_after: bool,
    pub orders: Orders,
    /// Whether it refuses orders.
    pub refuses_orders: bool,
    /// Whether it can tell whose word a revocation is.
    pub knows_phones: bool,
    /// The next answers to whoever publishes, in the same way.
    pub document_troubles: VecDeque<Trouble>,
    /// The versions of the study's document that it was given.
    pub documents: Vec<SignedDocument>,
    pub certificates: Vec<Certificate>,
    pub sightings: Vec<Sighting>,
    pub asked: Vec<u64>,
    pub registered: Option<RegisterStudy>,
    pub parts: HashMap<(ParticipantId, Hash), Vec<u8>>,
    pub asked_parts: Vec<Hash>,
    /// Who has left, by the study's word; of those who have not joined it knows nothing.
    pub left: Vec<ParticipantId>,
    pub nobody_joined: bool,
    /// Whether the study has ended.
    pub ended: bool,
    /// The next answers to such words, and to whoever asks for orders, in the same way.
    pub word_troubles: VecDeque<Trouble>,
    /// The researchers' tokens that it takes; any where none is named.
    pub tokens: Vec<Token>,
    /// How many parts are handed out before the server has trouble with parts for good.
    pub parts_until_trouble: Option<usize>,
}

#[derive(Clone)]
pub struct TestServer {
    pub url: ServerUrl,
    pub script: Arc<Mutex<Script>>,
}

type Shared = State<Arc<Mutex<Script>>>;

impl TestServer {
    pub async fn start() -> Self {
        static PROVIDER: std::sync::Once = std::sync::Once::new();
        PROVIDER.call_once(|| {
            // Another test of the same process may have been first.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let script = Script {
            feed: Vec::new(),
            epoch: Epoch([1; 16]),
            restored_after: None,
            head: None,
            page: 3,
            troubles: VecDeque::new(),
            ignores_after: false,
            orders: Orders::default(),
            refuses_orders: false,
            knows_phones: true,
            document_troubles: VecDeque::new(),
            documents: Vec::new(),
            certificates: Vec::new(),
            sightings: Vec::new(),
            asked: Vec::new(),
            registered: None,
            parts: HashMap::new(),
            asked_parts: Vec::new(),
            left: Vec::new(),
            nobody_joined: false,
            ended: false,
            word_troubles: VecDeque::new(),
            tokens: Vec::new(),
            parts_until_trouble: None,
        };
        let script = Arc::new(Mutex::new(script));
        let app = Router::new()
            .route("/v1/studies", post(register))
            .route("/v1/studies/{study}/invitations", post(invitations))
            .route("/v1/studies/{study}/invitations/{code}", delete(revocation))
            .route("/v1/studies/{study}/records", get(records))
            .route("/v1/studies/{study}/parts/{hash}", get(part))
            .route("/v1/studies/{study}/orders", get(orders).post(take_orders))
            .route("/v1/studies/{study}/end", put(end).delete(end))
            .route("/v1/studies/{study}/participants/{participant}/left", put(leave).delete(leave))
            .route("/v1/studies/{study}/document", put(document).get(newest))
            .route("/v1/studies/{study}/sightings", post(sightings))
            .with_state(script.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, script }
    }

    pub fn with<T>(&self, act: impl FnOnce(&mut Script) -> T) -> T {
        act(&mut self.script.lock().unwrap())
    }

    /// Takes in a participant's parts.
    pub fn receive_parts(&self, participant: ParticipantId, parts: &[Part]) {
        self.with(|script| {
            script.parts.extend(parts.iter().map(|part| ((participant, part.hash), part.bytes.clone())));
        });
    }

    /// Adds items at the end.
    pub fn receive(&self, items: &[Item]) {
        self.with(|script| items.iter().for_each(|item| script.push(item)));
    }
}

impl Script {
    pub fn push(&mut self, item: &Item) {
        let mut bytes = Vec::new();
        item.write(&mut bytes);
        self.push_bytes(bytes);
    }

    pub fn push_bytes(&mut self, bytes: Vec<u8>) {
        let last = self.feed.last().map_or(0, |(seq, _)| *seq);
        self.feed.push((last + 1, bytes));
    }

    /// Gives the item at a place other bytes.
    pub fn replace(&mut self, place: usize, bytes: Vec<u8>) {
        self.feed[place].1 = bytes;
    }

    fn trouble(&mut self) -> Option<Response> {
        self.troubles.pop_front().map(answer)
    }
}

fn answer(trouble: Trouble) -> Response {
    let Trouble::Status(status, headers, body) = trouble;
    let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.parse().unwrap());
    }
    response
}

async fn register(State(script): Shared, body: Bytes) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.trouble() {
        return trouble;
    }
    let register: RegisterStudy = serde_json::from_slice(&body).unwrap();
    let study = StudyId::of(&register.signing_key, &register.encryption_key);
    register.document.verify(&study).unwrap();
    script.registered = Some(register);
    let registered = StudyRegistered { study, token: Token([7; 32]), epoch: script.epoch };
    axum::Json(registered).into_response()
}

async fn invitations(State(script): Shared, body: Bytes) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.trouble() {
        return trouble;
    }
    let add: AddInvitations = serde_json::from_slice(&body).unwrap();
    script.certificates.extend(add.certificates);
    StatusCode::NO_CONTENT.into_response()
}

async fn revocation(State(script): Shared, Path((_, code)): Path<(StudyId, CodeId)>) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.trouble() {
        return trouble;
    }
    script.certificates.retain(|certificate| certificate.code() != code);
    StatusCode::NO_CONTENT.into_response()
}

#[derive(serde::Deserialize)]
struct After {
    after: u64,
}

async fn records(State(script): Shared, Query(After { after }): Query<After>) -> Response {
    let mut script = script.lock().unwrap();
    if script.restored_after == Some(script.asked.len()) {
        script.epoch = Epoch([2; 16]);
    }
    script.asked.push(after);
    if let Some(trouble) = script.trouble() {
        return trouble;
    }
    let head = script.head.unwrap_or_else(|| script.feed.iter().map(|(seq, _)| *seq).max().unwrap_or_default());
    let ignores = script.ignores_after;
    let mut out = Vec::new();
    for (seq, item) in script.feed.iter().filter(|(seq, _)| ignores || *seq > after).take(script.page) {
        write_feed_frame(&mut out, *seq, 1_777_000_000_000, false);
        out.extend_from_slice(item);
    }
    let headers = [
        ("content-type", CONTENT_TYPE.to_owned()),
        (EPOCH_HEADER, script.epoch.to_string()),
        (HEAD_HEADER, head.to_string()),
    ];
    (headers, out).into_response()
}

#[derive(serde::Deserialize)]
struct Of {
    participant: ParticipantId,
}

async fn part(
    State(script): Shared,
    Path((_, hash)): Path<(StudyId, Hash)>,
    Query(Of { participant }): Query<Of>,
) -> Response {
    let mut script = script.lock().unwrap();
    script.asked_parts.push(hash);
    match &mut script.parts_until_trouble {
        Some(0) => return (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "0")]).into_response(),
        Some(left) => *left -= 1,
        None => {}
    }
    match script.parts.get(&(participant, hash)) {
        Some(bytes) => bytes.clone().into_response(),
        None => {
            let error =
                ApiError { code: ApiErrorCode::NotFound, message: "there is no such part".to_owned(), seq: None };
            (StatusCode::NOT_FOUND, axum::Json(error)).into_response()
        }
    }
}

async fn end(State(script): Shared, method: Method) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.word_troubles.pop_front() {
        return answer(trouble);
    }
    script.ended = method == Method::PUT;
    StatusCode::NO_CONTENT.into_response()
}

async fn leave(
    State(script): Shared,
    method: Method,
    Path((_, participant)): Path<(StudyId, ParticipantId)>,
) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.word_troubles.pop_front() {
        return answer(trouble);
    }
    if script.nobody_joined {
        let error = ApiError { code: ApiErrorCode::NotFound, message: "nobody has joined".to_owned(), seq: None };
        return (StatusCode::NOT_FOUND, axum::Json(error)).into_response();
    }
    script.left.retain(|left| *left != participant);
    if method == Method::PUT {
        script.left.push(participant);
    }
    StatusCode::NO_CONTENT.into_response()
}

/// Two orders at a time: to be asked again until nothing follows.
async fn orders(State(script): Shared, headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    const SIZE: usize = 2;
    let (orders, tokens) = {
        let mut script = script.lock().unwrap();
        if let Some(trouble) = script.word_troubles.pop_front() {
            return answer(trouble);
        }
        (script.orders.clone(), script.tokens.clone())
    };
    let shown =
        headers.get("authorization").and_then(|shown| shown.to_str().ok()?.strip_prefix("Bearer ")?.parse().ok());
    if !tokens.is_empty() && !shown.is_some_and(|shown: Token| tokens.contains(&shown)) {
        let error = ApiError { code: ApiErrorCode::Unauthorized, message: "who?".to_owned(), seq: None };
        return (StatusCode::UNAUTHORIZED, axum::Json(error)).into_response();
    }
    let after = query.get("after").map_or(0, |after| usize::from_str_radix(&format!("0{after}"), 16).unwrap());
    let (given, erased) = (after..after + SIZE, orders.erasures.len());
    let at = |place: usize| given.contains(&place);
    let erasures = orders.erasures.iter().enumerate().filter(|(place, _)| at(*place));
    let revocations = orders.revocations.iter().enumerate().filter(|(place, _)| at(erased + *place));
    let more = erased + orders.revocations.len() > given.end;
    axum::Json(OrdersPage {
        erasures: erasures.map(|(_, order)| order.clone()).collect(),
        revocations: revocations.map(|(_, order)| order.clone()).collect(),
        next: more.then(|| HexBytes(u32::try_from(given.end).unwrap().to_be_bytes().to_vec())),
    })
    .into_response()
}

async fn document(State(script): Shared, Path(study): Path<StudyId>, body: Bytes) -> Response {
    let mut script = script.lock().unwrap();
    if let Some(trouble) = script.document_troubles.pop_front() {
        return answer(trouble);
    }
    let document: SignedDocument = serde_json::from_slice(&body).unwrap();
    document.verify(&study).unwrap();
    script.documents.push(document);
    StatusCode::NO_CONTENT.into_response()
}

async fn newest(State(script): Shared) -> Response {
    let script = script.lock().unwrap();
    let first = script.registered.as_ref().map(|registered| &registered.document);
    axum::Json(script.documents.last().or(first).unwrap()).into_response()
}

async fn take_orders(State(script): Shared, body: Bytes) -> Response {
    let given: Orders = serde_json::from_slice(&body).unwrap();
    let mut script = script.lock().unwrap();
    if script.refuses_orders {
        let error = ApiError { code: ApiErrorCode::Forbidden, message: "not now".to_owned(), seq: None };
        return (StatusCode::FORBIDDEN, axum::Json(error)).into_response();
    }
    if !given.revocations.is_empty() && !script.knows_phones {
        let error = ApiError { code: ApiErrorCode::NotProven, message: "whose?".to_owned(), seq: None };
        return (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(error)).into_response();
    }
    script.orders.erasures.extend(given.erasures);
    script.orders.revocations.extend(given.revocations);
    StatusCode::NO_CONTENT.into_response()
}

async fn sightings(State(script): Shared, body: Bytes) -> Response {
    script.lock().unwrap().sightings.push(serde_json::from_slice(&body).unwrap());
    StatusCode::NO_CONTENT.into_response()
}
