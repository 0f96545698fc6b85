//! Interview transcripts: import, list, correct, remove.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use waymark_desk::transcripts::{
    self, About, LONGEST_FILE, LeftOut, Removed, Transcript, TranscriptError, TranscriptId,
};
use waymark_desk::{Desk, Labels, now_ms};

use super::confirm::confirm;
use super::steward::LABEL;
use super::{DONE, FAILED, Failure, LOOK, open, print_json};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Keep the text of an interview: a .docx file, or .txt or .md in UTF-8. The file itself is not changed
    ///
    /// Of a .docx file the paragraphs are read, with what was inserted while changes were tracked. Comments, footnotes, headers, footers,
    /// pictures and formulas are left out.
    Add {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Whose interview it is, by label or number
        #[arg(long)]
        participant: String,
        /// The time point, as T1
        #[arg(long)]
        time_point: String,
        /// The day of the interview, as 2026-05-04
        #[arg(long)]
        day: String,
        /// How it is called, besides
        #[arg(long)]
        title: Option<String>,
        /// The file
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Say which transcripts there are
    List {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// Only those of this participant, by label or number
        #[arg(long)]
        participant: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Correct what is said of a transcript: whose it is, time point, day or title
    Change {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The transcript, as `list` shows it
        #[arg(long, value_name = "ID")]
        transcript: TranscriptId,
        /// Whose interview it is, by label or number
        #[arg(long)]
        participant: Option<String>,
        /// The time point, as T1
        #[arg(long)]
        time_point: Option<String>,
        /// The day of the interview, as 2026-05-04
        #[arg(long)]
        day: Option<String>,
        /// How it is called, besides
        #[arg(long)]
        title: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a transcript, or all of one participant, for good; names the exports that hold it
    Remove {
        /// The desk's folder
        #[arg(long)]
        desk: PathBuf,
        /// The transcript, as `list` shows it
        #[arg(long, value_name = "ID", required_unless_present = "participant", conflicts_with = "participant")]
        transcript: Option<TranscriptId>,
        /// All of this participant, by label or number
        #[arg(long)]
        participant: Option<String>,
        /// The participant's label, instead of typing it when asked
        #[arg(long, value_name = "LABEL")]
        confirm: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A transcript without its text.
#[derive(Serialize)]
struct Line {
    transcript: TranscriptId,
    participant: String,
    time_point: String,
    day: String,
    title: String,
    words: usize,
    file: String,
    imported_at: Option<String>,
}

impl Line {
    fn of(transcript: Transcript, participant: String) -> Self {
        let words = transcript.words();
        let imported_at = transcript.imported();
        let Transcript { id, about: About { time_point, day, title }, file, .. } = transcript;
        Self { transcript: id, participant, time_point, day: day.to_string(), title, words, file, imported_at }
    }
}

pub(super) fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Add { desk, participant, time_point, day, title, file, json } => {
            let about = About::parse(&time_point, &day, title.as_deref().unwrap_or_default(), now_ms())?;
            add(&desk, &participant, about, &file, json)
        }
        Command::List { desk, participant, json } => list(&desk, participant.as_deref(), json),
        Command::Change { desk, transcript, participant, time_point, day, title, json } => {
            let mut desk = open(&desk)?;
            let before = transcripts::get(desk.vault.reader(), transcript)?;
            let about = About::parse(
                &time_point.unwrap_or(before.about.time_point),
                &day.unwrap_or_else(|| before.about.day.to_string()),
                &title.unwrap_or(before.about.title),
                now_ms(),
            )?;
            let whose = participant.unwrap_or_else(|| before.participant.to_string());
            let changed = transcripts::change(&mut desk, transcript, &whose, about)?;
            told(Line::of(changed.transcript, changed.participant), "is corrected", json)
        }
        Command::Remove { desk, transcript, participant, confirm, json } => {
            remove(&desk, transcript, participant.as_deref(), confirm.as_deref(), json)
        }
    }
}

fn add(desk: &Path, participant: &str, about: About, file: &Path, json: bool) -> Result<u8, Failure> {
    let about_file =
        |error: &dyn std::fmt::Display| Failure { code: FAILED, sentence: format!("{}: {error}", file.display()) };
    let mut bytes = Vec::new();
    // What is longer is refused by its length, and not held in memory first.
    let bounded = File::open(file).map(|open| open.take(LONGEST_FILE as u64 + 1));
    bounded.and_then(|mut open| open.read_to_end(&mut bytes)).map_err(|error| about_file(&error))?;
    let read = transcripts::read(&bytes).map_err(|error| about_file(&error))?;
    let left_out = read.left_out.clone();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let added = transcripts::add(&mut open(desk)?, participant, about, read, &name, now_ms())?;
    for what in left_out {
        eprintln!("waymark-desk: not read: {}", named(what));
    }
    told(Line::of(added.transcript, added.participant), "is kept at the desk", json)
}

fn named(what: LeftOut) -> &'static str {
    match what {
        LeftOut::Comments => "comments",
        LeftOut::Notes => "footnotes and endnotes",
        LeftOut::Deleted => "text that was deleted while changes were tracked",
        LeftOut::Pictures => "pictures",
        LeftOut::Other => "other content, as formulas or text out of another file",
        LeftOut::Letters => "some letters: � stands for each",
    }
}

fn told(line: Line, what: &str, json: bool) -> Result<u8, Failure> {
    if json {
        print_json(&line)?;
    } else {
        let Line { participant, time_point, day, words, transcript, .. } = line;
        writeln!(
            io::stdout(),
            "{participant}, {time_point}, {day}: {words} words. The transcript {transcript} {what}."
        )?;
    }
    Ok(DONE)
}

fn list(desk: &Path, participant: Option<&str>, json: bool) -> Result<u8, Failure> {
    let desk = open(desk)?;
    let lines = lines(&desk, participant)?;
    let damaged = transcripts::kept(desk.vault.reader())?.damaged;
    for id in &damaged {
        eprintln!(
            "waymark-desk: {}. Whose it is cannot be read either. Everything else is as it was.",
            TranscriptError::Damaged(*id)
        );
    }
    let code = if damaged.is_empty() { DONE } else { LOOK };
    if json {
        print_json(&lines)?;
        return Ok(code);
    }
    let mut out = io::stdout().lock();
    let width = |header: &str, of: fn(&Line) -> &str| {
        lines.iter().map(|line| of(line).chars().count()).max().unwrap_or(0).max(header.chars().count())
    };
    let (whose, point) = (width("participant", |line| &line.participant), width("point", |line| &line.time_point));
    writeln!(
        out,
        "{:<whose$}  {:<point$}  {:<10}  {:>7}  {:<32}  title",
        "participant", "point", "day", "words", "transcript"
    )?;
    for Line { transcript, participant, time_point, day, title, words, .. } in &lines {
        writeln!(out, "{participant:<whose$}  {time_point:<point$}  {day}  {words:>7}  {transcript}  {title}")?;
    }
    Ok(code)
}

fn lines(desk: &Desk, participant: Option<&str>) -> Result<Vec<Line>, Failure> {
    let labels = Labels::load(desk.vault.reader())?;
    let found = match participant {
        Some(participant) => transcripts::all_of(desk, participant)?.1,
        None => transcripts::all(desk.vault.reader())?,
    };
    let mut lines: Vec<Line> = found
        .into_iter()
        .map(|each| {
            let participant = labels.of(&each.participant);
            Line::of(each, participant)
        })
        .collect();
    lines.sort_by(|a, b| (&a.participant, &a.day).cmp(&(&b.participant, &b.day)));
    Ok(lines)
}

fn remove(
    desk: &Path,
    transcript: Option<TranscriptId>,
    participant: Option<&str>,
    confirmed: Option<&str>,
    json: bool,
) -> Result<u8, Failure> {
    let mut desk = open(desk)?;
    let mut what = LABEL;
    let (label, ids) = match (transcript, participant) {
        (Some(id), _) => match transcripts::get(desk.vault.reader(), id) {
            Ok(transcript) => (Labels::load(desk.vault.reader())?.of(&transcript.participant), vec![id]),
            // Whose it is cannot be read: its id stands for it.
            Err(TranscriptError::Damaged(id)) => {
                what = "the transcript's id";
                (id.to_string(), vec![id])
            }
            Err(error) => return Err(error.into()),
        },
        (None, whose) => {
            let (label, all) = transcripts::all_of(&desk, whose.unwrap_or_default())?;
            (label, all.into_iter().map(|each| each.id).collect())
        }
    };
    if !ids.is_empty() {
        confirm(&means(ids.len()), what, &label, confirmed)?;
    }
    let removed = match transcript {
        Some(id) => vec![transcripts::remove(&mut desk, id)?],
        None => transcripts::remove_all_of(&mut desk, &label)?,
    };
    if json {
        print_json(&removed)?;
        return Ok(DONE);
    }
    print_removed(&label, &removed)
}

fn means(number: usize) -> String {
    format!(
        "\
Removing {} means:
- The text is destroyed in this desk. Nobody can bring it back but from the file that it was read from.
- Exports from before are not changed: those that hold it are named afterwards.
- Copies of the desk's folder hold it until they are deleted.
",
        interviews(number)
    )
}

fn print_removed(label: &str, removed: &[Removed]) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    if removed.is_empty() {
        writeln!(out, "{label}: there is no interview to remove.")?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "{label}: {} removed here. Copies of this desk's folder still hold them.",
        interviews(removed.len())
    )?;
    let mut held = |there: bool, what: &str| -> io::Result<()> {
        let mut paths: Vec<&PathBuf> = Vec::new();
        for export in removed.iter().flat_map(|each| &each.exports).filter(|export| export.there == there) {
            if !paths.contains(&&export.path) {
                paths.push(&export.path);
            }
        }
        if !paths.is_empty() {
            writeln!(out, "\n{what}")?;
        }
        paths.into_iter().try_for_each(|path| writeln!(out, "  {}", path.display()))
    };
    held(true, "In these exports it still stands. Export anew, or delete the file:")?;
    held(
        false,
        "It stood in exports that are no longer where they were written. If one was moved or copied, look there:",
    )?;
    Ok(DONE)
}

/// So many interviews, in words.
pub(super) fn interviews(number: usize) -> String {
    if number == 1 { "1 interview transcript".to_owned() } else { format!("{number} interview transcripts") }
}
