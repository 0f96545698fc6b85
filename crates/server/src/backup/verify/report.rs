//! What a verification tells.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::super::manifest::{Engine, Manifest};
use super::findings::Findings;

/// The outcome.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The backup.
    pub folder: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
    /// What is wrong.
    pub findings: Findings,
}

impl Report {
    /// Whether the backup is what phones and the study have signed, and all of it.
    pub fn is_sound(&self) -> bool {
        self.findings.total == 0
    }

    /// As JSON, on one line: `{sound, folder, manifest, findings}`.
    pub fn to_json(&self) -> String {
        let mut value = serde_json::to_value(self).expect("strings, numbers, lists and objects are always JSON");
        value["sound"] = self.is_sound().into();
        value.to_string()
    }
}

/// For whoever looks after the server.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Manifest { made_at, made_by, made_from, studies, .. } = &self.manifest;
        let engine = match made_from {
            Engine::Sqlite => "the embedded database",
            Engine::Postgresql => "PostgreSQL",
        };
        writeln!(f, "{}: made {made_at} by server {made_by} from {engine}", self.folder.display())?;
        for study in studies {
            let counts = [
                ("records", study.records),
                ("of them erased", study.erased),
                ("checkpoints", study.checkpoints),
                ("phones", study.devices),
                ("people", study.participants),
                ("parts of attachments", study.parts),
                ("bytes of parts", study.part_bytes),
            ];
            let counts: Vec<String> = counts.iter().map(|(of, count)| format!("{of} {count}")).collect();
            writeln!(f, "study {}: {}", study.study, counts.join(", "))?;
        }
        let Manifest { erased_meanwhile, missing, .. } = &self.manifest;
        if *erased_meanwhile > 0 {
            writeln!(f, "erased while it was being made, and not in it: parts {erased_meanwhile}")?;
        }
        if *missing > 0 {
            writeln!(
                f,
                "INCOMPLETE: missing or damaged on the server when it was made, and not in it: parts {missing} (manifest.json \
                 names them)"
            )?;
        }
        if self.is_sound() {
            return writeln!(
                f,
                "SOUND: every record is byte for byte what its phone has signed for, no log has a gap, what was erased is gone"
            );
        }
        writeln!(f, "DAMAGED: what is wrong ({}):", self.findings.total)?;
        for finding in &self.findings.first {
            match finding.study {
                Some(study) => writeln!(f, "- study {study}: {}", finding.what)?,
                None => writeln!(f, "- {}", finding.what)?,
            }
        }
        if self.findings.total > self.findings.first.len() as u64 {
            writeln!(f, "- … and {} more", self.findings.total - self.findings.first.len() as u64)?;
        }
        writeln!(
            f,
            "What to do: do not throw this backup away, and do not rely on it. Verify the one before it. Make a new one now and \
             verify that: if it is sound, this copy went bad on its own disk. If it is not, the server's own database or disk is \
             damaged: stop the server, keep its folder as it is, and restore the newest sound backup; phones send again what they \
             have."
        )
    }
}
