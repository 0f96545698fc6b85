//! A small world of its own for each test: a folder, a server, a way to it, a desk, and people.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use waymark_protocol::StudyId;

use crate::database::Database;
use crate::desk::Desk;
use crate::pilot::Pilot;
use crate::process::{program, start};
use crate::proxy::Proxy;
use crate::server::{self, Server};

/// Everybody reaches the server through the proxy, whose address is the one in the invitations.
pub struct World {
    pub root: TempDir,
    pub proxy: Arc<Proxy>,
    pub desk: Desk,
    pub port: u16,
    server: RefCell<Option<Server>>,
}

impl World {
    /// A server with one study.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("waymark-system-").tempdir().expect("a temporary folder");
        let port = server::port();
        let proxy = Proxy::start(port);
        let data = root.path().join("server");
        let server = Server::try_start(&data, port, &root.path().join("server.log")).expect("the server starts");
        let desk = Desk::new(&root.path().join("desk"), &proxy.url(), &server::admin_token(&data));
        Self { root, proxy, desk, port, server: RefCell::new(Some(server)) }
    }

    /// A path in the world's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The server's folder.
    pub fn data(&self) -> PathBuf {
        self.path("server")
    }

    /// The address that people know.
    pub fn url(&self) -> String {
        self.proxy.url()
    }

    /// Somebody who has joined on day 0.
    #[track_caller]
    pub fn person(&self, label: &str) -> Pilot {
        let pilot = Pilot::new(&self.path(label));
        pilot.join(&self.desk.invite(label)).ok();
        pilot
    }

    /// SIGKILL.
    pub fn kill_server(&self) {
        self.take_server().kill();
    }

    /// SIGTERM; the server ends well.
    pub fn stop_server(&self) {
        let status = self.take_server().terminate();
        assert!(status.success(), "the server ended with {status}");
    }

    fn take_server(&self) -> Server {
        self.server.borrow_mut().take().expect("the server runs")
    }

    /// Starts the server again.
    pub fn start_server(&self) {
        self.try_start_server().expect("the server starts again");
    }

    /// Starts the server again; what it said when it does not.
    pub fn try_start_server(&self) -> Result<(), String> {
        let server = Server::try_start(&self.data(), self.port, &self.path("server.log"))?;
        *self.server.borrow_mut() = Some(server);
        Ok(())
    }

    /// Makes a server that was started otherwise the world's.
    pub fn has_server(&self, server: Server) {
        *self.server.borrow_mut() = Some(server);
    }

    /// A copy of all that the server has, for [`World::restore`].
    pub fn back_up(&self) {
        self.stop_server();
        copy(&self.data(), &self.path("backup"));
        self.start_server();
    }

    /// The server becomes what it was at its last copy, and is told that it begins a new life.
    pub fn restore(&self) {
        self.stop_server();
        copy(&self.path("backup"), &self.data());
        let data = self.data();
        let arguments = ["new-epoch", "--data", data.to_str().expect("a temporary folder has a plain name")];
        start(&program("WAYMARK_SERVER", "waymark-server"), &arguments, "", &[]).end().ok();
        self.start_server();
    }

    /// Stops the server, lets something be done to its database, and starts it again.
    pub fn meddle<R>(&self, with: impl FnOnce(&Database) -> R) -> R {
        self.stop_server();
        let result = with(&Database::open(&self.data()));
        self.start_server();
        result
    }

    /// The study's name, as the server has it.
    pub fn study(&self) -> StudyId {
        StudyId(Database::open(&self.data()).blob("SELECT study FROM study").try_into().expect("16 bytes"))
    }
}

/// Copies a folder and the folders in it; what was at the other place goes.
pub fn copy(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).expect("the folder can be removed");
    }
    fs::create_dir(to).expect("the folder can be made");
    for file in fs::read_dir(from).expect("the folder can be read") {
        let file = file.expect("the folder can be read");
        let (path, to) = (file.path(), to.join(file.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).expect("the file can be copied");
        }
    }
}
