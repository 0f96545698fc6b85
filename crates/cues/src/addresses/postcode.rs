//! Postcodes: those of the United Kingdom by themselves, others only with a place beside them.

use super::{Part, is_capital};
use crate::Strength;
use crate::tokens::{Line, TokenKind};

const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA \
    RI SC SD TN TX UT VT VA WA WV WI WY DC";
/// Letters that no inward code has.
const NOT_INWARD: &str = "CIKMOV";

/// The part of an address that begins at a token.
pub(super) fn find(line: &Line<'_>, at: usize) -> Option<Part> {
    match line.kind(at)? {
        TokenKind::Word => british(line, at).or_else(|| american(line, at)).or_else(|| canadian(line, at)),
        TokenKind::Number => continental(line, at),
        _ => None,
    }
}

/// A character of a code, and the token that it lies in.
type Placed = (char, usize);

/// The short ASCII words and numbers from a token on that touch one another.
fn run(line: &Line<'_>, first: usize) -> Vec<Placed> {
    let short = |at: &usize| {
        let written = matches!(line.kind(*at), Some(TokenKind::Word | TokenKind::Number));
        written && line.of(*at).len() <= 3 && line.of(*at).is_ascii()
    };
    // No code changes between letters and digits more than five times.
    let tokens = (first..first + 6).take_while(short);
    tokens.flat_map(|at| line.of(at).chars().map(move |c| (c, at))).collect()
}

/// How many characters the second half of a code in two halves has.
const INWARD: usize = 3;

/// The two halves of a code, with one space between them or none, and the token that it ends in.
fn halves(line: &Line<'_>, first: usize, spaced: bool) -> Option<(String, String, usize)> {
    let mut outward = run(line, first);
    let inward = if spaced {
        let space = outward.last()?.1 + 1;
        line.is_space(space).then(|| run(line, space + 1))?
    } else {
        outward.split_off(outward.len().checked_sub(INWARD)?)
    };
    let last = inward.last()?.1;
    // Nothing may follow in the same word.
    let ends = !matches!(line.kind(last + 1), Some(TokenKind::Word | TokenKind::Number));
    (inward.len() == INWARD && ends).then(|| (text(&outward), text(&inward), last))
}

fn text(placed: &[Placed]) -> String {
    placed.iter().map(|(c, _)| *c).collect()
}

/// `G4 0AB`, `SW1A1AA`, `g4 0ab`: one or two letters, a digit, perhaps one more of either; a digit, two letters.
fn british(line: &Line<'_>, first: usize) -> Option<Part> {
    let touches = first > 0 && line.number(first - 1).is_some();
    (line.of(first).len() <= 2 && !touches).then_some(())?;
    [true, false].into_iter().find_map(|spaced| {
        let (outward, inward, last) = halves(line, first, spaced)?;
        let all = || outward.chars().chain(inward.chars());
        let large = !all().any(|c| c.is_ascii_lowercase());
        let ordinal = matches!(inward.get(1..)?, "st" | "nd" | "rd" | "th");
        let small = spaced && !ordinal && !all().any(|c| c.is_ascii_uppercase());
        let strength = if large { Strength::Certain } else { Strength::Likely };
        ((large || small) && is_outward(&outward) && is_inward(&inward)).then_some(Part { first, last, strength })
    })
}

fn is_outward(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    let rest: Vec<char> = text.chars().skip(letters).collect();
    let tail = match rest[..] {
        [digit] => digit.is_ascii_digit(),
        [digit, more] => digit.is_ascii_digit() && more.is_ascii_alphanumeric(),
        _ => false,
    };
    (1..=2).contains(&letters) && tail
}

fn is_inward(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() && !NOT_INWARD.contains(c.to_ascii_uppercase());
    let characters: Vec<char> = text.chars().collect();
    matches!(characters[..], [digit, a, b] if digit.is_ascii_digit() && letter(a) && letter(b))
}

/// `Chicago, IL 60614`
fn american(line: &Line<'_>, first: usize) -> Option<Part> {
    is_capital(line.word(first)?).then_some(())?;
    let mut at = first + 1;
    // A town of up to three words.
    for _ in 0..2 {
        if line.is_space(at) && line.word(at + 1).is_some_and(|word| is_capital(word) && word.len() > 2) {
            at += 2;
        }
    }
    at += usize::from(line.is_mark(at, ','));
    let state = line.word(at + 1).filter(|_| line.is_space(at))?;
    let zip = line.number(at + 3).filter(|_| line.is_space(at + 2))?;
    let more = line.is_mark(at + 4, '-') && line.number(at + 5).is_some_and(|more| more.len() == 4);
    let last = if more { at + 5 } else { at + 3 };
    (STATES.split(' ').any(|known| known == state) && zip.len() == 5).then_some(Part {
        first,
        last,
        strength: Strength::Certain,
    })
}

/// `Ottawa K1A 0B1`: the code begins here, behind a town.
fn canadian(line: &Line<'_>, first: usize) -> Option<Part> {
    let town = first.checked_sub(2).and_then(|at| line.word(at).or_else(|| line.word(at.checked_sub(1)?)));
    town.filter(|town| is_capital(town) && town.len() > 1)?;
    let (outward, inward, last) = halves(line, first, true).or_else(|| halves(line, first, false))?;
    let code = outward + &inward;
    let alternate =
        code.char_indices().all(|(at, c)| if at % 2 == 0 { c.is_ascii_uppercase() } else { c.is_ascii_digit() });
    (alternate && code.len() == 6).then_some(Part { first, last, strength: Strength::Likely })
}

/// `, 75001 Paris`: behind a comma that ends a street's number or name.
fn continental(line: &Line<'_>, first: usize) -> Option<Part> {
    let number = line.number(first)?;
    let behind_a_comma = first >= 3 && line.is_space(first - 1) && line.is_mark(first - 2, ',');
    let street = behind_a_comma && (line.number(first - 3).is_some() || line.word(first - 3).is_some_and(is_capital));
    let last = first + 2;
    let town = line.word(last).filter(|_| line.is_space(first + 1))?;
    let digits = number.is_ascii() && matches!(number.len(), 4 | 5);
    (street && digits && is_capital(town) && town.len() > 2).then_some(Part { first, last, strength: Strength::Likely })
}
