//! Plain text, `.txt` or `.md`: UTF-8 with or without a mark, or UTF-16 with one. Nothing is guessed: letters that were read by the wrong
//! encoding look like text, and would be found out when the interview is quoted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{LeftOut, ReadError};

const UTF_8: &[u8] = b"\xef\xbb\xbf";
const UTF_16_LE: &[u8] = b"\xff\xfe";
const UTF_16_BE: &[u8] = b"\xfe\xff";
/// Programs for DOS end a file with it.
const END: char = '\u{1a}';
/// One letter in so many may be none: a text that went through a wrong encoding has some, and what is no text has more.
const ONE_IN: usize = 10;

/// The text, its lines ending with `\n`, and whether letters of it could not be read.
pub(super) fn read(bytes: &[u8]) -> Result<(String, BTreeSet<LeftOut>), ReadError> {
    // Letters in two bytes each have zeros among them.
    let is_wide = [UTF_16_LE, UTF_16_BE].iter().any(|mark| bytes.starts_with(mark));
    let is_binary = !is_wide && bytes.contains(&0);
    let text = decode(bytes).ok_or(if is_binary { ReadError::NotText } else { ReadError::NotUtf8 })?;
    let text = text.trim_end_matches(|letter: char| letter == END || letter.is_whitespace());
    let holds_zero = text.contains('\0');
    let (text, unread) = readable(text);
    let letters = text.chars().filter(|letter| !letter.is_whitespace()).count();
    if holds_zero || unread > letters / ONE_IN {
        return Err(ReadError::NotText);
    }
    Ok((text, (unread > 0).then_some(LeftOut::Letters).into_iter().collect()))
}

/// Letters in the encoding that the mark at their beginning says; without one, in UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(bytes) = bytes.strip_prefix(UTF_16_LE) {
        return decode_utf_16(bytes, u16::from_le_bytes);
    }
    if let Some(bytes) = bytes.strip_prefix(UTF_16_BE) {
        return decode_utf_16(bytes, u16::from_be_bytes);
    }
    str::from_utf8(bytes.strip_prefix(UTF_8).unwrap_or(bytes)).ok().map(Cow::Borrowed)
}

fn decode_utf_16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (units, []) = bytes.as_chunks::<2>() else { return None };
    char::decode_utf16(units.iter().map(|bytes| unit(*bytes))).collect::<Result<String, _>>().ok().map(Cow::Owned)
}

/// The text with plain ends of lines, `�` for each letter that no text holds, and how many of those there are.
pub(super) fn readable(text: &str) -> (String, usize) {
    let mut unread = 0;
    let lines = with_plain_lines(text);
    let shown = lines.chars().map(|letter| {
        if !is_no_text(letter) {
            return letter;
        }
        unread += 1;
        char::REPLACEMENT_CHARACTER
    });
    let shown = shown.collect();
    (shown, unread)
}

/// Ends of lines as `\n`; so are the ends of pages, and what word processors write for a line that ends within a paragraph.
fn with_plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}'], "\n")
}

/// What no text holds.
fn is_no_text(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
}

/// Without empty lines, spaces and marks at its end, and without empty lines and marks before its first words.
pub(super) fn trimmed(text: &str) -> &str {
    let is_space = |letter: char| letter.is_whitespace() || letter == '\u{feff}';
    let text = text.trim_end_matches(is_space);
    let begin = text.find(|letter| !is_space(letter)).unwrap_or(text.len());
    let line = text[..begin].rfind('\n').map_or(0, |end| end + 1);
    text[line..].trim_start_matches('\u{feff}')
}
