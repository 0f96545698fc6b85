//! Postal addresses: streets with a number, postcodes, flats; and what lies between two of them, together.

mod postcode;
mod street;

use std::ops::Range;

use crate::Strength;
use crate::tokens::{Line, TokenKind};

/// The most tokens between two parts of one address: `, Glasgow `.
const MAX_GAP: usize = 8;

/// A part of an address: its first and last token.
#[derive(Debug, Clone, Copy)]
struct Part {
    first: usize,
    last: usize,
    strength: Strength,
}

/// The addresses in a line, in order.
pub(crate) fn find(line: &Line<'_>) -> Vec<(Range<usize>, Strength)> {
    let mut whole: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < line.tokens.len() {
        let part = street::find(line, at).or_else(|| postcode::find(line, at));
        let Some(part) = part else {
            at += 1;
            continue;
        };
        at = part.last + 1;
        match whole.last_mut() {
            Some(last) if part.first > last.last && joins(line, last.last + 1, part.first) => {
                last.last = part.last;
                last.strength = last.strength.max(part.strength);
            }
            Some(last) if part.first <= last.last => {}
            _ => whole.push(part),
        }
    }
    let range = |part: Part| line.tokens[part.first].start..line.tokens[part.last].end;
    whole.into_iter().map(|part| (range(part), part.strength)).collect()
}

/// Whether what lies between two parts is a town, or nothing.
fn joins(line: &Line<'_>, from: usize, to: usize) -> bool {
    let inside = |at: usize| match line.kind(at) {
        Some(TokenKind::Space | TokenKind::Mark(',' | '-' | '.')) => true,
        Some(TokenKind::Word) => is_capital(line.of(at)),
        _ => false,
    };
    to - from <= MAX_GAP && (from..to).all(inside)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
