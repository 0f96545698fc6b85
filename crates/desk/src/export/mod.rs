//! Exports: what was opened, for the tools that researchers use. Text stands exactly as it was written, in every format; but for the ends of
//! lines in projects ([`refi`]).
//!
//! Recordings are written as files beside it ([`VoiceRow`]), and where that is asked for, the proofs that each line is what was sealed.
//!
//! An export is written under another name beside its own and renamed when it is whole, and only its owner can read it.

mod agreed;
mod archive;
pub(crate) mod audio;
mod called;
mod csv;
mod document;
pub(crate) mod jsonl;
mod markdown;
mod pack;
mod phone;
pub(crate) mod proofs;
pub mod refi;
pub(crate) mod rows;
mod told;
mod wanted;
mod word;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_protocol::content::Answer;
use waymark_protocol::study::Plan;
use waymark_protocol::{EntryId, ParticipantId, RevisionId, StudyId};
use waymark_vault::{Reader, Vault};

pub use audio::VoiceRow;
pub(crate) use pack::wanted_of;
pub use pack::{PackFormat, WantedPack, export_pack, note_printed};
pub use phone::Phone;
pub use rows::rows;
pub use wanted::{Text, Wanted, Without};

use crate::account::Account;
use crate::codebook::Codebook;
use crate::collection::{Collection, CollectionError};
use crate::desk::{Desk, Identity, StudyKeys};
use crate::exported::{self, About, Held, Noted};
use crate::now_ms;
use crate::participants::{self, Labels};
use crate::prepare::{
    Pseudonyms, Reviews, Said, WhoAndWhy, copy, copy_interview, fingerprint, fingerprint_interview, replaced,
};
use crate::transcripts::{self, Interview, TranscriptId};
use crate::verify::Report;
use crate::whole::{Unnamed, write_beside};
use agreed::Agreed;
use refi::{Flavour, LineEnds, Per, Project};
use rows::Drawn;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One JSON object a line, one line per entry revision.
    Jsonl,
    /// RFC 4180, one row per entry revision, a column per prompt. Cells that begin with = + - or @ are kept as they were
    /// written: import them as text.
    Csv,
    /// A document to read, by participant and day, with what each participant told about time off and phase at the head. Interviews stand at
    /// their days.
    Md,
    /// The same for word processors, with an outline by participant and day.
    Docx,
    /// A project for programs for qualitative analysis (REFI-QDA): documents, people as cases, codes. Each entry as it is now, and each
    /// interview as a document of its own.
    Qdpx,
    /// The study's codebook alone (REFI-QDA).
    Qdc,
    /// A folder for an archive: all of these with a data dictionary, the study's documents, a certificate and checksums (BagIt).
    Archive,
}

/// As it is written on the command line.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Md => "md",
            Self::Docx => "docx",
            Self::Qdpx => "qdpx",
            Self::Qdc => "qdc",
            Self::Archive => "archive",
        })
    }
}

impl Format {
    /// Whether interviews have a place in it. Where a line is what a phone has sealed they have none.
    pub fn has_interviews(self) -> bool {
        match self {
            Self::Md | Self::Docx | Self::Qdpx | Self::Archive => true,
            Self::Jsonl | Self::Csv | Self::Qdc => false,
        }
    }
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
    /// A codebook of nothing.
    #[error("the study has no codes: write `[[code]]` into the study file and `publish` it")]
    NoCodes,
    /// Copies go out once somebody has read them.
    #[error(
        "with names replaced, nobody has read {entries} of the entries and {interviews} of the interviews: read them in the page, or leave them out \
         with `--only-read`"
    )]
    Unread {
        /// So many entries.
        entries: usize,
        /// So many interviews.
        interviews: usize,
    },
    /// Somebody is to be left out whom the desk does not know.
    #[error("this desk knows nobody who is called `{0}`: nothing was written, for nobody would have been left out")]
    Unknown(String),
    /// A pack of somebody whom the desk does not know.
    #[error("this desk knows nobody who is called `{0}`: `waymark-desk participants` shows how each is called")]
    NobodyCalled(String),
    /// A pack of nothing.
    #[error("this person has not told the study of anything that they want to talk about")]
    NothingToTalkAbout,
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
    /// RFC 3339 with the phone's offset; in a copy the day and the part of the day.
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
    /// The phone that wrote it.
    pub device: Phone,
    /// Its place in the phone's log; in an export of copies among those of the phone's copies.
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

impl Row {
    /// What the list of exports keeps of it; nothing of a copy whose phone has a number alone.
    fn held(&self) -> Option<Held> {
        match self.device {
            Phone::Id(device) => Some((device, self.seq, self.entry)),
            Phone::Number(_) => None,
        }
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
    /// Interviews.
    pub transcripts: usize,
    /// Recordings, in files beside the export.
    pub recordings: usize,
    /// Entries that were left out because nobody has read their copies.
    pub left_out: usize,
    /// Interviews that were left out for the same reason.
    pub left_out_interviews: usize,
    /// Whether something of the collection is quarantined or not complete, so that the export may lack something.
    pub needs_attention: bool,
}

/// Writes an export of everything that is opened; a project with a document for each participant, its lines ending with `\n`.
pub fn export(desk: &mut Desk, format: Format, path: &Path) -> Result<Exported, ExportError> {
    export_as(desk, format, Flavour { per: Per::Participant, line_ends: LineEnds::Lf }, path)
}

/// As [`export`]; a project in this flavour.
pub fn export_as(desk: &mut Desk, format: Format, flavour: Flavour, path: &Path) -> Result<Exported, ExportError> {
    export_wanted(desk, &Wanted { format, flavour, text: Text::Original, without: None, said: None }, path)
}

/// Writes an export as it is wanted.
pub fn export_wanted(desk: &mut Desk, wanted: &Wanted, path: &Path) -> Result<Exported, ExportError> {
    let Wanted { format, flavour, .. } = *wanted;
    if let Format::Qdc = format {
        return export_codebook(desk, wanted.text, path);
    }
    if let Format::Archive = format {
        return archive::export(desk, wanted, path);
    }
    let unwritable = |error| ExportError::Unwritable(path.to_owned(), error);
    let collection = Collection::load(desk.vault.reader())?;
    let Desk { identity, keys, vault, .. } = desk;
    let mut export = Export::draw(identity, keys, vault.reader(), &collection, wanted.without.as_ref(), path)?;
    let read_by = match wanted.text {
        Text::Original => BTreeSet::new(),
        Text::Copy { only_read } => export.copy(vault.reader(), format, only_read)?,
    };
    let held = export.held_in(format);
    let transcripts = export.transcripts_in(format);
    let about = About::new(wanted, path, read_by, transcripts.clone(), now_ms());
    let noted = Noted::begin(vault, about, &held)?;
    (export.exported.revisions, export.exported.transcripts) = (held.len(), transcripts.len());
    let written = export.write_audio(vault.reader()).and_then(|()| {
        let written = export.write(format, flavour).map_err(unwritable)?;
        proofs::remove(path).and_then(|()| written.name()).map_err(unwritable)
    });
    end(vault, noted, path, written)?;
    Ok(export.exported)
}

/// One that did not come to its end is forgotten when nothing lies there; else it may have replaced a part of what did.
fn end(vault: &mut Vault, noted: Noted, path: &Path, written: Result<(), ExportError>) -> Result<(), ExportError> {
    match written {
        Ok(()) => Ok(noted.end(vault)?),
        Err(error) => {
            if !exported::may_be_there(path) {
                noted.forget(vault)?;
            }
            Err(error)
        }
    }
}

fn export_codebook(desk: &Desk, text: Text, path: &Path) -> Result<Exported, ExportError> {
    let mut codebook = Codebook::load(desk.vault.reader())?;
    if let Text::Copy { .. } = text {
        codebook = called::codebook(&Pseudonyms::load(desk.vault.reader())?, &codebook);
    }
    if codebook.0.is_empty() {
        return Err(ExportError::NoCodes);
    }
    let written = write_beside(path, |out| refi::write_codebook(desk.identity.study, &codebook, out));
    written.map_err(|error| ExportError::Unwritable(path.to_owned(), error))?;
    Ok(Exported {
        revisions: 0,
        transcripts: 0,
        recordings: 0,
        left_out: 0,
        left_out_interviews: 0,
        needs_attention: false,
    })
}

/// Writes an export in JSON Lines, and beside it, as `<path>.proofs`, what shows that each line is what was sealed. That file holds the
/// keys of what the export holds. Both are whole before either has its name.
pub fn export_with_proofs(desk: &mut Desk, path: &Path) -> Result<Exported, ExportError> {
    export_with_proofs_for(desk, path, None)
}

/// As [`export_with_proofs`]; it is kept who wants it, and why.
pub fn export_with_proofs_for(desk: &mut Desk, path: &Path, said: Option<WhoAndWhy>) -> Result<Exported, ExportError> {
    let collection = Collection::load(desk.vault.reader())?;
    let unwritable = |error| ExportError::Unwritable(path.to_owned(), error);
    let beside = proofs::beside(path);
    if !path.file_name().is_some_and(|name| proofs::is_name(&name.to_string_lossy())) {
        return Err(unwritable(io::Error::other("beside such a name no proofs can stand")));
    }
    let Desk { identity, keys, vault, .. } = desk;
    let mut export = Export::draw(identity, keys, vault.reader(), &collection, None, path)?;
    let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
    let wanted = Wanted { format: Format::Jsonl, flavour, text: Text::Original, without: None, said };
    let about = About::new(&wanted, path, BTreeSet::new(), Vec::new(), now_ms());
    let noted = Noted::begin(vault, about, &export.held_in(Format::Jsonl))?;
    let written = export.write_audio(vault.reader()).and_then(|()| {
        let lines = export.write_rows(|rows, out| jsonl::write(rows, out)).map_err(unwritable)?;
        let write = |out: &mut dyn Write| proofs::write(identity, &collection, &export.drawn, path, out);
        let proofs = Unnamed::write(&beside, write).map_err(unwritable)?;
        proofs::name(proofs, lines, path, waymark_durable::sync_name).map_err(unwritable)
    });
    end(vault, noted, path, written)?;
    Ok(export.exported)
}

/// A text in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The study's title as an export calls it.
pub(crate) fn title_of(desk: &Desk, text: Text) -> Result<String, CollectionError> {
    let title = one_line(desk.identity.title());
    Ok(match text {
        Text::Original => title,
        Text::Copy { .. } => replaced(&Pseudonyms::load(desk.vault.reader())?, &title),
    })
}

/// What is to be written.
struct Export<'a> {
    path: &'a Path,
    /// The study's title, in one line.
    title: String,
    plan: &'a Plan,
    study: StudyId,
    codebook: Codebook,
    drawn: Drawn,
    agreed: Agreed,
    told: BTreeMap<String, Vec<String>>,
    interviews: Vec<Interview>,
    /// How the desk calls everybody whom it knows, also those who are left out.
    everybody: BTreeMap<ParticipantId, String>,
    /// What the rows were made from, where they are copies.
    copied: Option<Vec<Held>>,
    exported: Exported,
}

impl<'a> Export<'a> {
    fn draw(
        identity: &'a Identity,
        keys: &StudyKeys,
        reader: Reader<'_>,
        collection: &Collection,
        without: Option<&Without>,
        path: &'a Path,
    ) -> Result<Self, ExportError> {
        proofs::remove_unfinished(path).map_err(|error| ExportError::Unwritable(path.to_owned(), error))?;
        let labels = Labels::load(reader)?;
        let plan = &identity.document.document.plan;
        let mut account = Account::of(identity, keys, collection);
        let kept = transcripts::kept(reader)?;
        let needs_attention = Report::of(&account, &labels).needs_attention() || !kept.damaged.is_empty();
        let invited = participants::load(reader)?;
        let sent = account.people.iter().filter_map(|person| person.participant);
        let talked = kept.transcripts.iter().map(|each| each.participant);
        let known = invited.into_keys().chain(sent).chain(talked);
        let everybody = known.map(|participant| (participant, labels.of(&participant))).collect();
        let nobody = BTreeSet::new();
        let without = without.map_or(&nobody, |without| &without.participants);
        if let Some(unknown) = without
            .iter()
            .find(|label| !labels.has(label, account.people.iter().filter_map(|person| person.participant)))
        {
            return Err(ExportError::Unknown(unknown.clone()));
        }
        let stays = |participant: &ParticipantId| !without.contains(&labels.of(participant));
        account.people.retain(|person| person.participant.as_ref().is_none_or(stays));
        let agreed = Agreed::of(&account, &labels);
        let told = told::lines(&account, &labels, plan);
        let drawn = rows::draw(account, &labels, plan);
        let interviews = kept
            .transcripts
            .into_iter()
            .filter(|each| stays(&each.participant))
            .map(|each| Interview { participant: labels.of(&each.participant), transcript: each });
        let exported = Exported {
            revisions: drawn.rows.len(),
            transcripts: 0,
            recordings: 0,
            left_out: 0,
            left_out_interviews: 0,
            needs_attention,
        };
        let codebook = Codebook::load(reader)?;
        let interviews = interviews.collect();
        let title = one_line(identity.title());
        let study = identity.study;
        let copied = None;
        Ok(Self { path, title, plan, study, codebook, drawn, agreed, told, interviews, everybody, copied, exported })
    }

    /// The interviews of which something stands in this format.
    fn transcripts_in(&self, format: Format) -> Vec<TranscriptId> {
        match format.has_interviews() {
            true => self.interviews.iter().map(|each| each.transcript.id).collect(),
            false => Vec::new(),
        }
    }

    /// Puts copies in the place of entries, each as it is now, and of interviews: those that were read. Says who has read them. Everything else that
    /// could tell a name that was replaced, the title, the codebook and the labels of participants, becomes a copy with them.
    fn copy(&mut self, reader: Reader<'_>, format: Format, only_read: bool) -> Result<BTreeSet<Said>, ExportError> {
        let (pseudonyms, reviews) = (Pseudonyms::load(reader)?, Reviews::load(reader)?);
        self.title = replaced(&pseudonyms, &self.title);
        self.codebook = called::codebook(&pseudonyms, &self.codebook);
        let labels = called::labels(&pseudonyms, &self.everybody);
        self.agreed.copy(&labels);
        let mut read_by = BTreeSet::new();
        let (mut entries, mut interviews) = (0, 0);
        let mut copied = Vec::new();
        for revisions in rows::by_entry(std::mem::take(&mut self.drawn.rows)) {
            let Some(newest) = revisions.first() else { continue };
            let mut copy = copy(&pseudonyms, newest);
            match reviews.of(&fingerprint(&copy)) {
                Some(review) => {
                    read_by.insert(review.by.clone());
                    copied.extend(newest.held());
                    copy.participant.clone_from(&labels[&newest.participant]);
                    self.drawn.rows.push(copy);
                }
                None => entries += 1,
            }
        }
        // By the labels of copies: the order would tell of those that they stand for.
        self.drawn.rows.sort_by(|a, b| a.participant.cmp(&b.participant));
        phone::number(&mut self.drawn.rows);
        // In a table they have no place, so nobody has to read them for one.
        let talked = std::mem::take(&mut self.interviews).into_iter().filter(|_| format.has_interviews());
        for Interview { participant, transcript } in talked {
            let mut copy = copy_interview(&pseudonyms, &participant, &transcript);
            match reviews.of(&fingerprint_interview(&copy)) {
                Some(review) => {
                    read_by.insert(review.by.clone());
                    copy.participant.clone_from(&labels[&participant]);
                    self.interviews.push(copy);
                }
                None => interviews += 1,
            }
        }
        if entries + interviews > 0 && !only_read {
            return Err(ExportError::Unread { entries, interviews });
        }
        let told = std::mem::take(&mut self.told).into_iter();
        self.told = told.map(|(participant, lines)| (labels[&participant].clone(), lines)).collect();
        (self.exported.left_out, self.exported.left_out_interviews) = (entries, interviews);
        self.copied = Some(copied);
        Ok(read_by)
    }

    /// What stands in this format, as the list of exports names it.
    fn held_in(&self, format: Format) -> Vec<Held> {
        self.copied.clone().unwrap_or_else(|| self.rows_in(format).into_iter().filter_map(Row::held).collect())
    }

    /// The rows of which something stands in this format.
    fn rows_in(&self, format: Format) -> Vec<&Row> {
        let rows = self.drawn.rows.iter().collect();
        match format {
            Format::Qdpx => rows::by_entry(rows).into_iter().map(|entry| entry[0]).collect(),
            _ => rows,
        }
    }

    /// Writes the recordings beside, before anything that names them.
    fn write_audio(&mut self, reader: Reader<'_>) -> Result<(), ExportError> {
        let audio = audio::write(reader, self.path, &mut self.drawn.rows)?;
        self.exported.recordings = audio.files;
        self.exported.needs_attention |= audio.failed;
        Ok(())
    }

    fn write(&self, format: Format, flavour: Flavour) -> io::Result<Unnamed<'a>> {
        Unnamed::write(self.path, |out| self.render(format, flavour, out))
    }

    fn render(&self, format: Format, flavour: Flavour, out: &mut dyn Write) -> io::Result<()> {
        let rows = &self.drawn.rows[..];
        match format {
            Format::Jsonl => jsonl::write(rows, out),
            Format::Csv => csv::write(rows, self.plan, out),
            Format::Md => markdown::write(&self.blocks(), out),
            Format::Docx => word::write(&self.blocks(), out),
            Format::Qdc => refi::write_codebook(self.study, &self.codebook, out),
            Format::Qdpx => {
                let Self { study, title, plan, codebook, interviews, agreed, .. } = self;
                let (study, made_at) = (*study, Utc::now());
                refi::write(&Project { study, title, plan, codebook, rows, interviews, agreed, flavour, made_at }, out)
            }
            Format::Archive => Err(io::Error::other("a package is a folder")),
        }
    }

    fn blocks(&self) -> Vec<document::Block<'_>> {
        document::blocks(&self.title, &self.drawn.rows, &self.interviews, &self.told)
    }

    fn write_rows(&self, write: impl FnOnce(&[Row], &mut dyn Write) -> io::Result<()>) -> io::Result<Unnamed<'a>> {
        Unnamed::write(self.path, |out| write(&self.drawn.rows, out))
    }
}
