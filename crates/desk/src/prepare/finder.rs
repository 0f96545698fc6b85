//! What may be a name in what would go out, found by rules.
//!
//! - *Contact*: e-mail addresses, links, and names that begin with @.
//! - *Number*: seven digits or more as one writes telephone numbers, five or more in a row, and British postcodes. Dates are none.
//! - *Name*: words that begin with a capital letter within a sentence, together when they follow each other; and what was decided about,
//!   written in other letters.
//! - *Perhaps*: the same at the beginning of a sentence, alone, when the word is nowhere written small. Where it also stands within one, it is
//!   a name there too.
//!
//! Where a language writes without capital letters, no rule finds a name: those are added by hand.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use super::matcher::{Matcher, is_whole};
use super::pseudonyms::{LONGEST_TERM, Pseudonyms};
use crate::export::Row;

const EXAMPLES: usize = 3;
/// How much of the text around a candidate is shown, in characters on either side.
const AROUND: usize = 48;

/// How a term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Somebody can be reached by it.
    Contact,
    /// A telephone number, a postcode, or another long number.
    Number,
    /// A word with a capital letter where none has to be.
    Name,
    /// One where there has to be, which is nowhere written small.
    Perhaps,
    /// Somebody added it.
    Added,
}

/// What may be a name, and is not decided about.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The word or words.
    pub term: String,
    /// How it was found.
    pub sort: Sort,
    /// How often.
    pub times: usize,
    /// In how many people's entries.
    pub people: usize,
    /// Where, the first few.
    pub examples: Vec<Example>,
}

/// A candidate where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Example {
    /// Whose entry.
    pub participant: String,
    /// The day that it is about.
    pub about: String,
    /// What stands before it.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// What was written stays out of logs.
impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Candidate(…)")
    }
}

/// As [`Candidate`].
impl std::fmt::Debug for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Example(…)")
    }
}

/// What nobody has decided about in these entries: by how it was found, then the most frequent first.
pub fn find<'r>(rows: impl IntoIterator<Item = &'r Row>, pseudonyms: &Pseudonyms) -> Vec<Candidate> {
    let mut texts: Vec<(&Row, Text)> = Vec::new();
    for row in rows {
        let answers = row.answers.iter().map(|answer| &answer.value);
        let all = [&row.text].into_iter().chain(answers).chain(&row.tags).filter(|text| !text.is_empty());
        texts.extend(all.map(|text| (row, Text::of(text, pseudonyms))));
    }
    let small: HashSet<String> = texts.iter().flat_map(|(_, text)| text.small_words()).collect();
    let within: HashSet<&str> = texts.iter().flat_map(|(_, text)| text.capitals_within()).collect();
    let decided: BTreeSet<String> = pseudonyms.holding().map(|decision| decision.term.to_lowercase()).collect();
    let words = Words { small, within, decided };
    let mut sorts: BTreeMap<&str, Sort> = BTreeMap::new();
    for (_, text) in &texts {
        for (range, sort) in text.candidates(&words) {
            let term = &text.text[range];
            if term.chars().count() <= LONGEST_TERM {
                let known = sorts.entry(term).or_insert(sort);
                *known = sort.min(*known);
            }
        }
    }
    // Where they stand, by the means by which they would be replaced.
    let matcher = Matcher::of(sorts.keys().copied());
    let mut found: Vec<Found<'_>> = sorts.values().map(|sort| Found::new(*sort)).collect();
    for (row, text) in &texts {
        for (range, nth) in matcher.find(&text.text) {
            if !covers(&text.decided, &range) {
                found[nth].add(row, &text.text, range);
            }
        }
    }
    let terms = sorts.keys().map(|term| (*term).to_owned());
    let mut all: Vec<Candidate> = terms.zip(found).map(|(term, found)| found.into_candidate(term)).collect();
    all.sort_by(|a, b| (a.sort, b.times, &a.term).cmp(&(b.sort, a.times, &b.term)));
    all
}

/// A term, as far as it was found.
struct Found<'r> {
    sort: Sort,
    times: usize,
    people: BTreeSet<&'r str>,
    examples: Vec<Example>,
}

impl<'r> Found<'r> {
    fn new(sort: Sort) -> Self {
        Self { sort, times: 0, people: BTreeSet::new(), examples: Vec::new() }
    }

    fn add(&mut self, row: &'r Row, text: &str, range: Range<usize>) {
        self.times += 1;
        self.people.insert(&row.participant);
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example {
                participant: row.participant.clone(),
                about: row.about.to_string(),
                before: last(&text[..range.start]),
                after: first(&text[range.end..]),
            });
        }
    }

    fn into_candidate(self, term: String) -> Candidate {
        let Self { sort, times, people, examples } = self;
        Candidate { term, sort, times, people: people.len(), examples }
    }
}

fn first(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(AROUND).collect()
}

fn last(text: &str) -> String {
    let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    let skipped = line.chars().count().saturating_sub(AROUND);
    line.chars().skip(skipped).collect()
}

static CONTACTS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        [\p{L}\p{N}._%+'-]+ @ [\p{L}\p{N}-]+ (?: \. [\p{L}\p{N}-]+ )+
        | (?i: https?:// | www\. ) [^\s<>\x22]* [^\s<>\x22.,;:!?)\]'’”]
        | @ [\p{L}\p{N}_] [\p{L}\p{N}_.]* [\p{L}\p{N}_]";
    Regex::new(pattern).expect("a pattern that a test compiles")
});

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        \+? \(? \p{Nd} (?: [\ \u{a0}().\/-]{0,3} \p{Nd} ){6,17}
        | \p{Nd}{5,}
        | \b [A-Z]{1,2} [0-9] [A-Z0-9]? \x20? [0-9] [A-Z]{2} \b";
    Regex::new(pattern).expect("a pattern that a test compiles")
});

/// Year, month and day, or the other way round, and perhaps an hour.
static DATES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let pattern = |pattern: &str| {
        Regex::new(&format!(r"^{pattern}(?:\s+\d{{1,2}}(?:\.\d{{2}})?)?$")).expect("a pattern that a test compiles")
    };
    [
        pattern(r"(?<year>[12]\d{3})[-./](?<a>\d{1,2})[-./](?<b>\d{1,2})"),
        pattern(r"(?<a>\d{1,2})[-./]\s?(?<b>\d{1,2})[-./]\s?(?<year>[12]\d{3}|\d{2})"),
    ]
});

fn is_date(text: &str) -> bool {
    DATES.iter().filter_map(|dates| dates.captures(text)).any(|found| {
        let number = |name: &str| found[name].parse::<u32>().unwrap_or(0);
        let (a, b) = (number("a"), number("b"));
        (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12)
    })
}

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Alphabetic}\p{M}\p{N}]+(?:['’-][\p{Alphabetic}\p{M}\p{N}]+)*")
        .expect("a pattern that a test compiles")
});

/// A text with what needs no look in it.
struct Text {
    text: String,
    /// What was decided about.
    decided: Vec<Range<usize>>,
    /// Contacts and numbers beside that.
    numbers: Vec<(Range<usize>, Sort)>,
}

/// A word.
struct Word {
    range: Range<usize>,
    /// It begins with a capital letter.
    capital: bool,
    /// It begins a sentence, or a line.
    begins: bool,
}

impl Text {
    fn of(text: &str, pseudonyms: &Pseudonyms) -> Self {
        let text: String = text.nfc().collect();
        let decided: Vec<_> = pseudonyms.find(&text).into_iter().map(|(range, _)| range).collect();
        let mut numbers = Vec::new();
        for (rule, sort) in [(&CONTACTS, Sort::Contact), (&NUMBERS, Sort::Number)] {
            for found in rule.find_iter(&text) {
                let range = found.range();
                let date = sort == Sort::Number && is_date(found.as_str().trim());
                // One decided word within an address leaves the address to be decided about.
                let taken = covers(&decided, &range) || numbers.iter().any(|(other, _)| meet(other, &range));
                if !date && !taken && is_whole(&text, &range) {
                    numbers.push((range, sort));
                }
            }
        }
        Self { text, decided, numbers }
    }

    fn small_words(&self) -> impl Iterator<Item = String> {
        self.words().filter(|word| !word.capital).map(|word| self.text[word.range].to_owned())
    }

    /// Words outside of all that, without the `'s` of whose something is.
    fn words(&self) -> impl Iterator<Item = Word> {
        WORDS.find_iter(&self.text).filter_map(|found| {
            let word = found.as_str();
            let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
            let range = found.start()..found.start() + bare.len();
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            let begins = begins_a_sentence(&self.text[..range.start]);
            let taken = meets(&self.decided, &range) || self.numbers.iter().any(|(other, _)| meet(other, &range));
            (!taken).then_some(Word { range, capital, begins })
        })
    }

    fn capitals_within(&self) -> impl Iterator<Item = &str> {
        self.words().filter(|word| word.capital && !word.begins).map(|word| &self.text[word.range])
    }

    fn candidates(&self, words: &Words<'_>) -> Vec<(Range<usize>, Sort)> {
        let mut all = self.numbers.clone();
        let mut sequence: Option<(Range<usize>, Sort)> = None;
        for word in self.words() {
            let sort = words.sort(&self.text[word.range.clone()], &word);
            let follows = |before: &Range<usize>| &self.text[before.end..word.range.start] == " ";
            sequence = match (sequence, sort) {
                (Some((before, Sort::Name)), Some(Sort::Name)) if word.capital && follows(&before) => {
                    Some((before.start..word.range.end, Sort::Name))
                }
                (before, sort) => {
                    all.extend(before);
                    sort.map(|sort| (word.range, sort))
                }
            };
        }
        all.extend(sequence);
        all
    }
}

/// What is known of all words.
struct Words<'t> {
    /// Those that stand somewhere with a small letter.
    small: HashSet<String>,
    /// Those that stand somewhere within a sentence with a capital one.
    within: HashSet<&'t str>,
    /// What was decided about, in small letters.
    decided: BTreeSet<String>,
}

impl Words<'_> {
    fn sort(&self, text: &str, word: &Word) -> Option<Sort> {
        match (word.capital, word.begins) {
            _ if is_short(text) => None,
            _ if self.decided.contains(&text.to_lowercase()) => Some(Sort::Name),
            (false, _) => None,
            (true, false) => Some(Sort::Name),
            (true, true) if self.small.contains(&text.to_lowercase()) => None,
            (true, true) if self.within.contains(text) => Some(Sort::Name),
            (true, true) => Some(Sort::Perhaps),
        }
    }
}

/// One letter, as in “I”, also where something hangs on it: “I'm”.
fn is_short(word: &str) -> bool {
    word.split(['\'', '’']).next().is_some_and(|bare| bare.chars().nth(1).is_none())
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn covers(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    taken.iter().any(|taken| taken.start <= range.start && range.end <= taken.end)
}

fn meets(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    taken.iter().any(|taken| meet(taken, range))
}

fn begins_a_sentence(before: &str) -> bool {
    let opens = |c: char| {
        matches!(
            c,
            ' ' | '\t' | '\u{a0}' | '"' | '“' | '„' | '‘' | '«' | '»' | '(' | '[' | '*' | '_' | '#' | '>' | '¿' | '¡'
        )
    };
    match before.trim_end_matches(opens).chars().next_back() {
        None => true,
        Some(last) => {
            matches!(last, '.' | '!' | '?' | '…' | ':' | '\n' | '\r' | '-' | '–' | '—' | '•' | '。' | '！' | '？')
        }
    }
}
