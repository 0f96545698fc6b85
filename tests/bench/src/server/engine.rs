//! An engine's data, and the server's binary over it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Result;

/// Where `cargo xtask bench` says that its PostgreSQL is.
const POSTGRES: &str = "WAYMARK_BENCH_POSTGRES";

/// What a server keeps its things in.
pub struct Data {
    folder: PathBuf,
    database: Option<String>,
}

impl Data {
    /// A file in a folder of its own below `folder`.
    pub fn sqlite(folder: &Path) -> Self {
        Self { folder: folder.join("sqlite"), database: None }
    }

    /// A database of its own on the server that was started for the benchmarks.
    pub async fn postgres(folder: &Path) -> Result<Self> {
        Ok(Self { folder: folder.join("postgres"), database: Some(new_database("measured").await?) })
    }

    /// The same tables in another database.
    pub async fn peer(&self) -> Result<Self> {
        Ok(Self { folder: self.folder.clone(), database: Some(new_database("peer").await?) })
    }

    /// The engine's name.
    pub fn name(&self) -> &'static str {
        if self.database.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// The database's address, of an engine that has one.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Prints a token for registering studies; makes the tables when there are none.
    pub fn admin_token(&self) -> Result<String> {
        let output = self.command("token")?.args(["--role", "admin"]).output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// How long the server's log is.
    pub fn log_len(&self) -> Result<u64> {
        Ok(std::fs::metadata(self.log())?.len())
    }

    /// How many pushes a commit of several held on average, by what the server has logged since then.
    pub fn group_size(&self, since: u64) -> Result<usize> {
        let log = std::fs::read(self.log())?;
        let log = String::from_utf8_lossy(&log[usize::try_from(since)?..]).into_owned();
        let sizes: Vec<usize> = log
            .lines()
            .filter_map(|line| line.split_once("committed works=")?.1.trim().parse().ok())
            .filter(|works| *works > 1)
            .collect();
        if sizes.is_empty() {
            return Err("the server's log tells of no commit".into());
        }
        Ok(sizes.iter().sum::<usize>().div_ceil(sizes.len()))
    }

    fn log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    fn command(&self, command: &str) -> Result<Command> {
        let mut binary = Command::new(std::env::current_exe()?.with_file_name("waymark-server"));
        binary.arg(command).arg("--data").arg(&self.folder);
        match &self.database {
            Some(url) => binary.env("WAYMARK_DATABASE_URL", url),
            None => binary.env_remove("WAYMARK_DATABASE_URL"),
        };
        Ok(binary)
    }
}

async fn new_database(name: &str) -> Result<String> {
    let server =
        std::env::var(POSTGRES).map_err(|_| format!("{POSTGRES} is not set: run `cargo xtask bench server`"))?;
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await?;
    let driving = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    driving.abort();
    let (server, _) = server.rsplit_once('/').ok_or("an address ends in a database's name")?;
    Ok(format!("{server}/{name}"))
}

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it; `log` is how much it logs.
    pub fn start(data: &Data, log: &str) -> Result<Self> {
        let file = File::options().create(true).append(true).open(data.log())?;
        let mut child = data
            .command("serve")?
            .args(["--listen", "127.0.0.1:0"])
            .env("WAYMARK_LOG_LEVEL", log)
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("the server says nothing")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://").ok_or("the server does not listen")?.parse()?;
        Ok(Self { child, address })
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Stops it.
    pub fn stop(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is gone already if this fails.
        let _ = self.stop();
    }
}
