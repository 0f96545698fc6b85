//! Who may ask: the checks that every request passes before anything is read, and the headers on every answer.

use std::net::SocketAddr;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::token::{OneTime, Token};

/// The header in which the page sends the token of the run.
pub const TOKEN_HEADER: &str = "x-waymark-token";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What one host lets in.
#[derive(Debug)]
pub(crate) struct Guard {
    host: String,
    origin: String,
    token: Token,
    links: OneTime,
    /// Whether the page may use the microphone.
    microphone: bool,
}

impl Guard {
    pub(crate) fn new(address: SocketAddr, token: Token, microphone: bool) -> Self {
        Self {
            host: address.to_string(),
            origin: format!("http://{address}"),
            token,
            links: OneTime::default(),
            microphone,
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
        self.links.open()
    }

    /// Who comes by such a link: gets the token of a session for that of the link.
    pub(crate) fn redeem(&self, headers: &HeaderMap) -> Result<Token, StatusCode> {
        let given = headers.get(TOKEN_HEADER).map(HeaderValue::as_bytes).unwrap_or_default();
        self.links.redeem(given).ok_or(StatusCode::UNAUTHORIZED)
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
        let fixed: [(HeaderName, &'static str); 8] = [
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_FRAME_OPTIONS, "DENY"),
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
