//! Names as the page shows them.

use std::collections::HashMap;

use super::super::reading::Reading;
use super::types::*;
use super::{Shown, short};
use crate::prepare::{Candidate, Decision, Pseudonyms, Source, Verdict, find};
use crate::verify::rfc3339;

const MOST_FOUND: usize = 300;

pub(super) fn view(shown: &Shown) -> NamesView {
    let (reading, prepared) = (&shown.reading, &shown.prepared);
    let pseudonyms = &prepared.pseudonyms;
    let found = find(sources(reading), pseudonyms);
    let found_total = short(found.len());
    let times = times(sources(reading), pseudonyms);
    let decided = pseudonyms.holding().map(|decision| DecidedName {
        times: times.get(&decision.term).copied().unwrap_or(0),
        ..DecidedName::from(decision)
    });
    let count = prepared.count(&prepared.copies(reading));
    let decided_last = pseudonyms.all().last().map(|decision| (decision.at, &decision.said.by));
    let read_last = prepared.reviews.last().map(|review| (review.at, &review.by));
    NamesView {
        found: found.into_iter().take(MOST_FOUND).map(FoundName::from).collect(),
        found_total,
        decided: decided.collect(),
        used: pseudonyms.used().into_iter().map(str::to_owned).collect(),
        count,
        last_by: decided_last.max(read_last).map(|(_, by)| by.as_str().to_owned()),
    }
}

/// Everything that was ever decided, the newest first.
pub(super) fn history(shown: &Shown) -> Vec<DecidedName> {
    let mut all: Vec<DecidedName> = shown.prepared.pseudonyms.all().map(DecidedName::from).collect();
    all.reverse();
    all
}

/// Everything in which there may be names: entries as they are now, and interviews.
pub(super) fn sources(reading: &Reading) -> impl Iterator<Item = Source<'_>> {
    let interviews = reading.interviews().map(|(participant, transcript)| Source::interview(participant, transcript));
    reading.newest().map(Source::from).chain(interviews)
}

/// How often each decided term stands in these.
fn times<'r>(sources: impl Iterator<Item = Source<'r>>, pseudonyms: &Pseudonyms) -> HashMap<String, u32> {
    let mut times = HashMap::new();
    for source in sources {
        for text in source.texts() {
            for term in pseudonyms.terms_in(text) {
                *times.entry(term).or_insert(0) += 1;
            }
        }
    }
    times
}

impl From<Candidate> for FoundName {
    fn from(candidate: Candidate) -> Self {
        let Candidate { term, sort, times, people, examples } = candidate;
        let examples = examples.into_iter().map(|example| NameExample {
            participant: example.participant,
            about: example.about,
            time_point: example.time_point,
            before: example.before,
            after: example.after,
        });
        Self { term, sort, times: short(times), people: short(people), examples: examples.collect() }
    }
}

impl From<&Decision> for DecidedName {
    fn from(decision: &Decision) -> Self {
        let (verdict, replacement) = match &decision.verdict {
            Verdict::Replace(by) => (VerdictName::Replace, Some(by.as_str().to_owned())),
            Verdict::Leave => (VerdictName::Leave, None),
            Verdict::Undone => (VerdictName::Undone, None),
        };
        Self {
            term: decision.term.clone(),
            sort: decision.sort,
            verdict,
            replacement,
            by: decision.said.by.as_str().to_owned(),
            at: rfc3339(decision.at),
            why: decision.said.why.as_ref().map(|why| why.as_str().to_owned()),
            times: 0,
        }
    }
}
