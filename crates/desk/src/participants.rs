//! Who takes part: labels, participant numbers and invitations. Labels stay on this machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_protocol::ParticipantId;
use waymark_protocol::hex::{self, HexBytes};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::InvitationSecret;
use waymark_vault::{Reader, Table, Tx};
use zeroize::{Zeroize, Zeroizing};

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;

const PARTICIPANTS: Table = Table::new("participants");

/// An invitation that was made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub secret: InvitationSecret,
    pub certificate: Certificate,
    /// Whether the server has its certificate.
    pub sent: bool,
    /// Whether it was taken back.
    pub revoked: Option<Revoked>,
}

/// An invitation was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revoked {
    /// When: milliseconds since 1970, UTC.
    pub at: u64,
    /// Whether the server knows.
    pub sent: bool,
}

/// One participant.
#[derive(Debug, Clone)]
pub(crate) struct Participant {
    pub label: String,
    /// The newest last.
    pub invitations: Vec<Made>,
}

#[derive(Serialize, Deserialize)]
struct ParticipantRow {
    label: String,
    invitations: Vec<MadeRow>,
}

#[derive(Serialize, Deserialize)]
struct MadeRow {
    secret: HexBytes,
    certificate: Certificate,
    sent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked: Option<Revoked>,
}

impl Drop for MadeRow {
    fn drop(&mut self) {
        self.secret.0.zeroize();
    }
}

/// All participants.
pub(crate) fn load(reader: Reader<'_>) -> Result<BTreeMap<ParticipantId, Participant>, CollectionError> {
    let mut all = BTreeMap::new();
    reader.scan(PARTICIPANTS, |id, bytes| {
        let row = || CollectionError::Row("participants");
        let id = ParticipantId::from_slice(id).ok_or_else(row)?;
        let ParticipantRow { label, invitations } = serde_json::from_slice(bytes).map_err(|_| row())?;
        let invitations = invitations.iter().map(|made| {
            let secret = InvitationSecret::from_slice(&made.secret.0).ok_or_else(row)?;
            Ok(Made { secret, certificate: made.certificate.clone(), sent: made.sent, revoked: made.revoked })
        });
        all.insert(id, Participant { label, invitations: invitations.collect::<Result<_, CollectionError>>()? });
        Ok::<_, CollectionError>(())
    })?;
    Ok(all)
}

/// The same with those whom the desk knows by what they sent alone, and calls by their numbers: it was made anew from the study's keys.
pub(crate) fn load_known(desk: &Desk) -> Result<BTreeMap<ParticipantId, Participant>, CollectionError> {
    let mut all = load(desk.vault.reader())?;
    for (_, stored) in Collection::load(desk.vault.reader())?.records() {
        let number = stored.header().participant;
        let nameless = || Participant { label: hex::encode(&number.0), invitations: Vec::new() };
        all.entry(number).or_insert_with(nameless);
    }
    Ok(all)
}

pub(crate) fn store(tx: &mut Tx<'_>, id: &ParticipantId, participant: &Participant) -> Result<(), CollectionError> {
    let made = participant.invitations.iter().map(|made| MadeRow {
        secret: HexBytes(made.secret.dangerously_bytes().to_vec()),
        certificate: made.certificate.clone(),
        sent: made.sent,
        revoked: made.revoked,
    });
    let row = ParticipantRow { label: participant.label.clone(), invitations: made.collect() };
    let json = Zeroizing::new(serde_json::to_vec(&row).expect("a struct with string keys is always JSON"));
    Ok(tx.put(PARTICIPANTS, &id.0, &json)?)
}

/// There is nobody of this label or number.
#[derive(Debug, thiserror::Error)]
#[error("there is no such participant at this desk: `waymark-desk participants` shows those there are")]
pub struct Unknown;

/// The participant of this label, else of this number.
pub(crate) fn find(
    mut all: BTreeMap<ParticipantId, Participant>,
    name: &str,
) -> Result<(ParticipantId, Participant), Unknown> {
    let (name, number) = (name.trim(), name.trim().parse::<ParticipantId>().ok());
    let by_label = all.iter().find(|(_, participant)| participant.label == name).map(|(id, _)| *id);
    let id = by_label.or(number).ok_or(Unknown)?;
    all.remove(&id).map(|participant| (id, participant)).ok_or(Unknown)
}

/// Names participants: by their label, else by their number.
#[derive(Debug, Clone)]
pub struct Labels(BTreeMap<ParticipantId, String>);

impl Labels {
    /// The labels that the desk keeps.
    pub fn load(reader: Reader<'_>) -> Result<Self, CollectionError> {
        Ok(Self(load(reader)?.into_iter().map(|(id, participant)| (id, participant.label)).collect()))
    }

    /// How this participant is called here.
    pub fn of(&self, participant: &ParticipantId) -> String {
        self.0.get(participant).cloned().unwrap_or_else(|| hex::encode(&participant.0))
    }

    /// Whether somebody is called so: who was invited here, or one of these, who have sent something.
    pub(crate) fn has(&self, label: &str, mut sent: impl Iterator<Item = ParticipantId>) -> bool {
        self.0.values().any(|known| known == label) || sent.any(|participant| self.of(&participant) == label)
    }
}
