//! Text as words, numbers, spaces and marks. Everything above works on these, one line at a time.

use crate::vocabulary::{List, Sense};

/// What a stretch of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with the apostrophes and hyphens between them: `don't`, `Mary-Jane`.
    Word,
    /// Decimal digits of any script that [`digit`] knows.
    Number,
    /// White space that is no end of a line.
    Space,
    /// One other character.
    Mark(char),
}

/// A stretch of a text, in bytes from its beginning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// What is known of it, if it is a word.
    pub sense: Sense,
    pub start: usize,
    pub end: usize,
}

/// The tokens of one line, and the text that they lie in.
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
}

impl<'t> Line<'t> {
    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(TokenKind::Mark(mark))
    }

    pub fn is_space(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Space)
    }

    /// The text of a token; empty where there is none.
    pub fn of(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The word at a place, if there is one.
    pub fn word(&self, at: usize) -> Option<&'t str> {
        (self.kind(at)? == TokenKind::Word).then(|| self.of(at))
    }

    /// Whether there is a word of a list at a place.
    pub fn is(&self, at: usize, list: List) -> bool {
        self.tokens.get(at).is_some_and(|token| token.sense.is(list))
    }

    /// The number at a place, if there is one.
    pub fn number(&self, at: usize) -> Option<&'t str> {
        (self.kind(at)? == TokenKind::Number).then(|| self.of(at))
    }

    /// The value of a number of at most four digits.
    pub fn small(&self, at: usize) -> Option<u32> {
        let number = self.number(at)?;
        let digits = number.chars().count();
        (digits <= 4).then(|| number.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit))
    }
}

/// The value of a decimal digit, also an Arabic, Persian, Devanagari or full-width one.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    let value = |zero: char| (c as u32).checked_sub(zero as u32).filter(|value| *value < 10);
    ZEROS.into_iter().find_map(value)
}

/// Whether a character sits on the letter before it, or joins two.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{93c}' | '\u{94d}' | '\u{9cd}' | '\u{200c}' | '\u{200d}')
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character may stand between two letters of one word.
fn inside_word(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '-' | '\u{2010}' | '\u{2011}')
}

/// The lines of a text that have anything in them.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if ends_line(c) {
            if !tokens.is_empty() {
                lines.push(Line { text, tokens: std::mem::take(&mut tokens) });
            }
            continue;
        }
        let kind = if digit(c).is_some() {
            TokenKind::Number
        } else if c.is_alphabetic() {
            TokenKind::Word
        } else if c.is_whitespace() {
            TokenKind::Space
        } else {
            TokenKind::Mark(c)
        };
        while let Some((at, next)) = chars.peek().copied() {
            let goes_on = match kind {
                TokenKind::Number => digit(next).is_some(),
                TokenKind::Space => next.is_whitespace() && !ends_line(next),
                TokenKind::Mark(_) => false,
                TokenKind::Word => {
                    let after = text[at + next.len_utf8()..].chars().next();
                    (next.is_alphabetic() && digit(next).is_none())
                        || joins(next)
                        || (inside_word(next) && after.is_some_and(char::is_alphabetic))
                }
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let sense = if kind == TokenKind::Word { Sense::of(&text[start..end]) } else { Sense::default() };
        tokens.push(Token { kind, sense, start, end });
    }
    if !tokens.is_empty() {
        lines.push(Line { text, tokens });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<Vec<&str>> {
        let of = |line: &Line<'_>| {
            (0..line.tokens.len()).map(|at| &text[line.tokens[at].start..line.tokens[at].end]).collect()
        };
        lines(text).iter().map(of).collect()
    }

    #[test]
    fn words_keep_their_apostrophes_and_hyphens_but_not_those_around_them() {
        assert_eq!(split("'Danny's' Mary-Jane -"), [["'", "Danny's", "'", " ", "Mary-Jane", " ", "-"]]);
    }

    #[test]
    fn letters_and_numbers_part_and_lines_end_in_every_way() {
        assert_eq!(split("G4\r\n\u{661}\u{662}x"), [["G", "4"], ["\u{661}\u{662}", "x"]]);
        assert_eq!(split("a\u{2028}b\n\n"), [["a"], ["b"]]);
    }

    #[test]
    fn an_accent_belongs_to_its_letter() {
        assert_eq!(split("Jose\u{301} s"), [["Jose\u{301}", " ", "s"]]);
    }

    #[test]
    fn digits_of_other_scripts_count() {
        assert_eq!([digit('7'), digit('\u{667}'), digit('\u{6f7}'), digit('x')], [Some(7), Some(7), Some(7), None]);
    }
}
