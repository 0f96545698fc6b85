//! What may be a name in what would go out, found by rules.
//!
//! - A transcript's labels of who speaks are found once each, and not at all where they are a role or a participant's label: see
//!   [`super::speakers`].
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

use chrono::NaiveDate;
use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use super::matcher::{Matcher, is_whole};
use super::pseudonyms::{LONGEST_TERM, Pseudonyms};
use super::speakers::{Speakers, speakers};
use crate::export::Row;
use crate::transcripts::Transcript;

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
    /// In how many people's entries and interviews.
    pub people: usize,
    /// Where, the first few.
    pub examples: Vec<Example>,
}

/// A candidate where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Example {
    /// Whose entry or interview.
    pub participant: String,
    /// The day that it is about.
    pub about: String,
    /// The time point, where it is an interview.
    pub time_point: Option<String>,
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

/// Something in which there may be names: an entry, or an interview.
pub struct Source<'r> {
    place: Place<'r>,
    texts: Vec<&'r str>,
    /// What was said, with who speaks at the beginning of lines.
    spoken: Option<&'r str>,
}

/// Whose it is, and of when.
#[derive(Clone, Copy)]
struct Place<'r> {
    participant: &'r str,
    about: NaiveDate,
    time_point: Option<&'r str>,
}

impl<'r> From<&'r Row> for Source<'r> {
    fn from(row: &'r Row) -> Self {
        let answers = row.answers.iter().map(|answer| &answer.value);
        let texts = [&row.text].into_iter().chain(answers).chain(&row.tags).map(String::as_str).collect();
        let place = Place { participant: &row.participant, about: row.about, time_point: None };
        Self { place, texts, spoken: None }
    }
}

impl<'r> Source<'r> {
    /// An interview, whose label is this.
    pub fn interview(participant: &'r str, Transcript { about, text, .. }: &'r Transcript) -> Self {
        let place = Place { participant, about: about.day, time_point: Some(&about.time_point) };
        Self { place, texts: vec![&about.title], spoken: Some(text) }
    }

    /// All of its texts.
    pub fn texts(&self) -> impl Iterator<Item = &'r str> {
        self.texts.iter().copied().chain(self.spoken)
    }
}

/// What nobody has decided about in these: by how it was found, then the most frequent first.
pub fn find<'r, S: Into<Source<'r>>>(sources: impl IntoIterator<Item = S>, pseudonyms: &Pseudonyms) -> Vec<Candidate> {
    let sources: Vec<Source<'_>> = sources.into_iter().map(Into::into).collect();
    // One without a digit may be somebody's name.
    let labels = sources.iter().map(|source| source.place.participant).filter(|label| label.contains(char::is_numeric));
    let labels: BTreeSet<String> = labels.map(str::to_lowercase).collect();
    let mut texts: Vec<(Place<'_>, Text)> = Vec::new();
    for Source { place, texts: plain, spoken } in sources {
        let plain = plain.into_iter().filter(|text| !text.is_empty());
        texts.extend(plain.map(|text| (place, Text::of(text, pseudonyms, None))));
        texts.extend(spoken.map(|text| (place, Text::of(text, pseudonyms, Some(&labels)))));
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
    for (place, text) in &texts {
        for (range, nth) in matcher.find(&text.text) {
            if !covers(&text.decided, &range) && !covers(&text.quiet, &range) {
                found[nth].add(*place, &text.text, range);
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

    fn add(&mut self, place: Place<'r>, text: &str, range: Range<usize>) {
        self.times += 1;
        self.people.insert(place.participant);
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example {
                participant: place.participant.to_owned(),
                about: place.about.to_string(),
                time_point: place.time_point.map(str::to_owned),
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
    /// Who speaks, where nobody has to decide about it.
    quiet: Vec<Range<usize>>,
    /// Contacts and numbers beside that, and others who speak.
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
    /// `labels` are those of participants, where it is a transcript.
    fn of(text: &str, pseudonyms: &Pseudonyms, labels: Option<&BTreeSet<String>>) -> Self {
        let text: String = text.nfc().collect();
        let Speakers { quiet, named } = labels.map(|labels| speakers(&text, labels)).unwrap_or_default();
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
        for range in named {
            // As with an address: "Dave" leaves "Dave Smith" to be decided about.
            if !covers(&decided, &range) && !numbers.iter().any(|(other, _)| meet(other, &range)) {
                numbers.push((range, Sort::Name));
            }
        }
        numbers.sort_by_key(|(range, _)| range.start);
        Self { text, decided, quiet, numbers }
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
            let taken = meets(&self.decided, &range)
                || meets(&self.quiet, &range)
                || is_met(&self.numbers, |(other, _)| other, &range);
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

/// Whether one of these, which are in order and apart from each other, stands over it.
fn covers(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    let first = taken.partition_point(|taken| taken.end < range.end);
    taken.get(first).is_some_and(|taken| taken.start <= range.start)
}

/// Whether one of these, which are in order and apart from each other, shares a letter with it.
fn meets(taken: &[Range<usize>], range: &Range<usize>) -> bool {
    is_met(taken, |taken| taken, range)
}

/// The same of what has a range.
fn is_met<T>(taken: &[T], range_of: impl Fn(&T) -> &Range<usize>, range: &Range<usize>) -> bool {
    let first = taken.partition_point(|taken| range_of(taken).end <= range.start);
    taken.get(first).is_some_and(|taken| meet(range_of(taken), range))
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
