//! The study's keys and their custodians on the command line.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use serde::Serialize;
use waymark_desk::custody::{self, Custody};
use waymark_desk::passphrases::{self, Passphrase, PassphrasesError};
use waymark_desk::prepare::Said;
use waymark_desk::{Desk, now_ms, passphrase, study, token};
use waymark_protocol::custody::{CustodyShare, JoinError, join};
use waymark_protocol::invitation::ServerUrl;
use waymark_vault::{ArgonParams, MOST_PASSPHRASES};

use super::{DONE, FAILED, Failure, USAGE, open, print_json};

/// More than all custodians that there can be, with lines between and mistakes.
const MOST_LINES: usize = 200;

#[derive(Serialize)]
struct Printed {
    study: String,
    threshold: u8,
    of: u8,
    shares: Vec<PrintedShare>,
}

#[derive(Serialize)]
struct PrintedShare {
    number: u8,
    text: String,
}

pub(super) fn standing(desk: &Path, json: bool) -> Result<u8, Failure> {
    let standing = custody::standing(&open(desk)?)?;
    if json {
        print_json(&standing)?;
        return Ok(DONE);
    }
    match standing {
        Some(Custody { split_at, threshold, of, .. }) => writeln!(
            io::stdout(),
            "Any {threshold} of {of} custodians together have the study's keys; split last: {}.",
            split_at.as_deref().unwrap_or("-")
        )?,
        None => writeln!(
            io::stdout(),
            "Nobody but this desk has the study's keys. Without its passphrase nothing can be opened: see `keys split`."
        )?,
    }
    Ok(DONE)
}

pub(super) fn split(desk: &Path, threshold: u8, of: u8, json: bool) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let shares = custody::split(&mut desk, threshold, of, Vec::new(), now_ms())?;
    if json {
        let shares = shares
            .iter()
            .map(|share| PrintedShare { number: share.number(), text: share.dangerously_text().to_string() });
        let study = desk.identity.study.to_string();
        print_json(&Printed { study, threshold, of, shares: shares.collect() })?;
        return Ok(DONE);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Give each custodian one share, on paper. Any {threshold} of them together can open everything that was shared with the study and \
         speak in its name; fewer can do nothing. Keep none of them beside this machine. What was printed before stays good.\n"
    )?;
    for share in &shares {
        writeln!(out, "Share {} of {of} of the study \"{}\"\n", share.number(), desk.identity.title())?;
        for (place, group) in share.dangerously_text().split(' ').enumerate() {
            let before = if place % 6 == 0 { if place == 0 { "  " } else { "\n  " } } else { " " };
            write!(out, "{before}{group}")?;
        }
        writeln!(out, "\n\n  {threshold} of the {of} shares give the keys: `waymark-desk keys join`\n")?;
    }
    writeln!(out, "Have the custodians rehearse it now and once a year: `waymark-desk keys rehearse`")?;
    Ok(DONE)
}

pub(super) fn rehearse() -> Result<u8, Failure> {
    let study = custody::rehearse(&shares()?)?;
    writeln!(io::stdout(), "These shares give the keys of the study {study}. Nothing was opened or kept.")?;
    Ok(DONE)
}

pub(super) async fn join_shares(folder: &Path, server: Option<ServerUrl>) -> Result<u8, Failure> {
    let is_here = Desk::is_in(folder);
    if !is_here && server.is_none() {
        let sentence =
            "there is no desk in that folder: give the study's server with --server, and a new one is made there"
                .to_owned();
        return Err(Failure { code: USAGE, sentence });
    }
    let shares = shares()?;
    // Wrong shares are told before somebody thinks of a passphrase.
    custody::rehearse(&shares)?;
    match server.filter(|_| !is_here) {
        None => {
            let params = ArgonParams::calibrated(study::UNLOCK);
            custody::reopen(folder, &shares, &passphrase::ask_new()?, None, &params, now_ms())?;
            writeln!(io::stdout(), "The desk has the new passphrase. Those before open it no more.")?;
        }
        Some(server) => {
            let token = token::ask()?;
            let identity = custody::renew(
                folder,
                &shares,
                server,
                token,
                &passphrase::ask_new()?,
                &ArgonParams::calibrated(study::UNLOCK),
            )
            .await?;
            writeln!(
                io::stdout(),
                "A new desk of \"{}\". `pull` collects everything that is on the server; people are shown by their numbers, for only the desk before \
                 knew their labels.",
                identity.title()
            )?;
        }
    }
    Ok(DONE)
}

#[derive(Serialize)]
struct PrintedPassphrase {
    number: usize,
    name: Option<Said>,
    since: Option<String>,
    damaged: bool,
}

pub(super) fn list(desk: &Path, json: bool) -> Result<u8, Failure> {
    print_passphrases(&open(desk)?, json)
}

fn print_passphrases(desk: &Desk, json: bool) -> Result<u8, Failure> {
    let listed = passphrases::list(desk)?.into_iter().enumerate();
    let listed = listed.map(|(place, Passphrase { name, since, is_sound, .. })| PrintedPassphrase {
        number: place + 1,
        name,
        since,
        damaged: !is_sound,
    });
    let listed: Vec<_> = listed.collect();
    if json {
        print_json(&listed)?;
        return Ok(DONE);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} of at most {MOST_PASSPHRASES} passphrases open this desk:", listed.len())?;
    for PrintedPassphrase { number, name, since, damaged } in listed {
        let name = name.as_ref().map_or("(the first passphrase)", Said::as_str);
        let damaged = if damaged { "  damaged: it opens nothing" } else { "" };
        writeln!(out, "  {number}  {name}  since {}{damaged}", since.as_deref().unwrap_or("the beginning"))?;
    }
    Ok(DONE)
}

pub(super) fn add(folder: &Path, name: &str) -> Result<u8, Failure> {
    let name = passphrases::name(name)?;
    let current = passphrase::ask()?;
    let mut desk = Desk::open(folder, &current)?;
    let new = passphrase::ask_another()?;
    passphrases::add(&mut desk, &current, name, &new, &ArgonParams::calibrated(study::UNLOCK), now_ms())?;
    print_passphrases(&desk, false)
}

pub(super) fn change(folder: &Path, name: Option<&str>) -> Result<u8, Failure> {
    let name = name.map(passphrases::name).transpose()?;
    let current = passphrase::ask()?;
    let mut desk = Desk::open(folder, &current)?;
    let new = passphrase::ask_another()?;
    passphrases::change(&mut desk, &current, name, &new, &ArgonParams::calibrated(study::UNLOCK), now_ms())?;
    writeln!(io::stdout(), "The passphrase that you typed is changed. The one before opens this desk no more.")?;
    print_passphrases(&desk, false)
}

pub(super) fn remove(folder: &Path, number: usize) -> Result<u8, Failure> {
    let current = passphrase::ask()?;
    let mut desk = Desk::open(folder, &current)?;
    let listed = passphrases::list(&desk)?;
    let chosen = number.checked_sub(1).and_then(|place| listed.get(place)).ok_or(PassphrasesError::Unknown)?;
    passphrases::remove(&mut desk, &current, &chosen.id)?;
    writeln!(
        io::stdout(),
        "It opens this desk no more. Copies of this folder that were made before still open with it: so do backups."
    )?;
    print_passphrases(&desk, false)
}

/// The shares, a line each, from a pipe; or typed one after the other until there are enough.
fn shares() -> Result<Vec<CustodyShare>, Failure> {
    let typed = io::stdin().is_terminal();
    let mut shares: Vec<CustodyShare> = Vec::new();
    let mut lines = io::stdin().lock().lines().take(MOST_LINES);
    loop {
        let missing = shares.first().is_none_or(|first| shares.len() < usize::from(first.threshold()));
        if typed && !missing {
            return Ok(shares);
        }
        if typed {
            eprint!("Share {}: ", shares.len() + 1);
            io::stderr().flush()?;
        }
        let Some(line) = lines.next() else { return Ok(shares) };
        let line = zeroize::Zeroizing::new(line?);
        if line.trim().is_empty() {
            continue;
        }
        let wrong = match CustodyShare::parse(&line) {
            Ok(share) => {
                shares.push(share);
                match join(&shares) {
                    // What does not go with those before is told at once.
                    Err(error @ (JoinError::OtherSet(_) | JoinError::Twice(_))) => {
                        shares.pop();
                        error.to_string()
                    }
                    _ => continue,
                }
            }
            Err(error) => format!("share {}: {error}", shares.len() + 1),
        };
        if !typed {
            return Err(Failure { code: FAILED, sentence: wrong });
        }
        eprintln!("waymark-desk: {wrong}. Type another one, or this one once more.");
    }
}
