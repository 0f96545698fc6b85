//! What carries a request to the server: real HTTP, or a simulation.

use std::future::Future;

use waymark_protocol::api::Token;

use super::NetError;

/// Where parts of voice notes are, up and down.
pub(super) const PARTS: &str = "/v1/device/parts/";

/// A request, complete.
pub struct Request {
    /// Path and query, from `/v1/…`.
    pub path: String,
    /// The bearer token.
    pub token: Option<Token>,
    /// What is sent, which also says how: GET, POST, HEAD or PUT.
    pub body: Body,
}

/// What is sent.
pub enum Body {
    /// Nothing: a GET.
    None,
    /// JSON.
    Json(Vec<u8>),
    /// Records and a checkpoint.
    Records(Vec<u8>),
    /// Nothing, and nothing but the answer's status is wanted: a HEAD.
    Head,
    /// A part of a voice note: a PUT.
    Part(Vec<u8>),
}

/// An answer, bounded but not yet believed.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u64>,
    /// At most [`Self::MAX_BYTES`].
    pub body: Vec<u8>,
}

impl Reply {
    /// The longest answer that is read.
    pub const MAX_BYTES: usize = 8 * 1024 * 1024;
}

/// Carries requests to one server.
pub trait Transport: Send + Sync {
    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// [`NetError::Unreachable`] when no answer came, [`NetError::Garbage`] when it was too long.
    fn send(&self, request: Request) -> impl Future<Output = Result<Reply, NetError>> + Send;
}
