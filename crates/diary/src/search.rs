//! Search: over everything, in memory only.

use waymark_protocol::EntryId;
use waymark_protocol::content::Entry;

use crate::diary::Diary;
use crate::voice;

/// How many characters are shown before and after the first match.
const AROUND: usize = 60;

/// An entry in which all words occur.
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// Text around the first match.
    pub around: Vec<Piece>,
}

/// A run of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

impl Diary {
    /// Entries whose latest revision has all of the query's words, in any case, newest first.
    pub fn search(&self, query: &str) -> Vec<Hit> {
        let words: Vec<Vec<char>> = query.split_whitespace().map(|word| fold(word).0).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let found = |id: EntryId| {
            let latest = self.entries.get(&id)?.last()?;
            around(&everything(&latest.entry), &words).map(|around| Hit { entry: id, around })
        };
        self.entry_ids().into_iter().filter_map(found).collect()
    }
}

fn everything(entry: &Entry) -> String {
    let mut all: Vec<&str> = voice::written_answers(entry).map(|answer| answer.value.as_str()).collect();
    all.push(&entry.text);
    all.extend(entry.tags.iter().map(String::as_str));
    all.retain(|text| !text.is_empty());
    all.join(" \u{b7} ")
}

/// Lower case, character by character, with the index of the character that each came from.
fn fold(text: &str) -> (Vec<char>, Vec<usize>) {
    let mut folded = Vec::new();
    let mut origin = Vec::new();
    for (index, letter) in text.chars().enumerate() {
        for lower in letter.to_lowercase() {
            folded.push(lower);
            origin.push(index);
        }
    }
    (folded, origin)
}

/// The surroundings of the first match, when all words occur.
fn around(text: &str, words: &[Vec<char>]) -> Option<Vec<Piece>> {
    let (folded, origin) = fold(text);
    let first = |word: &Vec<char>| folded.windows(word.len()).position(|window| window == &word[..]);
    let earliest = words.iter().map(first).collect::<Option<Vec<_>>>()?.into_iter().min()?;
    let letters: Vec<char> = text.chars().collect();
    let centre = origin[earliest];
    let from = centre.saturating_sub(AROUND);
    let to = (centre + 2 * AROUND).min(letters.len());
    let mut is_hit = vec![false; letters.len()];
    for word in words {
        for start in (0..=folded.len().saturating_sub(word.len())).filter(|at| folded[*at..].starts_with(word)) {
            (start..start + word.len()).for_each(|at| is_hit[origin[at]] = true);
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for index in from..to {
        match pieces.last_mut() {
            Some(piece) if piece.hit == is_hit[index] => piece.text.push(letters[index]),
            _ => pieces.push(Piece { text: letters[index].to_string(), hit: is_hit[index] }),
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, query: &str) -> Option<String> {
        let words: Vec<Vec<char>> = query.split_whitespace().map(|word| fold(word).0).collect();
        let pieces = around(text, &words)?;
        Some(pieces.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect())
    }

    #[test]
    fn all_words_must_occur_in_any_case_and_are_marked() {
        assert_eq!(pieces("He waited, and I waited.", "WAITED he").unwrap(), "[He] [waited], and I [waited].");
        assert_eq!(pieces("He waited.", "waited nobody"), None);
    }

    #[test]
    fn scripts_whose_lower_case_has_another_length_are_found_where_they_stand() {
        assert_eq!(pieces("\u{130}stanbul gecesi \u{1f319}", "gecesi").unwrap(), "\u{130}stanbul [gecesi] \u{1f319}");
        assert_eq!(
            pieces("\u{645}\u{631}\u{62d}\u{628}\u{627}", "\u{631}\u{62d}").unwrap(),
            "\u{645}[\u{631}\u{62d}]\u{628}\u{627}"
        );
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_match() {
        let text = format!("{}needle{}", "a ".repeat(500), " b".repeat(500));
        let shown = pieces(&text, "needle").unwrap();
        assert!(shown.contains("[needle]") && shown.chars().count() < 200);
    }
}
