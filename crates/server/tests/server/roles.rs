//! Tokens and studies, where [`crate::matrix`] cannot look: in bodies and on the disk.

use memchr::memmem;
use waymark_protocol::StudyId;
use waymark_protocol::api::ApiErrorCode::{Forbidden, NotFound};

use super::Running;
use crate::support::{Desk, Http, Phone};

fn code(http: Http, method: &str, path: &str, token: &str) -> (u16, waymark_protocol::api::ApiErrorCode) {
    let reply = http.send(method, path, token, "application/json", b"{}").unwrap();
    let (status, code, _) = reply.refused();
    (status, code)
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
