//! The text of a document as it is put together, and where in it what stands.

use std::ops::Range;

use super::LineEnds;

/// A document's text. Places are counted in code points.
pub(super) struct Text {
    text: String,
    length: usize,
    line_end: &'static str,
}

impl Text {
    pub fn new(line_ends: LineEnds) -> Self {
        let line_end = match line_ends {
            LineEnds::Lf => "\n",
            LineEnds::Crlf => "\r\n",
        };
        Self { text: String::new(), length: 0, line_end }
    }

    /// Where the next piece will stand.
    pub fn end(&self) -> usize {
        self.length
    }

    /// Adds a piece; its lines, however they end, end as the document's do. Says where it stands.
    pub fn push(&mut self, piece: &str) -> Range<usize> {
        let from = self.length;
        let mut rest = piece;
        while let Some(at) = rest.find(['\r', '\n']) {
            self.add(&rest[..at]);
            self.add(self.line_end);
            let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
            rest = &rest[at + end..];
        }
        self.add(rest);
        from..self.length
    }

    /// Ends a line.
    pub fn line(&mut self) {
        self.add(self.line_end);
    }

    fn add(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.length += piece.chars().count();
    }

    pub fn into_string(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_a_line_becomes_the_documents_own_and_places_count_code_points() {
        for (line_ends, expected) in [(LineEnds::Lf, "é👩🏽‍🚒\n\na\nb\n"), (LineEnds::Crlf, "é👩🏽‍🚒\r\n\r\na\r\nb\r\n")]
        {
            let mut text = Text::new(line_ends);
            assert_eq!(text.push("e\u{301}"), 0..2);
            let emoji = text.push("👩🏽‍🚒");
            assert_eq!(emoji, 2..6);
            text.push("\r\n\na\rb");
            text.line();
            let text = text.into_string();
            assert_eq!(text.replace("e\u{301}", "é"), expected);
            assert_eq!(text.chars().skip(emoji.start).take(emoji.len()).collect::<String>(), "👩🏽‍🚒");
        }
    }
}
