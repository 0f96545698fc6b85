//! The commands, what they print, and how they end: 0 done, 1 failed, 2 usage, 3 done but somebody must look.

mod certify;
mod collect;
mod compared;
mod confirm;
mod exporting;
mod keys;
mod page;
mod steward;
mod transcript;

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde::Serialize;
use waymark_desk::erase::Reach;
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{Format, PackFormat, Text, Wanted, WantedPack};
use waymark_desk::verify::{Report, is_alarming};
use waymark_desk::{Desk, passphrase};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::{DeviceId, EntryId};

const DONE: u8 = 0;
const FAILED: u8 = 1;
const USAGE: u8 = 2;
const LOOK: u8 = 3;

/// The researchers' desk: make a study, invite, collect, prove, export.
///
/// The passphrase comes from the environment variable WAYMARK_PASSPHRASE, or is asked for on the terminal. Ends with 0 when
/// done, 1 when something failed, 2 when it was called wrongly or not confirmed, and 3 when it is done but a record is in
/// quarantine, or a device has a gap, a fork, something withheld, is rolled back or not proven.
#[derive(Parser)]
#[command(name = "waymark-desk", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check a study file; names each problem's line and what to do about it
    Check {
        /// The study file
        file: PathBuf,
    },
    /// Make a study of a study file: its keys, its desk, and its place on the server
    New {
        /// The folder of the new desk
        #[arg(long)]
        desk: PathBuf,
        /// The study file
        #[arg(long)]
        study: PathBuf,
        /// The study server, such as https://study.example.org
        #[arg(long)]
        server: ServerUrl,
        /// An admin's token; the desk keeps one for this study alone instead
        #[arg(long, env = waymark_desk::token::VARIABLE, hide_env_values = true)]
        token: String,
    },
    /// Open the desk as a page in your browser, served by this machine to itself alone
    ///
    /// Where there is no desk yet, a study is set up there.
    /// Runs until it is ended with Ctrl+C. The link that it prints is good once; Enter prints another one.
    Open {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Only print the link
        #[arg(long)]
        no_browser: bool,
        /// A loopback address and port to listen on; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
        listen: SocketAddr,
    },
    /// Invite a participant; the same label gives the same invitation until it is used
    Invite {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// How you call the participant here; it never leaves this machine
        #[arg(long)]
        participant: String,
        /// Print JSON, with a QR code of each link as SVG
        #[arg(long)]
        json: bool,
    },
    /// Collect what is new, and account for every record
    Pull {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say of every device whether its diary is complete, and if not, why not
    Verify {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write what was shared into a file
    #[command(
        after_help = "Text stands exactly as it was written, in every format. In CSV that includes cells which begin with =, +, - or \
        @: import them into a spreadsheet as text, or it may take them for formulas."
    )]
    Export {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The format
        #[arg(long)]
        format: Format,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
        /// With a project: what makes a document
        #[arg(long, value_name = "WHAT", default_value = "participant")]
        documents: Per,
        /// With a project: how lines end, which programs count differently
        #[arg(long, value_name = "ENDS", default_value = "lf")]
        line_ends: LineEnds,
        /// With JSON Lines: also write OUT.proofs, which shows with a certificate that each line is what was sealed. It holds the keys of what
        /// the export holds: keep it as you keep the export
        #[arg(long)]
        with_proofs: bool,
        /// With names replaced, as it was decided in the page: each entry as it is now, and interviews, without voice notes
        #[arg(long, conflicts_with = "with_proofs")]
        names_replaced: bool,
        /// Leave out what nobody has read with names replaced; without this there is no export while there is such
        #[arg(long, requires = "names_replaced")]
        only_read: bool,
        /// Leave somebody out, with all that is theirs; can be given several times
        #[arg(long, value_name = "LABEL", requires = "why_without", conflicts_with = "with_proofs")]
        without: Vec<String>,
        /// Why they are left out, for the list of exports
        #[arg(long, value_name = "REASON", requires = "without")]
        why_without: Option<String>,
        /// Who makes it, for the list of exports
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why, for the list of exports
        #[arg(long, value_name = "REASON", requires = "by")]
        why: Option<String>,
    },
    /// Write what one person wants to talk about, and has shared, for whoever interviews them
    Pack {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The participant's label
        #[arg(long, value_name = "LABEL")]
        participant: String,
        /// The format
        #[arg(long)]
        format: PackFormat,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
        /// Who makes it, for the list of exports
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why, for the list of exports
        #[arg(long, value_name = "REASON", requires = "by")]
        why: Option<String>,
    },
    /// Say which exports were made, and what of them was withdrawn since
    ///
    /// Ends with 3 when something that was withdrawn is in a file that is still there, or was printed.
    Exports {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a certificate: what of every phone's log is here and proven. It holds nothing that anybody wrote, and no label
    Certificate {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
    },
    /// Check a certificate, on any machine: whether the phones' signatures say what it says
    ///
    /// Ends with 3 when it is what it says, and a record is in quarantine or a device has a gap, a fork, something withheld, is rolled
    /// back or not proven, or when the export lacks what the certificate shows as shared.
    CheckCertificate {
        /// The certificate
        file: PathBuf,
        /// Also check an export in JSON Lines that was written with its proofs: whether each line is what a phone has sealed
        #[arg(long, value_name = "PATH")]
        export: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compare the certificates of two desks of one study, on any machine: whether both were shown one history
    ///
    /// Ends with 3 when a phone has signed two different things for one place, or when each has something that the other has not.
    CompareCertificates {
        /// One certificate
        first: PathBuf,
        /// The other
        second: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say who takes part: label, number, phones, and how the newest invitation stands
    Participants {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take back an invitation that nobody has used; the same label can be invited again
    Revoke {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Whose, by label or number
        #[arg(long)]
        participant: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say that a participant has left in another way than by the phone; what their phones still send is kept and marked as late
    Left {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Who, by label or number
        #[arg(long)]
        participant: String,
        /// The participant takes part after all; what came meanwhile stays late
        #[arg(long)]
        undo: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// End the study: nobody joins any more, and what phones still send is marked as late. Deletes nothing
    End {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The study goes on after all; what came meanwhile stays late
        #[arg(long, conflicts_with = "confirm")]
        undo: bool,
        /// The study's title, instead of typing it when asked
        #[arg(long, value_name = "TITLE")]
        confirm: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Erase what a participant has shared, by the study's signed order: here and on the server
    Erase {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Whose, by label or number
        #[arg(long)]
        participant: String,
        /// Only this entry, with all its revisions, by the id that exports give it; may be said several times
        #[arg(long, value_name = "ID", conflicts_with = "private_too")]
        entry: Vec<EntryId>,
        /// Also the sealed copies on the server of what the writer keeps private
        #[arg(long)]
        private_too: bool,
        /// Why, in one line. The server and the participant's phones get it as it stands: name nobody
        #[arg(long, default_value = "the participant asked for it")]
        reason: String,
        /// The participant's label, instead of typing it when asked
        #[arg(long, value_name = "LABEL")]
        confirm: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Stop a phone by the study's signed word: nothing that it sends from now on counts. What was collected stays
    Stop {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The phone, as `verify` shows it
        #[arg(long, value_name = "ID")]
        device: DeviceId,
        /// Also when not all that it has sent is here, or whole: what comes later of it counts no more
        #[arg(long)]
        even_if_incomplete: bool,
        /// The participant's label, instead of typing it when asked
        #[arg(long, value_name = "LABEL")]
        confirm: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Who has the study's keys: the passphrases that open the desk, and custodians, who together can do what it can
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Interview transcripts beside the diary: import, list, correct, remove
    Transcript {
        #[command(subcommand)]
        command: transcript::Command,
    },
    /// Take another token for the server, when the desk's own was revoked or may be known to somebody else
    ///
    /// The token comes from the environment variable WAYMARK_TOKEN, or is asked for on the terminal. Ends with 3 while the server
    /// still takes the one before.
    Token {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
    },
    /// Publish the next version of the study file; phones follow it when they next have a connection
    Publish {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The study file, with its version counted up by one
        #[arg(long)]
        study: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Say which passphrases open the desk: each researcher can have their own
    List {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Give somebody a passphrase of their own
    ///
    /// Asks for one that opens the desk, then for the new one: from WAYMARK_NEW_PASSPHRASE, or typed twice.
    Add {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Whose it is, as the others know them
        #[arg(long)]
        name: String,
    },
    /// Change a passphrase: asks for the one that is to be another one, then for that
    Change {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Whose it is from now on; without this it keeps its name
        #[arg(long)]
        name: Option<String>,
    },
    /// Take a passphrase away. It still opens copies of the folder that were made before
    Remove {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Which one, as `keys list` numbers them
        #[arg(long)]
        number: usize,
    },
    /// Say how the keys were split last, how often they were changed, and which phones still seal to an older one
    Show {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Split the keys: print a share for each custodian, for paper
    ///
    /// Shares that were made before stay good as long as the keys are the same: have their papers back.
    Split {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// How many custodians have to come together, at least 2
        #[arg(long, value_name = "M")]
        threshold: u8,
        /// How many custodians there are, at most 20
        #[arg(long, value_name = "N")]
        of: u8,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Try whether shares give the keys, on any machine, without the desk. Nothing is opened, kept or shown
    ///
    /// Shares are typed when asked, or come a line each from a pipe.
    Rehearse,
    /// Change the study's keys: phones seal to new ones as soon as they have heard of it. Every older key stays, and what was sealed to it opens
    ///
    /// It is a version of the study's document, so the next study file counts on from it. Custodians' shares from before open what was sealed until
    /// the change and nothing after: split the new keys. A change that was broken off goes on with the same command.
    Rotate {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The study's title, instead of typing it when asked
        #[arg(long, value_name = "TITLE")]
        confirm: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Use shares: give a desk another passphrase, or make a new desk where none is
    ///
    /// Shares are typed when asked, or come a line each from a pipe. A new desk needs a researcher's token of the study, from the environment
    /// variable WAYMARK_TOKEN or typed; whoever runs the server makes one.
    Join {
        /// The desk's folder; where no desk is, a new one is made
        #[arg(long)]
        desk: PathBuf,
        /// For a new desk: the study's server
        #[arg(long)]
        server: Option<ServerUrl>,
    },
}

/// How a command failed: with which exit code, and the sentence to say.
struct Failure {
    code: u8,
    sentence: String,
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { code: FAILED, sentence: error.to_string() }
    }
}

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(run_command(command)),
        Err(error) => Err(error.into()),
    };
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            eprintln!("waymark-desk: {}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

async fn run_command(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Check { file } => collect::check(&file),
        Command::New { desk, study, server, token } => collect::new(&desk, &study, server, &token).await,
        Command::Open { desk, no_browser, listen } => page::open_page(&desk, !no_browser, listen).await,
        Command::Invite { desk, participant, json } => collect::invite_participant(&desk, &participant, json).await,
        Command::Pull { desk, json } => collect::pull_all(&desk, json).await,
        Command::Verify { desk, json } => collect::verify_all(&desk, json),
        Command::Export {
            desk,
            format,
            out,
            documents,
            line_ends,
            with_proofs,
            names_replaced,
            only_read,
            without,
            why_without,
            by,
            why,
        } => {
            let flavour = Flavour { per: documents, line_ends };
            let text = if names_replaced { Text::Copy { only_read } } else { Text::Original };
            let said = exporting::said(by.as_deref(), why.as_deref())?;
            let without = exporting::without(without, why_without.as_deref())?;
            exporting::export_to(&desk, &Wanted { format, flavour, text, without, said }, &out, with_proofs)
        }
        Command::Pack { desk, participant, format, out, by, why } => {
            let said = exporting::said(by.as_deref(), why.as_deref())?;
            exporting::pack_to(&desk, &WantedPack { participant, format, said }, &out)
        }
        Command::Exports { desk, json } => exporting::exports(&desk, json),
        Command::Certificate { desk, out } => certify::make_certificate(&desk, &out),
        Command::CheckCertificate { file, export, json } => certify::check_certificate(&file, export.as_deref(), json),
        Command::CompareCertificates { first, second, json } => certify::compare_certificates(&first, &second, json),
        Command::Participants { desk, json } => steward::participants(&desk, json),
        Command::Revoke { desk, participant, json } => steward::revoke_invitation(&desk, &participant, json).await,
        Command::Left { desk, participant, undo, json } => steward::left(&desk, &participant, !undo, json).await,
        Command::End { desk, undo: true, json, .. } => steward::go_on(&desk, json).await,
        Command::End { desk, undo: false, confirm, json } => steward::end_study(&desk, confirm.as_deref(), json).await,
        Command::Erase { desk, participant, entry, private_too, reason, confirm, json } => {
            let reach = match (entry.is_empty(), private_too) {
                (false, _) => Reach::Entries(entry),
                (true, true) => Reach::PrivateToo,
                (true, false) => Reach::Shared,
            };
            steward::erase(&desk, &participant, &reach, &reason, confirm.as_deref(), json).await
        }
        Command::Stop { desk, device, even_if_incomplete, confirm, json } => {
            steward::stop_phone(&desk, device, even_if_incomplete, confirm.as_deref(), json).await
        }
        Command::Keys { command: KeysCommand::List { desk, json } } => keys::list(&desk, json),
        Command::Keys { command: KeysCommand::Add { desk, name } } => keys::add(&desk, &name),
        Command::Keys { command: KeysCommand::Change { desk, name } } => keys::change(&desk, name.as_deref()),
        Command::Keys { command: KeysCommand::Remove { desk, number } } => keys::remove(&desk, number),
        Command::Keys { command: KeysCommand::Show { desk, json } } => keys::standing(&desk, json),
        Command::Keys { command: KeysCommand::Split { desk, threshold, of, json } } => {
            keys::split(&desk, threshold, of, json)
        }
        Command::Keys { command: KeysCommand::Rotate { desk, confirm, json } } => {
            keys::rotate(&desk, confirm.as_deref(), json).await
        }
        Command::Keys { command: KeysCommand::Rehearse } => keys::rehearse(),
        Command::Keys { command: KeysCommand::Join { desk, server } } => keys::join_shares(&desk, server).await,
        Command::Transcript { command } => transcript::run(command),
        Command::Token { desk } => steward::token(&desk).await,
        Command::Publish { desk, study, json } => steward::publish_version(&desk, &study, json).await,
    }
}

fn open(folder: &Path) -> Result<Desk, Failure> {
    if !Desk::is_in(folder) {
        return Err(waymark_desk::desk::DeskError::None(folder.to_owned()).into());
    }
    Ok(Desk::open(folder, &passphrase::ask()?)?)
}

/// Says what of a pull needs a look; what a command that pulled ends with.
fn told(report: &Report) -> u8 {
    let alarming = report.devices.iter().filter(|device| is_alarming(device.state)).count();
    if alarming > 0 {
        eprintln!("waymark-desk: {alarming} of {} devices need a look: see `verify`", report.devices.len());
    }
    if report.needs_attention() { LOOK } else { DONE }
}

fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value)?;
    Ok(writeln!(io::stdout(), "{json}")?)
}
