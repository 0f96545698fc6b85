//! The words that the rules know, and how two spellings are compared.

mod lists;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use self::lists::{List, MONTHS};

use self::lists::LISTS;

/// What else a given name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Nothing else.
    Plain,
    /// An everyday word: a name only with a capital.
    Everyday,
    /// An everyday word that begins sentences.
    Opener,
    /// More often something else.
    Seldom,
    /// A place as well.
    Place,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// A given name.
    Given(Given),
    /// A word that names nobody, with a capital or without.
    Ordinary,
}

/// Everything that is known of a word by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Whether it is a name, or names nobody.
    pub known: Option<Known>,
    lists: u32,
}

impl Sense {
    /// What is known of a word as it is written. Of two words with a hyphen the first decides whether they are a name.
    pub fn of(word: &str) -> Self {
        let folded = fold(word);
        let own = WORDS.get(folded.as_str()).copied().unwrap_or_default();
        let first = || WORDS.get(folded.split_once('-')?.0)?.known;
        Self { known: own.known.or_else(first), ..own }
    }

    /// Whether the word is on a list.
    pub fn is(self, list: List) -> bool {
        self.lists & (1 << list as u32) != 0
    }
}

static WORDS: LazyLock<HashMap<&'static str, Sense>> = LazyLock::new(|| {
    let entries =
        |list: &'static str| list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    let ordinary = [include_str!("ordinary.txt"), include_str!("capitals.txt"), include_str!("places.txt")];
    let mut words: HashMap<&'static str, Sense> = HashMap::new();
    for word in ordinary.into_iter().flat_map(entries) {
        words.entry(word).or_default().known = Some(Known::Ordinary);
    }
    // A word that is both is a name, with what its sign says.
    for entry in entries(include_str!("given.txt")) {
        let word = entry.trim_end_matches(['~', '!', '?', '@']);
        let given = match &entry[word.len()..] {
            "~" => Given::Everyday,
            "!" => Given::Opener,
            "?" => Given::Seldom,
            "@" => Given::Place,
            _ => Given::Plain,
        };
        words.entry(word).or_default().known = Some(Known::Given(given));
    }
    let months = MONTHS.iter().map(|names| (List::Months, *names));
    for (list, names) in LISTS.iter().copied().chain(months) {
        for word in names.split_whitespace() {
            words.entry(word).or_default().lists |= 1 << list as u32;
        }
    }
    words
});

/// A word as it is compared: small letters without accents, and the straight apostrophe.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{2019}' | '\u{2bc}' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            '\u{300}'..='\u{36f}' => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => c.to_lowercase().for_each(|c| match base(c) {
                Some(letter) => folded.push(letter),
                // What lower-casing leaves of a dotted capital I is an accent too.
                None if ('\u{300}'..='\u{36f}').contains(&c) => {}
                None => folded.push(c),
            }),
        }
    }
    folded
}

/// The Latin letter under an accent.
fn base(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

/// A word without what is hung on by an apostrophe: `Danny` of `Danny's`. The second is that ending, folded.
pub(crate) fn stem(word: &str) -> (&str, &'static str) {
    const ENDINGS: [&str; 6] = ["s", "ll", "d", "ve", "re", "m"];
    let Some((at, apostrophe)) = word.char_indices().rev().find(|(_, c)| matches!(c, '\'' | '\u{2019}' | '\u{2bc}'))
    else {
        return (word, "");
    };
    let ending = &word[at + apostrophe.len_utf8()..];
    let known = ENDINGS.into_iter().find(|known| known.eq_ignore_ascii_case(ending));
    known.map_or((word, ""), |known| (&word[..at], known))
}

/// Endings of words that seldom are names.
pub(crate) const ENDINGS: [&str; 24] = [
    "tion", "sion", "ment", "ness", "ity", "ing", "ly", "ism", "ance", "ence", "ous", "ful", "able", "ship", "hood",
    "ology", "ics", "ers", "ed", "less", "day", "ive", "ish", "ible",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_one_word() {
        for spelling in ["José", "JOSÉ", "Jose\u{301}", "jose"] {
            assert_eq!(fold(spelling), "jose");
        }
        assert_eq!(fold("O\u{2019}Neill"), "o'neill");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn a_stem_loses_what_hangs_on_it_and_nothing_else() {
        assert_eq!(stem("Danny's"), ("Danny", "s"));
        assert_eq!(stem("Danny\u{2019}LL"), ("Danny", "ll"));
        assert_eq!(stem("O'Neill"), ("O'Neill", ""));
        assert_eq!(stem("O'Neill's"), ("O'Neill", "s"));
        assert_eq!(stem("Jan"), ("Jan", ""));
    }

    #[test]
    fn the_lists_say_what_a_word_is() {
        assert_eq!(Sense::of("danny").known, Some(Known::Given(Given::Plain)));
        assert_eq!(Sense::of("hope").known, Some(Known::Given(Given::Opener)));
        assert_eq!(Sense::of("may").known, Some(Known::Given(Given::Seldom)));
        assert_eq!(Sense::of("jordan").known, Some(Known::Given(Given::Place)));
        assert_eq!(Sense::of("glasgow").known, Some(Known::Ordinary));
        assert_eq!(Sense::of("lee-ann").known, Some(Known::Given(Given::Everyday)));
        assert_eq!(Sense::of("xylophone").known, None);
    }

    #[test]
    fn every_entry_can_be_met() {
        for word in WORDS.keys() {
            assert_eq!(&fold(word), word, "the lists are folded");
        }
    }

    /// A word with no sign that a list of everyday words has as well would be pointed out in small letters.
    #[test]
    fn what_is_a_name_and_a_word_says_so() {
        let ordinary = include_str!("ordinary.txt").split_whitespace();
        let unsigned: Vec<_> =
            ordinary.filter(|word| Sense::of(word).known == Some(Known::Given(Given::Plain))).collect();
        assert_eq!(unsigned, Vec::<&str>::new());
    }
}
