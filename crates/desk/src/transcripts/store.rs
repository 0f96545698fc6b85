//! The transcripts that the desk keeps, each as one row of the vault. What is removed or corrected is gone from the file and its log.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use waymark_protocol::ParticipantId;
use waymark_vault::{Reader, Table, Tx};

use super::read::words;
use super::{About, ReadError, Text, TranscriptId, Unfit, read};
use crate::collection::CollectionError;
use crate::desk::Desk;
use crate::exported::{self, HeldIn};
use crate::participants::{self, Unknown};
use crate::prepare::Reviews;
use crate::verify::rfc3339;

const TRANSCRIPTS: Table = Table::new("transcripts");
/// The most characters of a file's name.
const LONGEST_NAME: usize = 255;

/// A transcript. Its text never changes; what is said of it can be corrected.
#[derive(Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Its id.
    pub id: TranscriptId,
    /// Whose interview it is.
    pub participant: ParticipantId,
    /// What is said of the interview.
    pub about: About,
    /// What was said in it.
    pub text: String,
    /// When it was imported: milliseconds since 1970, UTC.
    pub imported_at: u64,
    /// From the file of this name.
    pub file: String,
}

/// What was said stays out of logs and errors.
impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transcript({}, …)", self.id)
    }
}

impl Transcript {
    /// How many words it has.
    pub fn words(&self) -> usize {
        words(&self.text)
    }

    /// When it was imported, RFC 3339 in UTC.
    pub fn imported(&self) -> Option<String> {
        rfc3339(self.imported_at)
    }
}

/// A transcript, and whose it is as the desk calls them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// The participant's label.
    pub participant: String,
    /// The transcript.
    pub transcript: Transcript,
}

/// What the desk keeps of interviews.
#[derive(Debug, Default)]
pub struct Kept {
    /// Those that can be read, by person, day, and when they were imported.
    pub transcripts: Vec<Transcript>,
    /// Those that cannot be read any more. They are set aside: nothing is done with them until somebody removes them.
    pub damaged: Vec<TranscriptId>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    participant: ParticipantId,
    #[serde(flatten)]
    about: About,
    text: String,
    imported_at: u64,
    file: String,
}

/// Why a transcript is not kept, corrected or removed.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// The file is none.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// There is nobody of this label or number.
    #[error(transparent)]
    Participant(#[from] Unknown),
    /// What is said of it cannot be.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The same person has the same text already.
    #[error("this interview of {participant} is at the desk already, as {time_point} of {day}: nothing was changed")]
    There {
        /// The person's label.
        participant: String,
        /// The time point.
        time_point: String,
        /// The day.
        day: NaiveDate,
    },
    /// There is no such transcript, or no longer.
    #[error("there is no such transcript at this desk: `waymark-desk transcript list` shows those there are")]
    None,
    /// It is there, and cannot be read any more.
    #[error(
        "transcript {0} is damaged in the desk's file and set aside: remove it with `waymark-desk transcript remove`, and add its file again"
    )]
    Damaged(TranscriptId),
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
}

impl From<waymark_vault::Error> for TranscriptError {
    fn from(error: waymark_vault::Error) -> Self {
        Self::Collection(error.into())
    }
}

/// A transcript that was imported.
#[derive(Debug, Clone)]
pub struct Added {
    /// It, as it is kept.
    pub transcript: Transcript,
    /// Whose it is, by label.
    pub participant: String,
}

/// A transcript that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Its id.
    pub transcript: TranscriptId,
    /// Exports that hold it, the oldest first.
    pub exports: Vec<HeldIn>,
}

/// All transcripts, by person, day, and when they were imported.
///
/// # Errors
///
/// The desk's file cannot be read.
pub fn all(reader: Reader<'_>) -> Result<Vec<Transcript>, CollectionError> {
    Ok(kept(reader)?.transcripts)
}

/// The same, with those that are damaged: one of these keeps nobody from the others.
///
/// # Errors
///
/// The desk's file cannot be read.
pub fn kept(reader: Reader<'_>) -> Result<Kept, CollectionError> {
    let mut kept = Kept::default();
    for id in reader.ids(TRANSCRIPTS)? {
        let id = TranscriptId::from_slice(&id).ok_or(CollectionError::Row("transcripts"))?;
        match get(reader, id) {
            Ok(transcript) => kept.transcripts.push(transcript),
            Err(TranscriptError::Damaged(id)) => kept.damaged.push(id),
            // Nobody else has the file.
            Err(TranscriptError::None) => {}
            Err(TranscriptError::Collection(error)) => return Err(error),
            Err(_) => return Err(CollectionError::Row("transcripts")),
        }
    }
    kept.transcripts.sort_by_key(|each| (each.participant, each.about.day, each.imported_at, each.id));
    Ok(kept)
}

/// Those of one person, who is named by label or number, and that label.
///
/// # Errors
///
/// There is nobody of this name, or the desk's file cannot be read.
pub fn all_of(desk: &Desk, participant: &str) -> Result<(String, Vec<Transcript>), TranscriptError> {
    let (id, person) = participants::find(participants::load_known(desk)?, participant)?;
    let own = all(desk.vault.reader())?.into_iter().filter(|each| each.participant == id);
    Ok((person.label, own.collect()))
}

/// How many transcripts of this person there are.
///
/// # Errors
///
/// As [`all_of`].
pub fn count_of(desk: &Desk, participant: &str) -> Result<usize, TranscriptError> {
    Ok(all_of(desk, participant)?.1.len())
}

/// The transcript of this id.
///
/// # Errors
///
/// There is none, it is damaged, or the desk's file cannot be read.
pub fn get(reader: Reader<'_>, id: TranscriptId) -> Result<Transcript, TranscriptError> {
    let row = match reader.get(TRANSCRIPTS, &id.0) {
        Ok(row) => row.ok_or(TranscriptError::None)?,
        Err(waymark_vault::Error::Damaged { .. }) => return Err(TranscriptError::Damaged(id)),
        Err(error) => return Err(error.into()),
    };
    from_row(id, &row).ok_or(TranscriptError::Damaged(id))
}

/// Reads a file and keeps its text. `file` is the name that it has; the person is named by label or number.
///
/// # Errors
///
/// A file that is no transcript, somebody unknown, a text that the person has already, or the desk's file; see [`TranscriptError`].
pub fn add_file(
    desk: &mut Desk,
    participant: &str,
    about: About,
    bytes: &[u8],
    file: &str,
    now_ms: u64,
) -> Result<Added, TranscriptError> {
    add(desk, participant, about, read(bytes)?, file, now_ms)
}

/// As [`add_file`], of a file that was read.
///
/// # Errors
///
/// As there.
pub fn add(
    desk: &mut Desk,
    participant: &str,
    about: About,
    read: Text,
    file: &str,
    now_ms: u64,
) -> Result<Added, TranscriptError> {
    let (participant, person) = participants::find(participants::load_known(desk)?, participant)?;
    let transcript = Transcript {
        id: TranscriptId::new(),
        participant,
        about,
        text: read.text,
        imported_at: now_ms,
        file: file_name(file),
    };
    refuse_double(desk, &transcript, &person.label)?;
    desk.vault.write(|tx| store(tx, &transcript))?;
    Ok(Added { transcript, participant: person.label })
}

/// Corrects whose interview it is, and what is said of it.
///
/// # Errors
///
/// There is no such transcript or person, the person has the same text already, or the desk's file; see [`TranscriptError`].
pub fn change(desk: &mut Desk, id: TranscriptId, participant: &str, about: About) -> Result<Added, TranscriptError> {
    let before = get(desk.vault.reader(), id)?;
    let (participant, person) = participants::find(participants::load_known(desk)?, participant)?;
    let transcript = Transcript { participant, about, ..before };
    refuse_double(desk, &transcript, &person.label)?;
    desk.vault.write(|tx| store(tx, &transcript))?;
    desk.vault.truncate_wal()?;
    Ok(Added { transcript, participant: person.label })
}

/// Removes a transcript for good, also one that is damaged, from the desk's file and its log, with what says that somebody has read its
/// copies; and says which exports hold it.
///
/// # Errors
///
/// There is none, or the desk's file.
pub fn remove(desk: &mut Desk, id: TranscriptId) -> Result<Removed, TranscriptError> {
    if !desk.vault.reader().has(TRANSCRIPTS, &id.0)? {
        return Err(TranscriptError::None);
    }
    Ok(remove_all(desk, &[id])?.remove(0))
}

/// Removes all transcripts of one person in the same way.
///
/// # Errors
///
/// There is nobody of this name, or the desk's file.
pub fn remove_all_of(desk: &mut Desk, participant: &str) -> Result<Vec<Removed>, TranscriptError> {
    let ids: Vec<TranscriptId> = all_of(desk, participant)?.1.into_iter().map(|each| each.id).collect();
    remove_all(desk, &ids)
}

fn remove_all(desk: &mut Desk, ids: &[TranscriptId]) -> Result<Vec<Removed>, TranscriptError> {
    let mut holding = exported::holding(desk.vault.reader())?;
    let read = Reviews::load(desk.vault.reader())?.of_interviews(ids);
    desk.vault.write(|tx| {
        for id in ids {
            tx.delete(TRANSCRIPTS, &id.0)?;
        }
        Reviews::forget(tx, &read)
    })?;
    desk.vault.truncate_wal()?;
    let removed = |id: &TranscriptId| Removed { transcript: *id, exports: holding.remove(id).unwrap_or_default() };
    Ok(ids.iter().map(removed).collect())
}

fn refuse_double(desk: &Desk, new: &Transcript, label: &str) -> Result<(), TranscriptError> {
    let is_double =
        |each: &Transcript| each.id != new.id && each.participant == new.participant && each.text == new.text;
    match all(desk.vault.reader())?.into_iter().find(is_double) {
        Some(Transcript { about: About { time_point, day, .. }, .. }) => {
            Err(TranscriptError::There { participant: label.to_owned(), time_point, day })
        }
        None => Ok(()),
    }
}

fn store(tx: &mut Tx<'_>, transcript: &Transcript) -> Result<(), waymark_vault::Error> {
    let Transcript { id, participant, about, text, imported_at, file } = transcript.clone();
    let row = Row { participant, about, text, imported_at, file };
    tx.put(TRANSCRIPTS, &id.0, &serde_json::to_vec(&row).expect("a struct with string keys is always JSON"))
}

fn from_row(id: TranscriptId, bytes: &[u8]) -> Option<Transcript> {
    let Row { participant, about, text, imported_at, file } = serde_json::from_slice(bytes).ok()?;
    Some(Transcript { id, participant, about, text, imported_at, file })
}

/// The name alone, in one line, and no longer than names of files are.
fn file_name(given: &str) -> String {
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn of_a_files_name_no_folder_is_kept() {
        for (given, kept) in
            [("T1.docx", "T1.docx"), ("C:\\Users\\x\\T1.txt", "T1.txt"), ("/a/b\n.md", "b.md"), ("a/", "")]
        {
            assert_eq!(file_name(given), kept);
        }
        assert_eq!(file_name(&"ä".repeat(300)).chars().count(), 255);
    }
}
