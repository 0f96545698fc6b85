//! The command line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

use crate::backup::cli::Care;
use crate::config::{DatabaseParser, Layer, Settings, file};
use crate::logging;
use crate::serve::{self, Server};
use crate::store::{Bucket, Database, Place, Store};
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
    /// Prints one line, "listening on http://ADDR" or "listening on https://ADDR"; the log goes to stderr. Each setting is a flag,
    /// a variable or a key of the settings file, in this order; keys are written with _ for -. With a certificate the server
    /// speaks TLS itself; without one it listens on this machine alone, or behind a proxy.
    Serve {
        /// The settings file (TOML).
        #[arg(long, value_name = "FILE", env = "WAYMARK_CONFIG")]
        config: Option<PathBuf>,
        /// Says which settings are in force and where each comes from, whether they fit together, and what only a start can show;
        /// serves nothing, changes nothing, asks nobody.
        #[arg(long)]
        check_config: bool,
        #[command(flatten)]
        given: Box<Layer>,
    },
    /// Prints a new token; lists and revokes tokens. Works while the server runs.
    Token(TokenArgs),
    /// Makes erased bytes leave the files of a PostgreSQL database, and prints what is left to do by hand. Pushes wait meanwhile.
    ///
    /// The embedded database needs none: what is erased leaves its file within seconds.
    Sweep {
        #[command(flatten)]
        server: PlaceArguments,
    },
    #[command(flatten)]
    Care(Care),
}

/// Which server a command is about: its settings file, or where it keeps things.
#[derive(clap::Args, Clone)]
pub struct PlaceArguments {
    /// The settings file of the server.
    #[arg(long, value_name = "FILE", env = "WAYMARK_CONFIG")]
    config: Option<PathBuf>,
    /// The folder of attachments and, without --database-url, of the embedded database; made when there is none.
    #[arg(long, value_name = "DIR", env = "WAYMARK_DATA")]
    data: Option<PathBuf>,
    /// The server's PostgreSQL database, if it has one.
    #[arg(long, value_name = "URL", env = "WAYMARK_DATABASE_URL", hide_env_values = true, value_parser = DatabaseParser)]
    database_url: Option<Database>,
    /// Certificates (PEM) that vouch for the database's server, instead of the public ones.
    #[arg(long, value_name = "FILE", env = "WAYMARK_DATABASE_CA")]
    database_ca: Option<PathBuf>,
    /// The server's bucket for attachments, if it has one.
    #[arg(long, value_name = "URL", env = "WAYMARK_PARTS_URL")]
    parts_url: Option<Bucket>,
}

impl PlaceArguments {
    /// Where the server keeps things.
    pub fn place(self) -> Result<Place, String> {
        let Self { config, data, database_url, database_ca, parts_url } = self;
        let given = Layer { data, database_url, database_ca, parts_url, ..Layer::default() };
        // How the server listens is none of a command's business: half of that may be in the service's own environment.
        let Layer { data, database_url, database_ca, parts_url, .. } = in_file(config.as_deref())?;
        let file = Layer { data, database_url, database_ca, parts_url, ..Layer::default() };
        Ok(Settings::resolve(given, file).map_err(|error| error.to_string())?.place())
    }
}

/// Runs the command line: exit 0 done, 1 failed and said why on stderr, 2 usage.
pub fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let done = match cli.command {
        Command::Serve { config, check_config, given } => {
            let origin = Origin { given: matches.subcommand_matches("serve"), file: config.as_deref() };
            settings(config.as_deref(), *given).and_then(|(settings, file)| match check_config {
                true => check(&settings, &file, &origin),
                false => serve(settings),
            })
        }
        Command::Token(arguments) => token_cli::run(arguments),
        Command::Sweep { server } => server.place().and_then(|place| sweep(&place)),
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

/// What the settings file says, if there is one.
fn in_file(config: Option<&Path>) -> Result<Layer, String> {
    config.map_or_else(|| Ok(Layer::default()), |path| file::read(path).map_err(|error| error.to_string()))
}

/// The settings in force, and what the file says.
fn settings(config: Option<&Path>, given: Layer) -> Result<(Settings, Layer), String> {
    let file = in_file(config)?;
    let settings = Settings::resolve(given, file.clone()).map_err(|error| error.to_string())?;
    Ok((settings, file))
}

/// Where a setting can come from.
struct Origin<'a> {
    given: Option<&'a ArgMatches>,
    file: Option<&'a Path>,
}

impl Origin<'_> {
    fn of(&self, name: &str, file: &[&str]) -> String {
        match (self.given.and_then(|given| given.value_source(name)), self.file) {
            (Some(ValueSource::CommandLine), _) => "flag".to_owned(),
            (Some(ValueSource::EnvVariable), _) => format!("WAYMARK_{}", name.to_uppercase()),
            (_, Some(path)) if file.contains(&name) => path.display().to_string(),
            _ => "default".to_owned(),
        }
    }
}

/// Prints the settings as a file would have them.
fn check(settings: &Settings, file: &Layer, origin: &Origin<'_>) -> Result<(), String> {
    let (mut text, in_file) = (String::new(), file.set());
    for (name, value) in settings.table() {
        text += &match value {
            Some(value) => format!("{name} = {value}  # {}\n", origin.of(name, &in_file)),
            None => format!("# {name} is not set\n"),
        };
    }
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    let pair = serve::tls_files(settings).map(|files| files.load()).transpose();
    pair.map_err(|error| error.to_string())?;
    Store::check(&settings.place()).map_err(|error| error.to_string())?;
    writeln!(out, "{}", not_tried(settings)).and_then(|()| out.flush()).map_err(|error| error.to_string())
}

/// What only a start can show, as the file's comment.
fn not_tried(settings: &Settings) -> String {
    let mut text =
        "# not tried: whether the address is free, and what the service's user may read and write".to_owned();
    if settings.database_url.is_some() {
        text += "; whether the database answers and is this server's";
    }
    if settings.parts_url.is_some() {
        text += "; whether the bucket answers and takes the keys";
    }
    text
}

fn serve(settings: Settings) -> Result<(), String> {
    logging::start(settings.log_format, settings.log_level);
    allow_open_files(&settings);
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        let mut hangup = signal(SignalKind::hangup()).map_err(|error| error.to_string())?;
        let plain = settings.plain_http;
        let server = Server::bind(settings).await.map_err(|error| error.to_string())?;
        let (scheme, address) = (server.scheme(), server.address());
        if plain && !address.ip().to_canonical().is_loopback() {
            tracing::warn!(%address, "listening beyond this machine without TLS: only a proxy with TLS should reach this");
        }
        if let Some(address) = server.metrics_address() {
            match address.ip().to_canonical().is_loopback() {
                true => tracing::info!(%address, "serving /metrics"),
                false => tracing::warn!(%address, "serving /metrics beyond this machine: only your Prometheus should reach this"),
            }
        }
        let mut out = std::io::stdout();
        writeln!(out, "listening on {scheme}://{address}").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
        let stop = async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        let look_now = Notify::new();
        let look = async {
            while hangup.recv().await.is_some() {
                look_now.notify_one();
            }
            std::future::pending().await
        };
        tokio::select! {
            ended = server.run(&look_now, stop) => ended.map_err(|error| error.to_string()),
            never = look => never,
        }
    })
}

/// Each connection is an open file, and the usual limit is 1,024.
fn allow_open_files(settings: &Settings) {
    const BESIDE: u64 = 64;
    let needed = u64::from(settings.max_connections.get()) + BESIDE;
    match rlimit::increase_nofile_limit(needed) {
        Ok(allowed) if allowed >= needed => {}
        Ok(allowed) => tracing::warn!(
            allowed,
            needed,
            "the system allows fewer open files than `max_connections` needs: raise its limit (ulimit -n, LimitNOFILE), or set \
             fewer connections"
        ),
        Err(error) => tracing::warn!(%error, "the limit of open files could not be raised"),
    }
}

fn sweep(place: &Place) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let by_hand = runtime.block_on(Store::sweep(place)).map_err(|error| error.to_string())?;
    if by_hand.is_empty() { print("swept\n") } else { Err(by_hand.join("\n")) }
}

/// Tells what was asked for.
pub fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
}
