//! Tokens: each opens its own calls and no others.

use memchr::memmem;
use waymark_protocol::StudyId;
use waymark_protocol::api::ApiErrorCode::{Forbidden, NotFound, Unauthorized};

use super::Running;
use crate::support::{Desk, Http, Phone};

fn code(http: Http, method: &str, path: &str, token: &str) -> (u16, waymark_protocol::api::ApiErrorCode) {
    let reply = http.send(method, path, token, "application/json", b"{}").unwrap();
    let (status, code, _) = reply.refused();
    (status, code)
}

#[test]
fn missing_and_unknown_and_malformed_tokens_are_unauthorized() {
    let (server, desk) = Running::with_desk();
    let calls = [
        ("POST", "/v1/studies".to_owned()),
        ("PUT", desk.path("document")),
        ("POST", desk.path("invitations")),
        ("DELETE", desk.path("invitations/0011223344556677")),
        ("GET", "/v1/device/state".to_owned()),
        ("POST", "/v1/device/records".to_owned()),
        ("GET", "/v1/device/records".to_owned()),
        ("POST", "/v1/device/revocations".to_owned()),
        ("PUT", format!("/v1/device/parts/{}", "0".repeat(64))),
        ("GET", format!("/v1/device/parts/{}", "0".repeat(64))),
        ("GET", desk.path(&format!("parts/{0}?participant={0}", "0".repeat(64)))),
        ("GET", desk.path("records")),
        ("POST", desk.path("orders")),
        ("GET", desk.path("orders")),
        ("POST", desk.path("sightings")),
    ];
    for (method, path) in calls {
        for token in ["", "short", &"0".repeat(64)] {
            assert_eq!(code(server.http, method, &path, token), (401, Unauthorized), "{method} {path} {token}");
        }
    }
}

#[test]
fn each_role_is_refused_what_belongs_to_another() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let http = server.http;
    let study = ["--study", &desk.study.to_string()];
    let staff = |role| server.data.token(&[&["--role", role], &study[..]].concat());
    for token in [staff("admin"), staff("data-manager"), staff("auditor"), phone.token.clone()] {
        assert_eq!(code(http, "GET", &desk.path("records"), &token), (403, Forbidden));
        assert_eq!(code(http, "POST", &desk.path("orders"), &token), (403, Forbidden));
    }
    for token in [&desk.token, &staff("data-manager"), &phone.token] {
        assert_eq!(code(http, "POST", "/v1/studies", token), (403, Forbidden));
    }
    for token in [&desk.token, &staff("admin"), &staff("auditor")] {
        assert_eq!(code(http, "GET", "/v1/device/state", token), (403, Forbidden));
        assert_eq!(code(http, "POST", "/v1/device/records", token), (403, Forbidden));
    }
}

#[test]
fn a_token_for_one_study_opens_no_other() {
    let (server, desk) = Running::with_desk();
    let other = Desk::new(server.http, &server.token("admin"));
    assert_eq!(code(server.http, "GET", &other.path("records"), &desk.token), (403, Forbidden));
    let nowhere = format!("/v1/studies/{}/records", StudyId([7; 16]));
    assert_eq!(code(server.http, "GET", &nowhere, &desk.token), (403, Forbidden));
    let scoped = server.data.token(&["--role", "admin", "--study", &other.study.to_string()]);
    assert_eq!(desk.register(&scoped).refused().1, Forbidden);
    assert_eq!(other.register(&scoped).status, 200);
}

#[test]
fn a_researchers_token_without_a_study_reads_each_and_names_what_is_not_there() {
    let (server, desk) = Running::with_desk();
    let token = server.token("researcher");
    assert_eq!(server.http.get(&desk.path("records"), &token).status, 200);
    let nowhere = format!("/v1/studies/{}/records", StudyId([7; 16]));
    assert_eq!(code(server.http, "GET", &nowhere, &token), (404, NotFound));
    assert_eq!(code(server.http, "GET", "/v1/studies/not-hex/records", &token), (404, NotFound));
}

#[test]
fn tokens_are_not_in_the_data_folder() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let bytes = server.data.all_bytes();
    for token in [&desk.token, &phone.token] {
        let raw = waymark_protocol::hex::decode(token).unwrap();
        assert!(memmem::find(&bytes, &raw).is_none());
        assert!(memmem::find(&bytes, token.as_bytes()).is_none());
    }
}
