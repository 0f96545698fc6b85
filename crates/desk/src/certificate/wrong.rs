//! What can be wrong with an export.

use std::io;
use std::path::PathBuf;

use waymark_protocol::document::TrustError;

use crate::reason::Reason;

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
    /// A recording that no line names.
    #[error("export-differs: no line names the voice note {0}: it was put in, or its entry was taken back since")]
    OfNoLine(String),
    /// A line.
    #[error("export-differs: line {0} is not what was sealed")]
    Line(u64),
    /// A line.
    #[error("export-differs: line {0} has no proof: nobody sealed it, or it was put in from another export")]
    Unproven(u64),
    /// A line.
    #[error("export-differs: line {0} is line {1} once more")]
    Twice(u64, u64),
    /// Two lines of one revision that came in two logs.
    #[error(
        "export-differs: line {0} says again what line {1} says: what came twice, word for word the same, has one line; ask for an \
         export that is written anew"
    )]
    Again(u64, u64),
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
