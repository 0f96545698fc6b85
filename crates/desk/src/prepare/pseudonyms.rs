//! What was decided about names, with who decided, when and why.
//!
//! Each decision is a row of its own in the vault, in the order in which they were made; for each term the last one holds. What a decision
//! was before stays readable, until the term is forgotten with all that was ever decided about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use waymark_vault::{Reader, Table, Tx, Vault};

use super::finder::Sort;
use super::matcher::Matcher;
use super::said::{Said, WhoAndWhy};
use crate::collection::CollectionError;

const PSEUDONYMS: Table = Table::new("pseudonyms");
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
#[derive(Debug)]
pub struct Pseudonyms {
    all: Vec<(u64, Decision)>,
    /// For each term the place in `all` of the last one, where that is not one that was undone.
    holding: BTreeMap<String, usize>,
    matcher: Matcher,
    /// The places in `all` of the matcher's terms, in its order.
    matched: Vec<usize>,
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
        Ok(Self::of(all))
    }

    /// Decisions that were made one after the other and are kept nowhere.
    pub fn of_decisions(decisions: Vec<Decision>) -> Self {
        Self::of((0..).zip(decisions).collect())
    }

    fn of(mut all: Vec<(u64, Decision)>) -> Self {
        all.sort_by_key(|(number, _)| *number);
        let mut holding = BTreeMap::new();
        for (place, (_, decision)) in all.iter().enumerate() {
            match decision.verdict {
                Verdict::Undone => holding.remove(&decision.term),
                _ => holding.insert(decision.term.clone(), place),
            };
        }
        let matcher = Matcher::of(holding.keys().map(String::as_str));
        let matched = holding.values().copied().collect();
        Self { all, holding, matcher, matched }
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

    /// The decided terms that stand in a text as it was written, as often as they do.
    pub fn terms_in(&self, text: &str) -> Vec<String> {
        let text: String = text.nfc().collect();
        self.find(&text).into_iter().map(|(_, decision)| decision.term.clone()).collect()
    }

    /// Where decided terms stand in a text of composed form, from left to right, none over another.
    pub(super) fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, &Decision)> {
        let found = self.matcher.find(text).into_iter();
        found.map(|(range, nth)| (range, &self.all[self.matched[nth]].1)).collect()
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
        Ok(Self::of(all))
    }

    /// Forgets terms with everything that was ever decided about them.
    ///
    /// # Errors
    ///
    /// The desk's file.
    pub fn forget(self, vault: &mut Vault, terms: &[String]) -> Result<Self, CollectionError> {
        let (gone, all): (Vec<_>, Vec<_>) =
            self.all.into_iter().partition(|(_, decision)| terms.contains(&decision.term));
        vault.write(|tx: &mut Tx<'_>| {
            gone.iter().try_for_each(|(number, _)| tx.delete(PSEUDONYMS, &number.to_be_bytes()).map(drop))
        })?;
        vault.truncate_wal()?;
        Ok(Self::of(all))
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
