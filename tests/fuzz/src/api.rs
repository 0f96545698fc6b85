//! The JSON side of the server's calls, at both ends, and hex.

use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::api::{
    AddInvitations, ApiError, ApiErrorCode, Audit, AuditEntry, Challenge, ChallengeBytes, DeviceState, Due, Enrol,
    Enrolled, Epoch, Head, InvitationReply, Limits, Orders, OrdersPage, ParticipantUsage, Quota, Receipt, Recover,
    Recovered, RegisterStudy, RetentionReview, Revoke, StudyRegistered, Token, Usage,
};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::{self, HexBytes};
use waymark_protocol::order::Revocation;
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{Hash, ParticipantId, StudyId};

use crate::script::Script;
use crate::world::World;

type Reader = fn(&[u8]);

/// Every body that travels, in the order in which the seeds name them.
const BODIES: [Reader; 20] = [
    body::<RegisterStudy>,
    body::<StudyRegistered>,
    body::<AddInvitations>,
    body::<InvitationReply>,
    body::<Enrol>,
    body::<Enrolled>,
    body::<Challenge>,
    body::<Recover>,
    body::<Recovered>,
    body::<DeviceState>,
    body::<Receipt>,
    body::<Revoke>,
    body::<Orders>,
    body::<OrdersPage>,
    body::<Sighting>,
    body::<Usage>,
    body::<RetentionReview>,
    body::<Audit>,
    body::<ApiError>,
    body::<SignedDocument>,
];

/// Reads a body or hex.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let kind = usize::from(script.byte());
    match BODIES.get(kind % (BODIES.len() + 1)) {
        Some(read) => read(script.rest()),
        None => digits(script.rest()),
    }
}

/// One of each.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let world = World::new("fuzz api");
    let (device, recovery) = (world.device.verifying_key(), world.recovery.recovery_key().verifying_key());
    let signing = world.signing.verifying_key();
    let document = SignedDocument::sign(&world.signing, b"{}".to_vec());
    let signature = document.signature;
    let (epoch, token, time) = (Epoch([1; 16]), Token([2; 32]), 1_700_000_000_000);
    let (certificate, study, participant) = (world.certificate.clone(), world.study, world.participant);
    let head = Head { seq: 3, link: Hash([3; 32]) };
    let revocation = Revocation::sign(&world.signing, study, world.device_id(), 3, head.link);
    let orders = Orders { erasures: Vec::new(), revocations: vec![revocation.clone()] };
    let challenge = ChallengeBytes([4; 32]);
    let sighting = Sighting::sign(&world.signing, study, time, Vec::new());
    let joined =
        waymark_protocol::api::DeviceEntry { device: world.device_id(), joined_at: 1, head, heard_at: Some(2) };
    let state = DeviceState {
        epoch,
        head,
        document: Some(document.clone()),
        devices: vec![joined],
        erasures: Vec::new(),
        revocations: vec![revocation.clone()],
        sighting: Some(sighting.clone()),
        limits: Limits { push_records: 500, push_bytes: 1 << 20 },
        time,
    };
    let usage = ParticipantUsage { participant, devices: 1, records: 3, record_bytes: 9, parts: 0, part_bytes: 0 };
    let quota = Quota { participant: Some(9), study: None, records: Some(9) };
    let due = Due { participant, records: 1, bytes: 9, oldest: 1, newest: 2, left_at: None };
    let entry = AuditEntry { id: 1, at: 2, role: "researcher".into(), token: Some(3), action: "study-ended".into() };
    let register =
        RegisterStudy { signing_key: signing, encryption_key: world.opening.sealing_key(), document: document.clone() };
    let (enrol_key, device_signature) = (certificate.enrol_key, signature);
    let enrol = Enrol {
        study,
        device_key: device,
        recovery_key: recovery,
        enrol_key,
        signature,
        device_signature,
        certificate: Some(certificate.clone()),
    };
    let recover = Recover {
        study: Some(study),
        not: vec![participant],
        challenge,
        origin: "https://study.example.org".into(),
        recovery_key: recovery,
        device_key: device,
        signature,
    };
    let recovered = Recovered { study, others: vec![study], participant, token, document: document.clone(), epoch };
    let review = RetentionReview {
        review_after_hours: 9,
        received_until: 3,
        ended_at: None,
        participants: vec![due],
        more: false,
    };
    let page = OrdersPage { erasures: Vec::new(), revocations: Vec::new(), next: Some(HexBytes(vec![1])) };
    let bodies = [
        ("register", json(&register)),
        ("registered", json(&StudyRegistered { study, token, epoch })),
        ("invitations", json(&AddInvitations { certificates: vec![certificate.clone()] })),
        ("invitation", json(&InvitationReply { certificate: certificate.clone(), document: document.clone() })),
        ("enrol", json(&enrol)),
        ("enrolled", json(&Enrolled { certificate, token, document: document.clone(), epoch, time })),
        ("challenge", json(&Challenge { challenge })),
        ("recover", json(&recover)),
        ("recovered", json(&recovered)),
        ("state", json(&state)),
        ("receipt", json(&Receipt { accepted_through: 3, link: head.link, epoch, time })),
        ("revoke", json(&Revoke { revocations: vec![revocation] })),
        ("orders", json(&orders)),
        ("orders-page", json(&page)),
        ("sighting", json(&sighting)),
        ("usage", json(&Usage { participants: vec![usage], more: false, part_bytes: 0, quota })),
        ("retention", json(&review)),
        ("audit", json(&Audit { entries: vec![entry], more: true })),
        ("error", json(&ApiError { code: ApiErrorCode::Gap, message: "a gap".into(), seq: Some(4) })),
        ("document", json(&document)),
    ];
    let numbered = (0..).zip(bodies).map(|(kind, (name, json))| (name, [&[kind], json.as_slice()].concat()));
    let kind = u8::try_from(BODIES.len()).expect("few");
    numbered.chain([("hex", [&[kind], "00ff".repeat(8).as_bytes()].concat())]).collect()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("API types are JSON")
}

/// What is read is written and read again as the same.
fn body<T: Serialize + DeserializeOwned>(bytes: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(bytes) else { return };
    let written = json(&read);
    let again: T = serde_json::from_slice(&written).expect("a body that was read is written as one");
    assert!(json(&again) == written, "a body is not what it was when it was written and read");
}

fn digits(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let decoded = hex::decode(text);
    if let Some(decoded) = &decoded {
        assert_eq!(hex::encode(decoded), text);
    }
    let parsed = [
        text.parse::<StudyId>().ok().map(|id| id.to_string()),
        text.parse::<ParticipantId>().ok().map(|id| id.to_string()),
        text.parse::<Hash>().ok().map(|hash| hash.to_string()),
    ];
    for shown in parsed.into_iter().flatten() {
        assert!(shown == text && decoded.is_some());
    }
}
