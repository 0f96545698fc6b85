//! Who did something at the desk, and why, in their own words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long somebody's name may be, in characters.
pub const LONGEST_NAME: usize = 100;
/// How long a reason may be, in characters.
pub const LONGEST_REASON: usize = 500;

/// One line that somebody typed: not empty, without control characters or such as turn text around, and without spaces at its ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said(String);

/// What somebody typed stays out of logs.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Said(…)")
    }
}

impl Said {
    /// None where it is empty, more than a line, or longer than `longest` characters.
    pub fn of(typed: &str, longest: usize) -> Option<Self> {
        let typed = typed.trim();
        // What ends a line or turns text around would do so wherever it is shown.
        let breaks = |c: char| {
            c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        let fits = (1..=longest).contains(&typed.chars().count()) && !typed.chars().any(breaks);
        fits.then(|| Self(typed.to_owned()))
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAndWhy {
    /// How they call themselves.
    pub by: Said,
    /// Why, where they were asked or said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Said>,
}
