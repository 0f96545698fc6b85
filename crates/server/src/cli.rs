//! The command line.

use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use waymark_protocol::StudyId;

use crate::auth::{self, Role};
use crate::backup::cli::Care;
use crate::clock;
use crate::serve::{Bucket, Database, Place, Server};
use crate::store::Store;

/// The Waymark study server. It keeps what phones seal and can read none of it.
#[derive(Parser)]
#[command(name = "waymark-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers phones and desks until it is told to stop (SIGTERM or Ctrl-C).
    ///
    /// Prints one line, "listening on http://ADDR"; the log goes to stderr (RUST_LOG sets how much). The server speaks plain HTTP:
    /// put a proxy with TLS before it that passes the Host header on, and let it listen on loopback alone.
    Serve {
        #[command(flatten)]
        place: PlaceArguments,
        /// Address and port; port 0 takes a free one.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
    /// Prints a new token. Works while the server runs.
    Token {
        #[command(flatten)]
        place: PlaceArguments,
        /// What the token is for.
        #[arg(long)]
        role: Role,
        /// The only study that the token acts on; all studies of this server when left out.
        #[arg(long, value_name = "ID")]
        study: Option<StudyId>,
    },
    /// Makes erased bytes leave the files of a PostgreSQL database, and prints what is left to do by hand. Pushes wait meanwhile.
    ///
    /// The embedded database needs none: what is erased leaves its file within seconds.
    Sweep {
        #[command(flatten)]
        place: PlaceArguments,
    },
    #[command(flatten)]
    Care(Care),
}

/// Where the server keeps things.
#[derive(clap::Args)]
pub struct PlaceArguments {
    /// The folder of attachments and, without --database-url, of the embedded database; made when there is none.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A PostgreSQL database, postgresql://USER:PASSWORD@HOST:PORT/NAME; several servers may share it and the folder. A password is
    /// better given in the environment than on the command line, where others on the machine can read it.
    #[arg(long, value_name = "URL", env = "WAYMARK_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Certificates (PEM) that vouch for the database's server, instead of the public ones.
    #[arg(long, value_name = "FILE", env = "WAYMARK_DATABASE_CA", requires = "database_url")]
    database_ca: Option<PathBuf>,
    /// A bucket for attachments instead of the folder, s3://BUCKET/PREFIX; its address and keys come from AWS_ENDPOINT, AWS_REGION,
    /// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.
    #[arg(long, value_name = "URL", env = "WAYMARK_PARTS_URL")]
    parts_url: Option<Bucket>,
}

impl PlaceArguments {
    /// The place that they name.
    pub fn place(self) -> Result<Place, String> {
        // Read here and not by the argument parser, which quotes what it refuses, a password with it.
        let database = self.database_url.map(|url| url.parse::<Database>()).transpose();
        let mut database = database.map_err(|why| format!("the database's address cannot be used: {why}"))?;
        if let Some(database) = &mut database {
            database.authorities = self.database_ca;
        }
        Ok(Place { folder: self.data, database, parts: self.parts_url })
    }
}

/// Runs the command line: exit 0 done, 1 failed with one sentence on stderr, 2 usage.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve { place, listen } => place.place().and_then(|place| serve(&place, listen)),
        Command::Token { place, role, study } => place.place().and_then(|place| token(&place, role, study)),
        Command::Sweep { place } => place.place().and_then(|place| sweep(&place)),
        Command::Care(care) => care.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nothing is left to tell when stderr is closed.
            let _ = writeln!(std::io::stderr(), "waymark-server: {message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(place: &Place, listen: SocketAddr) -> Result<(), String> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
        .init();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        let server = Server::bind(place, listen).await.map_err(|error| error.to_string())?;
        let address = server.address();
        if !address.ip().is_loopback() {
            tracing::warn!(%address, "listening beyond this machine without TLS: only a proxy with TLS should reach this");
        }
        let mut out = std::io::stdout();
        writeln!(out, "listening on http://{address}").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        server.run(stop).await.map_err(|error| error.to_string())
    })
}

fn token(place: &Place, role: Role, study: Option<StudyId>) -> Result<(), String> {
    let token = auth::new_token();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let added = Store::add_token(place, auth::token_hash(&token), role, study, clock::now());
    runtime.block_on(added).map_err(|error| error.to_string())?;
    let mut out = std::io::stdout();
    writeln!(out, "{token}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}

fn sweep(place: &Place) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let by_hand = runtime.block_on(Store::sweep(place)).map_err(|error| error.to_string())?;
    let mut out = std::io::stdout();
    let told = if by_hand.is_empty() { vec!["swept".to_owned()] } else { by_hand };
    told.iter()
        .try_for_each(|line| writeln!(out, "{line}"))
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())
}
