//! Vectors of Waymark's own formats, for another implementation to check itself against: `vectors/records.json`.
//!
//! Every secret, every nonce and every random id is drawn from one generator, `H("waymark vectors v1" ‖ u64_be(i))` for
//! i = 0, 1, 2 …, byte by byte, so the file is the same in every run. `WAYMARK_WRITE_VECTORS=1 cargo test` writes it anew.

mod common;

use common::World;
use serde_json::{Value, json};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Consent, Entry, Erasure};
use waymark_protocol::document::{SignedDocument, key_change_message};
use waymark_protocol::genesis::{Genesis, recovery_auth_message, recovery_certificate_message, succession_message};
use waymark_protocol::invitation::{Certificate, Invitation};
use waymark_protocol::keys::{BackupKey, ContentKey, InvitationSecret, OpeningKey, RecoverySecret, SigningKey};
use waymark_protocol::met::met_words;
use waymark_protocol::order::{ErasureOrder, OrderId, Revocation};
use waymark_protocol::record::{Kind, Record, wire};
use waymark_protocol::seal::{Place, open_body, open_grant, open_with_backup, open_with_study};
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, EntryId, Hash, KeyId, StudyId, hex};

const FILE: &str = include_str!("vectors/records.json");

fn record(name: &str, record: &Record, plain: Option<(&[u8], &ContentKey)>) -> Value {
    let mut item = Vec::new();
    wire::write_record(&mut item, record.header_bytes(), record.slots_bytes(), record.body());
    json!({
        "name": name,
        "seq": record.header().seq,
        "kind": record.header().kind.number(),
        "header": hex::encode(record.header_bytes()),
        "slots": hex::encode(record.slots_bytes()),
        "body": hex::encode(record.body()),
        "link": record.link(),
        "wire_item_sha256": Hash::of(&item),
        "content_key": plain.map(|(_, key)| hex::encode(key.dangerously_bytes())),
        "plain_body": plain.map(|(plain, _)| hex::encode(plain)),
    })
}

fn checkpoint(checkpoint: &Checkpoint) -> Value {
    let mut item = Vec::new();
    wire::write_checkpoint(&mut item, checkpoint);
    json!({
        "seq": checkpoint.seq,
        "link": checkpoint.link,
        "local_head": checkpoint.local_head,
        "device_time": checkpoint.device_time,
        "signature": checkpoint.signature,
        "wire_item": hex::encode(&item),
    })
}

fn vectors() -> Value {
    let mut w = World::new("waymark vectors v1");
    let (device_key, recovery_key) = (w.device.verifying_key(), w.recovery.recovery_key().verifying_key());
    let enrol_key = w.secret.enrol_key();

    let genesis = w.genesis();
    let consent_plain = common::consent(w.study, w.participant).to_bytes();
    let (consent, consent_key) = w.seal(Place::after(&genesis), Kind::Consent, &consent_plain, true);
    let entry_plain = common::entry().to_bytes();
    let (private, private_key) = w.seal(Place::after(&consent), Kind::Entry, &entry_plain, false);
    let (shared, shared_key) = w.seal(Place::after(&private), Kind::Entry, &entry_plain, true);
    let grant = w.grant(Place::after(&shared), &private, &private_key);
    let erase_plain = Erasure::new(EntryId([0x11; 16])).to_bytes();
    let (erase, erase_key) =
        w.seal_with_target(Place::after(&grant), Kind::Erase, Some(shared.as_target()), &erase_plain, true);

    let new_device = SigningKey::generate(&mut w.rng);
    let new_signing = SigningKey::generate(&mut w.rng);
    let new_opening = OpeningKey::generate(&mut w.rng);
    let challenge: [u8; 32] = w.rng.array();
    let order = ErasureOrder::sign(
        &w.signing,
        OrderId([0x55; 16]),
        w.study,
        shared.as_target(),
        1_770_000_000_000,
        "asked by telephone".to_owned(),
    );
    let revocation = Revocation::sign(&w.recovery.recovery_key(), w.study, w.device_id(), 6, erase.link());
    let sighting = Sighting::sign(&w.signing, w.study, 1_770_000_000_001, vec![erase.as_target()]);
    let document = SignedDocument::sign(&w.signing, br#"{"waymark":"a document is JSON bytes"}"#.to_vec());
    let (new_key, new_sealing) = (new_signing.verifying_key(), new_opening.sealing_key());
    let key_change = key_change_message(&w.study, &w.signing.verifying_key(), &new_key, &new_sealing);
    let invitation = w.invitation();

    json!({
        "about": "Waymark protocol, version 1. Bytes are lower-case hex. The formulas are in the crate's documentation.",
        "keys": {
            "study_signing_seed": hex::encode(w.signing.dangerously_seed()),
            "study_signing_key": w.signing.verifying_key(),
            "study_opening_key": hex::encode(w.opening.dangerously_bytes()),
            "study_sealing_key": w.opening.sealing_key(),
            "study_key_id": KeyId::of(&w.opening.sealing_key()),
            "study": w.study,
            "recovery_secret": hex::encode(w.recovery.dangerously_bytes()),
            "recovery_words": w.recovery.words().join(" "),
            "backup_key": hex::encode(w.backup().dangerously_bytes()),
            "backup_key_id": w.backup().id(),
            "recovery_seed": hex::encode(w.recovery.recovery_key().dangerously_seed()),
            "recovery_key": recovery_key,
            "device_seed": hex::encode(w.device.dangerously_seed()),
            "device_key": device_key,
            "device": w.device_id(),
            "invitation_secret": hex::encode(w.secret.dangerously_bytes()),
            "enrol_seed": hex::encode(enrol_key.dangerously_seed()),
            "enrol_key": enrol_key.verifying_key(),
            "code": w.secret.code(),
            "participant": w.participant,
        },
        "invitation": {
            "server": invitation.server.as_str(),
            "link": invitation.to_link(),
            "text": invitation.to_text(),
        },
        "certificate": w.certificate,
        "records": [
            record("genesis", &genesis, None),
            record("consent", &consent, Some((&consent_plain, &consent_key))),
            record("private entry", &private, Some((&entry_plain, &private_key))),
            record("shared entry", &shared, Some((&entry_plain, &shared_key))),
            record("grant of the private entry", &grant, None),
            record("erase of the shared entry", &erase, Some((&erase_plain, &erase_key))),
        ],
        "checkpoints": [checkpoint(&w.checkpoint(&shared)), checkpoint(&w.checkpoint(&erase))],
        "recovery_certificate": {
            "new_device_key": new_device.verifying_key(),
            "signature": w.recovery.recovery_key().sign(&recovery_certificate_message(
                &w.study, &w.participant, &new_device.verifying_key())),
        },
        "succession": {
            "new_device_key": new_device.verifying_key(),
            "signature": w.device.sign(&succession_message(&w.study, &w.participant, &new_device.verifying_key())),
        },
        "recovery_auth": {
            "origin": "https://study.example.org",
            "challenge": hex::encode(&challenge),
            "new_device_key": new_device.verifying_key(),
            "signature": w.recovery.recovery_key().sign(&recovery_auth_message(
                "https://study.example.org", &challenge, &new_device.verifying_key())),
        },
        "key_change": {
            "new_signing_key": new_key,
            "new_sealing_key": new_sealing,
            "old_signature": w.signing.sign(&key_change),
            "new_signature": new_signing.sign(&key_change),
        },
        "erasure_order": order,
        "revocation_by_recovery_key": revocation,
        "sighting": sighting,
        "signed_document": document,
        "met_words": met_words(&w.study, &device_key).join(" "),
    })
}

#[test]
fn the_formats_are_those_of_the_file() {
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("WAYMARK_WRITE_VECTORS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/records.json"), &made).unwrap();
        return;
    }
    assert!(made == FILE, "a format has changed: old data could no longer be read");
}

/// The file, read without the code that wrote it.
struct File(Value);

impl File {
    fn read() -> Self {
        Self(serde_json::from_str(FILE).unwrap())
    }

    fn text(&self, pointer: &str) -> &str {
        self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"))
    }

    fn bytes(&self, pointer: &str) -> Vec<u8> {
        hex::decode(self.text(pointer)).unwrap()
    }

    fn array<const N: usize>(&self, pointer: &str) -> [u8; N] {
        self.bytes(pointer).try_into().unwrap()
    }

    fn typed<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, pointer: &str) -> T {
        self.text(pointer).parse().unwrap()
    }

    fn json<T: serde::de::DeserializeOwned>(&self, pointer: &str) -> T {
        // From text, since borrowed strings are read too.
        serde_json::from_str(&self.0.pointer(pointer).unwrap().to_string()).unwrap()
    }

    fn record(&self, index: usize) -> Record {
        let field = |name: &str| self.bytes(&format!("/records/{index}/{name}"));
        Record::parse(field("header"), field("slots"), field("body")).unwrap()
    }

    fn study_key(&self) -> OpeningKey {
        OpeningKey::from_bytes(&self.array("/keys/study_opening_key"))
    }

    fn backup_key(&self) -> BackupKey {
        BackupKey::from_slice(&self.bytes("/keys/backup_key")).unwrap()
    }
}

#[test]
fn the_files_keys_follow_from_its_secrets() {
    let file = File::read();
    let signing = SigningKey::from_seed(&file.array("/keys/study_signing_seed"));
    assert_eq!(signing.verifying_key(), file.typed("/keys/study_signing_key"));
    assert_eq!(file.study_key().sealing_key(), file.typed("/keys/study_sealing_key"));
    assert_eq!(KeyId::of(&file.study_key().sealing_key()), file.typed("/keys/study_key_id"));
    assert_eq!(StudyId::of(&signing.verifying_key(), &file.study_key().sealing_key()), file.typed("/keys/study"));
    let recovery = RecoverySecret::from_words(file.text("/keys/recovery_words")).unwrap();
    assert_eq!(recovery.dangerously_bytes()[..], file.bytes("/keys/recovery_secret"));
    assert_eq!(recovery.backup_key().dangerously_bytes()[..], file.bytes("/keys/backup_key"));
    assert_eq!(recovery.backup_key().id(), file.typed("/keys/backup_key_id"));
    assert_eq!(recovery.recovery_key().dangerously_seed()[..], file.bytes("/keys/recovery_seed"));
    let device = SigningKey::from_seed(&file.array("/keys/device_seed"));
    assert_eq!(DeviceId::of(&device.verifying_key()), file.typed("/keys/device"));
    let secret = InvitationSecret::from_slice(&file.bytes("/keys/invitation_secret")).unwrap();
    assert_eq!(secret.enrol_key().verifying_key(), file.typed("/keys/enrol_key"));
    assert_eq!(secret.code(), file.typed("/keys/code"));
    let words = met_words(&file.typed("/keys/study"), &device.verifying_key());
    assert_eq!(words.join(" "), file.text("/met_words"));
}

#[test]
fn the_files_records_link_open_and_say_what_it_says() {
    let file = File::read();
    let mut prev = Hash::ZERO;
    for index in 0..6 {
        let record = file.record(index);
        assert_eq!(record.header().prev, prev);
        prev = record.link();
        assert_eq!(prev, file.typed(&format!("/records/{index}/link")));
        assert_eq!(record.to_tombstone().link(), prev);
    }
    for index in [1, 2, 3, 5] {
        let record = file.record(index);
        let plain = file.bytes(&format!("/records/{index}/plain_body"));
        let key = open_with_backup(&record, &file.backup_key()).unwrap();
        assert_eq!(key.dangerously_bytes()[..], file.bytes(&format!("/records/{index}/content_key")));
        assert_eq!(*open_body(&record, &key).unwrap(), plain);
        let studys = open_with_study(&record, &file.study_key()).map(|key| *key.dangerously_bytes());
        assert_eq!(
            studys.ok(),
            (index != 2).then_some(*key.dangerously_bytes()),
            "the private entry has no study slot"
        );
    }
    let granted = open_grant(&file.record(4), &file.study_key()).unwrap();
    assert_eq!(file.record(4).header().target, Some(file.record(2).as_target()));
    let plain = open_body(&file.record(2), &granted).unwrap();
    assert_eq!(Entry::parse(&plain).unwrap(), common::entry());
    let study = file.typed("/keys/study");
    let consent = Consent::parse(&file.bytes("/records/1/plain_body")).unwrap();
    assert_eq!(consent, common::consent(study, file.typed("/keys/participant")));
    assert_eq!(Erasure::parse(&file.bytes("/records/5/plain_body")).unwrap().entry, Some(EntryId([0x11; 16])));
}

#[test]
fn the_files_signatures_hold() {
    let file = File::read();
    let (study, participant) = (file.typed("/keys/study"), file.typed("/keys/participant"));
    let study_keys = [file.typed("/keys/study_signing_key")];
    let (device, recovery) = (file.typed("/keys/device_key"), file.typed("/keys/recovery_key"));
    let certificate: Certificate = file.json("/certificate");
    certificate.verify(&study, &study_keys).unwrap();
    let genesis = Genesis::parse(file.record(0).body()).unwrap();
    assert_eq!((genesis.device_key, genesis.recovery_key), (device, recovery));
    genesis.verify_invitation(&study, &participant, &study_keys).unwrap();
    for (index, last) in [(0, 3), (1, 5)] {
        let mut push = Vec::new();
        for record in (0..=last).map(|record| file.record(record)) {
            wire::write_record(&mut push, record.header_bytes(), record.slots_bytes(), record.body());
        }
        push.extend(file.bytes(&format!("/checkpoints/{index}/wire_item")));
        let (records, checkpoint) = wire::read_push(&push).unwrap();
        checkpoint.verify(&device).unwrap();
        assert_eq!(checkpoint.link, records.last().unwrap().link());
    }
    let new = file.typed("/recovery_certificate/new_device_key");
    let signature = |pointer| file.typed(pointer);
    recovery
        .verify(
            &recovery_certificate_message(&study, &participant, &new),
            &signature("/recovery_certificate/signature"),
        )
        .unwrap();
    device.verify(&succession_message(&study, &participant, &new), &signature("/succession/signature")).unwrap();
    let auth = recovery_auth_message(file.text("/recovery_auth/origin"), &file.array("/recovery_auth/challenge"), &new);
    recovery.verify(&auth, &signature("/recovery_auth/signature")).unwrap();
    let new_signing = file.typed("/key_change/new_signing_key");
    let change = key_change_message(&study, &study_keys[0], &new_signing, &file.typed("/key_change/new_sealing_key"));
    study_keys[0].verify(&change, &signature("/key_change/old_signature")).unwrap();
    new_signing.verify(&change, &signature("/key_change/new_signature")).unwrap();
    file.json::<ErasureOrder>("/erasure_order").verify(&study, &study_keys).unwrap();
    file.json::<Revocation>("/revocation_by_recovery_key").verify(&study, &[recovery]).unwrap();
    file.json::<Sighting>("/sighting").verify(&study, &study_keys).unwrap();
    let document: SignedDocument = file.json("/signed_document");
    assert_eq!(
        document,
        SignedDocument::sign(&SigningKey::from_seed(&file.array("/keys/study_signing_seed")), document.bytes.0.clone())
    );
}

#[test]
fn the_files_invitation_is_read_from_link_and_text() {
    let file = File::read();
    for pointer in ["/invitation/link", "/invitation/text"] {
        let invitation = Invitation::parse(file.text(pointer)).unwrap();
        assert_eq!(invitation.server.as_str(), file.text("/invitation/server"));
        assert_eq!(invitation.study, file.typed("/keys/study"));
        assert_eq!(invitation.secret.dangerously_bytes()[..], file.bytes("/keys/invitation_secret"));
    }
}
