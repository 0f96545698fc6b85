//! Checking a certificate, on any machine.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::DateTime;
use waymark_protocol::document::{TrustError, TrustedDocument};

use super::prove::{ProofError, Proven, prove};
use super::records::Records;
use super::{Certificate, VERSION};
use crate::terminal;
use crate::verify::is_alarming;

/// A file that is larger is none: 13,000 entries take some 10 MB.
pub const MAX_BYTES: u64 = 1 << 30;

/// A certificate that says what its proofs say.
#[derive(Debug)]
pub struct Checked {
    /// The certificate.
    pub certificate: Certificate,
    /// The study's title.
    pub title: String,
    pub(super) trusted: TrustedDocument,
    pub(super) records: Records,
}

/// Why a certificate is not believed.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The file.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, #[source] io::Error),
    /// Something else.
    #[error("{0} is not a Waymark certificate, or only a part of one: copy it once more")]
    NotOne(PathBuf),
    /// A newer Waymark made it.
    #[error("{0} was made by a newer Waymark: update this one")]
    Newer(PathBuf),
    /// The study.
    #[error("certificate-forged: the study in it is not who its number says: {0}")]
    Study(#[from] TrustError),
    /// A proof.
    #[error("certificate-forged: {0}")]
    Proof(#[from] ProofError),
    /// The statement.
    #[error("certificate-forged: it says of its {0} what its proofs do not say")]
    Contradicts(&'static str),
}

impl Checked {
    /// Whether something is in quarantine, missing, contradictory or not proven.
    pub fn needs_attention(&self) -> bool {
        let Certificate { statement, desks_word, .. } = &self.certificate;
        let alarming = statement.devices.iter().any(|device| is_alarming(device.state));
        alarming || statement.counts.quarantined > 0 || desks_word.not_readable > 0
    }
}

/// Reads a certificate and concludes again what it says.
pub fn check(path: &Path) -> Result<Checked, CheckError> {
    let unreadable = |error| CheckError::Unreadable(path.to_owned(), error);
    let mut bytes = Vec::new();
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_BYTES {
        return Err(CheckError::NotOne(path.to_owned()));
    }
    File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)).map_err(unreadable)?;
    let certificate = parse(&bytes).map_err(|problem| match problem {
        Unparsed::NotOne => CheckError::NotOne(path.to_owned()),
        Unparsed::Newer => CheckError::Newer(path.to_owned()),
    })?;
    // It is shown on a terminal, and no signature says it.
    if certificate.made_at.as_deref().is_some_and(|at| DateTime::parse_from_rfc3339(at).is_err()) {
        return Err(CheckError::NotOne(path.to_owned()));
    }
    let trusted = certificate.document.verify(&certificate.study)?;
    let Proven { statement, records } = prove(certificate.study, &trusted, &certificate.orders, &certificate.logs)?;
    let said = &certificate.statement;
    for (what, holds) in [
        ("devices", statement.devices == said.devices),
        ("counts", statement.counts == said.counts),
        ("erasures", statement.erasures == said.erasures),
        ("quarantine", statement.quarantined == said.quarantined),
    ] {
        if !holds {
            return Err(CheckError::Contradicts(what));
        }
    }
    let plan = &trusted.document.plan;
    // Anybody can sign a study of their own.
    let title = terminal::letters(plan.title.get(plan.languages.first().map_or("", String::as_str))).collect();
    Ok(Checked { certificate, title, trusted, records })
}

enum Unparsed {
    NotOne,
    Newer,
}

fn parse(bytes: &[u8]) -> Result<Certificate, Unparsed> {
    /// What every version begins with.
    #[derive(serde::Deserialize)]
    struct Versioned {
        waymark_certificate: u32,
    }
    let Versioned { waymark_certificate } = serde_json::from_slice(bytes).map_err(|_| Unparsed::NotOne)?;
    if waymark_certificate > VERSION {
        return Err(Unparsed::Newer);
    }
    serde_json::from_slice(bytes).map_err(|_| Unparsed::NotOne)
}
