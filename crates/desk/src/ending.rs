//! The study's word that it has ended, or that a participant has left. Nothing is deleted: what phones still send is kept and marked
//! as late, and the word can be taken back.
//!
//! The server says the same whether it knew or not; that it was said before is remembered here.

use serde::Serialize;
use waymark_protocol::api::ApiErrorCode;
use waymark_vault::Table;

use crate::collection::CollectionError;
use crate::desk::Desk;
use crate::participants::{self, Unknown};
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
    /// The server.
    #[error(transparent)]
    Server(#[from] TransportError),
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
    let server = Server::new(desk.identity.server.clone(), desk.dangerously_token())?;
    server.end_study(desk.identity.study, ended).await?;
    let (at, again) = remember(desk, STUDY, ended, now_ms)?;
    Ok(StudyEnd { study: desk.identity.title().to_owned(), ended_at: at.and_then(rfc3339), again })
}

/// Says that a participant, named by label or number, has left, or takes part after all.
///
/// # Errors
///
/// Somebody unknown or who has not joined, a server that cannot be reached or refuses, or the desk's file; see [`EndingError`].
pub async fn leave(desk: &mut Desk, name: &str, left: bool, now_ms: u64) -> Result<Leaving, EndingError> {
    let (id, participant) = participants::find(participants::load(desk.vault.reader())?, name)?;
    let server = Server::new(desk.identity.server.clone(), desk.dangerously_token())?;
    match server.leave(desk.identity.study, id, left).await {
        Err(error) if error.code() == Some(ApiErrorCode::NotFound) => {
            return Err(EndingError::NotJoined);
        }
        told => told?,
    }
    let (at, again) = remember(desk, &id.0, left, now_ms)?;
    Ok(Leaving { participant: participant.label, left_at: at.and_then(rfc3339), again })
}

/// Says that the study has ended to a server that may have forgotten it.
pub(crate) async fn say_again<E>(desk: &Desk, server: &Server) -> Result<(), E>
where
    E: From<TransportError> + From<CollectionError>,
{
    if said_at(desk, STUDY)?.is_some() {
        server.end_study(desk.identity.study, true).await?;
    }
    Ok(())
}

fn said_at(desk: &Desk, what: &[u8]) -> Result<Option<u64>, CollectionError> {
    let Some(bytes) = desk.vault.reader().get(SAID, what)? else { return Ok(None) };
    let bytes = bytes.as_slice().try_into().map_err(|_| CollectionError::Row("ending"))?;
    Ok(Some(u64::from_be_bytes(bytes)))
}

/// Remembers what the server knows; says since when it holds, and whether it held before.
fn remember(desk: &mut Desk, what: &[u8], holds: bool, now_ms: u64) -> Result<(Option<u64>, bool), CollectionError> {
    let before = said_at(desk, what)?;
    match (holds, before) {
        (true, None) => desk.vault.write(|tx| tx.put(SAID, what, &now_ms.to_be_bytes()))?,
        (false, Some(_)) => drop(desk.vault.write(|tx| tx.delete(SAID, what))?),
        (true, Some(_)) | (false, None) => {}
    }
    Ok((holds.then_some(before.unwrap_or(now_ms)), holds == before.is_some()))
}
