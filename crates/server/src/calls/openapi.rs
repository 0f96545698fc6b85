//! The OpenAPI document, made from the calls themselves: what is routed is described, and what is described is routed.

use std::sync::LazyLock;

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::CodeId;
use waymark_protocol::api::{ApiError, ApiErrorCode};

use crate::app::App;

const DESCRIPTION: &str = "The study server keeps what phones seal, hands it to the study's desks, and can read none of it.

Tokens are 256 random bits and travel as `Authorization: Bearer <64 hex digits>`; each opens the calls of its role and, unless it \
was made for all studies, those of one study. A token alone is never believed: records carry a device's signature, documents, \
invitations and orders the study's, an enrolment the enrol key's, a recovery the recovery key's.

Hexadecimal digits are lower case. Times are milliseconds since 1970, UTC. Every error has a body of `ApiError`. JSON bodies have \
at most 2 MiB. Records travel as `application/cbor-seq` (RFC 8742); their form is described in the crate `waymark-protocol`.";

/// Roles, and whose tokens they are.
const ROLES: [(&str, &str); 5] = [
    ("device", "A phone's token, given when it joined. It opens its own person's records alone."),
    ("researcher", "A desk's token, given when its study was registered, or made by `waymark-server token`."),
    ("data-manager", "Looks after what a study keeps. Made by `waymark-server token`."),
    ("auditor", "Sees who did what when. Made by `waymark-server token`."),
    ("admin", "Registers studies and reads none. Made by `waymark-server token`."),
];

static JSON: LazyLock<String> = LazyLock::new(|| {
    let json = document().to_pretty_json().expect("the document is made of strings and numbers");
    // Links of rustdoc lead nowhere here, and the formats' registry knows `uint64`, not `u-int64`.
    let json = json.replace("\"u-int", "\"uint");
    json.replace("[`", "`").replace("`]", "`").replace("`crate::", "`waymark_protocol::") + "\n"
});

/// `GET /openapi.json`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(openapi))
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "operation",
    responses((status = 200, description = "The document.", body = serde_json::Value)),
)]
async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], JSON.as_str())
}

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ApiError, ApiErrorCode, CodeId)))]
struct Base;

fn document() -> OpenApi {
    let license = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("Waymark study server")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(license))
        .build();
    let mut components = Base::openapi().components.unwrap_or_default();
    for (role, description) in ROLES {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
        components.add_security_scheme(role, SecurityScheme::Http(bearer));
    }
    let base = OpenApiBuilder::new().info(info).components(Some(components)).build();
    let calls = OpenApiRouter::<App>::with_openapi(base);
    let mut document = calls.merge(super::closed()).merge(super::parts::routes()).merge(super::open()).into_openapi();
    for (path, item) in &mut document.paths.paths {
        operations(item).for_each(|operation| add_common_refusals(path, operation));
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.head].into_iter().flatten()
}

/// What any call, or any of its kind, may answer.
fn add_common_refusals(path: &str, operation: &mut Operation) {
    let closed = operation.security.as_ref().is_some_and(|schemes| !schemes.is_empty());
    let takes = operation.request_body.is_some();
    let reads = takes || operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    let names = path.contains('{');
    let refusals = [
        ("400", reads, "`bad-request`: the request is malformed."),
        ("401", closed, "`unauthorized`: no token, or one that is not known."),
        (
            "403",
            closed,
            "`forbidden`: the token's role or study is another one. `revoked`: the phone has been revoked.",
        ),
        ("404", names, "`not-found`: there is no such thing."),
        ("413", takes, "`too-large`: the body is too large."),
        ("429", true, "`too-many`: too many requests; `Retry-After` says when."),
        ("503", true, "`trouble`: the server's own trouble; nothing was stored. `Retry-After` says when."),
    ];
    for (status, may, description) in refusals {
        if may && !operation.responses.responses.contains_key(status) {
            let body = Content::new(Some(Ref::from_schema_name(ApiError::name())));
            let response = ResponseBuilder::new().description(description).content("application/json", body);
            operation.responses.responses.insert(status.to_owned(), response.build().into());
        }
    }
}
