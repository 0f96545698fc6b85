//! The settings file: TOML, every key one of [`Layer::NAMES`].
//!
//! A mistake names its line, says what is wrong and what to do. The line itself is not shown: it may hold a password.

use std::fmt;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::Layer;

/// A mistake in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Why a settings file was not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened.
    #[error("the settings file {} cannot be read: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It has a mistake.
    #[error("{}, {mistake}", path.display())]
    Wrong {
        /// Which.
        path: PathBuf,
        /// Where and what.
        mistake: Mistake,
    },
}

/// Reads a settings file.
pub fn read(path: &Path) -> Result<Layer, FileError> {
    let path = || path.to_owned();
    let text = std::fs::read_to_string(path()).map_err(|error| FileError::Unreadable { path: path(), error })?;
    parse(&text).map_err(|mistake| FileError::Wrong { path: path(), mistake })
}

/// Reads the text of a settings file.
pub fn parse(text: &str) -> Result<Layer, Mistake> {
    let line_of = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| Mistake {
        line: line_of(error.span().map_or(0, |span| span.start)),
        message: format!("this is not TOML ({}): write `key = value`, texts in quotes", one_line(error.message())),
    })?;
    let unknown = table.get_ref().keys().find(|key| !Layer::NAMES.contains(&key.get_ref().as_ref()));
    if let Some(key) = unknown {
        return Err(Mistake { line: line_of(key.span().start), message: unknown_key(key.get_ref()) });
    }
    toml::from_str(text).map_err(|error: toml::de::Error| Mistake {
        line: line_of(error.span().map_or(0, |span| span.start)),
        message: one_line(error.message()),
    })
}

fn unknown_key(key: &str) -> String {
    let near = Layer::NAMES.iter().map(|name| (strsim::osa_distance(key, name), name));
    match near.min().filter(|(slips, _)| *slips <= 3) {
        Some((_, name)) => format!("there is no setting `{key}`; did you mean `{name}`?"),
        None => format!("there is no setting `{key}`; remove it (`waymark-server serve --help` names them all)"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> (usize, String) {
        let mistake = parse(text).unwrap_err();
        (mistake.line, mistake.message)
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_the_nearest_one() {
        assert_eq!(
            mistake("# settings\n\nlistn = \"127.0.0.1:1\"\n"),
            (3, "there is no setting `listn`; did you mean `listen`?".to_owned())
        );
        let (line, message) = mistake("data = \"d\"\n[tls]\ncertificate = \"a\"\n");
        assert_eq!(line, 2);
        assert!(message.starts_with("there is no setting `tls`; remove it"), "{message}");
    }

    #[test]
    fn a_wrong_value_is_named_with_its_line_and_how_it_is_written_and_is_never_quoted() {
        let cases = [
            ("data = \"d\"\nheader_timeout = \"canary\"", "a length of time is written like"),
            ("\nrate_per_token = \"canary\"", "a rate is written like"),
            ("\ntrusted_proxies = [\"canary\"]", "a network is an address"),
        ];
        for (text, expected) in cases {
            let (line, message) = mistake(text);
            assert_eq!(line, 2, "{message}");
            assert!(message.contains(expected) && !message.contains("canary"), "{message}");
        }
    }

    #[test]
    fn what_is_not_toml_is_said_with_its_line() {
        let (line, message) = mistake("data = \"d\"\nlisten = canary\n");
        assert_eq!(line, 2);
        assert!(message.starts_with("this is not TOML") && !message.contains("canary"), "{message}");
    }

    #[test]
    fn a_file_sets_what_it_names_and_nothing_else() {
        let layer = parse("data = \"d\"\nplain_http = true\nmax_connections = 5\nlog_format = \"json\"").unwrap();
        assert_eq!(layer.set(), ["data", "plain_http", "max_connections", "log_format"]);
    }
}
