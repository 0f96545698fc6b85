//! Calls that neither the phone nor the desk makes by itself here, with bodies that are rightly signed.

use axum::http::{HeaderMap, Method};
use serde::Serialize;
use waymark_desk::Desk;
use waymark_protocol::api::{AddInvitations, Orders, Revoke, Token};
use waymark_protocol::attachment::Part;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, Hash, ParticipantId};

use super::{Answered, Said};

/// What a desk and a phone may send: nothing of it destroys a record that is there.
pub(super) fn made(desk: &Desk, words: &str, record: Target, staff: &[Token]) -> Result<Vec<Said>, String> {
    let (study, signing) = (desk.identity.study, &desk.keys.signing);
    let researcher = staff.get(1).copied();
    let at = |path: &str| format!("/v1/studies/{study}/{path}");
    let enrol = SigningKey::from_seed(&[8; 32]).verifying_key();
    let invitation = Certificate::sign(signing, study, ParticipantId([8; 16]), enrol, 1, u64::MAX);
    let nowhere = Target { device: DeviceId([8; 16]), seq: 8, link: Hash([8; 32]) };
    let erasure = ErasureOrder::sign(signing, OrderId([8; 16]), study, nowhere, 8, "asked for".into());
    let revocation = Revocation::sign(signing, study, nowhere.device, 8, nowhere.link);
    let orders = Orders { erasures: vec![erasure], revocations: vec![revocation] };
    let mut document = desk.identity.document.document.clone();
    document.version += 1;
    document.previous = Some(desk.identity.document.hash.to_string());
    let document = SignedDocument::sign(signing, document.to_bytes());
    let recovery = RecoverySecret::from_words(words).map_err(super::told)?.recovery_key();
    let stopped = Revocation::sign(&recovery, study, record.device, record.seq, record.link);
    let part = Part::of(vec![1; 1040]);
    let put = Said {
        method: Method::PUT,
        path: format!("/v1/device/parts/{}", part.hash),
        token: None,
        content_type: Some("application/octet-stream"),
        body: part.bytes,
        answer: none(),
    };
    Ok(vec![
        said(Method::POST, at("invitations"), researcher, &AddInvitations { certificates: vec![invitation] }),
        said(Method::POST, at("orders"), researcher, &orders),
        said(Method::PUT, at("document"), researcher, &document),
        said(Method::POST, "/v1/device/revocations".into(), None, &Revoke { revocations: vec![stopped] }),
        put,
    ])
}

fn said(method: Method, path: String, token: Option<Token>, body: &impl Serialize) -> Said {
    let body = serde_json::to_vec(body).expect("API types are JSON");
    Said { method, path, token, content_type: Some("application/json"), body, answer: none() }
}

/// They were not made, so there is no answer yet.
fn none() -> Answered {
    Answered { status: 404, retry_after: None, headers: HeaderMap::new(), body: Vec::new() }
}
