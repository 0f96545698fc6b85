//! The main document of a `.docx` (WordprocessingML): what stands in its paragraphs, one line each.
//!
//! | in the document | in the text |
//! |---|---|
//! | a paragraph, in a table's cell or a text box too | a line |
//! | a tab, a line break, a hyphen that does not break | `\t`, `\n`, `‑` |
//! | a symbol out of a symbol font, whose letters mean nothing elsewhere; what no text holds | `�`, [`LeftOut::Letters`] |
//! | what was inserted or moved here while changes were tracked | text as all other |
//! | what was deleted or moved away | nothing, [`LeftOut::Deleted`] |
//! | comments, footnotes and endnotes, pictures, formulas, text out of another file | nothing, [`LeftOut`] |
//! | headers and footers, numbers of lists, codes of fields | nothing |

use std::collections::BTreeSet;

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::plain::readable;
use super::{LONGEST_TEXT, LeftOut, ReadError};

/// The namespaces of WordprocessingML: of what nearly all programs write, and of the strict kind.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
/// The namespaces of formulas, of both kinds.
const MATH: [&str; 2] =
    ["http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"];
/// The same content once more for older programs.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// The most elements within one another: many more than tables in tables and boxes have, and few enough that what stands in the innermost
/// paragraph can be handed out through all that are around it.
const DEEPEST: usize = 256;

/// The text, and what else is in the document.
pub(super) fn read(xml: &str) -> Result<(String, BTreeSet<LeftOut>), ReadError> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut document = Document::default();
    let mut is_document = false;
    loop {
        let damaged = |_| ReadError::Damaged;
        let (namespace, event) = reader.read_resolved_event().map_err(damaged)?;
        match event {
            Event::Start(element) => {
                let name = name(&namespace, &element);
                if !is_document {
                    // A spreadsheet has relationships of the same name.
                    match name {
                        Name::Word("document") => is_document = true,
                        _ => return Err(ReadError::OtherKind),
                    }
                }
                if document.within.len() == DEEPEST {
                    return Err(ReadError::Damaged);
                }
                document.begin(name, &element);
            }
            Event::End(_) => document.end(),
            Event::Text(text) => document.text(&text.xml10_content()),
            Event::CData(text) => document.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|_| ReadError::Damaged)?;
                match (letter, resolve_xml_entity(&reference)) {
                    (Some(letter), _) => document.text(letter.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => document.text(text),
                    (None, None) => return Err(ReadError::Damaged),
                }
            }
            Event::Eof if is_document && document.within.is_empty() => return Ok(document.into_text()),
            Event::Eof => return Err(ReadError::Damaged),
            _ => {}
        }
        if document.length > LONGEST_TEXT {
            return Err(ReadError::TooLarge);
        }
    }
}

/// An element, as far as it is of interest.
#[derive(Clone, Copy)]
enum Name<'e> {
    Word(&'e str),
    Fallback,
    Formula,
    Other,
}

fn name<'e>(namespace: &ResolveResult<'_>, element: &'e BytesStart<'_>) -> Name<'e> {
    let local = element.local_name().into_inner();
    match namespace {
        ResolveResult::Bound(Namespace(name)) if WORD.contains(name) => Name::Word(local),
        ResolveResult::Bound(Namespace(name)) if *name == COMPATIBILITY && local == "Fallback" => Name::Fallback,
        ResolveResult::Bound(Namespace(name)) if MATH.contains(name) && local == "t" => Name::Formula,
        _ => Name::Other,
    }
}

/// What an element that has begun and not ended is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Paragraph,
    /// How the paragraph is set: tabs in it are places for tabs.
    Settings,
    /// Words. Without `preserve`, spaces at their ends are the file's and not the writer's.
    Words {
        preserve: bool,
    },
    /// What is no text, with all in it.
    Nothing,
    Other,
}

#[derive(Default)]
struct Document {
    /// The elements that have begun, the innermost last.
    within: Vec<Within>,
    /// How many of them are no text.
    nothing: usize,
    /// How many of them are settings.
    settings: usize,
    lines: String,
    /// Paragraphs that have begun, for in text boxes there are paragraphs within one.
    paragraphs: Vec<Paragraph>,
    words: String,
    left_out: BTreeSet<LeftOut>,
    /// The bytes of all that was taken in.
    length: usize,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    /// Lines of text boxes that are fastened to it: they come behind it.
    boxes: String,
    /// Its end was deleted: what comes next goes on in the same line.
    goes_on: bool,
}

impl Document {
    fn begin(&mut self, name: Name<'_>, element: &BytesStart<'_>) {
        let within = match name {
            Name::Fallback => Within::Nothing,
            Name::Word("p") => {
                self.paragraphs.push(Paragraph::default());
                Within::Paragraph
            }
            Name::Word("pPr" | "rPr") => Within::Settings,
            Name::Word("del" | "moveFrom") if self.settings > 0 => {
                // Said of the end of the paragraph.
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.goes_on = true;
                }
                Within::Other
            }
            Name::Word("del" | "moveFrom") => {
                self.left_out.insert(LeftOut::Deleted);
                Within::Nothing
            }
            Name::Word("t") => {
                let space = element.try_get_attribute("xml:space").ok().flatten();
                Within::Words { preserve: space.is_some_and(|space| &*space.value == "preserve") }
            }
            Name::Formula => {
                self.leave_out(LeftOut::Other);
                Within::Other
            }
            Name::Word(name) if self.settings == 0 => {
                self.take(name);
                Within::Other
            }
            _ => Within::Other,
        };
        match within {
            Within::Nothing => self.nothing += 1,
            Within::Settings => self.settings += 1,
            Within::Words { .. } => self.words.clear(),
            _ => {}
        }
        self.within.push(within);
    }

    /// What an element stands for by itself.
    fn take(&mut self, name: &str) {
        match name {
            "tab" | "ptab" => self.add("\t"),
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("\u{2011}"),
            "sym" => {
                self.add("\u{fffd}");
                self.leave_out(LeftOut::Letters);
            }
            "commentReference" => drop(self.left_out.insert(LeftOut::Comments)),
            "footnoteReference" | "endnoteReference" => drop(self.left_out.insert(LeftOut::Notes)),
            "drawing" | "pict" | "object" => drop(self.left_out.insert(LeftOut::Pictures)),
            "altChunk" | "subDoc" => self.leave_out(LeftOut::Other),
            _ => {}
        }
    }

    /// Names what is left out, unless it stands in what is no text and named already.
    fn leave_out(&mut self, what: LeftOut) {
        if self.nothing == 0 {
            self.left_out.insert(what);
        }
    }

    fn end(&mut self) {
        // The reader has seen that every end has its beginning.
        let Some(within) = self.within.pop() else { return };
        match within {
            Within::Nothing => self.nothing -= 1,
            Within::Settings => self.settings -= 1,
            Within::Words { preserve } => {
                let words = std::mem::take(&mut self.words);
                let is_space = |letter| matches!(letter, ' ' | '\t' | '\n' | '\r');
                self.add(if preserve { &words } else { words.trim_matches(is_space) });
            }
            Within::Paragraph => {
                let Some(paragraph) = self.paragraphs.pop() else { return };
                // A paragraph of what is no text is no line.
                if self.nothing > 0 {
                    return;
                }
                let around = self.paragraphs.last_mut().map_or(&mut self.lines, |paragraph| &mut paragraph.boxes);
                around.push_str(&paragraph.text);
                if !paragraph.goes_on || !paragraph.boxes.is_empty() {
                    around.push('\n');
                    self.length += 1;
                }
                around.push_str(&paragraph.boxes);
            }
            Within::Other => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.nothing == 0 && matches!(self.within.last(), Some(Within::Words { .. })) {
            self.words.push_str(text);
        }
    }

    fn add(&mut self, text: &str) {
        if self.nothing > 0 {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        self.length += text.len();
        let (text, unread) = readable(text);
        paragraph.text.push_str(&text);
        if unread > 0 {
            self.left_out.insert(LeftOut::Letters);
        }
    }

    fn into_text(self) -> (String, BTreeSet<LeftOut>) {
        (self.lines, self.left_out)
    }
}
