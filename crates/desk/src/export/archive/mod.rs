//! A package for an archive: a folder that says what is in it, in formats that will be read in many years, with what it takes to check it.
//!
//! ```text
//! OUT/                         BagIt 1.0 (RFC 8493)
//! ├── bagit.txt, bag-info.txt  what this is
//! ├── manifest-sha256.txt      of each file its checksum
//! └── data/
//!     ├── README.txt           what is in it, and how to check it
//!     ├── data-dictionary.csv  each field and question, with what can stand there
//!     ├── consent.csv          what each participant has agreed to, item by item
//!     ├── entries.jsonl, .csv  entries; with voice notes and proofs beside, where they are as they were written
//!     ├── diaries.md, .docx    the same to read, with interviews
//!     ├── diaries.qdpx         the same for analysis
//!     ├── codebook.qdc         where the study has codes
//!     ├── study/version-N.json every version of the study's document, as it was signed
//!     └── certificate.json     that nothing is missing; not beside copies
//! ```
//!
//! It is made under another name beside its own, and gets its own when all of it is on the disk.

mod bag;
mod dictionary;
mod readme;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use waymark_protocol::StudyId;
use waymark_protocol::document::SignedDocument;

use super::proofs;
use super::refi::{Flavour, LineEnds, Per};
use super::{Export, ExportError, Exported, Format, Text, Wanted, end};
use crate::certificate::{self, MakeError};
use crate::collection::Collection;
use crate::desk::Desk;
use crate::exported::{About, Noted};
use crate::now_ms;
use crate::versions;
use crate::whole::write_beside;
use bag::Bag;

const ENTRIES: &str = "entries.jsonl";
const CERTIFICATE: &str = "certificate.json";

/// Writes a package into the folder `path`, where nothing is yet.
pub(super) fn export(desk: &mut Desk, wanted: &Wanted, path: &Path) -> Result<Exported, ExportError> {
    let unwritable = |error| ExportError::Unwritable(path.to_owned(), error);
    let bag = Bag::begin(path).map_err(unwritable)?;
    let data = bag.data();
    // It names every phone, and everything that it wrote, by place and hash: beside copies it would undo what they leave out.
    if let Text::Original = wanted.text {
        certificate::make(desk, &data.join(CERTIFICATE), now_ms()).map_err(|error| match error {
            MakeError::Collection(error) => error.into(),
            MakeError::Unwritable(_, error) => unwritable(error),
            MakeError::Proof(error) => unwritable(io::Error::other(error)),
        })?;
    }
    write_versions(&versions::all(desk)?, &desk.identity.study, &data).map_err(unwritable)?;
    let collection = Collection::load(desk.vault.reader())?;
    let Desk { identity, keys, vault, .. } = desk;
    let entries = data.join(ENTRIES);
    let mut export = Export::draw(identity, keys, vault.reader(), &collection, wanted.without.as_ref(), &entries)?;
    let read_by = match wanted.text {
        Text::Original => BTreeSet::new(),
        Text::Copy { only_read } => export.copy(vault.reader(), Format::Archive, only_read)?,
    };
    let (held, transcripts) = (export.held_in(Format::Archive), export.transcripts_in(Format::Archive));
    let about = About::new(wanted, path, read_by, transcripts.clone(), now_ms());
    let noted = Noted::begin(vault, about, &held)?;
    (export.exported.revisions, export.exported.transcripts) = (held.len(), transcripts.len());
    let written = export.write_audio(vault.reader()).and_then(|()| {
        let has_codes = !export.codebook.0.is_empty();
        let files = [
            (Format::Jsonl, ENTRIES),
            (Format::Csv, "entries.csv"),
            (Format::Md, "diaries.md"),
            (Format::Docx, "diaries.docx"),
            (Format::Qdpx, "diaries.qdpx"),
            (Format::Qdc, "codebook.qdc"),
        ];
        let flavour = Flavour { per: Per::Participant, line_ends: LineEnds::Lf };
        let write = || -> io::Result<()> {
            for (format, name) in files.into_iter().filter(|(format, _)| has_codes || *format != Format::Qdc) {
                write_beside(&data.join(name), |out| export.render(format, flavour, out))?;
            }
            if let Text::Original = wanted.text {
                let write = |out: &mut dyn Write| proofs::write(identity, &collection, &export.drawn, &entries, out);
                write_beside(&proofs::beside(&entries), write)?;
            }
            let has_consents = !export.agreed.is_empty();
            if has_consents {
                write_beside(&data.join("consent.csv"), |out| export.agreed.write(out))?;
            }
            write_beside(&data.join("data-dictionary.csv"), |out| dictionary::write(export.plan, wanted.text, out))?;
            let about = readme::About {
                identity,
                title: &export.title,
                text: wanted.text,
                exported: &export.exported,
                has_codes,
                has_consents,
                without: wanted.without.as_ref().map_or(0, |without| without.participants.len()),
            };
            write_beside(&data.join("README.txt"), |out| readme::write(&about, out))?;
            bag.finish(&export.title, &identity.study)
        };
        write().map_err(unwritable)
    });
    end(vault, noted, path, written)?;
    Ok(export.exported)
}

fn write_versions(versions: &[SignedDocument], study: &StudyId, data: &Path) -> io::Result<()> {
    let folder = data.join("study");
    fs::create_dir(&folder)?;
    for signed in versions {
        let document = signed.verify(study).map_err(io::Error::other)?.document;
        let name = format!("version-{}.json", document.version);
        write_beside(&folder.join(name), |out| Ok(serde_json::to_writer_pretty(out, signed)?))?;
        let name = format!("version-{}.document.json", document.version);
        write_beside(&folder.join(name), |out| out.write_all(&signed.bytes.0))?;
    }
    Ok(())
}
