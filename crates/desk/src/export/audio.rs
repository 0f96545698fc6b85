//! Recordings, as files beside an export: `<out>.audio/<entry>-<attachment>.<ending>`, and `…-2.<ending>` where another one is called the same.
//!
//! The folder is there only when it holds something. What an earlier export wrote and this one does not is taken away, so that
//! a withdrawn recording does not stay beside a new export; files of other names are left alone.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Serialize;
use waymark_protocol::attachment::{self, Attachment, MediaType};
use waymark_protocol::hex;
use waymark_protocol::{EntryId, ParticipantId};
use waymark_vault::Reader;
use zeroize::Zeroizing;

use super::{ExportError, Row};
use crate::collection::{Collection, CollectionError, PartId, PartState};
use crate::recordings::part_ids;
use crate::whole::write_beside;

/// A recording of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoiceRow {
    /// Where it is, from the folder of the export; none while it has not come.
    pub file: Option<String>,
    /// How long it is, rounded.
    pub seconds: u32,
    /// Its media type.
    pub r#type: String,
    #[serde(skip)]
    attachment: Attachment,
    #[serde(skip)]
    parts: Vec<PartId>,
}

impl VoiceRow {
    pub(super) fn new(participant: ParticipantId, attachment: Attachment) -> Self {
        Self {
            file: None,
            seconds: attachment.duration_ms().saturating_add(500) / 1000,
            r#type: attachment.media_type().to_string(),
            parts: part_ids(participant, &attachment).collect(),
            attachment,
        }
    }

    /// Whether all of it has come.
    pub(crate) fn is_here(&self, collection: &Collection) -> bool {
        self.parts.iter().all(|id| matches!(collection.part(id), Some(PartState::Held)))
    }

    /// In the clear; none while a part has not come.
    pub(crate) fn open(&self, reader: Reader<'_>, entry: &EntryId) -> Result<Option<Opened>, CollectionError> {
        let mut parts = Vec::new();
        for id in &self.parts {
            let Some(bytes) = Collection::part_bytes(reader, id)? else { return Ok(None) };
            parts.push(bytes);
        }
        Ok(Some(attachment::open(entry, &self.attachment, parts.iter().map(|part| part.as_slice()))))
    }

    /// Its file, in the folder of the recordings; the `nth` of those that are called the same.
    fn name(&self, entry: &EntryId, nth: usize) -> String {
        let (id, ending) = (self.attachment.id(), ending(self.attachment.media_type()));
        if nth == 1 { format!("{entry}-{id}.{ending}") } else { format!("{entry}-{id}-{nth}.{ending}") }
    }

    /// Says that it stands beside an export of this name.
    pub(crate) fn place(&mut self, export: &str, entry: &EntryId, names: &mut Names) -> &str {
        self.file.insert(format!("{}/{}", folder_of(export), names.give(self, entry)))
    }

    /// How many bytes it has.
    pub(crate) fn len(&self) -> u64 {
        self.attachment.len()
    }

    /// Whether these bytes are what was sealed.
    pub(crate) fn is_of(&self, entry: &EntryId, bytes: &[u8]) -> bool {
        self.attachment.is_of(entry, bytes)
    }
}

/// The names of the recordings beside one export, given in the order of its lines.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, Attachment>);

impl Names {
    /// The name that a recording has or gets. A phone that is not honest can call two recordings the same: each has its own file.
    fn of(&self, voice: &VoiceRow, entry: &EntryId) -> String {
        let is_free = |name: &String| self.0.get(name).is_none_or(|known| *known == voice.attachment);
        let mut names = (1..).map(|nth| voice.name(entry, nth));
        names.find(is_free).expect("there are fewer names than numbers")
    }

    fn give(&mut self, voice: &VoiceRow, entry: &EntryId) -> String {
        let name = self.of(voice, entry);
        self.0.entry(name.clone()).or_insert_with(|| voice.attachment.clone());
        name
    }

    /// Whether a recording has this name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

pub(crate) type Opened = Result<Zeroizing<Vec<u8>>, attachment::OpenError>;

/// What was written beside an export.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// How many files.
    pub files: usize,
    /// Whether a recording that is here did not open.
    pub failed: bool,
}

/// Writes the recordings of `rows` beside `out`, and notes in the rows where they are.
pub(super) fn write(reader: Reader<'_>, out: &Path, rows: &mut [Row]) -> Result<Written, ExportError> {
    let folder = Folder::beside(out)?;
    let (mut names, mut written) = (Names::default(), Written::default());
    for row in rows {
        for place in 0..row.voice.len() {
            let voice = &row.voice[place];
            let name = names.of(voice, &row.entry);
            if !names.contains(&name) {
                match voice.open(reader, &row.entry)? {
                    None => continue,
                    Some(Err(_)) => {
                        written.failed = true;
                        continue;
                    }
                    Some(Ok(bytes)) => folder.write(&name, &bytes)?,
                }
            }
            row.voice[place].place(&folder.export, &row.entry, &mut names);
        }
    }
    written.files = names.0.len();
    folder.keep_only(&names)?;
    Ok(written)
}

/// The folder of the recordings of an export of this name.
pub(crate) fn folder_of(export: &str) -> String {
    format!("{export}.audio")
}

struct Folder {
    export: String,
    path: PathBuf,
}

impl Folder {
    fn beside(out: &Path) -> Result<Self, ExportError> {
        let unnamed = || ExportError::Unwritable(out.to_owned(), io::Error::other("it names no file"));
        let export = out.file_name().ok_or_else(unnamed)?.to_string_lossy().into_owned();
        Ok(Self { path: out.with_file_name(folder_of(&export)), export })
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = match builder.create(&self.path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            made => made,
        };
        let path = self.path.join(name);
        made.and_then(|()| write_beside(&path, |out| out.write_all(bytes)))
            .map_err(|error| ExportError::Unwritable(path, error))
    }

    fn keep_only(&self, names: &Names) -> Result<(), ExportError> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries,
        };
        let tidied = entries.and_then(|mut entries| {
            entries.try_for_each(|entry| {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_ours(&name) && !names.contains(&name) {
                    fs::remove_file(entry.path())?;
                    // What was taken back does not come again after a power cut.
                    waymark_durable::sync_name(&entry.path())
                } else {
                    Ok(())
                }
            })
        });
        tidied.map_err(|error| ExportError::Unwritable(self.path.clone(), error))?;
        if names.0.is_empty() {
            // Somebody's own files may be in it.
            let _ = fs::remove_dir(&self.path);
        }
        Ok(())
    }
}

/// Whether a recording's file has this name, or an unfinished one that a killed export left: `.<name>.<16 hex digits>`.
pub(crate) fn is_ours(name: &str) -> bool {
    let name = name.strip_prefix('.').unwrap_or(name);
    let is_id = |text: &str| hex::decode(text).is_some_and(|bytes| bytes.len() == 16);
    let mut ids = name.split('.').next().unwrap_or_default().splitn(3, '-');
    let named = ids.by_ref().take(2).filter(|id| is_id(id)).count() == 2;
    named && ids.next().is_none_or(|nth| nth.parse::<usize>().is_ok())
}

fn ending(media_type: &MediaType) -> &'static str {
    match media_type.essence().to_ascii_lowercase().as_str() {
        "audio/webm" => "webm",
        "audio/ogg" => "ogg",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/aac" => "aac",
        "audio/wav" | "audio/x-wav" | "audio/wave" => "wav",
        _ => "bin",
    }
}
