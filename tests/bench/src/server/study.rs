//! A study, registered on each server that is measured, and the phones that join it.

use std::net::SocketAddr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::api::{AddInvitations, Enrol, Enrolled, RegisterStudy, StudyRegistered};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::genesis::{enrol_device_message, enrol_message};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, OpeningKey, RecoverySecret, SigningKey};
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{ParticipantId, StudyId};
use waymark_vault::SystemRng;

use super::engine::Data;
use super::phone::Phone;
use crate::Result;
use crate::stand::STUDY;

/// A study's keys and document.
pub struct Study {
    signing: SigningKey,
    opening: OpeningKey,
    id: StudyId,
    document: SignedDocument,
}

/// Who reads the study.
pub struct Desk {
    /// The study.
    pub study: StudyId,
    /// A researcher's token.
    pub token: String,
}

impl Study {
    /// Makes keys and signs the document.
    pub fn new() -> Result<Self> {
        let (signing, opening) = (SigningKey::generate(&mut SystemRng), OpeningKey::generate(&mut SystemRng));
        let id = StudyId::of(&signing.verifying_key(), &opening.sealing_key());
        let file = StudyFile::parse(STUDY).map_err(|_| "the example study is not one")?;
        let keys = Keys { signing: signing.verifying_key().to_string(), encryption: opening.sealing_key().to_string() };
        let envelope = Envelope { study: id.to_string(), previous: None, keys, key_changes: Vec::new() };
        let document = SignedDocument::sign(&signing, Document::from_study_file(&file, envelope)?.to_bytes());
        Ok(Self { signing, opening, id, document })
    }

    /// Registers it, and lets so many phones join and push their first record.
    pub async fn join(&self, data: &Data, address: SocketAddr, phones: usize) -> Result<(Desk, Vec<Phone>)> {
        let http = Http { client: reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?, address };
        let request = RegisterStudy {
            signing_key: self.signing.verifying_key(),
            encryption_key: self.opening.sealing_key(),
            document: self.document.clone(),
        };
        let registered: StudyRegistered =
            http.post("/v1/studies", &data.admin_token()?, &request).await?.json().await?;
        let desk = Desk { study: self.id, token: registered.token.to_string() };
        let expires_at = waymark_desk::now_ms() + 3_600_000;
        let invited: Vec<(InvitationSecret, Certificate)> = (0..phones)
            .map(|_| {
                let secret = InvitationSecret::generate(&mut SystemRng);
                let (key, participant) = (secret.enrol_key().verifying_key(), ParticipantId(random()?));
                Ok((secret, Certificate::sign(&self.signing, self.id, participant, key, 1, expires_at)))
            })
            .collect::<Result<_>>()?;
        let certificates = invited.iter().map(|(_, certificate)| certificate.clone()).collect();
        let path = format!("/v1/studies/{}/invitations", self.id);
        http.post(&path, &desk.token, &AddInvitations { certificates }).await?;
        let mut joined = Vec::with_capacity(phones);
        for (secret, certificate) in invited {
            joined.push(self.enrol(&http, &secret, certificate).await?);
        }
        Ok((desk, joined))
    }

    async fn enrol(&self, http: &Http, secret: &InvitationSecret, certificate: Certificate) -> Result<Phone> {
        let (key, recovery) = (SigningKey::generate(&mut SystemRng), RecoverySecret::generate(&mut SystemRng));
        let (device_key, recovery_key) = (key.verifying_key(), recovery.recovery_key().verifying_key());
        let enrol_key = secret.enrol_key();
        let message = enrol_message(&self.id, &certificate.participant, &device_key, &recovery_key);
        let (signature, enrol_key) = (enrol_key.sign(&message), enrol_key.verifying_key());
        let device_signature = key.sign(&enrol_device_message(&self.id, &certificate.participant, &enrol_key));
        let request = Enrol {
            study: self.id,
            device_key,
            recovery_key,
            enrol_key,
            signature,
            device_signature,
            certificate: None,
        };
        let enrolled: Enrolled = http.post("/v1/enrolments", "", &request).await?.json().await?;
        let (mut phone, genesis) = Phone::new(secret, certificate, key, &recovery, enrolled.token.to_string());
        phone.push_genesis(http.address, &genesis).await?;
        Ok(phone)
    }
}

struct Http {
    client: reqwest::Client,
    address: SocketAddr,
}

struct Reply(reqwest::Response);

impl Http {
    async fn post<T: Serialize>(&self, path: &str, token: &str, body: &T) -> Result<Reply> {
        let request = self.client.post(format!("http://{}{path}", self.address)).json(body);
        let request = if token.is_empty() { request } else { request.bearer_auth(token) };
        Ok(Reply(request.send().await?.error_for_status()?))
    }
}

impl Reply {
    async fn json<T: DeserializeOwned>(self) -> Result<T> {
        Ok(self.0.json().await?)
    }
}

fn random() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes).map_err(|_| "no randomness")?;
    Ok(bytes)
}
