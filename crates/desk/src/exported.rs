//! Which exports were made, and what stood in them: so that it is known where something else is that was taken back since.
//!
//! A row of the vault is `u32_be length ‖ JSON ‖ (device ‖ seq as u64_be ‖ entry)*`, and interviews stand in the JSON. It is written before anything of the export lies on a
//! disk, and once more when all of it does: only then has what lay there before been replaced.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use rand_core::Rng;
use serde::{Deserialize, Serialize};
use waymark_protocol::{DeviceId, EntryId};
use waymark_vault::{Reader, SystemRng, Table, Tx, Vault};

use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::export::{Text, Wanted, WantedPack, Without};
use crate::judged::judge_all;
use crate::prepare::{Said, WhoAndWhy};
use crate::transcripts::{self, TranscriptId};
use crate::verify::rfc3339;
use crate::whole;

const EXPORTS: Table = Table::new("exports");
/// The format of what was printed. It has no path.
pub const PAPER: &str = "paper";
const HELD_BYTES: usize = 16 + 8 + 16;

/// What is kept of an export besides what stood in it.
#[derive(Serialize, Deserialize)]
pub(crate) struct About {
    at: u64,
    format: String,
    path: PathBuf,
    /// Whether it came to its end.
    whole: bool,
    /// Whether names were replaced in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    copy: bool,
    /// Who has read those copies.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    read_by: BTreeSet<Said>,
    /// Who made it, and why, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<WhoAndWhy>,
    /// The interviews that stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    transcripts: Vec<TranscriptId>,
    /// Who was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    without: Option<Without>,
    /// Whose pack it is, for an interview, by their label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pack: Option<String>,
}

impl About {
    /// Of an export that is about to be written.
    pub fn new(
        wanted: &Wanted,
        path: &Path,
        read_by: BTreeSet<Said>,
        transcripts: Vec<TranscriptId>,
        now_ms: u64,
    ) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (format, said) = (wanted.format.to_string(), wanted.said.clone());
        let copy = wanted.text != Text::Original;
        let without = wanted.without.clone();
        Self { at: now_ms, format, path, whole: false, copy, read_by, said, transcripts, without, pack: None }
    }

    /// Of a pack that is printed.
    pub fn of_paper(participant: &str, said: Option<WhoAndWhy>, now_ms: u64) -> Self {
        Self {
            at: now_ms,
            format: PAPER.to_owned(),
            path: PathBuf::new(),
            whole: false,
            copy: false,
            read_by: BTreeSet::new(),
            said,
            transcripts: Vec::new(),
            without: None,
            pack: Some(participant.to_owned()),
        }
    }

    /// Of a pack that is about to be written.
    pub fn of_pack(wanted: &WantedPack, path: &Path, now_ms: u64) -> Self {
        Self {
            at: now_ms,
            format: wanted.format.to_string(),
            path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
            whole: false,
            copy: false,
            read_by: BTreeSet::new(),
            said: wanted.said.clone(),
            transcripts: Vec::new(),
            without: None,
            pack: Some(wanted.participant.clone()),
        }
    }
}

/// An export that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// When, RFC 3339 in UTC.
    pub at: Option<String>,
    /// Its format, as it is written on the command line.
    pub format: String,
    /// Where it was written to.
    pub path: PathBuf,
    /// Whether names were replaced in it.
    pub copy: bool,
    /// Who has read it before it was made, where names were replaced.
    pub read_by: BTreeSet<Said>,
    /// Who made it, and why, where that was asked.
    pub said: Option<WhoAndWhy>,
    /// Whether something of it may still lie there: not where nothing does, nor where a later export has taken its place.
    pub there: bool,
    /// How many entry revisions stood in it.
    pub revisions: usize,
    /// The entries of it that were withdrawn or erased since.
    pub withdrawn: BTreeSet<EntryId>,
    /// How many interviews stood in it.
    pub transcripts: usize,
    /// Those of them that were removed since.
    pub removed: BTreeSet<TranscriptId>,
    /// Who was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Without>,
    /// Whose pack it is, for an interview; none where it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
}

/// An export that holds an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldIn {
    /// When it was made, RFC 3339 in UTC.
    pub at: Option<String>,
    /// Its format, as it is written on the command line.
    pub format: String,
    /// Where it was written to.
    pub path: PathBuf,
    /// See [`Made::there`].
    pub there: bool,
}

impl Made {
    /// Whether somebody must look through it.
    pub fn needs_attention(&self) -> bool {
        self.there && !(self.withdrawn.is_empty() && self.removed.is_empty())
    }
}

/// An export that is under way.
pub(crate) struct Noted {
    id: Vec<u8>,
    about: About,
    held: Vec<u8>,
}

impl Noted {
    /// Notes an export before anything of it is there.
    pub fn begin(vault: &mut Vault, about: About, rows: &[Held]) -> Result<Self, CollectionError> {
        let mut held = Vec::with_capacity(rows.len() * HELD_BYTES);
        for (device, seq, entry) in rows {
            held.extend_from_slice(&device.0);
            held.extend_from_slice(&seq.to_be_bytes());
            held.extend_from_slice(&entry.0);
        }
        let id = [about.at.to_be_bytes(), SystemRng.next_u64().to_be_bytes()].concat();
        let noted = Self { id, about, held };
        noted.store(vault)?;
        Ok(noted)
    }

    /// All of it is there.
    pub fn end(mut self, vault: &mut Vault) -> Result<(), CollectionError> {
        self.about.whole = true;
        self.store(vault)
    }

    /// Nothing of it came to be.
    pub fn forget(self, vault: &mut Vault) -> Result<(), CollectionError> {
        Ok(vault.write(|tx: &mut Tx<'_>| tx.delete(EXPORTS, &self.id)).map(drop)?)
    }

    fn store(&self, vault: &mut Vault) -> Result<(), CollectionError> {
        let json = serde_json::to_vec(&self.about).map_err(|_| CollectionError::Row("exports"))?;
        let length = u32::try_from(json.len()).map_err(|_| CollectionError::Row("exports"))?;
        let bytes = [&length.to_be_bytes()[..], &json, &self.held].concat();
        Ok(vault.write(|tx: &mut Tx<'_>| tx.put(EXPORTS, &self.id, &bytes))?)
    }
}

/// Whether the file, or what lies beside it, may be there: of a drive that is away nobody knows.
pub(crate) fn may_be_there(path: &Path) -> bool {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let parts = [path.to_owned(), beside(".audio"), beside(".proofs")];
    parts.iter().any(|part| part.try_exists().unwrap_or(true)) || whole::has_unfinished(path)
}

/// Every export that was made, the oldest first, with what of it was withdrawn since.
///
/// # Errors
///
/// The desk's file cannot be read.
pub fn all(desk: &Desk) -> Result<Vec<Made>, CollectionError> {
    let collection = Collection::load(desk.vault.reader())?;
    let mut erased: HashSet<(DeviceId, u64)> = HashSet::new();
    for person in judge_all(&desk.identity, &collection) {
        let gone = person.records().filter(|record| person.erased.contains(&record.seen));
        erased.extend(gone.map(|record| (record.target.device, record.target.seq)));
    }
    let kept = transcripts::kept(desk.vault.reader())?;
    let kept: HashSet<TranscriptId> =
        kept.transcripts.iter().map(|each| each.id).chain(kept.damaged.iter().copied()).collect();
    let made = load(desk.vault.reader())?.into_iter().map(|Loaded { about, held, there }| {
        let withdrawn = held.iter().filter(|(device, seq, _)| erased.contains(&(*device, *seq)));
        Made {
            at: rfc3339(about.at),
            format: about.format,
            there,
            revisions: held.len(),
            withdrawn: withdrawn.map(|(_, _, entry)| *entry).collect(),
            transcripts: about.transcripts.len(),
            removed: about.transcripts.into_iter().filter(|id| !kept.contains(id)).collect(),
            path: about.path,
            copy: about.copy,
            read_by: about.read_by,
            said: about.said,
            without: about.without,
            pack: about.pack,
        }
    });
    Ok(made.collect())
}

/// Of each interview the exports that hold it, the oldest first. One in which it stands and of which nothing is there any more is among them:
/// it may have been moved.
pub(crate) fn holding(reader: Reader<'_>) -> Result<BTreeMap<TranscriptId, Vec<HeldIn>>, CollectionError> {
    let mut holding: BTreeMap<TranscriptId, Vec<HeldIn>> = BTreeMap::new();
    for Loaded { about: About { at, format, path, transcripts, .. }, there, .. } in load(reader)? {
        let held_in = HeldIn { at: rfc3339(at), format, path, there };
        for id in transcripts {
            holding.entry(id).or_default().push(held_in.clone());
        }
    }
    Ok(holding)
}

struct Loaded {
    about: About,
    held: Vec<Held>,
    /// See [`Made::there`].
    there: bool,
}

/// All, the oldest first.
fn load(reader: Reader<'_>) -> Result<Vec<Loaded>, CollectionError> {
    let mut all = Vec::new();
    reader.scan(EXPORTS, |id, bytes| {
        let (about, held) = read(bytes).ok_or(CollectionError::Row("exports"))?;
        let there = about.format != PAPER && may_be_there(&about.path);
        all.push((id.to_vec(), Loaded { about, held, there }));
        Ok::<_, CollectionError>(())
    })?;
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    // The newest first: what lay there before a whole one is gone.
    let mut replaced: HashSet<PathBuf> = HashSet::new();
    for (_, made) in all.iter_mut().rev() {
        made.there &= !replaced.contains(&made.about.path);
        if made.about.whole {
            replaced.insert(made.about.path.clone());
        }
    }
    Ok(all.into_iter().map(|(_, made)| made).collect())
}

/// A revision that stood in an export: whose record, at which place, and of which entry.
pub(crate) type Held = (DeviceId, u64, EntryId);

fn read(bytes: &[u8]) -> Option<(About, Vec<Held>)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (json, held) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let (rows, []) = held.as_chunks::<HELD_BYTES>() else { return None };
    let row = |row: &[u8; HELD_BYTES]| {
        let seq = u64::from_be_bytes(row[16..24].try_into().ok()?);
        Some((DeviceId::from_slice(&row[..16])?, seq, EntryId::from_slice(&row[24..])?))
    };
    Some((serde_json::from_slice(json).ok()?, rows.iter().map(row).collect::<Option<_>>()?))
}
