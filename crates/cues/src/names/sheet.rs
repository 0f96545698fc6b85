//! The words of a line, with what the rules for names ask of them.

use crate::tokens::{Line, Token, TokenKind};
use crate::vocabulary::{Known, List, Sense, fold, stem};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In small letters.
    Lower,
    /// With a capital.
    Capital,
    /// In capitals, two or more.
    Shout,
    /// One letter: what people are asked to write instead of a name.
    Initial,
    /// In a script whose capitals we read nothing from, or that has none.
    Other,
}

/// One word.
#[derive(Debug)]
pub(super) struct Word<'t> {
    /// Without what an apostrophe hangs on it.
    pub text: &'t str,
    /// Where that begins and ends, in bytes of the whole text.
    pub start: usize,
    pub end: usize,
    /// What the apostrophe hangs on.
    pub ending: &'static str,
    pub sense: Sense,
    pub shape: Shape,
    /// Whether it begins a sentence, as far as can be told.
    pub opens: bool,
    /// Whether only white space lies between it and the word before.
    pub adjacent: bool,
}

impl Word<'_> {
    /// Whether it is one English word, however it is written.
    pub fn reads(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// As it is compared.
    pub fn folded(&self) -> String {
        fold(self.text)
    }
}

/// The words of one line.
pub(super) struct Sheet<'t> {
    pub words: Vec<Word<'t>>,
    /// Whether a capital says something here: not in headings, and not in German, where every noun has one.
    pub capitals_mean: bool,
}

impl<'t> Sheet<'t> {
    pub fn read(line: &Line<'t>) -> Self {
        let mut words: Vec<Word<'t>> = Vec::new();
        let mut opens = true;
        let mut adjacent = false;
        let mut only_space = true;
        for at in 0..line.tokens.len() {
            match line.tokens[at].kind {
                TokenKind::Space => {}
                TokenKind::Number => (opens, adjacent, only_space) = (opens && only_space, false, false),
                TokenKind::Mark('.') if words.last().is_some_and(|last| adjacent && shortens(last)) => {}
                TokenKind::Mark(mark) => {
                    opens = opens || !within_a_sentence(mark);
                    adjacent = false;
                }
                TokenKind::Word => {
                    words.push(word(line.of(at), line.tokens[at], opens, adjacent));
                    (opens, adjacent, only_space) = (false, true, true);
                }
            }
        }
        let capitals_mean = capitals_mean(&words);
        Self { words, capitals_mean }
    }

    /// The word right before another.
    pub fn before(&self, at: usize) -> Option<&Word<'t>> {
        let adjacent = self.words.get(at)?.adjacent;
        at.checked_sub(1).filter(|_| adjacent).map(|at| &self.words[at])
    }

    /// The word right behind another.
    pub fn behind(&self, at: usize) -> Option<&Word<'t>> {
        self.words.get(at + 1).filter(|next| next.adjacent)
    }
}

/// Whether a full stop behind a word ends no sentence: `Mrs.`, `J.`
fn shortens(word: &Word<'_>) -> bool {
    word.shape == Shape::Initial || (word.text.chars().count() <= 4 && word.sense.is(List::Titles))
}

/// Marks that a sentence goes on behind.
fn within_a_sentence(mark: char) -> bool {
    matches!(mark, ',' | ';' | '&' | '/' | '+' | '@' | '،' | '؛' | '\'' | '\u{2019}' | ')' | '£' | '$' | '€')
}

fn word<'t>(whole: &'t str, token: Token, opens: bool, adjacent: bool) -> Word<'t> {
    let (text, ending) = stem(whole);
    let shape = shape(text);
    let mut sense = if ending.is_empty() { token.sense } else { Sense::of(text) };
    if sense.known.is_none() && shape == Shape::Capital {
        let one = || text.strip_suffix('s').and_then(|one| Sense::of(one).known);
        let everyday = sense.is(List::Institutions) || sense.is(List::Titles) || one() == Some(Known::Ordinary);
        sense.known = everyday.then_some(Known::Ordinary);
    }
    Word { text, start: token.start, end: token.start + text.len(), ending, sense, shape, opens, adjacent }
}

fn shape(text: &str) -> Shape {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next().filter(|first| is_latin(*first)) else {
        return Shape::Other;
    };
    let (mut capitals, mut all) = (usize::from(first.is_uppercase()), 1);
    for letter in letters {
        all += 1;
        capitals += usize::from(letter.is_uppercase());
    }
    match first.is_uppercase() {
        _ if all == 1 => Shape::Initial,
        false => Shape::Lower,
        true if capitals == all => Shape::Shout,
        true => Shape::Capital,
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn capitals_mean(words: &[Word<'_>]) -> bool {
    let inside = words.iter().filter(|word| !word.opens && !matches!(word.shape, Shape::Initial | Shape::Other));
    let (mut all, mut capitals) = (0, 0);
    for word in inside {
        all += 1;
        capitals += usize::from(word.shape != Shape::Lower);
    }
    let heading = all >= 4 && capitals * 4 >= all * 3;
    let count = |list: List| words.iter().filter(|word| word.sense.is(list)).count();
    let german = count(List::German);
    !heading && (german < 2 || german <= count(List::English))
}
