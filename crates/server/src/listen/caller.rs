//! Who is on the other side: for limits alone, in memory alone.
//!
//! ```text
//! X-Forwarded-For: what the caller wrote, 203.0.113.9, 10.0.0.7      connection from 10.0.0.2
//!                  ◄─────── not read ──── caller ───── trusted ◄──── trusted
//! ```
//!
//! The header is read from its right end, for as long as trusted proxies wrote it. One that a stranger wrote is not read at all.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;

use crate::config::{ForwardedHeader, Networks};

/// Where a call comes from, as far as limits care.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// This machine itself, which needs no network to do harm.
    ThisMachine,
    /// Somebody at an address; of IPv6 at a /64, which is what one household or one attacker has.
    At(IpAddr),
}

impl Caller {
    /// Who has connected from this address.
    pub fn at(address: IpAddr) -> Self {
        if address.to_canonical().is_loopback() { Self::ThisMachine } else { Self::named(address) }
    }

    /// Who has this address as somebody else says. That it is this machine must be seen, not said.
    fn named(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self::At(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            address @ IpAddr::V4(_) => Self::At(address),
        }
    }
}

/// Addresses go nowhere, not even into a debug line.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ThisMachine => "this machine",
            Self::At(_) => "somebody",
        })
    }
}

/// Whose word counts when they say for whom they ask.
#[derive(Debug)]
pub struct Proxies {
    trusted: Networks,
    header: ForwardedHeader,
    warned: AtomicBool,
    warned_of_silence: AtomicBool,
}

impl Proxies {
    /// These proxies, which write this header.
    pub fn new(trusted: Networks, header: ForwardedHeader) -> Self {
        Self { trusted, header, warned: AtomicBool::new(false), warned_of_silence: AtomicBool::new(false) }
    }

    /// Whether a connection from here carries many people's calls.
    pub fn are_at(&self, peer: IpAddr) -> bool {
        self.trusted.contain(peer.to_canonical())
    }

    /// Who asks.
    pub fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> Caller {
        let peer = peer.to_canonical();
        let name = self.header.name();
        if !self.trusted.contain(peer) {
            if headers.contains_key(name) && !self.warned.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    header = name,
                    "a call was forwarded by an address that is not in `trusted_proxies`: if that is your proxy, all its \
                     callers share one limit until it is named there"
                );
            }
            return Caller::at(peer);
        }
        let mut nearest = None;
        let values: Vec<&str> = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default()).collect();
        for hop in values.iter().rev().flat_map(|value| value.rsplit(',')) {
            match self.header.address(hop) {
                Some(address) if self.trusted.contain(address) => nearest = Some(address),
                Some(address) => return Caller::named(address),
                // What a trusted proxy could not name is counted as its own.
                None => break,
            }
        }
        if nearest.is_none() && !self.warned_of_silence.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                header = name,
                "a trusted proxy did not say for whom it asks: if it is not its own call, such as a check of health, let the \
                 proxy set this header; until then all its callers share one limit"
            );
        }
        Caller::named(nearest.unwrap_or(peer))
    }
}

impl ForwardedHeader {
    /// The address that one hop names, if any.
    fn address(self, hop: &str) -> Option<IpAddr> {
        let node = match self {
            Self::XForwardedFor => hop.trim(),
            Self::Forwarded => hop.split(';').find_map(|pair| {
                let (name, value) = pair.trim().split_once('=')?;
                name.eq_ignore_ascii_case("for").then(|| value.trim_matches('"'))
            })?,
        };
        let bracketed = || node.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
        let with_port = || node.parse::<SocketAddr>().ok().map(|address| address.ip());
        node.parse().ok().or_else(bracketed).or_else(with_port).map(|address: IpAddr| address.to_canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(header: ForwardedHeader, peer: &str, lines: &[&str]) -> Caller {
        let proxies = Proxies::new("10.0.0.0/8,127.0.0.1".parse().unwrap(), header);
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header.name(), line.parse().unwrap());
        }
        proxies.caller(peer.parse().unwrap(), &headers)
    }

    fn at(address: &str) -> Caller {
        Caller::At(address.parse().unwrap())
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_read() {
        let from = |peer, lines: &[&str]| caller(ForwardedHeader::XForwardedFor, peer, lines);
        assert_eq!(from("203.0.113.1", &["198.51.100.1"]), at("203.0.113.1"), "a stranger's word");
        assert_eq!(from("10.0.0.1", &["198.51.100.1"]), at("198.51.100.1"));
        assert_eq!(from("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.9"]), at("198.51.100.1"), "from the right");
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "198.51.100.1 ,10.0.0.9"]), at("198.51.100.1"), "over lines");
        assert_eq!(from("10.0.0.1", &["10.0.0.3, 10.0.0.2"]), at("10.0.0.3"), "proxies alone");
        assert_eq!(from("10.0.0.1", &[]), at("10.0.0.1"));
        assert_eq!(from("10.0.0.1", &["1.1.1.1, unknown, 10.0.0.9"]), at("10.0.0.9"), "what a proxy cannot name");
        assert_eq!(from("::ffff:10.0.0.1", &["198.51.100.1:4711"]), at("198.51.100.1"));
        assert_eq!(from("127.0.0.1", &["[2001:db8:1:2:3::4]:80"]), at("2001:db8:1:2::"));
    }

    #[test]
    fn whoever_is_only_said_to_be_this_machine_has_no_privilege() {
        let from = |peer, lines: &[&str]| caller(ForwardedHeader::XForwardedFor, peer, lines);
        assert_eq!(from("127.0.0.1", &[]), at("127.0.0.1"), "a proxy on this machine that names nobody");
        assert_eq!(from("127.0.0.1", &["unknown"]), at("127.0.0.1"));
        assert_eq!(from("127.0.0.1", &["127.0.0.1"]), at("127.0.0.1"));
        assert_eq!(from("10.0.0.1", &["127.0.0.9"]), at("127.0.0.9"), "a caller's word for itself");
        assert_eq!(from("10.0.0.1", &["::1"]), at("::"));
        assert_eq!(from("::1", &[]), Caller::ThisMachine, "who is no proxy and has connected from here");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it() {
        let from = |lines: &[&str]| caller(ForwardedHeader::Forwarded, "10.0.0.1", lines);
        assert_eq!(from(&["for=1.1.1.1, For=\"[2001:db8::9]:47\";proto=https;by=10.0.0.1"]), at("2001:db8::"));
        assert_eq!(from(&["proto=https;for=198.51.100.1", "for=10.0.0.2"]), at("198.51.100.1"));
        assert_eq!(from(&["for=1.1.1.1, for=_hidden"]), at("10.0.0.1"));
        assert_eq!(from(&["for=\"1.1.1.1, for=198.51.100.1"]), at("198.51.100.1"), "a quote left open");
    }

    #[test]
    fn a_caller_does_not_show_its_address() {
        assert_eq!(format!("{:?}", at("203.0.113.1")), "somebody");
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one_caller() {
        let ip = |text: &str| Caller::at(text.parse().unwrap());
        assert_eq!(ip("2001:db8:0:1::1"), ip("2001:db8:0:1:ffff::2"));
        assert_ne!(ip("2001:db8:0:1::1"), ip("2001:db8:0:2::1"));
        assert_eq!(ip("::ffff:192.0.2.1"), ip("192.0.2.1"));
    }
}
