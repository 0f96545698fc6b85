//! Who did something at the desk, and why, in their own words.

use serde::{Deserialize, Serialize};

/// How long somebody's name may be, in characters.
pub const LONGEST_NAME: usize = 100;
/// How long a reason may be, in characters.
pub const LONGEST_REASON: usize = 500;

/// One line that somebody typed: not empty, without control characters, and without spaces around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said(String);

impl Said {
    /// None where it is empty, more than a line, or longer than `longest` characters.
    pub fn of(typed: &str, longest: usize) -> Option<Self> {
        let typed = typed.trim();
        let fits = (1..=longest).contains(&typed.chars().count()) && !typed.chars().any(char::is_control);
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
