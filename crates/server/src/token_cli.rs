//! `waymark-server token`: new tokens, what there are, and an end to one.

use chrono::{DateTime, SecondsFormat};
use clap::{Args, Subcommand};
use waymark_protocol::StudyId;

use crate::auth::{self, Role};
use crate::cli::{PlaceArguments, print};
use crate::clock;
use crate::store::{Place, StaffToken, Store};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct TokenArgs {
    #[command(subcommand)]
    command: Option<TokenCommand>,
    #[command(flatten)]
    server: PlaceArguments,
    /// What the token is for.
    #[arg(long, required = true)]
    role: Option<Role>,
    /// The only study that the token acts on; all studies of this server when left out.
    #[arg(long, value_name = "ID")]
    study: Option<StudyId>,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Lists people's tokens, one a line: number, role, study, when it was made, whether it is good. Phones' are not among them.
    List {
        #[command(flatten)]
        server: PlaceArguments,
    },
    /// Revokes a person's token. A server that runs refuses it from its next call on.
    Revoke {
        #[command(flatten)]
        server: PlaceArguments,
        /// The token's number, as `token list` shows it.
        #[arg(value_name = "NUMBER")]
        id: i64,
    },
}

/// Does what was asked; a failure is one sentence.
pub fn run(arguments: TokenArgs) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        match (arguments.command, arguments.role) {
            (Some(TokenCommand::List { server }), _) => list(&server.place()?).await,
            (Some(TokenCommand::Revoke { server, id }), _) => revoke(&server.place()?, id).await,
            (None, Some(role)) => make(&arguments.server.place()?, role, arguments.study).await,
            (None, None) => Err("say whose token to make (--data DIR --role ROLE), or `list` or `revoke`".to_owned()),
        }
    })
}

async fn make(place: &Place, role: Role, study: Option<StudyId>) -> Result<(), String> {
    let token = auth::new_token();
    let added = Store::add_token(place, auth::token_hash(&token), role, study, clock::now()).await;
    added.map_err(|error| error.to_string())?;
    print(&format!("{token}\n"))
}

async fn list(place: &Place) -> Result<(), String> {
    let tokens = Store::staff_tokens(place).await.map_err(|error| error.to_string())?;
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

async fn revoke(place: &Place, id: i64) -> Result<(), String> {
    match Store::revoke_staff_token(place, id, clock::now()).await.map_err(|error| error.to_string())? {
        true => Ok(()),
        false => Err(format!("no good token has the number {id}: `waymark-server token list` shows those there are")),
    }
}
