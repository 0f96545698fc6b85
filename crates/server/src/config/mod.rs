//! The settings of `serve`: one list, from which the flags, the variables, the file's keys and the printed table come.
//!
//! ```text
//! flag  >  WAYMARK_… variable  >  --config FILE  >  default
//! └──────── given ──────────┘     └── file ──┘
//! ```
//!
//! A value is checked where it is read, and all of them together by [`Settings::resolve`]. Nothing is opened for that.

pub mod file;
mod names;
mod values;

pub use names::Names;
pub use values::{DatabaseParser, ForwardedHeader, LogFormat, LogLevel, Networks, Per, Rate, Span};

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use bytesize::ByteSize;
use waymark_protocol::api::Quota;

use crate::store::{Bucket, Database, Place};

/// The headers that every client sends take less.
const LEAST_HEADER: ByteSize = ByteSize::kib(1);
const MOST_HEADER: ByteSize = ByteSize::mib(1);
/// With it the slowest call, its largest body and its work, still ends before a connection is cut for its length.
pub const MOST_BODY_TIMEOUT: Span = Span::seconds(5 * 60);

macro_rules! settings {
    (
        required { $( $(#[doc = $r_about:literal])+ #[arg($($r_arg:tt)*)] $r_name:ident: $r_type:ty, $r_variable:literal; )+ }
        optional { $( $(#[doc = $o_about:literal])+ #[arg($($o_arg:tt)*)] $o_name:ident: $o_type:ty, $o_variable:literal; )+ }
        defaults { $( $(#[doc = $about:literal])+ #[arg($($arg:tt)*)] $name:ident: $type:ty = $default:expr, $variable:literal; )+ }
    ) => {
        /// What one source says: any of the settings.
        #[derive(Debug, Clone, Default, clap::Args, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Layer {
            $( $(#[doc = $r_about])+ #[arg(long, env = $r_variable, hide_env_values = true, $($r_arg)*)] pub $r_name: Option<$r_type>, )+
            $( $(#[doc = $o_about])+ #[arg(long, env = $o_variable, hide_env_values = true, $($o_arg)*)] pub $o_name: Option<$o_type>, )+
            $( $(#[doc = $about])+ #[arg(long, env = $variable, hide_env_values = true, $($arg)*)] pub $name: Option<$type>, )+
        }

        /// All settings, as they are in force.
        #[derive(Debug, Clone)]
        pub struct Settings {
            $( $(#[doc = $r_about])+ pub $r_name: $r_type, )+
            $( $(#[doc = $o_about])+ pub $o_name: Option<$o_type>, )+
            $( $(#[doc = $about])+ pub $name: $type, )+
        }

        impl Layer {
            /// All names, as keys of the file.
            pub const NAMES: &[&str] = &[$(stringify!($r_name),)+ $(stringify!($o_name),)+ $(stringify!($name),)+];

            /// The names that are set here.
            pub fn set(&self) -> Vec<&'static str> {
                let all = [
                    $((stringify!($r_name), self.$r_name.is_some()),)+
                    $((stringify!($o_name), self.$o_name.is_some()),)+
                    $((stringify!($name), self.$name.is_some()),)+
                ];
                all.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect()
            }

            fn or(self, below: Self) -> Self {
                Self {
                    $($r_name: self.$r_name.or(below.$r_name),)+
                    $($o_name: self.$o_name.or(below.$o_name),)+
                    $($name: self.$name.or(below.$name),)+
                }
            }

            fn complete(self) -> Result<Settings, ConfigError> {
                Ok(Settings {
                    $($r_name: self.$r_name.ok_or(ConfigError::Missing { name: stringify!($r_name), variable: $r_variable })?,)+
                    $($o_name: self.$o_name,)+
                    $($name: self.$name.unwrap_or_else(|| $default),)+
                })
            }
        }

        impl Settings {
            /// Each setting's name with its value as a file would have it; none where it is not set.
            pub fn table(&self) -> Vec<(&'static str, Option<String>)> {
                vec![
                    $((stringify!($r_name), Some(toml_text(&self.$r_name))),)+
                    $((stringify!($o_name), self.$o_name.as_ref().map(toml_text)),)+
                    $((stringify!($name), Some(toml_text(&self.$name))),)+
                ]
            }
        }
    };
}

settings! {
    required {
        /// The folder of attachments and, without --database-url, of the embedded database; made when there is none.
        #[arg(value_name = "DIR")]
        data: PathBuf, "WAYMARK_DATA";
    }
    optional {
        /// A PostgreSQL database, postgresql://USER:PASSWORD@HOST:PORT/NAME; several servers may share it and the folder. A
        /// password is better given in the file or the environment than on the command line, where others on the machine can
        /// read it.
        #[arg(value_name = "URL", value_parser = DatabaseParser)]
        database_url: Database, "WAYMARK_DATABASE_URL";
        /// Certificates (PEM) that vouch for the database's server, instead of the public ones.
        #[arg(value_name = "FILE")]
        database_ca: PathBuf, "WAYMARK_DATABASE_CA";
        /// A bucket for attachments instead of the folder, s3://BUCKET/PREFIX; its address and keys come from AWS_ENDPOINT,
        /// AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
        #[arg(value_name = "URL")]
        parts_url: Bucket, "WAYMARK_PARTS_URL";
        /// The certificate and those that vouch for it, as PEM. With --tls-key: TLS of the server's own. Both files are read
        /// again when they change.
        #[arg(value_name = "FILE")]
        tls_certificate: PathBuf, "WAYMARK_TLS_CERTIFICATE";
        /// The certificate's private key, as PEM.
        #[arg(value_name = "FILE")]
        tls_key: PathBuf, "WAYMARK_TLS_KEY";
        /// Where to serve Prometheus its /metrics, in plain HTTP; keep it on this machine or a private network.
        #[arg(value_name = "ADDR")]
        metrics_listen: SocketAddr, "WAYMARK_METRICS_LISTEN";
        /// How many bytes of attachments a study may have stored; 0 or not set for as many as fit.
        #[arg(value_name = "SIZE")]
        quota_per_study: ByteSize, "WAYMARK_QUOTA_PER_STUDY";
    }
    defaults {
        /// Address and port; port 0 takes a free one.
        #[arg(value_name = "ADDR")]
        listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8787)), "WAYMARK_LISTEN";
        /// The host names under which phones reach this server, with a port where they use one: phones that come back with the
        /// 24 words are believed for these alone. Needed beyond this machine and behind a proxy.
        #[arg(value_name = "NAMES")]
        names: Names = Names::default(), "WAYMARK_NAMES";
        /// A proxy with TLS stands before this server, which may therefore speak plain HTTP beyond this machine.
        #[arg(value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
        plain_http: bool = false, "WAYMARK_PLAIN_HTTP";
        /// The proxies that are believed when they say for whom they ask: addresses or ranges.
        #[arg(value_name = "NETWORKS")]
        trusted_proxies: Networks = Networks::default(), "WAYMARK_TRUSTED_PROXIES";
        /// Where those proxies say it.
        #[arg(value_name = "HEADER")]
        forwarded_header: ForwardedHeader = ForwardedHeader::XForwardedFor, "WAYMARK_FORWARDED_HEADER";
        /// How many connections are open at once; more are closed as they come.
        #[arg(value_name = "N")]
        max_connections: NonZeroU32 = number(8192), "WAYMARK_MAX_CONNECTIONS";
        /// How many of them come from one address (of IPv6: one /64). Trusted proxies and this machine may have them all.
        #[arg(value_name = "N")]
        max_connections_per_address: NonZeroU32 = number(512), "WAYMARK_MAX_CONNECTIONS_PER_ADDRESS";
        /// How long a client may take to shake hands, and to send the head of a request.
        #[arg(value_name = "TIME")]
        header_timeout: Span = Span::seconds(10), "WAYMARK_HEADER_TIMEOUT";
        /// How much the head of a request may hold.
        #[arg(value_name = "SIZE")]
        header_size: ByteSize = ByteSize::kib(16), "WAYMARK_HEADER_SIZE";
        /// How long a client may take to send a body, beyond a second for each 4 KiB of it; 5m at most.
        #[arg(value_name = "TIME")]
        body_timeout: Span = Span::seconds(20), "WAYMARK_BODY_TIMEOUT";
        /// How long a connection stays open between two requests, or without taking any of a reply.
        #[arg(value_name = "TIME")]
        idle_timeout: Span = Span::seconds(75), "WAYMARK_IDLE_TIMEOUT";
        /// Calls by one token.
        #[arg(value_name = "RATE")]
        rate_per_token: Rate = Rate::a_minute(number(6000)), "WAYMARK_RATE_PER_TOKEN";
        /// Calls that need no token, by one address: joining, coming back, and what does not exist.
        #[arg(value_name = "RATE")]
        rate_without_token: Rate = Rate::a_minute(number(300)), "WAYMARK_RATE_WITHOUT_TOKEN";
        /// Tokens that are none, by one address.
        #[arg(value_name = "RATE")]
        rate_of_wrong_tokens: Rate = Rate::a_minute(number(60)), "WAYMARK_RATE_OF_WRONG_TOKENS";
        /// How many bytes of attachments a participant may have stored; 0 for as many as fit.
        #[arg(value_name = "SIZE")]
        quota_per_participant: ByteSize = ByteSize::gib(4), "WAYMARK_QUOTA_PER_PARTICIPANT";
        /// How many bytes of records, which is what people write, a participant may have stored; 0 for as many as fit.
        #[arg(value_name = "SIZE")]
        quota_of_records: ByteSize = ByteSize::gib(1), "WAYMARK_QUOTA_OF_RECORDS";
        /// How the log is written.
        #[arg(value_name = "FORMAT")]
        log_format: LogFormat = LogFormat::Text, "WAYMARK_LOG_FORMAT";
        /// How much goes into the log.
        #[arg(value_name = "LEVEL")]
        log_level: LogLevel = LogLevel::Info, "WAYMARK_LOG_LEVEL";
    }
}

const fn number(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("a default is not 0")
}

fn toml_text<T: serde::Serialize>(value: &T) -> String {
    // A path that is not UTF-8 is the one value that TOML cannot hold.
    toml::Value::try_from(value).map_or_else(|_| "\"(not UTF-8)\"".to_owned(), |value| value.to_string())
}

/// Why the settings do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Something that has no default is not set.
    #[error("`{name}` is not set: give --{name}, set {variable}, or write `{name} = \"…\"` into the file")]
    Missing {
        /// The setting.
        name: &'static str,
        /// Its variable.
        variable: &'static str,
    },
    /// A certificate without a key, or a key without a certificate.
    #[error("`{set}` is set without `{unset}`: TLS needs both files; set the other one too, or neither")]
    HalfOfTls {
        /// The one that is set.
        set: &'static str,
        /// The one that is not.
        unset: &'static str,
    },
    /// Plain HTTP would leave the machine.
    #[error(
        "`listen` = {0} reaches beyond this machine, and without TLS everybody on the way could read tokens: set \
         `tls_certificate` and `tls_key`; or `plain_http = true` where a proxy with TLS stands before this server; or listen on \
         127.0.0.1"
    )]
    PlainBeyondThisMachine(SocketAddr),
    /// A database's certificates without a database.
    #[error("`database_ca` is set without `database_url`: set the database's address too, or remove it")]
    AuthoritiesAlone,
    /// Both at once.
    #[error("`plain_http` and `tls_certificate` exclude each other: remove one of them")]
    PlainAndTls,
    /// Nobody could come back.
    #[error(
        "`names` is not set: write the host names under which phones reach this server, `names = [\"diary.example.org\"]`, for \
         it is reached from beyond this machine, and phones that come back with the 24 words are believed for these names alone"
    )]
    NoNames,
    /// The size is not one that works.
    #[error(
        "`header_size` must be from {LEAST_HEADER} to {MOST_HEADER}: {0} would refuse good requests, or hold too much"
    )]
    HeaderSize(ByteSize),
    /// Longer than a call may take.
    #[error("`body_timeout` must be at most {MOST_BODY_TIMEOUT}: {0} would be longer than a call may take")]
    BodyTimeout(Span),
}

impl Settings {
    /// The settings in force: what was given before what the file says, before the defaults.
    pub fn resolve(given: Layer, file: Layer) -> Result<Self, ConfigError> {
        let settings = given.or(file).complete()?;
        let beyond = !settings.listen.ip().to_canonical().is_loopback();
        match (&settings.tls_certificate, &settings.tls_key) {
            (Some(_), None) => return Err(ConfigError::HalfOfTls { set: "tls_certificate", unset: "tls_key" }),
            (None, Some(_)) => return Err(ConfigError::HalfOfTls { set: "tls_key", unset: "tls_certificate" }),
            (Some(_), Some(_)) if settings.plain_http => return Err(ConfigError::PlainAndTls),
            (None, None) if beyond && !settings.plain_http => {
                return Err(ConfigError::PlainBeyondThisMachine(settings.listen));
            }
            _ => {}
        }
        if settings.names.is_empty() && (beyond || settings.plain_http || !settings.trusted_proxies.is_empty()) {
            return Err(ConfigError::NoNames);
        }
        if settings.database_ca.is_some() && settings.database_url.is_none() {
            return Err(ConfigError::AuthoritiesAlone);
        }
        if !(LEAST_HEADER..=MOST_HEADER).contains(&settings.header_size) {
            return Err(ConfigError::HeaderSize(settings.header_size));
        }
        if settings.body_timeout > MOST_BODY_TIMEOUT {
            return Err(ConfigError::BodyTimeout(settings.body_timeout));
        }
        Ok(settings)
    }
}

impl Settings {
    /// How many bytes are kept; 0 is no bound.
    pub fn quota(&self) -> Quota {
        let bound = |size: ByteSize| Some(size.as_u64()).filter(|bytes| *bytes > 0);
        Quota {
            participant: bound(self.quota_per_participant),
            study: self.quota_per_study.and_then(bound),
            records: bound(self.quota_of_records),
        }
    }

    /// Where the server keeps things.
    pub fn place(&self) -> Place {
        let mut database = self.database_url.clone();
        if let Some(database) = &mut database {
            database.authorities.clone_from(&self.database_ca);
        }
        Place { folder: self.data.clone(), database, parts: self.parts_url.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Layer {
        Layer { data: Some("data".into()), ..Layer::default() }
    }

    fn refused(given: Layer) -> String {
        Settings::resolve(given, Layer::default()).unwrap_err().to_string()
    }

    #[test]
    fn what_is_given_comes_before_the_file_and_the_file_before_the_default() {
        let file = Layer {
            data: Some("from the file".into()),
            header_timeout: Some(Span::seconds(3)),
            max_connections: Some(number(7)),
            ..Layer::default()
        };
        let given = Layer { max_connections: Some(number(9)), ..given() };
        let settings = Settings::resolve(given, file).unwrap();
        assert_eq!(settings.data, PathBuf::from("data"));
        assert_eq!((settings.header_timeout, settings.max_connections), (Span::seconds(3), number(9)));
        assert_eq!(settings.idle_timeout, Span::seconds(75));
    }

    #[test]
    fn what_does_not_fit_together_is_refused_in_a_sentence_that_says_what_to_do() {
        let beyond = Some("0.0.0.0:443".parse().unwrap());
        let file = || Some(PathBuf::from("a.pem"));
        assert!(refused(Layer::default()).starts_with("`data` is not set: give --data, set WAYMARK_DATA, or write"));
        let half = refused(Layer { tls_certificate: file(), ..given() });
        assert!(half.starts_with("`tls_certificate` is set without `tls_key`"), "{half}");
        let half = refused(Layer { tls_key: file(), ..given() });
        assert!(half.starts_with("`tls_key` is set without `tls_certificate`"), "{half}");
        let plain = refused(Layer { listen: beyond, ..given() });
        assert!(plain.contains("`plain_http = true` where a proxy with TLS stands before"), "{plain}");
        let mapped = Some("[::ffff:127.0.0.1]:0".parse().unwrap());
        assert!(Settings::resolve(Layer { listen: mapped, ..given() }, Layer::default()).is_ok());
        let names: Option<Names> = Some("diary.example.org".parse().unwrap());
        let tls = Layer { tls_certificate: file(), tls_key: file(), listen: beyond, names, ..given() };
        assert!(Settings::resolve(tls.clone(), Layer::default()).is_ok());
        assert!(refused(Layer { plain_http: Some(true), ..tls }).contains("exclude each other"));
        assert!(refused(Layer { database_ca: file(), ..given() }).contains("without `database_url`"));
        let slow = refused(Layer { body_timeout: Some(Span::seconds(301)), ..given() });
        assert_eq!(slow, "`body_timeout` must be at most 5m: 5m 1s would be longer than a call may take");
        for size in [ByteSize::b(1), ByteSize::gib(1)] {
            assert!(refused(Layer { header_size: Some(size), ..given() }).starts_with("`header_size` must be from"));
        }
    }

    #[test]
    fn whoever_is_reached_from_beyond_this_machine_must_have_a_name() {
        let proxies: Option<Networks> = Some("127.0.0.1".parse().unwrap());
        let listen = Some("0.0.0.0:443".parse().unwrap());
        let pair = Some(PathBuf::from("a.pem"));
        for reached in [
            Layer { trusted_proxies: proxies, ..given() },
            Layer { plain_http: Some(true), ..given() },
            Layer { tls_certificate: pair.clone(), tls_key: pair, listen, ..given() },
        ] {
            assert!(refused(reached.clone()).contains("write the host names under which phones reach this server"));
            let named = Layer { names: Some("diary.example.org".parse().unwrap()), ..reached };
            assert!(Settings::resolve(named, Layer::default()).is_ok());
        }
    }

    #[test]
    fn a_quota_of_nothing_is_none() {
        let quota = |layer| Settings::resolve(layer, Layer::default()).unwrap().quota();
        assert_eq!(quota(given()), Quota { participant: Some(4 << 30), study: None, records: Some(1 << 30) });
        let (participant, study) = (Some(ByteSize::b(0)), Some(ByteSize::kib(2)));
        let records = Some(ByteSize::b(0));
        let set =
            Layer { quota_per_participant: participant, quota_per_study: study, quota_of_records: records, ..given() };
        assert_eq!(quota(set), Quota { participant: None, study: Some(2048), records: None });
        let none = Layer { quota_per_study: Some(ByteSize::b(0)), ..given() };
        assert_eq!(quota(none).study, None);
    }

    #[test]
    fn the_printed_table_is_a_file_that_gives_the_same_settings() {
        let networks = Some("10.0.0.0/8,::1".parse().unwrap());
        let names = Some("diary.example.org,notes.example.org:8443".parse().unwrap());
        let layer = Layer { trusted_proxies: networks, names, rate_per_token: Some(Rate(None)), ..given() };
        let settings = Settings::resolve(layer, Layer::default()).unwrap();
        let lines = settings.table().into_iter().filter_map(|(name, value)| Some(format!("{name} = {}\n", value?)));
        let read = file::parse(&lines.collect::<String>()).unwrap();
        assert_eq!(Settings::resolve(Layer::default(), read).unwrap().table(), settings.table());
        assert_eq!(settings.table().len(), Layer::NAMES.len());
    }
}
