//! Publishing the next version of the study's document. Phones follow it when they next sync; who joins from then on begins with it.
//!
//! It is kept before it is sent, so that a lost reply leaves no doubt which text has the number: the next `publish` sends the very
//! same bytes first.

use serde::Serialize;
use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::study::{Document, DocumentError, Envelope, StudyFile};

use crate::codebook::Codebook;
use crate::collection::CollectionError;
use crate::desk::{Desk, DeskError};
use crate::study::JOIN_PAGE_ON_THE_SERVER;
use crate::time_points::TimePoints;
use crate::transport::{Server, TransportError};
use crate::versions;

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The file has a number that is not the next one.
    #[error("the study is at version {newest} and the file says {file}: a change has to say `version = {next}`", next = newest + 1)]
    Version {
        /// The newest version.
        newest: u32,
        /// What the file says.
        file: u32,
    },
    /// The newest version says something else.
    #[error("version {0} is published, and the file says something else: a change has to say `version = {next}`", next = .0 + 1)]
    Changed(u32),
    /// The join page lies where the study server is.
    #[error("{JOIN_PAGE_ON_THE_SERVER}")]
    JoinPage,
    /// The document that the file makes.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The study has newer keys than this desk.
    #[error(
        "the study's keys were changed since those of this desk were split: nothing that it publishes would be believed. Publish at a desk that has \
         the newest keys"
    )]
    OldKeys,
    /// What no document says of a study file, as its codes, is taken when that file is published again.
    #[error(
        "a version was published that got no answer yet: publish its study file once more, and then change the keys"
    )]
    Unanswered,
    /// The server has another document of this number.
    #[error("{0}; another copy of this desk has published since: publish with that one")]
    Elsewhere(#[source] TransportError),
    /// The desk's file.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The server cannot be talked to, or not be asked whether it has what was published.
    #[error(transparent)]
    Server(#[from] TransportError),
    /// Versions from before cannot be read.
    #[error(transparent)]
    Older(#[from] CollectionError),
    /// The server did not get it, or its answer was lost.
    #[error("{0}; version {1} is kept: run the same command again to publish it")]
    NotSent(#[source] TransportError, u32),
}

/// What is published now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The newest version.
    pub version: u32,
    /// Whether this very version had been published before.
    pub again: bool,
}

/// Publishes what the file says as the study's next version.
///
/// # Errors
///
/// A number that does not follow, a document that cannot be made, a server that cannot be reached or that has another one, or the
/// desk's file; see [`PublishError`].
pub async fn publish(desk: &mut Desk, file: &StudyFile) -> Result<Published, PublishError> {
    let published = publish_document(desk, file).await?;
    let points = TimePoints::of(file);
    // A file that was made from what is published at a desk that knows no more than their names has none of them.
    let keeps = points.0.is_empty() && TimePoints::kept(desk.vault.reader())?.is_names_alone();
    // No document has it; it is of the version that was published last.
    let stored = desk.vault.write(|tx| {
        Codebook::of(file).store(tx)?;
        if keeps { Ok(()) } else { points.store(tx) }
    });
    stored.map_err(DeskError::from)?;
    Ok(published)
}

/// Sends the version once more that was kept when its answer was lost, and gives its number; none where there is no such version.
///
/// # Errors
///
/// See [`PublishError`].
pub async fn send_again(desk: &mut Desk) -> Result<Option<u32>, PublishError> {
    if desk.unpublished()?.is_none() {
        return Ok(None);
    }
    send(desk).await?;
    Ok(Some(desk.identity.document.document.version))
}

async fn publish_document(desk: &mut Desk, file: &StudyFile) -> Result<Published, PublishError> {
    if file.join_page.as_ref().is_some_and(|page| page.is_served_by(&desk.identity.server)) {
        return Err(PublishError::JoinPage);
    }
    if !desk.keys.are_newest(&desk.identity.document) {
        return Err(PublishError::OldKeys);
    }
    let resumed = desk.unpublished()?.is_some();
    if resumed {
        send(desk).await?;
    }
    let newest = desk.identity.document.document.version;
    if file.version == newest {
        // The same text makes the same bytes.
        let previous = desk.identity.document.document.previous.clone();
        let same = sign(desk, file, previous)? == desk.identity.signed && file.join_page == desk.identity.join_page;
        if !same {
            return Err(PublishError::Changed(newest));
        }
        let server = desk.server()?;
        return match say_again::<PublishError>(desk, &server).await? {
            Newest::There => Ok(Published { version: newest, again: !resumed }),
            Newest::Refused(error) => Err(PublishError::Elsewhere(error)),
        };
    }
    if newest.checked_add(1) != Some(file.version) {
        return Err(PublishError::Version { newest, file: file.version });
    }
    let signed = sign(desk, file, Some(desk.identity.document.hash.to_string()))?;
    desk.keep_unpublished(signed, file.join_page.clone())?;
    send(desk).await?;
    Ok(Published { version: file.version, again: false })
}

/// Whether the server has the newest version that this desk has published.
pub(crate) enum Newest {
    There,
    Refused(TransportError),
}

/// Gives the server every version that was published, the first one first: one that was restored from a backup may have lost some. It
/// refuses those that it has, but for its newest.
pub(crate) async fn say_again<E>(desk: &Desk, server: &Server) -> Result<Newest, E>
where
    E: From<TransportError> + From<CollectionError>,
{
    let mut newest = Newest::There;
    for version in versions::all(desk)? {
        newest = match server.publish(desk.identity.study, &version).await {
            Ok(()) => Newest::There,
            Err(error) if is_conflict(&error) => Newest::Refused(error),
            Err(error) => return Err(error.into()),
        };
    }
    Ok(newest)
}

fn is_conflict(error: &TransportError) -> bool {
    error.code() == Some(ApiErrorCode::DocumentConflict)
}

fn sign(desk: &Desk, file: &StudyFile, previous: Option<String>) -> Result<SignedDocument, PublishError> {
    let now = &desk.identity.document.document;
    let envelope =
        Envelope { study: now.study.clone(), previous, keys: now.keys.clone(), key_changes: now.key_changes.clone() };
    let document = Document::from_study_file(file, envelope)?;
    Ok(SignedDocument::sign(&desk.keys.signing, document.to_bytes()))
}

/// Sends what is kept, and makes it the newest once the server has it.
async fn send(desk: &mut Desk) -> Result<(), PublishError> {
    let Some((signed, join_page)) = desk.unpublished()? else { return Ok(()) };
    let version = desk.identity.document.document.version.saturating_add(1);
    let server = desk.server()?;
    let mut told = server.publish(desk.identity.study, &signed).await;
    // It may lack versions that this one follows.
    if told.as_ref().is_err_and(is_conflict)
        && let Newest::There = say_again::<PublishError>(desk, &server).await?
    {
        told = server.publish(desk.identity.study, &signed).await;
    }
    match told {
        Ok(()) => Ok(desk.take_document(signed, join_page)?),
        Err(error) if is_conflict(&error) => {
            desk.drop_unpublished()?;
            Err(PublishError::Elsewhere(error))
        }
        Err(error) => Err(PublishError::NotSent(error, version)),
    }
}
