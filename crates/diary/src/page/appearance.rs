//! How the page looks: its language, the size of its text, light or dark.
//!
//! It holds on the lock screen and before there is a diary, so it lies beside the vault in a small plain file,
//! `appearance.json`. Nothing in it says anything about what was written.
//!
//! ```json
//! { "language": "ar", "text": "150", "theme": "dark" }
//! ```
//!
//! What cannot be read in it counts as not chosen, choice by choice, so that a newer Waymark's file or a damaged one costs no
//! more than it must.

use std::path::Path;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::ErrorCode;
use super::beside::PlainFile;
use crate::Error;

/// What this version writes is far shorter.
const FILE: PlainFile = PlainFile { name: "appearance.json", longest: 4096 };
/// The longest tag that BCP 47 asks programs to expect.
const LONGEST_TAG: usize = 35;
/// BCP 47's tag for a language that is not known: a study's texts are then in the study's first one.
const UNKNOWN: &str = "und";

/// How the page looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Appearance {
    /// The language that was chosen; without one it is the phone's.
    pub language: Option<Language>,
    /// The size of the text, on top of the phone's own.
    pub text: TextSize,
    /// Light or dark.
    pub theme: Theme,
}

/// A language's tag (BCP 47, like `en`, `ar` or `pt-BR`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(as = "String")]
pub struct Language(String);

/// Not a language's tag.
#[derive(Debug, thiserror::Error)]
#[error("this is not a language's tag")]
pub struct NoLanguage;

impl TryFrom<String> for Language {
    type Error = NoLanguage;

    fn try_from(tag: String) -> Result<Self, NoLanguage> {
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default();
        let fits = tag.len() <= LONGEST_TAG
            && (2..=8).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if fits { Ok(Self(tag)) } else { Err(NoLanguage) }
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

/// The size of the text in percent of the usual one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum TextSize {
    /// The usual one.
    #[default]
    #[serde(rename = "100")]
    Usual,
    /// A quarter larger.
    #[serde(rename = "125")]
    Larger,
    /// Half as large again.
    #[serde(rename = "150")]
    Large,
    /// Twice as large.
    #[serde(rename = "200")]
    Largest,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the phone has it.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// What the page knows of the phone that the host does not.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PhoneLanguage {
    /// The phone's own language, as its browser names it.
    pub phone: String,
}

/// The languages that a study's texts are wanted in.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The person's choice.
    pub chosen: Option<Language>,
    /// What the phone speaks, once the page has told.
    pub phone: Option<Language>,
}

impl Wanted {
    /// The tag to ask a study's texts for.
    pub fn tag(&self) -> &str {
        self.chosen.as_ref().or(self.phone.as_ref()).map_or(UNKNOWN, |language| &language.0)
    }
}

/// What is chosen in the folder `dir`; what cannot be read counts as not chosen.
pub(super) fn read(dir: &Path) -> Appearance {
    FILE.read(dir).map_or_else(Appearance::default, |text| parse(&text))
}

fn parse(text: &[u8]) -> Appearance {
    let file: Value = serde_json::from_slice(text).unwrap_or_default();
    Appearance { language: choice(&file, "language"), text: choice(&file, "text"), theme: choice(&file, "theme") }
}

fn choice<T: DeserializeOwned + Default>(file: &Value, name: &str) -> T {
    file.get(name).and_then(|value| T::deserialize(value).ok()).unwrap_or_default()
}

/// Keeps `appearance` in the folder `dir`, durably.
///
/// # Errors
///
/// [`ErrorCode::DiskFull`], or [`ErrorCode::ReadOnly`] when the folder cannot be written to. What was chosen before stays.
pub(super) fn write(dir: &Path, appearance: &Appearance) -> Result<(), Error> {
    FILE.write(dir, &serde_json::to_vec(appearance).map_err(|_| Error::Plain(ErrorCode::Internal))?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn arabic() -> Appearance {
        let language = Language::try_from("ar".to_owned()).expect("a tag");
        Appearance { language: Some(language), text: TextSize::Large, theme: Theme::Dark }
    }

    #[test]
    fn what_was_chosen_is_there_again() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(read(dir.path()), Appearance::default());
        write(dir.path(), &arabic()).expect("written");
        assert_eq!(read(dir.path()), arabic());
        let text = fs::read_to_string(dir.path().join(FILE.name)).expect("the file");
        assert_eq!(text, r#"{"language":"ar","text":"150","theme":"dark"}"#);
        write(dir.path(), &Appearance::default()).expect("written again");
        assert_eq!(read(dir.path()), Appearance::default());
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_chosen() {
        let dir = tempfile::tempdir().expect("a folder");
        let long = format!(r#"{{"theme":"dark","more":"{}"}}"#, "x".repeat(5000));
        let deep = "[".repeat(3000);
        for garbage in ["", "{", "null", "[1, 2]", "\"dark\"", "\u{0}\u{1}", &long, &deep] {
            fs::write(dir.path().join(FILE.name), garbage).expect("written");
            assert_eq!(read(dir.path()), Appearance::default(), "{garbage:.20}");
        }
        fs::write(dir.path().join(FILE.name), [0xff, 0xfe, 0x00]).expect("written");
        assert_eq!(read(dir.path()), Appearance::default());
    }

    #[test]
    fn one_choice_that_is_not_known_leaves_the_others() {
        let of = |text: &str| parse(text.as_bytes());
        assert_eq!(
            of(r#"{"language":"a language","text":"150","theme":"dark"}"#),
            Appearance { language: None, ..arabic() }
        );
        assert_eq!(
            of(r#"{"language":"ar","text":"300","theme":"dark"}"#),
            Appearance { text: TextSize::Usual, ..arabic() }
        );
        assert_eq!(of(r#"{"language":"ar","text":"150","theme":7}"#), Appearance { theme: Theme::System, ..arabic() });
    }

    #[test]
    fn a_language_is_a_tag_and_nothing_else() {
        for tag in ["en", "ar", "pt-BR", "zh-Hans-CN", "es-419", "gsw"] {
            assert!(Language::try_from(tag.to_owned()).is_ok(), "{tag}");
        }
        for text in ["", "e", "en_GB", "en-", "-en", "../x", "12", "en-toolongapart", "\u{639}\u{631}"] {
            assert!(Language::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert!(Language::try_from(format!("en{}", "-abcdefgh".repeat(4))).is_err());
    }
}
