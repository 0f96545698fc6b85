//! What a server keeps its things in: a folder, and a database where the engine has one of its own.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use waymark_server::config::Layer;

use super::{TestDatabase, files_in};

/// An engine of the record store.
pub trait Engine: Send + 'static {
    /// A database of its own for one test, where it needs one.
    fn database() -> Option<TestDatabase>;
}

/// The embedded engine.
pub struct OnSqlite;

/// PostgreSQL.
pub struct OnPostgres;

impl Engine for OnSqlite {
    fn database() -> Option<TestDatabase> {
        None
    }
}

impl Engine for OnPostgres {
    fn database() -> Option<TestDatabase> {
        Some(TestDatabase::new())
    }
}

/// A folder and perhaps a database, removed when dropped.
pub struct DataOn<E> {
    pub folder: TempDir,
    pub database: Option<TestDatabase>,
    environment: Vec<(String, String)>,
    engine: PhantomData<E>,
}

impl<E: Engine> DataOn<E> {
    pub fn new() -> Self {
        Self::over(E::database())
    }

    /// In a folder of its own there.
    pub fn within(folder: &Path) -> Self {
        Self { folder: tempfile::tempdir_in(folder).unwrap(), ..Self::new() }
    }

    pub fn over(database: Option<TestDatabase>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database, environment: Vec::new(), engine: PhantomData }
    }
}

impl<E> DataOn<E> {
    /// The same, with what else a command line over it is told by its environment.
    pub fn told(self, environment: Vec<(String, String)>) -> Self {
        Self { environment, ..self }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of parts.
    pub fn parts(&self) -> PathBuf {
        self.path().join("parts")
    }

    /// A command line over it, in its own environment.
    pub fn command(&self, command: &str) -> Command {
        self.line(&[command])
    }

    fn line(&self, words: &[&str]) -> Command {
        let mut binary = Command::new(env!("CARGO_BIN_EXE_waymark-server"));
        binary.args(words).arg("--data").arg(self.path());
        match &self.database {
            Some(database) => binary.env("WAYMARK_DATABASE_URL", database.url()),
            None => binary.env_remove("WAYMARK_DATABASE_URL"),
        };
        binary.envs(self.environment.iter().map(|(name, value)| (name, value)));
        binary
    }

    /// A token from the command line.
    pub fn token(&self, arguments: &[&str]) -> String {
        let output = self.command("token").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let token = text.strip_suffix('\n').expect("one line").to_owned();
        assert_eq!(token.len(), 64, "the token alone");
        token
    }

    /// `waymark-server token list` or `revoke`; what it prints.
    pub fn token_command(&self, arguments: &[&str]) -> String {
        let output = self.try_token_command(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same, however it ends.
    pub fn try_token_command(&self, arguments: &[&str]) -> Output {
        self.line(&[&["token"], arguments].concat()).output().unwrap()
    }

    /// The settings that lead a server here.
    pub fn layer(&self) -> Layer {
        Layer {
            data: Some(self.path().to_owned()),
            database_url: self.database.as_ref().map(|database| database.url().parse().unwrap()),
            ..Layer::default()
        }
    }

    /// A connection of our own to the embedded database.
    pub fn sql(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.path().join("waymark.db")).unwrap();
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        connection
    }

    /// Executes a statement that every engine understands.
    pub fn execute(&self, sql: &str) {
        self.try_execute(sql).unwrap();
    }

    /// The same, or what the engine says against it.
    pub fn try_execute(&self, sql: &str) -> Result<(), String> {
        match &self.database {
            Some(database) => database.try_execute(sql),
            None => self.sql().execute_batch(sql).map_err(|error| error.to_string()),
        }
    }

    /// Bytes as the engine's statements have them.
    pub fn literal(&self, bytes: &[u8]) -> String {
        let hex = waymark_protocol::hex::encode(bytes);
        if self.database.is_some() { format!("'\\x{hex}'") } else { format!("x'{hex}'") }
    }

    /// The number that a statement answers which every engine understands.
    pub fn number(&self, sql: &str) -> i64 {
        match &self.database {
            Some(database) => database.number(sql),
            None => self.sql().query_row(sql, [], |row| row.get(0)).unwrap(),
        }
    }

    /// A database may still be doing what a killed server has sent it.
    pub fn wait_until_nobody_is_connected(&self) {
        let others =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let start = Instant::now();
        while self.database.as_ref().is_some_and(|database| database.number(others) > 0) {
            assert!(start.elapsed() < Duration::from_secs(20), "a connection stays");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Everything in the folder and the folders below it.
    pub fn bytes(&self) -> Vec<u8> {
        read_all(self.path())
    }

    /// Makes erased bytes leave the files, as an operator does.
    pub fn sweep(&self) {
        let output = self.command("sweep").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "swept\n", "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Everything that the server and its database have in files.
    pub fn all_bytes(&self) -> Vec<u8> {
        let folders = self.database.iter().flat_map(TestDatabase::folders);
        self.bytes().into_iter().chain(folders.flat_map(|folder| read_all(&folder))).collect()
    }
}

fn read_all(folder: &Path) -> Vec<u8> {
    files_in(folder).iter().flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}
