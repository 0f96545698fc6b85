//! `waymark-server token`: new tokens, what there are, and an end to one.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat};
use clap::{Args, Subcommand};
use waymark_protocol::StudyId;

use crate::auth::{self, Role};
use crate::cli;
use crate::clock;
use crate::config::Layer;
use crate::store::{StaffToken, Store};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct TokenArgs {
    #[command(subcommand)]
    command: Option<TokenCommand>,
    #[command(flatten)]
    new: Option<NewToken>,
}

#[derive(Args)]
struct NewToken {
    // Spelled out: clap does not see an optional group that holds another.
    /// The settings file of the server.
    #[arg(long, value_name = "FILE", env = "WAYMARK_CONFIG")]
    config: Option<PathBuf>,
    /// The folder of the database; made when there is none.
    #[arg(long, value_name = "DIR", env = "WAYMARK_DATA")]
    data: Option<PathBuf>,
    /// What the token is for.
    #[arg(long)]
    role: Role,
    /// The only study that the token acts on; all studies of this server when left out.
    #[arg(long, value_name = "ID")]
    study: Option<StudyId>,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Lists people's tokens, one a line: number, role, study, when it was made, whether it is good. Phones' are not among them.
    List {
        #[command(flatten)]
        server: ServerFolder,
    },
    /// Revokes a person's token. A server that runs refuses it from its next call on.
    Revoke {
        #[command(flatten)]
        server: ServerFolder,
        /// The token's number, as `token list` shows it.
        #[arg(value_name = "NUMBER")]
        id: i64,
    },
}

/// Which server.
#[derive(Args)]
struct ServerFolder {
    /// The settings file of the server.
    #[arg(long, value_name = "FILE", env = "WAYMARK_CONFIG")]
    config: Option<PathBuf>,
    /// The folder of the database; made when there is none.
    #[arg(long, value_name = "DIR", env = "WAYMARK_DATA")]
    data: Option<PathBuf>,
}

impl ServerFolder {
    fn data(self) -> Result<PathBuf, String> {
        let (settings, _) = cli::settings(self.config.as_deref(), Layer { data: self.data, ..Layer::default() })?;
        Ok(settings.data)
    }
}

/// Does what was asked; a failure is one sentence.
pub fn run(arguments: TokenArgs) -> Result<(), String> {
    match (arguments.command, arguments.new) {
        (Some(TokenCommand::List { server }), _) => list(&server.data()?),
        (Some(TokenCommand::Revoke { server, id }), _) => revoke(&server.data()?, id),
        (None, Some(NewToken { config, data, role, study })) => {
            make(&ServerFolder { config, data }.data()?, role, study)
        }
        (None, None) => Err("say whose token to make (--data DIR --role ROLE), or `list` or `revoke`".to_owned()),
    }
}

fn make(data: &Path, role: Role, study: Option<StudyId>) -> Result<(), String> {
    let token = auth::new_token();
    Store::add_token(data, auth::token_hash(&token), role, study, clock::now()).map_err(|error| error.to_string())?;
    print(&format!("{token}\n"))
}

fn list(data: &Path) -> Result<(), String> {
    let tokens = Store::staff_tokens(data).map_err(|error| error.to_string())?;
    print(&tokens.iter().map(line).collect::<String>())
}

fn line(token: &StaffToken) -> String {
    let StaffToken { id, role, study, made_at, revoked_at } = token;
    let study = study.map_or_else(|| "all studies".to_owned(), |study| study.to_string());
    let state = revoked_at.map_or_else(|| "good".to_owned(), |at| format!("revoked {}", time(at)));
    format!("{id}\t{role}\t{study}\tmade {}\t{state}\n", time(*made_at))
}

/// To the second, UTC.
fn time(ms: u64) -> String {
    let time = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
    time.map_or_else(|| "at no time".to_owned(), |time| time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn revoke(data: &Path, id: i64) -> Result<(), String> {
    match Store::revoke_staff_token(data, id, clock::now()).map_err(|error| error.to_string())? {
        true => Ok(()),
        false => Err(format!("no good token has the number {id}: `waymark-server token list` shows those there are")),
    }
}

fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
}
