//! Who may ask: the checks that every request passes before anything is read, and the headers on every answer.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::framing::Framing;
use crate::token::{OneTime, Redeemed, Token};

/// The header in which the page sends the token of the run.
pub const TOKEN_HEADER: &str = "x-waymark-token";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// What one host lets in.
pub(crate) struct Guard {
    host: String,
    origin: String,
    token: Token,
    links: OneTime,
    /// Whether the page may use the microphone.
    microphone: bool,
    policy: HeaderValue,
    /// Whether no page may show it in a frame.
    alone: bool,
    ended: Ended,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("host", &self.host).finish_non_exhaustive()
    }
}

/// Called when a session ends before the host does.
pub type Ended = Arc<dyn Fn() + Send + Sync>;

impl Guard {
    pub(crate) fn new(address: SocketAddr, token: Token, microphone: bool, framing: &Framing, ended: Ended) -> Self {
        let policy = format!("{POLICY}{}", framing.policy());
        Self {
            host: address.to_string(),
            origin: format!("http://{address}"),
            token,
            links: OneTime::default(),
            microphone,
            policy: HeaderValue::try_from(policy).expect("origins are loopback addresses with a port: visible ASCII"),
            alone: !matches!(framing, Framing::ShownBy(_)),
            ended,
        }
    }

    /// Every request: it must name this host, and come from its own page or from no page.
    pub(crate) fn visitor(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        if headers.get(HOST).is_none_or(|host| host.as_bytes() != self.host.as_bytes()) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let foreign = |origin: &HeaderValue| origin.as_bytes() != self.origin.as_bytes();
        if headers.get_all(ORIGIN).iter().any(foreign) {
            return Err(StatusCode::FORBIDDEN);
        }
        Ok(())
    }

    /// A command: it must also know the token, and bring JSON.
    pub(crate) fn caller(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        if !headers.get(TOKEN_HEADER).is_some_and(|given| self.knows(given.as_bytes())) {
            return Err(StatusCode::UNAUTHORIZED);
        }
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.split(';').next().map(str::trim) != Some("application/json") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        Ok(())
    }

    /// A link that is good once, for the person's own browser; `None` without randomness.
    pub(crate) fn open_link(&self) -> Option<Token> {
        let (token, ended) = self.links.open()?;
        if ended {
            (self.ended)();
        }
        Some(token)
    }

    /// Ends the session, and closes the link to one.
    pub(crate) fn close(&self) {
        if self.links.close() {
            (self.ended)();
        }
    }

    /// Who comes by such a link: gets the token of a session for that of the link.
    pub(crate) fn redeem(&self, headers: &HeaderMap) -> Result<Token, StatusCode> {
        let given = headers.get(TOKEN_HEADER).map(HeaderValue::as_bytes).unwrap_or_default();
        match self.links.redeem(given) {
            Redeemed::Session(token) => return Ok(token),
            Redeemed::Ended => (self.ended)(),
            Redeemed::Nothing => {}
        }
        Err(StatusCode::UNAUTHORIZED)
    }

    fn knows(&self, given: &[u8]) -> bool {
        self.token.is(given) || self.links.is_let_in(given)
    }

    /// Sound: a player sends no headers of its own, so the token stands in the path.
    pub(crate) fn listener(&self, token: &str) -> Result<(), StatusCode> {
        if self.knows(token.as_bytes()) { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
    }

    /// Puts on every answer, also on refusals, what a browser must know of it.
    pub(crate) fn seal(&self, headers: &mut HeaderMap) {
        let permissions = match self.microphone {
            true => "camera=(), geolocation=(), microphone=(self)",
            false => "camera=(), geolocation=(), microphone=()",
        };
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        // It knows only none and the same origin.
        if self.alone {
            headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        }
        let fixed: [(HeaderName, &'static str); 6] = [
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            (CACHE_CONTROL, "no-store"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (HeaderName::from_static("permissions-policy"), permissions),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
