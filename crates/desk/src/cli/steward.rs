//! What a research team does besides collecting: who takes part, an invitation back, leaving, an end, erasing, another token, another
//! version.

use std::io::{self, Write};
use std::path::Path;

use waymark_desk::ending::{self, Leaving, StudyEnd};
use waymark_desk::erase::{self, Counts, Erased, Reach};
use waymark_desk::people::{Person, people};
use waymark_desk::publish::publish;
use waymark_desk::revoke::{Invitation, revoke};
use waymark_desk::stop::{self, Stopped};
use waymark_desk::token::{self, Before};
use waymark_desk::transcripts::count_of;
use waymark_desk::verify::Report;
use waymark_desk::{Progress, now_ms, study};
use waymark_protocol::DeviceId;

use super::confirm::confirm;
use super::transcript::interviews;
use super::{DONE, Failure, LOOK, open, print_json, told};

pub(super) const LABEL: &str = "the participant's label";

pub(super) fn participants(desk: &Path, json: bool) -> Result<u8, Failure> {
    let people = people(&open(desk)?, now_ms())?;
    if json {
        print_json(&people)?;
    } else {
        print_people(&people)?;
    }
    Ok(DONE)
}

fn print_people(people: &[Person]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let width = people.iter().map(|person| person.participant.chars().count()).max().unwrap_or(0).max(11);
    writeln!(out, "{:<width$}  {:<32}  {:>6}  {:<19}  until", "participant", "number", "phones", "invitation")?;
    for person in people {
        let stands = serde_json::to_value(person.invitation)?;
        writeln!(
            out,
            "{:<width$}  {}  {:>6}  {:<19}  {}",
            person.participant,
            person.number,
            person.phones,
            stands.as_str().unwrap_or_default(),
            person.until.as_deref().unwrap_or("-"),
        )?;
    }
    Ok(())
}

pub(super) async fn revoke_invitation(desk: &Path, participant: &str, json: bool) -> Result<u8, Failure> {
    let withdrawn = revoke(&mut open(desk)?, participant, now_ms()).await?;
    if json {
        print_json(&withdrawn)?;
        return Ok(DONE);
    }
    let who = &withdrawn.participant;
    let sentence = match withdrawn.invitation {
        Invitation::Revoked => format!(
            "The invitation of {who} is revoked: nobody can join with it from now on. A phone that has joined with it meanwhile \
             stays, and the next `pull` shows it."
        ),
        Invitation::RevokedBefore => {
            format!("The invitation of {who} had been revoked before: nobody can join with it.")
        }
        Invitation::Expired => format!("The invitation of {who} has expired by itself: nobody can join with it."),
    };
    writeln!(io::stdout(), "{sentence}")?;
    Ok(DONE)
}

pub(super) async fn left(desk: &Path, participant: &str, left: bool, json: bool) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let leaving = ending::leave(&mut desk, participant, left, now_ms()).await?;
    if json {
        print_json(&leaving)?;
        return Ok(DONE);
    }
    let Leaving { participant, left_at, again } = leaving;
    let has_left = left_at.is_some();
    let sentence = match (left_at, again) {
        (Some(_), false) => format!(
            "{participant} has left: what their phones still send is kept and marked as late. Nothing is deleted: see `erase`."
        ),
        (Some(at), true) => format!("{participant} has left, as was said on {at}."),
        (None, false) => format!("{participant} takes part again. What came meanwhile stays late."),
        (None, true) => format!("{participant} takes part; nobody had said otherwise here."),
    };
    writeln!(io::stdout(), "{sentence}")?;
    if has_left {
        print_kept(&participant, count_of(&desk, &participant)?)?;
    }
    Ok(DONE)
}

const ENDING_MEANS: &str = "\
Ending the study means:
- Nobody can join any more, with whatever invitation.
- What phones still send is kept and marked as late. Nothing that a person wrote is refused.
- Nothing is deleted: not here, not on the server, not on any phone. People go on writing their diaries.
- People are not told by this: tell them yourself.
- `end --undo` lets the study go on; what came meanwhile stays late.
";

pub(super) async fn end_study(desk: &Path, confirmed: Option<&str>, json: bool) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    confirm(ENDING_MEANS, "the study's title", desk.identity.title(), confirmed)?;
    print_end(ending::end(&mut desk, true, now_ms()).await?, json)
}

pub(super) async fn go_on(desk: &Path, json: bool) -> Result<u8, Failure> {
    print_end(ending::end(&mut open(desk)?, false, now_ms()).await?, json)
}

fn print_end(end: StudyEnd, json: bool) -> Result<u8, Failure> {
    if json {
        print_json(&end)?;
        return Ok(DONE);
    }
    let StudyEnd { study, ended_at, again } = end;
    let sentence = match (ended_at, again) {
        (Some(_), false) => format!("\"{study}\" has ended. `pull` goes on collecting what phones still send."),
        (Some(at), true) => format!("\"{study}\" has ended, as was said on {at}."),
        (None, false) => format!("\"{study}\" goes on. What came meanwhile stays late."),
        (None, true) => format!("\"{study}\" goes on; nobody had said otherwise here."),
    };
    writeln!(io::stdout(), "{sentence}")?;
    Ok(DONE)
}

pub(super) async fn erase(
    desk: &Path,
    participant: &str,
    reach: &Reach,
    reason: &str,
    confirmed: Option<&str>,
    json: bool,
) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let prepared = erase::prepare(&mut desk, participant, reach, reason, now_ms(), &Progress::on_terminal()).await?;
    if !prepared.is_empty() {
        confirm(
            &erasing_means(&prepared.counts, &kept(&prepared.participant, prepared.transcripts)),
            LABEL,
            &prepared.participant,
            confirmed,
        )?;
    }
    let ends_with = told_before(&prepared.report);
    let erased = erase::carry_out(&mut desk, prepared, now_ms()).await?;
    if json {
        print_json(&erased)?;
        return Ok(ends_with);
    }
    let Erased { participant, erased, before, transcripts } = erased;
    let sentence = match (erased == Counts::default(), before) {
        (false, _) => format!(
            "{participant}: {} are erased here and on the server. Backups of the server from before still hold them, sealed, until \
             they are deleted, and so do copies of this desk's folder. Exports from before are yours to mend.",
            in_words(&erased)
        ),
        (true, 0) => format!("{participant}: there is nothing to erase."),
        (true, before) => format!("{participant}: nothing is left to erase; {before} had been erased before."),
    };
    writeln!(io::stdout(), "{sentence}")?;
    print_kept(&participant, transcripts)?;
    Ok(ends_with)
}

/// Says what the pull before has found that needs a look; what the command ends with.
fn told_before(report: &Report) -> u8 {
    if report.quarantined > 0 {
        eprintln!("waymark-desk: {} records are in quarantine: see `pull`", report.quarantined);
    }
    told(report)
}

fn print_kept(participant: &str, transcripts: usize) -> io::Result<()> {
    match kept(participant, transcripts).as_str() {
        "" => Ok(()),
        kept => writeln!(io::stdout(), "{kept}"),
    }
}

/// That interviews are not the phone's to take back, and how they are removed; nothing where there are none.
fn kept(participant: &str, transcripts: usize) -> String {
    match transcripts {
        0 => String::new(),
        number => format!(
            "Of {participant} {} at this desk: they stay until `waymark-desk transcript remove --participant \"{participant}\"` removes them.",
            if number == 1 { "is 1 interview transcript".to_owned() } else { format!("are {}", interviews(number)) }
        ),
    }
}

fn erasing_means(counts: &Counts, kept: &str) -> String {
    let private = match counts.private {
        0 => "",
        _ => "- What the writer keeps private leaves the server too: the 24 words bring it back on no new phone.\n",
    };
    let kept = if kept.is_empty() { String::new() } else { format!("- {kept}\n") };
    format!(
        "\
Erasing {} means:
- It is destroyed here, on the server and in the server's next backup. Nobody can bring it back.
{private}\
- The writer keeps it on the phone, and gets it back on a new phone only from a backup file of their own.
- What was agreed to stays, and of each record its number, time and size, so that the rest can be proved complete.
- What the phones send later is not erased by this. Exports from before are not changed.
{kept}",
        in_words(counts)
    )
}

fn in_words(counts: &Counts) -> String {
    let kinds = [
        (counts.entries, "shared entry", "shared entries"),
        (counts.notices, "notice", "notices"),
        (counts.private, "private record", "private records"),
    ];
    let some = kinds.into_iter().filter(|(count, _, _)| *count > 0);
    let words: Vec<String> =
        some.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    words.join(", ")
}

pub(super) async fn stop_phone(
    desk: &Path,
    device: DeviceId,
    even_if_incomplete: bool,
    confirmed: Option<&str>,
    json: bool,
) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let found = stop::find(&mut desk, device, even_if_incomplete, now_ms(), &Progress::on_terminal()).await?;
    if !found.before {
        confirm(STOPPING_MEANS, LABEL, &found.participant, confirmed)?;
    }
    let ends_with = told_before(&found.report);
    let stopped = stop::stop(&mut desk, found).await?;
    if json {
        print_json(&stopped)?;
        return Ok(ends_with);
    }
    let Stopped { participant, device, seq, again } = stopped;
    let sentence = match again {
        false => {
            format!("The phone {device} of {participant} is stopped: its records up to {seq} count, and nothing after.")
        }
        true => format!("The phone {device} of {participant} had been stopped before."),
    };
    writeln!(io::stdout(), "{sentence}")?;
    Ok(ends_with)
}

const STOPPING_MEANS: &str = "\
Stopping a phone means:
- Nothing that it sends from now on counts, here or anywhere, nor does a phone that it has handed over to. This cannot be taken back.
- What is here of it, and complete, stays and counts, and the diary stays on the phone.
- Its person goes on with a new phone and the 24 words, or with a new invitation.
";

pub(super) async fn token(desk: &Path) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    match token::replace(&mut desk, token::ask()?).await? {
        Before::Same => writeln!(io::stdout(), "The desk has this token already, and the server takes it.")?,
        Before::Revoked => {
            writeln!(io::stdout(), "The desk has the new token. The server takes the one before no more.")?;
        }
        Before::StillGood => {
            writeln!(io::stdout(), "The desk has the new token.")?;
            eprintln!(
                "waymark-desk: the token before may still be good: have it revoked where the server is, with `waymark-server token \
                 list` and `waymark-server token revoke NUMBER`"
            );
            return Ok(LOOK);
        }
    }
    Ok(DONE)
}

pub(super) async fn publish_version(desk: &Path, file: &Path, json: bool) -> Result<u8, Failure> {
    let file = study::read_study_file(file)?;
    let published = publish(&mut open(desk)?, &file).await?;
    if json {
        print_json(&published)?;
        return Ok(DONE);
    }
    let sentence = match published.again {
        false => "is published: phones follow it when they next have a connection, and new invitations ask for it.",
        true => "had been published before; nothing has changed.",
    };
    writeln!(io::stdout(), "Version {} {sentence}", published.version)?;
    Ok(DONE)
}
