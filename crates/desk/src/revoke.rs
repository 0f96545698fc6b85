//! Taking an invitation back that nobody has used.
//!
//! It is noted here before the server hears of it: from then on the same label gets another invitation, whatever becomes of the
//! connection. Every pull tells the server what it has not heard, and all of it when the server was restored from a backup.

use serde::Serialize;
use waymark_protocol::api::{AddInvitations, ApiErrorCode};

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::invite::{has_joined, store};
use crate::participants::{self, Made, Revoked, Unknown};
use crate::telling::Which;
use crate::transport::{Server, TransportError};

/// Why nothing was revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// There is nobody of this name.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// Somebody has joined with it.
    #[error(
        "the invitation has been used, so there is nothing to revoke: for who has joined there are `left`, `stop` and `erase`"
    )]
    Used,
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The server cannot be talked to.
    #[error(transparent)]
    Server(TransportError),
    /// The server did not hear of it.
    #[error(
        "{0}; until the server knows, the invitation still lets somebody join: the same command again, or `pull`, tells it"
    )]
    NotSent(#[from] TransportError),
}

/// How an invitation stands now. Nobody can join with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Invitation {
    /// It was revoked just now.
    Revoked,
    /// It had been revoked before.
    RevokedBefore,
    /// It has expired by itself.
    Expired,
}

/// What `revoke` has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// The participant's label.
    pub participant: String,
    /// How the invitation stands.
    pub invitation: Invitation,
}

/// Takes back what this participant could still join with. Named by label or number.
///
/// # Errors
///
/// Somebody unknown, an invitation that a collected phone has joined with, the desk's file, or a server that does not hear of it; see
/// [`RevokeError`].
pub async fn revoke(desk: &mut Desk, name: &str, now_ms: u64) -> Result<Withdrawn, RevokeError> {
    let (id, mut participant) = participants::find(participants::load(desk.vault.reader())?, name)?;
    let label = participant.label.clone();
    let collection = Collection::load(desk.vault.reader())?;
    let newest = participant.invitations.last_mut().ok_or(Unknown)?;
    if has_joined(desk, &collection, &id, &newest.certificate.enrol_key) {
        return Err(RevokeError::Used);
    }
    let invitation = match newest.revoked {
        Some(Revoked { sent: true, .. }) => Invitation::RevokedBefore,
        None if newest.certificate.expires_at <= now_ms => Invitation::Expired,
        noted => {
            newest.revoked = Some(noted.unwrap_or(Revoked { at: now_ms, sent: false }));
            store(desk, &id, &participant)?;
            let server = desk.server();
            tell::<RevokeError>(desk, &server.map_err(RevokeError::Server)?, &collection, Which::Unheard).await?;
            Invitation::Revoked
        }
    };
    Ok(Withdrawn { participant: label, invitation })
}

/// Tells the server of invitations that were taken back.
pub(crate) async fn tell<E>(desk: &mut Desk, server: &Server, collection: &Collection, which: Which) -> Result<(), E>
where
    E: From<TransportError> + From<CollectionError>,
{
    for (id, mut participant) in participants::load(desk.vault.reader())? {
        for at in 0..participant.invitations.len() {
            let Made { certificate, revoked: Some(revoked), .. } = &participant.invitations[at] else { continue };
            if revoked.sent && which == Which::Unheard {
                continue;
            }
            // Somebody was quicker, and takes part: a server that was restored from before must let their phone in again.
            if which == Which::All && has_joined(desk, collection, &id, &certificate.enrol_key) {
                continue;
            }
            let code = certificate.code();
            let study = desk.identity.study;
            match server.revoke_invitation(study, code).await {
                // One that it does not know it would take from whoever shows it. It must know it to know that it was taken back.
                Err(error) if error.code() == Some(ApiErrorCode::NotFound) => {
                    let certificates = vec![participant.invitations[at].certificate.clone()];
                    server.add_invitations(study, &AddInvitations { certificates }).await?;
                    server.revoke_invitation(study, code).await?;
                }
                told => told?,
            }
            if let Some(revoked) = &mut participant.invitations[at].revoked {
                revoked.sent = true;
            }
            store(desk, &id, &participant)?;
        }
    }
    Ok(())
}
