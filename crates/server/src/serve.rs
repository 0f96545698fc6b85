//! Running the server: one per data folder, until it is told to stop.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{self, App};
pub use crate::store::{Bucket, Database, Place};
use crate::store::{OpenError, Store};

/// How long requests in flight may take to finish once the server has been told to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder cannot be used.
    #[error("{0}")]
    Open(String),
    /// Another server has the folder.
    #[error("another server is running on {}", .0.display())]
    Taken(PathBuf),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The network failed while running.
    #[error("the server has stopped: {0}")]
    Run(std::io::Error),
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
    store: Store,
    /// Held as long as the server lives; the operating system gives it back after any crash. Over PostgreSQL several may serve.
    _lock: Option<File>,
}

impl Server {
    /// Opens the data folder and listens.
    pub async fn bind(place: &Place, listen: SocketAddr) -> Result<Self, ServeError> {
        Store::prepare(place)?;
        // Before the database is opened: a server that may not have the folder must not bring its database up to date either.
        let lock = if place.database.is_none() { Some(lock(&place.folder)?) } else { None };
        let store = Store::open(place).await?;
        let failed = |error| ServeError::Listen { address: listen, error };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address, store, _lock: lock })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` returns; then waits end at once, requests in flight are finished, and what they wrote is on disk.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let (stopping, stopped) = watch::channel(false);
        let router = app::router(App::new(self.store, stopped.clone()));
        let told = async move {
            stop.await;
            tracing::info!("stopping: requests in flight are finished");
            // The value stays readable when the sender is gone.
            stopping.send_replace(true);
        };
        let listener = self.listener.tap_io(|connection| {
            if let Err(error) = connection.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps its small packets back");
            }
        });
        // Without this every connection gets a copy of all routes, some 30 KB, as soon as it is there.
        let router = router.into_make_service();
        let serving = axum::serve(listener, router).with_graceful_shutdown(told);
        let mut stopped = stopped;
        let overdue = async move {
            // An error says that the sender is gone: it has sent before.
            let _ = stopped.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(DRAIN).await;
        };
        tokio::select! {
            ended = async { serving.await } => ended.map_err(ServeError::Run),
            () = overdue => {
                tracing::warn!("a connection did not finish in time and was cut");
                Ok(())
            }
        }
    }
}

fn lock(data: &Path) -> Result<File, ServeError> {
    let path = data.join("serve.lock");
    let cannot = |error: std::io::Error| ServeError::Open(format!("{} cannot be used: {error}", path.display()));
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServeError::Taken(data.to_owned())),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}
