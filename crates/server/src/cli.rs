//! The command line.

use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::serve::Server;
use crate::token_cli::{self, TokenArgs};

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
        /// The folder of the database; made when there is none.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Address and port; port 0 takes a free one.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
    },
    /// Prints a new token; lists and revokes tokens. Works while the server runs.
    Token(TokenArgs),
}

/// Runs the command line: exit 0 done, 1 failed with one sentence on stderr, 2 usage.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve { data, listen } => serve(&data, listen),
        Command::Token(arguments) => token_cli::run(arguments),
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

fn serve(data: &Path, listen: SocketAddr) -> Result<(), String> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
        .init();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        let server = Server::bind(data, listen).await.map_err(|error| error.to_string())?;
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
