//! A study, a person and a phone that every run makes in the same way.

#![allow(dead_code, missing_docs)]

pub mod logs;

use waymark_protocol::attachment::{self, About};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Answer, Consent, ConsentAnswer, Entry, Erasure, Weight};
use waymark_protocol::genesis::{Genesis, GenesisProof, prove_enrolment};
use waymark_protocol::invitation::{Certificate, Invitation, ServerUrl};
use waymark_protocol::keys::{BackupKey, ContentKey, InvitationSecret, OpeningKey, RecoverySecret, SigningKey};
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::{Place, Sealer, seal_genesis, seal_grant};
use waymark_protocol::{DeviceId, EntryId, Hash, ParticipantId, RevisionId, StudyId};

/// `H(seed ‖ 0) ‖ H(seed ‖ 1) ‖ …`, counters as `u64_be`.
pub struct CountingRng {
    seed: Vec<u8>,
    block: u64,
    left: Vec<u8>,
}

impl CountingRng {
    pub fn new(seed: &str) -> Self {
        Self { seed: seed.as_bytes().to_vec(), block: 0, left: Vec::new() }
    }

    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        rand_core::Rng::fill_bytes(self, &mut out);
        out
    }
}

impl rand_core::TryRng for CountingRng {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::from_be_bytes(self.array()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::from_be_bytes(self.array()))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        for byte in out {
            if self.left.is_empty() {
                self.left =
                    Hash::of(&[&self.seed, &self.block.to_be_bytes()[..]].concat()).0.into_iter().rev().collect();
                self.block += 1;
            }
            *byte = self.left.pop().expect("a block has just been added");
        }
        Ok(())
    }
}

impl rand_core::TryCryptoRng for CountingRng {}

/// One study and one person with a phone.
pub struct World {
    pub rng: CountingRng,
    pub signing: SigningKey,
    pub opening: OpeningKey,
    pub study: StudyId,
    pub secret: InvitationSecret,
    pub participant: ParticipantId,
    pub certificate: Certificate,
    pub recovery: RecoverySecret,
    pub device: SigningKey,
}

impl World {
    pub fn new(seed: &str) -> Self {
        let mut rng = CountingRng::new(seed);
        let signing = SigningKey::generate(&mut rng);
        let opening = OpeningKey::generate(&mut rng);
        let study = StudyId::of(&signing.verifying_key(), &opening.sealing_key());
        let secret = InvitationSecret::generate(&mut rng);
        let participant = ParticipantId(rng.array());
        let enrol = secret.enrol_key().verifying_key();
        let certificate = Certificate::sign(&signing, study, participant, enrol, 1, 1_800_000_000_000);
        let recovery = RecoverySecret::generate(&mut rng);
        let device = SigningKey::generate(&mut rng);
        Self { rng, signing, opening, study, secret, participant, certificate, recovery, device }
    }

    pub fn backup(&self) -> BackupKey {
        self.recovery.backup_key()
    }

    pub fn device_id(&self) -> DeviceId {
        DeviceId::of(&self.device.verifying_key())
    }

    pub fn start(&self) -> Place {
        self.start_of(&self.device)
    }

    pub fn start_of(&self, device: &SigningKey) -> Place {
        let device = DeviceId::of(&device.verifying_key());
        Place { study: self.study, participant: self.participant, device, seq: 1, prev: Hash::ZERO }
    }

    pub fn enrolment(&self, device: &SigningKey, recovery: &SigningKey) -> GenesisProof {
        let (device, recovery) = (device.verifying_key(), recovery.verifying_key());
        prove_enrolment(&self.secret.enrol_key(), self.certificate.clone(), &device, &recovery)
    }

    pub fn genesis(&self) -> Record {
        let recovery = self.recovery.recovery_key();
        self.genesis_for(&self.device, self.enrolment(&self.device, &recovery))
    }

    pub fn genesis_for(&self, device: &SigningKey, proof: GenesisProof) -> Record {
        let recovery = self.recovery.recovery_key().verifying_key();
        seal_genesis(self.start_of(device), &Genesis::new(device.verifying_key(), recovery, proof))
    }

    /// An entry, shared or not; always with a backup slot.
    pub fn seal(&mut self, place: Place, kind: Kind, plain: &[u8], shared: bool) -> (Record, ContentKey) {
        self.seal_with_target(place, kind, None, plain, shared)
    }

    pub fn seal_with_target(
        &mut self,
        place: Place,
        kind: Kind,
        target: Option<Target>,
        plain: &[u8],
        shared: bool,
    ) -> (Record, ContentKey) {
        let (backup, study) = (self.backup(), self.opening.sealing_key());
        let mut sealer = Sealer::new(place, kind).target(target).to_writer(&backup);
        if shared {
            sealer = sealer.to_study(&study);
        }
        sealer.seal(plain, &mut self.rng).expect("a short text can be sealed")
    }

    pub fn grant(&mut self, place: Place, target: &Record, content: &ContentKey) -> Record {
        seal_grant(place, target.as_target(), content, &self.opening.sealing_key(), &mut self.rng)
            .expect("the study's key is good")
    }

    pub fn erase(&mut self, place: Place, target: Option<Target>) -> Record {
        let plain = Erasure::new(EntryId(self.rng.array())).to_bytes();
        self.seal_with_target(place, Kind::Erase, target, &plain, true).0
    }

    pub fn checkpoint(&self, record: &Record) -> Checkpoint {
        let seq = record.header().seq;
        Checkpoint::sign(&self.device, self.study, seq, record.link(), seq, 1_700_000_000_000 + seq)
    }

    pub fn invitation(&self) -> Invitation {
        let server = ServerUrl::parse("https://study.example.org").expect("an address");
        Invitation { server, study: self.study, secret: self.secret.clone() }
    }

    /// A log: genesis, then shared entries up to `len`.
    pub fn log(&mut self, len: u64) -> Vec<Record> {
        let mut records = vec![self.genesis()];
        while (records.len() as u64) < len {
            let last = records.last().expect("a log begins with its genesis");
            let (place, plain) = (Place::after(last), format!("entry {}", records.len()));
            records.push(self.seal(place, Kind::Entry, plain.as_bytes(), true).0);
        }
        records
    }
}

pub fn entry() -> Entry {
    Entry {
        entry: EntryId([0x11; 16]),
        revision: RevisionId([0x22; 16]),
        parents: vec![RevisionId([0x33; 16])],
        about: "2026-01-05".parse().expect("a date"),
        written_at: "2026-01-05T21:14:07.250+01:00".parse().expect("a time"),
        phase: Some("into".to_owned()),
        prompt_set: "daily".to_owned(),
        answers: vec![Answer {
            prompt: "stays".to_owned(),
            question: "What stays with you from today?".to_owned(),
            value: "Der Blick der Kollegin \u{2013} 👩🏽‍⚕️.".to_owned(),
        }],
        text: "Grüße, שלום, 你好.\nA second line.".to_owned(),
        weight: Some(Weight::Heavy),
        tags: vec!["night shift".to_owned()],
        document_version: 3,
        attachments: Vec::new(),
    }
}

/// The same entry with a voice note.
pub fn entry_with_voice() -> Entry {
    let about = About { media_type: "audio/webm;codecs=opus".parse().expect("a media type"), duration_ms: 2100 };
    let entry = entry();
    let (attachment, _) =
        attachment::seal(&entry.entry, about, b"a voice", &mut CountingRng::new("voice")).expect("it is short");
    Entry { attachments: vec![attachment], ..entry }
}

pub fn consent(study: StudyId, participant: ParticipantId) -> Consent {
    let agreed_at = "2026-01-05T09:00:00+01:00".parse().expect("a time");
    let answers = vec![ConsentAnswer { item: "text".to_owned(), agreed: true }];
    Consent::new(study, participant, 3, Hash([0x44; 32]), agreed_at, answers)
}
