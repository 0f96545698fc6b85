//! The commands, what they print, and how they end: 0 done, 1 failed, 2 usage, 3 done but somebody must look.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde::Serialize;
use waymark_desk::export::{Format, export};
use waymark_desk::invite::{Invited, invite};
use waymark_desk::passphrase;
use waymark_desk::pull::pull;
use waymark_desk::study::{self, StudyFileError};
use waymark_desk::verify::{Report, is_alarming, verify};
use waymark_desk::{Desk, Progress, now_ms};
use waymark_protocol::api::Token;
use waymark_protocol::invitation::ServerUrl;
use waymark_vault::ArgonParams;

const DONE: u8 = 0;
const FAILED: u8 = 1;
const USAGE: u8 = 2;
const LOOK: u8 = 3;

/// The researchers' desk: make a study, invite, collect, prove, export.
///
/// The passphrase comes from the environment variable WAYMARK_PASSPHRASE, or is asked for on the terminal. Ends with 0 when
/// done, 1 when something failed, 2 when it was called wrongly, and 3 when it is done but a record is in quarantine, or a
/// device has a gap, a fork, something withheld, is rolled back or not proven.
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
        #[arg(long)]
        token: String,
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
        Command::Check { file } => check(&file),
        Command::New { desk, study, server, token } => new(&desk, &study, server, &token).await,
        Command::Invite { desk, participant, json } => {
            let invited = invite(&mut open(&desk)?, &participant, now_ms()).await?;
            if json {
                print_json(&invited)?;
            } else {
                print_invitation(&invited)?;
            }
            Ok(DONE)
        }
        Command::Pull { desk, json } => {
            let pulled = pull(&mut open(&desk)?, now_ms(), &Progress::on_terminal()).await?;
            if json {
                print_json(&pulled.totals)?;
            } else {
                print_totals(&pulled.totals)?;
            }
            let alarming = pulled.report.devices.iter().filter(|device| is_alarming(device.state)).count();
            if alarming > 0 {
                eprintln!(
                    "waymark-desk: {alarming} of {} devices need a look: see `verify`",
                    pulled.report.devices.len()
                );
            }
            Ok(if pulled.report.needs_attention() { LOOK } else { DONE })
        }
        Command::Verify { desk, json } => {
            let report = verify(&open(&desk)?)?;
            if json {
                print_json(&report)?;
            } else {
                print_report(&report)?;
            }
            Ok(if report.needs_attention() { LOOK } else { DONE })
        }
        Command::Export { desk, format, out } => {
            let exported = export(&open(&desk)?, format, &out)?;
            writeln!(io::stdout(), "{} entry revisions in {}", exported.revisions, out.display())?;
            if exported.recordings > 0 {
                writeln!(io::stdout(), "{} voice notes in {}.audio", exported.recordings, out.display())?;
            }
            if exported.needs_attention {
                eprintln!("waymark-desk: the collection lacks something: see `verify`");
            }
            Ok(if exported.needs_attention { LOOK } else { DONE })
        }
    }
}

fn check(path: &Path) -> Result<u8, Failure> {
    match study::read_study_file(path) {
        Ok(file) => {
            writeln!(io::stdout(), "{}: OK. {}", path.display(), study::summary(&file))?;
            Ok(DONE)
        }
        Err(error) => {
            if let StudyFileError::Problems(_, problems) = &error {
                for problem in problems {
                    let (line, message, remedy) = (problem.line, &problem.message, &problem.remedy);
                    writeln!(io::stdout(), "{}:{line}: {message}; {remedy}", path.display())?;
                }
            }
            Err(error.into())
        }
    }
}

async fn new(desk: &Path, study: &Path, server: ServerUrl, token: &str) -> Result<u8, Failure> {
    let Ok(token) = token.trim().parse::<Token>() else {
        return Err(Failure { code: USAGE, sentence: "the token is not one: expected 64 hex digits".to_owned() });
    };
    let file = study::read_study_file(study)?;
    let passphrase = passphrase::ask_new()?;
    let params = ArgonParams::calibrated(study::UNLOCK);
    let identity = study::new(desk, &file, server, token, &passphrase, &params).await?;
    writeln!(io::stdout(), "Study {} is on {}; its desk is in {}.", identity.study, identity.server, desk.display())?;
    writeln!(
        io::stdout(),
        "Keep a copy of that folder: its keys are nowhere else, and without them nothing can be read."
    )?;
    Ok(DONE)
}

fn open(folder: &Path) -> Result<Desk, Failure> {
    if !Desk::is_in(folder) {
        return Err(waymark_desk::desk::DeskError::None(folder.to_owned()).into());
    }
    Ok(Desk::open(folder, &passphrase::ask()?)?)
}

fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string(value)?;
    Ok(writeln!(io::stdout(), "{json}")?)
}

fn print_invitation(invited: &Invited) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "Invitation for {}. Only this person should ever see it.\n", invited.participant)?;
    writeln!(out, "Link: {}\n", invited.link)?;
    if let Some(page) = &invited.page {
        writeln!(out, "Link by way of the join page: {}\n", page.page_link)?;
    }
    writeln!(out, "To be typed:\n")?;
    let groups: Vec<&str> = invited.text.split(' ').collect();
    for line in groups.chunks(6) {
        writeln!(out, "  {}", line.join(" "))?;
    }
    writeln!(out, "\nA QR code of each link: --json gives them as SVG.")
}

fn print_totals(totals: &waymark_desk::account::Totals) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let counts = [
        ("received", totals.received),
        ("opened", totals.opened),
        ("private", totals.private),
        ("control", totals.control),
        ("erased", totals.erased),
        ("waiting", totals.waiting),
        ("quarantined", totals.quarantined.len() as u64),
    ];
    for (name, count) in counts {
        writeln!(out, "{name:<12}{count:>8}")?;
    }
    for record in &totals.quarantined {
        let device = record.device.map_or_else(|| "?".to_owned(), |device| device.to_string());
        let seq = record.seq.map_or_else(|| "?".to_owned(), |seq| seq.to_string());
        writeln!(out, "  device {device}, {seq}: {}", record.reason)?;
    }
    Ok(())
}

fn print_report(report: &Report) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let width = report.devices.iter().map(|device| device.participant.chars().count()).max().unwrap_or(0).max(11);
    writeln!(out, "{:<width$}  {:<32}  {:>6}  {:<20}  state", "participant", "device", "seq", "as of")?;
    for device in &report.devices {
        let state = serde_json::to_value(device.state)?;
        writeln!(
            out,
            "{:<width$}  {}  {:>6}  {:<20}  {}",
            device.participant,
            device.device,
            device.seq,
            device.as_of.as_deref().unwrap_or("-"),
            state.as_str().unwrap_or_default(),
        )?;
    }
    let parts: u64 = report.devices.iter().map(|device| device.parts_missing).sum();
    if parts > 0 {
        writeln!(
            out,
            "{parts} parts of voice notes have not come yet: they may follow when their writer lets them go"
        )?;
    }
    if report.quarantined > 0 {
        writeln!(out, "{} records are in quarantine: see `pull`", report.quarantined)?;
    }
    Ok(())
}
