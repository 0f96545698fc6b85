//! What a server could make up, or somebody who sits on the way to it: all that needs no key of a phone's or of the study's.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::params;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::genesis::{Genesis, prove_enrolment};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SealingKey, SigningKey};
use waymark_protocol::record::{Header, Kind, Record, Target};
use waymark_protocol::seal::{Place, Sealer, seal_genesis};
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};
use waymark_vault::SystemRng;

use crate::database::Database;
use crate::process::study_file;

/// The keys of somebody who would like to be the study.
pub struct Impostor {
    pub signing: SigningKey,
    pub opening: OpeningKey,
}

impl Impostor {
    pub fn new() -> Self {
        Self { signing: SigningKey::generate(&mut SystemRng), opening: OpeningKey::generate(&mut SystemRng) }
    }

    /// A document with the impostor's keys under the study's name, as JSON.
    pub fn document(&self, study: StudyId, version: u32) -> serde_json::Value {
        let text = std::fs::read_to_string(study_file()).expect("the study file can be read");
        let text = text.replacen("version = 1", &format!("version = {version}"), 1);
        let Ok(file) = StudyFile::parse(&text) else { panic!("the study file is right") };
        let keys = Keys {
            signing: self.signing.verifying_key().to_string(),
            encryption: self.opening.sealing_key().to_string(),
        };
        let envelope = Envelope { study: study.to_string(), previous: None, keys, key_changes: Vec::new() };
        let document = Document::from_study_file(&file, envelope).expect("a document can be made");
        serde_json::to_value(SignedDocument::sign(&self.signing, document.to_bytes())).expect("documents are JSON")
    }

    /// A certificate over an enrol key by the impostor, as JSON.
    pub fn certificate(&self, known: &serde_json::Value) -> serde_json::Value {
        let Certificate { study, participant, enrol_key, minimum_version, expires_at, .. } =
            serde_json::from_value(known.clone()).expect("a certificate");
        let forged = Certificate::sign(&self.signing, study, participant, enrol_key, minimum_version, expires_at);
        serde_json::to_value(forged).expect("certificates are JSON")
    }
}

/// The study's public key, as everybody can read it in its document.
pub fn sealing_key(database: &Database) -> SealingKey {
    let bytes: [u8; 32] = database.blob("SELECT encryption_key FROM study").try_into().expect("32 bytes");
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    serde_json::from_value(text.into()).expect("a key in hex")
}

/// The last record of the only device's log.
pub fn last(database: &Database) -> (Header, Hash) {
    let header = Header::parse(&database.blob("SELECT header FROM RECORDS ORDER BY seq DESC LIMIT 1"));
    let link = database.blob("SELECT link FROM RECORDS ORDER BY seq DESC LIMIT 1");
    (header.expect("a header"), Hash(link.try_into().expect("32 bytes")))
}

/// A record at the end of somebody's log, sealed to the study by somebody else.
pub fn follow(database: &Database, kind: Kind, target: Option<Target>, content: &[u8]) -> Record {
    let (header, link) = last(database);
    let place = Place {
        study: header.study,
        participant: header.participant,
        device: header.device,
        seq: header.seq + 1,
        prev: link,
    };
    let key = sealing_key(database);
    let sealer = Sealer::new(place, kind).target(target).to_study(&key);
    sealer.seal(content, &mut SystemRng).expect("anybody can seal to the study").0
}

/// Puts a device with an entry beside a participant's own: everything is signed and sealed, by keys that nobody has vouched for.
pub fn invent_device(database: &Database, participant: ParticipantId, study: StudyId, content: &[u8]) -> DeviceId {
    let (device_key, recovery_key) = (SigningKey::generate(&mut SystemRng), SigningKey::generate(&mut SystemRng));
    let (device, recovery) = (device_key.verifying_key(), recovery_key.verifying_key());
    let secret = InvitationSecret::generate(&mut SystemRng);
    let enrol_key = secret.enrol_key();
    let impostor = SigningKey::generate(&mut SystemRng);
    let certificate = Certificate::sign(&impostor, study, participant, enrol_key.verifying_key(), 1, now() + 1_000_000);
    let proof = prove_enrolment(&enrol_key, certificate, &device, &recovery);
    let id = DeviceId::of(&device);
    let first = Place { study, participant, device: id, seq: 1, prev: Hash::ZERO };
    let genesis = seal_genesis(first, &Genesis::new(device, recovery, proof));
    let key = sealing_key(database);
    let sealer = Sealer::new(Place::after(&genesis), Kind::Entry).to_study(&key);
    let entry = sealer.seal(content, &mut SystemRng).expect("anybody can seal to the study").0;
    database.change(
        "INSERT INTO device (study, device, participant, device_key, joined_at) VALUES (?1, ?2, ?3, ?4, 1)",
        params![study.0, id.0, participant.0, serde_json_bytes(&device)],
    );
    insert(database, &genesis);
    insert(database, &entry);
    checkpoint(database, &entry, &device_key);
    id
}

/// Puts a record into the database.
pub fn insert(database: &Database, record: &Record) {
    let header = record.header();
    let number = next_server_seq(database);
    database.change(
        "INSERT INTO RECORDS (study, participant, device, seq, kind, link, slots_hash, body_hash, target_device,
             target_seq, target_link, server_seq, received_at, header, slots, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, ?13, ?14, ?15)",
        params![
            header.study.0,
            header.participant.0,
            header.device.0,
            header.seq.cast_signed(),
            header.kind.number(),
            record.link().0,
            Hash::of(record.slots_bytes()).0,
            Hash::of(record.body()).0,
            header.target.map(|target| target.device.0),
            header.target.map(|target| target.seq.cast_signed()),
            header.target.map(|target| target.link.0),
            number,
            record.header_bytes(),
            record.slots_bytes(),
            record.body(),
        ],
    );
}

/// Puts a checkpoint over a record into the database, signed by some key.
pub fn checkpoint(database: &Database, record: &Record, key: &SigningKey) {
    let header = record.header();
    let checkpoint = Checkpoint::sign(key, header.study, header.seq, record.link(), header.seq, now());
    let number = next_server_seq(database);
    database.change(
        "INSERT INTO CHECKPOINTS (study, participant, device, seq, link, local_head, device_time, signature, server_seq,
             received_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?6, ?7, ?8, 1)",
        params![
            header.study.0,
            header.participant.0,
            header.device.0,
            header.seq.cast_signed(),
            record.link().0,
            checkpoint.device_time.cast_signed(),
            checkpoint.signature.0,
            number,
        ],
    );
}

fn next_server_seq(database: &Database) -> i64 {
    database.change("UPDATE study SET head = head + 1", []);
    database.number("SELECT head FROM study")
}

fn serde_json_bytes(key: &waymark_protocol::keys::VerifyingKey) -> Vec<u8> {
    let text = key.to_string();
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex")).collect()
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
    u64::try_from(since.as_millis()).expect("it is before the year 500 million")
}
