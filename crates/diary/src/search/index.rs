//! The search index: every entry's words, folded once. It lives in memory while the diary is open, and nowhere else.
//!
//! Not an index of words: a person looks for the middle of a word as well, and reading 15 MB of folded text from end to end
//! takes a few milliseconds. `cargo xtask bench` measures it.

use std::collections::BTreeMap;

use memchr::memmem::Finder;
use waymark_protocol::EntryId;

use super::fold::fold;
use super::words_of;
use crate::diary::Revision;

/// Folded text by entry.
#[derive(Default)]
pub(crate) struct Index(BTreeMap<EntryId, Box<str>>);

impl Index {
    /// What an entry says is this now.
    pub fn put(&mut self, entry: EntryId, revisions: &[Revision]) {
        self.0.insert(entry, folded(revisions));
    }

    /// The entry is no more.
    pub fn remove(&mut self, entry: &EntryId) {
        self.0.remove(entry);
    }

    /// Whether all of the query's words occur in the entry.
    pub fn has_all(&self, entry: &EntryId, query: &Query) -> bool {
        query.finders.is_empty()
            || self
                .0
                .get(entry)
                .is_some_and(|text| query.finders.iter().all(|finder| finder.find(text.as_bytes()).is_some()))
    }
}

/// Of what was folded before.
impl FromIterator<(EntryId, Box<str>)> for Index {
    fn from_iter<I: IntoIterator<Item = (EntryId, Box<str>)>>(folded: I) -> Self {
        Self(folded.into_iter().collect())
    }
}

/// An entry's words, folded.
pub(crate) fn folded(revisions: &[Revision]) -> Box<str> {
    fold(&words_of(revisions)).into_boxed_str()
}

/// What is looked for: folded words, each ready to be found.
pub(crate) struct Query {
    finders: Vec<Finder<'static>>,
}

impl Query {
    /// The words of what was typed. None of them: everything is found.
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(fold).filter(|word| !word.is_empty());
        Self { finders: words.map(|word| Finder::new(word.as_bytes()).into_owned()).collect() }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.finders.is_empty()
    }

    /// Whether all words occur in `text`, which is not folded yet.
    pub fn is_in(&self, text: &str) -> bool {
        let folded = fold(text);
        self.finders.iter().all(|finder| finder.find(folded.as_bytes()).is_some())
    }

    pub(super) fn finders(&self) -> &[Finder<'static>] {
        &self.finders
    }
}
