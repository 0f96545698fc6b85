//! `.docx` files, made by hand: what of them is text, and what is said of those that are none.

use std::io::{Cursor, Write};

use waymark_desk::transcripts::{LONGEST_TEXT, LeftOut, ReadError, Text, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const OFFICE_DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

/// An archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relationships(target: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"a\" Type=\"http://example.org/thumbnail\" Target=\"docProps/thumbnail.jpeg\"/>\
         <Relationship Id=\"b\" Type=\"{OFFICE_DOCUMENT}\" Target=\"{target}\"/></Relationships>"
    )
}

fn document(namespace: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document xmlns:w=\"{namespace}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
         xmlns:x=\"http://example.org/other\">\
         <w:body>{body}<w:sectPr/></w:body></w:document>"
    )
}

/// A `.docx` with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let (list, document) = (relationships("word/document.xml"), document(WORD, body));
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", list.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A paragraph of plain words.
pub fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn text(body: &str) -> String {
    read(&docx(body)).unwrap().text
}

fn left_out(body: &str) -> Vec<LeftOut> {
    read(&docx(body)).unwrap().left_out.into_iter().collect()
}

#[test]
fn each_paragraph_is_a_line_and_tabs_breaks_and_letters_stand_as_they_are_read() {
    let body = format!(
        "{}{}<w:p/>{}",
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>I:</w:t><w:tab/></w:r>\
         <w:r><w:t xml:space=\"preserve\"> How </w:t></w:r><w:hyperlink><w:r><w:t>was</w:t></w:r></w:hyperlink>\
         <w:r><w:t xml:space=\"preserve\"> it?</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>P:</w:t><w:br/><w:t>Fish &amp; chips &#8212; caf\u{e9}, </w:t><w:noBreakHyphen/><w:sym w:font=\"Wingdings\" \
         w:char=\"F04A\"/><w:t><![CDATA[a<b]]></w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>left cell</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>right cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
    assert_eq!(text(&body), "I:\t How was it?\nP:\nFish & chips — café,\u{2011}\u{fffd}a<b\n\nleft cell\nright cell");
}

#[test]
fn what_was_inserted_is_text_and_what_was_deleted_is_not() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">She said </w:t></w:r>\
        <w:del w:id=\"1\"><w:r><w:delText>no</w:delText><w:t>never</w:t><w:tab/></w:r></w:del>\
        <w:ins w:id=\"2\"><w:r><w:t>yes</w:t></w:r></w:ins><w:moveFrom w:id=\"3\"><w:r><w:t>moved away</w:t></w:r></w:moveFrom>\
        <w:moveTo w:id=\"4\"><w:r><w:t xml:space=\"preserve\"> moved here</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id=\"5\"/></w:rPr></w:pPr><w:r><w:t>One line</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\"> with the next</w:t></w:r></w:p>";
    assert_eq!(text(body), "She said yes moved here\nOne line with the next");
    assert_eq!(left_out(body), [LeftOut::Deleted]);
    assert_eq!(left_out(&paragraph("Nothing else")), []);
}

#[test]
fn what_is_not_read_is_named() {
    let body = "<w:p><w:r><w:t>Words</w:t><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:commentReference w:id=\"2\"/>\
        <w:drawing><a/></w:drawing></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>";
    assert_eq!(text(body), "Words");
    assert_eq!(left_out(body), [LeftOut::Comments, LeftOut::Notes, LeftOut::Pictures]);
    let formula = "<w:p><w:r><w:t>Words</w:t></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>";
    assert_eq!((text(formula).as_str(), left_out(formula).as_slice()), ("Words", &[LeftOut::Other][..]));
    for of_another_file in ["<w:altChunk/>", "<w:p><w:subDoc/></w:p>"] {
        assert_eq!(left_out(&format!("{}{of_another_file}", paragraph("Words"))), [LeftOut::Other]);
    }
    let deleted = "<w:p><w:r><w:t>Words</w:t></w:r><w:del><m:r><m:t>x</m:t></m:r><w:r><w:sym/></w:r></w:del></w:p>";
    assert_eq!(left_out(deleted), [LeftOut::Deleted], "once");
    assert_eq!(left_out("<w:p><w:r><w:t>Words</w:t><w:sym/></w:r></w:p>"), [LeftOut::Letters]);
}

#[test]
fn a_text_box_is_read_once() {
    let inner = "<w:p><w:r><w:t>In a box</w:t></w:r></w:p>";
    let body = format!(
        "<w:p><w:r><w:t>Around</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{inner}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{inner}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>"
    );
    assert_eq!(text(&body), "Around\nIn a box");
}

#[test]
fn only_words_of_the_document_are_words_and_both_kinds_of_files_are_read() {
    let other = "<w:p><w:r><w:t>Ours</w:t></w:r><x:r><x:t>not ours</x:t></x:r></w:p>";
    assert_eq!(text(other), "Ours");
    let (list, strict) = (relationships("/word/document2.xml"), document(STRICT, &paragraph("Strict")));
    let strict = archive(&[("_rels/.rels", list.as_bytes()), ("word/document2.xml", strict.as_bytes())]);
    assert_eq!(read(&strict).unwrap().text, "Strict", "and the main document may have another name");
    let utf_16 = format!("\u{feff}{}", document(WORD, &paragraph("Zwölf")).replace("UTF-8", "UTF-16"));
    let utf_16: Vec<u8> = utf_16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let list = relationships("word/document.xml");
    let wide = archive(&[("_rels/.rels", list.as_bytes()), ("word/document.xml", &utf_16)]);
    assert_eq!(read(&wide).unwrap().text, "Zwölf");
}

#[test]
fn what_no_text_holds_does_not_come_into_one() {
    let odd = paragraph("a&#1;b&#x1b;c&#133;d");
    assert_eq!((text(&odd).as_str(), left_out(&odd).as_slice()), ("a\u{fffd}b\u{fffd}c\nd", &[LeftOut::Letters][..]));
    assert_eq!(read(&docx("<w:p/><w:p> </w:p>")), Err(ReadError::Empty));
}

#[test]
fn a_file_of_which_something_is_missing_or_broken_says_so() {
    let whole = docx(&paragraph("Words"));
    let list = relationships("word/document.xml");
    let without = archive(&[("_rels/.rels", list.as_bytes()), ("word/styles.xml", b"<a/>")]);
    let cut = document(WORD, &paragraph("Words"));
    let cut = &cut[..cut.len() - 20];
    let broken = |xml: &[u8]| archive(&[("_rels/.rels", list.as_bytes()), ("word/document.xml", xml)]);
    let entity = document(WORD, &paragraph("&everything;"));
    let mut flipped = whole.clone();
    // Within the packed bytes of the document.
    let place = memchr::memmem::rfind(&flipped, b"PK\x01\x02").unwrap() - 200;
    flipped[place] ^= 0x55;
    for (file, why) in [
        (without, "no main document"),
        (broken(cut.as_bytes()), "cut XML"),
        (broken(b"\xff\xfe\x00"), "no letters"),
        (broken(entity.as_bytes()), "an entity of its own"),
        (broken(document(WORD, "<w:p></w:tbl>").as_bytes()), "crossed elements"),
        (whole[..whole.len() - 30].to_vec(), "cut archive"),
        (flipped, "a byte flipped"),
    ] {
        assert_eq!(read(&file), Err(ReadError::Damaged), "{why}");
    }
}

#[test]
fn another_archive_is_named_as_what_it_is() {
    let list = relationships("xl/workbook.xml");
    let workbook = archive(&[
        ("_rels/.rels", list.as_bytes()),
        ("xl/workbook.xml", b"<workbook xmlns=\"x\"><sheets/></workbook>"),
    ]);
    let open_document = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")]);
    for file in [workbook, open_document, archive(&[]), archive(&[("a.txt", b"text")])] {
        assert_eq!(read(&file), Err(ReadError::OtherKind));
    }
}

#[test]
fn a_bomb_is_refused() {
    let list = relationships("word/document.xml");
    let begin = document(WORD, "<w:p><w:r><w:t>").replace("<w:sectPr/></w:body></w:document>", "");
    let filled = |with: &str, length: usize| {
        let xml = format!("{begin}{}", with.repeat(length / with.len()));
        archive(&[("_rels/.rels", list.as_bytes()), ("word/document.xml", xml.as_bytes())])
    };
    let long = filled("a", 60 * 1024 * 1024);
    assert!(long.len() < 200_000);
    assert_eq!(read(&long), Err(ReadError::TooLarge), "markup without end");
    let text = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a ".repeat(LONGEST_TEXT / 2 + 1));
    assert_eq!(read(&docx(&text)), Err(ReadError::TooLarge), "text without end");
    let deep = filled("<w:p>", 2 * 1024 * 1024);
    assert_eq!(read(&deep), Err(ReadError::Damaged), "elements in elements");
    let names: Vec<String> = (0..5000).map(|number| format!("word/{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(read(&archive(&many)), Err(ReadError::TooLarge), "parts without end");
    // A list of what is in the archive that is longer than any.
    let list = format!("{}<!--{}-->", relationships("word/document.xml"), "a".repeat(300_000));
    assert_eq!(read(&archive(&[("_rels/.rels", list.as_bytes())])), Err(ReadError::TooLarge));
}

#[test]
fn paragraphs_in_paragraphs_are_read_as_deep_as_any_document_goes_and_then_refused() {
    let nested = |deep: usize, words: &str| {
        docx(&format!("{}{}{}", "<w:p>".repeat(deep), paragraph(words), "</w:p>".repeat(deep)))
    };
    // Three more are the words', two are around all.
    assert_eq!(read(&nested(251, "In")).unwrap().text.trim(), "In");
    assert_eq!(read(&nested(252, "In")), Err(ReadError::Damaged));
    // Each that ends would hand out once more all that stands in it: hundreds of gigabytes, of a file of half a megabyte.
    assert_eq!(read(&nested(65_000, &"word ".repeat(600_000))), Err(ReadError::Damaged));
}

#[test]
fn what_was_read_of_a_document_is_the_same_as_a_text_file() {
    let body = [paragraph("I: Begin."), "<w:p/>".to_owned(), paragraph("P: End.")].concat();
    let first = read(&docx(&body)).unwrap();
    assert_eq!(first.text, "I: Begin.\n\nP: End.");
    assert_eq!(read(first.text.as_bytes()), Ok(first.clone()));
    assert_eq!(format!("{:?}", Text { ..first }), "Text(18 bytes, …)", "what was said is in no log");
}
