//! A study that is made to be looked at: the draft, with keys that nobody keeps, and a server for one phone that answers in this process.
//!
//! It answers what a phone asks that joins, looks, and sends; what it is sent it forgets. Nothing of it is ever on a network.

use std::sync::{Mutex, PoisonError};

use rand_core::Rng as _;
use serde::Serialize;
use waymark_diary::net::{Body, InProcess, Reply, Request};
use waymark_diary::page::Clock;
use waymark_protocol::api::Token;
use waymark_protocol::api::{DeviceEntry, DeviceState, Enrol, Enrolled, Epoch, Head, InvitationReply, Limits, Receipt};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::{Certificate, Invitation, ServerUrl};
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::record::wire;
use waymark_protocol::study::{Document, DocumentError, Envelope, Keys, StudyFile};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};
use waymark_vault::SystemRng;

/// The study, and what its server knows of the phone.
pub(super) struct Trial {
    invitation: Invitation,
    certificate: Certificate,
    document: SignedDocument,
    token: Token,
    epoch: Epoch,
    clock: Clock,
    phone: Mutex<Option<(DeviceId, Head)>>,
}

impl Trial {
    /// Of the study in `file`, which says that its server is at `server`; nobody ever asks there.
    pub fn of(file: &StudyFile, server: ServerUrl, clock: Clock) -> Result<Self, DocumentError> {
        let (signing, opening) = (SigningKey::generate(&mut SystemRng), OpeningKey::generate(&mut SystemRng));
        let (verifying, sealing) = (signing.verifying_key(), opening.sealing_key());
        let study = StudyId::of(&verifying, &sealing);
        let keys = Keys { signing: verifying.to_string(), encryption: sealing.to_string() };
        let envelope = Envelope { study: study.to_string(), previous: None, keys, key_changes: Vec::new() };
        let document = SignedDocument::sign(&signing, Document::from_study_file(file, envelope)?.to_bytes());
        let secret = InvitationSecret::generate(&mut SystemRng);
        let enrol_key = secret.enrol_key().verifying_key();
        let (mut participant, mut token, mut epoch) = (ParticipantId([0; 16]), Token([0; 32]), Epoch([0; 16]));
        for random in [&mut participant.0[..], &mut token.0[..], &mut epoch.0[..]] {
            SystemRng.fill_bytes(random);
        }
        let certificate = Certificate::sign(&signing, study, participant, enrol_key, file.version, u64::MAX);
        let invitation = Invitation { server, study, secret };
        Ok(Self { invitation, certificate, document, token, epoch, clock, phone: Mutex::default() })
    }

    /// What a person would get to join with.
    pub fn link(&self) -> String {
        self.invitation.to_link()
    }

    fn invited(&self) -> InvitationReply {
        InvitationReply { certificate: self.certificate.clone(), document: self.document.clone() }
    }

    fn enrolled(&self, body: &[u8]) -> Option<Enrolled> {
        let enrol: Enrol = serde_json::from_slice(body).ok()?;
        let head = Head { seq: 0, link: Hash::ZERO };
        *self.phone.lock().unwrap_or_else(PoisonError::into_inner) = Some((DeviceId::of(&enrol.device_key), head));
        let (certificate, document) = (self.certificate.clone(), self.document.clone());
        Some(Enrolled { certificate, token: self.token, document, epoch: self.epoch, time: self.time() })
    }

    fn state(&self) -> Option<DeviceState> {
        let (device, head) = (*self.phone.lock().unwrap_or_else(PoisonError::into_inner))?;
        let limits = Limits {
            push_records: u32::try_from(wire::MAX_PUSH_RECORDS).ok()?,
            push_bytes: u32::try_from(wire::MAX_PUSH_BYTES).ok()?,
        };
        Some(DeviceState {
            epoch: self.epoch,
            head,
            document: None,
            devices: vec![DeviceEntry { device, joined_at: 0, head, heard_at: None }],
            erasures: Vec::new(),
            revocations: Vec::new(),
            sighting: None,
            limits,
            time: self.time(),
        })
    }

    fn receipt(&self, push: &[u8]) -> Option<Receipt> {
        let (_, checkpoint) = wire::read_push(push).ok()?;
        let mut phone = self.phone.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, head) = phone.as_mut()?;
        *head = Head { seq: checkpoint.seq, link: checkpoint.link };
        Some(Receipt { accepted_through: head.seq, link: head.link, epoch: self.epoch, time: self.time() })
    }

    fn time(&self) -> u64 {
        self.clock.now().millis()
    }
}

impl InProcess for Trial {
    fn answer(&self, request: Request) -> Reply {
        let Invitation { study, secret, .. } = &self.invitation;
        let invitation = format!("/v1/studies/{study}/invitations/{}", secret.code());
        let path = request.path.split('?').next().unwrap_or_default();
        let answer = match (&request.body, path) {
            (Body::None, path) if path == invitation => json(&self.invited()),
            (Body::Json(body), "/v1/enrolments") => self.enrolled(body).and_then(|enrolled| json(&enrolled)),
            (Body::None, "/v1/device/state") => self.state().and_then(|state| json(&state)),
            (Body::Records(push), "/v1/device/records") => self.receipt(push).and_then(|receipt| json(&receipt)),
            _ => None,
        };
        // For whatever else a phone may ask, such as to bring another diary back, this is a server with trouble of its own.
        let (status, body) = answer.map_or((503, Vec::new()), |body| (200, body));
        Reply { status, retry_after: None, body }
    }
}

fn json(value: &impl Serialize) -> Option<Vec<u8>> {
    serde_json::to_vec(value).ok()
}
