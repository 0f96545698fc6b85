//! Invitations, enrolments, recoveries.

use waymark_protocol::api::{ApiErrorCode, Challenge, ChallengeBytes, Enrolled, InvitationReply, Recover, Recovered};
use waymark_protocol::genesis::recovery_auth_message;
use waymark_protocol::keys::{InvitationSecret, RecoverySecret, SigningKey};
use waymark_protocol::{CodeId, DeviceId};

use super::Running;
use crate::support::{Desk, Http, Phone, Reply, Rng, enrolment, now};

fn keys() -> (SigningKey, RecoverySecret) {
    (SigningKey::generate(&mut Rng), RecoverySecret::generate(&mut Rng))
}

fn read(desk: &Desk, code: CodeId) -> Reply {
    desk.http.get(&desk.path(&format!("invitations/{code}")), "")
}

#[test]
fn an_invited_phone_reads_the_certificate_and_the_document_and_joins() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite();
    let reply: InvitationReply = read(&desk, secret.code()).ok();
    assert_eq!((reply.certificate, reply.document), (certificate.clone(), desk.document.clone()));
    let (key, recovery) = keys();
    let enrolled: Enrolled =
        desk.http.post("/v1/enrolments", "", &enrolment(&secret, &certificate, &key, &recovery)).ok();
    assert_eq!((enrolled.certificate, enrolled.document), (certificate, desk.document.clone()));
    assert!(enrolled.time.abs_diff(now()) < 60_000);
}

#[test]
fn a_lost_enrolment_reply_costs_nothing_and_another_device_is_refused() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite();
    let (key, recovery) = keys();
    let request = enrolment(&secret, &certificate, &key, &recovery);
    let first: Enrolled = desk.http.post("/v1/enrolments", "", &request).ok();
    let second: Enrolled = desk.http.post("/v1/enrolments", "", &request).ok();
    assert_eq!(first.certificate.participant, second.certificate.participant);
    let statuses =
        [first.token, second.token].map(|token| desk.http.get("/v1/device/state", &token.to_string()).status);
    assert_eq!(statuses, [401, 200], "a phone has one token, the newest");
    let (other, recovery) = keys();
    let reply = desk.http.post("/v1/enrolments", "", &enrolment(&secret, &certificate, &other, &recovery));
    assert_eq!(reply.refused(), (409, ApiErrorCode::InvitationUsed, None));
}

#[test]
fn expired_and_revoked_and_unknown_invitations_are_told_apart() {
    let (_server, desk) = Running::with_desk();
    let (key, recovery) = keys();
    let gone = (410, ApiErrorCode::InvitationGone, None);
    let (expired, certificate) = desk.invite_until(now() - 1);
    assert_eq!(read(&desk, expired.code()).refused(), gone);
    let request = enrolment(&expired, &certificate, &key, &recovery);
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).refused(), gone);

    let (revoked, certificate) = desk.invite();
    let path = desk.path(&format!("invitations/{}", revoked.code()));
    desk.http.send("DELETE", &path, &desk.token, "", b"").unwrap().done();
    assert_eq!(read(&desk, revoked.code()).refused(), gone);
    let request = enrolment(&revoked, &certificate, &key, &recovery);
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).refused(), gone);

    let unknown = InvitationSecret::generate(&mut Rng);
    let missing = (404, ApiErrorCode::NotFound, None);
    assert_eq!(read(&desk, unknown.code()).refused(), missing);
    let request = enrolment(&unknown, &certificate, &key, &recovery);
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).refused(), missing);
}

#[test]
fn a_device_whose_reply_was_lost_joins_even_after_the_invitation_was_taken_back() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite();
    let (key, recovery) = keys();
    let request = enrolment(&secret, &certificate, &key, &recovery);
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).status, 200);
    let path = desk.path(&format!("invitations/{}", secret.code()));
    desk.http.send("DELETE", &path, &desk.token, "", b"").unwrap().done();
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).status, 200);
}

#[test]
fn an_enrolment_is_believed_only_for_the_enrol_keys_signature_over_these_keys() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite();
    let (key, recovery) = keys();
    let mut other_device = enrolment(&secret, &certificate, &key, &recovery);
    other_device.device_key = SigningKey::generate(&mut Rng).verifying_key();
    let mut other_recovery = enrolment(&secret, &certificate, &key, &recovery);
    other_recovery.recovery_key = SigningKey::generate(&mut Rng).verifying_key();
    for request in [other_device, other_recovery] {
        let reply = desk.http.post("/v1/enrolments", "", &request);
        assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
    }
}

#[test]
fn one_devices_key_cannot_belong_to_two_participants() {
    let (_server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let (secret, certificate) = desk.invite();
    let request = enrolment(&secret, &certificate, &phone.key, &phone.recovery);
    let reply = desk.http.post("/v1/enrolments", "", &request);
    assert_eq!(reply.refused(), (422, ApiErrorCode::NotProven, None));
}

fn challenge(http: Http) -> ChallengeBytes {
    http.send("POST", "/v1/recoveries/challenge", "", "", b"").unwrap().ok::<Challenge>().challenge
}

fn recovery(secret: &RecoverySecret, origin: &str, challenge: ChallengeBytes, key: &SigningKey) -> Recover {
    let device_key = key.verifying_key();
    let signature = secret.recovery_key().sign(&recovery_auth_message(origin, &challenge.0, &device_key));
    let recovery_key = secret.recovery_key().verifying_key();
    Recover { study: None, not: Vec::new(), challenge, origin: origin.to_owned(), recovery_key, device_key, signature }
}

#[test]
fn the_words_let_a_new_phone_in_and_it_reads_the_old_ones_records() {
    let (server, desk) = Running::with_desk();
    let mut old = Phone::join(&desk);
    old.write("from the old phone");
    old.sync();
    let (origin, key) = (format!("http://{}", server.http.0), SigningKey::generate(&mut Rng));
    let request = recovery(&old.recovery, &origin, challenge(server.http), &key);
    let recovered: Recovered = server.http.post("/v1/recoveries", "", &request).ok();
    assert_eq!((recovered.study, recovered.participant), (desk.study, old.certificate.participant));
    let token = recovered.token.to_string();
    assert_eq!(server.http.get("/v1/device/records?after=0", &token).feed().len(), 3, "two records, one checkpoint");
    let devices: Vec<DeviceId> = old.state().devices.iter().map(|entry| entry.device).collect();
    assert_eq!(devices, [old.device(), DeviceId::of(&key.verifying_key())]);
}

#[test]
fn a_recovery_needs_a_fresh_challenge_our_own_host_and_a_known_key_that_signs() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let http = server.http;
    let (origin, key) = (format!("http://{}", http.0), SigningKey::generate(&mut Rng));
    let refused = |request: &Recover| http.post("/v1/recoveries", "", request).refused().1;

    let used = recovery(&phone.recovery, &origin, challenge(http), &key);
    assert_eq!(http.post("/v1/recoveries", "", &used).status, 200);
    assert_eq!(refused(&used), ApiErrorCode::NotProven, "answered twice");
    let invented = recovery(&phone.recovery, &origin, ChallengeBytes([1; 32]), &key);
    assert_eq!(refused(&invented), ApiErrorCode::NotProven, "never given");
    for elsewhere in ["https://elsewhere.example", "http://127.0.0.1:1", "nonsense"] {
        let passed_on = recovery(&phone.recovery, elsewhere, challenge(http), &key);
        assert_eq!(refused(&passed_on), ApiErrorCode::NotProven, "{elsewhere}");
    }
    let mut forged = recovery(&phone.recovery, &origin, challenge(http), &key);
    forged.device_key = SigningKey::generate(&mut Rng).verifying_key();
    assert_eq!(refused(&forged), ApiErrorCode::NotProven, "another device");
    let taken = recovery(&phone.recovery, &origin, challenge(http), &phone.key);
    assert_eq!(refused(&taken), ApiErrorCode::NotProven, "a phone that there is");
    phone.sync();
    let stranger = recovery(&RecoverySecret::generate(&mut Rng), &origin, challenge(http), &key);
    assert_eq!(refused(&stranger), ApiErrorCode::NotFound, "unknown words");
}
