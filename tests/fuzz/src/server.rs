//! The server's request path: calls as phones and desks make them, changed in every way. No call is answered with a fault of the server's
//! own, the server answers afterwards, and what was stored stays stored, byte for byte.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use waymark_protocol::api::{ApiError, InvitationReply, Token};
use waymark_protocol::record::wire;
use waymark_server::InProcess;
use waymark_simulation::wire::{HOST, open};

use crate::script::Script;
use crate::stand::{self, Said, Stand, copy};

/// No call that is made here waits for anything; one that asks to wait is left alone.
const PATIENCE: Duration = Duration::from_secs(1);
const LONGEST_REPLY: usize = 16 * 1024 * 1024;
/// How many calls one input makes.
const CALLS: usize = 6;

/// Every call that there is, and none.
const ROUTES: [(&str, &str); 32] = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("POST", "/v1/enrolments"),
    ("POST", "/v1/recoveries/challenge"),
    ("POST", "/v1/recoveries"),
    ("GET", "/v1/device/state?document=1"),
    ("POST", "/v1/device/records"),
    ("GET", "/v1/device/records?after=0&others=true"),
    ("POST", "/v1/device/revocations"),
    ("HEAD", "/v1/device/parts/{hash}"),
    ("GET", "/v1/device/parts/{hash}"),
    ("PUT", "/v1/device/parts/{hash}"),
    ("POST", "/v1/studies"),
    ("GET", "/v1/studies/{study}/document"),
    ("PUT", "/v1/studies/{study}/document"),
    ("PUT", "/v1/studies/{study}/end"),
    ("DELETE", "/v1/studies/{study}/end"),
    ("PUT", "/v1/studies/{study}/participants/{participant}/left"),
    ("DELETE", "/v1/studies/{study}/participants/{participant}/left"),
    ("POST", "/v1/studies/{study}/invitations"),
    ("GET", "/v1/studies/{study}/invitations/{code}"),
    ("DELETE", "/v1/studies/{study}/invitations/{code}"),
    ("GET", "/v1/studies/{study}/records?after=0&wait=0"),
    ("GET", "/v1/studies/{study}/parts/{hash}?participant={participant}"),
    ("GET", "/v1/studies/{study}/orders?after=&limit=1"),
    ("POST", "/v1/studies/{study}/orders"),
    ("POST", "/v1/studies/{study}/sightings"),
    ("GET", "/v1/studies/{study}/usage?limit=1"),
    ("GET", "/v1/studies/{study}/retention?limit=1"),
    ("GET", "/v1/studies/{study}/audit?after=0&limit=1"),
    ("POST", "/v1/nowhere"),
];

/// Makes calls.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    stand::with(|stand| {
        let folder = copy(&stand.server);
        stand.runtime.block_on(async {
            let server = open(folder.path().to_owned(), &stand.time).await.expect("the server opens");
            let calls = Calls::of(stand);
            let before = calls.feed(&server).await;
            for _ in 0..CALLS {
                if script.is_empty() {
                    break;
                }
                let Some(request) = calls.next(&mut script) else { continue };
                if !answers_soundly(&server, request).await {
                    return;
                }
            }
            let ready = Request::get("/readyz").body(Body::empty()).expect("a request");
            assert_eq!(server.call(ready).await.status(), StatusCode::OK, "the server is not ready any more");
            let after = calls.feed(&server).await;
            assert!(after.starts_with(&before), "what was stored is not there any more, or is something else");
        });
    });
}

/// What phone and desk say, each call alone, and with something changed.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    const SAID: [&str; 16] = [
        "said-a", "said-b", "said-c", "said-d", "said-e", "said-f", "said-g", "said-h", "said-i", "said-j", "said-k",
        "said-l", "said-m", "said-n", "said-o", "said-p",
    ];
    let said = |number: u8| [0, number, 0, 0, 0, 0];
    let mut seeds: Vec<(&'static str, Vec<u8>)> = Vec::new();
    for (number, name) in (0..).zip(SAID) {
        seeds.push((name, [said(2 * number), said(2 * number + 1)].concat()));
    }
    for (number, (name, staff)) in (0..).zip([("routes-a", 0), ("routes-b", 3), ("routes-c", 4), ("routes-d", 5)]) {
        let calls = (0..8).flat_map(|route| [1, 8 * number + route, staff, 0, 0, 0]);
        seeds.push((name, calls.collect()));
    }
    seeds.push(("a-changed-push", vec![0, 4, 0, 0, 0, 2, 0, 3, 20, 1, 0]));
    seeds.push(("a-changed-path", vec![0, 0, 0, 1, 0, 0, 5, b'%', 0, 0, 0]));
    seeds
}

/// The calls that an input may begin with.
struct Calls<'s> {
    stand: &'s Stand,
    said: Vec<&'s Said>,
    device: Option<Token>,
}

impl<'s> Calls<'s> {
    fn of(stand: &'s Stand) -> Self {
        let said = [&stand.joining, &stand.syncing, &stand.restoring, &stand.pulling].map(|said| said.iter());
        let said: Vec<&Said> = said.into_iter().flatten().chain(&stand.others).collect();
        let device = stand.syncing.iter().find_map(|said| said.token);
        Self { stand, said, device }
    }

    /// ```text
    /// call = 0 which token path type body       as a phone or a desk makes it, with another token, path, type or body
    ///      | 1 route token path type body       to one of the routes
    /// ```
    fn next(&self, script: &mut Script<'_>) -> Option<Request<Body>> {
        let routed = script.byte() % 2 == 1;
        let (method, path, own, content_type, body) = if routed {
            let (method, path) = script.of(&ROUTES);
            let method = method.parse::<Method>().expect("a method");
            let path = self.filled(path);
            let token = self.usual(path_of(&path));
            (method, path, token, Some("application/json"), b"{}".to_vec())
        } else {
            let said = *script.of(&self.said);
            let token = said.token.or_else(|| self.usual(&said.path));
            (said.method.clone(), said.path.clone(), token, said.content_type, said.body.clone())
        };
        let token = match script.byte() % 8 {
            0 => own,
            1 => self.device,
            number @ 2..6 => self.stand.staff.get(usize::from(number) - 2).copied(),
            6 => Some(Token([script.byte(); 32])),
            _ => None,
        };
        let path = script.edited(path.as_bytes());
        let content_type = match script.byte() % 5 {
            0 => content_type,
            1 => Some("application/json"),
            2 => Some(wire::CONTENT_TYPE),
            3 => Some("application/octet-stream"),
            _ => None,
        };
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        // What is no path never reaches the server's calls.
        request.body(Body::from(script.edited(&body))).ok()
    }

    fn filled(&self, path: &str) -> String {
        let invitation = &self.stand.invitation;
        let part = self.said.iter().find_map(|said| said.path.strip_prefix("/v1/device/parts/"));
        let first = self.stand.joining.iter().find_map(|said| serde_json::from_slice(&said.answer.body).ok());
        let first: Option<InvitationReply> = first;
        let participant = first.map(|reply| reply.certificate.participant.to_string()).unwrap_or_default();
        path.replace("{study}", &invitation.study.to_string())
            .replace("{code}", &invitation.secret.code().to_string())
            .replace("{participant}", &participant)
            .replace("{hash}", part.unwrap_or_default())
    }

    /// Whose token such a call usually has.
    fn usual(&self, path: &str) -> Option<Token> {
        let [admin, researcher, data_manager, auditor] = self.stand.staff[..] else { return None };
        match path {
            _ if path.starts_with("/v1/device/") => self.device,
            "/v1/studies" => Some(admin),
            _ if path.ends_with("/usage") || path.ends_with("/retention") => Some(data_manager),
            _ if path.ends_with("/audit") => Some(auditor),
            _ if path.starts_with("/v1/studies/") => Some(researcher),
            _ => None,
        }
    }

    /// All that the study has.
    async fn feed(&self, server: &InProcess) -> Vec<u8> {
        let path = format!("/v1/studies/{}/records?after=0", self.stand.invitation.study);
        let researcher = self.stand.staff[1];
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {researcher}"));
        let response = server.call(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::OK, "the study cannot be read any more");
        to_bytes(response.into_body(), LONGEST_REPLY).await.expect("a feed").to_vec()
    }
}

fn path_of(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}

/// Makes a call; false when it waits for something that does not come here.
async fn answers_soundly(server: &InProcess, request: Request<Body>) -> bool {
    let told = format!("{} {}", request.method(), request.uri());
    let head = request.method() == Method::HEAD;
    let Ok(response) = tokio::time::timeout(PATIENCE, server.call(request)).await else { return false };
    let status = response.status();
    assert!(!status.is_server_error(), "{status} to {told}");
    let body = to_bytes(response.into_body(), LONGEST_REPLY).await.expect("a reply is read");
    let named = serde_json::from_slice::<ApiError>(&body).is_ok();
    assert!(!status.is_client_error() || head || named, "{status} without a name to {told}");
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A target whose calls were all refused at the door would test the door alone. The answer to a challenge is good once, and never
    /// here; so this server does not know the phone that was restored by it.
    #[test]
    fn what_phone_and_desk_say_is_let_in() {
        stand::with(|stand| {
            let calls = Calls::of(stand);
            let count = u8::try_from(calls.said.len()).expect("few");
            let refused = (0..count).filter_map(|number| {
                let folder = copy(&stand.server);
                stand.runtime.block_on(async {
                    let server = open(folder.path().to_owned(), &stand.time).await.expect("the server opens");
                    let request = calls.next(&mut Script::new(&[0, number])).expect("a request");
                    let told = format!("{} {}", request.method(), path_of(request.uri().path()));
                    let response = server.call(request).await;
                    (!response.status().is_success()).then(|| format!("{} to {told}", response.status()))
                })
            });
            let refused: Vec<String> = refused.collect();
            assert!(count > 15, "{count} calls");
            let rightly =
                |told: &String| told.contains("/v1/recoveries") || told.starts_with("401 Unauthorized to GET");
            assert!(refused.iter().all(rightly), "{refused:?}");
        });
    }
}
