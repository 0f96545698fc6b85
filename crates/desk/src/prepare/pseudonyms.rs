//! What was decided about names, with who decided, when and why.
//!
//! Each decision is a row of its own in the vault, in the order in which they were made; for each term the last one holds. What a decision
//! was before stays readable, until the term is forgotten with all that was ever decided about it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use waymark_vault::{Reader, Table, Tx, Vault};

use super::finder::Sort;
use super::matcher::Matcher;
use super::said::{Said, WhoAndWhy};
use crate::collection::CollectionError;

const PSEUDONYMS: Table = Table::new("pseudonyms");
const META: Table = Table::new("desk");
const RETIRED: &[u8] = b"retired pseudonyms";
/// How long a term may be, in characters.
pub const LONGEST_TERM: usize = 200;
/// How long what stands in its place may be, in characters.
pub const LONGEST_PSEUDONYM: usize = 100;

/// What becomes of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// This stands in its place.
    Replace(Said),
    /// It stays as it is.
    Leave,
    /// An earlier decision no longer holds.
    Undone,
}

/// What somebody decided about a term.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The word or words, in composed form. Large and small letters are different.
    pub term: String,
    /// How it was found.
    pub sort: Sort,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Who decided it, and why.
    #[serde(flatten)]
    pub said: WhoAndWhy,
    /// When: milliseconds since 1970, UTC.
    pub at: u64,
}

/// Names stay out of logs.
impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Decision(…)")
    }
}

/// A term or pseudonym is 1 to so many characters in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is empty, longer than a line may be here, or more than a line")]
pub struct Unfit;

/// All decisions, and what of them holds.
pub struct Pseudonyms {
    all: Vec<(u64, Decision)>,
    /// For each term the place in `all` of the last one, where that is not one that was undone.
    holding: BTreeMap<String, usize>,
    replaced: Terms,
    left: Terms,
    /// What stood in the place of terms that were forgotten.
    retired: BTreeSet<String>,
}

/// Names stay out of logs.
impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonyms(…)")
    }
}

/// Terms of which the same becomes.
struct Terms {
    matcher: Matcher,
    /// The places of their decisions, in the matcher's order.
    places: Vec<usize>,
}

impl Terms {
    fn of(all: &[(u64, Decision)], places: Vec<usize>) -> Self {
        Self { matcher: Matcher::of(places.iter().map(|place| all[*place].1.term.as_str())), places }
    }
}

impl Pseudonyms {
    /// Those that the desk keeps.
    pub fn load(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let mut all = Vec::new();
        reader.scan(PSEUDONYMS, |id, bytes| {
            let row = || CollectionError::Row("pseudonyms");
            let number = u64::from_be_bytes(id.try_into().map_err(|_| row())?);
            all.push((number, serde_json::from_slice(bytes).map_err(|_| row())?));
            Ok::<_, CollectionError>(())
        })?;
        let retired = match reader.get(META, RETIRED)? {
            Some(json) => serde_json::from_slice(&json).map_err(|_| CollectionError::Row("desk"))?,
            None => BTreeSet::new(),
        };
        Ok(Self::of(all, retired))
    }

    /// Decisions that were made one after the other and are kept nowhere.
    pub fn of_decisions(decisions: Vec<Decision>) -> Self {
        Self::of((0..).zip(decisions).collect(), BTreeSet::new())
    }

    fn of(mut all: Vec<(u64, Decision)>, retired: BTreeSet<String>) -> Self {
        all.sort_by_key(|(number, _)| *number);
        let mut holding = BTreeMap::new();
        for (place, (_, decision)) in all.iter().enumerate() {
            match decision.verdict {
                Verdict::Undone => holding.remove(&decision.term),
                _ => holding.insert(decision.term.clone(), place),
            };
        }
        let (left, replaced) = holding.values().partition(|place| all[**place].1.verdict == Verdict::Leave);
        let (replaced, left) = (Terms::of(&all, replaced), Terms::of(&all, left));
        Self { all, holding, replaced, left, retired }
    }

    /// What was decided about this term, where it holds.
    pub fn about(&self, term: &str) -> Option<&Decision> {
        self.holding.get(term).map(|place| &self.all[*place].1)
    }

    /// Every decision that holds, by its term.
    pub fn holding(&self) -> impl Iterator<Item = &Decision> {
        self.holding.values().map(|place| &self.all[*place].1)
    }

    /// Everything that was ever decided, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.all.iter().map(|(_, decision)| decision)
    }

    /// The decided terms that stand in a text as it was written, as often as they do, also where another one stands over them.
    pub fn terms_in(&self, text: &str) -> Vec<String> {
        let text: String = text.nfc().collect();
        let in_text = |terms: &Terms| {
            let found = terms.matcher.find_all(&text).into_iter();
            found.map(|(_, nth)| self.all[terms.places[nth]].1.term.clone()).collect::<Vec<_>>()
        };
        [in_text(&self.replaced), in_text(&self.left)].concat()
    }

    /// Everything that stands, or ever stood, in the place of a term.
    pub fn used(&self) -> BTreeSet<&str> {
        let ever = self.all().filter_map(|decision| match &decision.verdict {
            Verdict::Replace(by) => Some(by.as_str()),
            Verdict::Leave | Verdict::Undone => None,
        });
        ever.chain(self.retired.iter().map(String::as_str)).collect()
    }

    /// Where decided terms stand in a text of composed form, from left to right, none over another. What stays as it is keeps what is
    /// replaced from being so only where it stands wholly over it: "Hope House" over "Hope", and not over "House of Ann".
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &Decision)> {
        let replaced = self.replaced.matcher.find(text);
        let meets = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
        let is_over = |one: &Range<usize>, other: &Range<usize>| one.start <= other.start && other.end <= one.end;
        let mut left = self.left.matcher.find_all(text);
        left.retain(|(over, _)| replaced.iter().all(|(range, _)| !meets(over, range) || is_over(over, range)));
        let mut end = 0;
        left.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        let replaced = replaced.into_iter().filter(|(range, _)| !left.iter().any(|(over, _)| meets(over, range)));
        let decision = |terms: &Terms, nth: usize| terms.places[nth];
        let mut all: Vec<(Range<usize>, usize)> =
            replaced.map(|(range, nth)| (range, decision(&self.replaced, nth))).collect();
        all.extend(left.iter().map(|(range, nth)| (range.clone(), decision(&self.left, *nth))));
        all.sort_by_key(|(range, _)| range.start);
        all.into_iter().map(|(range, place)| (range, &self.all[place].1)).collect()
    }

    /// Decides about terms, all of them or, where the file cannot be written, none.
    ///
    /// # Errors
    ///
    /// The desk's file.
    pub fn decide(self, vault: &mut Vault, decisions: Vec<Decision>) -> Result<Self, CollectionError> {
        let mut all = self.all;
        let from = all.last().map_or(0, |(number, _)| number + 1);
        let new: Vec<(u64, Decision)> = (from..).zip(decisions).collect();
        vault.write(|tx: &mut Tx<'_>| {
            new.iter().try_for_each(|(number, decision)| {
                let json = serde_json::to_vec(decision).map_err(|_| CollectionError::Row("pseudonyms"))?;
                Ok::<_, CollectionError>(tx.put(PSEUDONYMS, &number.to_be_bytes(), &json)?)
            })
        })?;
        all.extend(new);
        Ok(Self::of(all, self.retired))
    }

    /// Forgets terms with everything that was ever decided about them; only what stood in their place is kept, so that nobody else is called so.
    ///
    /// # Errors
    ///
    /// The desk's file.
    pub fn forget(self, vault: &mut Vault, terms: &[String]) -> Result<Self, CollectionError> {
        let (gone, all): (Vec<_>, Vec<_>) =
            self.all.into_iter().partition(|(_, decision)| terms.contains(&decision.term));
        let mut retired = self.retired;
        retired.extend(gone.iter().filter_map(|(_, decision)| match &decision.verdict {
            Verdict::Replace(by) => Some(by.as_str().to_owned()),
            Verdict::Leave | Verdict::Undone => None,
        }));
        let json = serde_json::to_vec(&retired).map_err(|_| CollectionError::Row("desk"))?;
        vault.write(|tx: &mut Tx<'_>| {
            tx.put(META, RETIRED, &json)?;
            gone.iter().try_for_each(|(number, _)| tx.delete(PSEUDONYMS, &number.to_be_bytes()).map(drop))
        })?;
        vault.truncate_wal()?;
        Ok(Self::of(all, retired))
    }
}

impl Decision {
    /// A decision about a term as it was typed or found.
    ///
    /// # Errors
    ///
    /// The term is unfit.
    pub fn new(term: &str, sort: Sort, verdict: Verdict, said: WhoAndWhy, at: u64) -> Result<Self, Unfit> {
        let term: String = term.nfc().collect();
        let term = Said::of(&term, LONGEST_TERM).ok_or(Unfit)?.as_str().to_owned();
        Ok(Self { term, sort, verdict, said, at })
    }
}
