//! Proofs beside an export, `<out>.proofs`: of each line the sealed record and the key that opens it.
//!
//! ```text
//! opening = {"waymark_proofs": 1, study, name of the export, number of proofs, the study's document, people}
//! proof   = {"record": header ‖ slots ‖ body as they travel, "key": CEK, "voice": [whether each recording has come]}
//! ```
//!
//! One JSON object a line, one proof for each record that was opened, in the order of the export's lines; behind them those of
//! revisions that came twice, word for word the same, and have one line.
//!
//! A record's header holds `HKDF(CEK, "waymark/commit/v1")`, and the phone's signed chain holds the header and `H(body)`. AES-GCM alone
//! would let a crafted body open to two texts under two keys; the commitment leaves one key, so the one text.
//!
//! Whoever has the file can read what the export holds, and nothing else: a content key opens one record.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use waymark_protocol::StudyId;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::hex::HexBytes;
use waymark_protocol::record::wire;
use zeroize::Zeroize;

use super::rows::{Drawn, Person, Source};
use crate::collection::Collection;
use crate::desk::Identity;
use crate::whole::{self, Unnamed};

/// The version of the file that is written here, and of the lines that it proves: whoever changes what stands in a line
/// ([`super::Row`]) counts it up, or a newer Waymark would say of older exports that they were changed.
pub(crate) const VERSION: u32 = 1;
/// How every such file begins.
const BEGINS: &[u8] = b"{\"waymark_proofs\":";

/// The file's first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    /// [`VERSION`].
    pub waymark_proofs: u32,
    /// The study.
    pub study: StudyId,
    /// The export's file name as it was written: recordings lie in a folder of that name.
    pub name: String,
    /// How many proofs follow.
    pub proofs: u64,
    /// The study's document, by which phases are counted where an entry does not say its own.
    pub document: SignedDocument,
    /// What the desk says of the participants.
    pub people: Vec<Person>,
}

/// One record that was exported.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    /// As it travels in a feed, with zeros for what the server adds.
    pub record: HexBytes,
    /// Its content key.
    pub key: HexBytes,
    /// Of each of its recordings, whether it stands beside the export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voice: Vec<bool>,
}

impl Drop for Proof {
    fn drop(&mut self) {
        self.key.0.zeroize();
    }
}

/// Where the proofs of an export are.
pub(crate) fn beside(export: &Path) -> PathBuf {
    let mut name = export.file_name().unwrap_or_default().to_owned();
    name.push(".proofs");
    export.with_file_name(name)
}

/// Whether proofs can say that their export has this name: it is shown on terminals, and followed, so it must not lead out of its folder.
pub(crate) fn is_name(name: &str) -> bool {
    Path::new(name).file_name() == Some(name.as_ref()) && !name.chars().any(char::is_control)
}

pub(super) fn write(
    identity: &Identity,
    collection: &Collection,
    drawn: &Drawn,
    export: &Path,
    out: &mut dyn Write,
) -> io::Result<()> {
    let opening = Opening {
        waymark_proofs: VERSION,
        study: identity.study,
        name: export.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        proofs: (drawn.sources.len() + drawn.doubles.len()) as u64,
        document: identity.signed.clone(),
        people: drawn.people.clone(),
    };
    write_line(&opening, out)?;
    for (row, source) in drawn.rows.iter().zip(&drawn.sources) {
        let voice = row.voice.iter().map(|voice| voice.file.is_some()).collect();
        write_line(&proof(collection, source, voice), out)?;
    }
    for source in &drawn.doubles {
        write_line(&proof(collection, source, vec![false; source.recordings]), out)?;
    }
    Ok(())
}

fn proof(collection: &Collection, source: &Source, voice: Vec<bool>) -> Proof {
    let record = collection.whole(&source.target).expect("what was opened is there whole");
    let mut item = Vec::new();
    wire::write_feed_frame(&mut item, 0, 0, false);
    wire::write_record(&mut item, record.header_bytes(), record.slots_bytes(), record.body());
    Proof { record: HexBytes(item), key: HexBytes(source.key.dangerously_bytes().to_vec()), voice }
}

fn write_line(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Gives the proofs their name and then the lines of `export` theirs. Where that breaks off, no keys stay beside lines that are not theirs.
pub(super) fn name(
    proofs: Unnamed<'_>,
    lines: Unnamed<'_>,
    export: &Path,
    sync: impl Fn(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let proofs = proofs.rename()?;
    let named = sync(proofs).and_then(|()| sync(lines.rename()?));
    named.inspect_err(|_| {
        // The first error says more than one of tidying up.
        let _ = remove(export);
    })
}

/// Takes away what earlier exports to this name were writing when they were killed: lines, and keys.
pub(super) fn remove_unfinished(export: &Path) -> io::Result<()> {
    whole::remove_unfinished(export)?;
    whole::remove_unfinished(&beside(export))
}

/// Takes away the proofs of an earlier export: they hold keys of what may have been withdrawn since. A file of somebody else's that has
/// that name is left alone.
pub(super) fn remove(export: &Path) -> io::Result<()> {
    let path = beside(export);
    if !path.is_file() {
        return Ok(());
    }
    let mut begins = [0; BEGINS.len()];
    match File::open(&path).and_then(|mut file| file.read_exact(&mut begins)) {
        Ok(()) if begins == BEGINS => fs::remove_file(path),
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// No folder of a test refuses to be synced, so the test does.
    #[test]
    fn keys_do_not_stay_beside_an_export_whose_naming_breaks_off() {
        let folder = tempfile::tempdir().unwrap();
        let export = folder.path().join("out.jsonl");
        let beside = beside(&export);
        let proofs = |word: &str| [BEGINS, word.as_bytes()].concat();
        let name = |fails_at: usize| {
            fs::write(&export, "old").unwrap();
            fs::write(&beside, proofs("old")).unwrap();
            let new = Unnamed::write(&beside, |out| out.write_all(&proofs("new"))).unwrap();
            let lines = Unnamed::write(&export, |out| out.write_all(b"new")).unwrap();
            let call = Cell::new(0);
            let named = super::name(new, lines, &export, |_| {
                call.set(call.get() + 1);
                if call.get() == fails_at { Err(io::Error::other("a full disk")) } else { Ok(()) }
            });
            assert_eq!(
                fs::read_dir(folder.path()).unwrap().count(),
                1 + usize::from(beside.exists()),
                "nothing hidden"
            );
            (named.is_ok(), fs::read_to_string(&export).unwrap(), fs::read(&beside).ok())
        };
        assert_eq!(name(1), (false, "old".to_owned(), None), "the proofs' name");
        assert_eq!(name(2), (false, "new".to_owned(), None), "the lines' name");
        assert_eq!(name(3), (true, "new".to_owned(), Some(proofs("new"))));
    }
}
