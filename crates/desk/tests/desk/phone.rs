//! A participant's phone: it makes records as the diary does.

use std::collections::HashMap;
use std::convert::Infallible;

use chrono::DateTime;
use rand_core::{TryCryptoRng, TryRng};
use waymark_protocol::attachment::{self, About, Attachment, Part};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Answer, Consent, ConsentAnswer, Entry, Erasure, Notice, Weight, What};
use waymark_protocol::genesis::{Genesis, prove_enrolment};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{ContentKey, InvitationSecret, OpeningKey, RecoverySecret, SealingKey, SigningKey};
use waymark_protocol::record::wire::Item;
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::{Place, Sealer, seal_genesis, seal_grant};
use waymark_protocol::{DeviceId, EntryId, Hash, ParticipantId, RevisionId, StudyId};
use waymark_vault::SystemRng;

pub const JOINED: &str = "2026-03-02T09:00:00.000+00:00";

/// One phone and its log.
pub struct Phone {
    pub study: StudyId,
    pub participant: ParticipantId,
    pub key: SigningKey,
    pub log: Vec<Record>,
    sealing: SealingKey,
    pub recovery: RecoverySecret,
    keys: HashMap<Target, ContentKey>,
    entries: HashMap<Target, EntryId>,
    place: Place,
    made: u64,
}

/// To whom an entry is sealed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum To {
    Study,
    Writer,
}

impl Phone {
    pub fn join(certificate: &Certificate, secret: &InvitationSecret, sealing: SealingKey) -> Self {
        let key = SigningKey::generate(&mut SystemRng);
        let recovery = RecoverySecret::generate(&mut SystemRng);
        let (study, participant) = (certificate.study, certificate.participant);
        let device_key = key.verifying_key();
        let recovery_key = recovery.recovery_key().verifying_key();
        let proof = prove_enrolment(&secret.enrol_key(), certificate.clone(), &device_key, &recovery_key);
        let place = Place { study, participant, device: DeviceId::of(&device_key), seq: 1, prev: Hash::ZERO };
        let genesis = seal_genesis(place, &Genesis::new(device_key, recovery_key, proof));
        let (keys, entries) = (HashMap::new(), HashMap::new());
        let mut phone =
            Self { study, participant, key, log: Vec::new(), sealing, recovery, keys, entries, place, made: 0 };
        phone.append(genesis);
        phone.consent();
        phone
    }

    /// A second hand that continues the same log.
    pub fn fork(&self) -> Self {
        Self {
            key: self.key.clone(),
            log: self.log.clone(),
            recovery: self.recovery.clone(),
            keys: self.keys.clone(),
            entries: self.entries.clone(),
            ..*self
        }
    }

    pub fn device(&self) -> DeviceId {
        self.place.device
    }

    fn append(&mut self, record: Record) -> Target {
        self.place = Place::after(&record);
        let target = record.as_target();
        self.log.push(record);
        target
    }

    fn seal(&mut self, kind: Kind, target: Option<Target>, plain: &[u8], to: To) -> Target {
        self.seal_listing(kind, target, plain, to, Vec::new())
    }

    fn seal_listing(&mut self, kind: Kind, target: Option<Target>, plain: &[u8], to: To, parts: Vec<Hash>) -> Target {
        let backup = self.recovery.backup_key();
        let sealer = Sealer::new(self.place, kind).target(target).parts(parts).to_writer(&backup);
        let sealer = if to == To::Study { sealer.to_study(&self.sealing) } else { sealer };
        let (record, key) = sealer.seal(plain, &mut SystemRng).unwrap();
        let target = self.append(record);
        self.keys.insert(target, key);
        target
    }

    /// Answers what is asked at joining once more.
    pub fn agree(&mut self, at: &str, answers: &[(&str, bool)]) {
        let answers = answers.iter().map(|(item, agreed)| ConsentAnswer { item: (*item).to_owned(), agreed: *agreed });
        let at = DateTime::parse_from_rfc3339(at).unwrap();
        let consent = Consent::new(self.study, self.participant, 2, Hash::of(b"document"), at, answers.collect());
        self.seal(Kind::Consent, None, &consent.to_bytes(), To::Study);
    }

    fn consent(&mut self) -> Target {
        let agreed = DateTime::parse_from_rfc3339(JOINED).unwrap();
        let answers = vec![ConsentAnswer { item: "text".to_owned(), agreed: true }];
        let consent = Consent::new(self.study, self.participant, 1, Hash::of(b"document"), agreed, answers);
        self.seal(Kind::Consent, None, &consent.to_bytes(), To::Study)
    }

    /// A new entry with this text.
    pub fn write(&mut self, text: &str, to: To) -> Target {
        let entry = self.entry(text);
        self.write_entry(&entry, to)
    }

    pub fn write_entry(&mut self, entry: &Entry, to: To) -> Target {
        self.write_entry_listing(entry, entry.parts(), to)
    }

    /// An entry whose record lists these parts, whatever the entry says.
    pub fn write_entry_listing(&mut self, entry: &Entry, parts: Vec<Hash>, to: To) -> Target {
        let target = self.seal_listing(Kind::Entry, None, &entry.to_bytes(), to, parts);
        self.entries.insert(target, entry.entry);
        target
    }

    pub fn entry(&mut self, text: &str) -> Entry {
        self.made += 1;
        let mut id = [0; 16];
        id[..8].copy_from_slice(&self.place.device.0[..8]);
        id[8..].copy_from_slice(&self.made.to_be_bytes());
        Entry {
            entry: EntryId(id),
            revision: RevisionId(id),
            parents: Vec::new(),
            about: "2026-05-04".parse().unwrap(),
            written_at: DateTime::parse_from_rfc3339("2026-05-04T20:11:00.000+01:00").unwrap(),
            phase: Some("into".to_owned()),
            prompt_set: "daily".to_owned(),
            answers: vec![Answer {
                prompt: "stays".to_owned(),
                question: "What stays with you from today?".to_owned(),
                value: format!("answer to {text}"),
            }],
            text: text.to_owned(),
            weight: Some(Weight::Okay),
            tags: Vec::new(),
            document_version: 1,
            attachments: Vec::new(),
        }
    }

    /// A new entry with this text and one recording.
    pub fn voice(&mut self, text: &str, audio: &[u8]) -> (Entry, Vec<Part>) {
        let entry = self.entry(text);
        let about = About { media_type: "audio/webm;codecs=opus".parse().unwrap(), duration_ms: 2600 };
        let (attachment, parts) = attachment::seal(&entry.entry, about, audio, &mut SystemRng).unwrap();
        (Entry { attachments: vec![attachment], ..entry }, parts)
    }

    /// An entry record with any plain body.
    pub fn seal_raw(&mut self, plain: &[u8]) -> Target {
        self.seal(Kind::Entry, None, plain, To::Study)
    }

    /// From here on the phone seals to a key that is not the study's.
    pub fn swap_study_key(&mut self) {
        self.sealing = OpeningKey::generate(&mut SystemRng).sealing_key();
    }

    /// The phone has read a newer document of the study: it seals to the key that this names.
    pub fn follow(&mut self, sealing: SealingKey) {
        self.sealing = sealing;
    }

    /// What stays the writer's.
    pub fn own(&mut self) -> Target {
        self.seal(Kind::Own, None, b"a mark", To::Writer)
    }

    pub fn notice(&mut self) -> Target {
        let from = chrono::NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
        self.tell(What::Paused { from, until: None })
    }

    /// Says that its person has left.
    pub fn leave(&mut self) -> Target {
        self.tell(What::Left { erased: false })
    }

    fn tell(&mut self, what: What) -> Target {
        self.tell_on("2026-05-04", what)
    }

    /// A notice of that evening.
    pub fn tell_on(&mut self, day: &str, what: What) -> Target {
        let at = DateTime::parse_from_rfc3339(&format!("{day}T20:11:00.000+01:00")).unwrap();
        self.seal(Kind::Notice, None, &Notice { at, what }.to_bytes(), To::Study)
    }

    pub fn grant(&mut self, target: Target) -> Target {
        let key = self.keys[&target].clone();
        self.grant_with(target, &key)
    }

    pub fn grant_with(&mut self, target: Target, key: &ContentKey) -> Target {
        let record = seal_grant(self.place, target, key, &self.sealing, &mut SystemRng).unwrap();
        self.append(record)
    }

    /// Lets [`Self::withdraw`] name a record that is not this phone's, under the entry id of `mine`.
    pub fn name_for_withdrawal(&mut self, target: Target, mine: Target) {
        self.entries.insert(target, self.entries[&mine]);
    }

    /// Where the revisions of an entry are.
    pub fn targets_of(&self, entry: EntryId) -> Vec<Target> {
        self.entries.iter().filter(|(_, known)| **known == entry).map(|(target, _)| *target).collect()
    }

    pub fn withdraw(&mut self, target: Target) -> Target {
        let entry = self.entries[&target];
        self.seal(Kind::Erase, Some(target), &Erasure::new(entry).to_bytes(), To::Study)
    }

    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint_at(self.log.len(), self.log.len() as u64)
    }

    /// A checkpoint after `count` records of the log.
    pub fn checkpoint_at(&self, count: usize, local_head: u64) -> Checkpoint {
        let link = self.log[count - 1].link();
        Checkpoint::sign(&self.key, self.study, count as u64, link, local_head, 1_777_000_000_000)
    }

    /// The whole log and its checkpoint.
    pub fn items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = self.log.iter().map(|record| Item::Record(Box::new(record.clone()))).collect();
        items.push(Item::Checkpoint(Box::new(self.checkpoint())));
        items
    }
}

/// Another recording of an entry, under the id of its first: no honest phone makes one.
pub fn recording_called_as(entry: &Entry, audio: &[u8]) -> (Attachment, Vec<Part>) {
    /// Gives the id for the first bytes, and then random ones.
    struct Named(Option<[u8; 16]>);

    impl TryRng for Named {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            SystemRng.try_next_u32()
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            SystemRng.try_next_u64()
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            match self.0.take() {
                Some(id) => bytes.copy_from_slice(&id),
                None => SystemRng.try_fill_bytes(bytes)?,
            }
            Ok(())
        }
    }

    impl TryCryptoRng for Named {}

    let first = &entry.attachments[0];
    let about = About { media_type: first.media_type().clone(), duration_ms: first.duration_ms() };
    attachment::seal(&entry.entry, about, audio, &mut Named(Some(first.id().0))).unwrap()
}

/// The same record with one of its byte strings changed, as a server could hand it out.
pub fn changed(record: &Record, change: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>, &mut Vec<u8>)) -> Vec<u8> {
    let mut header = record.header_bytes().to_vec();
    let mut slots = record.slots_bytes().to_vec();
    let mut body = record.body().to_vec();
    change(&mut header, &mut slots, &mut body);
    let mut out = Vec::new();
    waymark_protocol::record::wire::write_record(&mut out, &header, &slots, &body);
    out
}
