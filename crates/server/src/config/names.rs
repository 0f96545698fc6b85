//! The names under which phones reach this server.
//!
//! A phone that comes back with the 24 words signs the origin that it believes to talk to. Only the server itself can say
//! which names are its own: the `Host` of the request is written by whoever relays it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use waymark_protocol::invitation::ServerUrl;

/// Host names, each with or without a port: `diary.example.org`, `diary.example.org:8443`. One without a port stands for every
/// port of that host, as its certificate does. A flag or variable separates them by commas, a file has a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Names(Vec<Name>);

/// One of them, as an origin has it: in lower case, with its port unless that is the scheme's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name(String);

impl Names {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an origin is this server's. Without names only a host of this machine is, and only if `host`, which the request
    /// was sent to, says the same: a phone elsewhere means another machine by it.
    pub fn are_of(&self, origin: &ServerUrl, host: Option<&str>) -> bool {
        let theirs = origin.host();
        if self.is_empty() {
            return is_loopback(without_port(theirs)) && host.is_some_and(|host| host.eq_ignore_ascii_case(theirs));
        }
        self.0.iter().any(|Name(name)| name == theirs || name == without_port(theirs))
    }
}

/// `[::1]:8443` is `[::1]`.
fn without_port(host: &str) -> &str {
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    host.rsplit_once(':').filter(|(_, port)| digits(port)).map_or(host, |(host, _)| host)
}

/// What may be reached without TLS is this machine, by the definition that phones have.
fn is_loopback(host: &str) -> bool {
    ServerUrl::parse(&format!("http://{host}")).is_ok()
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = ServerUrl::parse(&format!("https://{}", text.trim()));
        let name = url.ok().filter(|_| !text.contains(['/', '\\'])).map(|url| Self(url.host().to_owned()));
        name.ok_or_else(|| {
            "a name is a host like \"diary.example.org\", with a port where phones use one, and without https://"
                .to_owned()
        })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<Vec<String>> for Names {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        texts.iter().map(|text| text.parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Self {
        names.0.iter().map(ToString::to_string).collect()
    }
}

impl FromStr for Names {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let texts = text.split(',').map(str::to_owned).filter(|text| !text.trim().is_empty());
        texts.collect::<Vec<_>>().try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(names: &str, origin: &str, host: Option<&str>) -> bool {
        names.parse::<Names>().unwrap().are_of(&ServerUrl::parse(origin).unwrap(), host)
    }

    #[test]
    fn an_origin_is_ours_by_its_name_whatever_the_request_says() {
        let names = "Diary.example.org, notes.example.org:8443,[2001:db8::1]";
        for origin in [
            "https://diary.example.org",
            "https://diary.example.org:444",
            "https://notes.example.org:8443",
            "https://[2001:db8::1]",
            "https://[2001:db8::1]:8443",
        ] {
            assert!(ours(names, origin, None) && ours(names, origin, Some("evil.example.org")), "{origin}");
        }
        for origin in [
            "https://evil.example.org",
            "https://notes.example.org",
            "https://notes.example.org:444",
            "http://localhost",
        ] {
            let host = origin.split_once("://").unwrap().1;
            assert!(!ours(names, origin, Some(host)), "{origin}");
        }
    }

    #[test]
    fn without_names_only_this_machine_is_ours_and_the_request_must_say_the_same() {
        for host in ["127.0.0.1:8787", "localhost", "localhost:1", "[::1]:8787", "127.0.0.9"] {
            assert!(ours("", &format!("http://{host}"), Some(host)), "{host}");
            assert!(ours("", &format!("https://{host}"), Some(host)), "{host}");
            assert!(
                !ours("", &format!("http://{host}"), Some("localhost:9")) && !ours("", &format!("http://{host}"), None)
            );
        }
        assert!(!ours("", "https://evil.example.org", Some("evil.example.org")));
        assert!(!ours("", "https://localhost.example.org", Some("localhost.example.org")));
    }

    #[test]
    fn a_name_is_a_host_and_nothing_else() {
        for text in ["https://diary.example.org", "diary.example.org/", "a b", "me@example.org", "a:port", "?", "a#b"] {
            assert!(text.parse::<Names>().unwrap_err().starts_with("a name is a host"), "{text}");
        }
        let names: Names = "a.example.org:8443,b.example.org".parse().unwrap();
        assert_eq!(Names::try_from(Vec::from(names.clone())), Ok(names));
    }
}
