//! A phone's log.

use waymark_protocol::api::{Challenge, DeviceState, Enrol, Enrolled, Receipt, Recover, Recovered};
use waymark_protocol::attachment::Part;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{ContentKey, InvitationSecret, RecoverySecret, SealingKey, Signature, SigningKey};
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::Item;
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::{Place, Sealer, seal_genesis, seal_grant};
use waymark_protocol::{DeviceId, Hash};

use super::{Desk, Http, Reply, Rng, now};

/// A phone that has joined, with its genesis made and nothing pushed.
#[derive(Clone)]
pub struct Phone {
    pub http: Http,
    pub key: SigningKey,
    pub recovery: RecoverySecret,
    pub certificate: Certificate,
    pub token: String,
    pub log: Vec<Record>,
    pub sealing: SealingKey,
}

impl Phone {
    /// Invites and joins.
    pub fn join(desk: &Desk) -> Self {
        Self::join_as(desk, RecoverySecret::generate(&mut Rng))
    }

    /// Invites and joins, as a person who has these words already.
    pub fn join_as(desk: &Desk, recovery: RecoverySecret) -> Self {
        let (secret, certificate) = desk.invite();
        Self::join_by(desk, &secret, certificate, recovery)
    }

    /// Joins with an invitation that is there.
    pub fn join_with(desk: &Desk, secret: &InvitationSecret, certificate: Certificate) -> Self {
        Self::join_by(desk, secret, certificate, RecoverySecret::generate(&mut Rng))
    }

    fn join_by(desk: &Desk, secret: &InvitationSecret, certificate: Certificate, recovery: RecoverySecret) -> Self {
        let key = SigningKey::generate(&mut Rng);
        let request = enrolment(secret, &certificate, &key, &recovery);
        let enrolled: Enrolled = desk.http.post("/v1/enrolments", "", &request).ok();
        let sealing = desk.opening.sealing_key();
        let token = enrolled.token.to_string();
        let mut phone = Self { http: desk.http, key, recovery, certificate, token, log: Vec::new(), sealing };
        phone.genesis(secret);
        phone
    }

    /// What a new phone with this key sends to be let in: the answer to a challenge that the server gave just now.
    pub fn recovery_request(&self, key: &SigningKey) -> Recover {
        let Challenge { challenge } = self.http.post("/v1/recoveries/challenge", "", &serde_json::json!({})).ok();
        let (recovery_key, device_key) = (self.recovery.recovery_key(), key.verifying_key());
        let origin = format!("http://{}", self.http.0);
        let signature = recovery_key.sign(&genesis::recovery_auth_message(&origin, &challenge.0, &device_key));
        let recovery_key = recovery_key.verifying_key();
        Recover { study: None, not: Vec::new(), challenge, origin, recovery_key, device_key, signature }
    }

    /// Another phone of the same person, by the recovery key; nothing pushed.
    pub fn recovered(&self) -> Self {
        let key = SigningKey::generate(&mut Rng);
        let recovered: Recovered = self.http.post("/v1/recoveries", "", &self.recovery_request(&key)).ok();
        let (recovery_key, device_key) = (self.recovery.recovery_key(), key.verifying_key());
        let certificate = &self.certificate;
        let message = genesis::recovery_certificate_message(&certificate.study, &certificate.participant, &device_key);
        let proof = GenesisProof::Recovery { signature: recovery_key.sign(&message) };
        let mut phone = Self { key, token: recovered.token.to_string(), log: Vec::new(), ..self.clone() };
        phone.log.push(seal_genesis(phone.place(), &Genesis::new(device_key, recovery_key.verifying_key(), proof)));
        phone
    }

    /// The last record's word that nothing after it counts, signed with this key.
    pub fn revocation(&self, key: &SigningKey) -> Revocation {
        let last = self.log.last().expect("a log").as_target();
        Revocation::sign(key, self.certificate.study, self.device(), last.seq, last.link)
    }

    fn genesis(&mut self, secret: &InvitationSecret) {
        let (device, recovery) = (self.key.verifying_key(), self.recovery.recovery_key().verifying_key());
        let proof = genesis::prove_enrolment(&secret.enrol_key(), self.certificate.clone(), &device, &recovery);
        self.log.push(seal_genesis(self.place(), &Genesis::new(device, recovery, proof)));
    }

    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.key.verifying_key())
    }

    pub fn place(&self) -> Place {
        self.log.last().map_or(
            Place {
                study: self.certificate.study,
                participant: self.certificate.participant,
                device: self.device(),
                seq: 1,
                prev: Hash::ZERO,
            },
            Place::after,
        )
    }

    /// Writes a sealed record of some kind, for the writer and the study.
    pub fn write_kind(&mut self, kind: Kind, target: Option<Target>, text: &str) -> (Record, ContentKey) {
        let (record, content) = Sealer::new(self.place(), kind)
            .target(target)
            .to_writer(&self.recovery.backup_key())
            .to_study(&self.sealing)
            .seal(text.as_bytes(), &mut Rng)
            .unwrap();
        self.log.push(record.clone());
        (record, content)
    }

    /// Writes an entry.
    pub fn write(&mut self, text: &str) -> (Record, ContentKey) {
        self.write_kind(Kind::Entry, None, text)
    }

    /// Writes an entry whose record lists these parts.
    pub fn write_listing(&mut self, parts: &[&Part]) -> Record {
        let (record, _) = Sealer::new(self.place(), Kind::Entry)
            .parts(parts.iter().map(|part| part.hash).collect())
            .to_writer(&self.recovery.backup_key())
            .to_study(&self.sealing)
            .seal(b"with a voice note", &mut Rng)
            .unwrap();
        self.log.push(record.clone());
        record
    }

    /// Erases a record, or everything.
    pub fn erase(&mut self, target: Option<Target>) -> Record {
        self.write_kind(Kind::Erase, target, "erased").0
    }

    /// Grants a record.
    pub fn grant(&mut self, target: Target, content: &ContentKey) -> Record {
        let grant = seal_grant(self.place(), target, content, &self.sealing, &mut Rng).unwrap();
        self.log.push(grant.clone());
        grant
    }

    /// A checkpoint over the log up to `seq`.
    pub fn checkpoint(&self, seq: u64) -> Checkpoint {
        self.checkpoint_at(seq, now())
    }

    /// The same, signed at another moment: milliseconds since 1970.
    pub fn checkpoint_at(&self, seq: u64, time: u64) -> Checkpoint {
        let link = seq.checked_sub(1).map_or(Hash::ZERO, |at| self.log[at as usize].link());
        Checkpoint::sign(&self.key, self.certificate.study, seq, link, self.log.len() as u64, time)
    }

    /// The push of records `from..=to`.
    pub fn push_of(&self, from: u64, to: u64) -> Vec<u8> {
        push_bytes(&self.log[from as usize - 1..to as usize], &self.checkpoint(to))
    }

    pub fn push_from(&self, from: u64) -> Reply {
        self.http.push(&self.token, &self.push_of(from, self.log.len() as u64))
    }

    /// Pushes everything that the server does not have.
    #[track_caller]
    pub fn sync(&self) -> Receipt {
        let head = self.state().head.seq;
        let receipt: Receipt = self.push_from(head + 1).ok();
        assert_eq!(receipt.accepted_through, self.log.len() as u64);
        assert_eq!(receipt.link, self.log.last().unwrap().link());
        receipt
    }

    /// Pushes more than one reply of a feed holds.
    pub fn fill_a_reply(mut self) {
        let long = "long ".repeat(12_000);
        for _ in 0..6 {
            for _ in 0..13 {
                self.write(&long);
            }
            self.sync();
        }
    }

    #[track_caller]
    pub fn state(&self) -> DeviceState {
        self.http.get("/v1/device/state", &self.token).ok()
    }
}

/// A push's bytes.
pub fn push_bytes(records: &[Record], checkpoint: &Checkpoint) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        Item::Record(Box::new(record.clone())).write(&mut out);
    }
    Item::Checkpoint(Box::new(checkpoint.clone())).write(&mut out);
    out
}

/// A signed enrolment.
pub fn enrolment(
    secret: &InvitationSecret,
    certificate: &Certificate,
    key: &SigningKey,
    recovery: &RecoverySecret,
) -> Enrol {
    let (device_key, recovery_key) = (key.verifying_key(), recovery.recovery_key().verifying_key());
    let message = genesis::enrol_message(&certificate.study, &certificate.participant, &device_key, &recovery_key);
    let signature = secret.enrol_key().sign(&message);
    let (study, enrol_key) = (certificate.study, secret.enrol_key().verifying_key());
    let device_signature = device_signature(key, certificate);
    Enrol { study, device_key, recovery_key, enrol_key, signature, device_signature, certificate: None }
}

/// A phone's own signature for its enrolment.
pub fn device_signature(key: &SigningKey, certificate: &Certificate) -> Signature {
    key.sign(&genesis::enrol_device_message(&certificate.study, &certificate.participant, &certificate.enrol_key))
}
