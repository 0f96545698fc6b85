//! A study's server in memory, as far as a phone sees it, with faults that can be asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use serde::Serialize;
use waymark_diary::net::{Body, NetError, Reply, Request, Transport};
use waymark_diary::protocol::api::{
    ApiError, ApiErrorCode, Challenge, ChallengeBytes, DeviceState, Enrol, Enrolled, Epoch, Head, InvitationReply,
    Limits, Receipt, Recover, Recovered, Token,
};
use waymark_diary::protocol::checkpoint::Checkpoint;
use waymark_diary::protocol::document::SignedDocument;
use waymark_diary::protocol::invitation::{Certificate, Invitation, ServerUrl};
use waymark_diary::protocol::keys::{InvitationSecret, OpeningKey, SigningKey, VerifyingKey};
use waymark_diary::protocol::record::{Kind, Record, wire};
use waymark_diary::protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_diary::protocol::{DeviceId, Hash, ParticipantId, StudyId};

/// What a request is, in a word: `PUT part`, `POST records`….
pub type Call = &'static str;

/// What happens to calls of one kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The request does not arrive.
    Cut,
    /// It arrives and is done; the answer is lost.
    LoseReply,
    /// The server has trouble of its own.
    Trouble,
    /// The study may have no more stored.
    NoRoom,
    /// There is no such thing, or no longer.
    Gone,
    /// The bytes of the answer are others.
    Garble,
}

struct Device {
    token: Token,
    log: Vec<Record>,
    checkpoints: Vec<Checkpoint>,
}

#[derive(Default)]
struct State {
    devices: BTreeMap<DeviceId, Device>,
    parts: BTreeMap<Hash, Vec<u8>>,
    calls: Vec<Call>,
    faults: Vec<(Call, usize, Fault)>,
    recovery_key: Option<VerifyingKey>,
    /// How many were given.
    tokens: u8,
    /// How often it was restored from a backup.
    lives: u8,
}

pub struct Server {
    pub url: ServerUrl,
    opening: OpeningKey,
    secret: InvitationSecret,
    certificate: Certificate,
    document: SignedDocument,
    study: StudyId,
    state: Mutex<State>,
}

const NOW: u64 = 1_772_479_800_000;
const PARTICIPANT: ParticipantId = ParticipantId([7; 16]);

impl Server {
    /// A server with a study whose hold is none, and an invitation.
    pub fn new() -> Self {
        let random = |seed: u8| SigningKey::from_seed(&[seed; 32]);
        let (signing, opening) = (random(1), OpeningKey::generate(&mut waymark_vault::SystemRng));
        let (verifying, sealing) = (signing.verifying_key(), opening.sealing_key());
        let study = StudyId::of(&verifying, &sealing);
        let text = include_str!("../../../../studies/transitions.toml").replace("hold = \"48h\"", "hold = \"0h\"");
        let file = StudyFile::parse(&text).expect("the example study");
        let keys = Keys { signing: verifying.to_string(), encryption: sealing.to_string() };
        let envelope = Envelope { study: study.to_string(), previous: None, keys, key_changes: Vec::new() };
        let document = Document::from_study_file(&file, envelope).expect("a document");
        let document = SignedDocument::sign(&signing, document.to_bytes());
        let secret = InvitationSecret::generate(&mut waymark_vault::SystemRng);
        let enrol = secret.enrol_key().verifying_key();
        let certificate = Certificate::sign(&signing, study, PARTICIPANT, enrol, 1, u64::MAX);
        let url = ServerUrl::parse("https://study.example.org").expect("an address");
        Self { url, opening, secret, certificate, document, study, state: Mutex::default() }
    }

    pub fn invitation(&self) -> Invitation {
        Invitation { server: self.url.clone(), study: self.study, secret: self.secret.clone() }
    }

    /// The next calls of this kind go wrong, after `skip` that do not.
    pub fn fault(&self, call: Call, skip: usize, fault: Fault) {
        self.state().faults.push((call, skip, fault));
    }

    pub fn calm(&self) {
        self.state().faults.clear();
    }

    /// How often a call of this kind came, and what came since the last time it was asked.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.state().calls)
    }

    pub fn parts(&self) -> BTreeMap<Hash, Vec<u8>> {
        self.state().parts.clone()
    }

    /// Loses a part, or all of them.
    pub fn lose_parts(&self) {
        self.state().parts.clear();
    }

    /// Is restored from a backup that has every record, and no part.
    pub fn restored_without_parts(&self) {
        let mut state = self.state();
        state.parts.clear();
        state.lives += 1;
    }

    pub fn put_part(&self, bytes: &[u8]) {
        self.state().parts.insert(Hash::of(bytes), bytes.to_vec());
    }

    /// Becomes what it was before any phone joined.
    pub fn forget_phones(&self) {
        let mut state = self.state();
        (state.devices, state.parts) = Default::default();
    }

    /// Loses all records after the first `keep` of each log.
    pub fn roll_back(&self, keep: usize) {
        for device in self.state().devices.values_mut() {
            device.log.truncate(keep);
            device.checkpoints.retain(|checkpoint| checkpoint.seq <= keep as u64);
        }
    }

    /// The parts that records list which are not erased.
    pub fn listed(&self) -> BTreeSet<Hash> {
        let state = self.state();
        let all = || state.devices.values().flat_map(|device| &device.log);
        let erased: BTreeSet<_> =
            all().filter(|it| it.header().kind == Kind::Erase).filter_map(|it| it.header().target).collect();
        let whole = all().filter(|record| !erased.contains(&record.as_target()));
        whole.flat_map(|record| record.header().parts.clone()).collect()
    }

    /// The entries that the study can open.
    pub fn shared(&self) -> Vec<waymark_diary::protocol::content::Entry> {
        use waymark_diary::protocol::seal::{open_body, open_grant};
        let state = self.state();
        let all: Vec<&Record> = state.devices.values().flat_map(|device| &device.log).collect();
        let grants = all.iter().filter(|record| record.header().kind == Kind::Grant);
        let open = |grant: &&&Record| {
            let target = all.iter().find(|record| Some(record.as_target()) == grant.header().target)?;
            let key = open_grant(grant, &self.opening).ok()?;
            waymark_diary::protocol::content::Entry::parse(&open_body(target, &key).ok()?).ok()
        };
        grants.filter_map(|grant| open(&grant)).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked")
    }

    fn answer(&self, request: &Request) -> Reply {
        let mut state = self.state();
        let path = request.path.split('?').next().unwrap_or_default();
        let device = request
            .token
            .and_then(|token| state.devices.iter().find(|(_, device)| device.token.0 == token.0).map(|(id, _)| *id));
        match (path, &request.body, device) {
            ("/v1/enrolments", Body::Json(body), _) => {
                let enrol: Enrol = serde_json::from_slice(body).expect("JSON");
                state.recovery_key = Some(enrol.recovery_key);
                let token = state.enrol(&enrol.device_key);
                let (certificate, document) = (self.certificate.clone(), self.document.clone());
                json(&Enrolled { certificate, token, document, epoch: state.epoch(), time: NOW })
            }
            ("/v1/recoveries/challenge", Body::Json(_), _) => json(&Challenge { challenge: ChallengeBytes([3; 32]) }),
            ("/v1/recoveries", Body::Json(body), _) => {
                let recover: Recover = serde_json::from_slice(body).expect("JSON");
                if state.recovery_key != Some(recover.recovery_key) {
                    return refused(404, ApiErrorCode::NotFound);
                }
                let token = state.enrol(&recover.device_key);
                let document = self.document.clone();
                json(&Recovered {
                    study: self.study,
                    others: Vec::new(),
                    participant: PARTICIPANT,
                    token,
                    document,
                    epoch: state.epoch(),
                })
            }
            ("/v1/device/state", Body::None, Some(id)) => json(&state.of(&id)),
            ("/v1/device/records", Body::Records(push), Some(id)) => {
                let (records, checkpoint) = wire::read_push(push).expect("a push");
                let device = state.devices.get_mut(&id).expect("known");
                for record in records {
                    let place = usize::try_from(record.header().seq).expect("small") - 1;
                    match device.log.get(place) {
                        Some(known) => assert!(known.link() == record.link(), "the same bytes again"),
                        None => device.log.push(record),
                    }
                }
                let link = device.log.last().expect("a record").link();
                device.checkpoints.push(checkpoint);
                let accepted_through = device.log.len() as u64;
                json(&Receipt { accepted_through, link, epoch: state.epoch(), time: NOW })
            }
            ("/v1/device/records", Body::None, Some(_)) => {
                Reply { status: 200, retry_after: None, body: state.feed(request) }
            }
            (path, body, _) if path.starts_with("/v1/studies/") && matches!(body, Body::None) => {
                json(&InvitationReply { certificate: self.certificate.clone(), document: self.document.clone() })
            }
            (path, body, Some(_)) if path.starts_with("/v1/device/parts/") => {
                let hash: Hash = path.rsplit('/').next().and_then(|hash| hash.parse().ok()).expect("a hash");
                match body {
                    Body::Head => status(if state.parts.contains_key(&hash) { 200 } else { 404 }),
                    Body::Part(bytes) => {
                        assert!(Hash::of(bytes) == hash, "a part has the name of its bytes");
                        state.parts.insert(hash, bytes.clone());
                        status(204)
                    }
                    _ => match state.parts.get(&hash) {
                        Some(bytes) => Reply { status: 200, retry_after: None, body: bytes.clone() },
                        None => refused(404, ApiErrorCode::NotFound),
                    },
                }
            }
            (path, _, None) if path.starts_with("/v1/device/") => refused(401, ApiErrorCode::Unauthorized),
            (path, _, _) => panic!("nobody asks {path}"),
        }
    }
}

impl State {
    fn enrol(&mut self, key: &VerifyingKey) -> Token {
        self.tokens += 1;
        let token = Token([self.tokens; 32]);
        let device = Device { token, log: Vec::new(), checkpoints: Vec::new() };
        self.devices.entry(DeviceId::of(key)).or_insert(device).token
    }

    fn epoch(&self) -> Epoch {
        Epoch([self.lives; 16])
    }

    fn of(&self, id: &DeviceId) -> DeviceState {
        let log = &self.devices[id].log;
        let head = Head { seq: log.len() as u64, link: log.last().map_or(Hash::ZERO, Record::link) };
        DeviceState {
            epoch: self.epoch(),
            head,
            document: None,
            devices: Vec::new(),
            erasures: Vec::new(),
            revocations: Vec::new(),
            sighting: None,
            limits: Limits { push_records: 500, push_bytes: 1024 * 1024 },
            time: NOW,
        }
    }

    /// All records, then all checkpoints, at once; and at the second time nothing. What is erased comes whole: that too must
    /// not bring it back.
    fn feed(&self, request: &Request) -> Vec<u8> {
        let mut out = Vec::new();
        if !request.path.ends_with("after=0") {
            return out;
        }
        let mut place = 0;
        let mut frame = |out: &mut Vec<u8>| {
            place += 1;
            wire::write_feed_frame(out, place, NOW, false);
        };
        for device in self.devices.values() {
            for record in &device.log {
                frame(&mut out);
                wire::write_record(&mut out, record.header_bytes(), record.slots_bytes(), record.body());
            }
            for checkpoint in &device.checkpoints {
                frame(&mut out);
                wire::write_checkpoint(&mut out, checkpoint);
            }
        }
        out
    }
}

impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let call = name(&request);
        let fault = {
            let mut state = self.state();
            state.calls.push(call);
            let mut fault = None;
            for (which, skip, what) in &mut state.faults {
                if *which != call {
                    continue;
                }
                match skip {
                    0 => fault = Some(*what),
                    _ => *skip -= 1,
                }
            }
            fault
        };
        match fault {
            Some(Fault::Cut) => Err(NetError::Unreachable),
            Some(Fault::Trouble) => Ok(status(503)),
            Some(Fault::Gone) => Ok(refused(410, ApiErrorCode::InvitationGone)),
            Some(Fault::NoRoom) => Ok(refused(409, ApiErrorCode::Quota)),
            Some(Fault::LoseReply) => {
                self.answer(&request);
                Err(NetError::Unreachable)
            }
            Some(Fault::Garble) => Ok(Reply { body: b"something else".to_vec(), ..self.answer(&request) }),
            None => Ok(self.answer(&request)),
        }
    }
}

fn name(request: &Request) -> Call {
    let part = request.path.starts_with("/v1/device/parts/");
    match &request.body {
        Body::Json(_) if request.path == "/v1/enrolments" => "POST enrolments",
        Body::Head => "HEAD part",
        Body::Part(_) => "PUT part",
        Body::None if part => "GET part",
        Body::Records(_) => "POST records",
        Body::None | Body::Json(_) => "other",
    }
}

fn json(value: &impl Serialize) -> Reply {
    Reply { status: 200, retry_after: None, body: serde_json::to_vec(value).expect("JSON") }
}

fn status(status: u16) -> Reply {
    Reply { status, retry_after: None, body: Vec::new() }
}

fn refused(status: u16, code: ApiErrorCode) -> Reply {
    let error = ApiError { code, message: String::new(), seq: None };
    Reply { status, ..json(&error) }
}
