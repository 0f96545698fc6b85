//! Checking an export against a certificate: whether each of its lines is what a phone has sealed. No key of the study is needed.
//!
//! ```text
//! certificate ── prove ──► link of each record in the signed chains
//!                               ▲ same link?
//! proofs ──► header ‖ slots ‖ body ── content key, if the header commits to it ──► entry ── as an export does ──► row
//!                                                                                                       │ same bytes?
//! export ──► line ◄─────────────────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! Proofs and lines are read one by one; what stays of each in memory is its place and a hash.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use waymark_protocol::document::TrustError;
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::wire::RawItem;
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::study::Plan;
use waymark_protocol::{DeviceId, Hash, ParticipantId};

use super::Checked;
use super::records::Fate;
use crate::collection::one_item;
use crate::export::jsonl;
use crate::export::proofs::{Opening, Proof, VERSION, beside};
use crate::export::rows::{Person, row};
use crate::invite::is_label;
use crate::lines::{LineError, Lines};
use crate::open::read_entry;
use crate::reason::Reason;

/// Names of 13,000 participants and a study's document take some 5 MB.
const LONGEST_OPENING: usize = 64 << 20;
/// A record has less than 1 MiB, and twice that as hex; an entry less than 256 KiB, and six times that with everything escaped.
const LONGEST_LINE: usize = 4 << 20;

/// An export in which each line is what was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedExport {
    /// Its lines.
    pub entries: u64,
    /// Revisions that came twice, word for word the same, and have one line.
    pub doubles: u64,
    /// Entries that a grant of their writer's shared, that the certificate has, and the export has not.
    pub left_out: Vec<Place>,
    /// The desk's word: who stands under which name.
    pub names: BTreeMap<ParticipantId, String>,
    /// The desk's word: lines whose phase is counted from a day of joining that the desk says.
    pub phases_counted: u64,
    /// The desk's word: recordings that have not come.
    pub recordings_missing: u64,
}

/// A place in a device's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The device.
    pub device: DeviceId,
    /// The place.
    pub seq: u64,
}

/// Why an export is not believed.
#[derive(Debug, thiserror::Error)]
pub enum ExportCheckError {
    /// A file.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// Only exports with proofs can be checked.
    #[error("{0} is not there: write the export with `--with-proofs`, and keep the two files together")]
    NoProofs(PathBuf),
    /// Something else, or cut.
    #[error("{0} is not what `export --with-proofs` writes, or only a part of it: copy it once more")]
    NotProofs(PathBuf),
    /// Something else, or cut.
    #[error("{0} is not an export in JSON Lines, or only a part of one: copy it once more")]
    NotExport(PathBuf),
    /// A newer Waymark made it.
    #[error("{0} was made by a newer Waymark: update this one")]
    Newer(PathBuf),
    /// The certificate is of another study.
    #[error("the export is of another study than the certificate: check it with its own")]
    AnotherStudy,
    /// The document in the proofs.
    #[error("export-differs: the study's document in the proofs is not the study's: {0}")]
    Document(#[from] TrustError),
    /// Two under one name could be taken for each other.
    #[error("export-differs: the proofs give one participant two names, or two participants one")]
    Names,
    /// A proof.
    #[error("export-differs: proof {0} {1}")]
    Proof(u64, ProofProblem),
    /// A recording.
    #[error("{0} cannot be read: {1}; the folder of the voice notes belongs beside the export")]
    NoRecording(PathBuf, #[source] io::Error),
    /// A recording.
    #[error("export-differs: {0} is not what was spoken and sealed")]
    Recording(PathBuf),
    /// A line.
    #[error("export-differs: line {0} is not what was sealed")]
    Line(u64),
    /// A line.
    #[error("export-differs: line {0} has no proof: nobody sealed it, or it was put in from another export")]
    Unproven(u64),
    /// A line.
    #[error("export-differs: line {0} is line {1} once more")]
    Twice(u64, u64),
    /// Lines.
    #[error("export-differs: {0} of the entries that were exported are not in it; the first is that of proof {1}")]
    LeftOut(u64, u64),
}

/// What is wrong with a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofProblem {
    /// No record with a key.
    #[error("is none")]
    Malformed,
    /// Of another study.
    #[error("is of another study")]
    Foreign,
    /// Its place is beyond what the certificate proves.
    #[error("is of an entry that the certificate does not prove: the export is newer, so ask for a new certificate")]
    Newer,
    /// Another record has its place in the signed chain.
    #[error("is of another record than the one that the phone has signed for")]
    NotInChain,
    /// It was erased.
    #[error("is of an entry that was erased since: delete this export and its proofs, and write a new one")]
    Erased,
    /// The record's header commits to another key.
    #[error("has another key than its record commits to")]
    Key,
    /// What it opens to.
    #[error("cannot be read: {0}")]
    Content(Reason),
    /// Its participant has no name.
    #[error("is of a participant whose name the proofs do not say")]
    Nameless,
    /// The same record twice.
    #[error("is there twice")]
    Twice,
}

/// Checks the export at `path`, with the proofs beside it, against a certificate that holds.
pub fn check_export(checked: &Checked, path: &Path) -> Result<CheckedExport, ExportCheckError> {
    let (opening, mut proofs) = Proofs::open(path)?;
    if opening.study != checked.certificate.study {
        return Err(ExportCheckError::AnotherStudy);
    }
    let trusted = opening.document.verify(&opening.study)?;
    let mut names = BTreeSet::new();
    let people: BTreeMap<ParticipantId, &Person> = opening.people.iter().map(|it| (it.participant, it)).collect();
    if people.len() != opening.people.len() || !opening.people.iter().all(|person| names.insert(&person.label)) {
        return Err(ExportCheckError::Names);
    }
    let mut check = Check {
        checked,
        people: &people,
        plan: &trusted.document.plan,
        name: &opening.name,
        path,
        expected: HashMap::new(),
    };
    let mut number = 0;
    while let Some(proof) = proofs.next()? {
        number += 1;
        check.expect(number, &proof?)?;
    }
    if number != opening.proofs {
        return Err(ExportCheckError::NotProofs(proofs.path));
    }
    check.lines()?;
    check.conclude()
}

/// The proofs of an export, one by one.
struct Proofs {
    path: PathBuf,
    lines: Lines<BufReader<File>>,
    number: u64,
}

impl Proofs {
    fn open(export: &Path) -> Result<(Opening, Self), ExportCheckError> {
        /// What every version begins with.
        #[derive(Deserialize)]
        struct Versioned {
            waymark_proofs: u32,
        }
        let path = beside(export);
        let lines = match File::open(&path) {
            Ok(file) => Lines::of(BufReader::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ExportCheckError::NoProofs(path)),
            Err(error) => return Err(ExportCheckError::Unreadable(path, error)),
        };
        let mut proofs = Self { path, lines, number: 0 };
        let not_proofs = || ExportCheckError::NotProofs(beside(export));
        let first = proofs.line(LONGEST_OPENING)?.ok_or_else(not_proofs)?;
        match serde_json::from_slice(first) {
            Ok(Versioned { waymark_proofs }) if waymark_proofs > VERSION => {
                return Err(ExportCheckError::Newer(proofs.path));
            }
            Ok(_) => {}
            Err(_) => return Err(not_proofs()),
        }
        let opening: Opening = serde_json::from_slice(first).map_err(|_| not_proofs())?;
        // Names are shown on a terminal; the export's is followed, and must not lead out of its folder.
        let named = Path::new(&opening.name).file_name() == Some(opening.name.as_ref());
        if !named || !opening.people.iter().all(|person| is_label(&person.label)) {
            return Err(not_proofs());
        }
        Ok((opening, proofs))
    }

    fn line(&mut self, longest: usize) -> Result<Option<&[u8]>, ExportCheckError> {
        self.lines.next(longest).map_err(|error| match error {
            LineError::Unreadable(error) => ExportCheckError::Unreadable(self.path.clone(), error),
            LineError::NotOne => ExportCheckError::NotProofs(self.path.clone()),
        })
    }

    fn next(&mut self) -> Result<Option<Result<Proof, ExportCheckError>>, ExportCheckError> {
        self.number += 1;
        let number = self.number;
        let malformed = |_| ExportCheckError::Proof(number, ProofProblem::Malformed);
        Ok(self.line(LONGEST_LINE)?.map(|line| serde_json::from_slice(line).map_err(malformed)))
    }
}

/// What the line of one proof must be.
struct Expected {
    /// The proof's number.
    proof: u64,
    /// `H(line)`.
    line: Hash,
    /// Names a revision and all that is in it.
    revision: Hash,
    phase_counted: bool,
    recordings_missing: u64,
    /// The number of its line, once that was met.
    met: Option<u64>,
}

struct Check<'a> {
    checked: &'a Checked,
    people: &'a BTreeMap<ParticipantId, &'a Person>,
    plan: &'a Plan,
    /// The export's name as it was written.
    name: &'a str,
    path: &'a Path,
    expected: HashMap<(DeviceId, u64), Expected>,
}

impl Check<'_> {
    /// Makes the line of a proof anew.
    fn expect(&mut self, number: u64, proof: &Proof) -> Result<(), ExportCheckError> {
        let wrong = |problem| ExportCheckError::Proof(number, problem);
        let record = read(proof).ok_or_else(|| wrong(ProofProblem::Malformed))?;
        let target = record.as_target();
        self.is_signed(&record, &target).map_err(wrong)?;
        let participant = record.header().participant;
        let person = *self.people.get(&participant).ok_or_else(|| wrong(ProofProblem::Nameless))?;
        let key = ContentKey::from_slice(&proof.key.0).ok_or_else(|| wrong(ProofProblem::Malformed))?;
        let entry = read_entry(&record, &key).map_err(|reason| match reason {
            Reason::Commitment => wrong(ProofProblem::Key),
            other => wrong(ProofProblem::Content(other)),
        })?;
        let revision = Hash::of(&[&participant.0[..], &entry.to_bytes()].concat());
        let phase_counted = entry.phase.is_none() && person.joined.is_some();
        let mut row = row(person, entry, &target, self.plan);
        if row.voice.len() != proof.voice.len() {
            return Err(wrong(ProofProblem::Malformed));
        }
        let entry = row.entry;
        for (voice, _) in row.voice.iter_mut().zip(&proof.voice).filter(|(_, came)| **came) {
            let file = self.path.with_file_name(voice.place(self.name, &entry));
            let bytes = read_of_length(&file, voice.len());
            match bytes.map_err(|error| ExportCheckError::NoRecording(file.clone(), error))? {
                Some(bytes) if voice.is_of(&entry, &bytes) => {}
                _ => return Err(ExportCheckError::Recording(file)),
            }
        }
        let recordings_missing = proof.voice.iter().filter(|came| !**came).count() as u64;
        let line = Hash::of(&jsonl::line(&row));
        let expected = Expected { proof: number, line, revision, phase_counted, recordings_missing, met: None };
        match self.expected.insert((target.device, target.seq), expected) {
            Some(_) => Err(wrong(ProofProblem::Twice)),
            None => Ok(()),
        }
    }

    /// Whether a proven phone has signed for this entry, and nobody has had it erased.
    fn is_signed(&self, record: &Record, target: &Target) -> Result<(), ProofProblem> {
        let (header, records) = (record.header(), &self.checked.records);
        if header.study != self.checked.certificate.study {
            return Err(ProofProblem::Foreign);
        }
        if header.kind != Kind::Entry {
            return Err(ProofProblem::Malformed);
        }
        match records.fate(&target.link) {
            Some(Fate::Here) => Ok(()),
            Some(Fate::Erased) => Err(ProofProblem::Erased),
            Some(Fate::Missing) => Err(ProofProblem::Newer),
            Some(Fate::NotProven) | None => match records.link_at(&target.device, target.seq) {
                Some(_) => Err(ProofProblem::NotInChain),
                None => Err(ProofProblem::Newer),
            },
        }
    }

    /// Holds the export's lines against what they must be. Their order is nobody's word.
    fn lines(&mut self) -> Result<(), ExportCheckError> {
        /// Where a line belongs.
        #[derive(Deserialize)]
        struct Placed {
            device: DeviceId,
            seq: u64,
        }
        let unreadable = |error| ExportCheckError::Unreadable(self.path.to_owned(), error);
        let not_export = || ExportCheckError::NotExport(self.path.to_owned());
        let mut lines = Lines::of(BufReader::new(File::open(self.path).map_err(unreadable)?));
        let mut number = 0;
        while let Some(line) = lines.next(LONGEST_LINE).map_err(|error| match error {
            LineError::Unreadable(error) => unreadable(error),
            LineError::NotOne => not_export(),
        })? {
            number += 1;
            let Ok(Placed { device, seq }) = serde_json::from_slice(line) else {
                return Err(if number == 1 { not_export() } else { ExportCheckError::Line(number) });
            };
            let expected = self.expected.get_mut(&(device, seq)).ok_or(ExportCheckError::Unproven(number))?;
            if Hash::of(line) != expected.line {
                return Err(ExportCheckError::Line(number));
            }
            if let Some(first) = expected.met.replace(number) {
                return Err(ExportCheckError::Twice(number, first));
            }
        }
        Ok(())
    }

    fn conclude(self) -> Result<CheckedExport, ExportCheckError> {
        let (met, others): (Vec<_>, Vec<_>) = self.expected.values().partition(|expected| expected.met.is_some());
        let revisions: BTreeSet<&Hash> = met.iter().map(|expected| &expected.revision).collect();
        let (doubles, left_out): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|expected| revisions.contains(&expected.revision));
        if let Some(first) = left_out.iter().map(|expected| expected.proof).min() {
            return Err(ExportCheckError::LeftOut(left_out.len() as u64, first));
        }
        let shared = self.checked.records.shared().map(|target| Place { device: target.device, seq: target.seq });
        Ok(CheckedExport {
            entries: met.len() as u64,
            doubles: doubles.len() as u64,
            left_out: shared.filter(|place| !self.expected.contains_key(&(place.device, place.seq))).collect(),
            names: self.people.iter().map(|(participant, person)| (*participant, person.label.clone())).collect(),
            phases_counted: met.iter().filter(|expected| expected.phase_counted).count() as u64,
            recordings_missing: met.iter().map(|expected| expected.recordings_missing).sum(),
        })
    }
}

impl CheckedExport {
    /// Whether the certificate knows of more than the export has: it is older than the certificate, or something was left out.
    pub fn lacks_something(&self, checked: &Checked) -> bool {
        !self.left_out.is_empty() || self.entries + self.doubles < checked.certificate.desks_word.opened
    }
}

fn read(proof: &Proof) -> Option<Record> {
    match one_item(&proof.record.0)?.item {
        RawItem::Record(header, slots, body) => Record::parse(header, slots, body).ok(),
        RawItem::Tombstone(..) | RawItem::Checkpoint(_) => None,
    }
}

/// A file's bytes, if it has so many.
fn read_of_length(path: &Path, len: u64) -> io::Result<Option<Vec<u8>>> {
    if fs::metadata(path)?.len() != len {
        return Ok(None);
    }
    fs::read(path).map(Some)
}
