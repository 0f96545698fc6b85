//! Words that a study shows, in one or more languages.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// One text in each of its languages; the study's first language comes first.
///
/// In JSON: an object from language to text, in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// A text in one language.
    pub fn new(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self(vec![(language.into(), text.into())])
    }

    pub(super) fn from_entries(entries: Vec<(String, String)>) -> Self {
        Self(entries)
    }

    /// The text for a reader of `language` (BCP 47, like `en` or `pt-BR`): in exactly that language, else in another form of
    /// it (the plain one before regional ones), else in the study's first language.
    pub fn get(&self, language: &str) -> &str {
        self.entry(language).map_or("", |(_, text)| text)
    }

    /// The language of what [`Self::get`] gives, as the study names it.
    pub fn language(&self, language: &str) -> &str {
        self.entry(language).map_or("", |(tag, _)| tag)
    }

    fn entry(&self, language: &str) -> Option<&(String, String)> {
        let primary = primary_subtag(language);
        let find = |fits: &dyn Fn(&str) -> bool| self.0.iter().find(|(tag, _)| fits(tag));
        find(&|tag| tag.eq_ignore_ascii_case(language))
            .or_else(|| find(&|tag| tag.eq_ignore_ascii_case(primary)))
            .or_else(|| find(&|tag| primary_subtag(tag).eq_ignore_ascii_case(primary)))
            .or_else(|| self.0.first())
    }

    /// Each language with its text.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }
}

fn primary_subtag(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Whether `tag` looks like a language: `en`, `gd`, `pt-BR`, `zh-Hant`.
pub(super) fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    tag.len() <= 35
        && (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (language, text) in &self.0 {
            map.serialize_entry(language, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object from language to text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Text(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
