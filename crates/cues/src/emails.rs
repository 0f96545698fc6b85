//! E-mail addresses: `local@domain` as people write it (a plain part of RFC 5322), and `name at gmail dot com`.

use std::ops::Range;

use crate::Strength;
use crate::tokens::{Line, TokenKind};
use crate::vocabulary::fold;

/// The longest local part and domain of RFC 5321.
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;
/// Where people have their mail; elsewhere `at … dot` says too little.
const PROVIDERS: [&str; 10] =
    ["gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "live", "aol", "proton", "protonmail"];

/// The e-mail addresses in a line, in order.
pub(crate) fn find(line: &Line<'_>) -> Vec<(Range<usize>, Strength)> {
    let mut found: Vec<(Range<usize>, Strength)> = Vec::new();
    for at in 0..line.tokens.len() {
        let address = match line.tokens[at].kind {
            TokenKind::Mark('@') => written(line, at).map(|range| (range, Strength::Certain)),
            TokenKind::Word if line.of(at).eq_ignore_ascii_case("at") => {
                spoken(line, at).map(|range| (range, Strength::Likely))
            }
            _ => None,
        };
        found.extend(address.filter(|(range, _)| found.last().is_none_or(|(last, _)| last.end <= range.start)));
    }
    found
}

fn written(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let sign = line.tokens[at];
    let in_local = |at: usize| match line.kind(at) {
        Some(TokenKind::Word | TokenKind::Number) => true,
        Some(TokenKind::Mark(c)) => matches!(c, '.' | '_' | '%' | '+' | '-' | '\''),
        _ => false,
    };
    let mut first = at;
    while first > 0 && in_local(first - 1) && sign.start - line.tokens[first - 1].start <= MAX_LOCAL {
        first -= 1;
    }
    // A quotation mark, a bullet or a full stop before it is not a part of it.
    while first < at && !matches!(line.kind(first), Some(TokenKind::Word | TokenKind::Number)) {
        first += 1;
    }
    let last = domain(line, at + 1, sign.end)?;
    (first < at).then(|| line.tokens[first].start..line.tokens[last].end)
}

/// The last token of the domain that begins at a place: labels with dots between them, the last of two letters or more.
fn domain(line: &Line<'_>, from: usize, start: usize) -> Option<usize> {
    let mut at = from;
    let mut labels = 0;
    let mut last = None;
    while line.tokens.get(at).is_some_and(|token| token.end - start <= MAX_DOMAIN) {
        let ends_in_letters = label(line, &mut at)?;
        labels += 1;
        if labels >= 2 && ends_in_letters && line.of(at - 1).chars().count() >= 2 {
            last = Some(at - 1);
        }
        let more = line.is_mark(at, '.') && matches!(line.kind(at + 1), Some(TokenKind::Word | TokenKind::Number));
        if !more {
            break;
        }
        at += 1;
    }
    last
}

/// Passes over one label. Whether its last token is a word; `None` without a label.
fn label(line: &Line<'_>, at: &mut usize) -> Option<bool> {
    let from = *at;
    while matches!(line.kind(*at), Some(TokenKind::Word | TokenKind::Number)) || (*at > from && line.is_mark(*at, '-'))
    {
        *at += 1;
    }
    (*at > from).then(|| line.word(*at - 1).is_some())
}

/// `danny at gmail dot com`, `danny at gmail.com`; `at` is where the word "at" stands.
fn spoken(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let spaced = |at: usize| line.is_space(at);
    let provider = line.word(at + 2).filter(|_| spaced(at + 1))?;
    if at < 2 || !spaced(at - 1) || !PROVIDERS.contains(&fold(provider).as_str()) {
        return None;
    }
    let last = if line.is_mark(at + 3, '.') {
        at + 4
    } else {
        let dot = line.word(at + 4).is_some_and(|word| word.eq_ignore_ascii_case("dot"));
        (spaced(at + 3) && dot && spaced(at + 5)).then_some(at + 6)?
    };
    line.word(last)?;
    let mut first = at - 2;
    matches!(line.kind(first), Some(TokenKind::Word | TokenKind::Number)).then_some(())?;
    while first > 0 && at - first < 12 && !line.is_space(first - 1) {
        first -= 1;
    }
    Some(line.tokens[first].start..line.tokens[last].end)
}
