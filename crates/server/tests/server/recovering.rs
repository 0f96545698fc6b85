//! One recovery key and several studies of one server.

use waymark_protocol::api::{ApiErrorCode, Challenge, ChallengeBytes, Enrolled, MAX_PASSED_OVER, Recover, Recovered};
use waymark_protocol::genesis::recovery_auth_message;
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::{ParticipantId, StudyId};
use waymark_server::config::Layer;

use super::Running;
use crate::support::{Desk, Phone, Reply, Rng, enrolment};

fn two_studies() -> (Running, Desk, Desk) {
    let (server, first) = Running::with_desk();
    let second = Desk::new(server.http, &server.token("admin"));
    (server, first, second)
}

fn recover(server: &Running, recovery: &RecoverySecret, study: Option<StudyId>) -> Reply {
    recover_but(server, recovery, study, Vec::new())
}

/// Passes these participants over.
fn recover_but(server: &Running, recovery: &RecoverySecret, study: Option<StudyId>, not: Vec<ParticipantId>) -> Reply {
    answer(server, challenge(server), recovery, study, not)
}

/// An answer that was signed for `origin`, sent on with this `host`.
fn recover_at(server: &Running, host: &str, origin: &str, recovery: &RecoverySecret, study: Option<StudyId>) -> Reply {
    server.http.post_to(host, "/v1/recoveries", &signed(challenge(server), origin, recovery, study, Vec::new()))
}

fn challenge(server: &Running) -> ChallengeBytes {
    let challenge: Challenge = server.http.send("POST", "/v1/recoveries/challenge", "", "", b"").unwrap().ok();
    challenge.challenge
}

fn answer(
    server: &Running,
    challenge: ChallengeBytes,
    recovery: &RecoverySecret,
    study: Option<StudyId>,
    not: Vec<ParticipantId>,
) -> Reply {
    let origin = format!("http://{}", server.http.0);
    server.http.post("/v1/recoveries", "", &signed(challenge, &origin, recovery, study, not))
}

/// With a device key of its own.
fn signed(
    challenge: ChallengeBytes,
    origin: &str,
    recovery: &RecoverySecret,
    study: Option<StudyId>,
    not: Vec<ParticipantId>,
) -> Recover {
    let (key, origin) = (recovery.recovery_key(), origin.to_owned());
    let device_key = SigningKey::generate(&mut Rng).verifying_key();
    let signature = key.sign(&recovery_auth_message(&origin, &challenge.0, &device_key));
    Recover { study, not, challenge, origin, recovery_key: key.verifying_key(), device_key, signature }
}

/// Joins by somebody else's recovery key, which asks for no proof that one has it; nothing is pushed.
fn name_key(desk: &Desk, recovery: &RecoverySecret) {
    let (secret, certificate) = desk.invite();
    let request = enrolment(&secret, &certificate, &SigningKey::generate(&mut Rng), recovery);
    desk.http.post("/v1/enrolments", "", &request).ok::<Enrolled>();
}

#[test]
fn of_two_studies_the_one_joined_last_is_restored_and_the_other_is_named() {
    let (server, first, second) = two_studies();
    let old = Phone::join(&first);
    old.sync();
    let new = Phone::join_as(&second, old.recovery.clone());
    new.sync();
    let recovered: Recovered = recover(&server, &old.recovery, None).ok();
    assert_eq!((recovered.study, recovered.participant), (second.study, new.certificate.participant));
    assert_eq!(recovered.others, [first.study]);
}

#[test]
fn a_phone_that_names_its_study_gets_it_and_one_that_it_never_joined_is_not_there() {
    let (server, first, second) = two_studies();
    let phone = Phone::join(&first);
    phone.sync();
    let elsewhere = recover(&server, &phone.recovery, Some(second.study));
    assert_eq!(elsewhere.refused(), (404, ApiErrorCode::NotFound, None));
    Phone::join_as(&second, phone.recovery.clone()).sync();
    let recovered: Recovered = recover(&server, &phone.recovery, Some(first.study)).ok();
    assert_eq!((recovered.study, recovered.participant), (first.study, phone.certificate.participant));
    assert_eq!(recovered.others, [second.study]);
}

#[test]
fn whoever_only_names_anothers_recovery_key_does_not_stand_before_the_study_that_has_records() {
    let (server, first, second) = two_studies();
    let phone = Phone::join(&first);
    phone.sync();
    name_key(&second, &phone.recovery);
    name_key(&first, &phone.recovery);
    let recovered: Recovered = recover(&server, &phone.recovery, None).ok();
    assert_eq!((recovered.study, recovered.participant), (first.study, phone.certificate.participant));
    assert_eq!(recovered.others, [second.study]);
    let named: Recovered = recover(&server, &phone.recovery, Some(first.study)).ok();
    assert_eq!(named.participant, phone.certificate.participant);
}

#[test]
fn a_phone_that_was_lost_before_its_first_push_is_still_known() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let recovered: Recovered = recover(&server, &phone.recovery, None).ok();
    assert_eq!((recovered.participant, recovered.others.len()), (phone.certificate.participant, 0));
}

#[test]
fn an_answer_that_was_signed_for_another_name_is_refused_whatever_the_relay_writes_into_host() {
    let names = Some("diary.example.org".parse().unwrap());
    let (named, desk) = Running::with_desk_and(Layer { names, ..Layer::default() });
    let phone = Phone::join(&desk);
    let (ours, evil) = ("https://diary.example.org", "https://evil.example.org");
    let refused = (422, ApiErrorCode::NotProven, None);
    for host in ["evil.example.org", "diary.example.org"] {
        assert_eq!(recover_at(&named, host, evil, &phone.recovery, None).refused(), refused, "{host}");
        assert_eq!(recover_at(&named, host, ours, &phone.recovery, None).status, 200, "{host}");
    }
    let (nameless, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let relayed = recover_at(&nameless, "evil.example.org", evil, &phone.recovery, None);
    assert_eq!(relayed.refused(), refused, "on this machine alone, by no name");
    assert_eq!(recover(&nameless, &phone.recovery, None).status, 200);
}

#[test]
fn however_often_another_study_names_a_key_its_own_study_is_found() {
    let (server, first, second) = two_studies();
    let phone = Phone::join(&first);
    phone.sync();
    for _ in 0..33 {
        name_key(&second, &phone.recovery);
    }
    for study in [None, Some(first.study)] {
        let recovered: Recovered = recover(&server, &phone.recovery, study).ok();
        assert_eq!((recovered.study, recovered.participant), (first.study, phone.certificate.participant));
        assert_eq!(recovered.others, [second.study]);
    }
}

#[test]
fn a_phone_whose_words_open_nothing_passes_that_participant_over() {
    let (server, first, second) = two_studies();
    let phone = Phone::join(&first);
    phone.sync();
    // Somebody else, later, whose first record carries the key too.
    let later = Phone::join_as(&first, phone.recovery.clone());
    later.sync();
    name_key(&second, &phone.recovery);
    let ask = |not: &[&Phone]| {
        let not = not.iter().map(|phone| phone.certificate.participant).collect();
        recover_but(&server, &phone.recovery, Some(first.study), not)
    };
    assert_eq!(ask(&[]).ok::<Recovered>().participant, later.certificate.participant);
    assert_eq!(ask(&[&later]).ok::<Recovered>().participant, phone.certificate.participant);
    assert_eq!(ask(&[&later, &phone]).refused(), (404, ApiErrorCode::NotFound, None));
    let too_many = recover_but(&server, &phone.recovery, None, vec![ParticipantId([0; 16]); MAX_PASSED_OVER + 1]);
    assert_eq!(too_many.refused(), (400, ApiErrorCode::BadRequest, None));
}

#[test]
fn a_challenge_is_good_for_one_answer_whatever_the_study() {
    let (server, first, second) = two_studies();
    let phone = Phone::join(&first);
    phone.sync();
    Phone::join_as(&second, phone.recovery.clone()).sync();
    let challenge = challenge(&server);
    answer(&server, challenge, &phone.recovery, Some(first.study), Vec::new()).ok::<Recovered>();
    let again = answer(&server, challenge, &phone.recovery, Some(second.study), Vec::new());
    assert_eq!(again.refused(), (422, ApiErrorCode::NotProven, None));
}
