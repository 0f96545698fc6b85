//! Folding: what is written in several ways is found in all of them.
//!
//! ```text
//! fold(text) = for each character: compatibility decomposition (Unicode's NFKD), lower case, without accents
//! ```
//!
//! So "Café", "CAFE" and "cafe\u{301}" are one. Characters are folded one by one: what a character becomes does not depend
//! on its neighbours, so that a found place leads back to what was written.

use unicode_normalization::char::decompose_compatible;

/// A folded text.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_each(text, |letter, _| folded.push(letter));
    folded
}

/// A folded text, and for each of its bytes the place in `text` of the character that it comes from.
pub(super) fn fold_with_origin(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    fold_each(text, |letter, place| {
        folded.push(letter);
        origin.resize(folded.len(), place);
    });
    (folded, origin)
}

/// Calls `each` with every folded character and the place of the character that it comes from.
fn fold_each(text: &str, mut each: impl FnMut(char, usize)) {
    for (place, letter) in text.char_indices() {
        // Most of most diaries, and all of it that is worth a shorter way.
        if letter.is_ascii() {
            each(letter.to_ascii_lowercase(), place);
            continue;
        }
        decompose_compatible(letter, |part| {
            if !is_accent(part) {
                fold_part(part, |folded| each(folded, place));
            }
        });
    }
}

/// Lower case; and letters that are one with another for whoever looks for them, although Unicode does not take them apart.
fn fold_part(part: char, mut each: impl FnMut(char)) {
    let lower = part.to_lowercase().filter(|letter| !is_accent(*letter));
    for letter in lower {
        match letter {
            'ß' => each_of("ss", &mut each),
            'æ' => each_of("ae", &mut each),
            'œ' => each_of("oe", &mut each),
            'ø' => each('o'),
            'ł' => each('l'),
            'đ' => each('d'),
            'ı' => each('i'),
            'ς' => each('σ'),
            other => each(other),
        }
    }
}

fn each_of(letters: &str, each: &mut impl FnMut(char)) {
    letters.chars().for_each(each);
}

/// Marks that a person may leave out when looking for a word: accents of Latin, Greek and Cyrillic letters, the points of
/// Hebrew and Arabic, and Arabic's lengthening line. Not the vowel signs of Indic scripts and not the voicing marks of
/// Japanese: without them it is another word.
pub(super) fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_points_and_forms_are_folded() {
        for (written, folded) in [
            ("CAFÉ cafe\u{301}", "cafe cafe"),
            ("Ångström, Straße, Æon, Łódź", "angstrom, strasse, aeon, lodz"),
            ("\u{130}stanbul, Diyarbak\u{131}r", "istanbul, diyarbakir"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("Ёлка", "елка"),
            ("كِتَابٌ كتـــاب", "كتاب كتاب"),
            ("שָׁלוֹם", "שלום"),
            ("\u{fb01}n \u{ff21}\u{ff22}", "fin ab"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn marks_that_make_another_word_stay() {
        assert_ne!(fold("か"), fold("が"));
        assert_ne!(fold("कि"), fold("की"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once_and_every_byte_has_an_origin(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded), &folded);
            let (same, origin) = fold_with_origin(&text);
            prop_assert_eq!(&same, &folded);
            prop_assert_eq!(origin.len(), folded.len());
            prop_assert!(origin.is_sorted() && origin.iter().all(|place| text.is_char_boundary(*place)));
        }
    }
}
