//! The study's keys and their custodians on the command line.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use serde::Serialize;
use waymark_desk::custody::{self, Custody};
use waymark_desk::passphrases::{self, Passphrase, PassphrasesError};
use waymark_desk::prepare::Said;
use waymark_desk::rotate::{self, Behind, Rotated};
use waymark_desk::{Desk, now_ms, passphrase, study, token};
use waymark_protocol::custody::{CustodyShare, JoinError, join};
use waymark_protocol::invitation::ServerUrl;
use waymark_vault::{ArgonParams, MOST_PASSPHRASES};

use super::confirm::confirm;
use super::{DONE, FAILED, Failure, LOOK, USAGE, open, print_json};

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

/// How the keys stand.
#[derive(Serialize)]
struct Standing {
    /// How they were split last.
    custody: Option<Custody>,
    /// How often they were changed.
    changes: usize,
    /// Whether this desk has those that the study uses now.
    newest: bool,
    /// Whether a change was begun of which the server has not answered.
    change_under_way: bool,
    /// Phones that still seal to an older key, as far as was collected.
    behind: Vec<Behind>,
}

pub(super) fn standing(desk: &Path, json: bool) -> Result<u8, Failure> {
    let desk = open(desk)?;
    let document = &desk.identity.document;
    let standing = Standing {
        custody: custody::standing(&desk)?,
        changes: document.document.key_changes.len(),
        newest: desk.keys.are_newest(document),
        change_under_way: rotate::is_under_way(&desk)?,
        behind: if document.document.key_changes.is_empty() { Vec::new() } else { rotate::behind(&desk)? },
    };
    let ends_with = if standing.custody.as_ref().is_some_and(|custody| custody.older_keys) { LOOK } else { DONE };
    if json {
        print_json(&standing)?;
        return Ok(ends_with);
    }
    print_standing(&standing)?;
    Ok(ends_with)
}

fn print_standing(standing: &Standing) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match &standing.custody {
        Some(Custody { split_at, threshold, of, older_keys, .. }) => {
            let when = split_at.as_deref().unwrap_or("-");
            writeln!(out, "Any {threshold} of {of} custodians together have the study's keys; split last: {when}.")?;
            if *older_keys {
                writeln!(
                    out,
                    "The keys were changed since. {OLDER_SHARES} Nobody but this desk has the newest keys until they are split anew: see `keys split`."
                )?;
            }
        }
        None => writeln!(
            out,
            "This desk knows of no split of the study's keys. Unless custodians have shares from another desk, nothing can be opened without its \
             passphrase: see `keys split`."
        )?,
    }
    match standing.changes {
        0 => {}
        1 => writeln!(out, "The keys were changed once.")?,
        times => writeln!(out, "The keys were changed {times} times.")?,
    }
    if !standing.newest {
        writeln!(
            out,
            "This desk was made of shares from before a change: what phones seal to newer keys does not open here, and it cannot publish."
        )?;
    }
    if standing.change_under_way {
        writeln!(
            out,
            "A change of the keys was begun, and the server has not answered: `keys rotate` goes on with it."
        )?;
    }
    if !standing.behind.is_empty() {
        writeln!(
            out,
            "These phones still seal to an older key, as far as was collected. What they share opens all the same:"
        )?;
    }
    for Behind { participant, device } in &standing.behind {
        writeln!(out, "  {participant}  {device}")?;
    }
    Ok(())
}

/// What shares from before a change of keys still do.
const OLDER_SHARES: &str = "Those shares give the keys from before: they open what was sealed until then, and neither what was sealed to newer keys nor \
                            this desk's file.";

const CHANGING_MEANS: &str = "\
Changing the study's keys means:
- A new version of the study's document is published with new keys. Phones seal to them once they have it; until then, to the ones before.
- Everything from before opens here as it did. Who else has the keys from before can open what was sealed to them, for good: a change cannot take that back.
- Custodians' shares from before open nothing that is sealed to the new keys, nor this desk's file. Split the new keys right afterwards.
- A copy of this desk's folder from before cannot open what is sealed to the new keys. Make a new copy right afterwards.
- It cannot be taken back.
";

pub(super) async fn rotate(folder: &Path, confirmed: Option<&str>, json: bool) -> Result<u8, Failure> {
    let mut desk = open(folder)?;
    if !rotate::is_under_way(&desk)? {
        confirm(CHANGING_MEANS, "the study's title", desk.identity.title(), confirmed)?;
    }
    let rotated = rotate::rotate(&mut desk).await?;
    if json {
        print_json(&rotated)?;
        return Ok(DONE);
    }
    let Rotated { version, resumed, shares_are_older, .. } = rotated;
    let mut out = io::stdout().lock();
    let begun = if resumed { " The change had been begun before and is now done." } else { "" };
    writeln!(
        out,
        "The study has new keys, in version {version} of its document.{begun} Phones seal to them when they next have a connection.\n\
         - Copy the desk's folder now: a copy from before cannot open what is sealed from here on.\n\
         - The next study file has to say `version = {next}`.\n\
         - Where somebody else may have the keys from before, take another token too: `token`. Whoever has both can still speak to the server.",
        next = version.saturating_add(1)
    )?;
    if shares_are_older {
        writeln!(out, "- Split the new keys now, and have the papers back: `keys split`. {OLDER_SHARES}")?;
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
         speak in its name; fewer can do nothing. Keep none of them beside this machine. What was printed before, since the keys were changed last, \
         stays good.\n"
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
    let shares = shares()?;
    let study = custody::rehearse(&shares)?;
    writeln!(io::stdout(), "These shares give the keys of the study {study}. Nothing was opened or kept.")?;
    match shares.first().map_or(0, CustodyShare::changes) {
        0 => {}
        1 => writeln!(io::stdout(), "They were made after the keys had been changed once.")?,
        times => writeln!(io::stdout(), "They were made after the keys had been changed {times} times.")?,
    }
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
            if shares.first().is_some_and(|share| share.changes() < identity.document.document.key_changes.len()) {
                eprintln!(
                    "waymark-desk: the study's keys were changed after these shares were made. This desk opens what was sealed until then; what phones \
                     seal to newer keys does not open here, and it cannot publish. With shares of the newest keys, make another desk"
                );
                return Ok(LOOK);
            }
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
