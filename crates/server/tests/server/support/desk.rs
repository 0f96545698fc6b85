//! A study's keys and what it signs.

use waymark_protocol::api::{AddInvitations, RegisterStudy, StudyRegistered};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::record::Target;
use waymark_protocol::record::wire::FeedItem;
use waymark_protocol::study::{Document, Envelope, Keys, StudyFile};
use waymark_protocol::{ParticipantId, StudyId};

use super::{Http, Reply, Rng, now, random};

const STUDY: &str = r#"
title = "A study"
version = 1
languages = ["en"]
review_after = "1y"

[[phase]]
id = "all"
from = "0w"
title = "All"

[[prompt_set]]
id = "daily"
when = "day"

[[prompt]]
id = "stays"
set = "daily"
kind = "text"
text = "What stays with you?"

[[consent]]
id = "text"
required = true
text = "The study may read what I share."
"#;

/// A desk whose study is registered.
pub struct Desk {
    pub http: Http,
    pub signing: SigningKey,
    pub opening: OpeningKey,
    pub study: StudyId,
    pub document: SignedDocument,
    pub token: String,
}

impl Desk {
    /// Makes keys and registers the study.
    pub fn new(http: Http, admin: &str) -> Self {
        let (signing, opening) = (SigningKey::generate(&mut Rng), OpeningKey::generate(&mut Rng));
        let study = StudyId::of(&signing.verifying_key(), &opening.sealing_key());
        let document = document(&signing, &opening, study, 1, None);
        let mut desk = Self { http, signing, opening, study, document, token: String::new() };
        desk.token = desk.register(admin).ok::<StudyRegistered>().token.to_string();
        desk
    }

    pub fn register(&self, admin: &str) -> Reply {
        self.http.post("/v1/studies", admin, &self.registration())
    }

    pub fn registration(&self) -> RegisterStudy {
        RegisterStudy {
            signing_key: self.signing.verifying_key(),
            encryption_key: self.opening.sealing_key(),
            document: self.document.clone(),
        }
    }

    /// The path of one of the study's calls.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/studies/{}/{rest}", self.study)
    }

    /// A document with this version and predecessor.
    pub fn document(&self, version: u32, previous: Option<String>) -> SignedDocument {
        document(&self.signing, &self.opening, self.study, version, previous)
    }

    /// Signs and adds an invitation.
    pub fn invite(&self) -> (InvitationSecret, Certificate) {
        self.invite_until(now() + 3_600_000)
    }

    pub fn invite_until(&self, expires_at: u64) -> (InvitationSecret, Certificate) {
        self.invite_participant(ParticipantId(random()), expires_at)
    }

    /// Another invitation for somebody who has taken part.
    pub fn invite_again(&self, participant: ParticipantId) -> (InvitationSecret, Certificate) {
        self.invite_participant(participant, now() + 3_600_000)
    }

    fn invite_participant(&self, participant: ParticipantId, expires_at: u64) -> (InvitationSecret, Certificate) {
        let secret = InvitationSecret::generate(&mut Rng);
        let key = secret.enrol_key().verifying_key();
        let certificate = Certificate::sign(&self.signing, self.study, participant, key, 1, expires_at);
        let request = AddInvitations { certificates: vec![certificate.clone()] };
        self.http.post(&self.path("invitations"), &self.token, &request).done();
        (secret, certificate)
    }

    /// Signs an erasure order.
    pub fn erasure(&self, target: Target) -> ErasureOrder {
        ErasureOrder::sign(&self.signing, OrderId(random()), self.study, target, now(), "asked by letter".to_owned())
    }

    /// Everything that the server hands out after a cursor.
    pub fn pull(&self, mut after: u64) -> Vec<FeedItem> {
        let mut all = Vec::new();
        loop {
            let items = self.http.get(&self.path(&format!("records?after={after}")), &self.token).feed();
            let Some(last) = items.last() else { return all };
            after = last.server_seq;
            all.extend(items);
        }
    }
}

fn document(
    signing: &SigningKey,
    opening: &OpeningKey,
    study: StudyId,
    version: u32,
    previous: Option<String>,
) -> SignedDocument {
    let text = STUDY.replace("version = 1", &format!("version = {version}"));
    let file = StudyFile::parse(&text).unwrap_or_else(|_| panic!("the study file is right"));
    let keys = Keys { signing: signing.verifying_key().to_string(), encryption: opening.sealing_key().to_string() };
    let envelope = Envelope { study: study.to_string(), previous, keys, key_changes: Vec::new() };
    SignedDocument::sign(signing, Document::from_study_file(&file, envelope).unwrap().to_bytes())
}
