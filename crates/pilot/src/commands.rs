//! The commands, but for the simulation.

use std::io::{IsTerminal, Read, Write};
use std::path::Path;

use serde::Serialize;
use waymark_diary::net::HttpTransport;
use waymark_diary::page::{self, EntryView, ErrorCode};
use waymark_diary::{
    Diary, DiaryHandle, Error, Filter, Finished, Now, Preview, Readers, join, preview, protocol, restore, sync,
};
use zeroize::Zeroizing;

use crate::cli::{self, Cli, Command};
use crate::open::{Failure, open, open_or_create, passphrase};
use crate::phones;
use crate::simulate;
use crate::voice::{self, Recording};

/// In which a study's choices are named.
pub const LANGUAGE: &str = "en";

const MAX_STDIN: u64 = 16 * 1024 * 1024;

/// Runs one command; the exit code when it did not fail.
pub async fn run(cli: Cli) -> Result<u8, Failure> {
    let now = cli.now.map_or_else(Now::from_clock, Now::scripted);
    match cli.command {
        Command::Join { vault, invitation, consent } => {
            protocol::invitation::Invitation::parse(&invitation).map_err(Error::from)?;
            let diary = DiaryHandle::new(open_or_create(&vault.vault)?);
            join_study(&diary, &invitation, consent.is_some(), now).await?;
            Ok(0)
        }
        Command::Write { vault, share, private: _, entry, about, text, voice, output } => {
            let entry = entry.as_deref().map(id_of).transpose()?;
            let text = match text {
                Some(text) => text,
                None if !voice.is_empty() => String::new(),
                None => stdin()?,
            };
            let recordings = voice.iter().map(|file| Recording::read(file)).collect::<Result<Vec<_>, _>>()?;
            let mut diary = open(&vault.vault)?;
            let readers = if share { Readers::Study } else { Readers::OnlyMe };
            let written = Finished { entry, ..plain_entry(text, about.unwrap_or(now.date())) };
            let entry = match recordings.is_empty() {
                true => diary.finish(written, readers, now)?,
                false => voice::spoken(&mut diary, written, &recordings, readers, now)?,
            };
            print(output, &Written { entry: entry.to_string() }, |written| written.entry.clone())
        }
        Command::Voice { vault, entry, number, out } => {
            voice::to_file(&open(&vault.vault)?, &entry_id(&entry)?, number, &out)?;
            Ok(0)
        }
        Command::Share { vault, entry } => {
            open(&vault.vault)?.share(&entry_id(&entry)?, now)?;
            Ok(0)
        }
        Command::KeepPrivate { vault, entry } => {
            let id = entry_id(&entry)?;
            let kept = open(&vault.vault)?.keep_private(&id)?;
            // What had been granted meanwhile was taken back, and has a new id.
            if kept != id {
                out(&kept.to_string())?;
            }
            Ok(0)
        }
        Command::Withdraw { vault, entry } => {
            let copy = open(&vault.vault)?.withdraw(&entry_id(&entry)?)?;
            out(&copy.to_string())?;
            Ok(0)
        }
        Command::Talk { vault, entry, no_more } => {
            open(&vault.vault)?.talk_about(&entry_id(&entry)?, !no_more, now)?;
            Ok(0)
        }
        Command::Leave { vault, erase } => {
            open(&vault.vault)?.leave(erase, now)?;
            Ok(0)
        }
        Command::Sync { vault, output } => {
            let diary = DiaryHandle::new(open(&vault.vault)?);
            sync_once(&diary, output, now).await
        }
        Command::List { vault, output } => {
            let diary = open(&vault.vault)?;
            let entries = diary.entry_ids().iter().map(|id| listed(&diary, id, now)).collect::<Result<Vec<_>, _>>()?;
            print(output, &entries, |entries| lines(entries))
        }
        Command::Search { vault, query, output } => {
            let diary = open(&vault.vault)?;
            let found = diary.matching(&Filter { query, ..Filter::default() });
            let entries = found.iter().map(|id| listed(&diary, id, now)).collect::<Result<Vec<_>, _>>()?;
            print(output, &entries, |entries| lines(entries))
        }
        Command::Phones { vault, stop, output } => phones::run(&vault.vault, stop.as_deref(), output, now).await,
        Command::Words { vault } => {
            let words = open(&vault.vault)?.recovery_words().ok_or_else(|| {
                Failure::Io("the words were confirmed, and have left the diary: they are on paper alone".into())
            })?;
            out(&words.join(" "))?;
            Ok(0)
        }
        Command::Restore { vault, server } => restore_from_words(&vault.vault, &server, now).await,
        Command::Simulate { participants, days, seed, desk, out: folder, output } => {
            let people = simulate::run(participants, days, seed, &desk, &folder, now).await?;
            print(output, &people, |people| people.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Joins the study that an invitation leads to.
pub async fn join_study(diary: &DiaryHandle, invitation: &str, all: bool, now: Now) -> Result<(), Failure> {
    let invitation = protocol::invitation::Invitation::parse(invitation).map_err(Error::from)?;
    let transport = HttpTransport::new(invitation.server.clone()).map_err(Error::from)?;
    let preview = preview(invitation, &transport).await?;
    let agreed = consent(&preview, all)?;
    Ok(join(diary, &preview, &agreed, true, now, &transport).await?)
}

fn consent(preview: &Preview, all: bool) -> Result<Vec<String>, Failure> {
    let items = &preview.study.document.plan.consent;
    if all {
        return Ok(items.iter().map(|item| item.id.clone()).collect());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Io("consent is asked on a terminal, item by item: or say --consent all".to_owned()));
    }
    let mut agreed = Vec::new();
    for item in items {
        eprint!("{} [y/n] ", item.text.get("en"));
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map_err(|_| Failure::Io("the answer could not be read".to_owned()))?;
        if answer.trim().eq_ignore_ascii_case("y") {
            agreed.push(item.id.clone());
        }
    }
    Ok(agreed)
}

/// Syncs once and prints where things stand.
async fn sync_once(diary: &DiaryHandle, output: cli::Output, now: Now) -> Result<u8, Failure> {
    let outcome = synced(diary, now).await?;
    for code in &outcome.noticed {
        eprintln!("waymark-pilot: {code}");
    }
    if let Some(code) = outcome.stopped {
        return Err(Failure::Sync(code));
    }
    let view = diary.with(|diary| page::sync_view(diary, now))?;
    print(output, &view, |view| match view.waiting {
        0 => "everything that was due is with the server".to_owned(),
        1 => "1 entry waits".to_owned(),
        waiting => format!("{waiting} entries wait"),
    })?;
    // A clock that jumped is the phone's own; everything else accuses the server.
    Ok(if outcome.noticed.iter().any(|code| *code != ErrorCode::ClockJumped) { 3 } else { 0 })
}

/// Syncs once.
pub async fn synced(diary: &DiaryHandle, now: Now) -> Result<sync::Outcome, Failure> {
    let server = diary.with(|diary| diary.server())?;
    let transport = HttpTransport::new(server).map_err(Error::from)?;
    Ok(sync::run(diary, &transport, now).await?)
}

async fn restore_from_words(dir: &Path, server: &str, now: Now) -> Result<u8, Failure> {
    let words = Zeroizing::new(stdin()?);
    let server = protocol::invitation::ServerUrl::parse(server).map_err(Error::from)?;
    let transport = HttpTransport::new(server.clone()).map_err(Error::from)?;
    let lock = passphrase(true)?;
    let (_, restored) = restore(dir, &lock, &words, &server, now, &transport).await?;
    out(&match restored.entries {
        1 => "1 entry came back".to_owned(),
        entries => format!("{entries} entries came back"),
    })?;
    if restored.missing > 0 {
        eprintln!("waymark-pilot: the server did not give {} of the records that it should have", restored.missing);
        return Ok(3);
    }
    Ok(0)
}

/// Free writing about a day.
pub fn plain_entry(text: String, about: chrono::NaiveDate) -> Finished {
    Finished {
        entry: None,
        draft: None,
        about,
        prompt_set: "free".to_owned(),
        answers: Vec::new(),
        text,
        weight: None,
        tags: Vec::new(),
    }
}

#[derive(Serialize)]
struct Written {
    entry: String,
}

/// An entry as `list` and `search` print it: its latest revision.
#[derive(Serialize)]
struct Listed {
    entry: String,
    about: String,
    written_at: String,
    place: page::Place,
    shares_at: Option<String>,
    weight: Option<page::Weight>,
    tags: Vec<String>,
    prompt_set: String,
    answers: Vec<page::Answer>,
    text: String,
    /// How long each voice note is, in seconds.
    voice: Vec<u32>,
    revisions: u32,
    /// Whether two phones wrote versions of it while apart.
    apart: bool,
}

fn listed(diary: &Diary, id: &protocol::EntryId, now: Now) -> Result<Listed, Failure> {
    let EntryView { summary, prompt_set, revisions } = page::entry_view(diary, id, now, LANGUAGE)?;
    let latest = revisions.into_iter().next().ok_or(Error::Plain(ErrorCode::EntryUnknown))?;
    Ok(Listed {
        entry: summary.id,
        about: summary.about,
        written_at: summary.written_at,
        place: summary.place,
        shares_at: summary.shares_at,
        weight: summary.weight,
        tags: summary.tags,
        prompt_set,
        answers: latest.answers,
        text: latest.text,
        voice: latest.voice.iter().map(|note| note.seconds).collect(),
        revisions: summary.revisions,
        apart: summary.apart,
    })
}

fn lines(entries: &[Listed]) -> String {
    let line = |entry: &Listed| {
        let place = serde_json::to_value(entry.place).ok();
        let place = place.as_ref().and_then(|place| place.as_str()).unwrap_or_default().to_owned();
        format!("{}  {}  {place}", entry.entry, entry.about)
    };
    entries.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn entry_id(entry: &cli::Entry) -> Result<protocol::EntryId, Failure> {
    id_of(&entry.entry)
}

fn id_of(entry: &str) -> Result<protocol::EntryId, Failure> {
    entry.parse().map_err(|_| Failure::Io("an entry's id is 32 letters and digits, as `list` shows it".to_owned()))
}

pub fn stdin() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .take(MAX_STDIN + 1)
        .read_to_string(&mut text)
        .map_err(|_| Failure::Io("what came on stdin is not text (UTF-8)".to_owned()))?;
    if text.len() as u64 > MAX_STDIN {
        return Err(Error::Plain(ErrorCode::EntryTooLong).into());
    }
    Ok(text)
}

pub fn print<T: Serialize + ?Sized>(
    output: cli::Output,
    value: &T,
    plain: impl Fn(&T) -> String,
) -> Result<u8, Failure> {
    let text = match output.json {
        true => serde_json::to_string(value).map_err(|_| Failure::Io("the result could not be printed".to_owned()))?,
        false => plain(value),
    };
    if !text.is_empty() {
        out(&text)?;
    }
    Ok(0)
}

fn out(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(|_| Failure::Io("the result could not be printed".to_owned()))
}
