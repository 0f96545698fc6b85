//! Exports: what was opened, for the tools that researchers use. Text stands exactly as it was written, in every format.
//!
//! Recordings are written as files beside it ([`VoiceRow`]).
//!
//! An export is written under another name beside its own and renamed when it is whole, and only its owner can read it.

mod audio;
mod csv;
mod jsonl;
mod markdown;
mod told;

use std::collections::HashSet;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use serde::Serialize;
use waymark_protocol::content::{Answer, Entry, Weight};
use waymark_protocol::record::Target;
use waymark_protocol::study::Plan;
use waymark_protocol::{DeviceId, EntryId, ParticipantId, RevisionId};

pub use audio::VoiceRow;

use crate::account::{Account, Class, PersonAccount};
use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::participants::Labels;
use crate::verify::Report;
use crate::whole::write_beside;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line, one line per entry revision.
    Jsonl,
    /// RFC 4180, one row per entry revision, a column per prompt. Cells that begin with = + - or @ are kept as they were
    /// written: import them as text.
    Csv,
    /// A document to read, by participant and day, with what each participant told about time off and phase at the head.
    Md,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The file to write.
    #[error("{0} cannot be written: {1}")]
    Unwritable(PathBuf, #[source] io::Error),
}

/// One revision of one entry. Its fields in this order are the export.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The participant's label.
    pub participant: String,
    /// The entry.
    pub entry: EntryId,
    /// The revision.
    pub revision: RevisionId,
    /// The revisions that it was made from.
    pub parents: Vec<RevisionId>,
    /// The phase as the phone knew it; else counted from the day of consent; else none.
    pub phase: Option<String>,
    /// The prompt set.
    pub prompt_set: String,
    /// RFC 3339 with the phone's offset.
    pub written_at: String,
    /// The day that it is about.
    pub about: NaiveDate,
    /// `light`, `okay`, `heavy`, `not-said` or none.
    pub weight: Option<&'static str>,
    /// Tags.
    pub tags: Vec<String>,
    /// Answers in the order in which they were given.
    pub answers: Vec<AnswerRow>,
    /// Free text.
    pub text: String,
    /// The document's version that was answered.
    pub document_version: u32,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its place in the device's log.
    pub seq: u64,
    /// Recordings, in the order in which they were made.
    pub voice: Vec<VoiceRow>,
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// The prompt's id.
    pub prompt: String,
    /// The question as it stood.
    pub question: String,
    /// The answer.
    pub value: String,
}

/// What was written stays out of logs and errors.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row(entry {}, revision {}, …)", self.entry, self.revision)
    }
}

impl fmt::Debug for AnswerRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerRow(…)")
    }
}

impl From<Answer> for AnswerRow {
    fn from(answer: Answer) -> Self {
        Self { prompt: answer.prompt, question: answer.question, value: answer.value }
    }
}

/// What an export holds.
#[derive(Debug, Clone, Copy)]
pub struct Exported {
    /// Entry revisions.
    pub revisions: usize,
    /// Recordings, in files beside the export.
    pub recordings: usize,
    /// Whether something of the collection is quarantined or not complete, so that the export may lack something.
    pub needs_attention: bool,
}

/// Writes an export of everything that is opened.
pub fn export(desk: &Desk, format: Format, path: &Path) -> Result<Exported, ExportError> {
    let collection = Collection::load(desk.vault.reader())?;
    let labels = Labels::load(desk.vault.reader())?;
    let plan = &desk.identity.document.document.plan;
    let account = Account::of(&desk.identity, &desk.keys, &collection);
    let needs_attention = Report::of(&account, &labels).needs_attention();
    let told = told::lines(&account, &labels, plan);
    let mut rows = rows(account, &labels, plan);
    let audio = audio::write(desk.vault.reader(), path, &mut rows)?;
    let write = |out: &mut dyn Write| match format {
        Format::Jsonl => jsonl::write(&rows, out),
        Format::Csv => csv::write(&rows, plan, out),
        Format::Md => markdown::write(&rows, &told, plan, out),
    };
    write_beside(path, write).map_err(|error| ExportError::Unwritable(path.to_owned(), error))?;
    let needs_attention = needs_attention || audio.failed;
    Ok(Exported { revisions: rows.len(), recordings: audio.files, needs_attention })
}

/// The rows of an account, by participant, day and time of writing.
pub fn rows(account: Account<'_>, labels: &Labels, plan: &Plan) -> Vec<Row> {
    let mut rows = Vec::new();
    for person in account.people {
        let Some(participant) = person.participant else { continue };
        let (label, joined) = (labels.of(&participant), joined_on(&person));
        let mut opened: Vec<_> = person
            .lines
            .into_iter()
            .filter_map(|line| match line.class {
                Class::Opened(entry) => Some((line.server_seq, line.target, *entry)),
                _ => None,
            })
            .collect();
        opened.sort_by_key(|(server_seq, target, _)| (*server_seq, **target));
        // A revision that came in two logs, word for word the same, is one revision.
        let mut seen: HashSet<(RevisionId, Vec<u8>)> = HashSet::new();
        opened.retain(|(_, _, entry)| seen.insert((entry.revision, entry.to_bytes())));
        opened.sort_by_key(|(server_seq, _, entry)| (entry.about, entry.written_at, *server_seq));
        rows.extend(
            opened.into_iter().map(|(_, target, entry)| row(participant, label.clone(), entry, target, joined, plan)),
        );
    }
    rows.sort_by(|a, b| a.participant.cmp(&b.participant));
    rows
}

fn row(
    participant: ParticipantId,
    label: String,
    entry: Entry,
    target: &Target,
    joined: Option<NaiveDate>,
    plan: &Plan,
) -> Row {
    let phase = entry.phase.or_else(|| Some(plan.phase_at(joined?, entry.about).id.clone()));
    Row {
        participant: label,
        entry: entry.entry,
        revision: entry.revision,
        parents: entry.parents,
        phase,
        prompt_set: entry.prompt_set,
        written_at: entry.written_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
        about: entry.about,
        weight: entry.weight.map(weight),
        tags: entry.tags,
        answers: entry.answers.into_iter().map(AnswerRow::from).collect(),
        text: entry.text,
        document_version: entry.document_version,
        device: target.device,
        seq: target.seq,
        voice: entry.attachments.into_iter().map(|voice| VoiceRow::new(participant, voice)).collect(),
    }
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Light => "light",
        Weight::Okay => "okay",
        Weight::Heavy => "heavy",
        Weight::NotSaid => "not-said",
    }
}

/// The day of the first consent, as the participant's own clock had it.
fn joined_on(person: &PersonAccount<'_>) -> Option<NaiveDate> {
    let agreed = person.consents.iter().filter_map(|consent| DateTime::parse_from_rfc3339(&consent.agreed_at).ok());
    agreed.min().map(|time| time.date_naive())
}
