//! What a participant tells the study besides entries.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use minicbor::{Decode, Encode};

use super::VERSION;
use crate::cbor::{self, DecodeError};

const MAX_PHASE: usize = 200;
const WHAT: &str = "a notice";

/// What is told. [`super::Told`] says what a person's notices mean together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Time off: silence from this day on means nothing. Why stays the writer's.
    Paused {
        /// The first day.
        from: NaiveDate,
        /// The last day, when it is known.
        until: Option<NaiveDate>,
    },
    /// Time off is over from this day on.
    Resumed {
        /// The first day.
        from: NaiveDate,
    },
    /// The writer is in this phase since this day, whatever the plan counts.
    Phase {
        /// The phase's id in the study's document.
        phase: String,
        /// The first day.
        from: NaiveDate,
    },
    /// The writer has left. Nothing after it in this device's log is for the study.
    Left {
        /// Whether everything was to be erased as well.
        erased: bool,
    },
}

/// A notice: `CBOR [1, at, kind, from or null, until or null, phase or null, erased or null]`; kinds are 0 paused, 1 resumed, 2 phase,
/// 3 left; `at` is RFC 3339 with offset, days are `YYYY-MM-DD`. A field that the kind does not have is null; nulls at the
/// end are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// When it was told, by the phone's clock.
    pub at: DateTime<FixedOffset>,
    /// What is told.
    pub what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
enum Code {
    #[n(0)]
    Paused,
    #[n(1)]
    Resumed,
    #[n(2)]
    Phase,
    #[n(3)]
    Left,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[n(0)]
    version: u8,
    #[n(1)]
    at: String,
    #[n(2)]
    code: Code,
    #[n(3)]
    from: Option<String>,
    #[n(4)]
    until: Option<String>,
    #[n(5)]
    phase: Option<String>,
    #[n(6)]
    erased: Option<bool>,
}

impl Notice {
    /// The plain body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (code, from, until, phase, erased) = match &self.what {
            What::Paused { from, until } => (Code::Paused, Some(*from), *until, None, None),
            What::Resumed { from } => (Code::Resumed, Some(*from), None, None, None),
            What::Phase { phase, from } => (Code::Phase, Some(*from), None, Some(phase.clone()), None),
            What::Left { erased } => (Code::Left, None, None, None, Some(*erased)),
        };
        let day = |day: NaiveDate| day.to_string();
        cbor::encode(&Wire {
            version: VERSION,
            at: self.at.to_rfc3339_opts(SecondsFormat::Millis, false),
            code,
            from: from.map(day),
            until: until.map(day),
            phase,
            erased,
        })
    }

    /// Reads a notice's plain body: each kind has its own fields, and no others.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let wire: Wire = super::parse(bytes, WHAT)?;
        let malformed = || DecodeError::Malformed(WHAT);
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| malformed());
        let from = wire.from.as_deref().map(day).transpose()?;
        let until = wire.until.as_deref().map(day).transpose()?;
        if wire.phase.as_ref().is_some_and(|phase| phase.len() > MAX_PHASE) {
            return Err(DecodeError::TooLong(WHAT));
        }
        let what = match (wire.code, from, until, wire.phase, wire.erased) {
            (Code::Paused, Some(from), until, None, None) => What::Paused { from, until },
            (Code::Resumed, Some(from), None, None, None) => What::Resumed { from },
            (Code::Phase, Some(from), None, Some(phase), None) => What::Phase { phase, from },
            (Code::Left, None, None, None, Some(erased)) => What::Left { erased },
            _ => return Err(malformed()),
        };
        let at = DateTime::parse_from_rfc3339(&wire.at).map_err(|_| malformed())?;
        Ok(Self { at, what })
    }
}
