//! Registering studies, publishing documents, and who may.

use waymark_protocol::api::{AddInvitations, ApiErrorCode, Orders, RegisterStudy, StudyRegistered};
use waymark_protocol::document::{SignedDocument, TrustedDocument, change_keys};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::{Hash, ParticipantId};

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

/// The study's next document, by a new pair; with the new signing key.
fn with_new_keys(desk: &Desk, now: &SignedDocument, old: &SigningKey) -> (SignedDocument, SigningKey) {
    new_keys_after(desk, &now.verify(&desk.study).expect("a document of the study"), old)
}

fn new_keys_after(desk: &Desk, now: &TrustedDocument, old: &SigningKey) -> (SignedDocument, SigningKey) {
    let (signing, sealing) = (SigningKey::generate(&mut Rng), OpeningKey::generate(&mut Rng).sealing_key());
    (change_keys(&desk.study, now, old, &signing, &sealing).expect("a document"), signing)
}

#[test]
fn new_keys_are_taken_and_who_has_the_old_ones_publishes_nothing_more() {
    let (server, desk) = Running::with_desk();
    let put = |document: &SignedDocument| server.http.json("PUT", &desk.path("document"), &desk.token, document);
    let (second, key) = with_new_keys(&desk, &desk.document, &desk.signing);
    put(&second).done();
    put(&second).done();
    let hash = Hash::of(&second.bytes.0);
    // Each of these leads back to the study's name and follows the second, and the first key has signed it.
    let dropped = desk.document(3, Some(hash.to_string()));
    let without = desk.document(2, None).verify(&desk.study).expect("a document of the study");
    let (branch, _) = new_keys_after(&desk, &TrustedDocument { hash, ..without }, &desk.signing);
    for by_the_old in [dropped, branch] {
        by_the_old.verify(&desk.study).expect("a document of the study");
        assert_eq!(put(&by_the_old).refused(), (422, ApiErrorCode::NotProven, None));
    }
    let (third, _) = with_new_keys(&desk, &second, &key);
    put(&third).done();
    assert_eq!(server.http.get(&desk.path("document"), &desk.token).ok::<SignedDocument>(), third);
}

#[test]
fn what_the_old_key_has_signed_holds_after_a_change_and_what_the_new_one_signs_too() {
    let (server, desk) = Running::with_desk();
    let (invited_before, certificate) = desk.invite();
    let mut phone = Phone::join(&desk);
    let target = phone.write("Asked to be erased").0.as_target();
    phone.sync();
    let (second, key) = with_new_keys(&desk, &desk.document, &desk.signing);
    server.http.json("PUT", &desk.path("document"), &desk.token, &second).done();
    Phone::join_with(&desk, &invited_before, certificate);
    let secret = InvitationSecret::generate(&mut Rng);
    let enrol = secret.enrol_key().verifying_key();
    let sign = |by: &SigningKey| Certificate::sign(by, desk.study, ParticipantId([5; 16]), enrol, 2, u64::MAX);
    let add = |certificate| {
        let request = AddInvitations { certificates: vec![certificate] };
        server.http.post(&desk.path("invitations"), &desk.token, &request)
    };
    add(sign(&key)).done();
    Phone::join_with(&desk, &secret, sign(&key));
    assert_eq!(add(sign(&SigningKey::generate(&mut Rng))).refused(), (422, ApiErrorCode::NotProven, None));
    let order = |by, id| ErasureOrder::sign(by, OrderId([id; 16]), desk.study, target, 1, "asked".to_owned());
    let give = |order| {
        let orders = Orders { erasures: vec![order], revocations: Vec::new() };
        server.http.post(&desk.path("orders"), &desk.token, &orders)
    };
    give(order(&desk.signing, 1)).done();
    give(order(&key, 2)).done();
    assert_eq!(give(order(&SigningKey::generate(&mut Rng), 3)).refused(), (422, ApiErrorCode::NotProven, None));
}
