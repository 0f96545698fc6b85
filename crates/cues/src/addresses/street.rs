//! A number and a street, in either order, and flats.

use super::{Part, is_capital};
use crate::Strength;
use crate::tokens::Line;
use crate::vocabulary::{Known, List, fold};

/// At the end of a word: `Hauptstraße`.
const AT_THE_END: [&str; 10] =
    ["straße", "strasse", "straat", "gasse", "platz", "gatan", "laan", "vej", "gade", "katu"];
/// The most words of a street's name.
const MAX_NAME: usize = 3;

/// The part of an address that begins at a token.
pub(super) fn find(line: &Line<'_>, at: usize) -> Option<Part> {
    if line.number(at).is_some() {
        return numbered(line, at);
    }
    line.word(at)?;
    flat(line, at).or_else(|| street_first(line, at)).or_else(|| in_one_word(line, at))
}

/// The last token of a house number of one to four digits: `14`, `14B`, `12-14`, `3/1`.
fn house(line: &Line<'_>, at: usize) -> Option<usize> {
    line.small(at)?;
    let letter = |at: usize| line.word(at).is_some_and(|word| word.chars().count() == 1);
    if letter(at + 1) {
        return Some(at + 1);
    }
    let ranged = (line.is_mark(at + 1, '-') || line.is_mark(at + 1, '/')) && line.small(at + 2).is_some();
    Some(if ranged { at + 2 } else { at })
}

/// `14 Mill Lane`, `14 high street`, `12 rue de Rivoli`
fn numbered(line: &Line<'_>, first: usize) -> Option<Part> {
    // The second half of another number is none: 3.14, 10:30, £5.
    let part_of_another =
        first > 0 && !line.is_space(first - 1) && !line.is_mark(first - 1, ',') && !line.is_mark(first - 1, '(');
    let house = house(line, first).filter(|_| !part_of_another)?;
    let comma = usize::from(line.is_mark(house + 1, ','));
    line.is_space(house + 1 + comma).then_some(())?;
    let from = house + 2 + comma;
    let last = street_behind(line, from).or_else(|| street_before(line, from))?;
    Some(Part { first, last, strength: Strength::Certain })
}

/// The last token of `Mill Lane` that begins here.
fn street_behind(line: &Line<'_>, from: usize) -> Option<usize> {
    let mut capital = true;
    let mut small = true;
    for place in 0..=MAX_NAME {
        let at = from + 2 * place;
        let word = line.word(at)?;
        if place > 0 && capital && is_capital(word) && line.is(at, List::StreetBehind) {
            return Some(at);
        }
        if place > 0 && place < MAX_NAME && (small || capital) && line.is(at, List::StreetBehindSmall) {
            return Some(at);
        }
        capital &= is_capital(word);
        let ordinary = line.tokens[at].sense.known == Some(Known::Ordinary);
        small &= !is_capital(word) && (!ordinary || matches!(word, "high" | "church"));
        (capital || small).then_some(())?;
        line.is_space(at + 1).then_some(())?;
    }
    None
}

/// The last token of `rue de Rivoli` that begins here.
fn street_before(line: &Line<'_>, from: usize) -> Option<usize> {
    line.is(from, List::StreetBefore).then_some(())?;
    let mut last = None;
    let mut at = from + 1;
    if line.is_mark(at, '.') {
        at += 1;
    }
    for _ in 0..=MAX_NAME {
        let Some(word) = line.word(at + 1).filter(|_| line.is_space(at)) else {
            break;
        };
        let caseless = !word.starts_with(|c: char| c.is_lowercase() || c.is_uppercase());
        if is_capital(word) || caseless {
            last = Some(at + 1);
        } else if !line.is(at + 1, List::Particles) {
            break;
        }
        at += 2;
    }
    last
}

/// `Calle Mayor 15`, `ul. Długa 5`
fn street_first(line: &Line<'_>, first: usize) -> Option<Part> {
    let name = street_before(line, first)?;
    let comma = usize::from(line.is_mark(name + 1, ','));
    line.is_space(name + 1 + comma).then_some(())?;
    let last = house(line, name + 2 + comma)?;
    Some(Part { first, last, strength: Strength::Likely })
}

/// `Hauptstraße 5`
fn in_one_word(line: &Line<'_>, first: usize) -> Option<Part> {
    let word = line.word(first).filter(|word| is_capital(word))?;
    let folded = fold(word);
    let street = AT_THE_END.iter().any(|end| folded.ends_with(end) && folded.len() > end.len());
    (street && line.is_space(first + 1)).then_some(())?;
    Some(Part { first, last: house(line, first + 2)?, strength: Strength::Likely })
}

/// `flat 3`, `Flat 2/1`
fn flat(line: &Line<'_>, first: usize) -> Option<Part> {
    (line.is(first, List::Flats) && line.is_space(first + 1)).then_some(())?;
    let last = house(line, first + 2)?;
    let counted = line.is_space(last + 1) && line.is(last + 2, List::Counted);
    (!counted).then_some(Part { first, last, strength: Strength::Likely })
}
