//! The https form of an invitation: a static page's address, and the typed text in the fragment.
//!
//! ```text
//! link = page ‖ "#" ‖ typed text without spaces
//! ```
//!
//! A browser sends no fragment (RFC 9110, section 7.1), so the page's host sees who comes, but no invitation. It could change the
//! page, though, and read what the page reads: that is why the study's own server must not be the one that serves it.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{MAX_URL, ServerUrl};

/// The address of a static page that opens invitations: `https://…`, a path or none; no user, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JoinPage(Url);

/// Why an address is no join page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a join page's address is {}", JoinPage::EXPECTED)]
pub struct MalformedJoinPage;

impl JoinPage {
    /// What a researcher should write.
    pub const EXPECTED: &str =
        "an address that begins with https:// and has no ? or #, like \"https://join.example.org/\"";

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, MalformedJoinPage> {
        if text.len() > MAX_URL {
            return Err(MalformedJoinPage);
        }
        let url = Url::parse(text).map_err(|_| MalformedJoinPage)?;
        let bare = url.query().is_none() && url.fragment().is_none();
        let anybody = url.username().is_empty() && url.password().is_none();
        // What is written in a few letters may be longer as an address.
        let fits = url.as_str().len() <= MAX_URL;
        if url.scheme() == "https" && url.has_host() && bare && anybody && fits {
            Ok(Self(url))
        } else {
            Err(MalformedJoinPage)
        }
    }

    /// The address, as browsers write it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether the page lies on the study server's own host, on whatever port.
    pub fn is_served_by(&self, server: &ServerUrl) -> bool {
        let server = Url::parse(server.as_str()).expect("a server's address was read as one");
        host(&self.0) == host(&server)
    }

    /// The https form of an invitation.
    pub(super) fn link(&self, text: &str) -> String {
        format!("{}#{text}", self.0)
    }
}

/// A name with a dot at its end is the same name, written out (RFC 1034, section 3.1).
fn host(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.trim_end_matches('.'))
}

impl TryFrom<String> for JoinPage {
    type Error = MalformedJoinPage;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<JoinPage> for String {
    fn from(page: JoinPage) -> Self {
        page.0.into()
    }
}
