//! Reads TOML values into types, remembering lines, and goes on after a mistake so that all are found at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::near::nearest;
use super::problem::{Fault, Problem, quoted};
use super::{Text, limits};

/// Keys that stand at the top of the file only.
pub(super) const SETTINGS: [&str; 9] =
    ["version", "languages", "about", "run_by", "contact", "hold", "about_days_back", "review_after", "join_page"];
/// The blocks of the file.
pub(super) const BLOCKS: [&str; 8] =
    ["phase", "prompt_set", "prompt", "schedule", "time_point", "consent", "support", "code"];

/// A table of the file.
pub(super) struct Block<'a> {
    table: &'a DeTable<'a>,
    /// Its path, like `prompt[3]`; empty for the top.
    pub(super) at: String,
    /// What a message calls it.
    label: String,
    line: usize,
}

impl<'a> Block<'a> {
    pub(super) fn top(table: &'a DeTable<'a>) -> Self {
        Self { table, at: String::new(), label: "the study".to_owned(), line: 1 }
    }

    pub(super) fn path(&self, key: &str) -> String {
        if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) }
    }
}

/// What has been read: where things stand, and what was wrong.
pub(super) struct Reader {
    /// The byte at which each line after the first begins.
    line_starts: Vec<usize>,
    places: BTreeMap<String, usize>,
    problems: Vec<Problem>,
    /// Places already complained of: rules that they break as a consequence are not worth a second complaint.
    complained: BTreeSet<String>,
    /// The study's languages, once read.
    pub(super) languages: Vec<String>,
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        let line_starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect();
        Self {
            line_starts,
            places: BTreeMap::new(),
            problems: Vec::new(),
            complained: BTreeSet::new(),
            languages: Vec::new(),
        }
    }

    /// The line, from 1, of the byte at `offset`.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        1 + self.line_starts.partition_point(|start| *start <= offset)
    }

    fn complain(&mut self, at: String, line: usize, message: String, remedy: String) {
        self.complained.insert(at.clone());
        self.problems.push(Problem { line, at, message, remedy });
    }

    /// Takes the faults in, each at the line of its place or of what surrounds it, and gives all problems in order.
    pub(super) fn finish(mut self, faults: Vec<Fault>) -> Vec<Problem> {
        for Fault { at, message, remedy } in faults {
            if !self.surroundings(&at).any(|place| self.complained.contains(place)) {
                let line = self.surroundings(&at).find_map(|place| self.places.get(place)).copied().unwrap_or(1);
                self.problems.push(Problem { line, at, message, remedy });
            }
        }
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    /// The place itself, then what it stands in, outwards.
    fn surroundings<'p>(&self, at: &'p str) -> impl Iterator<Item = &'p str> + use<'p> {
        std::iter::successors(Some(at), |place| place.rfind(['.', '[']).map(|end| &place[..end]))
    }

    /// Complains of keys that the block does not have.
    pub(super) fn known_keys(&mut self, block: &Block<'_>, keys: &[&str]) {
        for key in block.table.keys() {
            let name: &str = key.get_ref();
            if !keys.contains(&name) {
                let remedy = match nearest(name, keys.iter().copied()) {
                    _ if SETTINGS.contains(&name) => "move it to the top of the file, above the first `[[`".to_owned(),
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("take it out; known keys are: {}", keys.join(", ")),
                };
                let line = self.line_of(key.span().start);
                self.complain(block.path(name), line, format!("{} has no key {}", block.label, quoted(name)), remedy);
            }
        }
    }

    /// The blocks `[[key]]` in `parent`, in order.
    pub(super) fn blocks<'a>(&mut self, parent: &Block<'a>, key: &str) -> Vec<Block<'a>> {
        let Some((line, value)) = self.value(parent, key) else {
            return Vec::new();
        };
        let at = parent.path(key);
        let written = if parent.at.is_empty() { key.to_owned() } else { format!("prompt.{key}") };
        let tables =
            value.as_array().map(|values| values.iter().map(|value| (value.span().start, value.get_ref().as_table())));
        let mut blocks = Vec::new();
        for (index, (start, table)) in tables.into_iter().flatten().enumerate() {
            let Some(table) = table else { continue };
            let (at, line) = (format!("{at}[{index}]"), self.line_of(start));
            self.places.insert(at.clone(), line);
            blocks.push(Block { table, at, label: format!("`{written}`"), line });
        }
        if value.as_array().is_none_or(|values| values.is_empty() || values.len() != blocks.len()) {
            let remedy = format!("begin each one with a line `[[{written}]]`, in two pairs of brackets");
            self.complain(at, line, format!("`{written}` is not a list of blocks"), remedy);
        }
        blocks
    }

    fn value<'a>(&mut self, block: &Block<'a>, key: &str) -> Option<(usize, &'a DeValue<'a>)> {
        let (name, value) = block.table.get_key_value(key)?;
        let line = self.line_of(name.span().start);
        self.places.insert(block.path(key), line);
        Some((line, value.get_ref()))
    }

    /// The value of `key`, if it is there and `read` can read it.
    fn read<'a, T>(
        &mut self,
        block: &Block<'a>,
        key: &str,
        expected: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let (line, value) = self.value(block, key)?;
        let found = read(value);
        if found.is_none() {
            let message = format!("`{key}` cannot be {}", shown(value));
            self.complain(block.path(key), line, message, format!("write {expected}"));
        }
        found
    }

    /// Passes `found` on; complains if it is not there because `key` is missing.
    pub(super) fn need<T>(
        &mut self,
        block: &Block<'_>,
        key: &str,
        found: Option<T>,
        remedy: impl Into<String>,
    ) -> Option<T> {
        if found.is_none() && !block.table.contains_key(key) {
            let message = format!("{} has no `{key}`", block.label);
            self.complain(block.path(key), block.line, message, remedy.into());
        }
        found
    }

    pub(super) fn string(&mut self, block: &Block<'_>, key: &str) -> Option<String> {
        self.read(block, key, "words between quotes", |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn boolean(&mut self, block: &Block<'_>, key: &str) -> Option<bool> {
        self.read(block, key, "true or false, without quotes", DeValue::as_bool)
    }

    pub(super) fn number<T: TryFrom<i64>>(&mut self, block: &Block<'_>, key: &str, least: i64) -> Option<T> {
        let read = |value: &DeValue<'_>| {
            let integer = value.as_integer()?;
            let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok()?;
            if number < least { None } else { T::try_from(number).ok() }
        };
        self.read(block, key, &format!("a whole number from {least}, without quotes"), read)
    }

    /// A word that stands for a `T`, as in the document's JSON.
    pub(super) fn word<T: DeserializeOwned>(&mut self, block: &Block<'_>, key: &str, expected: &str) -> Option<T> {
        self.read(block, key, expected, read_word)
    }

    /// A list of words that stand for a `T` each.
    pub(super) fn words<T: DeserializeOwned>(
        &mut self,
        block: &Block<'_>,
        key: &str,
        expected: &str,
    ) -> Option<Vec<T>> {
        let lines: Vec<usize> = match block.table.get(key).and_then(|value| value.get_ref().as_array()) {
            Some(values) => values.iter().map(|value: &Spanned<_>| self.line_of(value.span().start)).collect(),
            None => Vec::new(),
        };
        for (index, line) in lines.into_iter().enumerate() {
            self.places.insert(format!("{}[{index}]", block.path(key)), line);
        }
        let read = |value: &DeValue<'_>| value.as_array()?.iter().map(|value| read_word(value.get_ref())).collect();
        self.read(block, key, &format!("a list in brackets, of {expected}"), read)
    }

    /// A text: a string, or a table with a string per language.
    pub(super) fn text(&mut self, block: &Block<'_>, key: &str) -> Option<Text> {
        let (_, value) = self.value(block, key)?;
        if let Some(table) = value.as_table() {
            for language in table.keys() {
                let line = self.line_of(language.span().start);
                self.places.insert(format!("{}.{}", block.path(key), language.get_ref()), line);
            }
        }
        let languages = self.languages.clone();
        let rank = |tag: &str| languages.iter().position(|language| language == tag).unwrap_or(usize::MAX);
        let read = |value: &DeValue<'_>| match value {
            DeValue::String(words) => Some(Text::new(languages.first().map_or("", String::as_str), words.as_ref())),
            DeValue::Table(table) => {
                let entry = |(tag, words): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
                    let tag: &std::borrow::Cow<'_, str> = tag.get_ref();
                    Some((tag.to_string(), words.get_ref().as_str()?.to_owned()))
                };
                let mut entries = table.iter().map(entry).collect::<Option<Vec<_>>>()?;
                entries.sort_by_key(|(tag, _)| rank(tag));
                Some(Text::from_entries(entries))
            }
            _ => None,
        };
        let expected = format!("words between quotes, or `{key}.en = \"…\"` for each language");
        self.read(block, key, &expected, read)
    }
}

fn read_word<T: DeserializeOwned>(value: &DeValue<'_>) -> Option<T> {
    let word: StrDeserializer<'_, WordError> = value.as_str()?.into_deserializer();
    T::deserialize(word).ok()
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(words) => quoted(words),
        DeValue::Integer(number) => {
            if number.as_str().len() > limits::ID_CHARS {
                "such a number".to_owned()
            } else {
                number.to_string()
            }
        }
        DeValue::Float(_) => "a number with a point".to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "this list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
