//! Telling the server what this desk has said: what it has not heard, and all of it when it may have forgotten, after it was restored
//! from a backup, or when this desk has not pulled before and so cannot know. All of this can be said twice without harm.
//!
//! | said | told again after a restore |
//! |---|---|
//! | versions of the document ([`publish`]) | all, the first one first |
//! | invitations ([`invite`]) | those that somebody could still join with |
//! | invitations that were taken back ([`revoke`]) | all but those that somebody had joined with before |
//! | that the study has ended, or goes on ([`ending`]) | that it has ended |
//! | orders ([`crate::orders`]) | those that the server does not show, at every pull |

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::transport::{Server, TransportError};
use crate::{ending, invite, publish, revoke};

/// What the server is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// What it has not heard.
    Unheard,
    /// All: it may have forgotten.
    All,
}

/// Tells the server of versions, invitations and the study's end.
pub(crate) async fn tell<E>(
    desk: &mut Desk,
    server: &Server,
    collection: &Collection,
    which: Which,
    now_ms: u64,
) -> Result<(), E>
where
    E: From<TransportError> + From<CollectionError>,
{
    if which == Which::All {
        // Another copy of this desk may have published since: what it has published, nobody here can tell the server.
        let _ = publish::say_again::<E>(desk, server).await?;
        invite::say_again::<E>(desk, server, collection, now_ms).await?;
    }
    revoke::tell::<E>(desk, server, collection, which).await?;
    ending::tell::<E>(desk, server, which).await
}
