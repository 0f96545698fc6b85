//! A study that has ended, a participant who has left: what is sent is accepted and kept as late.

use waymark_protocol::ParticipantId;
use waymark_protocol::api::{ApiErrorCode, Audit, Enrolled, InvitationReply};
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::record::wire::RawItem;

use super::Running;
use crate::support::{Desk, Phone, Reply, Rng, enrolment, random};

fn say(desk: &Desk, method: &str, what: &str, token: &str) -> Reply {
    desk.http.send(method, &desk.path(what), token, "", b"").unwrap()
}

fn lates(desk: &Desk) -> Vec<bool> {
    desk.pull(0).iter().map(|item| item.late).collect()
}

#[test]
fn what_comes_after_the_end_of_a_study_is_accepted_and_late_and_erases_too() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (before, _) = phone.write("before the end");
    phone.sync();
    say(&desk, "PUT", "end", &desk.token).done();
    say(&desk, "PUT", "end", &server.token("data-manager")).done();
    phone.write("after the end");
    phone.erase(Some(before.as_target()));
    assert_eq!(phone.sync().accepted_through, 4);
    assert_eq!(lates(&desk), [false, false, false, true, true, true], "records and checkpoints alike");
    assert!(matches!(desk.pull(0)[1].item, RawItem::Tombstone(..)));
    assert_eq!(phone.push_from(1).status, 200, "a lost reply");
    assert_eq!(lates(&desk).len(), 7, "another checkpoint");

    say(&desk, "DELETE", "end", &desk.token).done();
    phone.write("it goes on");
    phone.sync();
    assert_eq!(lates(&desk)[6..], [true, false, false], "what came meanwhile stays late");
    let audit: Audit = desk.http.get(&desk.path("audit"), &server.token("auditor")).ok();
    let said: Vec<_> = audit.entries.iter().map(|entry| entry.action.as_str()).collect();
    let said: Vec<_> = said.into_iter().filter(|action| action.starts_with("study ")).collect();
    assert_eq!(said, ["study registered", "study ended", "study goes on"], "ending twice is one end");
}

#[test]
fn nobody_joins_an_ended_study_but_who_took_part_is_restored_and_a_lost_reply_costs_nothing() {
    let (_server, desk) = Running::with_desk();
    let (secret, certificate) = desk.invite();
    let (key, recovery) = (SigningKey::generate(&mut Rng), RecoverySecret::generate(&mut Rng));
    let request = enrolment(&secret, &certificate, &key, &recovery);
    let phone = Phone::join(&desk);
    let (used, used_certificate) = desk.invite();
    let joined = enrolment(&used, &used_certificate, &SigningKey::generate(&mut Rng), &recovery);
    desk.http.post("/v1/enrolments", "", &joined).ok::<Enrolled>();
    say(&desk, "PUT", "end", &desk.token).done();

    let gone = (410, ApiErrorCode::InvitationGone, None);
    let path = desk.path(&format!("invitations/{}", secret.code()));
    assert_eq!(desk.http.get(&path, "").refused(), gone);
    assert_eq!(desk.http.post("/v1/enrolments", "", &request).refused(), gone);
    desk.http.post("/v1/enrolments", "", &joined).ok::<Enrolled>();
    assert_eq!(phone.recovered().push_from(1).status, 200);

    say(&desk, "DELETE", "end", &desk.token).done();
    desk.http.get(&path, "").ok::<InvitationReply>();
    desk.http.post("/v1/enrolments", "", &request).ok::<Enrolled>();
}

#[test]
fn only_the_participant_who_has_left_is_late_until_they_take_part_again() {
    let (_server, desk) = Running::with_desk();
    let (mut left, mut stays) = (Phone::join(&desk), Phone::join(&desk));
    let path = format!("participants/{}/left", left.certificate.participant);
    say(&desk, "PUT", &path, &desk.token).done();
    say(&desk, "PUT", &path, &desk.token).done();
    for phone in [&mut left, &mut stays] {
        phone.write("written");
        phone.sync();
    }
    assert_eq!(lates(&desk), [true, true, true, false, false, false]);
    say(&desk, "DELETE", &path, &desk.token).done();
    left.write("written again");
    left.sync();
    assert_eq!(lates(&desk)[6..], [false, false]);
    let nobody = format!("participants/{}/left", ParticipantId(random()));
    for method in ["PUT", "DELETE"] {
        let reply = say(&desk, method, &nobody, &desk.token);
        assert_eq!(reply.refused(), (404, ApiErrorCode::NotFound, None));
    }
}

#[test]
fn who_has_left_and_joins_again_is_not_late() {
    let (_server, desk) = Running::with_desk();
    let old = Phone::join(&desk);
    let participant = old.certificate.participant;
    say(&desk, "PUT", &format!("participants/{participant}/left"), &desk.token).done();
    let (secret, certificate) = desk.invite_again(participant);
    let mut again = Phone::join_with(&desk, &secret, certificate);
    again.write("back");
    again.sync();
    assert_eq!(lates(&desk), [false; 3]);
}
