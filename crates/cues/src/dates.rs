//! Dates of birth: a full date near a word of birth, or a full date so long ago that somebody writing now could have been
//! born on it.

use std::ops::Range;

use crate::Strength;
use crate::tokens::{Line, digit};
use crate::vocabulary::{List, MONTHS, fold};

/// How long ago a date has to lie to be taken for somebody's birth without a word about it, in years.
const AGES: Range<i32> = 5..101;
/// How far before and behind a date a word of birth is looked for, in tokens (spaces are tokens).
const BEFORE: usize = 16;
const BEHIND: usize = 8;

/// Where only the shape is asked for.
const ANY_YEAR: i32 = 2000;

/// A full date, by tokens.
struct Date {
    first: usize,
    last: usize,
    year: i32,
}

/// The dates of birth in a line, in order. `year` is this year.
pub(crate) fn find(line: &Line<'_>, year: i32) -> Vec<(Range<usize>, Strength)> {
    let births: Vec<usize> = (0..line.tokens.len()).filter(|at| speaks_of_birth(line, *at)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.tokens.len() {
        let Some(date) = date(line, at, year) else {
            at += 1;
            continue;
        };
        // The first word of birth that is not too far before it.
        let next = births.partition_point(|birth| birth + BEFORE < date.first);
        let near = births.get(next).is_some_and(|birth| *birth <= date.last + BEHIND);
        let strength =
            if near { Some(Strength::Certain) } else { AGES.contains(&(year - date.year)).then_some(Strength::Likely) };
        let range = line.tokens[date.first].start..line.tokens[date.last].end;
        found.extend(strength.map(|strength| (range, strength)));
        at = date.last + 1;
    }
    found
}

/// Whether some numbers of a line, with what lies between them, are a day, a month and a year.
pub(crate) fn looks_like_date(line: &Line<'_>, mut tokens: impl Iterator<Item = usize>) -> bool {
    tokens.next().is_some_and(|first| in_numbers(line, first, ANY_YEAR).is_some())
}

fn speaks_of_birth(line: &Line<'_>, at: usize) -> bool {
    // D.O.B.
    let letter = |at: usize, letter: &str| line.of(at).eq_ignore_ascii_case(letter);
    let dotted = || letter(at, "d") && letter(at + 2, "o") && letter(at + 4, "b") && line.is_mark(at + 1, '.');
    line.is(at, List::BirthWords) || dotted() || (line.of(at).contains("出生") || line.of(at).contains("生日"))
}

fn date(line: &Line<'_>, at: usize, this_year: i32) -> Option<Date> {
    in_numbers(line, at, this_year)
        .or_else(|| day_month_year(line, at, this_year))
        .or_else(|| month_day_year(line, at, this_year))
        .or_else(|| in_chinese(line, at))
}

/// `12/03/1985`, `12.3.85`, `1985-03-12`, `12 / 03 / 1985`
fn in_numbers(line: &Line<'_>, first: usize, this_year: i32) -> Option<Date> {
    let a = line.small(first)?;
    let mut at = first + 1;
    let separator = ['/', '-', '.'].into_iter().find(|mark| {
        at = if line.is_space(first + 1) { first + 2 } else { first + 1 };
        line.is_mark(at, *mark)
    })?;
    let spaced = usize::from(line.is_space(at + 1));
    let middle = at + 1 + spaced;
    let b = line.small(middle)?;
    let mut again = middle + 1;
    if line.is_space(again) {
        again += 1;
    }
    let last = if line.is_space(again + 1) { again + 2 } else { again + 1 };
    line.is_mark(again, separator).then_some(())?;
    let c = line.small(last)?;
    let four = |token: usize| line.of(token).chars().count() == 4;
    let year = if four(first) && is_day(b, c) {
        i32::try_from(a).ok()?
    } else if is_day(b, a) || is_day(a, b) {
        year_of(line, last, this_year)?
    } else {
        return None;
    };
    // A fourth number makes something else of it: an address of a machine, a version.
    let goes_on = line.is_mark(last + 1, separator) && line.number(last + 2).is_some();
    (!goes_on && !is_part(line, first, separator) && (1900..2100).contains(&year)).then_some(Date { first, last, year })
}

fn is_part(line: &Line<'_>, first: usize, separator: char) -> bool {
    first >= 2 && line.is_mark(first - 1, separator) && line.number(first - 2).is_some()
}

/// `12 March 1985`, `12th of March, 1985`
fn day_month_year(line: &Line<'_>, first: usize, this_year: i32) -> Option<Date> {
    let day = line.small(first)?;
    let mut at = after_ordinal(line, first + 1);
    at = skip_gap(line, at)?;
    if line.word(at).is_some_and(|word| matches!(fold(word).as_str(), "of" | "de")) {
        at = skip_gap(line, at + 1)?;
    }
    let month = month(line, at)?;
    at = skip_gap(line, at + 1)?;
    if line.word(at).is_some_and(|word| matches!(fold(word).as_str(), "de" | "del")) {
        at = skip_gap(line, at + 1)?;
    }
    let year = year_of(line, at, this_year)?;
    is_day(month, day).then_some(Date { first, last: at, year })
}

/// `March 12th, 1985`
fn month_day_year(line: &Line<'_>, first: usize, this_year: i32) -> Option<Date> {
    let month = month(line, first)?;
    let at = skip_gap(line, first + 1)?;
    let day = line.small(at)?;
    let at = skip_gap(line, after_ordinal(line, at + 1))?;
    let year = year_of(line, at, this_year)?;
    (is_day(month, day) && line.of(at).chars().count() == 4).then_some(Date { first, last: at, year })
}

/// `1985年3月12日`
fn in_chinese(line: &Line<'_>, first: usize) -> Option<Date> {
    let year = i32::try_from(line.small(first)?).ok()?;
    let (month, day) = (line.small(first + 2)?, line.small(first + 4)?);
    let written = line.of(first + 1) == "年" && line.of(first + 3) == "月" && line.of(first + 5).starts_with('日');
    (written && is_day(month, day) && (1900..2100).contains(&year)).then_some(Date { first, last: first + 4, year })
}

fn after_ordinal(line: &Line<'_>, at: usize) -> usize {
    let ordinal = line.word(at).is_some_and(|word| matches!(fold(word).as_str(), "st" | "nd" | "rd" | "th" | "er"));
    if ordinal { at + 1 } else { at }
}

/// Behind a comma, a full stop and spaces, of which there has to be one.
fn skip_gap(line: &Line<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + 3 && (line.is_space(end) || line.is_mark(end, ',') || line.is_mark(end, '.')) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// The month that a word is, in full or by three letters.
fn month(line: &Line<'_>, at: usize) -> Option<u32> {
    let folded = line.is(at, List::Months).then(|| fold(line.of(at)))?;
    let index = MONTHS.iter().position(|names| names.split(' ').any(|name| name == folded))?;
    u32::try_from(index + 1).ok()
}

fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// A year of four digits, or of two: of this century when it has come already.
fn year_of(line: &Line<'_>, token: usize, this_year: i32) -> Option<i32> {
    let digits = line.number(token)?.chars().filter(|c| digit(*c).is_some()).count();
    let value = i32::try_from(line.small(token)?).ok()?;
    match digits {
        4 => (1900..2100).contains(&value).then_some(value),
        2 if value <= this_year % 100 => Some(this_year - this_year % 100 + value),
        2 => Some(this_year - this_year % 100 - 100 + value),
        _ => None,
    }
}
