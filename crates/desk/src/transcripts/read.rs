//! From a file's bytes to the text of a transcript. What a file is, its bytes say and not its name.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

use super::{docx, plain};

/// The most bytes of a file.
pub const LONGEST_FILE: usize = 8 * 1024 * 1024;
/// The most bytes of the text in it, which a day of talk does not reach.
pub const LONGEST_TEXT: usize = 4 * 1024 * 1024;

/// Where a PDF may begin: programs put a few bytes before it.
const PDF_WITHIN: usize = 64;
/// What older Office files begin with, and `.docx` files under a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06"];

/// What was read of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    /// The text; its lines end with `\n`, and nothing but spaces stands before its first words and behind its last.
    pub text: String,
    /// What else is in the file, and not in the text.
    pub left_out: BTreeSet<LeftOut>,
}

/// What was said stays out of logs and errors.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes, …)", self.text.len())
    }
}

/// Something that is in a file and is not read. Headers and footers of a `.docx` never are, and are not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Comments.
    Comments,
    /// Footnotes and endnotes.
    Notes,
    /// Text that was deleted while changes were tracked.
    Deleted,
    /// Pictures.
    Pictures,
    /// Formulas, and text that is put in from another file.
    Other,
    /// Letters of no text, or of a font that gives them a meaning of its own: `�` stands for each.
    Letters,
}

/// Why a file is not read as a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No text.
    #[error("there is no text in it")]
    Empty,
    /// Longer than any transcript.
    #[error(
        "it is too large for a transcript: take pictures out of it and save it again, or save it as plain text in UTF-8, in parts if need be"
    )]
    TooLarge,
    /// A PDF.
    #[error(
        "it is a PDF, whatever its name says: copy its text into a word processor, and save that as .docx or as plain text"
    )]
    Pdf,
    /// A `.doc`.
    #[error("it is an Office file of the old kind (.doc), whatever its name says: open it and save it as .docx")]
    Old,
    /// Under a password.
    #[error("it is protected with a password: open it, take the password off, and save it again")]
    Encrypted,
    /// Another kind of document or archive.
    #[error(
        "it is another kind of file (as .odt, .rtf, .xlsx or .zip), whatever its name says: save it as .docx or as plain text"
    )]
    OtherKind,
    /// A `.docx` that lacks something.
    #[error(
        "a part of this .docx is missing or damaged: open it in a word processor and save it again under another name"
    )]
    Damaged,
    /// No text at all.
    #[error("it is not text: a transcript is a .docx file, or a .txt or .md file in UTF-8")]
    NotText,
    /// Text in letters of another encoding.
    #[error(
        "it is not text in UTF-8: open it in the program that wrote it, choose \"Save as\" and plain text, and as encoding UTF-8"
    )]
    NotUtf8,
}

/// Reads a transcript: a `.docx`, or text in UTF-8, or in UTF-16 where a mark at its beginning says so.
///
/// # Errors
///
/// What it is instead, or that nothing is in it; see [`ReadError`].
pub fn read(bytes: &[u8]) -> Result<Text, ReadError> {
    if bytes.len() > LONGEST_FILE {
        return Err(ReadError::TooLarge);
    }
    let head = &bytes[..bytes.len().min(PDF_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::Pdf);
    }
    if bytes.starts_with(COMPOUND) {
        // The name of the stream that holds what is encrypted, as such files write names.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = memchr::memmem::find(bytes, &name).is_some();
        return Err(if is_encrypted { ReadError::Encrypted } else { ReadError::Old });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::OtherKind);
    }
    let is_zip = ZIP.iter().any(|magic| bytes.starts_with(magic));
    let (text, left_out) = if is_zip { docx::read(bytes) } else { plain::read(bytes) }?;
    let text = plain::trimmed(&text);
    match text.len() {
        0 => Err(ReadError::Empty),
        length if length > LONGEST_TEXT => Err(ReadError::TooLarge),
        _ => Ok(Text { text: text.to_owned(), left_out }),
    }
}

impl Text {
    /// How many words it has: what stands between spaces.
    pub fn words(&self) -> usize {
        words(&self.text)
    }
}

/// How many words a text has.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(bytes: &[u8]) -> String {
        read(bytes).unwrap().text
    }

    #[test]
    fn text_in_utf_8_and_with_a_mark_in_utf_16_is_read_and_all_lines_end_alike() {
        let expected = "I: How was it?\nP: Schön, 👩🏽‍🚒.\n\nEnd";
        assert_eq!(text("I: How was it?\r\nP: Schön, 👩🏽‍🚒.\r\rEnd\r\n".as_bytes()), expected);
        assert_eq!(text("\u{feff}I: How was it?\nP: Schön, 👩🏽‍🚒.\n\nEnd".as_bytes()), expected);
        let utf_16: Vec<u16> = format!("\u{feff}{expected}\n").encode_utf16().collect();
        assert_eq!(text(&utf_16.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>()), expected);
        assert_eq!(text(&utf_16.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>()), expected);
        assert_eq!(text("\n \n\n  Indented\n\n".as_bytes()), "  Indented", "no empty lines at its ends");
        assert_eq!(read(b"one two\nthree").unwrap().words(), 3);
    }

    #[test]
    fn a_letter_that_cannot_be_read_refuses_no_text_and_is_named() {
        let odd = read("P: It\u{92}s been a long week.\r\nI: I see.\r\n\u{1a}\u{1a}".as_bytes()).unwrap();
        assert_eq!(odd.text, "P: It\u{fffd}s been a long week.\nI: I see.");
        assert_eq!(odd.left_out, BTreeSet::from([LeftOut::Letters]));
        let ends_as_dos_files_do = read(b"I: I see.\r\n\x1a\r\n").unwrap();
        assert_eq!((ends_as_dos_files_do.text.as_str(), ends_as_dos_files_do.left_out.len()), ("I: I see.", 0));
        assert_eq!(read("Shown as \u{fffd}".as_bytes()).unwrap().left_out.len(), 0, "as it was written");
        for no_text in ["\u{1a}", "\u{1b}[0m\u{7}\u{1}", "\u{92} and nine", "P: A long week.\0"] {
            let error = if no_text == "\u{1a}" { ReadError::Empty } else { ReadError::NotText };
            assert_eq!(read(no_text.as_bytes()), Err(error), "{no_text:?}");
        }
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let compound = |name: &str| [COMPOUND, &[0; 600], &utf_16(name)].concat();
        for (bytes, error) in [
            (b"".to_vec(), ReadError::Empty),
            (b"\xef\xbb\xbf \r\n\t\n".to_vec(), ReadError::Empty),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), ReadError::Pdf),
            (b"\xef\xbb\xbf\r\n%PDF-1.4".to_vec(), ReadError::Pdf),
            (compound("WordDocument"), ReadError::Old),
            (compound("EncryptedPackage"), ReadError::Encrypted),
            (b"{\\rtf1\\ansi Hello}".to_vec(), ReadError::OtherKind),
            (b"PK\x03\x04 and no more of an archive".to_vec(), ReadError::Damaged),
            (b"Gespr\xe4ch im Caf\xe9".to_vec(), ReadError::NotUtf8),
            (utf_16("without a mark"), ReadError::NotText),
            (b"\xff\xfeA\x00\x00\xd8".to_vec(), ReadError::NotUtf8),
            (b"\xff\xfeA".to_vec(), ReadError::NotUtf8),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ReadError::NotText),
            (b"ID3\x03\0\0\0\0".to_vec(), ReadError::NotText),
            (vec![b'a'; LONGEST_FILE + 1], ReadError::TooLarge),
            (vec![b'a'; LONGEST_TEXT + 1], ReadError::TooLarge),
        ] {
            assert_eq!(read(&bytes), Err(error), "{:?}", &bytes[..bytes.len().min(12)]);
        }
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_as_it_is(written in "\\PC{0,40}[\\PC\\n\\r\\t]{0,80}") {
            if let Ok(first) = read(written.as_bytes()) {
                prop_assert_eq!(read(first.text.as_bytes()), Ok(first));
            }
        }

        #[test]
        fn no_bytes_are_read_as_what_is_no_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(Text { text, .. }) = read(&bytes) {
                prop_assert!(!text.trim().is_empty() && !text.contains(['\0', '\r']));
            }
        }
    }
}
