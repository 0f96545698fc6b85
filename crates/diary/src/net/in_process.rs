//! A server in this process, for whoever shows a diary without any network; and the way to it, or to a real one.

use std::sync::Arc;

use super::{HttpTransport, NetError, Reply, Request, Transport};

/// Answers as a study's server, in this process.
pub trait InProcess: Send + Sync {
    /// What it answers.
    fn answer(&self, request: Request) -> Reply;
}

/// What carries requests to a server.
pub(crate) enum Way {
    Http(HttpTransport),
    InProcess(Arc<dyn InProcess>),
}

impl Transport for Way {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        match self {
            Self::Http(transport) => transport.send(request).await,
            Self::InProcess(server) => Ok(server.answer(request)),
        }
    }
}
