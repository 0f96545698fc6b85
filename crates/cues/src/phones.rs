//! Phone numbers: international (E.164 has 15 digits at most), of the United Kingdom, of North America, and others where
//! the words around them say so. Not years, money, times, doses, dates.

use std::ops::Range;

use crate::Strength;
use crate::dates::looks_like_date;
use crate::tokens::{Line, TokenKind, digit};
use crate::vocabulary::List;

const MAX_DIGITS: usize = 15;
/// The most groups that one number is written in.
const MAX_GROUPS: usize = 12;
/// The most marks and spaces between two groups: `) ` or ` - `.
const MAX_GAP: usize = 3;

/// A stretch of digits.
struct Group {
    token: usize,
    digits: String,
    /// Whether Latin letters touch it: a part of a postcode, a dose or a reference.
    in_word: bool,
    /// Whether what lies between it and the next one can lie inside a phone number.
    joined: bool,
}

/// The phone numbers in a line, in order.
pub(crate) fn find(line: &Line<'_>) -> Vec<(Range<usize>, Strength)> {
    let groups = groups(line);
    let mut found = numbers(line, &groups, clear);
    let spoken_of = (0..line.tokens.len()).any(|at| line.is(at, List::PhoneWords));
    let others = numbers(line, &groups, |line, groups| possible(line, groups, spoken_of));
    let free = |range: &Range<usize>| {
        let next = found.partition_point(|(other, _)| other.end <= range.start);
        found.get(next).is_none_or(|(other, _)| other.start >= range.end)
    };
    let mut others: Vec<_> = others.into_iter().filter(|(range, _)| free(range)).collect();
    found.append(&mut others);
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn groups(line: &Line<'_>) -> Vec<Group> {
    let numbers: Vec<usize> = (0..line.tokens.len()).filter(|at| line.number(*at).is_some()).collect();
    let latin = |at: usize| line.word(at).is_some_and(|word| word.starts_with(|c: char| (c as u32) < 0x250));
    let group = |(place, at): (usize, &usize)| {
        let digits = line.of(*at).chars().filter_map(digit).filter_map(|digit| char::from_digit(digit, 10)).collect();
        let next = numbers.get(place + 1);
        Group {
            token: *at,
            digits,
            in_word: (*at > 0 && latin(at - 1)) || latin(at + 1),
            joined: next.is_some_and(|next| is_gap(line, at + 1, *next)),
        }
    };
    numbers.iter().enumerate().map(group).collect()
}

/// Whether the tokens between two groups can lie inside a phone number.
fn is_gap(line: &Line<'_>, from: usize, to: usize) -> bool {
    let inside = |at: usize| match line.kind(at) {
        Some(TokenKind::Space) => line.of(at).chars().count() <= 2,
        Some(TokenKind::Mark(c)) => matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2011}' | '\u{2013}'),
        _ => false,
    };
    to - from <= MAX_GAP && (from..to).all(inside)
}

/// The longest runs of groups that a rule takes for numbers, from the left.
fn numbers(
    line: &Line<'_>,
    groups: &[Group],
    rule: impl Fn(&Line<'_>, &[Group]) -> Option<Strength>,
) -> Vec<(Range<usize>, Strength)> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        let reach = (first..groups.len().min(first + MAX_GROUPS))
            .take_while(|at| (*at == first || groups[at - 1].joined) && !groups[*at].in_word);
        let longest = reach.filter_map(|last| Some((last, rule(line, &groups[first..=last])?))).last();
        let Some((last, strength)) = longest else {
            first += 1;
            continue;
        };
        let start = opening(line, groups[first].token);
        found.push((line.tokens[start].start..line.tokens[groups[last].token].end, strength));
        first = last + 1;
    }
    found
}

/// The token where a number begins: its plus sign, or the bracket that it opens with.
fn opening(line: &Line<'_>, token: usize) -> usize {
    let marked = |at: usize, mark: char| at.checked_sub(1).is_some_and(|at| line.is_mark(at, mark));
    let plus = if marked(token, '+') { token - 1 } else { token };
    let closes = line.is_mark(token + 1, ')');
    if closes && marked(plus, '(') { plus - 1 } else { plus }
}

fn digits(groups: &[Group]) -> Option<String> {
    let count: usize = groups.iter().map(|group| group.digits.len()).sum();
    (7..=MAX_DIGITS).contains(&count).then(|| groups.iter().map(|group| group.digits.as_str()).collect())
}

/// What nothing else looks like.
fn clear(line: &Line<'_>, groups: &[Group]) -> Option<Strength> {
    let digits = digits(groups)?;
    let first = groups.first()?;
    let plus = first.token > 0 && line.is_mark(first.token - 1, '+');
    let shape: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let long = digits.len() >= 10;
    let is_clear = if plus {
        // After 44 ten digits, and perhaps the 0 that is dialled at home.
        digits.len() >= 8 && (!digits.starts_with("44") || (11..=13).contains(&digits.len()))
    } else if digits.starts_with("00") {
        long && first.digits.len() >= 2
    } else if digits.starts_with('0') {
        // The United Kingdom, France, Italy and others: a trunk 0, then 9 or 10 digits.
        matches!(digits.len(), 10 | 11) && !looks_like_date(line, groups.iter().map(|group| group.token))
    } else {
        let area = digits.trim_start_matches('1');
        let american = matches!(shape[..], [3, 3, 4] | [1, 3, 3, 4]) && area.len() == 10;
        american && area.starts_with(|c| c >= '2')
    };
    is_clear.then_some(Strength::Certain)
}

/// Digits that could be something else.
fn possible(line: &Line<'_>, groups: &[Group], spoken_of: bool) -> Option<Strength> {
    let digits = digits(groups)?;
    let (first, last) = (groups.first()?, groups.last()?);
    let shape: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let tokens = groups.iter().map(|group| group.token);
    let round = digits.trim_end_matches('0').len() <= 2;
    let decimal = first.token >= 2 && line.is_mark(first.token - 1, '.') && line.number(first.token - 2).is_some();
    if round || decimal || is_money(line, first.token) || has_unit(line, last.token) || looks_like_date(line, tokens) {
        return None;
    }
    let hyphen = line.is_mark(first.token + 1, '-');
    let written_so = match shape[..] {
        [_] => !is_day(&digits),
        [3, 4] if hyphen => true,
        _ => {
            spoken_of
                && digits.len() <= 12
                && groups.len() <= 6
                && shape.iter().all(|group| *group >= 2)
                && !years(groups)
        }
    };
    written_so.then_some(Strength::Likely)
}

fn is_money(line: &Line<'_>, token: usize) -> bool {
    let sign = |at: usize| matches!(line.kind(at), Some(TokenKind::Mark('£' | '$' | '€' | '¥' | '₹' | ',')));
    let before = |back: usize| token.checked_sub(back).is_some_and(sign);
    before(1) || (before(2) && line.is_space(token - 1))
}

fn has_unit(line: &Line<'_>, token: usize) -> bool {
    let next = if line.is_space(token + 1) { token + 2 } else { token + 1 };
    line.is_mark(next, '%') || line.is(next, List::Units)
}

/// `20260312`
fn is_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    digits.len() == 8 && (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// `2015-2019`
fn years(groups: &[Group]) -> bool {
    groups.iter().all(|group| group.digits.len() == 4 && matches!(&group.digits[..2], "19" | "20"))
}
