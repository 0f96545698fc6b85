//! A PostgreSQL database for one test.

use std::future::Future;
use std::path::PathBuf;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::{Client, NoTls};

use super::full_disk::file_limit;
use super::random;

/// The server that all tests share.
const SHARED: &str = "WAYMARK_TEST_POSTGRES";
/// The server that a test may restart, and the line for `sh` that does it.
const SPARE: &str = "WAYMARK_TEST_POSTGRES_SPARE";
const RESTART: &str = "WAYMARK_TEST_POSTGRES_RESTART";

/// The shared server by TLS, as somebody who owns a database and nothing else; and the certificate that vouches for it.
const BY_TLS: &str = "WAYMARK_TEST_POSTGRES_BY_TLS";
const CERTIFICATE: &str = "WAYMARK_TEST_POSTGRES_CERTIFICATE";

/// A database, removed when dropped.
pub struct TestDatabase {
    server: String,
    name: String,
    _alone: Option<SemaphorePermit<'static>>,
}

/// Whoever has the spare server.
static ALONE: Semaphore = Semaphore::const_new(1);

impl TestDatabase {
    /// On the server that all tests share.
    pub fn new() -> Self {
        Self::on(variable(SHARED))
    }

    /// On the server that this test may restart, or keep from growing: it has it for itself until this is dropped.
    pub fn spare() -> Self {
        let alone = std::thread::scope(|scope| scope.spawn(|| block_on(ALONE.acquire())).join()).unwrap().unwrap();
        let mut spare = Self::on(variable(SPARE));
        spare._alone = Some(alone);
        spare
    }

    fn on(server: String) -> Self {
        let name = format!("test_{}", waymark_protocol::hex::encode(&random::<8>()));
        run(&server, async |client| client.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap());
        Self { server, name, _alone: None }
    }

    /// Its address.
    pub fn url(&self) -> String {
        let (server, _) = self.server.rsplit_once('/').expect("an address ends in a database's name");
        format!("{server}/{}", self.name)
    }

    /// Its address by TLS; from now on it belongs to the user in that address.
    pub fn by_tls(&self) -> String {
        self.execute(&format!("ALTER DATABASE {} OWNER TO distant", self.name));
        variable(BY_TLS).replace("/postgres?", &format!("/{}?", self.name))
    }

    /// The file of the certificate.
    pub fn certificate() -> String {
        variable(CERTIFICATE)
    }

    /// Executes statements.
    pub fn execute(&self, sql: &str) {
        self.try_execute(sql).unwrap();
    }

    /// The same, or what the database says against it.
    pub fn try_execute(&self, sql: &str) -> Result<(), String> {
        let said = |error: tokio_postgres::Error| {
            error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
        };
        run(&self.url(), async |client| client.batch_execute(sql).await.map_err(said))
    }

    /// The number that a statement answers.
    pub fn number(&self, sql: &str) -> i64 {
        run(&self.url(), async |client| client.query_one(sql, &[]).await.unwrap().get(0))
    }

    /// The text that a statement answers.
    pub fn text(&self, sql: &str) -> String {
        run(&self.url(), async |client| client.query_one(sql, &[]).await.unwrap().get(0))
    }

    /// Lets no file of the server grow beyond so many bytes, for study servers that are connected to this database and for whoever comes;
    /// none: as far as there is room. The server does it itself, whoever's it is.
    pub fn set_file_limit(&self, bytes: Option<u64>) {
        let limit = |process: &str| {
            let line = file_limit(process, bytes);
            self.execute(&format!("CREATE TEMP TABLE said (line TEXT); COPY said FROM PROGRAM '{line}'"));
        };
        limit("$(head -n 1 postmaster.pid)");
        // Others of this database may end meanwhile: this test's own connections, and those that tidy up.
        let sql = "SELECT pid FROM pg_stat_activity
                   WHERE datname = current_database() AND application_name = 'waymark-server'";
        let rows = run(&self.url(), async |client| client.query(sql, &[]).await.unwrap());
        rows.iter().for_each(|row| limit(&row.get::<_, i32>(0).to_string()));
    }

    /// The folder of the server's write-ahead log, and that of the database's own files: in this order nothing is missed that
    /// leaves the log for the files meanwhile.
    pub fn folders(&self) -> [PathBuf; 2] {
        let data = PathBuf::from(self.text("SHOW data_directory"));
        let oid = self.text("SELECT oid::text FROM pg_database WHERE datname = current_database()");
        [data.join("pg_wal"), data.join("base").join(oid)]
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = &self.name;
        let dropping = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        run(&self.server, async |client| {
            // What is left goes with the whole server.
            let _ = client.batch_execute(&dropping).await;
        });
    }
}

/// Kills the spare server and starts it again.
pub fn restart_spare() {
    let output = std::process::Command::new("sh").args(["-c", &variable(RESTART)]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run `cargo xtask test --only rust` or `cargo xtask postgres cargo test …`, which start a PostgreSQL")
    })
}

/// Does something with a connection of its own. On a thread of its own: the test may be within a runtime.
fn run<T: Send>(url: &str, work: impl AsyncFnOnce(&Client) -> T + Send) -> T {
    let connected = async || {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        let driving = tokio::spawn(connection);
        let done = work(&client).await;
        driving.abort();
        done
    };
    std::thread::scope(|scope| scope.spawn(|| block_on(connected())).join()).unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
