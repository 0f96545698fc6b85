//! A document for word processors (Office Open XML, ECMA-376): the same as the Markdown, with headings that make an outline.
//!
//! ```text
//! out.docx (ZIP)
//! ├── [Content_Types].xml, _rels/.rels   what is where
//! ├── docProps/core.xml                  the title
//! └── word/document.xml, styles.xml      what was written, and how it looks
//! ```
//!
//! Each line is a paragraph, however it ends in the text. What XML 1.0 cannot hold is shown as �. Lines that begin in a language written from
//! right to left are set so.

use std::io::{self, Cursor, Write};

use quick_xml::events::BytesText;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::document::{Block, Fact};
use super::xml::{self, Xml};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>
";

const PARTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
Target=\"docProps/core.xml\"/>\
</Relationships>
";

const STYLES_OF: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
Target=\"styles.xml\"/>\
</Relationships>
";

/// A style: its id, its name, what it does to paragraphs and to letters.
type Style = (&'static str, &'static str, &'static str, &'static str);

const STYLES: [Style; 7] = [
    ("Title", "Title", "<w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"40\"/>"),
    (
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:pageBreakBefore/><w:spacing w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"32\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"60\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"26\"/>",
    ),
    ("Fact", "Fact", "<w:spacing w:after=\"0\"/>", "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/>"),
    ("Question", "Question", "<w:keepNext/><w:spacing w:before=\"180\" w:after=\"60\"/>", "<w:i/>"),
    ("Written", "Written", "<w:spacing w:after=\"80\"/>", ""),
    (
        "Note",
        "Note",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"A6A6A6\"/>\
         <w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"A6A6A6\"/></w:pBdr>\
         <w:spacing w:before=\"120\" w:after=\"120\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"18\"/>",
    ),
];

/// How many lines there are for notes: the first says so.
const NOTES: [&str; 5] = ["Notes", "", "", "", ""];

pub(super) fn write(blocks: &[Block<'_>], out: &mut dyn Write) -> io::Result<()> {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts: [(&str, Vec<u8>); 6] = [
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", PARTS.into()),
        ("docProps/core.xml", core(title.unwrap_or_default())?),
        ("word/document.xml", document(blocks)?),
        ("word/_rels/document.xml.rels", STYLES_OF.into()),
        ("word/styles.xml", styles().into_bytes()),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    out.write_all(&zip.finish()?.into_inner())
}

fn core(title: &str) -> io::Result<Vec<u8>> {
    let mut out = xml::begin()?;
    out.create_element("cp:coreProperties")
        .with_attributes([
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("dc:title").write_text_content(BytesText::new(&xml::name(title)))?;
            Ok(())
        })?;
    xml::end(out)
}

fn styles() -> String {
    let mut all = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line=\"276\" \
         w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" \
         w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    );
    for (id, name, paragraph, letters) in STYLES {
        all += &format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        );
    }
    all + "</w:styles>\n"
}

fn document(blocks: &[Block<'_>]) -> io::Result<Vec<u8>> {
    // Without an indent: white space would stand in the text.
    let mut out = xml::begin_plain()?;
    out.create_element("w:document").with_attribute(("xmlns:w", W)).write_inner_content(|xml| {
        xml.create_element("w:body")
            .write_inner_content(|xml| blocks.iter().try_for_each(|block| write_block(block, xml)))?;
        Ok(())
    })?;
    xml::end(out)
}

fn write_block(block: &Block<'_>, xml: &mut Xml) -> io::Result<()> {
    match block {
        Block::Title(title) => paragraph("Title", title, xml),
        Block::Person(participant) => paragraph("Heading1", participant, xml),
        Block::Day(day) => paragraph("Heading2", day, xml),
        Block::Question(question) => paragraph("Question", question, xml),
        Block::Text(text) => lines(text).try_for_each(|line| paragraph("Written", line, xml)),
        Block::Notes => NOTES.iter().try_for_each(|line| paragraph("Note", line, xml)),
        Block::Facts(facts) => facts.iter().try_for_each(|Fact { text, file }| match file {
            Some(file) => paragraph("Fact", &format!("{text}: {file}"), xml),
            None => paragraph("Fact", text, xml),
        }),
    }
}

/// Lines, however each of them ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn paragraph(style: &str, text: &str, xml: &mut Xml) -> io::Result<()> {
    let from_right = is_from_right(text);
    xml.create_element("w:p").write_inner_content(|xml| {
        xml.create_element("w:pPr").write_inner_content(|xml| {
            xml.create_element("w:pStyle").with_attribute(("w:val", style)).write_empty()?;
            if from_right {
                xml.create_element("w:bidi").write_empty()?;
            }
            Ok(())
        })?;
        xml.create_element("w:r").write_inner_content(|xml| {
            if from_right {
                let letters = xml.create_element("w:rPr");
                letters.write_inner_content(|xml| {
                    xml.create_element("w:rtl").write_empty()?;
                    Ok(())
                })?;
            }
            xml.create_element("w:t")
                .with_attribute(("xml:space", "preserve"))
                .write_text_content(BytesText::new(&xml::text(text)))?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// Whether the first letter is one of Hebrew, Arabic or another script that is written from right to left.
fn is_from_right(text: &str) -> bool {
    let first = text.chars().find(|letter| letter.is_alphabetic());
    first.is_some_and(
        |letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
    )
}
