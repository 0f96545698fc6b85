//! A phone that joined after the backup that the server was restored from shows what it joined by, and is known again.

use waymark_protocol::ParticipantId;
use waymark_protocol::api::{ApiErrorCode, Enrol, Enrolled};
use waymark_protocol::genesis::{Genesis, GenesisProof};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, RecoverySecret, SigningKey};
use waymark_protocol::record::wire::RawItem;

use super::{Data, Running};
use crate::support::{Backup, Desk, Phone, Reply, Rng, device_signature, enrolment, now, random};

/// What a phone that has joined can make of its first record.
fn shown_by(phone: &Phone) -> Enrol {
    let genesis = Genesis::parse(phone.log[0].body()).unwrap();
    let GenesisProof::Invitation { certificate, signature } = genesis.proof else { panic!("it was invited") };
    Enrol {
        study: certificate.study,
        device_key: genesis.device_key,
        recovery_key: genesis.recovery_key,
        enrol_key: certificate.enrol_key,
        signature,
        device_signature: device_signature(&phone.key, &certificate),
        certificate: Some(certificate),
    }
}

fn show(desk: &Desk, request: &Enrol) -> Reply {
    desk.http.post("/v1/enrolments", "", request)
}

/// An invitation that no server has.
fn signed_alone(desk: &Desk, expires_at: u64) -> (InvitationSecret, Certificate) {
    let secret = InvitationSecret::generate(&mut Rng);
    let (key, participant) = (secret.enrol_key().verifying_key(), ParticipantId(random()));
    (secret, Certificate::sign(&desk.signing, desk.study, participant, key, 1, expires_at))
}

fn by(secret: &InvitationSecret, certificate: &Certificate) -> Enrol {
    let (key, recovery) = (SigningKey::generate(&mut Rng), RecoverySecret::generate(&mut Rng));
    Enrol { certificate: Some(certificate.clone()), ..enrolment(secret, certificate, &key, &recovery) }
}

#[test]
fn a_phone_that_joined_after_the_backup_is_known_again_and_sends_everything_again() {
    let (server, desk) = Running::with_desk();
    let (early, certificate) = desk.invite();
    let backup = Backup::of(&server.data);
    // One by an invitation that the backup has, one by an invitation that it has not.
    let mut phones = vec![Phone::join_with(&desk, &early, certificate), Phone::join(&desk)];
    for phone in &mut phones {
        phone.write("after the backup");
        phone.sync();
    }
    drop(server);
    let restored = Running::start_on(backup.restore(Data::new()));
    let desk = Desk { http: restored.http, ..desk };
    for phone in &mut phones {
        phone.http = restored.http;
        let unknown = phone.http.get("/v1/device/state", &phone.token);
        assert_eq!(unknown.refused(), (401, ApiErrorCode::Unauthorized, None));
        let again: Enrolled = show(&desk, &shown_by(phone)).ok();
        assert_eq!(again.certificate, phone.certificate);
        // Its reply was lost; it asks once more.
        let again: Enrolled = show(&desk, &shown_by(phone)).ok();
        phone.token = again.token.to_string();
        assert_eq!(phone.state().head.seq, 0);
        phone.sync();
    }
    let stored = desk.pull(0);
    for record in phones.iter().flat_map(|phone| &phone.log) {
        let header = record.header_bytes();
        let times = stored.iter().filter(|item| matches!(&item.item, RawItem::Record(found, ..) if found == header));
        assert_eq!(times.count(), 1);
    }
    let devices = restored.data.number("SELECT count(*) FROM device");
    assert_eq!((devices, restored.data.number("SELECT count(*) FROM invitation")), (2, 2), "no second device");
    Backup::of(&restored.data).assert_sound();
}

#[test]
fn nobody_else_comes_in_by_an_invitation_that_a_phone_has_shown() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = signed_alone(&desk, now() + 3_600_000);
    let shown = by(&secret, &certificate);
    assert_eq!(show(&desk, &shown).status, 200);
    assert_eq!(show(&desk, &by(&secret, &certificate)).refused(), (409, ApiErrorCode::InvitationUsed, None));
    let other_keys = Enrol { device_key: SigningKey::generate(&mut Rng).verifying_key(), ..shown };
    assert_eq!(show(&desk, &other_keys).refused(), (422, ApiErrorCode::NotProven, None));
}

#[test]
fn an_invitation_that_the_study_has_not_signed_or_took_back_or_that_is_too_old_opens_nothing_and_leaves_nothing() {
    let (server, desk) = Running::with_desk();
    let (secret, certificate) = signed_alone(&desk, now() + 3_600_000);
    let forged = Certificate::sign(
        &SigningKey::generate(&mut Rng),
        desk.study,
        certificate.participant,
        certificate.enrol_key,
        1,
        certificate.expires_at,
    );
    let longer = Certificate { expires_at: certificate.expires_at + 1, ..certificate.clone() };
    for unsigned in [forged, longer] {
        assert_eq!(show(&desk, &by(&secret, &unsigned)).refused(), (422, ApiErrorCode::NotProven, None));
    }
    let (old, expired) = signed_alone(&desk, now() - 1);
    assert_eq!(show(&desk, &by(&old, &expired)).refused(), (410, ApiErrorCode::InvitationGone, None));
    let nowhere = Enrol { certificate: None, ..by(&secret, &certificate) };
    assert_eq!(show(&desk, &nowhere).refused(), (404, ApiErrorCode::NotFound, None));
    let (revoked, certificate) = desk.invite();
    let path = desk.path(&format!("invitations/{}", revoked.code()));
    desk.http.send("DELETE", &path, &desk.token, "", b"").unwrap().done();
    assert_eq!(show(&desk, &by(&revoked, &certificate)).refused(), (410, ApiErrorCode::InvitationGone, None));
    assert_eq!(server.data.number("SELECT count(*) FROM invitation"), 1, "the one that was taken back");
    assert_eq!(server.data.number("SELECT count(*) FROM device"), 0);
}
