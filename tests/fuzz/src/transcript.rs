//! Files that somebody chooses as interview transcripts: whatever they are, what is read of them is text, bounded, and the same when it is
//! read again.

use std::io::{Cursor, Write};

use waymark_desk::transcripts::{LONGEST_TEXT, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::script::Script;

const LIST: &str = "<Relationships><Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                    Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                        xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>\
                        <w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>I:</w:t><w:tab/><w:t xml:space=\"preserve\"> How &amp; when? \
                        </w:t></w:r></w:p><w:p><w:ins><w:r><w:t>P: Then&#8212;</w:t><w:br/></w:r></w:ins><w:del><w:r><w:delText>not</w:delText></w:r></w:del>\
                        <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>\
                        <w:r><w:footnoteReference/><w:commentReference/><w:drawing/><w:sym/></w:r></w:p>\
                        <w:tbl><w:tr><w:tc><w:p><w:r><w:t><![CDATA[cell]]></w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
const WHOLE: &str = "I:\t How & when? P: Then—\n\u{fffd}\nbox\ncell";
const PLAIN: &str = "\u{feff}I: How?\r\nP: Schön 👩🏽‍🚒.\r\u{c}";

/// What is repeated in a document: how it begins and ends. Some stand within one another, so that they are as deep as they are many.
const REPEATED: &[(&str, &str)] = &[
    ("<w:p><w:r><w:t>again</w:t></w:r></w:p>", ""),
    ("<w:p>", "</w:p>"),
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:p/>", ""),
    ("<w:del>", "</w:del>"),
    ("<w:p><w:r><w:t>again and again, &amp; &#1; ", "</w:t></w:r></w:p>"),
];
/// Twice as many, so often.
const DOUBLED: u8 = 14;

/// Reads any file, or one of ours that is changed: as an archive, as the document in it, or as text.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 5 {
        0 => is_text(script.rest()),
        1 => {
            let file = archive_of(packed(&mut script), DOCUMENT.as_bytes());
            is_text(&script.edited(&file));
        }
        2 => {
            let packed = packed(&mut script);
            is_text(&archive_of(packed, script.rest()));
        }
        3 => {
            let packed = packed(&mut script);
            let document = repeated(&mut script);
            is_text(&archive_of(packed, &script.edited(document.as_bytes())));
        }
        _ => is_text(&script.edited(PLAIN.as_bytes())),
    }
}

/// A document, an archive, texts, and changes of them.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let whole = read(&archive_of(CompressionMethod::Deflated, DOCUMENT.as_bytes())).expect("a document");
    assert_eq!(whole.text, WHOLE);
    let wide: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("document", vec![3]),
        ("document-changed", vec![3, 0, 0, 3, 0, 0, 200, 9]),
        ("document-cut", vec![3, 0, 0, 6, 0, 2, 0]),
        ("document-long", vec![3, 1, DOUBLED + 1, 0]),
        ("document-deep", vec![3, 1, 8, 1]),
        ("document-too-deep", vec![3, 1, DOUBLED + 1, 1]),
        ("document-with-lines-in-one", vec![3, 1, 6, 5]),
        ("a-document-of-its-own", [&[2, 0], DOCUMENT.as_bytes()].concat()),
        ("archive", vec![1]),
        ("archive-changed", vec![1, 0, 1, 0, 1, 44, 7]),
        ("archive-packed-and-changed", vec![1, 1, 1, 0, 1, 44, 7]),
        ("archive-cut", vec![1, 0, 6, 0, 4, 0]),
        ("text", vec![4]),
        ("text-with-odd-letters", vec![4, 4, 0, 0, 7, 2, 0xc2, 0x92, 0]),
        ("text-with-an-end", [&[0], b"I: How?\r\n\x1a".as_slice()].concat()),
        ("text-in-utf-16", [&[0], wide.as_slice()].concat()),
        ("latin-1", [&[0], b"Gespr\xe4ch".as_slice()].concat()),
        ("pdf", [&[0], b"%PDF-1.7\n".as_slice()].concat()),
        ("old-word", [&[0], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice()].concat()),
    ]
}

/// How an archive is packed. Where nothing is, what is changed of it is changed of what it says.
fn packed(script: &mut Script<'_>) -> CompressionMethod {
    *script.of(&[CompressionMethod::Stored, CompressionMethod::Deflated])
}

/// The document, with an element that is put in once, twice, up to thousands of times.
fn repeated(script: &mut Script<'_>) -> String {
    let number = match script.byte() % (DOUBLED + 2) {
        0 => return DOCUMENT.to_owned(),
        doubled => 1 << (doubled - 1),
    };
    let (begin, end) = script.of(REPEATED);
    DOCUMENT.replacen("<w:body>", &format!("<w:body>{}{}", begin.repeat(number), end.repeat(number)), 1)
}

/// A `.docx` with this document.
fn archive_of(packed: CompressionMethod, document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(packed);
    for (name, bytes) in [("_rels/.rels", LIST.as_bytes()), ("word/document.xml", document)] {
        zip.start_file(name, options).expect("a file in memory");
        zip.write_all(bytes).expect("a file in memory");
    }
    zip.finish().expect("a file in memory").into_inner()
}

fn is_text(bytes: &[u8]) {
    let Ok(read_once) = read(bytes) else { return };
    let text = read_once.text.as_str();
    assert!(!text.trim().is_empty() && read_once.words() > 0, "a transcript without words");
    assert!(text.len() <= LONGEST_TEXT, "a text without end");
    let is_no_text = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    assert!(!text.contains(is_no_text), "a text with what is none");
    // A text may begin as another kind of file does, and is then refused as one; it is never read as another text.
    if let Ok(again) = read(text.as_bytes()) {
        assert_eq!(again.text, text, "read as another text");
    }
}
