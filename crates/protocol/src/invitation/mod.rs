//! Invitations: `[1, server URL, study[16], secret[16]]`, as a link, a QR code of it, or typed text.
//!
//! A study that names a [`JoinPage`] has an https form too, with everything in the fragment. Whichever page such a link names,
//! a reader takes the fragment and asks the page for nothing.
//!
//! When the desk makes an invitation, the study's key signs a [`Certificate`] for its enrol key; the server keeps that
//! under the invitation's code id. So the server can hand it out, but can neither use nor forge it.

mod certificate;
mod page;
mod qr;

pub use certificate::{Certificate, CertificateError};
pub use page::{JoinPage, MalformedJoinPage};

use minicbor::{Decode, Encode};
use url::Url;

use crate::StudyId;
use crate::cbor::{self, ByteString, DecodeError};
use crate::keys::InvitationSecret;
use crate::typed::{self, TypedError};

const VERSION: u8 = 1;
const TEXT: &str = "waymark/invitation-text/v1";
const LINK: &str = "waymark://join/";
const PAGE_LINK: &str = "https://";
const MAX_URL: usize = 256;
/// Messengers and mail add to a link's query, so it may be longer than what was made; no honest one is near this.
const MAX_LINK: usize = 4096;

/// What a researcher gives to one participant.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The study server.
    pub server: ServerUrl,
    /// The study, which is the fingerprint of its keys.
    pub study: StudyId,
    /// The secret that only the invited person has.
    pub secret: InvitationSecret,
}

/// Why a text is no invitation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// Not an invitation's letters.
    #[error(
        "this is not an invitation: it should start with waymark://join/, or with https:// and go on after a #, or be the typed \
         text, groups of five letters and digits"
    )]
    NotOne,
    /// A typing mistake, or part of it is missing.
    #[error("the invitation has a typing mistake, or part of it is missing")]
    Checksum,
    /// It was made by a newer Waymark.
    #[error("the invitation was made by a newer Waymark: update this one")]
    Newer,
    /// The address in it cannot be used.
    #[error(transparent)]
    Server(#[from] ServerUrlError),
}

impl From<TypedError> for InvitationError {
    fn from(error: TypedError) -> Self {
        match error {
            TypedError::NotOne => Self::NotOne,
            TypedError::Checksum => Self::Checksum,
        }
    }
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[n(0)]
    version: u8,
    #[n(1)]
    server: String,
    #[n(2)]
    study: StudyId,
    #[n(3)]
    secret: ByteString,
}

impl Invitation {
    fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(&Wire {
            version: VERSION,
            server: self.server.as_str().to_owned(),
            study: self.study,
            secret: ByteString(self.secret.dangerously_bytes().to_vec()),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, InvitationError> {
        match cbor::version_of(bytes) {
            Some(version) if version > u64::from(VERSION) => return Err(InvitationError::Newer),
            Some(version) if version == u64::from(VERSION) => {}
            _ => return Err(InvitationError::NotOne),
        }
        let wire: Wire = cbor::decode_canonical(bytes, "an invitation").map_err(|_| InvitationError::NotOne)?;
        let secret = InvitationSecret::from_slice(&wire.secret.0).ok_or(InvitationError::NotOne)?;
        Ok(Self { server: ServerUrl::parse(&wire.server)?, study: wire.study, secret })
    }

    /// `waymark://join/` and the typed text without spaces.
    pub fn to_link(&self) -> String {
        format!("{LINK}{}", typed::encode(TEXT, &self.to_bytes()))
    }

    /// Groups of five letters and digits, to be typed; the last letters are a checksum.
    pub fn to_text(&self) -> String {
        typed::grouped(&typed::encode(TEXT, &self.to_bytes()))
    }

    /// A QR code of the link, as an SVG picture of black squares on white.
    pub fn to_qr_svg(&self) -> String {
        qr::svg(&self.to_link())
    }

    /// The https form, by which a browser opens the study's join page.
    pub fn to_page_link(&self, page: &JoinPage) -> String {
        page.link(&typed::encode(TEXT, &self.to_bytes()))
    }

    /// A QR code of the https form, as [`Invitation::to_qr_svg`] makes one.
    pub fn to_page_qr_svg(&self, page: &JoinPage) -> String {
        qr::page_svg(page, &typed::encode(TEXT, &self.to_bytes()))
    }

    /// Reads a link of either form or the typed text, in any case, with or without spaces and dashes.
    ///
    /// Of an https link the fragment is read and nothing else: it matters as little which page it names as which paper a
    /// typed text is written on.
    pub fn parse(text: &str) -> Result<Self, InvitationError> {
        let text = text.trim();
        if text.len() > MAX_LINK {
            return Err(InvitationError::NotOne);
        }
        let rest = match (after(LINK, text), after(PAGE_LINK, text)) {
            (Some(rest), _) => rest,
            (_, Some(page)) => match page.split_once('#') {
                Some((_, fragment)) if !fragment.is_empty() => fragment,
                // Some apps cut links there.
                _ => return Err(InvitationError::Checksum),
            },
            _ => text,
        };
        Self::from_bytes(&typed::decode(TEXT, rest)?)
    }
}

/// What follows `start`, in whichever case that is written.
fn after<'a>(start: &str, text: &'a str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// A study server's address: `https://…`, or `http://` to this machine alone; no user, path, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl(String);

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServerUrlError {
    /// Not an address.
    #[error("the server's address is not one: it should look like https://study.example.org")]
    NotOne,
    /// Not encrypted on the way.
    #[error("the server's address must start with https:// (http:// is for this machine alone)")]
    NotEncrypted,
    /// More than scheme, host and port.
    #[error("the server's address must be scheme, host and port alone, such as https://study.example.org")]
    NotAnOrigin,
}

impl ServerUrl {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, ServerUrlError> {
        if text.len() > MAX_URL {
            return Err(ServerUrlError::NotOne);
        }
        let url = Url::parse(text.trim()).map_err(|_| ServerUrlError::NotOne)?;
        let host = url.host().ok_or(ServerUrlError::NotOne)?;
        let loopback = match host {
            url::Host::Domain(name) => name == "localhost",
            url::Host::Ipv4(address) => address.is_loopback(),
            url::Host::Ipv6(address) => address.is_loopback(),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(ServerUrlError::NotEncrypted),
            _ => return Err(ServerUrlError::NotOne),
        }
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(ServerUrlError::NotAnOrigin);
        }
        let origin = url.origin().ascii_serialization();
        // What is written in a few letters may be longer as an address, and in an invitation it must be read again.
        if origin.len() > MAX_URL {
            return Err(ServerUrlError::NotOne);
        }
        Ok(Self(origin))
    }

    /// The origin, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, as a person would name the server.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or(rest)
    }
}

impl std::fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for ServerUrl {
    type Err = ServerUrlError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl From<DecodeError> for InvitationError {
    fn from(_: DecodeError) -> Self {
        Self::NotOne
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_of_a_newer_version_is_called_that_and_one_without_a_version_is_none() {
        let read = |version| {
            let wire = Wire {
                version,
                server: "https://study.example.org".to_owned(),
                study: StudyId([1; 16]),
                secret: ByteString(vec![2; 16]),
            };
            Invitation::parse(&format!("{LINK}{}", typed::encode(TEXT, &cbor::encode(&wire))))
        };
        assert!(read(VERSION).is_ok());
        assert!(matches!(read(VERSION + 1), Err(InvitationError::Newer)));
        assert!(matches!(read(VERSION - 1), Err(InvitationError::NotOne)));
        assert!(matches!(Invitation::from_bytes(&[]), Err(InvitationError::NotOne)));
    }
}
