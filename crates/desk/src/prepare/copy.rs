//! An entry's copy, with names replaced.

use unicode_normalization::UnicodeNormalization;

use super::pseudonyms::{Decision, Pseudonyms, Verdict};
use crate::export::Row;

/// A part of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// As it stands in the copy.
    pub text: String,
    /// What stands in the original, where it was replaced.
    pub was: Option<String>,
}

/// What was written stays out of logs.
impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Piece(…)")
    }
}

/// A text's copy: its pieces one after the other.
pub fn pieces(pseudonyms: &Pseudonyms, text: &str) -> Vec<Piece> {
    let text: String = text.nfc().collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    let replaced = |decision: &Decision| match &decision.verdict {
        Verdict::Replace(by) => Some(by.as_str().to_owned()),
        Verdict::Leave | Verdict::Undone => None,
    };
    let found = pseudonyms.find(&text).into_iter();
    for (range, by) in found.filter_map(|(range, decision)| Some((range, replaced(decision)?))) {
        if from < range.start {
            pieces.push(Piece { text: text[from..range.start].to_owned(), was: None });
        }
        from = range.end;
        pieces.push(Piece { text: by, was: Some(text[range].to_owned()) });
    }
    if from < text.len() {
        pieces.push(Piece { text: text[from..].to_owned(), was: None });
    }
    pieces
}

/// An entry's copy. Voice notes are not in it: nobody can replace a name in a voice, or the voice.
pub fn copy(pseudonyms: &Pseudonyms, row: &Row) -> Row {
    let text = |text: &str| pieces(pseudonyms, text).into_iter().map(|piece| piece.text).collect::<String>();
    let mut copy = row.clone();
    copy.text = text(&row.text);
    copy.tags = row.tags.iter().map(|tag| text(tag)).collect();
    for answer in &mut copy.answers {
        answer.value = text(&answer.value);
    }
    copy.voice = Vec::new();
    copy
}
