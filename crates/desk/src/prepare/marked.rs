//! A copy with marks: what was replaced in it, and what may be a name and nobody has decided about.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::copy::pieces;
use super::finder::Candidate;
use super::matcher::Matcher;
use super::pseudonyms::Pseudonyms;

/// A part of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Marked {
    /// As it stands in the copy.
    pub text: String,
    /// What stands in the original, where it was replaced.
    pub was: Option<String>,
    /// Whether it may be a name, and nobody has decided about it.
    pub may_be: bool,
}

/// What was written stays out of logs.
impl std::fmt::Debug for Marked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marked(…)")
    }
}

/// A text's copy, marked: its pieces one after the other. `found` is what was found in all texts.
pub fn marked(pseudonyms: &Pseudonyms, found: &[Candidate], text: &str) -> Vec<Marked> {
    let composed: String = text.nfc().collect();
    let decided: Vec<Range<usize>> = pseudonyms.find(&composed).into_iter().map(|(range, _)| range).collect();
    let matcher = Matcher::of(found.iter().map(|candidate| candidate.term.as_str()));
    let covered = |range: &Range<usize>| decided.iter().any(|over| over.start <= range.start && range.end <= over.end);
    let mut open =
        matcher.find(&composed).into_iter().map(|(range, _)| range).filter(|range| !covered(range)).peekable();
    let mut all = Vec::new();
    let mut at = 0;
    for piece in pieces(pseudonyms, text) {
        let end = at + piece.was.as_ref().unwrap_or(&piece.text).len();
        if piece.was.is_some() {
            all.push(Marked { text: piece.text, was: piece.was, may_be: false });
            at = end;
            continue;
        }
        // What reaches into something that is replaced is marked as far as it stands in the copy.
        while let Some(range) = open.next_if(|range| range.start < end) {
            let (from, until) = (range.start.max(at), range.end.min(end));
            if from < until {
                push(&mut all, &composed[at..from], false);
                push(&mut all, &composed[from..until], true);
                at = until;
            }
            if range.end > end {
                break;
            }
        }
        push(&mut all, &composed[at..end], false);
        at = end;
    }
    all
}

fn push(all: &mut Vec<Marked>, text: &str, may_be: bool) {
    if !text.is_empty() {
        all.push(Marked { text: text.to_owned(), was: None, may_be });
    }
}
