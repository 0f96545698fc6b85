//! Lengths of time as a study writes them: `48h`, `2d`, `3w`, `10y`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A length of time, kept as it was written. Days have 24 hours, years 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    amount: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Hours,
    Days,
    Weeks,
    Years,
}

impl Unit {
    const ALL: [Unit; 4] = [Unit::Hours, Unit::Days, Unit::Weeks, Unit::Years];

    fn letter_and_hours(self) -> (char, u32) {
        match self {
            Unit::Hours => ('h', 1),
            Unit::Days => ('d', 24),
            Unit::Weeks => ('w', 7 * 24),
            Unit::Years => ('y', 365 * 24),
        }
    }
}

impl Span {
    pub(super) const EXPECTED: &str =
        "a whole number and a unit, like \"48h\", \"2d\", \"3w\" or \"10y\" (100 years at most)";
    /// 100 years.
    const MOST_HOURS: u32 = 100 * 365 * 24;
    pub(super) const ZERO: Span = Span { amount: 0, unit: Unit::Weeks };

    /// A number of hours, 100 years at most.
    pub const fn from_hours(hours: u32) -> Self {
        let amount = if hours > Self::MOST_HOURS { Self::MOST_HOURS } else { hours };
        Self { amount, unit: Unit::Hours }
    }

    /// In hours.
    pub fn hours(self) -> u32 {
        self.amount.saturating_mul(self.unit.letter_and_hours().1)
    }

    /// In whole days.
    pub fn days(self) -> u32 {
        self.hours() / 24
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit.letter_and_hours().0)
    }
}

/// Not a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected {0}")]
pub struct MalformedSpan(&'static str);

impl FromStr for Span {
    type Err = MalformedSpan;

    fn from_str(written: &str) -> Result<Self, MalformedSpan> {
        let malformed = MalformedSpan(Span::EXPECTED);
        let letter = written.chars().next_back().ok_or(malformed)?;
        let unit = Unit::ALL.into_iter().find(|unit| unit.letter_and_hours().0 == letter).ok_or(malformed)?;
        let digits = &written[..written.len() - letter.len_utf8()];
        let canonical = digits == "0" || !digits.starts_with('0');
        if !canonical || digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(malformed);
        }
        let span = Span { amount: digits.parse().map_err(|_| malformed)?, unit };
        if span.hours() > Span::MOST_HOURS { Err(malformed) } else { Ok(span) }
    }
}

impl TryFrom<String> for Span {
    type Error = MalformedSpan;

    fn try_from(written: String) -> Result<Self, MalformedSpan> {
        written.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

/// From one moment up to another, which is not included: `0w..2w` is the first 14 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SpanRange {
    from: Span,
    to: Span,
}

impl SpanRange {
    pub(super) const EXPECTED: &str = "a start and a later end, like \"0w..2w\"";

    /// When it begins.
    pub fn from(self) -> Span {
        self.from
    }

    /// When it is over.
    pub fn to(self) -> Span {
        self.to
    }

    /// Whether day `day` (0 = the first) lies in it.
    pub fn contains_day(self, day: u32) -> bool {
        (self.from.days()..self.to.days()).contains(&day)
    }
}

impl fmt::Display for SpanRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

impl FromStr for SpanRange {
    type Err = MalformedSpan;

    fn from_str(written: &str) -> Result<Self, MalformedSpan> {
        let malformed = MalformedSpan(SpanRange::EXPECTED);
        let (from, to) = written.split_once("..").ok_or(malformed)?;
        let (from, to): (Span, Span) = (from.parse().map_err(|_| malformed)?, to.parse().map_err(|_| malformed)?);
        if from.days() < to.days() { Ok(Self { from, to }) } else { Err(malformed) }
    }
}

impl TryFrom<String> for SpanRange {
    type Error = MalformedSpan;

    fn try_from(written: String) -> Result<Self, MalformedSpan> {
        written.parse()
    }
}

impl From<SpanRange> for String {
    fn from(range: SpanRange) -> Self {
        range.to_string()
    }
}
