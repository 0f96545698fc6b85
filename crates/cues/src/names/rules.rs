//! Whether a word is a name.

use super::sheet::{Shape, Sheet, Word};
use crate::Strength;
use crate::vocabulary::{ENDINGS, Given, Known, List};

/// How far back a place is looked for before a word.
const BACK: usize = 5;

impl Sheet<'_> {
    /// What one word is by itself and its neighbours.
    pub(super) fn judge(&self, at: usize) -> Option<Strength> {
        let word = &self.words[at];
        if word.shape == Shape::Initial {
            return None;
        }
        if self.is_announced(at) {
            return Some(Strength::Certain);
        }
        let letters = word.text.chars().count();
        match (word.shape, word.sense.known) {
            (Shape::Lower | Shape::Shout, Some(Known::Given(Given::Plain))) if letters >= 3 => Some(Strength::Likely),
            (Shape::Capital, Some(Known::Given(given))) if !self.is_of_an_institution(at) => {
                self.judge_given(at, given)
            }
            (Shape::Capital, None) if self.is_unknown_name(at) => Some(Strength::Likely),
            _ => None,
        }
    }

    fn judge_given(&self, at: usize, given: Given) -> Option<Strength> {
        let opens = self.words[at].opens;
        let acts = || self.is_followed_by(at, List::Speaking) || self.owns(at) || self.stands_with_the_writer(at);
        let is_name = match given {
            Given::Plain => return Some(if opens { Strength::Likely } else { Strength::Certain }),
            Given::Everyday => opens || self.capitals_mean,
            Given::Opener if opens => acts(),
            Given::Opener => self.capitals_mean,
            Given::Seldom => acts(),
            Given::Place if opens => acts() || self.is_followed_by(at, List::Personal),
            Given::Place => self.capitals_mean && !self.is_a_place(at),
        };
        is_name.then_some(Strength::Likely)
    }

    /// A word with a capital that no list has.
    fn is_unknown_name(&self, at: usize) -> bool {
        if !self.words[at].opens {
            return self.capitals_mean && !self.is_a_place(at) && !self.is_of_an_institution(at);
        }
        let acts = self.is_followed_by(at, List::Speaking) || self.is_followed_by(at, List::Personal);
        !looks_everyday(&self.words[at]) && (acts || self.owns(at) || self.stands_with_the_writer(at))
    }

    /// A title stands before it, or words that say that a name comes.
    fn is_announced(&self, at: usize) -> bool {
        let word = &self.words[at];
        let Some(before) = self.before(at) else {
            return false;
        };
        let title = before.sense.is(List::Titles);
        let naming = before.sense.is(List::Naming) || self.follows_name_is(at);
        if !title && !naming {
            return false;
        }
        let ordinary = word.sense.known == Some(Known::Ordinary);
        match word.shape {
            Shape::Capital => {
                !ordinary && (naming || before.sense.known != Some(Known::Ordinary) || !self.is_of_an_institution(at))
            }
            Shape::Lower if title && before.sense.is(List::CloseTitles) => !ordinary && word.text.chars().count() > 1,
            Shape::Lower if naming => matches!(word.sense.known, Some(Known::Given(given)) if given != Given::Seldom),
            // Capitals where the script has them.
            Shape::Other => !word.text.starts_with(char::is_lowercase) && !word.sense.is(List::Titles),
            _ => false,
        }
    }

    fn follows_name_is(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let name = |word: &Word<'_>| word.sense.is(List::NameWords);
        let copula = before.sense.is(List::Copulas) && self.before(at - 1).is_some_and(name);
        copula || (name(before) && before.ending == "s")
    }

    fn is_followed_by(&self, at: usize, verbs: List) -> bool {
        let Some(next) = self.behind(at) else {
            return false;
        };
        let later = || next.sense.is(List::Between) && self.behind(at + 1).is_some_and(|next| next.sense.is(verbs));
        self.words[at].ending.is_empty() && (next.sense.is(verbs) || later())
    }

    /// `Xander's mum`.
    fn owns(&self, at: usize) -> bool {
        self.words[at].ending == "s" && self.behind(at).is_some_and(|next| next.sense.is(List::Belongings))
    }

    /// `Femi and I`.
    fn stands_with_the_writer(&self, at: usize) -> bool {
        let and = self.behind(at).is_some_and(|next| next.reads("and"));
        and && self.behind(at + 1).is_some_and(|next| next.reads("i") || next.reads("me"))
    }

    /// `Simon Community`, `Queen Elizabeth Hospital`.
    fn is_of_an_institution(&self, at: usize) -> bool {
        let mut last = at;
        while last < at + 4 && self.words[last].ending.is_empty() {
            let Some(next) = self.behind(last).filter(|next| next.shape == Shape::Capital) else {
                return false;
            };
            let given = matches!(self.words[at].sense.known, Some(Known::Given(_)));
            if next.sense.is(List::Institutions) {
                return true;
            }
            if next.sense.is(List::InstitutionsOrSurnames) {
                return !(given && last == at);
            }
            last += 1;
        }
        false
    }

    /// Whether what stands before the capitals makes a place or a thing of them: `in`, `the`, `went to`.
    fn is_a_place(&self, at: usize) -> bool {
        let owner = self.words[at].ending == "s";
        let mut here = at;
        while let Some(before) = self.before(here).filter(|_| at - here < BACK) {
            here -= 1;
            if before.reads("st") || before.reads("saint") {
                return true;
            }
            if before.reads("at") {
                return !owner && !self.comes_after(here, 3, List::AtSomeone);
            }
            if before.sense.is(List::Directions) {
                return !owner && self.comes_after(here, BACK, List::Motion);
            }
            if before.sense.is(List::PlaceBefore) || before.sense.is(List::Articles) {
                return true;
            }
            if before.shape != Shape::Capital || matches!(before.sense.known, Some(Known::Given(_))) {
                return false;
            }
        }
        false
    }

    /// Whether one of the words up to `reach` before this one, in the same sentence, is of a list.
    fn comes_after(&self, at: usize, reach: usize, list: List) -> bool {
        let mut here = at;
        while here > 0 && at - here < reach && !self.words[here].opens {
            here -= 1;
            if self.words[here].sense.is(list) {
                return true;
            }
        }
        false
    }
}

/// Whether an unknown word at the start of a sentence has an ending that names seldom have.
pub(super) fn looks_everyday(word: &Word<'_>) -> bool {
    let folded = word.folded();
    ENDINGS.iter().any(|ending| folded.ends_with(ending))
}
