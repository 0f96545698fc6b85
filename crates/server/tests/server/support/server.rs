//! A server in this process, on a free port.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use tempfile::TempDir;
use tokio::sync::{Notify, oneshot};
use waymark_server::config::{Layer, Settings};
use waymark_server::serve::Server;

use super::{Desk, Http, new_token};

/// A running server with a data folder of its own.
pub struct Running {
    pub http: Http,
    /// Where the counts are, when they are served.
    pub metrics: Option<Http>,
    pub folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub fn start() -> Self {
        Self::start_on(tempfile::tempdir().unwrap())
    }

    pub fn start_on(folder: TempDir) -> Self {
        Self::start_with(folder, Layer::default())
    }

    /// A server with these settings, on a free port.
    pub fn start_with(folder: TempDir, given: Layer) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, address) = std::sync::mpsc::channel();
        let own = Layer {
            data: Some(folder.path().to_owned()),
            listen: Some("127.0.0.1:0".parse().unwrap()),
            ..Layer::default()
        };
        let settings = Settings::resolve(given, own).unwrap();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let server = Server::bind(settings).await.unwrap();
                ready.send((server.address(), server.metrics_address())).unwrap();
                server.run(&Notify::new(), async { drop(stopped.await) }).await.unwrap();
            });
        });
        let (address, metrics) = address.recv().unwrap();
        Self { http: Http(address), metrics: metrics.map(Http), folder, stop: Some(stop), thread: Some(thread) }
    }

    /// A server with these settings and a registered study.
    pub fn with_desk_and(given: Layer) -> (Self, Desk) {
        let server = Self::start_with(tempfile::tempdir().unwrap(), given);
        let desk = Desk::new(server.http, &server.token("admin"));
        (server, desk)
    }

    /// A server with a registered study.
    pub fn with_desk() -> (Self, Desk) {
        Self::with_desk_and(Layer::default())
    }

    /// A token from the command line, for all studies.
    pub fn token(&self, role: &str) -> String {
        new_token(self.folder.path(), &["--role", role])
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("waymark.db")
    }

    /// A connection of our own to the database.
    pub fn sql(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.database()).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        connection
    }

    /// Everything in the data folder and the folders below it.
    pub fn bytes(&self) -> Vec<u8> {
        files_in(self.folder.path()).iter().flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
    }

    /// Stops the server and starts it again on the same folder.
    pub fn restart(self) -> Self {
        self.restart_with(Layer::default())
    }

    /// The same with other settings.
    pub fn restart_with(mut self, given: Layer) -> Self {
        self.halt();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Self::start_with(folder, given)
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

impl Drop for Running {
    fn drop(&mut self) {
        self.halt();
    }
}
