//! What comes from strangers: too large, unknown, malformed. Every answer has a name.

use waymark_protocol::api::{ApiErrorCode, MAX_JSON_BYTES};
use waymark_protocol::record::wire::MAX_PUSH_BYTES;

use super::Running;
use crate::support::Phone;

#[test]
fn bodies_beyond_the_limit_are_too_large() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let too_large = (413, ApiErrorCode::TooLarge, None);
    let reply = server.http.push(&phone.token, &vec![0; MAX_PUSH_BYTES + 1]);
    assert_eq!(reply.refused(), too_large);
    let reply = server.http.send("POST", "/v1/enrolments", "", "application/json", &vec![b' '; MAX_JSON_BYTES + 1]);
    assert_eq!(reply.unwrap().refused(), too_large);
}

#[test]
fn unknown_routes_and_wrong_methods_are_named() {
    let server = Running::start();
    for path in ["/", "/v1", "/v1/nothing", "/v1/studies/00/nothing", "/%00", "/../etc/passwd"] {
        let (status, code, _) = server.http.get(path, "").refused();
        assert_eq!((status, code), (404, ApiErrorCode::NotFound), "{path}");
    }
    let (status, code, _) = server.http.send("PATCH", "/v1/studies", "", "", b"").unwrap().refused();
    assert_eq!((status, code), (405, ApiErrorCode::BadRequest));
}

#[test]
fn garbage_is_a_bad_request_and_is_not_quoted_back() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let admin = server.token("admin");
    let secret = b"{\"study\": \"canary-canary\"";
    for (path, token) in [("/v1/studies", admin.as_str()), ("/v1/enrolments", ""), ("/v1/recoveries", "")] {
        for body in [&b""[..], b"null", b"[]", b"\xff\xfe", secret] {
            let reply = server.http.send("POST", path, token, "application/json", body).unwrap();
            assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "{path}");
            assert!(!String::from_utf8_lossy(&reply.body).contains("canary"));
        }
    }
    let wrong_kind = server.http.send("POST", "/v1/device/records", &phone.token, "text/plain", &phone.push_of(1, 1));
    assert_eq!(wrong_kind.unwrap().refused(), (400, ApiErrorCode::BadRequest, None));
    for query in ["after=-1", "after=x", "after=1&wait=soon"] {
        let reply = server.http.get(&desk.path(&format!("records?{query}")), &desk.token);
        assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "{query}");
    }
}

#[test]
fn health_and_readiness_are_answered_without_a_token_and_nothing_may_be_cached() {
    let server = Running::start();
    for path in ["/healthz", "/readyz"] {
        let reply = server.http.get(path, "");
        assert_eq!((reply.status, reply.header("cache-control")), (200, Some("no-store")), "{path}");
    }
}
