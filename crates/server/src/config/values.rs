//! What a setting's value may be, as a person writes it.

use std::ffi::OsStr;
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Command};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::store::Database;

/// Reads a database's address. The argument parser's own words would quote what they refuse, a password with it.
#[derive(Clone)]
pub struct DatabaseParser;

impl TypedValueParser for DatabaseParser {
    type Value = Database;

    fn parse_ref(&self, command: &Command, _: Option<&Arg>, value: &OsStr) -> Result<Database, clap::Error> {
        let url = value.to_str().ok_or_else(|| "it is not UTF-8".to_owned());
        url.and_then(str::parse).map_err(|why| {
            let text = format!("the database's address cannot be used: {why}\n");
            clap::Error::raw(ErrorKind::ValueValidation, text).with_cmd(command)
        })
    }
}

/// A length of time: `300ms`, `10s`, `5m`, `1h 30m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(pub Duration);

impl Span {
    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        humantime::format_duration(self.0).fmt(f)
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let length =
            humantime::parse_duration(text).map_err(|_| "a length of time is written like \"10s\" or \"5m\"")?;
        if length.is_zero() {
            return Err("a length of time is more than nothing".to_owned());
        }
        Ok(Self(length))
    }
}

/// How many calls are answered in how long: `600/min`; `0` for as many as come. They may come all at once, and then wait as
/// long as the bucket takes to fill again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rate(pub Option<(NonZeroU32, Per)>);

/// The time in which an empty bucket is full again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
}

impl Per {
    const ALL: [Self; 3] = [Self::Second, Self::Minute, Self::Hour];

    fn row(self) -> (&'static str, u64) {
        match self {
            Self::Second => ("s", 1),
            Self::Minute => ("min", 60),
            Self::Hour => ("h", 3600),
        }
    }

    /// As a length of time.
    pub fn length(self) -> Duration {
        Duration::from_secs(self.row().1)
    }
}

impl Rate {
    /// So many calls a minute.
    pub const fn a_minute(calls: NonZeroU32) -> Self {
        Self(Some((calls, Per::Minute)))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((calls, per)) => write!(f, "{calls}/{}", per.row().0),
            None => f.write_str("0"),
        }
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "a rate is written like \"600/min\" (s, min or h); \"0\" means no limit".to_owned();
        if text == "0" {
            return Ok(Self(None));
        }
        let (calls, per) = text.split_once('/').ok_or_else(expected)?;
        let calls = calls.trim().parse().map_err(|_| expected())?;
        let per = Per::ALL.into_iter().find(|known| known.row().0 == per.trim()).ok_or_else(expected)?;
        Ok(Self(Some((calls, per))))
    }
}

/// Addresses and networks: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`. A flag or variable separates them by commas, a file has a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Whether an address is in one of them.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<Vec<String>> for Networks {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let network = |text: &String| {
            let text = text.trim();
            let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| "a network is an address like \"10.0.0.7\", or a range like \"10.0.0.0/8\"".to_owned())
        };
        texts.iter().map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl From<Networks> for Vec<String> {
    fn from(networks: Networks) -> Self {
        networks.0.iter().map(ToString::to_string).collect()
    }
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let texts = text.split(',').map(str::to_owned).filter(|text| !text.trim().is_empty());
        texts.collect::<Vec<_>>().try_into()
    }
}

/// The header in which a proxy says for whom it asks. One, because a proxy passes on what it does not set itself, and a caller
/// could write anything there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`, which most proxies write.
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl ForwardedHeader {
    /// The header's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How much of its own work the server tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum LogLevel {
    /// What somebody has to look at.
    Error,
    /// And what may become that.
    Warn,
    /// And every call.
    Info,
    /// And calls refused for their rate, and connections that ended badly.
    Debug,
}

macro_rules! as_text {
    ($($type:ty),*) => {
        $(
            impl TryFrom<String> for $type {
                type Error = String;

                fn try_from(text: String) -> Result<Self, String> {
                    text.parse()
                }
            }

            impl From<$type> for String {
                fn from(value: $type) -> Self {
                    value.to_string()
                }
            }
        )*
    };
}

as_text!(Span, Rate);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read_again() {
        for text in ["10s", "5m", "300ms", "1h 30m"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        for text in ["0", "5/s", "600/min", "7/h"] {
            assert_eq!(text.parse::<Rate>().unwrap().to_string(), text);
        }
        let networks: Networks = "10.0.0.0/8, ::1".parse().unwrap();
        assert_eq!(Networks::try_from(Vec::from(networks.clone())), Ok(networks));
    }

    #[test]
    fn what_is_no_value_is_told_how_one_is_written() {
        for text in ["", "10", "0s", "-1s", "soon"] {
            assert!(text.parse::<Span>().unwrap_err().starts_with("a length of time"), "{text}");
        }
        for text in ["", "1", "/min", "0/min", "1/day", "-1/s", "1/s/s"] {
            assert!(text.parse::<Rate>().unwrap_err().starts_with("a rate is written like"), "{text}");
        }
        for text in ["localhost", "10.0.0.0/33", "10.0.0.1;10.0.0.2"] {
            assert!(text.parse::<Networks>().unwrap_err().starts_with("a network is"), "{text}");
        }
    }

    #[test]
    fn a_range_has_its_own_addresses_alone() {
        let networks: Networks = "10.1.0.0/16,192.0.2.7".parse().unwrap();
        for (address, within) in [("10.1.9.9", true), ("10.2.0.1", false), ("192.0.2.7", true), ("192.0.2.8", false)] {
            assert_eq!(networks.contain(address.parse().unwrap()), within, "{address}");
        }
    }
}
