//! The OpenAPI document is the one that is committed.

use crate::support::Running;

#[test]
fn the_document_that_is_served_is_the_one_in_docs() {
    let server = Running::start();
    let reply = server.http.get("/openapi.json", "");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os("WAYMARK_REGENERATE").is_some() {
        std::fs::write(&path, &reply.body).unwrap();
    }
    assert!(
        std::fs::read(&path).is_ok_and(|committed| committed == reply.body),
        "docs/openapi.json is not up to date: run WAYMARK_REGENERATE=1 cargo test -p waymark-server --test server openapi"
    );
}
