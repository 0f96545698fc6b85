//! Connections: the address, TLS, and how each session is set up.
//!
//! TLS is always checked against certificates: the public ones, or the file that the operator names. Over a Unix socket or to this
//! machine it is used when the address says `sslmode=require`; elsewhere unless it says `sslmode=disable`.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::error::{OpenError, StoreError};
use super::super::place::Database;

const PATIENCE: Duration = Duration::from_secs(5);

/// How each session is set up.
///
/// A receipt is sent after the disk has everything, whatever the database's own default is. What comes after a lock sees what was
/// committed before it was given. Statements go by index and in its order; while a table grows faster than its statistics, the
/// planner would rather collect all rows of a study and sort them, and compile that. The times end what hangs: a lock that is not
/// let go, a client that has died in its transaction.
const SESSION: &str = "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c enable_bitmapscan=off \
                       -c jit=off -c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s \
                       -c client_min_messages=warning";

/// Opens connections to one database.
pub struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

/// What drives a connection.
pub type Driver = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

impl Connector {
    /// For this database; opens nothing.
    pub fn new(database: &Database) -> Result<Self, OpenError> {
        let address = |error: tokio_postgres::Error| OpenError::Address(error.to_string());
        let mut config: Config = database.dangerously_reveal().parse().map_err(address)?;
        if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(if is_this_machine(&config) { SslMode::Disable } else { SslMode::Require });
        }
        let own = config.get_options().unwrap_or_default().to_owned();
        config.options(format!("{own} {SESSION}").trim_start().to_owned());
        config.application_name("waymark-server").connect_timeout(PATIENCE).tcp_user_timeout(6 * PATIENCE);
        Ok(Self { config, tls: MakeRustlsConnect::new(tls(database)?) })
    }

    /// A pool of at most so many connections; opens nothing yet.
    pub fn pool(&self, connections: usize) -> Result<Pool, OpenError> {
        let fast = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        Pool::builder(Manager::from_config(self.config.clone(), self.tls.clone(), fast))
            .max_size(connections)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .build()
            .map_err(|error| OpenError::Address(error.to_string()))
    }

    /// A connection beside the pool.
    pub async fn alone(&self) -> Result<(Client, Driver), StoreError> {
        Ok(self.config.connect(self.tls.clone()).await?)
    }
}

/// Where `hostaddr` says which machine a host is, its name is only what a certificate is compared with.
fn is_this_machine(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        Host::Unix(_) => true,
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn tls(database: &Database) -> Result<ClientConfig, OpenError> {
    let mut roots = RootCertStore::empty();
    match &database.authorities {
        None => {
            roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
        }
        Some(path) => {
            let unusable = |error: &dyn std::fmt::Display| {
                OpenError::Address(format!("{} cannot be used: {error}", path.display()))
            };
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unusable(&error))? {
                let certificate = certificate.map_err(|error| unusable(&error))?;
                roots.add(certificate).map_err(|error| unusable(&error))?;
            }
            if roots.is_empty() {
                return Err(unusable(&"it has no certificates"));
            }
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| OpenError::Address(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> SslMode {
        Connector::new(&url.parse().unwrap()).unwrap().config.get_ssl_mode()
    }

    #[test]
    fn another_machine_is_reached_by_tls_unless_the_address_says_otherwise() {
        assert_eq!(mode("postgresql://waymark@db.example/waymark"), SslMode::Require);
        assert_eq!(mode("postgresql://waymark@10.0.0.7/waymark?sslmode=require"), SslMode::Require);
        assert_eq!(mode("postgresql://waymark@10.0.0.7/waymark?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgresql://waymark@127.0.0.1,db.example/waymark"), SslMode::Require);
    }

    #[test]
    fn a_host_that_is_called_this_machine_and_lies_elsewhere_is_reached_by_tls() {
        assert_eq!(mode("postgresql://waymark@localhost/waymark?hostaddr=10.0.0.7"), SslMode::Require);
        assert_eq!(mode("postgresql://waymark@localhost/waymark?hostaddr=127.0.0.1"), SslMode::Disable);
    }

    #[test]
    fn this_machine_is_reached_without() {
        for url in ["postgresql://waymark@127.0.0.1/waymark", "postgresql://waymark@%2Frun%2Fpostgresql/waymark"] {
            assert_eq!(mode(url), SslMode::Disable, "{url}");
        }
        assert_eq!(mode("postgresql://waymark@localhost/waymark?sslmode=require"), SslMode::Require);
    }

    #[test]
    fn every_session_waits_for_the_disk_and_keeps_what_the_address_asks_for() {
        let database = "postgresql://waymark@localhost/waymark?options=-c%20search_path%3Dstudy".parse().unwrap();
        let connector = Connector::new(&database).unwrap();
        let options = connector.config.get_options().unwrap();
        assert!(options.starts_with("-c search_path=study -c synchronous_commit=on"), "{options}");
    }

    #[test]
    fn an_address_is_not_shown() {
        let database: Database = "postgresql://waymark:s3cret@localhost/waymark".parse().unwrap();
        assert!(!format!("{database:?}").contains("s3cret"));
        let refused = "postgresql://waymark:s3cret@localhost:port/waymark".parse::<Database>().unwrap_err();
        assert!(!refused.contains("s3cret"));
    }
}
