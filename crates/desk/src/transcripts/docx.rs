//! `.docx` (ECMA-376, Office Open XML): an archive from outside, of which two small parts are looked at and the main document is read. Nothing of it
//! is ever written anywhere, and no more of it is unpacked than a text may be long.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{LeftOut, ReadError, plain, word};

/// More parts than any document has.
const MOST_PARTS: usize = 4096;
/// The most bytes of the list of what is in the archive.
const LONGEST_LIST: u64 = 256 * 1024;
/// The most bytes of the main document: its markup is many times as long as its text.
const LONGEST_DOCUMENT: u64 = 48 * 1024 * 1024;
const RELATIONSHIPS: &str = "_rels/.rels";
/// How a relationship to the main document ends, in both kinds of such files.
const MAIN: &str = "/officeDocument";

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

pub(super) fn read(bytes: &[u8]) -> Result<(String, BTreeSet<LeftOut>), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(ReadError::TooLarge);
    }
    // An archive that is no such document has no such list.
    let Some(list) = part(&mut archive, RELATIONSHIPS, LONGEST_LIST)? else { return Err(ReadError::OtherKind) };
    let name = main_document(&list)?;
    let document = part(&mut archive, &name, LONGEST_DOCUMENT)?.ok_or(ReadError::Damaged)?;
    word::read(&document)
}

/// A part of the archive as text; none where it is not there.
fn part(archive: &mut Archive<'_>, name: &str, longest: u64) -> Result<Option<String>, ReadError> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ReadError::Encrypted),
        Err(_) => return Err(ReadError::Damaged),
    };
    let bytes = unpacked(part, longest)?;
    Ok(Some(plain::decode(&bytes).ok_or(ReadError::Damaged)?.into_owned()))
}

/// All of a part, if it is no longer than that. What the archive says of its length is not believed.
fn unpacked(part: impl Read, longest: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    part.take(longest + 1).read_to_end(&mut bytes).map_err(|_| ReadError::Damaged)?;
    if bytes.len() as u64 > longest { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Where the main document lies: mostly, and not always, in `word/document.xml`.
fn main_document(list: &str) -> Result<String, ReadError> {
    let mut reader = quick_xml::Reader::from_str(list);
    loop {
        match reader.read_event().map_err(|_| ReadError::Damaged)? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Relationship" => {
                let attribute = |name: &str| {
                    let found = element.try_get_attribute(name).ok().flatten()?;
                    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
                };
                if attribute("Type").is_some_and(|kind| kind.ends_with(MAIN)) {
                    let target = attribute("Target").ok_or(ReadError::Damaged)?;
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Event::Eof => return Err(ReadError::OtherKind),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_unpacked_than_a_part_may_be_long() {
        let mut bomb = std::io::repeat(b'a').take(100_000);
        assert_eq!(unpacked(&mut bomb, 1000), Err(ReadError::TooLarge));
        assert_eq!(bomb.limit(), 100_000 - 1001, "the rest was left packed");
        assert_eq!(unpacked(&b"as long"[..], 7), Ok(b"as long".to_vec()));
    }
}
