//! Registering studies, publishing documents, and who may.

use waymark_protocol::Hash;
use waymark_protocol::api::{AddInvitations, ApiErrorCode, RegisterStudy, StudyRegistered};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::keys::{OpeningKey, SigningKey};

use super::Running;
use crate::support::{Desk, Phone, Rng};

#[test]
fn a_study_registered_again_has_the_same_name_and_a_new_token_and_both_work() {
    let (server, desk) = Running::with_desk();
    let again: StudyRegistered = desk.register(&server.token("admin")).ok();
    assert_eq!(again.study, desk.study);
    let second = again.token.to_string();
    assert_ne!(second, desk.token);
    for token in [&desk.token, &second] {
        assert_eq!(server.http.get(&desk.path("orders"), token).status, 200);
    }
}

#[test]
fn a_study_in_which_somebody_takes_part_gives_an_administrator_no_token() {
    let (server, desk) = Running::with_desk();
    let admin = server.token("admin");
    desk.invite();
    assert_eq!(desk.register(&admin).status, 200, "nobody has joined");
    Phone::join(&desk);
    assert_eq!(desk.register(&admin).refused(), (409, ApiErrorCode::DocumentConflict, None));
    let study = desk.study.to_string();
    let token = server.data.token(&["--role", "researcher", "--study", &study]);
    assert_eq!(server.http.get(&desk.path("orders"), &token).status, 200, "from the command line");
}

#[test]
fn a_swapped_study_key_at_registration_is_refused() {
    let (server, desk) = Running::with_desk();
    let admin = server.token("admin");
    let other = SigningKey::generate(&mut Rng).verifying_key();
    let signing = RegisterStudy { signing_key: other, ..desk.registration() };
    let sealing = OpeningKey::generate(&mut Rng).sealing_key();
    let encryption = RegisterStudy { encryption_key: sealing, ..desk.registration() };
    for swapped in [signing, encryption] {
        let reply = server.http.post("/v1/studies", &admin, &swapped);
        assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
    }
}

#[test]
fn documents_follow_each_other_and_the_newest_again_is_fine() {
    let (server, desk) = Running::with_desk();
    let path = desk.path("document");
    let hash = |document: &SignedDocument| Some(Hash::of(&document.bytes.0).to_string());
    let put = |document: &SignedDocument| server.http.json("PUT", &path, &desk.token, document);
    let second = desk.document(2, hash(&desk.document));
    let newest = || server.http.get(&path, &desk.token).ok::<SignedDocument>();
    put(&desk.document).done();
    assert_eq!(newest(), desk.document);
    put(&second).done();
    put(&second).done();
    assert_eq!(newest(), second, "as it was published");
    for wrong in [desk.document(4, hash(&second)), desk.document(3, hash(&desk.document)), desk.document(3, None)] {
        assert_eq!(put(&wrong).refused(), (409, ApiErrorCode::DocumentConflict, None));
    }
    assert_eq!(put(&desk.document).refused(), (409, ApiErrorCode::DocumentConflict, None), "an old one");
    let mut forged = desk.document(3, hash(&second));
    forged.signature.0[0] ^= 1;
    assert_eq!(put(&forged).refused(), (422, ApiErrorCode::NotProven, None));
}

#[test]
fn another_studys_document_or_invitation_is_refused() {
    let (server, desk) = Running::with_desk();
    let other = Desk::new(server.http, &server.token("admin"));
    let reply = server.http.json("PUT", &desk.path("document"), &desk.token, &other.document);
    assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
    let (_, certificate) = other.invite();
    let request = AddInvitations { certificates: vec![certificate] };
    let reply = server.http.post(&desk.path("invitations"), &desk.token, &request);
    assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
}
