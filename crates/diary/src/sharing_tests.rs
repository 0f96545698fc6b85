//! What is shared, and above all what is not. No server: the log tells.

use std::path::Path;

use chrono::{DateTime, Duration};
use waymark_protocol::ParticipantId;
use waymark_protocol::api::Token;
use waymark_protocol::content::Consent;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::genesis;
use waymark_protocol::invitation::{Certificate, ServerUrl};
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::record::Record;
use waymark_protocol::seal::{open_body, open_grant};
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{Hash, StudyId};
use waymark_vault::SystemRng;

use super::*;
use crate::store::{Membership, NewMembership, load_record};
use crate::{Finished, LockSecret, Place, Readers, create};

const HOUR: i64 = 60 * 60 * 1000;

/// The example study with fresh keys.
fn a_study() -> (SigningKey, OpeningKey, StudyId, SignedDocument) {
    let signing = SigningKey::generate(&mut SystemRng);
    let opening = OpeningKey::generate(&mut SystemRng);
    let (verifying, sealing) = (signing.verifying_key(), opening.sealing_key());
    let study = StudyId::of(&verifying, &sealing);
    let file = StudyFile::parse(include_str!("../../../studies/transitions.toml")).expect("the example study");
    let keys = Keys { signing: verifying.to_string(), encryption: sealing.to_string() };
    let envelope = Envelope { study: study.to_string(), previous: None, keys, key_changes: Vec::new() };
    let document = Document::from_study_file(&file, envelope).expect("a document");
    let signed = SignedDocument::sign(&signing, document.to_bytes());
    (signing, opening, study, signed)
}

/// Joins another study with a diary that is in none.
pub(crate) fn join_again(diary: &mut Diary) {
    let (signing, _, study, signed) = a_study();
    become_member(diary, &signing, &study, &signed);
}

/// A diary that has joined the example study, whose hold is 48 hours; and the study's private key.
pub(crate) fn member(dir: &Path) -> (Diary, OpeningKey) {
    let (signing, opening, study, signed) = a_study();
    let mut diary = create(dir, &LockSecret::passphrase("correct horse battery staple")).expect("made");
    become_member(&mut diary, &signing, &study, &signed);
    (diary, opening)
}

/// Joins a study, as the participant of a new invitation.
fn become_member(diary: &mut Diary, signing: &SigningKey, study: &StudyId, signed: &SignedDocument) {
    let trusted = signed.verify(study).expect("signed by the study");
    let (device, participant) = (SigningKey::generate(&mut SystemRng), ParticipantId([7; 16]));
    let membership = Membership::new(NewMembership {
        server: &ServerUrl::parse("https://study.example.org").expect("an address"),
        study: *study,
        participant,
        device: &device,
        token: Token([1; 32]),
        document: signed,
        joined: monday().date(),
        consent: Vec::new(),
    });
    let enrol = InvitationSecret::generate(&mut SystemRng).enrol_key();
    let certificate = Certificate::sign(signing, *study, participant, enrol.verifying_key(), 1, u64::MAX);
    let (device_key, recovery_key) = (device.verifying_key(), diary.identity.recovery_key);
    let proof = genesis::prove_enrolment(&enrol, certificate, &device_key, &recovery_key);
    let consent = Consent::new(*study, participant, 1, Hash::of(&signed.bytes.0), monday().wall, Vec::new());
    diary.become_member(membership, &trusted, proof, &consent, false).expect("joined");
    looked(diary, monday(), 0);
}

/// A moment by the phone's own clock.
pub(crate) fn monday() -> Now {
    Now { wall: DateTime::parse_from_rfc3339("2026-03-02T09:00:00+00:00").expect("a time"), scripted: false }
}

pub(crate) fn hours_later(hours: i64) -> Now {
    Now { wall: monday().wall + Duration::hours(hours), ..monday() }
}

/// The phone has looked at the server, whose clock is ahead by so much.
pub(crate) fn looked(diary: &mut Diary, now: Now, server_ahead: i64) {
    let membership = diary.membership.as_mut().expect("joined");
    membership.clock_offset = Some(server_ahead);
    membership.clock_seen = now.millis();
}

pub(crate) fn write(diary: &mut Diary, text: &str, entry: Option<EntryId>, readers: Readers, now: Now) -> EntryId {
    let finished = Finished {
        entry,
        draft: None,
        about: now.date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, readers, now).expect("finished")
}

pub(crate) fn log(diary: &Diary) -> Vec<Record> {
    let reader = diary.vault.reader();
    (1..=diary.head.seq).map(|seq| load_record(&reader, seq).expect("read").expect("there")).collect()
}

/// Every entry text that the study's key can open from the log, erased ones too.
fn open_to_the_study(diary: &Diary, key: &OpeningKey) -> Vec<String> {
    let log = log(diary);
    let entries = log.iter().filter(|record| record.header().kind == Kind::Entry);
    assert!(entries.clone().all(|record| !record.slots().has_study()), "only a grant lets the study in");
    let granted = |entry: &Record| {
        let grants = log.iter().filter(|record| record.header().target == Some(entry.as_target()));
        grants.filter(|record| record.header().kind == Kind::Grant).find_map(|grant| open_grant(grant, key).ok())
    };
    entries.filter_map(|entry| Some(Entry::parse(&open_body(entry, &granted(entry)?).ok()?).ok()?.text)).collect()
}

#[test]
fn a_hold_ends_by_the_clock_and_not_an_hour_before() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "shared", None, Readers::Study, monday());
    assert!(!diary.grant_due(hours_later(47)).expect("done"));
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert!(!diary.grant_due(hours_later(48)).expect("done"));
    assert_eq!(open_to_the_study(&diary, &key), ["shared"]);
    assert_eq!(diary.place(&id, hours_later(48)).expect("known"), Place::Waiting, "no receipt has come");
}

#[test]
fn an_entry_whose_clock_moved_during_its_hold_becomes_private_and_the_person_is_asked() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "held", None, Readers::Study, monday());
    looked(&mut diary, hours_later(72), -71 * HOUR);
    assert!(diary.grant_due(hours_later(72)).expect("done"), "the jump is told");
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert!(matches!(diary.place(&id, hours_later(72)).expect("known"), Place::OnThisPhone));
    assert!(!diary.grant_due(hours_later(200)).expect("done"), "it does not come due again by itself");
}

#[test]
fn a_choice_made_while_the_clock_had_gone_back_shares_nothing_by_itself() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    looked(&mut diary, hours_later(72), 0);
    write(&mut diary, "chosen yesterday, says the clock", None, Readers::Study, hours_later(48));
    assert!(diary.grant_due(hours_later(97)).expect("done"));
    assert!(open_to_the_study(&diary, &key).is_empty());
}

#[test]
fn what_is_edited_while_held_is_shared_only_as_the_edit_says() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let kept = write(&mut diary, "with a name in it", None, Readers::Study, monday());
    write(&mut diary, "kept private", Some(kept), Readers::OnlyMe, hours_later(1));
    let shared = write(&mut diary, "with another name", None, Readers::Study, hours_later(1));
    write(&mut diary, "with initials", Some(shared), Readers::Study, hours_later(2));
    diary.grant_due(hours_later(100)).expect("done");
    assert_eq!(open_to_the_study(&diary, &key), ["with initials"]);
}

#[test]
fn what_is_kept_private_or_taken_back_before_it_was_due_never_has_a_grant() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key) = member(dir.path());
    let id = write(&mut diary, "on second thoughts", None, Readers::Study, monday());
    assert_eq!(diary.keep_private(&id).expect("kept"), id);
    diary.grant_due(hours_later(100)).expect("done");
    assert!(open_to_the_study(&diary, &key).is_empty());
    assert_eq!(diary.withdraw(&id).expect_err("nothing to take back").code(), ErrorCode::NotNow);
}

#[test]
fn withdrawing_erases_every_revision_and_keeps_a_private_copy_under_a_new_id() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "first", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("done");
    write(&mut diary, "second", Some(id), Readers::OnlyMe, hours_later(49));
    let old: Vec<_> =
        diary.find(&id).expect("there").iter().filter_map(|it| Some(it.record.as_ref()?.target)).collect();

    let copy = diary.withdraw(&id).expect("withdrawn");
    assert_ne!(copy, id);
    assert_eq!(diary.find(&id).err().expect("gone").code(), ErrorCode::EntryUnknown);
    let texts: Vec<_> = diary.revisions(&copy).expect("there").iter().map(|entry| entry.text.clone()).collect();
    assert_eq!(texts, ["second", "first"]);
    assert_eq!(diary.place(&copy, hours_later(50)).expect("known"), Place::Withdrawing);
    let log = log(&diary);
    let erased: Vec<_> =
        log.iter().filter(|it| it.header().kind == Kind::Erase).filter_map(|it| it.header().target).collect();
    assert_eq!(erased, old);
    let copies = log.iter().filter(|it| it.header().kind == Kind::Entry).skip(old.len());
    assert!(copies.clone().count() == 2 && copies.into_iter().all(|it| !it.slots().has_study()));
}
