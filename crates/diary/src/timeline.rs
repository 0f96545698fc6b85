//! The diary to re-read: entries by day, narrowed by words, tags, marks and days; the days that have some; the tags in use.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use waymark_protocol::EntryId;

use crate::diary::{Diary, Revision};
use crate::search::{self, Piece, Query};

/// What an entry can be marked for, one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// To be brought to the interview.
    Interview,
    /// To be brought to supervision.
    Supervision,
    /// To be talked about: the study was told so.
    Talk,
}

/// Which entries; the default is all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// All of these words occur, in any case, with or without accents.
    pub query: String,
    /// In which language a study's choices are looked for, and shown around what was found.
    pub language: String,
    /// All of these tags are on it.
    pub tags: Vec<String>,
    /// It has this mark.
    pub mark: Option<Mark>,
    /// It is about this day or a later one.
    pub from: Option<NaiveDate>,
    /// It is about this day or an earlier one.
    pub to: Option<NaiveDate>,
}

/// A month of some year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }
}

impl Diary {
    /// The entries that a filter lets through, newest day first; within a day, newest written first.
    pub fn matching(&self, filter: &Filter) -> Vec<EntryId> {
        let mut query = self.query(filter);
        let mut found: Vec<_> = self
            .entries
            .iter()
            .filter(|(id, revisions)| self.lets_through(filter, &mut query, id, revisions))
            .filter_map(|(id, revisions)| {
                let latest = &revisions.last()?.entry;
                Some((latest.about, latest.written_at, *id))
            })
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.into_iter().map(|(_, _, id)| id).collect()
    }

    fn lets_through(&self, filter: &Filter, query: &mut Query, id: &EntryId, revisions: &[Revision]) -> bool {
        let Some(latest) = revisions.last().map(|latest| &latest.entry) else { return false };
        let marks = self.marks(id);
        filter.from.is_none_or(|from| latest.about >= from)
            && filter.to.is_none_or(|to| latest.about <= to)
            && filter.mark.is_none_or(|mark| match mark {
                Mark::Interview => marks.interview,
                Mark::Supervision => marks.supervision,
                Mark::Talk => self.talks_about(id),
            })
            && filter.tags.iter().all(|tag| latest.tags.contains(tag))
            && self.index.has_all(id, revisions, query)
    }

    fn query(&self, filter: &Filter) -> Query {
        if filter.query.trim().is_empty() {
            return Query::new("");
        }
        // A document that cannot be read is told elsewhere; the words are found without it.
        Query::over(&filter.query, self.choices(&filter.language).unwrap_or_default())
    }

    /// The text around the first of a filter's words in each of some entries; none where it has no words.
    pub fn around(&self, entries: &[EntryId], filter: &Filter) -> Vec<Option<Vec<Piece>>> {
        let query = self.query(filter);
        let around = |entry| Some(search::around(self.entries.get(entry).filter(|_| !query.is_empty())?, &query));
        entries.iter().map(around).collect()
    }

    /// How many entries each day has, among those that a filter lets through whatever its own days are.
    pub fn days(&self, filter: &Filter) -> BTreeMap<NaiveDate, usize> {
        let any_day = Filter { from: None, to: None, ..filter.clone() };
        let mut query = self.query(filter);
        let mut days = BTreeMap::new();
        for (id, revisions) in &self.entries {
            if let Some(latest) = revisions.last().filter(|_| self.lets_through(&any_day, &mut query, id, revisions)) {
                *days.entry(latest.entry.about).or_default() += 1;
            }
        }
        days
    }

    /// The tags in use whose folded name has all words of `find`, with the number of entries of each: the most used first.
    pub fn tags(&self, find: &str) -> Vec<(String, usize)> {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for latest in self.entries.values().filter_map(|revisions| revisions.last()) {
            // The same tag twice on one entry is one entry.
            for tag in latest.entry.tags.iter().collect::<BTreeSet<_>>() {
                *uses.entry(tag).or_default() += 1;
            }
        }
        let query = Query::new(find);
        let mut tags: Vec<_> = uses.into_iter().filter(|(tag, _)| query.is_in(tag)).collect();
        tags.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then(a.cmp(b)));
        tags.into_iter().map(|(tag, uses)| (tag.to_owned(), uses)).collect()
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
