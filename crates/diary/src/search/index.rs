//! The search index: what every entry's words are once folded. It lives in memory while the diary is open, and nowhere else.
//!
//! Not an index of words: a person looks for the middle of a word as well, and reading 15 MB of folded text from end to end
//! takes a few milliseconds. Nor a second copy of the diary: of most texts, folding only makes the letters A to Z small, and
//! that is done again while looking. Kept is the folding of the others. `cargo xtask bench` measures both.

use std::collections::BTreeMap;

use memchr::memmem::Finder;
use waymark_protocol::EntryId;
use zeroize::Zeroizing;

use super::fold::fold;
use super::{put_words, words_of};
use crate::answers::Choices;
use crate::diary::{Revision, heads};

/// Folded text by entry, of those of which it is not their text with small letters.
#[derive(Default)]
pub(crate) struct Index(BTreeMap<EntryId, Box<str>>);

impl Index {
    /// What an entry says is this now.
    pub fn put(&mut self, entry: EntryId, revisions: &[Revision]) {
        match folded(revisions) {
            Some(folded) => self.0.insert(entry, folded),
            None => self.0.remove(&entry),
        };
    }

    /// The entry is no more.
    pub fn remove(&mut self, entry: &EntryId) {
        self.0.remove(entry);
    }

    /// Whether all of the query's words occur in the entry, which has these revisions.
    pub fn has_all(&self, entry: &EntryId, revisions: &[Revision], query: &mut Query) -> bool {
        if query.is_empty() {
            return true;
        }
        query.take_choices_of(revisions);
        match self.0.get(entry) {
            Some(folded) => query.occurs_in(folded.as_bytes()),
            None => query.occurs_in_small_letters_of(revisions),
        }
    }
}

/// Of what was folded before.
impl FromIterator<(EntryId, Box<str>)> for Index {
    fn from_iter<I: IntoIterator<Item = (EntryId, Box<str>)>>(folded: I) -> Self {
        Self(folded.into_iter().collect())
    }
}

/// An entry's words, folded; none where that is their text with the letters A to Z made small.
pub(crate) fn folded(revisions: &[Revision]) -> Option<Box<str>> {
    let words = words_of(revisions);
    if words.is_ascii() {
        return None;
    }
    let folded = fold(&words);
    // Folding leaves no capital letters, so only those of `words` are still to be overlooked.
    (!folded.eq_ignore_ascii_case(&words)).then(|| folded.into_boxed_str())
}

/// What is looked for: folded words, each ready to be found.
pub(crate) struct Query {
    finders: Vec<Finder<'static>>,
    choices: Choices,
    /// The choices of the entry that is looked through just now, folded.
    chosen: Zeroizing<String>,
    /// Its text, in small letters.
    text: Zeroizing<String>,
}

impl Query {
    /// The words of what was typed, to be found in what a study's choices are called, too.
    pub fn over(typed: &str, choices: Choices) -> Self {
        Self { choices, ..Self::new(typed) }
    }

    /// The words of what was typed. None of them: everything is found.
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(fold).filter(|word| !word.is_empty());
        let finders = words.map(|word| Finder::new(word.as_bytes()).into_owned()).collect();
        Self { finders, choices: Choices::default(), chosen: Zeroizing::default(), text: Zeroizing::default() }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.finders.is_empty()
    }

    /// Whether all words occur in `text`, which is not folded yet.
    pub fn is_in(&self, text: &str) -> bool {
        self.occurs_in(fold(text).as_bytes())
    }

    fn occurs_in(&self, folded: &[u8]) -> bool {
        let chosen = self.chosen.as_bytes();
        self.finders.iter().all(|finder| finder.find(folded).is_some() || finder.find(chosen).is_some())
    }

    fn take_choices_of(&mut self, revisions: &[Revision]) {
        self.chosen.clear();
        heads(revisions).for_each(|revision| self.choices.put_folded(&revision.entry, &mut self.chosen));
    }

    fn occurs_in_small_letters_of(&mut self, revisions: &[Revision]) -> bool {
        self.text.clear();
        put_words(revisions, |answer| &answer.value, &mut self.text);
        self.text.make_ascii_lowercase();
        self.occurs_in(self.text.as_bytes())
    }

    pub(super) fn choices(&self) -> &Choices {
        &self.choices
    }

    pub(super) fn finders(&self) -> &[Finder<'static>] {
        &self.finders
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use proptest::prelude::*;
    use waymark_protocol::RevisionId;
    use waymark_protocol::content::Entry;

    use super::*;
    use crate::store::Sharing;
    use crate::testing::monday;

    fn saying(text: &str, tags: &[&str]) -> Revision {
        let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        let entry = Entry {
            entry: EntryId([1; 16]),
            revision: RevisionId([2; 16]),
            parents: Vec::new(),
            about: monday().date(),
            written_at: monday().wall,
            phase: None,
            prompt_set: "free".to_owned(),
            answers: Vec::new(),
            text: text.to_owned(),
            weight: None,
            tags,
            document_version: 0,
            attachments: Vec::new(),
        };
        Revision { entry, record: None, sharing: Sharing::Private, copied: None }
    }

    fn finds(text: &str, typed: &str) -> bool {
        let revision = saying(text, &[]);
        let mut index = Index::default();
        index.put(revision.entry.entry, slice::from_ref(&revision));
        index.has_all(&revision.entry.entry, slice::from_ref(&revision), &mut Query::new(typed))
    }

    #[test]
    fn only_a_folding_that_is_more_than_small_letters_is_kept() {
        for (text, kept) in [
            ("I Waited. ALL day", false),
            ("She said \u{201c}it\u{2019}s fine\u{201d} \u{2013} and left\u{2026}", true),
            ("It\u{2019}s Fine \u{2013} SO she said", false),
            ("我等了一天", false),
            ("a café", true),
            ("CAFE\u{301}", true),
            ("\u{ff21}", true),
        ] {
            assert_eq!(folded(&[saying(text, &[])]).is_some(), kept, "{text}");
        }
    }

    #[test]
    fn what_an_entry_no_longer_says_is_not_found() {
        let entry = saying("", &[]).entry.entry;
        let mut index = Index::default();
        for (text, typed) in [("un café", "cafe"), ("A tea", "TEA"), ("une thé", "the")] {
            let revisions = [saying(text, &["Tag"])];
            index.put(entry, &revisions);
            assert!(index.has_all(&entry, &revisions, &mut Query::new(typed)));
            assert!(index.has_all(&entry, &revisions, &mut Query::new("tag")));
            assert!(!index.has_all(&entry, &revisions, &mut Query::new("coffee")));
        }
        index.put(entry, &[saying("plain", &[])]);
        assert!(index.0.is_empty());
    }

    proptest! {
        /// Whatever is kept, the same is found as in the folded text.
        #[test]
        fn the_same_is_found_as_in_the_folded_text(
            text in "([A-Za-z0-9 ’“é\u{301}ßÆ我\u{645}\u{640}\u{212a}\u{130}]|\\PC){0,40}",
            typed in "([A-Za-z ’éß我]|\\PC){0,3}",
            from in any::<prop::sample::Index>(),
        ) {
            prop_assert_eq!(finds(&text, &typed), Query::new(&typed).is_in(&text));
            let letters: Vec<char> = text.chars().collect();
            if let Some(first) = (!letters.is_empty()).then(|| from.index(letters.len())) {
                let part: String = letters[first..].iter().take(3).collect();
                prop_assert!(finds(&text, &part.to_ascii_uppercase()), "{part} of {text}");
            }
        }
    }
}
