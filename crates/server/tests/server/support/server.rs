//! A server in this process, on a free port.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use tokio::sync::{Notify, oneshot};
use waymark_server::Clock;
use waymark_server::config::{Layer, Settings};
use waymark_server::serve::Server;

use super::{DataOn, Desk, Engine, Http, OnSqlite};

/// A running server on the embedded engine.
pub type Running = RunningOn<OnSqlite>;

/// A running server with data of its own.
pub struct RunningOn<E> {
    pub http: Http,
    /// Where the counts are, when they are served.
    pub metrics: Option<Http>,
    pub data: DataOn<E>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl<E: Engine> RunningOn<E> {
    pub fn start() -> Self {
        Self::start_on(DataOn::new())
    }

    pub fn start_on(data: DataOn<E>) -> Self {
        Self::start_with(data, Layer::default())
    }

    /// A server with these settings, on a free port.
    pub fn start_with(data: DataOn<E>, given: Layer) -> Self {
        Self::start_by(Clock::system(), data, given)
    }

    /// A server that goes by this clock.
    pub fn start_by(clock: Clock, data: DataOn<E>, given: Layer) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, address) = std::sync::mpsc::channel();
        let own = Layer { listen: Some("127.0.0.1:0".parse().unwrap()), ..data.layer() };
        let settings = Settings::resolve(given, own).unwrap();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let server = Server::bind(settings).await.unwrap().by_clock(clock);
                ready.send((server.address(), server.metrics_address())).unwrap();
                server.run(&Notify::new(), async { drop(stopped.await) }).await.unwrap();
            });
        });
        let (address, metrics) = address.recv().unwrap();
        Self { http: Http(address), metrics: metrics.map(Http), data, stop: Some(stop), thread: Some(thread) }
    }

    /// A server with these settings and a registered study.
    pub fn with_desk_and(given: Layer) -> (Self, Desk) {
        let server = Self::start_with(DataOn::new(), given);
        let desk = Desk::new(server.http, &server.token("admin"));
        (server, desk)
    }

    /// A server with a registered study.
    pub fn with_desk() -> (Self, Desk) {
        Self::with_desk_and(Layer::default())
    }

    /// A token from the command line, for all studies.
    pub fn token(&self, role: &str) -> String {
        self.data.token(&["--role", role])
    }

    /// Stops the server and starts it again on the same data.
    pub fn restart(self) -> Self {
        self.restart_after(|_| {})
    }

    /// Stops the server, does something with its data, and starts it again.
    pub fn restart_after(mut self, work: impl FnOnce(&DataOn<E>)) -> Self {
        self.halt();
        work(&self.data);
        Self::start_on(self.leave())
    }

    /// Stops the server and starts it again with other settings.
    pub fn restart_with(mut self, given: Layer) -> Self {
        self.halt();
        Self::start_with(self.leave(), given)
    }

    fn leave(mut self) -> DataOn<E> {
        let Self { data, .. } = &mut self;
        std::mem::replace(data, DataOn::over(None))
    }
}

impl<E> RunningOn<E> {
    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// The embedded engine's file.
    pub fn database(&self) -> PathBuf {
        self.folder().join("waymark.db")
    }

    /// A connection of our own to the embedded engine's file.
    pub fn sql(&self) -> rusqlite::Connection {
        self.data.sql()
    }

    /// Everything in the data folder and the folders below it.
    pub fn bytes(&self) -> Vec<u8> {
        self.data.bytes()
    }

    fn halt(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server has panicked");
        }
    }
}

/// All files in a folder and the folders below it; what goes meanwhile is left out.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let (folders, files): (Vec<_>, Vec<_>) =
        entries.into_iter().map(|entry| entry.path()).partition(|path| path.is_dir());
    files.into_iter().chain(folders.iter().flat_map(|folder| files_in(folder))).collect()
}

impl<E> Drop for RunningOn<E> {
    fn drop(&mut self) {
        self.halt();
    }
}
