//! What in a text could tell who somebody is: likely names, phone numbers, e-mail addresses, postal addresses, dates of
//! birth.
//!
//! In the diary these are quiet cues while a person writes ("use initials"); at the desk they are where pseudonymising
//! begins. Rules alone: no model, no network, no dictionary beyond the short lists in `src/vocabulary`. The same text gives
//! the same cues on every machine, and the reason for each can be read.
//!
//! ```
//! use waymark_cues::{Context, Kind, find};
//!
//! let text = "Danny texted from 07700 900123.";
//! let cues = find(text, &Context::new(2026));
//! let kinds: Vec<_> = cues.iter().map(|cue| (cue.kind, &text[cue.range.clone()])).collect();
//! assert_eq!(kinds, [(Kind::Name, "Danny"), (Kind::Phone, "07700 900123")]);
//! assert!(find("D. texted.", &Context::new(2026)).is_empty(), "initials are what is asked for");
//! ```
//!
//! # How a name is told
//!
//! A missed name can harm somebody; a mark at every capital teaches people to look away. So a word is a name when
//!
//! - a title or words such as "called" or "her name is" stand before it;
//! - it has a capital in the middle of a sentence, is not one of the words that have one anyway (days, places,
//!   organisations, medicines), and does not stand where places and things do ("in …", "the …", "went to …", "… Street");
//! - it begins a sentence and is a common given name, or people do what it does ("… told me", "…'s mum", "… and I"), or
//!   the same word is a name in the middle of another sentence;
//! - it is a common given name in small letters and nothing else, as people type on phones.
//!
//! Words side by side are one name. One letter is never a name. Where capitals say nothing (headings, shouting, German), only
//! given names, titles and "called" count; in scripts other than Latin only titles and "called".
//!
//! # How well
//!
//! Measured on our own sentences, which is all that these figures say; the tests keep them true. A mark is right when kind and
//! text are.
//!
//! | sentences | written | marks that are right | places that are marked |
//! |---|---|---|---|
//! | 62 held out (`tests/corpus/held-out.txt`) | before the rules, as a diary might have them | 33 of 34 (97 %) | 33 of 33 (100 %) |
//! | 38 made to be hard (`tests/corpus/hard.txt`) | after the rules, against them | 16 of 21 (76 %) | 16 of 28 (57 %) |
//!
//! What is missed: names that are everyday words or on no list, in small letters or at the start of a sentence with nothing
//! that tells. What is marked in error: small towns, titles of films, numbers of ten digits that are no phone's. So a text
//! without cues is not anonymous, and nothing here says that it is.
//!
//! # What holds
//!
//! - Never panics; cues lie at character boundaries, are in order, and do not overlap. Time grows with the text alone.
//! - A line end separates everything but what is known of names: with `‖` for joining by a line end, the cues of `a ‖ b`
//!   that are no names are those of `a` and those of `b`; every byte that is of a name in `a` or in `b` is of one in `a ‖ b`;
//!   and the cues of `a ‖ a` are those of `a`, twice.

#![forbid(unsafe_code)]

mod addresses;
mod context;
mod dates;
mod emails;
mod names;
mod phones;
mod tokens;
mod vocabulary;

use std::collections::BTreeMap;
use std::ops::Range;

pub use context::Context;

/// What a cue points out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody's name, without titles and without `'s`.
    Name,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postal address or a part of one that leads to a door.
    Address,
    /// A date of birth.
    BirthDate,
}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// It could well be something else.
    Likely,
    /// Little else looks like this.
    Certain,
}

/// One place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// What it is.
    pub kind: Kind,
    /// Where, in bytes of the text, at character boundaries.
    pub range: Range<usize>,
    /// Where, in UTF-16 code units, as a page counts.
    pub utf16: Range<usize>,
    /// How sure that is.
    pub strength: Strength,
}

/// The cues of a text, in order.
pub fn find(text: &str, context: &Context) -> Vec<Cue> {
    let lines = tokens::lines(text);
    let mut found = Found::default();
    // What is told most surely comes first; what overlaps with it gives way.
    for line in &lines {
        found.add(Kind::Email, emails::find(line));
        found.add(Kind::BirthDate, dates::find(line, context.year()));
        found.add(Kind::Phone, phones::find(line));
        found.add(Kind::Address, addresses::find(line));
    }
    found.add(Kind::Name, names::find(&lines));
    let allowed = |range: Range<usize>| context.allows(&text[range]);
    let cues = found.by_start.into_iter().filter(|(start, (end, ..))| !allowed(*start..*end));
    let mut counted = Utf16 { text, bytes: 0, units: 0 };
    cues.map(|(start, (end, kind, strength))| {
        let utf16 = counted.at(start)..counted.at(end);
        Cue { kind, range: start..end, utf16, strength }
    })
    .collect()
}

/// Places that do not overlap, by where they begin.
#[derive(Default)]
struct Found {
    by_start: BTreeMap<usize, (usize, Kind, Strength)>,
}

impl Found {
    fn add(&mut self, kind: Kind, places: Vec<(Range<usize>, Strength)>) {
        for (range, strength) in places {
            // Of those that begin before this one ends, the last is the only one that can reach into it.
            let last = self.by_start.range(..range.end).next_back();
            if last.is_none_or(|(_, (end, ..))| *end <= range.start) {
                self.by_start.insert(range.start, (range.end, kind, strength));
            }
        }
    }
}

/// Counts UTF-16 units on the way through a text.
struct Utf16<'t> {
    text: &'t str,
    bytes: usize,
    units: usize,
}

impl Utf16<'_> {
    /// The unit at a byte that is not before the last one asked for.
    fn at(&mut self, byte: usize) -> usize {
        self.units += self.text[self.bytes..byte].chars().map(char::len_utf16).sum::<usize>();
        self.bytes = byte;
        self.units
    }
}
