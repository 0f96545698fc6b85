//! What the rules are told beside the text.

use std::collections::HashSet;

use crate::vocabulary::fold;

/// What is known where a text is read.
#[derive(Debug, Clone, Default)]
pub struct Context {
    year: i32,
    allowed: HashSet<String>,
}

impl Context {
    /// The year of reading, from which ages are counted; nothing is allowed yet.
    pub fn new(year: i32) -> Self {
        Self { year, allowed: HashSet::new() }
    }

    /// Words that somebody has said are fine. Capitals, accents and what stands between letters and digits make no
    /// difference.
    pub fn allowing<'w>(mut self, words: impl IntoIterator<Item = &'w str>) -> Self {
        self.allowed.extend(words.into_iter().map(key).filter(|key| !key.is_empty()));
        self
    }

    pub(crate) fn year(&self) -> i32 {
        self.year
    }

    /// Whether a text is allowed as a whole, or word by word.
    pub(crate) fn allows(&self, text: &str) -> bool {
        let known = |text: &str| self.allowed.contains(&key(text));
        !self.allowed.is_empty() && (known(text) || text.split_whitespace().all(known))
    }
}

fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_known_however_it_is_written() {
        let context = Context::new(2026).allowing(["Danny", "07700 900123", "jo"]);
        for text in ["danny", "DANNY", "07700900123", "Danny Jo"] {
            assert!(context.allows(text), "{text}");
        }
        for text in ["Dan", "Danny Smith", "07700 900124"] {
            assert!(!context.allows(text), "{text}");
        }
    }

    #[test]
    fn nothing_is_allowed_by_an_empty_word() {
        let context = Context::new(2026).allowing(["", " - "]);
        assert!(!context.allows("- -") && !context.allows("Danny"));
    }
}
