//! Search: over everything that was written, in memory only.

mod fold;
mod index;

use waymark_protocol::content::{Answer, Entry};

pub(crate) use fold::fold;
pub(crate) use index::{Index, Query, folded};

use crate::diary::{Revision, heads};
use crate::voice;
use fold::{fold_with_origin, is_accent};

/// How many characters are shown before the first match, and twice as many after it.
const AROUND: usize = 60;

/// A run of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

/// What can be looked for in an entry: answers, text and tags of what it says now. Where two phones have said different
/// things, of both.
fn words_of(revisions: &[Revision]) -> String {
    let mut words = String::new();
    put_words(revisions, |answer| &answer.value, &mut words);
    words
}

/// [`words_of`], at the end of `words`; of an answer what `read` says.
fn put_words<'e>(revisions: &'e [Revision], read: impl Fn(&'e Answer) -> &'e str + Copy, words: &mut String) {
    let pieces = heads(revisions).flat_map(|it| pieces_of(&it.entry, read)).filter(|piece| !piece.is_empty());
    for (place, piece) in pieces.enumerate() {
        if place > 0 {
            words.push_str(" \u{b7} ");
        }
        words.push_str(piece);
    }
}

fn pieces_of<'e>(entry: &'e Entry, read: impl Fn(&'e Answer) -> &'e str) -> impl Iterator<Item = &'e str> {
    let answers = voice::written_answers(entry).map(read);
    answers.chain([entry.text.as_str()]).chain(entry.tags.iter().map(String::as_str))
}

/// The surroundings of the first match in an entry.
pub(crate) fn around(revisions: &[Revision], query: &Query) -> Vec<Piece> {
    let mut words = String::new();
    put_words(revisions, |answer| query.choices().words(answer), &mut words);
    around_in(&words, query)
}

fn around_in(text: &str, query: &Query) -> Vec<Piece> {
    let (folded, origin) = fold_with_origin(text);
    let mut is_hit = vec![false; text.len()];
    let mut first = text.len();
    for finder in query.finders() {
        for start in finder.find_iter(folded.as_bytes()) {
            let end = start + finder.needle().len();
            origin[start..end].iter().for_each(|place| is_hit[*place] = true);
            first = first.min(origin[start]);
        }
    }
    let from = text[..first].char_indices().rev().take(AROUND).last().map_or(first, |(place, _)| place);
    let mut pieces: Vec<Piece> = Vec::new();
    let before = text[from..first].chars().count();
    for (place, letter) in text[from..].char_indices().take(before + 2 * AROUND) {
        match pieces.last_mut() {
            // An accent belongs to the letter that it stands on.
            Some(piece) if is_accent(letter) || piece.hit == is_hit[from + place] => piece.text.push(letter),
            _ => pieces.push(Piece { text: letter.to_string(), hit: is_hit[from + place] }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, query: &str) -> String {
        let pieces = around_in(text, &Query::new(query));
        pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn all_words_are_marked_in_any_case_and_with_or_without_accents() {
        assert_eq!(pieces("He waited, and I waited.", "WAITED he"), "[He] [waited], and I [waited].");
        assert_eq!(pieces("a café, a cafe\u{301}s", "cafe"), "a [café], a [cafe\u{301}]s");
        assert_eq!(pieces("a cafe", "CAFÉ"), "a [cafe]");
        assert_eq!(pieces("die Straße", "strasse"), "die [Straße]");
    }

    #[test]
    fn scripts_whose_lower_case_has_another_length_are_found_where_they_stand() {
        assert_eq!(pieces("\u{130}stanbul gecesi \u{1f319}", "gecesi"), "\u{130}stanbul [gecesi] \u{1f319}");
        assert_eq!(
            pieces("\u{645}\u{631}\u{62d}\u{628}\u{627}", "\u{631}\u{62d}"),
            "\u{645}[\u{631}\u{62d}]\u{628}\u{627}"
        );
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_match() {
        let text = format!("{}needle{}", "a ".repeat(500), " b".repeat(500));
        let shown = pieces(&text, "needle");
        assert!(shown.contains("[needle]") && shown.chars().count() < 200);
        assert!(pieces(&"é".repeat(300), "nothing").chars().count() <= AROUND);
    }
}
