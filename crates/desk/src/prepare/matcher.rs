//! Where decided terms stand in a text, as whole words.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::char::is_combining_mark;

/// Where in a text a term stands, and which one, by its place in the list.
pub(super) type Found = (Range<usize>, usize);

/// Finds many terms at once, in texts of Unicode's composed form.
pub(super) struct Matcher(Option<AhoCorasick>);

/// Names stay out of logs.
impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Matcher(…)")
    }
}

impl Matcher {
    /// Of these terms, none of them empty, in composed form.
    pub fn of<'t>(terms: impl IntoIterator<Item = &'t str>) -> Self {
        let mut terms = terms.into_iter().peekable();
        if terms.peek().is_none() {
            return Self(None);
        }
        Self(Some(AhoCorasick::new(terms).expect("its limits are far beyond all terms that a desk's memory holds")))
    }

    /// Where which term stands, by its place in the list, from left to right; where several overlap, the one that begins first, of
    /// those the longest.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut all = self.find_all(text);
        let mut end = 0;
        all.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        all
    }

    /// The same with those that others stand over.
    pub fn find_all(&self, text: &str) -> Vec<Found> {
        let Some(automaton) = &self.0 else { return Vec::new() };
        let all = automaton.find_overlapping_iter(text).map(|found| (found.range(), found.pattern().as_usize()));
        let mut all: Vec<_> = all.filter(|(range, _)| is_whole(text, range)).collect();
        all.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        all
    }
}

/// Whether no word goes on beyond either end.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let [before, inside, after] = [&text[..range.start], &text[range.clone()], &text[range.end..]];
    let go_on = |left: Option<char>, right: Option<char>| left.zip(right).is_some_and(|(a, b)| joins(a) && joins(b));
    let marked = after.chars().next().is_some_and(is_combining_mark);
    !marked
        && !go_on(before.chars().next_back(), inside.chars().next())
        && !go_on(inside.chars().next_back(), after.chars().next())
}

/// Whether this character makes a word with others like it. In writing without spaces between words, a word may begin anywhere.
fn joins(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_written_without_spaces(c)
}

/// Han, kana, Thai, Lao, Khmer, Myanmar and Tibetan.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{0f00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(terms: &[&'t str], text: &str) -> Vec<(&'t str, usize)> {
        Matcher::of(terms.iter().copied())
            .find(text)
            .into_iter()
            .map(|(range, nth)| (terms[nth], range.start))
            .collect()
    }

    #[test]
    fn terms_are_found_as_whole_words_in_whatever_stands_around_them() {
        assert_eq!(
            found(&["Ann"], "Ann's aunt, Anna (Ann) Ann-Marie ANN _Ann_"),
            [("Ann", 0), ("Ann", 18), ("Ann", 23), ("Ann", 38)]
        );
        assert_eq!(found(&["Zoe"], "Zoe\u{308} Zoe"), [("Zoe", 6)], "a mark on its last letter makes it another name");
        assert_eq!(found(&["小明"], "我和小明去了"), [("小明", 6)], "no space stands between words there");
        assert_eq!(found(&["سارة"], "مع سارة، وسارة"), [("سارة", 5)]);
        assert_eq!(found(&[], "nothing"), []);
    }

    #[test]
    fn the_longest_of_those_that_begin_first_is_taken_and_where_it_is_no_word_a_shorter_one() {
        assert_eq!(found(&["Hope", "Hope House", "House Street"], "Hope House Street"), [("Hope House", 0)]);
        assert_eq!(found(&["Hope", "Hope House"], "Hope Houses"), [("Hope", 0)]);
    }
}
