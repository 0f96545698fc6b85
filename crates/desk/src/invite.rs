//! Inviting a participant.
//!
//! The same label gives the same participant and, while it is neither used, expired nor revoked, the same invitation. It is stored
//! before it is sent: when the server cannot be reached, the next `invite` of that label sends what is there.

use rand_core::Rng;
use serde::Serialize;
use waymark_protocol::ParticipantId;
use waymark_protocol::api::AddInvitations;
use waymark_protocol::genesis::GenesisProof;
use waymark_protocol::invitation::{Certificate, Invitation};
use waymark_protocol::keys::{InvitationSecret, VerifyingKey};
use waymark_vault::SystemRng;

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::participants::{self, Made, Participant};
use crate::transport::{Server, TransportError};

/// How long an invitation is good for.
const GOOD_FOR_MS: u64 = 90 * 24 * 60 * 60 * 1000;
const LONGEST_LABEL: usize = 200;
/// How many invitations one call holds.
const AT_ONCE: usize = 250;

/// Why there is no invitation.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Not a label.
    #[error("a participant's label is 1 to {LONGEST_LABEL} characters in one line")]
    Label,
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The server did not get it.
    #[error("{0}; the invitation is kept: run the same command again to send it")]
    NotSent(#[source] TransportError),
    /// The server cannot be talked to.
    #[error(transparent)]
    Server(TransportError),
}

/// What a researcher gives to one participant.
#[derive(Serialize)]
pub struct Invited {
    /// The label.
    pub participant: String,
    /// A link that opens the diary.
    pub link: String,
    /// The same to be typed.
    pub text: String,
    /// The same as a picture.
    pub qr_svg: String,
    /// The same by way of the study's join page, where it has one.
    #[serde(flatten)]
    pub page: Option<ByPage>,
}

/// The https form of an invitation.
#[derive(Serialize)]
pub struct ByPage {
    /// A link that opens the join page.
    pub page_link: String,
    /// The same as a picture.
    pub page_qr_svg: String,
}

/// Links, text and pictures hold the invitation's secret.
impl std::fmt::Debug for Invited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invited(…)")
    }
}

/// As [`Invited`].
impl std::fmt::Debug for ByPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ByPage(…)")
    }
}

/// Invites the participant of this label.
pub async fn invite(desk: &mut Desk, label: &str, now_ms: u64) -> Result<Invited, InviteError> {
    let server = desk.server().map_err(InviteError::Server)?;
    invite_over(&server, desk, label, now_ms).await
}

/// As [`invite`], by a server that is given.
pub async fn invite_over(server: &Server, desk: &mut Desk, label: &str, now_ms: u64) -> Result<Invited, InviteError> {
    let label = label.trim();
    if !is_label(label) {
        return Err(InviteError::Label);
    }
    let known = participants::load(desk.vault.reader())?;
    let (id, mut participant) = match known.into_iter().find(|(_, known)| known.label == label) {
        Some(found) => found,
        None => (random_participant(), Participant { label: label.to_owned(), invitations: Vec::new() }),
    };
    let usable = match participant.invitations.last() {
        Some(made) if made.revoked.is_some() || made.certificate.expires_at <= now_ms => false,
        Some(made) => !is_used(desk, &id, &made.certificate.enrol_key)?,
        None => false,
    };
    if !usable {
        participant.invitations.push(make(desk, id, now_ms));
        store(desk, &id, &participant)?;
    }
    let made = participant.invitations.last_mut().expect("there is one, or one was made just now");
    if !made.sent {
        let add = AddInvitations { certificates: vec![made.certificate.clone()] };
        let sent = server.add_invitations(desk.identity.study, &add).await;
        sent.map_err(InviteError::NotSent)?;
        made.sent = true;
        store(desk, &id, &participant)?;
    }
    let secret = &participant.invitations.last().expect("there is one").secret;
    let invitation =
        Invitation { server: desk.identity.server.clone(), study: desk.identity.study, secret: secret.clone() };
    let page = desk
        .identity
        .join_page
        .as_ref()
        .map(|page| ByPage { page_link: invitation.to_page_link(page), page_qr_svg: invitation.to_page_qr_svg(page) });
    Ok(Invited {
        participant: label.to_owned(),
        link: invitation.to_link(),
        text: invitation.to_text(),
        qr_svg: invitation.to_qr_svg(),
        page,
    })
}

/// Gives the server every invitation that it had and that somebody could still join with.
pub(crate) async fn say_again<E>(desk: &Desk, server: &Server, collection: &Collection, now_ms: u64) -> Result<(), E>
where
    E: From<TransportError> + From<CollectionError>,
{
    let mut open = Vec::new();
    for (id, participant) in participants::load(desk.vault.reader())? {
        let made = participant.invitations.iter().filter(|made| made.sent && made.revoked.is_none());
        let certificates = made.map(|made| &made.certificate).filter(|certificate| certificate.expires_at > now_ms);
        open.extend(
            certificates.filter(|certificate| !has_joined(desk, collection, &id, &certificate.enrol_key)).cloned(),
        );
    }
    for certificates in open.chunks(AT_ONCE) {
        let add = AddInvitations { certificates: certificates.to_vec() };
        server.add_invitations(desk.identity.study, &add).await?;
    }
    Ok(())
}

/// Whether a participant can be called so.
pub(crate) fn is_label(text: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

fn random_participant() -> ParticipantId {
    let mut id = ParticipantId([0; 16]);
    SystemRng.fill_bytes(&mut id.0);
    id
}

fn make(desk: &Desk, id: ParticipantId, now_ms: u64) -> Made {
    let secret = InvitationSecret::generate(&mut SystemRng);
    let certificate = Certificate::sign(
        &desk.keys.signing,
        desk.identity.study,
        id,
        secret.enrol_key().verifying_key(),
        desk.identity.document.document.version,
        now_ms.saturating_add(GOOD_FOR_MS),
    );
    Made { secret, certificate, sent: false, revoked: None }
}

pub(crate) fn store(desk: &mut Desk, id: &ParticipantId, participant: &Participant) -> Result<(), CollectionError> {
    desk.vault.write(|tx| participants::store(tx, id, participant))
}

/// Whether a device that was collected has joined with this invitation.
pub(crate) fn is_used(desk: &Desk, id: &ParticipantId, enrol_key: &VerifyingKey) -> Result<bool, CollectionError> {
    Ok(has_joined(desk, &Collection::load(desk.vault.reader())?, id, enrol_key))
}

/// The same, of a collection that is loaded.
pub(crate) fn has_joined(desk: &Desk, collection: &Collection, id: &ParticipantId, enrol_key: &VerifyingKey) -> bool {
    let keys = &desk.identity.document.signing_keys;
    collection.geneses().any(|genesis| {
        matches!(&genesis.proof, GenesisProof::Invitation { certificate, .. } if certificate.enrol_key == *enrol_key)
            && genesis.verify_invitation(&desk.identity.study, id, keys).is_ok()
    })
}
