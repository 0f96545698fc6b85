//! What is wrong with a backup.

use serde::Serialize;
use waymark_protocol::StudyId;

/// Tells at most so many findings; all are counted.
const MOST: usize = 200;

/// The kinds of things that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The database is not byte for byte what was written.
    Changed,
    /// The database cannot be read, or its pages contradict each other.
    Unreadable,
    /// Its tables are not those of a Waymark server.
    Schema,
    /// There is more or less of something than the manifest, or a count, says.
    Count,
    /// A study's name, or the signature or order of its documents.
    Document,
    /// An invitation, order, revocation or sighting that the study or the person has not signed.
    Signature,
    /// A phone's key or its person.
    Device,
    /// A record's header or link.
    Record,
    /// A record's body or slots.
    Content,
    /// A phone's log: a gap, or records that do not link.
    Log,
    /// Something that was erased is there.
    Erasure,
    /// A checkpoint, or what none covers.
    Checkpoint,
    /// The server's own numbers.
    Order,
    /// A part of an attachment.
    Part,
    /// A file that the database does not know.
    Stray,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub fault: Fault,
    /// In which study, if in one.
    pub study: Option<StudyId>,
    /// Where, and what.
    pub what: String,
}

/// All that is wrong.
#[derive(Debug, Default, Serialize)]
pub struct Findings {
    /// The first of them.
    pub first: Vec<Finding>,
    /// How many there are.
    pub total: u64,
}

impl Findings {
    /// Adds one.
    pub fn add(&mut self, fault: Fault, study: Option<StudyId>, what: impl Into<String>) {
        self.total += 1;
        if self.first.len() < MOST {
            self.first.push(Finding { fault, study, what: what.into() });
        }
    }

    /// Runs a check; that it could not read on is a finding too.
    pub fn check(
        &mut self,
        study: Option<StudyId>,
        of: &str,
        check: impl FnOnce(&mut Self) -> Result<(), rusqlite::Error>,
    ) {
        if let Err(error) = check(self) {
            self.add(Fault::Unreadable, study, format!("{of} cannot be read to the end: {error}"));
        }
    }
}
