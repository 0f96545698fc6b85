//! Making a study, inviting, collecting, proving, exporting.

use std::io::{self, Write};
use std::path::Path;

use waymark_desk::exported;
use waymark_desk::invite::{Invited, invite};
use waymark_desk::passphrase;
use waymark_desk::pull::pull;
use waymark_desk::study::{self, StudyFileError};
use waymark_desk::verify::{Report, verify};
use waymark_desk::{Progress, now_ms};
use waymark_protocol::api::Token;
use waymark_protocol::invitation::ServerUrl;
use waymark_vault::ArgonParams;

use super::{DONE, Failure, LOOK, USAGE, open, print_json, told};

pub(super) fn check(path: &Path) -> Result<u8, Failure> {
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

pub(super) async fn new(desk: &Path, study: &Path, server: ServerUrl, token: &str) -> Result<u8, Failure> {
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

pub(super) async fn invite_participant(desk: &Path, participant: &str, json: bool) -> Result<u8, Failure> {
    let invited = invite(&mut open(desk)?, participant, now_ms()).await?;
    if json {
        print_json(&invited)?;
    } else {
        print_invitation(&invited)?;
    }
    Ok(DONE)
}

/// Says of every export what of it was withdrawn since.
pub(super) async fn pull_all(desk: &Path, json: bool) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let pulled = pull(&mut desk, now_ms(), &Progress::on_terminal()).await?;
    if json {
        print_json(&pulled.totals)?;
    } else {
        print_totals(&pulled.totals)?;
    }
    // What was collected is collected, whatever is known of exports: how `exports` ends says more.
    match exported::all(&desk).map(|made| made.iter().filter(|made| made.needs_attention()).count()) {
        Ok(0) => {}
        Ok(held) => eprintln!("waymark-desk: {held} exports hold what was withdrawn or removed since: see `exports`"),
        Err(error) => eprintln!("waymark-desk: what exports hold cannot be told: {error}"),
    }
    Ok(told(&pulled.report))
}

pub(super) fn verify_all(desk: &Path, json: bool) -> Result<u8, Failure> {
    let report = verify(&open(desk)?)?;
    if json {
        print_json(&report)?;
    } else {
        print_report(&report)?;
    }
    Ok(if report.needs_attention() { LOOK } else { DONE })
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
