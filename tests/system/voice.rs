//! A voice note from a phone's hand to a researcher's ear, over the real server and desk. The phone is made of the protocol alone.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use waymark_protocol::api::{Enrol, Enrolled, InvitationReply};
use waymark_protocol::attachment::{self, About, MAX_PART_LEN, Part};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Entry, Erasure};
use waymark_protocol::genesis::{Genesis, enrol_device_message, enrol_message, prove_enrolment};
use waymark_protocol::invitation::Invitation;
use waymark_protocol::keys::{RecoverySecret, SealingKey, SigningKey};
use waymark_protocol::record::{Kind, Record, Target, wire};
use waymark_protocol::seal::{Place, Sealer, seal_genesis};
use waymark_protocol::{DeviceId, EntryId, Hash, RevisionId, StudyId};
use waymark_vault::SystemRng;

use crate::world::World;

struct Phone {
    port: u16,
    token: String,
    key: SigningKey,
    recovery: RecoverySecret,
    study: StudyId,
    sealing: SealingKey,
    log: Vec<Record>,
}

impl Phone {
    fn join(world: &World, label: &str) -> Self {
        let invitation = Invitation::parse(&world.desk.invite(label)).expect("a link");
        let (study, secret) = (invitation.study, invitation.secret);
        let path = format!("/v1/studies/{study}/invitations/{}", secret.code());
        let reply = good(call(world.port, "GET", &path, "", "", b""));
        let reply: InvitationReply = serde_json::from_slice(&reply).expect("JSON");
        let sealing = reply.document.verify(&study).expect("the study's document").encryption_key;
        let (key, recovery) = (SigningKey::generate(&mut SystemRng), RecoverySecret::generate(&mut SystemRng));
        let (device, recovery_key) = (key.verifying_key(), recovery.recovery_key().verifying_key());
        let participant = reply.certificate.participant;
        let message = enrol_message(&study, &participant, &device, &recovery_key);
        let enrol = Enrol {
            study,
            device_key: device,
            recovery_key,
            enrol_key: secret.enrol_key().verifying_key(),
            signature: secret.enrol_key().sign(&message),
            device_signature: key.sign(&enrol_device_message(
                &study,
                &participant,
                &secret.enrol_key().verifying_key(),
            )),
            certificate: None,
        };
        let body = serde_json::to_vec(&enrol).expect("JSON");
        let enrolled = good(call(world.port, "POST", "/v1/enrolments", "", "application/json", &body));
        let enrolled: Enrolled = serde_json::from_slice(&enrolled).expect("JSON");
        let proof = prove_enrolment(&secret.enrol_key(), reply.certificate, &device, &recovery_key);
        let place = Place { study, participant, device: DeviceId::of(&device), seq: 1, prev: Hash::ZERO };
        let log = vec![seal_genesis(place, &Genesis::new(device, recovery_key, proof))];
        Self { port: world.port, token: enrolled.token.to_string(), key, recovery, study, sealing, log }
    }

    fn seal(&mut self, kind: Kind, target: Option<Target>, plain: &[u8], parts: Vec<Hash>) -> Target {
        let place = Place::after(self.log.last().expect("a log begins with its genesis"));
        let backup = self.recovery.backup_key();
        let sealer = Sealer::new(place, kind).target(target).parts(parts).to_writer(&backup).to_study(&self.sealing);
        let (record, _) = sealer.seal(plain, &mut SystemRng).expect("it is short");
        self.log.push(record);
        self.log.last().expect("it was just pushed").as_target()
    }

    fn push(&self, from: usize) {
        let mut bytes = Vec::new();
        for record in &self.log[from..] {
            wire::write_record(&mut bytes, record.header_bytes(), record.slots_bytes(), record.body());
        }
        let (seq, link) = (self.log.len() as u64, self.log.last().expect("a record").link());
        let checkpoint = Checkpoint::sign(&self.key, self.study, seq, link, seq, 1_772_472_600_000);
        wire::write_checkpoint(&mut bytes, &checkpoint);
        good(call(self.port, "POST", "/v1/device/records", &self.token, wire::CONTENT_TYPE, &bytes));
    }

    fn put(&self, part: &Part) {
        let path = format!("/v1/device/parts/{}", part.hash);
        good(call(self.port, "PUT", &path, &self.token, "application/octet-stream", &part.bytes));
    }
}

/// The body of an answer that is a yes.
#[track_caller]
fn good((status, body): (u16, Vec<u8>)) -> Vec<u8> {
    assert!((200..300).contains(&status), "{status}: {}", String::from_utf8_lossy(&body));
    body
}

fn call(port: u16, method: &str, path: &str, token: &str, kind: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("the request can be sent");
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).expect("the reply can be read");
    let end = reply.windows(4).position(|window| window == b"\r\n\r\n").expect("a reply has a head");
    let status = String::from_utf8_lossy(&reply[9..12]).parse().expect("a status");
    (status, reply[end + 4..].to_vec())
}

fn entry(audio: &[u8]) -> (Entry, Vec<Part>) {
    let id = EntryId([7; 16]);
    let about = About { media_type: "audio/webm;codecs=opus".parse().expect("a media type"), duration_ms: 61_000 };
    let (voice, parts) = attachment::seal(&id, about, audio, &mut SystemRng).expect("it is short");
    let entry = Entry {
        entry: id,
        revision: RevisionId([8; 16]),
        parents: Vec::new(),
        about: "2026-03-02".parse().expect("a date"),
        written_at: crate::pilot::day(0),
        phase: Some("into".to_owned()),
        prompt_set: "daily".to_owned(),
        answers: Vec::new(),
        text: "spoken".to_owned(),
        weight: None,
        tags: Vec::new(),
        document_version: 1,
        attachments: vec![voice],
    };
    (entry, parts)
}

fn exported(world: &World) -> (Vec<Value>, PathBuf) {
    let out = world.path("out.jsonl");
    let code = world.desk.run(&["export", "--format", "jsonl", "--out", out.to_str().expect("a plain name")]).code;
    assert_eq!(code, 0);
    let lines = std::fs::read_to_string(&out).expect("the export is there");
    (lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(), world.path("out.jsonl.audio"))
}

fn files_below(folder: &Path) -> usize {
    let items = std::fs::read_dir(folder).into_iter().flatten().flatten();
    items.map(|item| if item.path().is_dir() { files_below(&item.path()) } else { 1 }).sum()
}

#[test]
fn a_voice_note_follows_its_entry_is_heard_at_the_desk_and_goes_with_it() {
    let world = World::new();
    let mut phone = Phone::join(&world, "Ana");
    let audio: Vec<u8> = (0..MAX_PART_LEN + 100_000).map(|place| (place % 251) as u8).collect();
    let (entry, parts) = entry(&audio);
    let target = phone.seal(Kind::Entry, None, &entry.to_bytes(), entry.parts());
    phone.push(0);
    phone.put(&parts[1]);
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["behind"], "the text is there, the recording not yet");
    assert_eq!(world.desk.verify().json()["devices"][0]["parts_missing"], 1);
    let (rows, _) = exported(&world);
    assert_eq!((&rows[0]["text"], &rows[0]["voice"][0]["file"]), (&"spoken".into(), &Value::Null));

    world.kill_server();
    world.start_server();
    phone.put(&parts[0]);
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
    let (rows, folder) = exported(&world);
    let voice = &rows[0]["voice"][0];
    assert_eq!((&voice["seconds"], &voice["type"]), (&61.into(), &"audio/webm;codecs=opus".into()));
    let file = world.root.path().join(voice["file"].as_str().expect("a file"));
    assert!(std::fs::read(&file).expect("the recording is there") == audio);

    phone.seal(Kind::Erase, Some(target), &Erasure::new(entry.entry).to_bytes(), Vec::new());
    phone.push(2);
    let start = Instant::now();
    while files_below(&world.data().join("parts")) > 0 {
        assert!(start.elapsed() < Duration::from_secs(10), "the server still has the parts");
        std::thread::sleep(Duration::from_millis(20));
    }
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
    assert!(exported(&world).0.is_empty());
    assert!(!folder.exists(), "and so is the file of the earlier export");
}
