//! What the package says of itself, in plain text.

use std::io::{self, Write};

use chrono::Local;

use super::super::{Exported, Text};
use crate::desk::Identity;

/// What there is to say.
pub(super) struct About<'a> {
    pub identity: &'a Identity,
    /// The study's title, in one line.
    pub title: &'a str,
    pub text: Text,
    pub exported: &'a Exported,
    pub has_codes: bool,
    pub has_consents: bool,
    /// How many people are left out.
    pub without: usize,
}

pub(super) fn write(about: &About<'_>, out: &mut dyn Write) -> io::Result<()> {
    let About { identity, title, text, exported, has_codes, has_consents, without } = about;
    writeln!(out, "{title}\n")?;
    writeln!(
        out,
        "Diaries that peer workers have shared with this study, packed on {}.",
        Local::now().format("%Y-%m-%d")
    )?;
    writeln!(
        out,
        "Study {}, document version {}: {} revisions of entries, {} interviews, {} voice notes.\n",
        identity.study,
        identity.document.document.version,
        exported.revisions,
        exported.transcripts,
        exported.recordings
    )?;
    match text {
        Text::Original => writeln!(
            out,
            "WORDS: as they were written, with every name in them. Who gets this package can read all of it."
        )?,
        Text::Copy { .. } => {
            writeln!(
                out,
                "WORDS: copies with names replaced, which somebody of the study has read; each entry as it was last, and interviews; no voice \
                 notes. Of the time at which an entry was written the day and its part are left; phones have numbers. What people were asked \
                 and told stands as it was published. Nobody can promise that no one is recognised."
            )?;
            match exported.left_out {
                0 => {}
                1 => writeln!(out, "One entry is not in it, because nobody had read its copy.")?,
                more => writeln!(out, "{more} entries are not in it, because nobody had read their copies.")?,
            }
            match exported.left_out_interviews {
                0 => {}
                1 => writeln!(out, "One interview is not in it, because nobody had read its copy.")?,
                more => writeln!(out, "{more} interviews are not in it, because nobody had read their copies.")?,
            }
        }
    }
    if *without > 0 {
        let people = if *without == 1 { "One person is".to_owned() } else { format!("{without} people are") };
        writeln!(
            out,
            "\nLEFT OUT: {people} not in it by the study's own choice: no entry, no voice note, no interview and no answer to consent."
        )?;
        if *text == Text::Original {
            writeln!(
                out,
                "certificate.json still counts what all phones have sent, by random numbers: a check of the export names what those who are \
                 left out have shared as lacking."
            )?;
        }
    }
    writeln!(out, "\nFILES")?;
    let files = [
        ("data-dictionary.csv", "each field and question, with what can stand there", true),
        (
            "consent.csv",
            "what each participant has agreed to, item by item, each time that they answered",
            *has_consents,
        ),
        ("entries.jsonl", "one JSON object a line, one line for each revision of an entry (UTF-8)", true),
        ("entries.csv", "the same as a table (RFC 4180, UTF-8); import cells as text", true),
        ("entries.jsonl.audio/", "voice notes, by the names that the entries say", exported.recordings > 0),
        ("entries.jsonl.proofs", "of each line what a phone has sealed, with its key", matches!(text, Text::Original)),
        ("diaries.md, diaries.docx", "the same to read, by person and day", true),
        ("diaries.qdpx", "the same for programs for qualitative analysis (REFI-QDA 1.0)", true),
        ("codebook.qdc", "the study's starter codebook (REFI-QDA 1.0)", *has_codes),
        (
            "study/",
            "every version of the study's document: what people were asked and told; as it was signed, and as text",
            true,
        ),
        (
            "certificate.json",
            "what of every phone's log was here and proven; it holds nothing that anybody wrote",
            matches!(text, Text::Original),
        ),
    ];
    for (name, what, _) in files.iter().filter(|(.., there)| *there) {
        writeln!(out, "- {name}: {what}")?;
    }
    writeln!(out, "\nTO CHECK IT")?;
    writeln!(
        out,
        "- That no file was changed: any BagIt tool (RFC 8493), or in the folder above this one: sha256sum -c manifest-sha256.txt"
    )?;
    match text {
        Text::Original => writeln!(
            out,
            "- That nothing is missing, and that each line is what a phone has sealed: waymark-desk check-certificate certificate.json \
             --export entries.jsonl. It needs no key of the study."
        ),
        Text::Copy { .. } => writeln!(
            out,
            "- That nothing was missing when it was packed: by the study's certificate, which names every phone and so is not in a package of copies."
        ),
    }
}
