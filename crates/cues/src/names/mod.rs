//! Names of people: rules for each word, what the whole text knows, and words that belong to one name.

mod rules;
mod sheet;

use std::collections::HashSet;
use std::ops::Range;

use self::rules::looks_everyday;
use self::sheet::{Shape, Sheet};
use crate::Strength;
use crate::tokens::Line;
use crate::vocabulary::{Known, List};

/// The names in a text, in order.
pub(crate) fn find(lines: &[Line<'_>]) -> Vec<(Range<usize>, Strength)> {
    let sheets: Vec<Sheet<'_>> = lines.iter().map(Sheet::read).collect();
    let mut judged: Vec<Vec<Option<Strength>>> =
        sheets.iter().map(|sheet| (0..sheet.words.len()).map(|at| sheet.judge(at)).collect()).collect();

    // What has a capital in the middle of one sentence is the same name at the start of another.
    let mut met: HashSet<String> = HashSet::new();
    for (sheet, judged) in sheets.iter().zip(&judged) {
        let names = sheet.words.iter().zip(judged).filter(|(_, judged)| judged.is_some());
        met.extend(
            names.filter(|(word, _)| !word.opens && word.shape == Shape::Capital).map(|(word, _)| word.folded()),
        );
    }
    for (sheet, judged) in sheets.iter().zip(&mut judged) {
        for (word, judged) in sheet.words.iter().zip(judged) {
            let open = judged.is_none() && word.opens && word.shape == Shape::Capital;
            if open && word.sense.known != Some(Known::Ordinary) && met.contains(&word.folded()) {
                *judged = Some(Strength::Likely);
            }
        }
    }
    sheets.iter().zip(&judged).flat_map(|(sheet, judged)| sheet.whole_names(judged)).collect()
}

impl Sheet<'_> {
    /// Words that belong to one name, together.
    fn whole_names(&self, judged: &[Option<Strength>]) -> Vec<(Range<usize>, Strength)> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let Some(mut strength) = judged[at] else {
                at += 1;
                continue;
            };
            let first = if self.belongs_to_the_next(at) { at - 1 } else { at };
            let mut last = at;
            while let Some(next) = self.goes_on(last, judged) {
                strength = (last + 1..=next).filter_map(|at| judged[at]).fold(strength, Strength::max);
                last = next;
            }
            names.push((self.words[first].start..self.words[last].end, strength));
            at = last + 1;
        }
        names
    }

    /// `Xander Smith said`: the first word alone said too little.
    fn belongs_to_the_next(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.shape == Shape::Capital
            && self.before(at).is_some_and(|before| {
                let open = before.opens && before.shape == Shape::Capital && before.sense.known.is_none();
                open && before.ending.is_empty() && !looks_everyday(before)
            })
    }

    /// The next word of the same name.
    fn goes_on(&self, at: usize, judged: &[Option<Strength>]) -> Option<usize> {
        if !self.words[at].ending.is_empty() {
            return None;
        }
        let mut next = at + 1;
        // At most two small words inside a name: `de la`.
        while next <= at + 2 && self.behind(next - 1).is_some_and(|word| word.sense.is(List::Particles)) {
            next += 1;
        }
        let word = self.behind(next - 1)?;
        let small = next > at + 1;
        let belongs = match word.shape {
            Shape::Capital => {
                word.sense.known != Some(Known::Ordinary) && (judged[next].is_some() || self.capitals_mean)
            }
            _ => judged[next].is_some() && !small,
        };
        (belongs && self.words[at].shape == word.shape && !word.opens).then_some(next)
    }
}
