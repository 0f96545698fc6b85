//! XML: what may stand in it.

use std::io::{self, Write as _};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::one_line;

/// A document in the making.
pub(super) type Xml = Writer<Vec<u8>>;

/// Begins a document in UTF-8.
pub(super) fn begin() -> io::Result<Xml> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(xml)
}

/// The same, without white space between elements.
pub(super) fn begin_plain() -> io::Result<Xml> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    Ok(xml)
}

/// Ends it.
pub(super) fn end(xml: Xml) -> io::Result<Vec<u8>> {
    let mut bytes = xml.into_inner();
    bytes.write_all(b"\n")?;
    Ok(bytes)
}

/// A name in one line. What XML 1.0 cannot hold is shown as �.
pub(super) fn name(text: &str) -> String {
    self::text(&one_line(text))
}

/// A text as it is. What XML 1.0 cannot hold is shown as �.
pub(super) fn text(text: &str) -> String {
    text.chars().map(|letter| if is_allowed(letter) { letter } else { '\u{fffd}' }).collect()
}

fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_one_line_of_what_xml_can_hold() {
        assert_eq!(super::name(" a\r\nb\u{0}c\u{ffff} 👩🏽‍🚒 "), "a b\u{fffd}c\u{fffd} 👩🏽‍🚒");
    }
}
