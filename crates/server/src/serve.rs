//! Running the server: one per data folder, until it is told to stop.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::app::{self, App};
use crate::clock::Clock;
use crate::config::Settings;
use crate::listen::tls::{Certificate, Files, TlsError};
use crate::listen::{Patience, Places, Proxies, Reception};
use crate::metrics::{self, Metrics};
use crate::rates::Rates;
use crate::store::{OpenError, Store};

/// How long requests in flight may take to finish once the server has been told to stop.
const DRAIN: Duration = Duration::from_secs(30);
/// How many connections may ask for the counts at once.
const SCRAPES: NonZeroU32 = NonZeroU32::new(16).expect("16 is not 0");
/// How often those are forgotten whom no limit concerns any more.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder cannot be used.
    #[error("{0}")]
    Open(String),
    /// Another server has the folder.
    #[error("another server is running on {}", .0.display())]
    Taken(PathBuf),
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
}

impl From<OpenError> for ServeError {
    fn from(error: OpenError) -> Self {
        Self::Open(error.to_string())
    }
}

/// A server that listens and has not begun to answer.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    counts: Option<(TcpListener, SocketAddr)>,
    certificate: Option<Arc<Certificate>>,
    settings: Settings,
    store: Store,
    clock: Clock,
    /// Held as long as the server lives; the operating system gives it back after any crash. Over PostgreSQL several may serve.
    _lock: Option<File>,
}

impl Server {
    /// Opens the data folder and listens.
    pub async fn bind(settings: Settings) -> Result<Self, ServeError> {
        let certificate = tls_files(&settings).map(Certificate::load).transpose()?;
        let place = settings.place();
        Store::prepare(&place)?;
        // Before the database is opened: a server that may not have the folder must not bring its database up to date either.
        let lock = if place.database.is_none() { Some(lock(&place.folder)?) } else { None };
        let store = Store::open(&place).await?;
        let (listener, address) = listen(settings.listen).await?;
        let counts = match settings.metrics_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        Ok(Self { listener, address, counts, certificate, settings, store, clock: Clock::system(), _lock: lock })
    }

    /// Answers by this clock in the place of the machine's.
    #[must_use]
    pub fn by_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it serves its counts, with the real port.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.counts.as_ref().map(|(_, address)| *address)
    }

    /// How its address begins.
    pub fn scheme(&self) -> &'static str {
        if self.certificate.is_some() { "https" } else { "http" }
    }

    /// Answers until `stop` returns; then waits end at once, requests in flight are finished, and what they wrote is on disk.
    /// Whenever `look_now` is notified the certificate's files are looked at, as they are every few seconds.
    pub async fn run(self, look_now: &Notify, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Self { listener, counts, certificate, settings, store, clock, _lock, .. } = self;
        let (stopping, stopped) = watch::channel(false);
        let (metrics, rates) = (Metrics::new(), Arc::new(Rates::new(&settings)));
        let tls = certificate.as_ref().map(Certificate::acceptor).transpose()?;
        let app = App::new(store, stopped.clone(), rates.clone(), metrics.clone(), &settings, clock);
        let reception = reception(&settings, app::router(app), metrics.clone());
        let told = async move {
            stop.await;
            tracing::info!("stopping: requests in flight are finished");
            // The value stays readable when the sender is gone.
            stopping.send_replace(true);
        };
        let overdue = async {
            // An error says that the sender is gone: it has sent before.
            let _ = stopped.clone().wait_for(|stopping| *stopping).await;
            tokio::time::sleep(DRAIN).await;
        };
        tokio::select! {
            () = Reception { tls, ..reception.clone() }.receive(listener, told) => {}
            () = overdue => tracing::warn!("a connection did not finish in time and was cut"),
            () = beside(&reception, counts) => {}
            () = follow(certificate, look_now) => {}
            () = sweep(&rates) => {}
        }
        Ok(())
    }
}

/// Serves the counts, for as long as the server runs.
async fn beside(like: &Reception, counts: Option<(TcpListener, SocketAddr)>) {
    match counts {
        Some((listener, _)) => {
            let (router, places) = (metrics::router(like.metrics.clone()), Places::new(SCRAPES, SCRAPES));
            let reception = Reception { router, places, ..like.clone() };
            reception.receive(listener, std::future::pending()).await;
        }
        None => std::future::pending().await,
    }
}

async fn follow(certificate: Option<Arc<Certificate>>, look_now: &Notify) {
    match certificate {
        Some(certificate) => certificate.follow_files(look_now).await,
        None => std::future::pending().await,
    }
}

async fn sweep(rates: &Rates) {
    loop {
        tokio::time::sleep(SWEEP_EVERY).await;
        rates.sweep();
    }
}

fn reception(settings: &Settings, router: axum::Router, metrics: Arc<Metrics>) -> Reception {
    Reception {
        router,
        tls: None,
        proxies: Arc::new(Proxies::new(settings.trusted_proxies.clone(), settings.forwarded_header)),
        places: Places::new(settings.max_connections, settings.max_connections_per_address),
        patience: Patience { head: settings.header_timeout.0, idle: settings.idle_timeout.0 },
        head_bytes: usize::try_from(settings.header_size.as_u64()).unwrap_or(usize::MAX),
        metrics,
    }
}

/// The certificate's files, where the server does TLS itself.
pub fn tls_files(settings: &Settings) -> Option<Files> {
    let (certificate, key) = settings.tls_certificate.clone().zip(settings.tls_key.clone())?;
    Some(Files { certificate, key })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |error| ServeError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

pub(crate) fn lock(data: &Path) -> Result<File, ServeError> {
    let path = data.join("serve.lock");
    let cannot = |error: std::io::Error| ServeError::Open(format!("{} cannot be used: {error}", path.display()));
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServeError::Taken(data.to_owned())),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}
