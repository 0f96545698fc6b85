//! The study's word that it has ended, or that a participant has left. Nothing is deleted: what phones still send is kept and marked
//! as late, and the word can be taken back.
//!
//! The server says the same whether it knew or not; what this desk has said is kept here. The study's word is kept before it is sent:
//! what did not arrive, the next pull tells. That it has ended is said once more after the server was restored from a backup; that it goes
//! on is not, for others can end it as well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_protocol::ParticipantId;
use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::genesis::GenesisProof;
use waymark_protocol::proof::Standing;
use waymark_vault::{Reader, Table};

use crate::collection::CollectionError;
use crate::desk::Desk;
use crate::judged::JudgedPerson;
use crate::participants::{self, Unknown};
use crate::telling::Which;
use crate::transport::{Server, TransportError};
use crate::verify::rfc3339;

const SAID: Table = Table::new("ending");
const STUDY: &[u8] = b"study";

/// Why the word was not given.
#[derive(Debug, thiserror::Error)]
pub enum EndingError {
    /// There is nobody of this name.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The participant has no phone on the server.
    #[error("nobody has joined with this participant's invitation yet: `revoke` takes it back")]
    NotJoined,
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The server knows it, and here it is not noted.
    #[error("the server knows it now, but it could not be noted here ({0}): say it once more, which does no harm")]
    NotNoted(#[source] CollectionError),
    /// The server cannot be talked to, or does not take it.
    #[error(transparent)]
    Server(TransportError),
    /// The server did not hear of it.
    #[error("{0}; the word is kept: the same command again, or `pull`, tells the server")]
    NotSent(#[from] TransportError),
}

/// The study's end, as the server has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StudyEnd {
    /// The study's title.
    pub study: String,
    /// When this desk first said so, RFC 3339 in UTC; none when the study goes on.
    pub ended_at: Option<String>,
    /// Whether this desk had said the same before.
    pub again: bool,
}

/// A participant's leaving, as the server has it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaving {
    /// The participant's label.
    pub participant: String,
    /// When this desk first said so, RFC 3339 in UTC; none when the participant takes part.
    pub left_at: Option<String>,
    /// Whether this desk had said the same before.
    pub again: bool,
}

/// Says that the study has ended, or that it goes on after all.
///
/// # Errors
///
/// The server cannot be reached or refuses, or the desk's file cannot be written; see [`EndingError`].
pub async fn end(desk: &mut Desk, ended: bool, now_ms: u64) -> Result<StudyEnd, EndingError> {
    let before = word(desk, STUDY)?;
    let again = before.map_or(!ended, |before| before.holds == ended && before.sent);
    let at = before.filter(|before| before.holds == ended).map_or(now_ms, |before| before.at);
    keep(desk, STUDY, Said { holds: ended, at, sent: false })?;
    let server = desk.server();
    tell::<EndingError>(desk, &server.map_err(EndingError::Server)?, Which::Unheard).await?;
    let ended_at = if ended { rfc3339(at) } else { None };
    Ok(StudyEnd { study: desk.identity.title().to_owned(), ended_at, again })
}

/// Says that a participant, named by label or number, has left, or takes part after all.
///
/// # Errors
///
/// Somebody unknown or who has not joined, a server that cannot be reached or refuses, or the desk's file; see [`EndingError`].
pub async fn leave(desk: &mut Desk, name: &str, left: bool, now_ms: u64) -> Result<Leaving, EndingError> {
    let (id, participant) = participants::find(participants::load_known(desk)?, name)?;
    let server = desk.server().map_err(EndingError::Server)?;
    match server.leave(desk.identity.study, id, left).await {
        Err(error) if error.code() == Some(ApiErrorCode::NotFound) => {
            return Err(EndingError::NotJoined);
        }
        told => told.map_err(EndingError::Server)?,
    }
    let before = word(desk, &id.0).map_err(EndingError::NotNoted)?;
    let again = before.map_or(!left, |before| before.holds == left);
    let at = before.filter(|before| before.holds == left).map_or(now_ms, |before| before.at);
    keep(desk, &id.0, Said { holds: left, at, sent: true }).map_err(EndingError::NotNoted)?;
    Ok(Leaving { participant: participant.label, left_at: if left { rfc3339(at) } else { None }, again })
}

/// Tells the server the last word on the study's end, if there is one that it has not heard or may have forgotten.
pub(crate) async fn tell<E>(desk: &mut Desk, server: &Server, which: Which) -> Result<(), E>
where
    E: From<TransportError> + From<CollectionError>,
{
    match word(desk, STUDY)? {
        Some(word) if which == Which::All || !word.sent => {
            server.end_study(desk.identity.study, word.holds).await?;
            if word.holds {
                keep(desk, STUDY, Said { sent: true, ..word })?;
            } else {
                // Not said again: somebody else may end the study after that.
                desk.vault.write(|tx| tx.delete(SAID, STUDY)).map_err(CollectionError::from)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What this desk has said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    /// That it has ended, or that somebody has left; else that it goes on, or that somebody takes part after all.
    pub holds: bool,
    /// When this desk first said so: milliseconds since 1970, UTC.
    pub at: u64,
    /// Whether the server has heard it.
    pub sent: bool,
}

/// What this desk has said last of the study's end.
pub(crate) fn said_of_study(reader: Reader<'_>) -> Result<Option<Said>, CollectionError> {
    reader.get(SAID, STUDY)?.map(|json| said(&json)).transpose()
}

/// Of whom this desk has said that they have left, and when it first said so: milliseconds since 1970, UTC.
pub(crate) fn said_to_have_left(reader: Reader<'_>) -> Result<BTreeMap<ParticipantId, u64>, CollectionError> {
    let mut left = BTreeMap::new();
    reader.scan(SAID, |what, json| {
        let said = said(json)?;
        if let Some(participant) = ParticipantId::from_slice(what).filter(|_| said.holds) {
            left.insert(participant, said.at);
        }
        Ok::<_, CollectionError>(())
    })?;
    Ok(left)
}

/// Whether this desk has said that they have left, and nobody has joined with an invitation of theirs since: the server then takes it back.
pub(crate) fn has_left(left: &BTreeMap<ParticipantId, u64>, person: &JudgedPerson<'_>) -> bool {
    let at = person.participant.and_then(|participant| left.get(&participant));
    at.is_some_and(|at| !joined_since(person, *at))
}

/// Whether a phone has joined with an invitation since.
pub(crate) fn joined_since(person: &JudgedPerson<'_>, at: u64) -> bool {
    person.records().any(|record| {
        let genesis = record.seen.genesis.as_ref();
        let invited = genesis.is_some_and(|genesis| matches!(genesis.proof, GenesisProof::Invitation { .. }));
        invited && record.standing == Standing::Covered && record.stored.received_at > at
    })
}

fn said(json: &[u8]) -> Result<Said, CollectionError> {
    serde_json::from_slice(json).map_err(|_| CollectionError::Row("ending"))
}

/// The last word on the study's end or on a participant's leaving.
fn word(desk: &Desk, what: &[u8]) -> Result<Option<Said>, CollectionError> {
    desk.vault.reader().get(SAID, what)?.map(|json| said(&json)).transpose()
}

fn keep(desk: &mut Desk, what: &[u8], word: Said) -> Result<(), CollectionError> {
    let json = serde_json::to_vec(&word).expect("a struct of plain values is always JSON");
    Ok(desk.vault.write(|tx| tx.put(SAID, what, &json))?)
}
