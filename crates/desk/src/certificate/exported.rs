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
//! Proofs and lines are read one by one; what stays of each in memory is its place and a hash, and what its recordings are called.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::wire::RawItem;
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::study::Plan;
use waymark_protocol::{DeviceId, Hash, ParticipantId};

use super::Checked;
use super::beside::of_no_line;
use super::records::Fate;
use super::wrong::{ExportCheckError, ProofProblem};
use crate::collection::one_item;
use crate::export::audio::Names;
use crate::export::jsonl;
use crate::export::proofs::{Opening, Proof, VERSION, beside, is_name};
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
    /// Files in the folder of the recordings that are none and that no line names, of which nothing is proven; at most 100 of a folder.
    pub other_files: BTreeSet<String>,
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
        recordings: Names::default(),
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
        // Names are shown on a terminal.
        if !is_name(&opening.name) || !opening.people.iter().all(|person| is_label(&person.label)) {
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
    /// The files of its recordings.
    recordings: Names,
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
            let file = self.path.with_file_name(voice.place(self.name, &entry, &mut self.recordings));
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
        let (mut number, mut said) = (0, HashMap::new());
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
            if let Some(first) = said.insert(expected.revision, number) {
                return Err(ExportCheckError::Again(number, first));
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
        let other_files = of_no_line(self.path, self.name, &self.recordings)?;
        let shared = self.checked.records.shared().map(|target| Place { device: target.device, seq: target.seq });
        Ok(CheckedExport {
            entries: met.len() as u64,
            doubles: doubles.len() as u64,
            left_out: shared.filter(|place| !self.expected.contains_key(&(place.device, place.seq))).collect(),
            other_files,
            names: self.people.iter().map(|(participant, person)| (*participant, person.label.clone())).collect(),
            phases_counted: met.iter().filter(|expected| expected.phase_counted).count() as u64,
            recordings_missing: met.iter().map(|expected| expected.recordings_missing).sum(),
        })
    }
}

impl CheckedExport {
    /// Whether it lacks something, or something lies beside it that no line names.
    pub fn needs_attention(&self, checked: &Checked) -> bool {
        self.lacks_something(checked) || !self.other_files.is_empty()
    }

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
