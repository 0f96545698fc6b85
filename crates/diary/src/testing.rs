//! A diary that has joined the example study, for tests that look into its log. No server.

use std::path::Path;

use chrono::{DateTime, Duration};
use waymark_protocol::api::Token;
use waymark_protocol::content::{Consent, Entry};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::{Certificate, ServerUrl};
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{open_body, open_grant, seal_genesis};
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{EntryId, Hash, ParticipantId, StudyId};
use waymark_vault::SystemRng;

use crate::lock::create_with;
use crate::log::{Appender, LogHead};
use crate::store::{self, Identity, MEMBERSHIP, Membership, NewMembership, Receipted, STUDY, load_record};
use crate::{Diary, Error, Finished, LockSecret, Now, Readers, create};

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

/// A diary that has joined the example study, whose hold is 48 hours; and the study's private key.
pub fn member(dir: &Path) -> (Diary, OpeningKey) {
    let mut diary = create(dir, &LockSecret::passphrase("correct horse battery staple")).expect("made");
    let opening = join_another(&mut diary, false).expect("joined");
    (diary, opening)
}

/// A diary that has joined the example study; and the study's private keys.
pub fn member_of(dir: &Path) -> (Diary, SigningKey, OpeningKey) {
    let mut diary = create(dir, &LockSecret::passphrase("correct horse battery staple")).expect("made");
    let (signing, opening) = join_a_study(&mut diary, false).expect("joined");
    (diary, signing, opening)
}

/// Joins another study with a diary that is in none.
pub fn join_again(diary: &mut Diary) {
    join_another(diary, false).expect("joined");
}

/// Joins another study, as the participant of a new invitation; its private key.
pub fn join_another(diary: &mut Diary, back_up_earlier: bool) -> Result<OpeningKey, Error> {
    Ok(join_a_study(diary, back_up_earlier)?.1)
}

fn join_a_study(diary: &mut Diary, back_up_earlier: bool) -> Result<(SigningKey, OpeningKey), Error> {
    let (signing, opening, study, signed) = a_study();
    let trusted = signed.verify(&study).expect("signed by the study");
    let (device, participant) = (SigningKey::generate(&mut SystemRng), ParticipantId([7; 16]));
    let membership = Membership::new(NewMembership {
        server: &ServerUrl::parse("https://study.example.org").expect("an address"),
        study,
        participant,
        device: &device,
        token: Token([1; 32]),
        document: &signed,
        joined: monday().date(),
        server_time: monday().millis(),
        now: monday(),
        consent: Vec::new(),
    });
    let enrol = InvitationSecret::generate(&mut SystemRng).enrol_key();
    let certificate = Certificate::sign(&signing, study, participant, enrol.verifying_key(), 1, u64::MAX);
    let (device_key, recovery_key) = (device.verifying_key(), diary.identity.recovery_key);
    let proof = genesis::prove_enrolment(&enrol, certificate, &device_key, &recovery_key);
    let consent = Consent::new(study, participant, 1, Hash::of(&signed.bytes.0), monday().wall, Vec::new());
    diary.become_member(membership, &trusted, proof, &consent, back_up_earlier)?;
    Ok((signing, opening))
}

/// Another phone of the same person, which has nothing but its genesis.
pub fn second_phone(dir: &Path, first: &Diary) -> Diary {
    let secret = first.identity.secret().expect("the words are not confirmed");
    let known = first.membership.as_ref().expect("joined");
    let (device, document) = (SigningKey::generate(&mut SystemRng), known.parted().signed());
    let membership = Membership::new(NewMembership {
        server: &known.server().expect("an address"),
        study: known.study,
        participant: known.participant,
        device: &device,
        token: Token([2; 32]),
        document: &document,
        joined: monday().date(),
        server_time: monday().millis(),
        now: monday(),
        consent: Vec::new(),
    });
    let key = device.verifying_key();
    let message = genesis::recovery_certificate_message(&known.study, &known.participant, &key);
    let proof = GenesisProof::Recovery { signature: secret.recovery_key().sign(&message) };
    let genesis = Genesis::new(key, secret.recovery_key().verifying_key(), proof);
    let lock = LockSecret::passphrase("correct horse battery staple");
    create_with(dir, &lock, &Identity::new(&secret, true), &secret, |tx| {
        store::put(tx, MEMBERSHIP, STUDY, &membership)?;
        let mut log = Appender::new(tx, &membership, secret.backup_key(), LogHead::EMPTY)?;
        let place = log.place();
        log.append(&seal_genesis(place, &genesis)).map(drop)
    })
    .expect("made")
}

/// A moment by the phone's own clock.
pub fn monday() -> Now {
    Now { wall: DateTime::parse_from_rfc3339("2026-03-02T09:00:00+00:00").expect("a time"), scripted: false }
}

pub fn hours_later(hours: i64) -> Now {
    Now { wall: monday().wall + Duration::hours(hours), ..monday() }
}

/// The phone has looked at the server, whose clock is ahead by so much.
pub fn looked(diary: &mut Diary, now: Now, server_ahead: i64) {
    let membership = diary.membership.as_mut().expect("joined");
    membership.clock_offset = Some(server_ahead);
    membership.clock_seen = now.millis();
}

pub fn write(diary: &mut Diary, text: &str, entry: Option<EntryId>, readers: Readers, now: Now) -> EntryId {
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

pub fn log(diary: &Diary) -> Vec<Record> {
    let reader = diary.vault.reader();
    (1..=diary.head.seq).map(|seq| load_record(&reader, seq).expect("read").expect("there")).collect()
}

/// Every entry text that the study's key can open from the log, erased ones too.
pub fn open_to_the_study(diary: &Diary, key: &OpeningKey) -> Vec<String> {
    let log = log(diary);
    let entries = log.iter().filter(|record| record.header().kind == Kind::Entry);
    assert!(entries.clone().all(|record| !record.slots().has_study()), "only a grant lets the study in");
    let granted = |entry: &Record| {
        let grants = log.iter().filter(|record| record.header().target == Some(entry.as_target()));
        grants.filter(|record| record.header().kind == Kind::Grant).find_map(|grant| open_grant(grant, key).ok())
    };
    entries.filter_map(|entry| Some(Entry::parse(&open_body(entry, &granted(entry)?).ok()?).ok()?.text)).collect()
}

/// The server has receipted the whole log.
pub fn receipted(diary: &mut Diary, now: Now) {
    let (seq, link) = (diary.head.seq, diary.head.link);
    let membership = diary.membership.as_mut().expect("joined");
    membership.receipted = Some(Receipted { seq, link, server_time: now.millis(), at: now.millis() });
}
