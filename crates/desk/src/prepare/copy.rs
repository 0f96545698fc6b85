//! An entry's copy, with names replaced.

use chrono::{DateTime, Timelike};
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

/// The same in one.
pub fn replaced(pseudonyms: &Pseudonyms, text: &str) -> String {
    pieces(pseudonyms, text).into_iter().map(|piece| piece.text).collect()
}

/// An entry's copy. Voice notes are not in it: nobody can replace a name in a voice, or the voice. Its writer's label may hold a name too.
pub fn copy(pseudonyms: &Pseudonyms, row: &Row) -> Row {
    let text = |text: &str| replaced(pseudonyms, text);
    let mut copy = row.clone();
    copy.participant = text(&row.participant);
    copy.written_at = part_of_day(&row.written_at);
    copy.text = text(&row.text);
    copy.tags = row.tags.iter().map(|tag| text(tag)).collect();
    for answer in &mut copy.answers {
        answer.value = text(&answer.value);
    }
    copy.voice = Vec::new();
    copy
}

/// The day of a time, and which part of it, by the writer's own clock: a minute is found again in a telephone's bill or a rota. What is written
/// after midnight is of the night of that day.
fn part_of_day(written_at: &str) -> String {
    let Ok(at) = DateTime::parse_from_rfc3339(written_at) else { return String::new() };
    let part = match at.hour() {
        0..5 => "night",
        5..12 => "morning",
        12..18 => "afternoon",
        _ => "evening",
    };
    format!("{} {part}", at.date_naive())
}

#[cfg(test)]
mod tests {
    use super::part_of_day;

    #[test]
    fn of_a_time_the_day_and_its_part_are_left() {
        for (at, left) in [
            ("2026-05-04T00:00:00.000+01:00", "2026-05-04 night"),
            ("2026-05-04T04:59:59.999-05:00", "2026-05-04 night"),
            ("2026-05-04T05:00:00.000Z", "2026-05-04 morning"),
            ("2026-05-04T12:00:00.000+05:45", "2026-05-04 afternoon"),
            ("2026-05-04T18:00:00.000+01:00", "2026-05-04 evening"),
            ("2026-05-04T23:59:59.999+01:00", "2026-05-04 evening"),
            ("some day", ""),
        ] {
            assert_eq!(part_of_day(at), left, "{at}");
        }
    }
}
